"""Sentences under a segment's heading that name no owner, told as that segment's: its rates are not the group's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from extractor.wording import Wording

_UNIT = re.compile(
    r"^(?:the )?(?P<unit>[A-Z][\w&'’-]*(?: (?:and )?[A-Z&][\w&'’-]*)* (?:segment|division|group))$", re.IGNORECASE
)
_KIND = re.compile(r"\b(?:segment|division)$", re.IGNORECASE)
_COMPANY = re.compile(r"\b(?:company|segments?)\b")
_OWNER = re.compile(r"\bcompany\b|\bsegments?\b|(?<![.\w])(?!U\.S\.|North|South|United|States|America)[A-Z][A-Za-z]")


def owned(wording: Wording, headings: Iterable[str], text: str) -> Wording:
    """`wording` with the segment that it stands under as its opening, where it names no owner of its own.

    The segment is named as the running text writes it; where that does not, the wording stays as it is.
    """
    if wording.opening or _OWNER.search(wording.subject) or _COMPANY.search(wording.predicate):
        return wording
    for heading in headings:
        unit = _as_written(heading, text)
        if unit:
            return replace(wording, opening=f"in the {unit}")
    return wording


@lru_cache(maxsize=64)  # the headings of a filing, each asked for with every sentence under it
def _as_written(heading: str, text: str) -> str | None:
    """The segment that a heading names, as the running text has it; None where it names none or the text lacks it."""
    unit = _UNIT.match(heading)
    named = unit and re.search(rf"(?<=the ){re.escape(unit['unit'])}\b(?=[^\n])", text, re.IGNORECASE)
    return _KIND.sub(lambda m: m.group().lower(), named.group()) if named else None
