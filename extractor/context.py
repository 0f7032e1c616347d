"""What a reader of a passage knows besides the passage: who the company is, its defined terms, the headings above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.grounding import Context, judge
from extractor.schema import Evidence, Reason

if TYPE_CHECKING:
    from extractor.document import Document


@dataclass(frozen=True)
class Reader:
    """One who has read the document, and judges statements against passages of it."""

    document: Document
    names: frozenset[str]
    terms: dict[str, str]

    @classmethod
    def of(cls, document: Document) -> Reader:
        """The reader of `document`; names and terms come from the text alone, never from a record that is checked."""
        from extractor.identity import identify

        identity = identify(document)
        return cls(document, identity.aliases, identity.terms)

    def context(self, evidence: Iterable[Evidence]) -> Context:
        """What stands around these passages."""
        headings = dict.fromkeys(heading for e in evidence for heading in self.document.heading_of(e.start))
        return Context(names=self.names, terms=self.terms, headings=tuple(headings))

    def judge(self, statement: str, evidence: Sequence[Evidence]) -> list[Reason]:
        """Why `statement` does not follow from the passages; nothing where it does."""
        return judge(statement, list(dict.fromkeys(e.quote for e in evidence)), self.context(evidence))

    def misquoted(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """The passages that the document does not hold where they say."""
        return [e for e in evidence if self.document.text[e.start : e.end] != e.quote]
