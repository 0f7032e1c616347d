"""A fact before it is typed: its wording, its passage and the figures that both hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from extractor.figures import find_figures
from extractor.schema import Area, Evidence, Figure, Importance, Money, Percent, Period
from extractor.wording import Wording

_NAME = re.compile(
    r"(?<!\bin )(?<!\bin the )\b[A-Z][\w&’'/+.-]*\w(?:\s+(?:of\s+)?[A-Z&][\w&’'/+.-]*\w)*"
    r"(?:, (?:Inc|Ltd|Corp|LLC|L\.P|N\.A)\b\.?)?"
)
_NO_NAME = frozenset(
    "January February March April May June July August September October November December Company U.S US "
    "United States "
    "America Canada Mexico Europe Asia North South East West Internet".split()
)


class Base(TypedDict):
    """The fields that every fact has."""

    id: str
    importance: Importance
    opening: str | None
    subject: str
    predicate: str
    details: list[str]
    items: list[str]
    statement: str
    evidence: list[Evidence]
    figures: list[Figure]


def figures_told(evidence: Iterable[Evidence], statement: str) -> tuple[Figure, ...]:
    """The figures of the passages that the statement tells, with their spans in the document."""
    return tuple(
        f.model_copy(update={"start": f.start + e.start, "end": f.end + e.start})
        for e in evidence
        for f in find_figures(e.quote)
        if f.text in statement
    )


@dataclass(frozen=True)
class Draft:
    """A worded candidate; `context` holds the features of its place, `score` is the ranker's."""

    wording: Wording
    evidence: tuple[Evidence, ...]
    figures: tuple[Figure, ...]
    score: float
    importance: Importance
    area: Area
    context: frozenset[str] = frozenset()

    @property
    def statement(self) -> str:
        return self.wording.clause()

    def base(self) -> Base:
        """The fields common to all areas; the id is given when the record is put together."""
        return Base(
            id="",
            importance=self.importance,
            opening=self.wording.opening,
            subject=self.wording.subject,
            predicate=self.wording.predicate,
            details=list(self.wording.details),
            items=list(self.wording.items),
            statement=self.statement,
            evidence=list(self.evidence),
            figures=list(self.figures),
        )

    def first_share(self) -> Percent | None:
        return next((f for f in self.figures if isinstance(f, Percent)), None)

    def first_amount(self) -> Money | None:
        return next((f for f in self.figures if isinstance(f, Money)), None)

    def period(self) -> Period | None:
        return next((f.period for f in self.figures if f.period), None)

    def names(self) -> list[str]:
        """Capitalised names in the statement, in order; months, countries and what follows "in" left out.

        Only those that the passage writes so: a trademark sign may stand inside a name.
        """
        found = dict.fromkeys(m.group() for m in _NAME.finditer(self.statement))
        quoted = " ".join(" ".join(e.quote for e in self.evidence).split())
        return [name for name in found if not set(name.split()) <= _NO_NAME and len(name) > 1 and name in quoted]

    def phrase(self, *patterns: tuple[str, str]) -> str | None:
        """The value of the first pattern that the statement matches: (pattern, value) pairs."""
        return next((value for pattern, value in patterns if re.search(pattern, self.statement, re.IGNORECASE)), None)
