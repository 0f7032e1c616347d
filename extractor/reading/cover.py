"""What a filing says of itself on its cover: who files, which form, for which fiscal year."""

from __future__ import annotations

import re
from datetime import datetime

from extractor.document import Filing

_COVER = 12_000
"""How many characters of a filing's start are looked at as its cover."""
FORM = r"10-?K(?:405|SB40|SB|T405|T)?(?:/A)?|20-?F(?:/A)?|40-?F(?:/A)?"
_FORM = re.compile(rf"\bform\s+(?P<form>{FORM})(?![\w-])", re.IGNORECASE)
# "For the fiscal year ended December 31, 1997" / "year ended: 30 June 2004"
_PERIOD = re.compile(
    r"""(?:year|period)\s+(?:ended|ending)\s*:?\s*
        (?P<date>[A-Z][a-z]{2,8}\.?\s+\d{1,2}\s*,?\s+\d{4}|\d{1,2}\s+[A-Z][a-z]{2,8},?\s+\d{4}|\d{1,2}/\d{1,2}/\d{4})""",
    re.IGNORECASE | re.VERBOSE,
)
# The line over "(Exact name of registrant as specified in its charter)"
_NAMED = re.compile(
    r"\(?\s*exact\s+name\s+of\s+(?:the\s+)?(?:small\s+business\s+issuer|registrant|issuer)", re.IGNORECASE
)
_RULED = re.compile(r"[_=\s.*\u2014-]+|(?:or|commission\s+file.*|\(?mark\s+one\)?.*)", re.IGNORECASE)
_NAME_WIDTH = 120
_DATES = ("%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y", "%m/%d/%Y", "%Y-%m-%d", "%Y%m%d", "%B %d %y")


def iso_date(text: str) -> str | None:
    """A date as a filing writes it, in ISO form: "December 31, 1997" is "1997-12-31"; None where it is none."""
    plain = " ".join(re.sub(r"[,.]", " ", text).split())
    for form in _DATES:
        try:
            return datetime.strptime(plain.title() if "%B" in form or "%b" in form else plain, form).date().isoformat()
        except ValueError:
            continue
    return None


def filing_from_tags(tagged: dict[str, str]) -> Filing:
    """What the cover tags of inline XBRL say: `dei:EntityRegistrantName` and so on."""
    period = tagged.get("dei:DocumentPeriodEndDate")
    return Filing(
        company=tagged.get("dei:EntityRegistrantName") or None,
        cik=tagged.get("dei:EntityCentralIndexKey") or None,
        form=tagged.get("dei:DocumentType") or None,
        period=iso_date(period) if period else None,
    )


def filing_from_cover(text: str) -> Filing:
    """What the words of the cover say; None for what they do not."""
    cover = text[:_COVER]
    form = _FORM.search(cover)
    if form is None:
        return Filing()
    period = _PERIOD.search(cover)
    return Filing(
        company=_company(cover),
        form=_form_name(form["form"]),
        period=iso_date(period["date"]) if period else None,
    )


def _form_name(found: str) -> str:
    form = found.upper()
    return form if "-" in form else form[:2] + "-" + form[2:]


def _company(cover: str) -> str | None:
    """The name over "(Exact name of registrant ...)", or in front of it where a table set both in a line."""
    found = _NAMED.search(cover)
    if not found:
        return None
    for line in reversed(cover[: found.start()].splitlines()[-8:]):
        name = " ".join(line.strip("_ -=*").split())
        if name and len(name) <= _NAME_WIDTH and not _RULED.fullmatch(name):
            return name
    return None
