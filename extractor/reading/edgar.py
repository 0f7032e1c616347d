"""Filings from EDGAR by name: a ticker's latest annual report, that of a fiscal year, or one accession number.

edgartools asks EDGAR, keeps to its limit of requests and names the user, as the SEC requires. What comes back is the
full submission, kept in a folder of its own; it never changes, so an accession number is asked for once.
"""

from __future__ import annotations

import logging
import os
import re
import socket
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from extractor.errors import ItemoneError, NetworkError, UsageError
from extractor.files import write_file
from extractor.reading.decoding import MOST_BYTES

if TYPE_CHECKING:
    from edgar import Filing

_NAME = re.compile(r"(?P<accession>\d{10}-\d{2}-\d{6})|(?P<ticker>[A-Za-z0-9][\w.-]{0,11})(?::(?P<year>\d{4}))?")
_FORMS = ["10-K", "10-K405", "10-KSB", "10-KSB40", "10-KT", "20-F"]
_CHUNK = 1 << 16
_PATIENCE = 10.0
"""How many seconds EDGAR has to answer at all."""


def fetch(name: str) -> bytes:
    """The full submission that "SONM", "SONM:2022" (the fiscal year that ends in 2022) or an accession number names.

    UsageError for what is no such name; NetworkError where EDGAR cannot be reached, refuses or has no such filing.
    """
    wanted = _NAME.fullmatch(name)
    if wanted is None:
        raise UsageError(f"edgar:{name}: no name of a filing; use edgar:SONM, edgar:SONM:2022 or an accession number")
    if wanted["accession"] and (kept := _kept(wanted["accession"])).is_file():
        return kept.read_bytes()
    identity = os.environ.get("ITEMONE_IDENTITY") or os.environ.get("EDGAR_IDENTITY")
    if not identity:
        raise NetworkError(
            f'edgar:{name}: the SEC requires to know who asks; set ITEMONE_IDENTITY="Your Name you@example.com"'
        )
    os.environ["EDGAR_IDENTITY"] = identity
    try:
        with _quiet():
            import edgar

            _reach(edgar.config.SEC_BASE_URL)
            return _download(_found(wanted, name))
    except ItemoneError:
        raise
    except ImportError as error:
        raise NetworkError(
            f'edgar:{name}: needs edgartools, which is not installed; run: pip install "itemone[edgar]"'
        ) from error
    except Exception as error:  # edgartools lets through whatever lies under it: httpx, pyarrow, a page's odd JSON
        status = getattr(getattr(error, "response", None), "status_code", None) or getattr(error, "status_code", None)
        why = (
            f"it answered with status {status}"
            if status
            else f"{type(error).__name__}: {str(error).strip()}".partition("\n")[0]
        )
        raise NetworkError(f"edgar:{name}: EDGAR gave no filing ({why}); try again later, or name a file") from error


def _kept(accession: str) -> Path:
    """Where a submission is kept."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "itemone" / "edgar" / f"{accession}.txt"


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing is said but what is raised: edgartools logs and warns at length."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def _reach(url: str) -> None:
    """NetworkError at once where EDGAR is out of reach, which edgartools would try for a minute."""
    if urllib.request.getproxies():
        return
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname, parts.port or 443), timeout=_PATIENCE):
            return
    except OSError as error:
        raise NetworkError(f"EDGAR ({parts.hostname}) cannot be reached ({error}); name a file instead") from error


def _found(wanted: re.Match[str], name: str) -> Filing:
    """The filing that is named, as edgartools knows it: without its documents."""
    from edgar import Company, get_by_accession_number

    filing: Filing | None
    if wanted["accession"]:
        filing = get_by_accession_number(wanted["accession"])
    else:
        filings = list(Company(wanted["ticker"].upper()).get_filings(form=_FORMS, amendments=False))
        if wanted["year"]:
            filings = [filing for filing in filings if _fiscal_year(filing) == wanted["year"]]
        filing = max(filings, key=lambda filing: str(filing.filing_date), default=None)
    if filing is None:
        raise NetworkError(f"edgar:{name}: EDGAR has no such annual report; check the name, or name a file")
    return filing


def _fiscal_year(filing: Filing) -> str:
    """The year in which the fiscal year ends; where EDGAR has no date of it, that before the filing's."""
    return str(getattr(filing, "report_date", "") or "")[:4] or str(int(str(filing.filing_date)[:4]) - 1)


def _download(filing: Filing) -> bytes:
    from edgar.httprequests import stream_with_retry

    kept = _kept(filing.accession_no)
    if kept.is_file():
        return kept.read_bytes()
    data = bytearray()
    for response in stream_with_retry(filing.text_url, bypass_cache=True):
        response.raise_for_status()
        for chunk in response.iter_bytes(_CHUNK):
            data += chunk
            if len(data) > MOST_BYTES:  # however few were sent: compressed, they could be of any size
                raise NetworkError(f"{filing.text_url}: over {MOST_BYTES:,} bytes are too many for a submission")
    kept.parent.mkdir(parents=True, exist_ok=True)
    write_file(kept, bytes(data))
    return bytes(data)
