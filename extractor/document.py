"""The document of record: its text as read, with blocks, sections and sentences as spans of that text."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Literal

from extractor.locating import Locator

WHOLE = "whole"
"""The part that is the file as it is."""
BlockKind = Literal["heading", "paragraph", "bullet", "table"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the document: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as it is laid out: a heading, running text, an item of a list, or the rows of a table."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it: from the heading's start to where the next section starts.

    `path` holds the headings it stands under, from the outermost, its own last:
    ("Item 1. Business", "Products", "Lamps"). Level 1 is an "Item", higher levels lie deeper.
    """

    heading: str
    level: int
    start: int
    end: int
    path: tuple[str, ...]


@dataclass(frozen=True)
class Sentence:
    """One sentence, or one row of a table, with its clean text.

    `text` has page furniture, bullets and rules left out and white space folded to single spaces; a word that was
    cut at a hyphen is joined ("wholly-\\nowned" reads "wholly-owned"). `label` is the run-in heading that stood
    before it ("Competition. The company ..." has "Competition"); `lead_in` is the index of the sentence that
    introduces the list of which this is an item.
    """

    start: int
    end: int
    text: str
    block: int
    section: int | None
    index: int
    runs: tuple[tuple[int, int], ...]
    """Where `text` and the document part: (offset in `text`, document offset) at the start of each unbroken run."""
    label: str | None = None
    lead_in: int | None = None

    def to_source(self, start: int, end: int) -> Span:
        """The document's span for `text[start:end]`."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start}:{end} is not within a sentence of {len(self.text)} characters")
        first = self._offset(start)
        return Span(first, first if start == end else self._offset(end - 1) + 1)

    def stretches(self) -> list[tuple[int, int]]:
        """The unbroken stretches of the document that the text is made of, as (start, end)."""
        ends = [clean for clean, _ in self.runs[1:]] + [len(self.text)]
        return [(source, source + end - clean) for (clean, source), end in zip(self.runs, ends, strict=True)]

    def _offset(self, position: int) -> int:
        clean, source = self.runs[bisect_right(self.runs, position, key=lambda run: run[0]) - 1]
        return source + position - clean


@dataclass(frozen=True, slots=True)
class Filing:
    """What a filing says of itself; None where it does not. `form` is as "10-K405", `period` its year's end, ISO."""

    company: str | None = None
    cik: str | None = None
    form: str | None = None
    period: str | None = None
    accession: str | None = None

    def or_else(self, other: Filing) -> Filing:
        """This one, with what it does not say taken from the other."""
        return Filing(*(getattr(self, field.name) or getattr(other, field.name) for field in fields(self)))


@dataclass(frozen=True)
class Document:
    """A filing as read. Every span of its parts indexes `text`, by code points.

    `part` names what of the file the text is ("item 1", "items 1 and 2", "whole"), `pick` which of its filings;
    `note` says what the reader should know of how it was found.
    """

    text: str
    name: str
    encoding: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    filing: Filing = Filing()
    part: str = WHOLE
    pick: int | None = None
    note: str | None = None

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the text as UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.sections]

    @cached_property
    def _locator(self) -> Locator:
        return Locator(self.text, [sentence.stretches() for sentence in self.sentences])

    def locate(self, quote: str) -> Span | None:
        """The span of the text that `quote` was taken from; None when there is none, or no telling which.

        It may differ in white space, in how quotes and dashes are set, and in page furniture that a reader skips; or
        in a few letters, but then not in a figure.
        """
        found = self._locator.find(quote)
        return None if found is None else Span(*found)

    def heading_of(self, offset: int) -> tuple[str, ...]:
        """The headings that `offset` stands under, outermost first: ("Item 1. Business", "Competition")."""
        position = bisect_right(self._section_starts, offset) - 1
        return self.sections[position].path if position >= 0 else ()
