"""The rule of exchanges: what stands between the passage's own words is what the passage has between them.

A statement in the passage's own words, but for one, has changed that one: "imported from China by way of an agent in
Oslo" of a passage "imported from Oslo by way of an agent in China".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.figures.assign import figure_runs
from extractor.grounding.analysis import Reading
from extractor.grounding.lexicon import stem_class
from extractor.grounding.names import GENERIC, capital_runs
from extractor.grounding.places import Path, Span, path_of, shared_around
from extractor.grounding.reasons import cut, reason
from extractor.grounding.reversals import sides
from extractor.schema import Reason

# The words shared around a place weigh at least so much where they say what stands there.
_FEWEST_AROUND = 1.5
# In another's place, a name or a figure shares so much more around it than in its own.
_MORE_AROUND = 1.0
_MOST_COMPARED = 20
_LEGAL_FORMS = frozenset("inc incorporated corp co llc ltd limited plc n.a".split())
_JOINTS = frozenset(("and", "or"))


def exchange_reasons(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where a name, a figure or an opposite stands in another's place, or a negation was put or left."""
    yield from _exchanged(statement, passage, _names(statement), _names(passage))
    yield from _exchanged(statement, passage, _figures(statement), _figures(passage))
    yield from _reordered(statement, passage)
    yield from _turned(statement, passage)
    yield from _negated(statement, passage)


class _Piece(NamedTuple):
    """A name or a figure in its place."""

    span: Span
    stems: frozenset[str]
    value: str  # the same for the same name or figure
    text: str
    run: int  # figures of one list share it
    year: int | None


@lru_cache(maxsize=128)
def _names(reading: Reading) -> tuple[_Piece, ...]:
    """Return the names of a text; also a lone word that opens a sentence, if it stands capitalized within one too."""
    path = path_of(reading)
    found: list[_Piece] = []
    for words in capital_runs(reading):
        span = path.span(words[0].start, words[-1].end)
        stems = frozenset(word.stem for word in words if word.lower not in _LEGAL_FORMS)
        if span is not None and stems:
            while span.last < len(path.steps) and path.steps[span.last].stem in _LEGAL_FORMS:
                span = Span(span.first, span.last + 1)
            text = " ".join(word.text for word in words)
            found.append(_Piece(span, stems, _telling(stems), text, -1 - len(found), None))
    return tuple(found)


def _telling(stems: frozenset[str]) -> str:
    """Return the stems of a name that tell it from others, all of them where none does: "bank" for "the Bank"."""
    return " ".join(sorted(stems - GENERIC or stems))


@lru_cache(maxsize=128)
def _figures(reading: Reading) -> tuple[_Piece, ...]:
    path = path_of(reading)
    found: list[_Piece] = []
    for n, run in enumerate(figure_runs(reading.text)):
        for k in run:
            number, when = reading.numbers[k]
            span = path.span(number.start, number.end)
            if span is not None:
                value = f"{number.kind} {number.value:g}"
                text, year = reading.text[number.start : number.end], when.year if when else None
                found.append(_Piece(span, frozenset((value,)), value, text, n, year))
    return tuple(found)


@lru_cache(maxsize=256)
def _beside(pieces: tuple[_Piece, ...], path: Path) -> dict[tuple[str, int], list[_Piece]]:
    """Return the pieces by the words right before and right behind them, and by themselves."""
    found: dict[tuple[str, int], list[_Piece]] = {}
    for piece in pieces:
        for key in (*_neighbours(path, piece.span), (piece.value, 0)):
            found.setdefault(key, []).append(piece)
    return found


def _neighbours(path: Path, span: Span) -> Iterator[tuple[str, int]]:
    """Yield the words right before and right behind a span; those that join a list tell nothing of its members."""
    if span.first and path.steps[span.first - 1].stem not in _JOINTS:
        yield path.steps[span.first - 1].stem, -1
    if span.last < len(path.steps) and path.steps[span.last].stem not in _JOINTS:
        yield path.steps[span.last].stem, 1


def _exchanged(
    statement: Reading, passage: Reading, mine: tuple[_Piece, ...], theirs: tuple[_Piece, ...]
) -> Iterator[Reason]:
    """Yield a reason for the first piece that stands where the passage has another of its pieces."""
    if not mine or len(theirs) < 2:
        return
    path, other = path_of(statement), path_of(passage)
    beside = _beside(theirs, other)
    for n, piece in enumerate(mine):
        own = beside.get((piece.value, 0), [])[:_MOST_COMPARED]
        if not own:
            continue
        before, behind = max((shared_around(path, piece.span, other, k.span) for k in own), key=sum)
        owned = _owned(statement, mine, n)
        for rival in _rivals(piece, beside, path):
            there = shared_around(path, piece.span, other, rival.span, marks=True)
            if (
                sum(there) >= before + behind + _MORE_AROUND
                and there[0] >= before
                and there[1] >= behind
                and rival.value != owned
                and not any(_listed_together(passage, rival, k) for k in own)
                and not _nearer(path, piece, other, own, rival)
            ):
                yield reason("attribution", f'puts "{piece.text}" where the passage has "{rival.text}"')
                return


def _owned(statement: Reading, pieces: tuple[_Piece, ...], n: int) -> str:
    """Return the piece that follows as what belongs to piece `n`, "the Orion family's Vega", "" where none does."""
    if n + 1 == len(pieces) or pieces[n + 1].span.first - pieces[n].span.last >= _NEXT:
        return ""
    steps = path_of(statement).steps
    between = statement.text[steps[pieces[n].span.first].start : steps[pieces[n + 1].span.first].start]
    return pieces[n + 1].value if between.endswith(("'s ", "’s ")) else ""


# What belongs to another stands so close behind it.
_NEXT = 3


def _rivals(piece: _Piece, beside: dict[tuple[str, int], list[_Piece]], path: Path) -> Iterator[_Piece]:
    """Yield the passage's other pieces that have a neighbour of this piece's beside them."""
    for key in _neighbours(path, piece.span):
        for rival in beside.get(key, ())[:_MOST_COMPARED]:
            same = rival.stems <= piece.stems or piece.stems <= rival.stems
            if not same and (piece.year is None or rival.year is None or piece.year == rival.year):
                yield rival


def _nearer(path: Path, piece: _Piece, other: Path, own: Sequence[_Piece], rival: _Piece) -> bool:
    """Say whether more of the words around a piece, in whatever order, stand around its own place in the passage."""
    mine = path.around(piece.span) - piece.stems - rival.stems
    return max(len(mine & other.around(k.span)) for k in own) > len(mine & other.around(rival.span))


def _listed_together(passage: Reading, piece: _Piece, other: _Piece) -> bool:
    """Say whether only a list's words stand between two names: "Oslo, Rome (by sea), de Jong and Bergen"."""
    if piece.run >= 0 or other.run >= 0:
        return piece.run == other.run
    steps = path_of(passage).steps
    low, high = sorted((piece.span, other.span))
    inside, joined, small = False, low.last == high.first, False
    for step in steps[low.last : high.first + 1]:
        inside = (inside or "(" in step.mark) and ")" not in step.mark
        joined = joined or "," in step.mark or step.stem in _JOINTS
        small = small and not step.mark and step.stem not in _JOINTS
        if inside or step.stem in _JOINTS or step.stem == "of":
            continue
        lower = passage.text[step.start].islower()
        if step.stem.replace(",", "").isdigit() or (lower and step.weight < 1) or (small and not lower):
            return False
        small = lower
    return joined and not inside


def _reordered(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where a list of figures has another order between the same words: "19% and 11%, respectively"."""
    path, other = path_of(statement), path_of(passage)
    theirs: dict[frozenset[str], list[list[_Piece]]] = {}
    for run in _runs(_figures(passage)):
        theirs.setdefault(frozenset(piece.value for piece in run), []).append(run)
    for run in _runs(_figures(statement)):
        for given in theirs.get(frozenset(piece.value for piece in run), ())[:_MOST_COMPARED]:
            here, there = Span(run[0].span.first, run[-1].span.last), Span(given[0].span.first, given[-1].span.last)
            before, behind = shared_around(path, here, other, there, marks=True)
            if [p.value for p in run] != [p.value for p in given] and before >= 1 and behind >= 1:
                mine, listed = (", ".join(piece.text for piece in pieces) for pieces in (run, given))
                yield reason("attribution", f"lists {mine}; the passage lists {listed}")
                return


def _runs(figures: tuple[_Piece, ...]) -> list[list[_Piece]]:
    runs: dict[int, list[_Piece]] = {}
    for piece in figures:
        runs.setdefault(piece.run, []).append(piece)
    return [run for run in runs.values() if len(run) > 1]


def _turned(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where a word stands in the place of its opposite."""
    for name in ("opposites", "degrees", "beside", "converses", "placed"):
        said_sides = sides(statement, name)
        given_sides = sides(passage, name) if said_sides else {}
        for (pair, side), mine in said_sides.items():
            others = given_sides.get((pair, 1 - side))
            if not others:
                continue
            same = given_sides.get((pair, side), ())
            for i in mine[:_MOST_COMPARED]:
                best, _ = _best(statement, i, passage, same)
                around, k = _best(statement, i, passage, others)
                if around >= _FEWEST_AROUND and around > best:
                    mine_text, theirs = statement.words[i].text, passage.words[k].text
                    yield reason("polarity", f'says "{mine_text}"; the passage says "{theirs}"')
                    return


def _best(statement: Reading, i: int, passage: Reading, words: Sequence[int]) -> tuple[float, int]:
    """Return how much of what stands around word `i` stands around the likest of these words, and that word."""
    path, other = path_of(statement), path_of(passage)
    here = path.at.get(statement.words[i].start)
    found = [(-1.0, 0)]
    for k in words[:_MOST_COMPARED]:
        there = other.at.get(passage.words[k].start)
        if here is not None and there is not None:
            found.append((sum(shared_around(path, Span(here, here + 1), other, Span(there, there + 1))), k))
    return max(found)


def _negated(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where the statement denies what the passage has, in the same place, undenied, or the reverse."""
    path, other = path_of(statement), path_of(passage)
    added, dropped = _mismatched(path, other), _mismatched(other, path)
    if added is not None and dropped is None:
        denied = statement.text[path.steps[added[0]].start :]
        yield reason("polarity", f'denies "{cut(denied)}"; the passage does not')
    elif dropped is not None and added is None:
        affirmed = statement.text[path.steps[dropped[1]].start :]
        yield reason("polarity", f'affirms "{cut(affirmed)}"; the passage denies it')


# A negation is looked for before so many words that only one of the texts has, and behind a verb of belief so far off.
_INSERTED = 3
_BELIEF_REACH = 8


def _denied_at(path: Path, k: int, before: float) -> bool:
    """Say whether a negation stands before a step, before words inserted there, or before a verb of belief."""
    if path.steps[k].denied or (not before and any(step.denied for step in path.steps[max(0, k - _INSERTED) : k])):
        return True
    belief = stem_class("belief")
    return any(step.denied and step.stem in belief for step in path.steps[max(0, k - _BELIEF_REACH) : k])


def _mismatched(denying: Path, other: Path) -> tuple[int, int] | None:
    """Return a step that one text denies and its like in the other, which has it between the same words undenied."""
    for i, step in enumerate(denying.steps):
        if not step.denied:
            continue
        found: list[tuple[float, bool, int]] = [(0.0, True, 0)]
        for k in other.places.get(step.stem, ())[:_MOST_COMPARED]:
            before, behind = shared_around(denying, Span(i, i + 1), other, Span(k, k + 1))
            found.append((before + behind, _denied_at(other, k, before), k))
        around, denied, k = max(found)
        if around >= _FEWEST_AROUND and not denied:
            return i, k
    return None
