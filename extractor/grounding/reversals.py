"""Words of a statement whose opposite the passage says: "rose" for "fell", "higher sales" for "lower sales"."""

from __future__ import annotations

from functools import lru_cache

from extractor.grounding.analysis import Reading, Word
from extractor.grounding.lexicon import opposites
from extractor.grounding.negation import denied

# The words on each side of each pair of opposites: (pair, side) to their indexes.
Sides = dict[tuple[int, int], list[int]]


Pair = tuple[Word, Word]


def opposite(statement: Reading, passage: Reading) -> Pair | None:
    """Return a word of the statement and its opposite in the passage, where the passage has nothing on its own side."""
    for name in ("opposites", "degrees", "beside"):
        said_sides = sides(statement, name)
        given_sides = sides(passage, name) if said_sides else {}
        for (pair, side), mine in said_sides.items():
            others = given_sides.get((pair, 1 - side))
            if not others or (pair, side) in given_sides:
                continue
            if name != "degrees" and (pair, 1 - side) in said_sides:
                continue
            mine = [i for i in mine if not _said_so(statement.words[i], passage, name, given_sides)]
            found = _reversed(statement, passage, mine, others, anywhere=name == "opposites")
            if found is not None:
                return found
    return _crossed(statement, passage)


def _said_so(word: Word, passage: Reading, name: str, given_sides: Sides) -> bool:
    """Say whether the passage has the word itself, or another on a side of it."""
    return word.stem in passage.stems or any(side in given_sides for side in opposites(name).get(word.stem, ()))


def _reversed(
    statement: Reading, passage: Reading, mine: list[int], others: list[int], *, anywhere: bool
) -> Pair | None:
    """Return the first two of opposite words that are said of one thing, or `anywhere`, and neither denied alone."""
    for i in mine[:_MOST_COMPARED]:
        for k in others[:_MOST_COMPARED]:
            if (i in denied(statement)) != (k in denied(passage)):
                continue
            if anywhere or _same_neighbour(statement, i, passage, k) or _compared(statement, i, passage, k):
                return statement.words[i], passage.words[k]
    return None


def _crossed(statement: Reading, passage: Reading) -> Pair | None:
    """Return a word whose opposite the passage, which has both, sets beside its noun: "higher sales, lower margins"."""
    for name in ("opposites", "degrees"):
        said_sides = sides(statement, name)
        given_sides = sides(passage, name) if said_sides else {}
        for (pair, side), mine in said_sides.items():
            same, others = given_sides.get((pair, side)), given_sides.get((pair, 1 - side))
            if not same or not others:
                continue
            ends = frozenset((*mine, *said_sides.get((pair, 1 - side), ())))
            for i in mine[:_MOST_COMPARED]:
                behind = _behind(statement, i, ends)
                if any(_said_of_the_same(statement, i, passage, k) for k in same[:_MOST_COMPARED]):
                    continue
                k = _nearer_opposite(behind, passage, same, others)
                if k is not None and (i in denied(statement)) == (k in denied(passage)):
                    return statement.words[i], passage.words[k]
    return None


# "the higher of two doses" for "the higher dose"
_NOUN_REACH = 3


def _said_of_the_same(statement: Reading, i: int, passage: Reading, k: int) -> bool:
    """Say whether the noun behind word `i` stands close behind word `k` too."""
    noun = _neighbour(statement, i, 1)
    near = passage.words[k + 1 : k + 1 + _NOUN_REACH]
    return noun is not None and any(word.stem == noun.stem for word in near)


def _nearer_opposite(behind: frozenset[str], passage: Reading, same: list[int], others: list[int]) -> int | None:
    """Return the opposite that shares more of the stems than the passage's word of the same side does, or None."""
    ends = frozenset((*same, *others))
    strange, k = _closest(behind, passage, others, ends)
    return k if strange > _closest(behind, passage, same, ends)[0] else None


# Each degree of a statement is set against at most so many of the passage.
_MOST_COMPARED = 20
# How many content words behind a word count as what it is said of.
_KIN = 8


def _closest(behind: frozenset[str], passage: Reading, words: list[int], ends: frozenset[int]) -> tuple[int, int]:
    """Return how many of the stems stand behind the word of the passage that shares most of them, and that word."""
    return max((len(behind & _behind(passage, k, ends)), -k, k) for k in words[:_MOST_COMPARED])[::2]


# No clause of a filing is longer than this.
_CLAUSE_REACH = 25


def _behind(reading: Reading, i: int, ends: frozenset[int]) -> frozenset[str]:
    """Return the stems behind word `i`, up to the end of its clause, another degree (`ends`) or a word that parts."""
    word = reading.words[i]
    found: list[str] = []
    for j in range(i + 1, min(i + 1 + _CLAUSE_REACH, len(reading.words))):
        other = reading.words[j]
        if other.clause != word.clause or len(found) == _KIN or other.lower in _PARTING or j in ends:
            break
        if other.content:
            found.append(other.stem)
    return frozenset(found)


_PARTING = frozenset(("but", "while", "whereas", "than"))


def _same_neighbour(statement: Reading, i: int, passage: Reading, k: int) -> bool:
    """Say whether the same word stands right behind, or right before, words `i` and `k`."""
    for step in (1, -1):
        mine, theirs = _neighbour(statement, i, step), _neighbour(passage, k, step)
        if (
            mine is not None
            and theirs is not None
            and (mine.stem == theirs.stem or (mine.groups & theirs.groups and not mine.weak))
        ):
            return True
    return False


def _compared(statement: Reading, i: int, passage: Reading, k: int) -> bool:
    """Say whether both words compare, with "than", something that a word beside them names: "a higher yield than"."""
    mine = {w.stem for w in (_neighbour(statement, i, 1), _neighbour(statement, i, -1)) if w is not None}
    theirs = {
        w.stem
        for w in (_neighbour(passage, k, 1), _neighbour(passage, k, -1), _neighbour(passage, k - 1, -1))
        if w is not None
    }
    return _than(statement, i) and _than(passage, k) and bool(mine & theirs)


# "than" stands this close behind the comparative that it belongs to.
_THAN_CLAUSE_REACH = 6


def _than(reading: Reading, i: int) -> bool:
    return any(word.lower == "than" for word in reading.words[i + 1 : i + 1 + _THAN_CLAUSE_REACH])


def _neighbour(reading: Reading, i: int, step: int) -> Word | None:
    clause = reading.words[i].clause
    j = i + step
    while 0 <= j < len(reading.words) and reading.words[j].clause == clause:
        if reading.words[j].content:
            return reading.words[j]
        j += step
    return None


def sides(reading: Reading, name: str) -> Sides:
    """Return the words of a text on each side of each pair of a table of opposites."""
    return _sides_by_table(reading).get(name, {})


def has_opposites(reading: Reading) -> bool:
    """Say whether any word of a text stands in a table of opposites."""
    return bool(_sides_by_table(reading))


@lru_cache(maxsize=4)
def _sides_by_table(reading: Reading) -> dict[str, Sides]:
    """Return the sides of all tables: a word stands in few of them, most words in none."""
    opposed = _opposed()
    found: dict[str, Sides] = {}
    if opposed.isdisjoint(reading.lowers) and opposed.isdisjoint(reading.stems):
        return found
    for i, word in enumerate(reading.words):
        if word.lower in opposed or word.stem in opposed:
            for name, side in _sides_of(word.lower, word.stem):
                found.setdefault(name, {}).setdefault(side, []).append(i)
    return found


@lru_cache(maxsize=65536)
def _sides_of(form: str, root: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    """Return the tables that a word stands in, each with its (pair, side) there."""
    tables = [(name, opposites(name)) for name in OPPOSITES]
    return tuple((name, side) for name, table in tables for side in table.get(form) or table.get(root) or ())


OPPOSITES = ("opposites", "degrees", "beside", "converses", "placed")


@lru_cache(maxsize=1)
def _opposed() -> frozenset[str]:
    return frozenset().union(*(opposites(name) for name in OPPOSITES))
