"""Which period and which subject each number of a text belongs to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.figures.asides import SENTENCE_END, aside_before, in_parentheses, later_of_a_change
from extractor.figures.number import Number
from extractor.figures.numbers import scan_numbers
from extractor.figures.periods import When, scan_periods

# Between two members of one list of figures: "18%, 15% and 24%", "$450,674 $336,593" (a table's row).
FIGURE_GAP = re.compile(
    r"\s*(?:,|;|/|-|–|,?\s*(?:and|or|to|as\s+compared\s+to|compared\s+(?:to|with)|versus|vs\.?)\b)?\s*\(?"
    r"(?:(?:approximately|about|roughly|nearly|over|a\s+loss\s+of)\s+)?",
    re.IGNORECASE,
)
_PERIOD_GAP = re.compile(
    r"\s*(?:,|;|/|,?\s*(?:and|or|as\s+compared\s+to|compared\s+(?:to|with)|versus|vs\.?)\b|&)?\s*(?:(?:in|for|during|at|of|the)\s+)*",
    re.IGNORECASE,
)
# Sets two figures of different times against each other.
_CONTRAST = re.compile(r"\b(?:compared|versus|vs)\b", re.IGNORECASE)
# "$182.4 million, or 85% of total revenue": one amount told twice.
_APPOSED = re.compile(r",\s+or\s+(?:approximately\s+|about\s+)?\$?$")
_PARENTHESIS_END = re.compile(r",\s+(?:in|for|during|at|on|as\s+of)\s+(?:the\s+)?$")
# Commas that part nothing: around "respectively", and behind what tells an amount again.
_RESPECTIVELY = re.compile(r",?\s*\brespectively\b,?")
_CLAUSE = re.compile(
    r"\b(?:while|whereas)\b|,\s+(?:and|but|up|down|from)\b|\b(?:compared|versus|vs|from|against)\b", re.IGNORECASE
)
# What a period before it is not said of: "in 1995, as compared with $5.4 million, or $1.09 per share, in 1994".
_SIDE = re.compile(r"\b(?:compared|versus|vs|against)\b", re.IGNORECASE)


class Dated(NamedTuple):
    """A number with the period that the text gives it (None where it names none)."""

    number: Number
    when: When | None


@lru_cache(maxsize=4)
def dated_numbers(text: str) -> tuple[Dated, ...]:
    """Return the numbers of `text`, each with its period.

    "2022 and 2021 ... $69.8 million and $54.6 million, respectively" pairs in order; "24% in 1996 compared to 10% in
    1995" takes what follows; otherwise the nearest period before it in the sentence, else the nearest after it.
    """
    numbers, periods = scan_numbers(text), scan_periods(text)
    if not numbers or not periods:
        return tuple(Dated(number, None) for number in numbers)
    given: dict[int, When] = {}
    _pair_lists(text, numbers, periods, given)
    sentences = _sentence_starts(text)
    for run in figure_runs(text):
        if _tells_again(text, run, numbers, given):
            given.update((k, given[k - len(run)]) for k in run)
        for k in reversed(run):
            if k in given:
                continue
            alike = k != run[-1] and (
                numbers[k].kind == numbers[k + 1].kind
                or bool(_APPOSED.search(text, numbers[k].end, numbers[k + 1].start))
            )
            alike = alike and not _CONTRAST.search(text, numbers[k].end, numbers[k + 1].start)
            alike = alike and aside_before(text, k + 1, numbers, periods) is None
            later = given.get(k + 1) if alike else None
            when = later or _nearest(text, k, numbers, periods, sentences)
            if when is not None:
                given[k] = when
    return tuple(Dated(number, given.get(k)) for k, number in enumerate(numbers))


def _tells_again(text: str, run: Sequence[int], numbers: Sequence[Number], given: dict[int, When]) -> bool:
    """Say whether a list tells the figures before it again: "$5 in 2021 and $4 in 2020, or 6% and 5% of sales"."""
    first = numbers[run[0]].start
    again = len(run) > 1 and _APPOSED.search(text[max(0, first - _LEAD) : first])
    return bool(again) and run[0] >= len(run) and all(k - len(run) in given for k in run)


@lru_cache(maxsize=4)
def figure_runs(text: str) -> tuple[tuple[int, ...], ...]:
    """Return the indexes of the numbers of `text` in lists: "18%, 15% and 24%" is one."""
    return tuple(map(tuple, runs([(n.start, n.end) for n in scan_numbers(text)], text, FIGURE_GAP)))


@lru_cache(maxsize=4)
def period_lists(text: str) -> dict[int, list[When]]:
    """Return the lists of periods of `text`, "2021 or 2020", by the start of each of their members."""
    periods = scan_periods(text)
    found: dict[int, list[When]] = {}
    for run in runs([(p.start, p.end) for p in periods], text, _PERIOD_GAP):
        members = [periods[k] for k in run]
        found.update((when.start, members) for when in members if len(run) > 1)
    return found


@lru_cache(maxsize=4)
def lone_figures(text: str) -> frozenset[int]:
    """Return where the numbers of `text` start that stand in no list with another."""
    numbers = scan_numbers(text)
    return frozenset(numbers[run[0]].start for run in figure_runs(text) if len(run) == 1)


def runs(spans: Sequence[tuple[int, int]], text: str, gap: re.Pattern[str]) -> list[list[int]]:
    """Return the indexes of `spans` in runs, where only a list's joint stands between neighbours."""
    grouped: list[list[int]] = []
    for k, (start, _) in enumerate(spans):
        if grouped:
            end = spans[k - 1][1]
            if gap.fullmatch(text, end, start):
                grouped[-1].append(k)
                continue
        grouped.append([k])
    return grouped


def _pair_lists(text: str, numbers: Sequence[Number], periods: Sequence[When], given: dict[int, When]) -> None:
    """Pair runs of figures with runs of as many periods: the nearest run before them, else after them."""
    period_runs = [run for run in runs([(p.start, p.end) for p in periods], text, _PERIOD_GAP) if len(run) > 1]
    _pair_spans(text, numbers, periods, given)
    if not period_runs:
        return
    by_length: dict[int, list[list[int]]] = {}
    for period_run in period_runs:
        by_length.setdefault(len(period_run), []).append(period_run)
    for run in figure_runs(text):
        if len(run) < 2:
            continue
        for part in _same_kind(run, numbers):
            matching = by_length.get(len(part))
            if matching:
                behind = bisect_left(matching, numbers[part[0]].start, key=lambda r: periods[r[0]].start)
                chosen = matching[max(0, behind - 1)]
                if not behind and SENTENCE_END.search(text, numbers[part[-1]].end, periods[chosen[0]].start):
                    continue
                given.update((k, periods[p]) for k, p in zip(part, chosen, strict=True))
    _pair_rows_of_tables(text, numbers, periods, period_runs, given)


def _pair_spans(text: str, numbers: Sequence[Number], periods: Sequence[When], given: dict[int, When]) -> None:
    """Pair a run of figures with the years of a span of as many: "1990 through 1995 ... six amounts, respectively"."""
    # the last of several spans of one length
    spans = {
        when.last_year - when.year + 1: when
        for when in periods
        if when.year and when.last_year and when.last_year > when.year
    }
    for run in figure_runs(text):
        when = spans.get(len(run))
        if when is not None and when.year is not None:
            first = when.year
            given.update((k, when._replace(kind="year", year=first + n, last_year=None)) for n, k in enumerate(run))


def _pair_rows_of_tables(
    text: str, numbers: Sequence[Number], periods: Sequence[When], period_runs: list[list[int]], given: dict[int, When]
) -> None:
    """Pair a table's rows that are longer or shorter than its head of years.

    A row of as many figures for each year gives each year as many: "2021 2020 Lamps $5.1 61% $4.8 58%". A shorter last
    row has the first years: a passage may end in the middle of a row.
    """
    header = period_runs[0]
    spaced = not text[periods[header[0]].end : periods[header[1]].start].strip()
    if not spaced:
        return
    for run in figure_runs(text):
        if run[0] in given or numbers[run[0]].start < periods[header[-1]].end:
            continue
        each, over = divmod(len(run), len(header))
        if each > 1 and not over:
            given.update((k, periods[header[n // each]]) for n, k in enumerate(run))
        elif not each and _ROW_END.match(text, numbers[run[-1]].end):
            given.update((k, periods[p]) for k, p in zip(run, header, strict=False))


# Nothing more in the paragraph.
_ROW_END = re.compile(r"[ \t\r)]*(?:\n[ \t\r]*\n|\s*\Z)")


def _same_kind(run: Sequence[int], numbers: Sequence[Number]) -> list[list[int]]:
    parts: list[list[int]] = [[run[0]]]
    for k in run[1:]:
        if numbers[k].kind == numbers[parts[-1][-1]].kind:
            parts[-1].append(k)
        else:
            parts.append([k])
    return parts


@lru_cache(maxsize=4)
def _sentence_starts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text) + 1)


def _bounds_of(at: int, starts: Sequence[int]) -> tuple[int, int]:
    low, high = 0, len(starts) - 1
    while high - low > 1:
        middle = (low + high) // 2
        if starts[middle] <= at:
            low = middle
        else:
            high = middle
    return starts[low], starts[low + 1]


# "$2.7 million at January 31", "39% of our net revenues in fiscal 2006": what follows belongs, within reach.
_FOLLOWING_REACH = 90
# "or approximately" stands this close before a number.
_LEAD = 24


def _nearest(
    text: str, k: int, numbers: Sequence[Number], periods: Sequence[When], sentences: Sequence[int]
) -> When | None:
    aside = aside_before(text, k, numbers, periods)
    if aside is not None:
        return aside
    number = numbers[k]
    low, high = _bounds_of(number.start, sentences)
    limit = numbers[k + 1].start if k + 1 < len(numbers) else high
    k = _first_from(periods, number.start)
    before = periods[k - 1] if k and periods[k - 1].start >= low else None
    after = periods[k] if k < len(periods) and periods[k].start < high else None
    if before is not None and _ASIDE_END.match(text, before.end, number.start):
        before = _before_aside(text, periods, k - 1, low)
    elif before is not None and in_parentheses(text, before, number):
        before = periods[k - 2] if k > 1 and periods[k - 2].start >= low else None
    if after is not None and _TERM.search(text, number.end, after.start):
        after = None  # when it falls due, not when it was so
    if after is not None and after.start < min(limit, number.end + _FOLLOWING_REACH):
        between = _RESPECTIVELY.sub("", text[number.end : after.start])
        told_again = _APPOSED.search(text[max(low, number.start - _LEAD) : number.start]) and _PARENTHESIS_END.search(
            between
        )
        commas = between.count(",") - bool(told_again)
        other_side = before is None or _set_against(text, before, number)
        if not _CLAUSE.search(between) and (commas < 1 or other_side):
            return after
    if before is not None:
        later = later_of_a_change(text, periods, k, low, number)
        left = _set_against(text, before, number) or (later is None and _listed(before, periods, text))
        return None if left else later or before
    if after is not None and after.start < number.end + 2 * _FOLLOWING_REACH:
        return after
    return None


# ", and together represented 68%" behind "312 at December 31, 2021, against 247 at December 31, 2020"
_ASIDE_END = re.compile(r",\s+and\b")
_ASIDE = re.compile(
    r",\s+(?:as\s+)?(?:against|compared\s+(?:to|with)|versus|up\s+from|down\s+from)\b[^,;]*$", re.IGNORECASE
)
# "notes due 2025", "through December 2023"
_TERM = re.compile(
    r"\b(?:due|through|until|maturing|matures?|expiring|expires?|ending)(?:\s+(?:in|on))?\s*$", re.IGNORECASE
)


def _before_aside(text: str, periods: Sequence[When], k: int, low: int) -> When | None:
    """The period that a clause goes on with after an aside of comparison; the aside's own where there is none."""
    aside = _ASIDE.search(text, low, periods[k].start)
    earlier = [when for when in periods[max(0, k - 2) : k] if aside and low <= when.start < aside.start()]
    return earlier[-1] if earlier else periods[k]


def _set_against(text: str, before: When, number: Number) -> bool:
    """Say whether a word of contrast stands between a period and a number behind it."""
    return bool(_SIDE.search(text, max(before.end, number.start - _FOLLOWING_REACH), number.start))


def _listed(when: When, periods: Sequence[When], text: str) -> bool:
    """Say whether a period is one of a list: a lone figure then belongs to none of them more than to another."""
    k = _first_from(periods, when.start)
    return k > 0 and bool(_PERIOD_GAP.fullmatch(text, periods[k - 1].end, when.start))


def _first_from(periods: Sequence[When], start: int) -> int:
    low, high = 0, len(periods)
    while low < high:
        middle = (low + high) // 2
        if periods[middle].start < start:
            low = middle + 1
        else:
            high = middle
    return low
