"""Words of a statement whose opposite the passage says: "rose" for "fell", "higher sales" for "lower sales"."""

from __future__ import annotations

from functools import lru_cache

from extractor.grounding.analysis import Reading, Word
from extractor.grounding.lexicon import opposites
from extractor.grounding.negation import denied


def opposite(statement: Reading, passage: Reading) -> tuple[Word, Word] | None:
    """Return a word of the statement and its opposite in the passage, where the passage has nothing on its own side."""
    for name in ("opposites", "degrees", "beside"):
        table = opposites(name)
        said_sides = sides(statement, name)
        if not said_sides:
            continue
        given_sides = sides(passage, name)
        for (pair, side), mine in said_sides.items():
            others = given_sides.get((pair, 1 - side))
            if not others or (pair, side) in given_sides:
                continue
            if name != "degrees" and (pair, 1 - side) in said_sides:
                continue
            for i in mine:
                word = statement.words[i]
                if word.stem in passage.stems or any(
                    s in given_sides for s in table.get(word.stem, ()) if s[0] != pair and s in given_sides
                ):
                    continue
                for k in others:
                    if (i in denied(statement)) != (k in denied(passage)):
                        continue
                    if (
                        name == "opposites"
                        or _same_neighbour(statement, i, passage, k)
                        or _compared(statement, i, passage, k)
                    ):
                        return word, passage.words[k]
    return _crossed(statement, passage)


def _crossed(statement: Reading, passage: Reading) -> tuple[Word, Word] | None:
    """Return a word whose opposite the passage, which has both, sets beside its noun: "higher sales, lower margins"."""
    for name in ("opposites", "degrees"):
        said_sides = sides(statement, name)
        given_sides = sides(passage, name) if said_sides else {}
        for (pair, side), mine in said_sides.items():
            same, others = given_sides.get((pair, side)), given_sides.get((pair, 1 - side))
            if not same or not others:
                continue
            said_ends = frozenset((*mine, *said_sides.get((pair, 1 - side), ())))
            given_ends = frozenset((*same, *others))
            for i in mine[:_MOST_COMPARED]:
                behind = _behind(statement, i, said_ends)
                kin = _closest(behind, passage, same, given_ends)[0]
                strange, k = _closest(behind, passage, others, given_ends)
                if strange > kin and (i in denied(statement)) == (k in denied(passage)):
                    return statement.words[i], passage.words[k]
    return None


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


@lru_cache(maxsize=128)
def sides(reading: Reading, name: str) -> dict[tuple[int, int], list[int]]:
    table = opposites(name)
    found: dict[tuple[int, int], list[int]] = {}
    if table.keys().isdisjoint(reading.stems) and table.keys().isdisjoint(reading.lowers):
        return found
    for i, word in enumerate(reading.words):
        for side in table.get(word.lower) or table.get(word.stem) or ():
            found.setdefault(side, []).append(i)
    return found
