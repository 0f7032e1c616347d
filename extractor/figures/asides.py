"""Figures in asides: "24% in 2021 (19% in 2020), Lyra for 18% (15%)", "$5 in 2021 and $4 in 2020, a rise of 25%"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractor.figures.number import Number
from extractor.figures.periods import When

# Ends a clause or a sentence: a period belongs to the figures on its own side. Not the point in "U.S. sales".
SENTENCE_END = re.compile(r"(?<=[a-z0-9)%\"”])[.!?]\s+(?=[A-Z“\"])|;|\n\s*\n")
_STOP = re.compile(r"(?<=[a-z0-9)%\"”])[.!?]\s+(?=[A-Z“\"])|\n\s*\n")
_GAP = re.compile(r"\s\(")  # from one figure's end to the next one's start: "18% (15%)"
_REACH = 600  # characters that one sentence goes on with an aside's period


def aside_before(text: str, k: int, numbers: Sequence[Number], periods: Sequence[When]) -> When | None:
    """Return the period of an earlier aside that figure `k`, alone in parentheses behind another, goes on with.

    2020 for the 15% of "24% in 2021 (19% in 2020), Lyra for 18% (15%)".
    """
    number = numbers[k]
    if not k or not text.startswith(")", number.end) or not _GAP.fullmatch(text, numbers[k - 1].end, number.start):
        return None
    p = bisect_left(periods, number.start, key=lambda when: when.start) - 1
    if p < 0 or not in_parentheses(text, periods[p], number):
        return None
    opened, closed = text.rfind("(", 0, periods[p].start), text.find(")", periods[p].end)
    first = bisect_left(numbers, opened, key=lambda other: other.start)
    compared = numbers[first].start == opened + 1
    near = number.start - closed <= _REACH and not _STOP.search(text, closed, number.start)
    return periods[p] if compared and near else None


def in_parentheses(text: str, before: When, number: Number) -> bool:
    """Say whether a period stands in parentheses that close before a number: "(fiscal 2018: $14.2), $22.0 was"."""
    opened = text.rfind("(", 0, before.start)
    return opened >= 0 and text.find(")", opened, before.start) < 0 and text.find(")", before.end, number.start) >= 0


# ", an increase of 22%" behind the figures that it sets against each other
_CHANGE = re.compile(
    r"\s*,\s+(?:or\s+|representing\s+)?an?\s+(?:[a-z]+\s+){0,2}?"
    r"(?:increase|decrease|decline|growth|rise|reduction|gain|drop)\s+of\s+"
    r"(?:(?:approximately|about|more\s+than|over)\s+)?\$?",
    re.IGNORECASE,
)


def later_of_a_change(text: str, periods: Sequence[When], k: int, low: int, number: Number) -> When | None:
    """Return the later of the last two periods before `k`, whose figures a change right behind them compares."""
    if k < 2 or periods[k - 2].start < low or not _CHANGE.fullmatch(text, periods[k - 1].end, number.start):
        return None
    return max(periods[k - 2 : k], key=lambda when: when.year or 0)
