"""The rule of swaps: nobody stands in the company's place, and the company in theirs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set

from extractor.grounding.analysis import Reading
from extractor.grounding.names import GENERIC, capital_runs
from extractor.grounding.pieces import placed_names
from extractor.grounding.places import Path, Span, path_of, shared_around
from extractor.grounding.reasons import reason
from extractor.schema import Reason

# What a company is called where it acts or is acted upon.
_COMPANY = frozenset("we us it company registrant".split())
# Either of the two shares so much more around it in the other's place than in its own.
_MORE_AROUND = 1.0
# Each place is set against at most so many of the passage.
_MOST_COMPARED = 20


def swap_reasons(statement: Reading, passage: Reading, own: Set[str]) -> Iterator[Reason]:
    """Yield a reason where another has changed places with the company: "Vega lends to Orion" of "we lend to Vega".

    Only where the company's names are known (`own`, folded words).
    """
    mine, theirs = (_company(reading, own) if own else [] for reading in (statement, passage))
    if not mine or not theirs:
        return
    path, other = path_of(statement), path_of(passage)
    homes: dict[str, list[Span]] = {}
    for piece in placed_names(passage):
        homes.setdefault(piece.value, []).append(piece.span)
    for piece in placed_names(statement):
        home = homes.get(piece.value, [])
        if (
            home
            and piece.span not in mine
            and _likest(path, piece.span, other, theirs) >= _likest(path, piece.span, other, home) + _MORE_AROUND
            and any(_likest(path, k, other, home) >= _likest(path, k, other, theirs) + _MORE_AROUND for k in mine)
        ):
            yield reason("attribution", f'puts "{piece.text}" where the passage has the company')
            return


def _company(reading: Reading, own: Set[str]) -> list[Span]:
    """Return the places of the company; one called "we" has no steps of its own there."""
    path = path_of(reading)
    found = [bisect_left(path.starts, word.start) for word in reading.words if word.lower in _COMPANY]
    places = [Span(k, k) for k in found[:_MOST_COMPARED]]
    for run in capital_runs(reading):
        words = {word.lower for word in run} - GENERIC
        span = path.span(run[0].start, run[-1].end) if words and words <= own else None
        if span is not None and len(places) < _MOST_COMPARED:
            places.append(span)
    return places


def _likest(path: Path, here: Span, other: Path, places: Iterable[Span]) -> float:
    """Return how much of what stands around a place stands around the likest of the passage's places."""
    return max(sum(shared_around(path, here, other, there)) for there in list(places)[:_MOST_COMPARED])
