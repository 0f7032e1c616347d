"""The rule of polarity: what the passage denies is not affirmed, what rises does not fall."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache
from itertools import islice

from extractor.grounding.analysis import Reading, Word
from extractor.grounding.lexicon import opposites, stem_class, word_class
from extractor.grounding.parties import converse_reason, exchanged_reason
from extractor.grounding.reasons import cut, reason
from extractor.grounding.stems import stem
from extractor.grounding.trends import trend_reason
from extractor.schema import Reason

# How many words a negation reaches at most.
_REACH = 25
# So many words that the passage only denies make an affirmation of them a reversal.
_FEWEST_DENIED = 2
# Words that deny by their form: "unsecured", "nonrecourse", "fabless".
_NEGATIVE_FORM = re.compile(r"(?:un|non)(?P<base>[a-z]{4,})|(?P<stock>[a-z]{3,})less")
# What is left is what was not there before: "the half that it did not own" of "the remaining half".
_REMAINDERS = frozenset(("remaining", "rest", "other", "only"))
_RELEASES = frozenset("but instead rather except although though while because however since whereas".split())


def polarity_reasons(statement: Reading, passage: Reading, own: Set[str]) -> Iterator[Reason]:
    """Yield a reason where the statement says the opposite of the passage."""
    reversed_pair = _opposite(statement, passage)
    if reversed_pair:
        said, given = reversed_pair
        yield reason("polarity", f'says "{said.text}"; the passage says "{given.text}"')
        return
    converse = converse_reason(statement, passage) or exchanged_reason(statement, passage, own)
    if converse is not None:
        yield converse
        return
    trend = trend_reason(statement, passage)
    if trend is not None:
        yield trend
        return
    said_denied, given_denied = denied(statement), denied(passage)
    if said_denied and not given_denied and not _answered(statement, passage):
        yield reason("polarity", f'denies "{cut(_words(statement, said_denied))}"; the passage does not')
    elif said_denied and given_denied:
        words = _denied_only_here(statement, passage, said_denied, given_denied)
        if words:
            yield reason("polarity", f'denies "{cut(words)}"; the passage affirms it')
    elif given_denied and not said_denied:
        reversed_words = _affirmed(statement, passage, given_denied)
        if reversed_words:
            yield reason("polarity", f'affirms "{cut(reversed_words)}"; the passage denies it')


# These deny the whole of what follows, over the commas of a list: "no single patent, or group of patents, is".
_SUBJECT_NEGATORS = frozenset(("no", "none", "neither"))


@lru_cache(maxsize=128)
def denied(reading: Reading) -> frozenset[int]:
    """Return the indexes of the words that a negation of the text governs."""
    governed: set[int] = set()
    for i in _negations(reading):
        word = reading.words[i]
        reach = set()
        for j in range(i + 1, min(len(reading.words), i + 1 + _REACH)):
            other = reading.words[j]
            if other.sentence != word.sentence or other.lower in _RELEASES:
                break
            if other.clause != word.clause and j > i + 1 and word.lower not in _SUBJECT_NEGATORS:
                break
            reach.add(j)
        governed ^= reach
    return frozenset(governed)


def _negations(reading: Reading) -> Iterator[int]:
    negators, denials = word_class("negators"), stem_class("denials")
    words = reading.words
    for i, word in enumerate(words):
        if word.lower in negators or word.lower.endswith("n't"):
            following = words[i + 1].lower if i + 1 < len(words) else ""
            if (
                word.lower in ("no", "not")
                and following in ("only", "more", "less", "fewer", "later", "earlier", "longer")
                and following != "longer"
            ):
                continue
            yield i
        elif word.stem in denials or (word.stem in _PARTICLE_VERBS and _gives_up(words, i)):
            yield i


_PARTICLE_VERBS = frozenset(("giv", "keep"))


def _gives_up(words: tuple[Word, ...], i: int) -> bool:
    """Say whether a denial of several words begins at word `i`: "gave up", "keep it from", "rather than"."""
    following = [word.lower for word in words[i + 1 : i + 4]]
    if words[i].stem == "giv":
        return following[:1] == ["up"]
    return words[i].lower in ("keep", "keeps", "kept", "keeping") and "from" in following


def _answered(statement: Reading, passage: Reading) -> bool:
    """Say whether the passage holds the statement's denial in other words: its own opposite, or the same verb."""
    for name in ("opposites", "degrees", "beside"):
        given = _sides(passage, name)
        if any((pair, 1 - side) in given for pair, side in _sides(statement, name)):
            return True
    if passage.lowers & _REMAINDERS:
        return True
    for word in passage.words:
        form = _NEGATIVE_FORM.fullmatch(word.lower)
        if form and stem(form["base"] or form["stock"]) in statement.stems:
            return True
    for i in _negations(statement):
        word = statement.words[i]
        if word.stem in passage.stems or word.groups & passage.groups:
            return True
    return False


def _denied_only_here(statement: Reading, passage: Reading, said: frozenset[int], given: frozenset[int]) -> str:
    """Return the words that the statement denies and the passage only affirms, "" where it denies any of them."""
    denied_stems = {passage.words[i].stem for i in given}
    denied_groups = {group for i in given for group in passage.words[i].groups}
    reversed_words = []
    for i in sorted(said):
        word = statement.words[i]
        if not word.content or word.weak:
            continue
        if word.stem in denied_stems or word.groups & denied_groups:
            return ""
        if word.stem in passage.stems:
            reversed_words.append(word.text)
    return " ".join(reversed_words) if len(reversed_words) >= _FEWEST_DENIED else ""


def _affirmed(statement: Reading, passage: Reading, given: frozenset[int]) -> str:
    """Return the words that the statement affirms and the passage only denies, "" where they are too few."""
    free_stems = {w.stem for i, w in enumerate(passage.words) if i not in given and w.content}
    denied_stems = {passage.words[i].stem for i in given if passage.words[i].content}
    denied_groups = {group for i in given if passage.words[i].content for group in passage.words[i].groups}
    exact: list[str] = []
    loose: list[str] = []
    kept = 0
    for word in statement.words:
        if not word.content or word.lower in word_class("months"):
            continue
        if word.stem in free_stems:
            kept += not word.weak
        elif word.stem in denied_stems:
            exact.append(word.text)
        elif word.groups & denied_groups and not word.weak:
            loose.append(word.text)
    if len(exact) >= _FEWEST_DENIED or (exact and len(exact) + len(loose) > kept):
        return " ".join(exact + loose)
    return ""


def _opposite(statement: Reading, passage: Reading) -> tuple[Word, Word] | None:
    """Return a word of the statement and its opposite in the passage, where the passage has nothing on its own side."""
    for name in ("opposites", "degrees", "beside"):
        table = opposites(name)
        said_sides = _sides(statement, name)
        if not said_sides:
            continue
        given_sides = _sides(passage, name)
        for (pair, side), mine in said_sides.items():
            others = given_sides.get((pair, 1 - side))
            if not others or (pair, side) in given_sides or (pair, 1 - side) in said_sides:
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
        said_sides = _sides(statement, name)
        given_sides = _sides(passage, name) if said_sides else {}
        for (pair, side), mine in said_sides.items():
            same, others = given_sides.get((pair, side)), given_sides.get((pair, 1 - side))
            if not same or not others:
                continue
            for i in mine[:_MOST_COMPARED]:
                kin = max(_kinship(statement, i, passage, k) for k in same[:_MOST_COMPARED])
                strange = max(_kinship(statement, i, passage, k) for k in others[:_MOST_COMPARED])
                if strange > kin:
                    k = max(others, key=lambda k: _kinship(statement, i, passage, k))
                    if (i in denied(statement)) == (k in denied(passage)):
                        return statement.words[i], passage.words[k]
    return None


# Each degree of a statement is set against at most so many of the passage.
_MOST_COMPARED = 20
# How many content words behind a word count as what it is said of.
_KIN = 8


def _kinship(statement: Reading, i: int, passage: Reading, k: int) -> int:
    mine, theirs = _behind(statement, i), _behind(passage, k)
    return len(mine & theirs)


def _behind(reading: Reading, i: int) -> frozenset[str]:
    word = reading.words[i]
    found: list[str] = []
    for other in islice(reading.words, i + 1, i + 1 + _REACH):
        if other.clause != word.clause or len(found) == _KIN or other.lower in _PARTING:
            break
        if other.content:
            found.append(other.stem)
    return frozenset(found)


_PARTING = frozenset(("and", "but", "while", "whereas", "than"))


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
_THAN_REACH = 6


def _than(reading: Reading, i: int) -> bool:
    return any(word.lower == "than" for word in reading.words[i + 1 : i + 1 + _THAN_REACH])


def _neighbour(reading: Reading, i: int, step: int) -> Word | None:
    clause = reading.words[i].clause
    j = i + step
    while 0 <= j < len(reading.words) and reading.words[j].clause == clause:
        if reading.words[j].content:
            return reading.words[j]
        j += step
    return None


@lru_cache(maxsize=128)
def _sides(reading: Reading, name: str) -> dict[tuple[int, int], list[int]]:
    table = opposites(name)
    found: dict[tuple[int, int], list[int]] = {}
    if table.keys().isdisjoint(reading.stems) and table.keys().isdisjoint(reading.lowers):
        return found
    for i, word in enumerate(reading.words):
        for side in table.get(word.lower) or table.get(word.stem) or ():
            found.setdefault(side, []).append(i)
    return found


def _words(reading: Reading, indexes: frozenset[int]) -> str:
    return " ".join(reading.words[i].text for i in sorted(indexes))
