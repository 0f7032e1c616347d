"""What a passage's table says of its figures: their scale, and whether they are shares."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from extractor.figures.assign import figure_runs
from extractor.figures.number import Kind, Number
from extractor.grounding.analysis import Reading

_SCALES = (
    (re.compile(r"\bthousands\b|\(000|\b000s\b|\$000", re.IGNORECASE), 1_000),
    (re.compile(r"\bmillions\b|\(000,000", re.IGNORECASE), 1_000_000),
)
# "48.9% $36,110 49.5%", "41.7 % 259.1": a column of shares, whose rows may leave the sign to the first
_PERCENT_COLUMN = re.compile(r"\d\s?\|?\s?%[\s|]+\$?[\s|]*\d")
# Between the figures of a sentence, not of a row: "24, 26 and 30 percent", "10-15%"
_IN_A_SENTENCE = re.compile(r"[^\s|$()]")
# The end of a sentence, or of what introduces a table; a row has none.
_SENTENCE_END = re.compile(r"[.!?:;][)\"”’']*\s*$")


def table_scale(passage: Reading) -> int:
    """Return what a table's bare figures are to be multiplied by: 1000 for "(in thousands)", 1 where nothing says."""
    if passage.lowers.isdisjoint(("thousands", "millions")) and "000" not in passage.text:
        return 1
    return next((scale for pattern, scale in _SCALES if pattern.search(passage.text)), 1)


def has_shares(passage: Reading) -> bool:
    """Say whether a table's bare figures may be percentages."""
    return not passage.lowers.isdisjoint(("percentage", "percent")) or bool(_PERCENT_COLUMN.search(passage.text))


def in_other_column(said: Number, passage: Reading, k: int) -> bool:
    """Say whether figure `k` of the passage, without a sign of its own, stands in a column of another kind."""
    given = passage.numbers[k].number
    if said.kind == given.kind or not given.bare:
        return False
    if said.kind == "percent" and k in _beside_shares(passage):
        return True
    return _column_kinds(passage).get(k, said.kind) != said.kind


@lru_cache(maxsize=4)
def _beside_shares(passage: Reading) -> frozenset[int]:
    """Return the bare figures of rows with signed percentages: "20.4" of "Lamps 20.4 10 % 17.3 10 %" is none."""
    found: set[int] = set()
    for run in figure_runs(passage.text):
        numbers = [passage.numbers[k].number for k in run]
        if not any(number.kind == "percent" for number in numbers):
            continue
        gaps = [passage.text[one.end : other.start] for one, other in pairwise(numbers)]
        if not any(map(_IN_A_SENTENCE.search, gaps)):
            found.update(k for k, number in zip(run, numbers, strict=True) if number.bare)
    return frozenset(found)


@lru_cache(maxsize=4)
def _column_kinds(passage: Reading) -> dict[int, Kind]:
    """Return the kinds of bare figures, by their indexes, as the rows of as many figures show them in their places.

    A table has its signs in the first row only: "Lamps $268.0 41.7%", then "Shades 187.4 29.2".
    """
    signed: dict[tuple[int, int], set[Kind]] = {}
    rows = [run for run in figure_runs(passage.text) if len(run) > 1]
    for run in rows:
        for n, k in enumerate(run):
            if not passage.numbers[k].number.bare:
                signed.setdefault((len(run), n), set()).add(passage.numbers[k].number.kind)
    found: dict[int, Kind] = {}
    for run in rows:
        for n, k in enumerate(run):
            kinds = signed.get((len(run), n), set())
            if passage.numbers[k].number.bare and len(kinds) == 1:
                found[k] = min(kinds)
    return found


def in_row(passage: Reading, number: Number) -> bool:
    """Say whether a figure stands in a row, not in a sentence: then it is in the table's scale and no other."""
    start = passage.text.rfind("\n\n", 0, number.start) + 1
    end = passage.text.find("\n\n", number.end)
    return not _SENTENCE_END.search(passage.text[start : end if end >= 0 else None])


def row_start(text: str, start: int) -> int:
    """Return where the row of cells that a figure opens begins, 0 for a figure of no such row."""
    if text[start - 2 : start] != "| " and text[start : start + 1] != "|" and text[start : start + 3] != "$ |":
        return 0
    paragraph = text.rfind("\n\n", 0, start)
    return paragraph if paragraph >= 0 and any(map(str.isalpha, text[paragraph:start])) else 0
