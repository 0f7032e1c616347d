"""The rule of content: nothing is added that the passage does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from extractor.figures.numerals import SCALE_FORMS, UNITS
from extractor.grounding.analysis import Reading, Word, covered_words
from extractor.grounding.lexicon import stem_class, word_class
from extractor.grounding.reasons import reason
from extractor.schema import Reason

# So many words without a counterpart are an addition, not a paraphrase.
_TOO_MANY = 3
_NUMERIC = frozenset(SCALE_FORMS) | frozenset(UNITS) | {"fiscal", "half", "third", "thirds", "dozen"}


def unmatched(statement: Reading, passage: Reading, own: Set[str], terms: Set[str]) -> list[Word]:
    """Return the content words of the statement that nothing in the passage answers."""
    strangers = [
        word
        for word in statement.words
        if word.content
        and not word.weak
        and word.stem not in passage.stems
        and not word.groups & passage.groups
        and word.lower not in _NUMERIC
        and word.lower not in word_class("months")
        and (word.text.islower() or word.lower.removesuffix("'s") not in own)
        and word.lower not in terms
    ]
    covered = covered_words(statement, passage) if strangers else ()
    return [word for word in strangers if word.start not in covered]


def content_reasons(statement: Reading, passage: Reading, own: Set[str], terms: Set[str]) -> Iterator[Reason]:
    """Yield a reason where the statement adds to what the passage says."""
    strangers = unmatched(statement, passage, own, terms)
    if not strangers:
        return
    weight = sum(map(_weight, strangers))
    if (
        weight >= _TOO_MANY
        or _new_ending(statement, passage, strangers)
        or _new_cause(statement, passage, strangers)
        or _new_superlative(statement, strangers)
    ):
        words = ", ".join(f'"{word.text}"' for word in strangers[:4])
        yield reason("unsupported_content", f"adds {words}; the passage says nothing of it")


def _weight(word: Word) -> int:
    """Return how much an addition of a word adds: what a reader acts on counts twice."""
    return 2 if word.stem in stem_class("exacting") else 1


_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|thanks to|as a result of|in order to|so as to|so that)\b", re.IGNORECASE
)


def _new_cause(statement: Reading, passage: Reading, strangers: list[Word]) -> bool:
    """Say whether the statement gives a reason in words that are not the passage's, which itself gives none."""
    mark = _CAUSE.search(statement.text)
    if mark is None or passage.lowers & word_class("causes"):
        return False
    return any(word.start > mark.start() for word in strangers)


_GRADED = re.compile(r"\b(?:most|best|least)[ -]$")


def _new_superlative(statement: Reading, strangers: list[Word]) -> bool:
    """Say whether "most" grades a word that the passage does not have: "most popular"."""
    return any(_GRADED.search(statement.text[max(0, word.start - 8) : word.start]) for word in strangers)


# What often brings an addition: "..., which makes it the leader", "... through a joint venture", "... to win orders".
_ENDING = re.compile(
    r",\s+(?:which|making|giving|thanks)\b|\b(?:through|with|by|to|after|because|due|for)\s+(?!be\b)", re.IGNORECASE
)
_FEWEST_IN_ENDING = 2
# "through a joint venture with a supplier of parts" is three phrases.
_LAST_PHRASES = 3


def _new_ending(statement: Reading, passage: Reading, strangers: list[Word]) -> bool:
    """Say whether one of the statement's last phrases is mostly strangers, without one word of the passage's own."""
    weights = {word.start: _weight(word) for word in strangers}
    marks = [match.start() for match in _ENDING.finditer(statement.text)]
    for mark in marks[-_LAST_PHRASES:]:
        ending = [word for word in statement.words if word.start > mark and word.content and not word.weak]
        if len(ending) < _FEWEST_IN_ENDING or any(word.stem in passage.stems for word in ending):
            continue
        if 2 * sum(weights.get(word.start, 0) for word in ending) >= len(ending):
            return True
    return False
