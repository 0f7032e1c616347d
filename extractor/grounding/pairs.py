"""The rule of pairs: what is said of one thing is not said of its neighbour ("chicken in Oslo, beef in Rome")."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extractor.grounding.analysis import Reading, Word, in_words
from extractor.grounding.reasons import reason
from extractor.schema import Reason

# Words that part one thing said from the next, as commas and the ends of clauses do.
_JOINTS = frozenset(("and", "or", "while", "whereas", "but", "plus"))


def pair_reasons(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where one part of the statement joins words that the passage keeps apart in parallel parts."""
    shared_names = passage.capitals & statement.lowers
    said = _parts(statement)[:_MOST_PARTS]
    # only parts with two words of the passage, or more, can have brought two together
    if not shared_names and sum(len(part.keys() & passage.stems) > 1 for _, part in said) < 2:
        return
    if not _parallel(passage):
        return
    crossing = _changed_places(said, passage) if len(said) > 1 else None
    if crossing is None and shared_names:
        crossing = _moved_name(said, passage, statement)
    if crossing is not None:
        mine, theirs = (in_words(statement, stems) for stems in crossing)
        yield reason("attribution", f'joins "{mine}" with "{theirs}"; the passage says them of different things')


Crossing = tuple[frozenset[str], frozenset[str]]  # the stems that the statement has brought together
Part = tuple[int, dict[str, Word]]  # the sentence, and the content words by stem


@lru_cache(maxsize=4)
def _parts(reading: Reading) -> list[Part]:
    parts: list[Part] = []
    words: dict[str, Word] = {}
    clause = -1
    for word in reading.words:
        if word.clause != clause or word.lower in _JOINTS:
            clause = word.clause
            words = {}
            parts.append((word.sentence, words))
        if word.content:
            words.setdefault(word.stem, word)
    return [part for part in parts if part[1]]


Stems = frozenset[str]


@lru_cache(maxsize=4)
def _parallel(passage: Reading) -> list[tuple[Stems, Stems]]:
    """Return, of two parts of one sentence that share a word, the stems of the first alone and of the second alone."""
    given = _parts(passage)
    stems = [frozenset(part[1]) for part in given]
    found: list[tuple[Stems, Stems]] = []
    for i, (sentence, _) in enumerate(given):
        for j in range(i + 1, min(i + _NEAR, len(given))):
            if given[j][0] != sentence:
                break
            if not stems[i].isdisjoint(stems[j]):
                found.append((stems[i] - stems[j], stems[j] - stems[i]))
    return found


# Fewer words than these on both sides join by chance.
_FEWEST = 3
# No more parts of a statement are set against those of the passage: no sentence has so many.
_MOST_PARTS = 50
# Parallel parts stand close together.
_NEAR = 6


def _changed_places(said: list[Part], passage: Reading) -> Crossing | None:
    """Return what two parts of the statement have exchanged: "A has x, B has y" of a passage "A has y, B has x"."""
    words = [frozenset(stem for stem, word in part[1].items() if not word.weak) for part in said]
    for first, second in _parallel(passage):
        mixed = [(part & first, part & second) for part in words]
        mixed = [(a, b) for a, b in mixed if a and b and len(a) + len(b) >= _FEWEST]
        if len(mixed) == 2 and not mixed[0][0] & mixed[1][0] and not mixed[0][1] & mixed[1][1]:
            return mixed[0]
    return None


def _moved_name(said: list[Part], passage: Reading, statement: Reading) -> Crossing | None:
    """Return a name and what it has been given: "beef in Rome" of a passage "chicken in Rome, beef in Oslo"."""
    names = {word.stem for part in _parts(passage) for word in part[1].values() if word.text[0].isupper()}
    for part in said:
        words = frozenset(stem for stem, word in part[1].items() if not word.weak)
        for one, other in _parallel(passage):
            for home, strange in ((one, other), (other, one)):
                moved = words & home & names
                brought = (words & strange) - names
                own = home - names
                if (
                    moved
                    and brought
                    and own
                    and not words & own
                    and (strange & names)
                    and not (strange & names & statement.stems)
                ):
                    return brought, moved
    return None
