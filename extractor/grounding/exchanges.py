"""The rule of exchanges: what stands between the passage's own words is what the passage has between them.

A statement in the passage's own words, but for one, has changed that one: "imported from China by way of an agent in
Oslo" of a passage "imported from Oslo by way of an agent in China".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.grounding.analysis import Reading
from extractor.grounding.couples import keeps_its_couple
from extractor.grounding.lexicon import lexeme
from extractor.grounding.pieces import Piece, names_by_value, placed_figures, placed_names, placed_periods
from extractor.grounding.places import Path, Span, path_of, shared_around, shared_over_aside
from extractor.grounding.reasons import reason
from extractor.grounding.regions import shares_of_numbers, words_with
from extractor.schema import Reason, ReasonCode

# In another's place, a name or a figure shares so much more around it than in its own.
_MORE_AROUND = 1.0
# Each piece is set against at most so many of the passage, and each list.
_MOST_COMPARED = 20
_JOINTS = frozenset(("and", "or"))
_RESPECTIVELY = lexeme("respectively").stem


def exchange_reasons(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where a name or a figure stands in another's place, or figures in another order."""
    if len(names_by_value(passage)) > 1 and not names_by_value(passage).keys().isdisjoint(names_by_value(statement)):
        yield from _exchanged(statement, passage, placed_names(statement), placed_names(passage))
    if statement.numbers and len(passage.numbers) > 1 and _some_alike(statement, passage):
        yield from _exchanged(statement, passage, placed_figures(statement), placed_figures(passage))
        yield from _reordered(statement, passage)
    if len(passage.periods) > 1 and statement.periods and not statement.numbers:
        yield from _exchanged(statement, passage, placed_periods(statement), placed_periods(passage), code="period")


def _some_alike(statement: Reading, passage: Reading) -> bool:
    """Say whether the passage has one of the statement's figures, and another of its kind."""
    values: dict[str, set[float]] = {}
    for number, _ in passage.numbers:
        values.setdefault(number.kind, set()).add(number.value)
    said = [number for number, _ in statement.numbers]
    return any(n.value in values.get(n.kind, ()) and len(values[n.kind]) > 1 for n in said)


Key = tuple[str, int]


def _beside(pieces: tuple[Piece, ...], path: Path) -> dict[Key, list[Piece]]:
    """Return the pieces by the words right before and right behind them, and by themselves."""
    found: dict[Key, list[Piece]] = {}
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
    mine: tuple[Piece, ...],
    theirs: tuple[Piece, ...],
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
        before, behind = max((_shared(path, piece.span, other, k.span) for k in own), key=sum)
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
                and not keeps_its_couple(statement, passage, piece)
                and not _of_its_head(path, piece, other, own, rival)
                and not _received_from(path, mine, piece, own, rival)
            ):
                yield reason(code, f'puts "{piece.text}" where the passage has "{rival.text}"')
                return


def _shared(path: Path, here: Span, other: Path, there: Span) -> tuple[float, float]:
    before, behind = shared_around(path, here, other, there)
    return max(before, shared_over_aside(path, here, other, there)), behind


# "A contractor in Oslo" is an Oslo contractor.
_OF_A_PLACE = frozenset(("in", "of", "from", "at"))


def _of_its_head(path: Path, piece: Piece, other: Path, own: Sequence[Piece], rival: Piece) -> bool:
    """Say whether a place stands before its noun, in the passage behind it, and with no more of the rival's words."""
    around = path.clause_before(piece.span)
    shared = len(around & other.clause_before(rival.span))
    return any(
        path.stems[piece.span.last : piece.span.last + 1] == other.stems[k.span.first - 2 : k.span.first - 1]
        and other.stems[k.span.first - 1] in _OF_A_PLACE
        and len(around & other.clause_before(k.span)) >= shared
        for k in own
        if k.span.first > 1
    )


_RECEIVING = frozenset(lexeme(word).stem for word in ("receive", "obtain"))


def _received_from(path: Path, mine: tuple[Piece, ...], piece: Piece, own: Sequence[Piece], rival: Piece) -> bool:
    """Say whether a piece gives, behind "received from", to the rival what it gives it as a subject in the passage."""
    at = piece.span.first - 1
    receiver = next((k for k in mine if k.value == rival.value and k.span.last < piece.span.first), None)
    if receiver is None or path.stems[at] != "from" or path.stems[at - 1] not in _RECEIVING:
        return False
    return any(k.span.first < rival.span.first for k in own)


def _told_together(statement: Reading, mine: tuple[Piece, ...], piece: Piece, rival: Piece) -> bool:
    """Say whether the statement lists a piece with its rival, in whatever order: all of them are meant."""
    if "respectively" in statement.lowers:
        return False
    return any(other.value == rival.value and _listed_together(statement, other, piece) for other in mine)


def _rivals(piece: Piece, beside: dict[Key, list[Piece]], path: Path) -> Iterator[Piece]:
    """Yield the passage's other pieces that have a neighbour of this piece's beside them."""
    for key in _neighbours(path, piece.span):
        for rival in beside.get(key, ())[:_MOST_COMPARED]:
            same = rival.stems <= piece.stems or piece.stems <= rival.stems or rival.kind != piece.kind
            if not same and (piece.year is None or rival.year is None or piece.year == rival.year):
                yield rival


def _owned(statement: Reading, pieces: tuple[Piece, ...], n: int) -> str:
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


def _nearer(path: Path, piece: Piece, other: Path, own: Sequence[Piece], rival: Piece) -> bool:
    """Say whether more of the words around a piece, in whatever order, stand around its own place in the passage."""
    without = piece.stems | rival.stems | _GIVING
    return any(
        max(len(mine & theirs(k.span)) for k in own) > len(mine & theirs(rival.span))
        for mine, theirs in (
            (path.before(piece.span) - without, other.before),
            (path.around(piece.span) - without, other.around),
        )
    )


def _of_its_subject(statement: Reading, passage: Reading, piece: Piece, own: Sequence[Piece], rival: Piece) -> bool:
    """Say whether the statement gives a figure to a subject that the passage gives it to, and not the rival."""
    if piece.number < 0:
        return False
    words, shares = words_with(statement, piece.number), shares_of_numbers(passage)
    return any(words & shares[k.number].own for k in own) and words.isdisjoint(shares[rival.number].own)


def _listed_together(passage: Reading, piece: Piece, other: Piece) -> bool:
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
    theirs = _runs(placed_figures(passage))
    for values, runs in _runs(placed_figures(statement)).items():
        for run in runs[:_MOST_COMPARED]:
            for given in theirs.get(values, ())[:_MOST_COMPARED]:
                here, there = Span(run[0].span.first, run[-1].span.last), Span(given[0].span.first, given[-1].span.last)
                before, behind = shared_around(path, here, other, there, marks=True)
                told_in_order = behind and _RESPECTIVELY in path.stems[here.last : here.last + 1]
                if before < _MORE_AROUND or (behind < _MORE_AROUND and not told_in_order):
                    continue
                if [piece.value for piece in run] != [piece.value for piece in given]:
                    mine, listed = (", ".join(piece.text for piece in pieces) for pieces in (run, given))
                    yield reason("attribution", f"lists {mine}; the passage lists {listed}")
                    return


def _runs(figures: tuple[Piece, ...]) -> dict[frozenset[str], list[list[Piece]]]:
    """Return the lists of figures by the values in them."""
    runs: dict[int, list[Piece]] = {}
    for piece in figures:
        runs.setdefault(piece.run, []).append(piece)
    found: dict[frozenset[str], list[list[Piece]]] = {}
    for run in runs.values():
        if len(run) > 1:
            found.setdefault(frozenset(piece.value for piece in run), []).append(run)
    return found
