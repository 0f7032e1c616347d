"""Full submissions as EDGAR keeps them: a header, then several documents, of which one is the annual report."""

from __future__ import annotations

import re

from extractor.document import Filing
from extractor.reading.cover import FORM, iso_date

_START = re.compile(
    r"\s*(?:-----BEGIN PRIVACY-ENHANCED MESSAGE-----.{0,4000}?)?<(?:(?:SEC|IMS)-(?:DOCUMENT|HEADER)|DOCUMENT)>",
    re.DOTALL,
)
_HEADER_END = re.compile(r"</(?:SEC|IMS)-HEADER>|<DOCUMENT>")
_DOCUMENT = re.compile(r"^<DOCUMENT>[ \t]*$", re.MULTILINE)
_TYPE = re.compile(r"^<TYPE>[ \t]*(\S+)", re.MULTILINE)
_TEXT = re.compile(r"^<TEXT>[ \t]*\n?", re.MULTILINE)
_TEXT_END = re.compile(r"^</TEXT>|^</DOCUMENT>", re.MULTILINE)
_HEAD = 4_000
"""A document's tags stand within so many characters of its start."""
_ANNUAL = re.compile(FORM, re.IGNORECASE)
# "CENTRAL INDEX KEY:			0000012345" and the other lines of a header
_FIELDS = {
    "company": re.compile(r"^[ \t]*COMPANY CONFORMED NAME:[ \t]*(.+?)[ \t]*$", re.MULTILINE),
    "cik": re.compile(r"^[ \t]*CENTRAL INDEX KEY:[ \t]*(\d+)", re.MULTILINE),
    "form": re.compile(r"^[ \t]*CONFORMED SUBMISSION TYPE:[ \t]*(\S+)", re.MULTILINE),
    "period": re.compile(r"^[ \t]*CONFORMED PERIOD OF REPORT:[ \t]*(\d{8})", re.MULTILINE),
    "accession": re.compile(r"^[ \t]*ACCESSION NUMBER:[ \t]*([\d-]+)", re.MULTILINE),
}


def main_document(text: str) -> tuple[str, Filing] | None:
    """The text of a submission's annual report, or of its first document, and its header; None for other texts."""
    if not _START.match(text):
        return None
    end = _HEADER_END.search(text)
    filing = _header(text[: end.start()] if end else text)
    starts = [found.start() for found in _DOCUMENT.finditer(text)]
    if not starts:
        return text, filing
    kinds = [_kind(text, start) for start in starts]
    chosen = next((number for number, kind in enumerate(kinds) if _ANNUAL.fullmatch(kind)), 0)
    start, end_of_it = starts[chosen], [*starts, len(text)][chosen + 1]
    if found := _TEXT.search(text, start, min(start + _HEAD, end_of_it)):
        start = found.end()
    if found := _TEXT_END.search(text, start, end_of_it):
        end_of_it = found.start()
    return text[start:end_of_it], filing.or_else(Filing(form=kinds[chosen] or None))


def _kind(text: str, start: int) -> str:
    found = _TYPE.search(text, start, start + _HEAD)
    return found[1] if found else ""


def _header(text: str) -> Filing:
    found = {field: match[1] for field, pattern in _FIELDS.items() if (match := pattern.search(text))}
    if "period" in found:
        found["period"] = iso_date(found["period"]) or ""
    return Filing(**{field: value or None for field, value in found.items()})
