"""Near-repeats of a fact made one, with the evidence of all; of a fact told of several years the latest comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from extractor.engines.offline.draft import Draft
from extractor.engines.offline.features import text_features

_SAME = 0.6  # share of the smaller statement's stems that the other holds too, above which they say the same
_ALIKE = 0.65  # share of both statements' stems that they have in common, above which the one with more figures is told
_OLDER_LOSS = 1.0  # in the ranker's units: what the same said of an earlier year loses beside the latest
_MOST_APART = 1  # stems by which two statements of one thing in two years may differ
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Stems that tell periods and counts, not things.
_OF_PERIODS = frozenset(
    f"w:{stem}"
    for stem in "year end fiscal quarter approximat about january february march april may jun june july august "
    "september october november december one two three four five six seven eight nine ten also each no".split()
)


class _Kept(NamedTuple):
    """A draft that stays, with the stems of its statement, its figures and the latest year that it tells."""

    draft: Draft
    stems: frozenset[str]
    figures: frozenset[str]
    year: str

    @classmethod
    def of(cls, draft: Draft) -> _Kept:
        statement = draft.statement
        figures = frozenset(f.text for f in draft.figures)
        return cls(draft, text_features(statement), figures, max(_YEAR.findall(statement), default=""))

    def says(self, other: _Kept) -> bool:
        """True where this one says what `other` does: most of its stems, and each of its figures."""
        common, smaller = len(self.stems & other.stems), min(len(self.stems), len(other.stems))
        return (
            smaller > 0
            and common > _SAME * smaller
            and common > _SAME * len(other.stems)
            and other.figures <= self.figures
        )

    def is_outdone_by(self, other: _Kept) -> bool:
        """True where `other` says the same with more figures, or with the same ones of a later year."""
        if self.figures == other.figures:
            return "" < self.year < other.year and self.says(other)
        common, either = len(self.stems & other.stems), len(self.stems | other.stems)
        return self.year == other.year and self.figures < other.figures and common > _ALIKE * either

    def is_of_earlier_year(self, other: _Kept) -> bool:
        """True where `other` says the same thing of a later year, with figures of its own."""
        apart = (self.stems ^ other.stems) - _OF_PERIODS
        return "" < self.year < other.year and len(apart) <= _MOST_APART


def merged(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts without those that a better one says already; its evidence is added to the better one's.

    Two drafts are the same when most of their stems are and neither has a figure that the other lacks. What is also
    told of a later year loses some of its worth.
    """
    kept: list[_Kept] = []
    for draft in drafts:
        found = _Kept.of(draft)
        for i, other in enumerate(kept):
            if other.is_outdone_by(found):
                kept[i] = found._replace(draft=_citing(found.draft, other.draft))
                break
            if other.says(found):
                kept[i] = other._replace(draft=_citing(other.draft, draft))
                break
        else:
            kept.append(found)
    return list(_older_last(kept))


def _citing(told: Draft, merged_in: Draft) -> Draft:
    """`told` with the evidence of another that says the same, and what the worthier of both is worth."""
    evidence = (*told.evidence, *(e for e in merged_in.evidence if e not in told.evidence))
    return replace(told, evidence=evidence, score=max(told.score, merged_in.score))


def _older_last(kept: list[_Kept]) -> Iterator[Draft]:
    dated = [k for k in kept if k.year]
    for found in kept:
        older = any(found.is_of_earlier_year(other) for other in dated if other is not found)
        yield replace(found.draft, score=found.draft.score - _OLDER_LOSS) if older else found.draft
