"""The rule of periods: a figure holds when the passage says, and no year is named that the passage does not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from extractor.figures.assign import Dated, lone_figures, period_lists
from extractor.figures.periods import When
from extractor.grounding.amounts import Match
from extractor.grounding.analysis import Reading
from extractor.grounding.reasons import reason
from extractor.schema import Reason

# "down from $3.1 million a year earlier"
_YEAR_EARLIER = re.compile(
    r"\b(?:(?:a|one|the)\s+year|twelve\s+months|12\s+months)\s+(?:earlier|before|ago|prior)|\b(?:prior|previous|preceding|last)\s+year",
    re.IGNORECASE,
)
_EARLIER_REACH = 50


def period_reasons(statement: Reading, passage: Reading, matches: Sequence[Match]) -> tuple[list[Reason], list[Match]]:
    """Return why a figure or a period is not the passage's, and the matches with only the figures that hold then."""
    judged: set[int] = set()
    held: list[Match] = []
    for match in matches:
        said = statement.numbers[match.said]
        earlier = _given_to_the_year_before(statement, passage, match)
        if earlier is not None:
            return [earlier], list(matches)
        given = [passage.numbers[k] for k in match.given if passage.numbers[k].when is not None]
        if said.when is None or not given:
            held.append(match)
            continue
        judged.add(said.when.start)
        if not _holds_then(statement, passage, said, given):
            return [_other_period(statement, passage, said.when, given[0])], list(matches)
        held.append(_then(match, said.when, passage))
    return list(_strange_periods(statement, passage, judged)), held


def _given_to_the_year_before(statement: Reading, passage: Reading, match: Match) -> Reason | None:
    """Return a reason where the passage has a figure only of "a year earlier", and the statement of a named year."""
    said = statement.numbers[match.said]
    if said.when is None or said.when.year is None or any(passage.numbers[k].when for k in match.given):
        return None
    marks = [_year_before(passage, k) for k in match.given]
    if not all(marks) or _year_before(statement, match.said):
        return None
    # of the year before the one that the passage names: a statement may name it itself
    if not any(when.year == said.when.year for when in passage.periods):
        return None
    number = passage.numbers[match.given[0]].number
    shown = passage.text[number.start : number.end]
    return reason("period", f"says {_show(statement, said.when)}; the passage gives {shown} for {marks[0]}")


def _year_before(reading: Reading, k: int) -> str:
    """Return what gives figure `k` to the year before, "a year earlier", "" where nothing in its clause does."""
    number = reading.numbers[k].number
    end = reading.numbers[k + 1].number.start if k + 1 < len(reading.numbers) else len(reading.text)
    mark = _YEAR_EARLIER.search(reading.text, number.end, min(end, number.end + _EARLIER_REACH))
    parted = mark is None or any(c in ",;." for c in reading.text[number.end : mark.start()])
    return "" if mark is None or parted else mark.group()


def _then(match: Match, when: When, passage: Reading) -> Match:
    """Return the match without the figures that the passage gives to another period, all where none is left."""
    if len(match.given) == 1:
        return match
    kept = [k for k in match.given if _may_hold(passage.numbers[k], when, passage)]
    return Match(match.said, tuple(kept) or match.given)


def _may_hold(given: Dated, when: When, passage: Reading) -> bool:
    return given.when is None or any(_compatible(when, other, passage) for other in _shared(passage, given))


def _strange_periods(statement: Reading, passage: Reading, judged: Set[int]) -> Iterator[Reason]:
    """Yield a reason for the first period, none of those judged with a figure, that the passage does not name."""
    for when in statement.periods:
        if when.start in judged or (when.year is None and not when.quarter) or _named(when, passage):
            continue
        shown = ", ".join(sorted({_show(passage, other) for other in passage.periods[:_MOST_SHOWN]}))
        yield reason("period", f"says {_show(statement, when)}; the passage says {shown or 'nothing of when'}")
        return


# How many periods of the passage a reason lists.
_MOST_SHOWN = 3


def _holds_then(statement: Reading, passage: Reading, said: Dated, given: list[Dated]) -> bool:
    """Say whether one of the passage's figures holds when the statement says."""
    start, end = max(0, said.number.start - _EARLIER_REACH), said.number.end + _EARLIER_REACH
    if _YEAR_EARLIER.search(statement.text, start, end) and any(
        said.when and said.when.year and other.when and other.when.year == said.when.year - 1 for other in given
    ):
        return True
    if len(statement.numbers) == 1 and _all_named(statement, passage, given):
        return True
    return any(
        said.when and other.when and any(_compatible(said.when, when, passage) for when in _shared(passage, other))
        for other in given
    ) or any(_expected_then(statement, passage, said, other) for other in given)


# "is expected as", "will be"
_EXPECTED = re.compile(r"(?<!not )\b(?:will|expect(?:s|ed)?|anticipate[sd]?|scheduled)\b(?!\s+not\b)", re.IGNORECASE)
_EXPECTED_REACH = 80


def _expected_then(statement: Reading, passage: Reading, said: Dated, given: Dated) -> bool:
    """Say whether both texts expect a figure of one time in a later one: "90% of 1995 backlog will ship in 1996"."""
    near = max(0, said.number.start - _EXPECTED_REACH), said.number.end + _EXPECTED_REACH
    if said.when is None or given.when is None or not _EXPECTED.search(statement.text, *near):
        return False
    ends, numbers, periods = passage.sentence_ends, passage.numbers, passage.periods
    n = bisect_left(ends, given.number.start)
    start, end = ends[n - 1] if n else 0, ends[n] if n < len(ends) else len(passage.text)
    following = bisect_left(numbers, given.number.end, key=lambda dated: dated.number.start)
    if following < len(numbers):
        end = min(end, numbers[following].number.start)
    first = bisect_left(periods, given.number.end, key=lambda when: when.start)
    return any(
        when.start < end
        and (when.year or 0) > (given.when.year or 0)
        and _compatible(said.when, when, passage)
        and _EXPECTED.search(passage.text, start, when.start)
        for when in periods[first : first + _MOST_SHOWN]
    )


def _shared(passage: Reading, dated: Dated) -> list[When]:
    """Return the periods of a figure: all of a list where it stands alone, "more than 4% in either 2021 or 2020"."""
    assert dated.when is not None
    if dated.number.start not in lone_figures(passage.text):
        return [dated.when]
    return period_lists(passage.text).get(dated.when.start, [dated.when])[:_MOST_LISTED]


# No figure is said of more periods.
_MOST_LISTED = 20


def _other_period(statement: Reading, passage: Reading, when: When, given: Dated) -> Reason:
    shown = passage.text[given.number.start : given.number.end]
    theirs = _show(passage, given.when) if given.when else ""
    return reason("period", f"says {_show(statement, when)}; the passage gives {shown} for {theirs}")


_QUARTER_WORDS = ("", "first", "second", "third", "fourth")


def _all_named(statement: Reading, passage: Reading, given: list[Dated]) -> bool:
    """Say whether a statement with one figure names each period of it: "from its 2005 level through 2022, 40%"."""
    return all(
        other.when and any(when.year and _compatible(when, other.when, passage) for when in statement.periods)
        for other in given
    )


def _show(reading: Reading, when: When) -> str:
    return " ".join(reading.text[when.start : when.end].split())


def _years(when: When) -> range:
    if when.year is None:
        return range(0)
    return range(when.year, (when.last_year or when.year) + 1)


def _compatible(said: When, given: When, passage: Reading) -> bool:
    if said.quarter and given.quarter and said.quarter != given.quarter:
        return False
    if said.year is None or given.year is None:
        return said.month is None or given.month is None or said.month == given.month
    if said.kind == "span" and given.kind != "span" and said.last_year:
        return said.year <= given.year <= said.last_year
    if given.kind == "span" and said.kind != "span" and given.last_year and "each" in passage.lowers:
        return given.year <= said.year <= given.last_year
    if said.year != given.year:
        return _same_fiscal_year(said, given) or (
            said.month is None
            and f"fiscal {said.year}" in passage.text.lower()
            and abs(said.year - given.year) == 1
            and _defined_as(passage, given, said.year)
        )
    if said.kind == given.kind == "span" and said.last_year != given.last_year:
        return False
    if said.month and given.month and said.month != given.month:
        return False
    return not (said.day and given.day and said.day != given.day)


def _same_fiscal_year(said: When, given: When) -> bool:
    """Say whether a fiscal year may be the one that ends early in the next: fiscal 1993 ends on January 29, 1994."""
    if said.year is None or given.year is None:
        return False
    early = 2
    if said.kind in ("fiscal_year", "year") and said.month is None and given.month and given.month <= early:
        return given.year == said.year + 1 and given.kind != "date"
    if given.kind == "fiscal_year" and given.month is None and said.month and said.month <= early:
        return said.year == given.year + 1 and said.kind != "date"
    return False


# '("fiscal 1993")' right behind the date that it names
_DEFINITION = re.compile(r"\s*\(\s*(?:the\s+)?[\"“”']*fiscal\s+(?P<year>\d{4})", re.IGNORECASE)


def _defined_as(passage: Reading, given: When, year: int) -> bool:
    definition = _DEFINITION.match(passage.text, given.end)
    return definition is not None and int(definition["year"]) == year


@lru_cache(maxsize=4)
def _by_year(passage: Reading) -> dict[int, list[When]]:
    """Return the periods of a passage by the years that they take in, each period once."""
    found: dict[int, dict[When, None]] = {}
    for when in passage.periods:
        for year in _years(when):
            found.setdefault(year, {})[when._replace(start=0, end=0)] = None
    return {year: list(periods) for year, periods in found.items()}


@lru_cache(maxsize=4)
def _quarters(passage: Reading) -> frozenset[int]:
    return frozenset(given.quarter for given in passage.periods if given.quarter)


def _named(when: When, passage: Reading) -> bool:
    if when.year is None:
        quarters = _quarters(passage)
        return not quarters or when.quarter in quarters or _QUARTER_WORDS[when.quarter or 0] in passage.lowers
    years = _by_year(passage)
    if not all(year in years for year in (when.year, when.last_year) if year is not None):
        beside = [given for year in (when.year - 1, when.year + 1) for given in years.get(year, ())]
        if any(_same_fiscal_year(when, given) for given in beside):
            return True
        return not when.last_year and str(when.year) in passage.text
    same = years[when.year]
    if when.last_year and not all(_an_end(year, years[year]) for year in (when.year, when.last_year)):
        return False
    if _of_other_year(when, passage):
        return False
    if (
        when.month
        and any(given.month for given in same)
        and not any(
            given.month in (None, when.month) and (not when.day or given.day in (None, when.day)) for given in same
        )
    ):
        return False
    return not (when.quarter and any(g.quarter for g in same) and not any(g.quarter == when.quarter for g in same))


def _an_end(year: int, given: Sequence[When]) -> bool:
    """Say whether a year is named, not only passed over by a span: 1992 of "1992 to 1996", but not 1993."""
    return any(year in (other.year, other.last_year) for other in given)


def _of_other_year(when: When, passage: Reading) -> bool:
    """Say whether the passage has the day that is said, but only of other years."""
    years = _years_of_days(passage).get((when.month, when.day)) if when.day else None
    return years is not None and when.year not in years


@lru_cache(maxsize=4)
def _years_of_days(passage: Reading) -> dict[tuple[int | None, int | None], set[int | None]]:
    found: dict[tuple[int | None, int | None], set[int | None]] = {}
    for when in passage.periods:
        if when.day:
            found.setdefault((when.month, when.day), set()).add(when.year)
    return found
