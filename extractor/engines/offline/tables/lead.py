"""What leads a reader into a table: the sentence that introduces it and the short lines over it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.document import Document, Sentence, Span

# "... were as follows:", "The following table shows ...", "... as set out below (dollars in millions):"
_INTRODUCES = re.compile(r"\b(?:following|as follows|table|set(?:s|ting)? (?:forth|out))\b|:\s*$", re.IGNORECASE)
_COLON = re.compile(r"(?<=[a-z]):\s")
_SHORT = 120  # characters of a line that may be a table's head
_MOST_LINES = 3
_LONGEST_INTRO = 600  # characters
_MOST_CHARACTERS = 2_500  # of a small table


@dataclass(frozen=True, slots=True)
class Laid:
    """Where a table stands: its introduction, None where it has none, and its head and rows."""

    intro: Span | None
    start: int
    end: int
    sentence: Sentence
    """The introduction, or the first of what stands over the rows."""


def tables_of(document: Document) -> Iterator[Laid]:
    """The small tables of `document`, each with what introduces it."""
    firsts = {sentence.block: sentence for sentence in reversed(document.sentences)}
    for number, block in enumerate(document.blocks):
        if block.kind == "table" and block.end - block.start <= _MOST_CHARACTERS and number in firsts:
            yield _laid(document, number, firsts[number])


def _laid(document: Document, number: int, first: Sentence) -> Laid:
    start, end = document.blocks[number].start, document.blocks[number].end
    above = number - 1
    while above >= max(0, number - _MOST_LINES) and _is_head(document, above):
        start = document.blocks[above].start
        above -= 1
    index = first.index - 1
    while index >= 0 and document.sentences[index].block > above:
        index -= 1
    before = document.sentences[index] if index >= 0 else first
    introduces = len(before.text) <= _LONGEST_INTRO and _INTRODUCES.search(before.text)
    if before.block != above or not introduces:
        return Laid(None, start, end, first)
    joint = list(_COLON.finditer(document.text, before.start, before.end))
    if joint and joint[-1].end() < before.end:
        return Laid(Span(before.start, joint[-1].start() + 1), joint[-1].end(), end, before)
    return Laid(Span(before.start, before.end), start, end, before)


def _is_head(document: Document, number: int) -> bool:
    """True for a short line over a table that is no sentence: "PERCENTAGE CATEGORY OF SALES"."""
    block = document.blocks[number]
    words = document.text[block.start : block.end].strip()
    return (
        block.kind in ("paragraph", "heading")
        and len(words) <= _SHORT
        and not words.endswith((".", ":", ";"))
        and not _INTRODUCES.search(words)
    )
