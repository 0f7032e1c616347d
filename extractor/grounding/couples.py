"""Names and figures told side by side: "25,000 in Oslo and 111,000 in Rome" has two couples, in whatever order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from extractor.grounding.analysis import Reading
from extractor.grounding.names import GENERIC
from extractor.grounding.pieces import Piece, placed_figures, placed_names
from extractor.grounding.places import Span, path_of
from extractor.grounding.stems import stem

# What parts a figure from the name beside it, and how far off it may stand.
_PARTED = re.compile(r"[,;:()]|\b(?:and|or|while|whereas|but)\b", re.IGNORECASE)
_FARTHEST = 60

# "The Bank" is the company, whose figures are all of a filing's.
_ANYBODY = frozenset(map(stem, GENERIC))

Couple = tuple[str, str]  # the values of the name and of the figure


def keeps_its_couple(statement: Reading, passage: Reading, piece: Piece) -> bool:
    """Say whether a name, or a figure, of the statement stands with the very figure, or name, of the passage."""
    couple = _couples(statement).get(piece.span)
    return couple is not None and couple in _couples(passage).values()


@lru_cache(maxsize=4)
def _couples(reading: Reading) -> dict[Span, Couple]:
    """Return the couples by the place of either one; a name or figure with one on both sides is in none."""
    names = [piece for piece in placed_names(reading) if not piece.stems <= _ANYBODY]
    pieces = sorted((*names, *placed_figures(reading)))
    beside: dict[Span, list[Couple]] = {}
    both = list(_side_by_side(reading, pieces))
    for name, figure in both:
        for piece in (name, figure):
            beside.setdefault(piece.span, []).append((name.value, figure.value))
    return {
        piece.span: beside[piece.span][0]
        for couple in both
        for piece in couple
        if all(len(beside[other.span]) == 1 for other in couple)
    }


def _side_by_side(reading: Reading, pieces: list[Piece]) -> Iterator[tuple[Piece, Piece]]:
    for first, second in pairwise(pieces):
        if (first.number < 0) == (second.number < 0):
            continue
        between = reading.text[_bounds(reading, first)[1] : _bounds(reading, second)[0]]
        if len(between) <= _FARTHEST and not _PARTED.search(between):
            yield (first, second) if first.number < 0 else (second, first)


def _bounds(reading: Reading, piece: Piece) -> tuple[int, int]:
    if piece.number >= 0:
        number = reading.numbers[piece.number].number
        return number.start, number.end
    start = path_of(reading).starts[piece.span.first]
    return start, start + len(piece.text)
