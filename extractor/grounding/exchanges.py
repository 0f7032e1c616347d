"""The rule of exchanges: what stands between the passage's own words is what the passage has between them.

A statement in the passage's own words, but for one, has changed that one: "imported from China by way of an agent in
Oslo" of a passage "imported from Oslo by way of an agent in China".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.figures.assign import figure_runs, period_lists
from extractor.figures.number import Number
from extractor.grounding.analysis import Reading, Word
from extractor.grounding.lexicon import lexeme
from extractor.grounding.names import GENERIC, capital_runs
from extractor.grounding.places import Path, Span, path_of, shared_around
from extractor.grounding.reasons import reason
from extractor.grounding.regions import shares_of_numbers, words_with
from extractor.schema import Reason, ReasonCode

# In another's place, a name or a figure shares so much more around it than in its own.
_MORE_AROUND = 1.0
# Each piece is set against at most so many of the passage, and each list.
_MOST_COMPARED = 20
_JOINTS = frozenset(("and", "or"))
_LEGAL_FORMS = frozenset("inc incorporated corp co llc ltd limited plc n.a".split())


class _Piece(NamedTuple):
    """A name or a figure in its place."""

    span: Span
    stems: frozenset[str]
    value: str  # the same for the same name or figure
    text: str
    run: int  # figures of one list share it; names have none, -1
    year: int | None
    number: int = -1  # of the figure; names and periods have none


def exchange_reasons(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where a name or a figure stands in another's place, or figures in another order."""
    if len(_names(passage)) > 1 and not _names(passage).keys().isdisjoint(_names(statement)):
        yield from _exchanged(statement, passage, placed_names(statement), placed_names(passage))
    if statement.numbers and len(passage.numbers) > 1 and _some_alike(statement, passage):
        yield from _exchanged(statement, passage, _placed_figures(statement), _placed_figures(passage))
        yield from _reordered(statement, passage)
    if len(passage.periods) > 1 and statement.periods and not statement.numbers:
        yield from _exchanged(statement, passage, _placed_periods(statement), _placed_periods(passage), code="period")


@lru_cache(maxsize=4)
def _names(reading: Reading) -> dict[str, list[tuple[Word, ...]]]:
    """Return the capitalized words of a text that go on, by the name that they make."""
    found: dict[str, list[tuple[Word, ...]]] = {}
    for words in capital_runs(reading):
        stems = _stems(words)
        if stems:
            found.setdefault(_telling(stems), []).append(words)
    return found


def _some_alike(statement: Reading, passage: Reading) -> bool:
    """Say whether the passage has one of the statement's figures, and another of its kind."""
    values: dict[str, set[float]] = {}
    for number, _ in passage.numbers:
        values.setdefault(number.kind, set()).add(number.value)
    said = [number for number, _ in statement.numbers]
    return any(n.value in values.get(n.kind, ()) and len(values[n.kind]) > 1 for n in said)


def _value(number: Number) -> str:
    return f"{number.kind} {number.value:g}"


def _stems(words: tuple[Word, ...]) -> frozenset[str]:
    return frozenset([word.stem for word in words if word.lower not in _LEGAL_FORMS])


@lru_cache(maxsize=4)
def placed_names(reading: Reading) -> tuple[_Piece, ...]:
    path = path_of(reading)
    figures = {number.start for number, _ in reading.numbers}
    found: list[_Piece] = []
    for value, places in _names(reading).items():
        for words in places:
            span = path.span(words[0].start, words[-1].end)
            if span is not None:
                while span.last < len(path.stems) and path.stems[span.last] in _LEGAL_FORMS:
                    span = Span(span.first, span.last + 1)
                numeral = _NUMERAL.match(reading.text, words[-1].end)
                if numeral and numeral.start("digits") not in figures:
                    span = path.span(words[0].start, numeral.end()) or span
                text = reading.text[words[0].start : words[-1].end]
                found.append(_Piece(span, _stems(words), value, text, -1, None))
    return tuple(sorted(found))


def _telling(stems: frozenset[str]) -> str:
    """Return the stems of a name that tell it from others, all of them where none does: "bank" for "the Bank"."""
    return " ".join(sorted(stems - GENERIC or stems))


@lru_cache(maxsize=4)
def _placed_figures(reading: Reading) -> tuple[_Piece, ...]:
    path = path_of(reading)
    found: list[_Piece] = []
    for n, run in enumerate(figure_runs(reading.text)):
        for k in run:
            number, when = reading.numbers[k]
            span = path.span(number.start, number.end)
            if span is not None:
                value = _value(number)
                text, year = reading.text[number.start : number.end], when.year if when else None
                found.append(_Piece(span, frozenset((value,)), value, text, n, year, k))
    return tuple(found)


@lru_cache(maxsize=4)
def _placed_periods(reading: Reading) -> tuple[_Piece, ...]:
    path = path_of(reading)
    found: list[_Piece] = []
    lists = period_lists(reading.text)
    for n, when in enumerate(reading.periods):
        span = path.span(when.start, when.end)
        if span is not None and when.year is not None:
            value = f"{when.year} {when.quarter} {when.month} {when.day} {when.last_year}"
            text, listed = reading.text[when.start : when.end], lists.get(when.start)
            run = listed[0].start if listed else -2 - n
            found.append(_Piece(span, frozenset((value,)), value, text, run, None))
    return tuple(found)


# A numeral that may go on with a name: "LRK-240", "the HarrowTab 10".
_NUMERAL = re.compile(r"[- ](?P<digits>\d+)\b(?![.,]\d)")


Key = tuple[str, int]


def _beside(pieces: tuple[_Piece, ...], path: Path) -> dict[Key, list[_Piece]]:
    """Return the pieces by the words right before and right behind them, and by themselves."""
    found: dict[Key, list[_Piece]] = {}
    for piece in pieces:
        for key in (*_neighbours(path, piece.span), (piece.value, 0)):
            found.setdefault(key, []).append(piece)
    return found


def _neighbours(path: Path, span: Span) -> Iterator[Key]:
    """Yield the words right before and right behind a span; those that join a list tell nothing of its members."""
    if span.first and path.stems[span.first - 1] not in _JOINTS:
        yield path.stems[span.first - 1], -1
    if span.last < len(path.stems) and path.stems[span.last] not in _JOINTS:
        yield path.stems[span.last], 1


def _exchanged(
    statement: Reading,
    passage: Reading,
    mine: tuple[_Piece, ...],
    theirs: tuple[_Piece, ...],
    code: ReasonCode = "attribution",
) -> Iterator[Reason]:
    """Yield a reason for the first piece that stands where the passage has another of its pieces."""
    path, other = path_of(statement), path_of(passage)
    beside = _beside(theirs, other)
    for n, piece in enumerate(mine):
        own = beside.get((piece.value, 0), [])[:_MOST_COMPARED]
        rivals = list(_rivals(piece, beside, path)) if own else []
        if not rivals:
            continue
        before, behind = max((shared_around(path, piece.span, other, k.span) for k in own), key=sum)
        owned = _owned(statement, mine, n)
        for rival in rivals:
            there = shared_around(path, piece.span, other, rival.span, marks=True)
            if (
                sum(there) >= before + behind + _MORE_AROUND
                and there[0] >= before
                and there[1] >= behind
                and rival.value != owned
                and not any(_listed_together(passage, rival, k) for k in own)
                and not _told_together(statement, mine, piece, rival)
                and not _nearer(path, piece, other, own, rival)
                and not _of_its_subject(statement, passage, piece, own, rival)
            ):
                yield reason(code, f'puts "{piece.text}" where the passage has "{rival.text}"')
                return


def _told_together(statement: Reading, mine: tuple[_Piece, ...], piece: _Piece, rival: _Piece) -> bool:
    """Say whether the statement lists a piece with its rival, in whatever order: all of them are meant."""
    if "respectively" in statement.lowers:
        return False
    return any(other.value == rival.value and _listed_together(statement, other, piece) for other in mine)


def _rivals(piece: _Piece, beside: dict[Key, list[_Piece]], path: Path) -> Iterator[_Piece]:
    """Yield the passage's other pieces that have a neighbour of this piece's beside them."""
    for key in _neighbours(path, piece.span):
        for rival in beside.get(key, ())[:_MOST_COMPARED]:
            same = rival.stems <= piece.stems or piece.stems <= rival.stems
            if not same and (piece.year is None or rival.year is None or piece.year == rival.year):
                yield rival


def _owned(statement: Reading, pieces: tuple[_Piece, ...], n: int) -> str:
    """Return the piece that follows as what belongs to piece `n`, "the Orion family's Vega", "" where none does."""
    if n + 1 == len(pieces) or pieces[n + 1].span.first - pieces[n].span.last >= _NEXT:
        return ""
    starts = path_of(statement).starts
    between = statement.text[starts[pieces[n].span.first] : starts[pieces[n + 1].span.first]]
    return pieces[n + 1].value if between.endswith(("'s ", "’s ")) else ""


# Verbs that give any figure to any subject; an elliptic list leaves them out.
_GIVING = frozenset(
    lexeme(word).stem for word in "made up accounted represented contributed comprised provided was".split()
)
# What belongs to another stands so close behind it.
_NEXT = 3


def _nearer(path: Path, piece: _Piece, other: Path, own: Sequence[_Piece], rival: _Piece) -> bool:
    """Say whether more of the words around a piece, in whatever order, stand around its own place in the passage."""
    without = piece.stems | rival.stems | _GIVING
    return any(
        max(len(mine & theirs(k.span)) for k in own) > len(mine & theirs(rival.span))
        for mine, theirs in (
            (path.before(piece.span) - without, other.before),
            (path.around(piece.span) - without, other.around),
        )
    )


def _of_its_subject(
    statement: Reading, passage: Reading, piece: _Piece, own: Sequence[_Piece], rival: _Piece
) -> bool:
    """Say whether the statement gives a figure to a subject that the passage gives it to, and not the rival."""
    if piece.number < 0:
        return False
    words, shares = words_with(statement, piece.number), shares_of_numbers(passage)
    return any(words & shares[k.number].own for k in own) and words.isdisjoint(shares[rival.number].own)


def _listed_together(passage: Reading, piece: _Piece, other: _Piece) -> bool:
    """Say whether only a list's words stand between two names: "Oslo, Rome (by sea), de Jong and Bergen"."""
    if piece.run != -1 or other.run != -1:
        return piece.run == other.run
    path = path_of(passage)
    low, high = sorted((piece.span, other.span))
    inside, joined, small = False, low.last == high.first, False
    for k in range(low.last, high.first + 1):
        root, mark = path.stems[k], path.marks.get(k, "")
        inside = (inside or "(" in mark) and ")" not in mark
        joined = joined or "," in mark or root in _JOINTS
        small = small and not mark and root not in _JOINTS
        if inside or root in _JOINTS or root == "of":
            continue
        lower = passage.text[path.starts[k]].islower()
        if root.replace(",", "").isdigit() or (lower and path.small(k)) or (small and not lower):
            return False
        small = lower
    return joined and not inside


def _reordered(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where a list of figures has another order between the same words: "19% and 11%, respectively"."""
    path, other = path_of(statement), path_of(passage)
    theirs = _runs(_placed_figures(passage))
    for values, runs in _runs(_placed_figures(statement)).items():
        for run in runs[:_MOST_COMPARED]:
            for given in theirs.get(values, ())[:_MOST_COMPARED]:
                here, there = Span(run[0].span.first, run[-1].span.last), Span(given[0].span.first, given[-1].span.last)
                if min(shared_around(path, here, other, there, marks=True)) < _MORE_AROUND:
                    continue
                if [piece.value for piece in run] != [piece.value for piece in given]:
                    mine, listed = (", ".join(piece.text for piece in pieces) for pieces in (run, given))
                    yield reason("attribution", f"lists {mine}; the passage lists {listed}")
                    return


def _runs(figures: tuple[_Piece, ...]) -> dict[frozenset[str], list[list[_Piece]]]:
    """Return the lists of figures by the values in them."""
    runs: dict[int, list[_Piece]] = {}
    for piece in figures:
        runs.setdefault(piece.run, []).append(piece)
    found: dict[frozenset[str], list[list[_Piece]]] = {}
    for run in runs.values():
        if len(run) > 1:
            found.setdefault(frozenset(piece.value for piece in run), []).append(run)
    return found
