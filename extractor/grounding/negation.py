"""Which words of a text a negation governs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extractor.grounding.analysis import Reading, Word
from extractor.grounding.lexicon import stem_class, word_class
from extractor.grounding.reasons import cut

# How many words a negation reaches at most.
_REACH = 25
# What stands behind these is affirmed again.
_RELEASES = frozenset("and but instead rather except although though while because however since whereas".split())
# These deny the whole of what follows, over the commas of a list: "no single patent, or group of patents, is".
_SUBJECT_NEGATORS = frozenset(("no", "none", "neither"))


@lru_cache(maxsize=4)
def denied(reading: Reading) -> frozenset[int]:
    """Return the indexes of the words that a negation of the text governs."""
    governed: set[int] = set()
    words = reading.words
    for i in negations(reading):
        word = words[i]
        reach = set(_subject(words, i))
        pointing = i > 0 and words[i - 1].lower == "which"
        passed = _aside(words, i)
        resumed = words[passed.stop].clause if passed else word.clause
        for j in range(i + 1, min(len(reading.words), i + 1 + _REACH)):
            other = reading.words[j]
            if j in passed:
                continue
            if other.sentence != word.sentence or other.lower in _RELEASES or _excepts(words, j):
                break
            elsewhere = other.clause not in (word.clause, resumed) and j > i + 1
            if elsewhere and (pointing or word.lower not in _SUBJECT_NEGATORS):
                break
            reach.add(j)
        governed ^= reach
    return frozenset(governed)


# A verb waits no longer for its object over an aside: "does not have, nor has it had, a backlog".
_WAITING = 4
_GOING_ON = frozenset(("nor", "or", "and"))


def _aside(words: tuple[Word, ...], i: int) -> range:
    """Return the words between commas right behind a denied verb that deny it again, where its object follows."""
    first = next((j for j in range(i + 1, min(len(words), i + _WAITING)) if words[j].lower in _GOING_ON), 0)
    if not first or words[first].clause != words[first - 1].clause + 1:
        return range(0)
    last = first
    while last < len(words) and words[last].clause == words[first].clause:
        last += 1
    follows = last < len(words) and words[last].sentence == words[i].sentence
    denies = any(word.lower in word_class("negators") for word in words[first:last])
    return range(first, last) if follows and denies else range(0)


def _excepts(words: tuple[Word, ...], j: int) -> bool:
    """Say whether an exception begins at word `j`: "no depositor held more, other than the City"."""
    return words[j].lower == "other" and j + 1 < len(words) and words[j + 1].lower == "than"


# How far before a passive its subject is looked for: "dividends on common stock are barred".
_SUBJECT_REACH = 8


def _subject(words: tuple[Word, ...], i: int) -> range:
    """Return the words before a denial in the passive voice: what is barred."""
    if not i or words[i - 1].stem != "be" or words[i].stem not in stem_class("denials"):
        return range(0)
    first = i
    while first and i - first < _SUBJECT_REACH and words[first - 1].clause == words[i].clause:
        first -= 1
    return range(first, i)


# How many words show a denial.
_SHOWN = 6


def denial_of(reading: Reading) -> str:
    """Return the text's first denial, cut short: "do not currently engage in"."""
    i = next(negations(reading))
    last = reading.words[min(i + _SHOWN, len(reading.words)) - 1]
    return cut(reading.text[reading.words[max(0, i - 1)].start : last.end])


def antecedents(reading: Reading) -> frozenset[str]:
    """Return the stems of what "none" points back to: "milestone payments, of which none has become due"."""
    words = reading.words
    pointing = [i for i in negations(reading) if [w.lower for w in words[max(0, i - 2) : i]] == ["of", "which"]]
    return frozenset(w.stem for i in pointing for w in words[max(0, i - 2 - _SUBJECT_REACH) : i - 2])


def negations(reading: Reading) -> Iterator[int]:
    negators, denials = word_class("negators"), stem_class("denials")
    words = reading.words
    if (
        reading.lowers.isdisjoint(negators)
        and reading.stems.isdisjoint(denials)
        and reading.stems.isdisjoint(_PARTICLE_VERBS)
        and "n't" not in reading.text.replace("’", "'")
    ):
        return
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
