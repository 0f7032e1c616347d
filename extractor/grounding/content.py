"""The rule of content: nothing is added that the passage does not say."""

from __future__ import annotations

from collections.abc import Iterator, Set

from extractor.figures.numerals import SCALE_FORMS, UNITS
from extractor.grounding.analysis import Reading, Word, covered_words
from extractor.grounding.lexicon import word_class
from extractor.grounding.reasons import reason
from extractor.schema import Reason

# So many words without a counterpart are an addition, not a paraphrase.
_TOO_MANY = 3
_NUMERIC = frozenset(SCALE_FORMS) | frozenset(UNITS) | {"fiscal", "half", "third", "thirds", "dozen"}


def unmatched(statement: Reading, passage: Reading, own: Set[str], terms: Set[str]) -> list[Word]:
    """Return the content words of the statement that nothing in the passage answers."""
    covered = covered_words(statement, passage)
    return [
        word
        for word in statement.words
        if word.content
        and not word.weak
        and word not in covered
        and word.stem not in passage.stems
        and not word.groups & passage.groups
        and word.lower not in _NUMERIC
        and word.lower not in word_class("months")
        and word.lower.removesuffix("'s") not in own
        and word.lower not in terms
    ]


def content_reasons(statement: Reading, passage: Reading, own: Set[str], terms: Set[str]) -> Iterator[Reason]:
    """Yield a reason where the statement adds to what the passage says."""
    strangers = unmatched(statement, passage, own, terms)
    if len(strangers) >= _TOO_MANY:
        words = ", ".join(f'"{word.text}"' for word in strangers[:4])
        yield reason("unsupported_content", f"says {words}; nothing in the passage answers them")
