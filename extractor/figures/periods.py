"""Years, quarters, dates and spans of years, with their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from extractor.figures.numerals import MONTHS
from extractor.schema import Period

_MONTH = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|" \
         r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"  # fmt: skip
_YEAR = r"(?:19|20)\d\d(?![\d,.]\d|\d|\s?%)"
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

# "the fiscal year ended January 29, 1994", "as of June 30, 1997", "December 2002"
_DATE = rf"{_MONTH}(?:\s{{1,3}}(?P<day>[0-3]?\d)(?!\d))?(?:,?\s{{1,3}}(?:of\s)?(?P<dated>{_YEAR}))?"
# "fiscal years ended", "years ended", "quarter ended"
_ENDED = (
    r"(?P<ended>(?:(?P<fiscal_ended>fiscal)\s+)?(?P<length>years?|quarters?|months|weeks)(?:\s+then)?"
    r"\s+(?:ended|ending)(?:\s+on)?)\s+"
)
# "third quarter of fiscal 2022"
_QUARTER = (
    r"(?P<quarter>first|second|third|fourth|1st|2nd|3rd|4th)\s+(?P<fiscal_quarter>fiscal\s+)?quarter"
    rf"(?:\s+(?:of|in)\s+(?P<of_fiscal>(?:the\s+)?fiscal\s+(?:years?\s+)?)?(?:calendar\s+)?(?P<quarter_year>{_YEAR}))?"
)
# "fiscal 2013", "fiscal years 1996", "FY2013"
_FISCAL = rf"(?:fiscal(?:\s+years?)?|FY)\s*(?P<fiscal_year>{_YEAR})"
# "1994-95", "1990-91", "1994-1995"; a plain year
_SPAN = r"(?P<span>(?P<span_from>(?:19|20)\d\d)[-–/](?P<span_to>(?:19|20)\d\d|\d\d))(?![\d,-])"
_PLAIN = rf"(?P<plain>{_YEAR})"
_PERIOD = re.compile(
    rf"(?<![\w$.,])(?:(?:{_ENDED})?{_DATE}|{_QUARTER}|{_FISCAL}|{_SPAN}|{_PLAIN})(?!\w)", re.IGNORECASE
)
# Where a period may begin: at a word's or numeral's first letter with the next of one, "Ja", "fisc", "19".
_OPENER = re.compile(
    r"[1-4ADFJMNOQSTWYadfjmnoqstwy](?<![\w$.,].)"
    r"(?i:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec|isc|y|ear|uar|on|eek|ir|eco|hir|our|(?<=\d)(?:[09]|st|nd|rd|th))"
)
# What may stand between two periods of one list: "2022 and 2021", "2005, 2004, and 2003", "1996 through 1998".
_LIST_GAP = re.compile(r"\s*(?:,|,?\s*(?:and|or|through|to|versus|vs\.?)|&|/)?\s*(?:fiscal\s+)?", re.IGNORECASE)
_MAYBE = re.compile(r"19\d\d|20\d\d|quarter|January|February|March|April|May|June|July|August|September|October|"
                    r"November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec")  # fmt: skip

Kind = Literal["year", "fiscal_year", "quarter", "date", "span"]


class When(NamedTuple):
    """A period as plain values: what `schema.Period` holds, and where it stands. `year` is None where none is named."""

    kind: Kind
    year: int | None
    quarter: int | None
    month: int | None
    day: int | None
    start: int
    end: int
    last_year: int | None = None  # of a span


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period and where the text names it: `text[start:end] == period.text`."""

    period: Period
    start: int
    end: int


def find_periods(text: str) -> list[PeriodMention]:
    """Return the periods that `text` names with a year, in order; in "the years ended June 30, 2022 and 2021" two."""
    return [
        PeriodMention(to_period(when, text), when.start, when.end)
        for when in scan_periods(text)
        if when.year is not None
    ]


def to_period(when: When, text: str) -> Period:
    """Return the record's form of a period that has a year."""
    assert when.year is not None
    return Period(
        kind=when.kind,
        text=text[when.start : when.end],
        year=when.year,
        quarter=when.quarter,
        month=when.month,
        day=when.day,
    )


@lru_cache(maxsize=4)
def scan_periods(text: str) -> tuple[When, ...]:
    """Return every period of `text` in order, also months, days and quarters that name no year."""
    if not _MAYBE.search(text):
        return ()
    return tuple(_joined_spans(_share_kind_in_lists(_plain_periods(text), text), text))


def _plain_periods(text: str) -> Iterator[When]:
    past = 0
    for opener in _OPENER.finditer(text):
        match = _PERIOD.match(text, opener.start()) if opener.start() >= past else None
        if match is None:
            continue
        past = match.end()
        start, end = match.span()
        if match["month"]:
            when = _dated(match)
            if when is not None:
                yield when
        elif match["quarter"]:
            year = match["quarter_year"]
            yield When(
                "quarter", int(year) if year else None, _QUARTERS[match["quarter"].lower()], None, None, start, end
            )
        elif match["fiscal_year"]:
            yield When("fiscal_year", int(match["fiscal_year"]), None, None, None, start, end)
        elif match["span"]:
            first, last = match["span_from"], match["span_to"]
            yield When("span", int(first), None, None, None, start, end, int(first[: 4 - len(last)] + last))
        else:
            yield When("year", int(match["plain"]), None, None, None, start, end)


def _dated(match: re.Match[str]) -> When | None:
    """Return a month's, day's or year-end's period, or None for a word that is no month: "may"."""
    found = match.groupdict()
    name, day, year = found["month"], found["day"], found["dated"]
    if not name[0].isupper() or not (day or year or name.lower() not in ("may", "march", "mar")):
        return None
    if day and not 1 <= int(day) <= 31:
        return None
    kind: Kind = "date"
    if found["ended"]:
        length = found["length"].lower()
        kind = "quarter" if length.startswith("quarter") else "span" if length in ("months", "weeks") else "year"
        if found["fiscal_ended"] and kind == "year":
            kind = "fiscal_year"
    return When(
        kind,
        int(year) if year else None,
        None,
        MONTHS[name.lower()],
        int(day) if day else None,
        match.start(),
        match.end(),
    )


def _share_kind_in_lists(periods: Iterator[When], text: str) -> Iterator[When]:
    """Give later years of a list what the first says: in "years ended June 30, 2022 and 2021" both end on June 30.

    A day without a year takes that of the next: "June 30 and December 31, 1997".
    """
    before: When | None = None
    for when in periods:
        bare = when.kind == "year" and when.month is None and when.end - when.start == len("2022")
        if bare and before is not None and before.kind != "span":
            gap = _LIST_GAP.fullmatch(text, before.end, when.start)
            if gap and not before.quarter and (before.month or before.kind == "fiscal_year"):
                when = before._replace(year=when.year, start=when.start, end=when.end)
        before = when
        yield when


# "fiscal 1996 to fiscal 1998", "1994 through 1997"
_SPAN_GAP = re.compile(r"\s+(?:to|through|thru|until)\s+(?:the\s+)?|\s?[–—]\s?", re.IGNORECASE)


def _joined_spans(periods: Iterator[When], text: str) -> Iterator[When]:
    before: When | None = None
    for when in periods:
        if before is not None and _spans(before, when, text):
            last = when.last_year or when.year
            before = When("span", before.year, None, None, None, before.start, when.end, last)
            continue
        if before is not None:
            yield before
        before = when
    if before is not None:
        yield before


def _spans(first: When, last: When, text: str) -> bool:
    if not first.year or not last.year or last.year <= first.year or first.quarter:
        return False
    return bool(_SPAN_GAP.fullmatch(text, first.end, last.start))
