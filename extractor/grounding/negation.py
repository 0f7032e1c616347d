"""Which words of a text a negation governs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extractor.grounding.analysis import Reading, Word
from extractor.grounding.lexicon import stem_class, word_class

# How many words a negation reaches at most.
_REACH = 25
# What stands behind these is affirmed again.
_RELEASES = frozenset("but instead rather except although though while because however since whereas".split())
# These deny the whole of what follows, over the commas of a list: "no single patent, or group of patents, is".
_SUBJECT_NEGATORS = frozenset(("no", "none", "neither"))


@lru_cache(maxsize=16)
def denied(reading: Reading) -> frozenset[int]:
    """Return the indexes of the words that a negation of the text governs."""
    governed: set[int] = set()
    for i in negations(reading):
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
