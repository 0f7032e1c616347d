"""What of a filing the model is shown: its sentences, numbered, under their headings, in parts that fit its window."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.document import Document, Sentence
from extractor.engines.offline.cues import shows_cue
from extractor.engines.offline.phrases import IDLE_HEADING
from extractor.tokens import count_tokens

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the prompt: a heading or a numbered sentence; `opens` where a section starts with it."""

    text: str
    opens: bool = False


def shown_sentences(document: Document, *, full_text: bool) -> list[Sentence]:
    """The document's sentences, those left out that the offline engine knows to be of no use.

    Left out is what stands under a heading such as "Available Information" and has neither a digit nor a word of the
    areas; `full_text` shows all.
    """
    idle = {i for i, section in enumerate(document.sections) if IDLE_HEADING.search(section.heading)}
    return [s for s in document.sentences if full_text or s.section not in idle or _speaks(s)]


def numbered(sentence: Sentence) -> str:
    """The sentence as a line of a prompt: its number, counted from 1 over the whole document, and its clean text."""
    return f"{sentence.index + 1} {sentence.text}"


def lines_of(document: Document, sentences: Iterable[Sentence]) -> Iterator[Line]:
    """The lines that show `sentences`: the heading of each section before its first."""
    section = None
    for sentence in sentences:
        opens = sentence.section is not None and sentence.section != section
        if opens and sentence.section is not None:
            section = sentence.section
            yield Line("# " + " ".join(document.sections[section].heading.split()), opens=True)
        yield Line(numbered(sentence))


def parts_of(lines: Iterable[Line], most_tokens: int) -> list[str]:
    """The lines in as few texts as fit `most_tokens` each, a section broken only where it alone does not fit."""
    lines = list(lines)
    whole = "\n".join(line.text for line in lines)
    if len(whole.encode()) <= most_tokens:  # a token is a byte at least
        return [whole] if lines else []
    parts: list[str] = []
    part: list[str] = []
    room = most_tokens
    for section in _sections(lines):
        costs = [count_tokens(line) + 1 for line in section]
        if part and sum(costs) > room:
            parts.append("\n".join(part))
            part, room = [], most_tokens
        for line, cost in zip(section, costs, strict=True):
            if part and cost > room:
                parts.append("\n".join(part))
                part, room = [], most_tokens
            part.append(line)
            room -= cost
    return [*parts, "\n".join(part)] if part else parts


def _sections(lines: Iterable[Line]) -> Iterator[list[str]]:
    section: list[str] = []
    for line in lines:
        if line.opens and section:
            yield section
            section = []
        section.append(line.text)
    if section:
        yield section


def _speaks(sentence: Sentence) -> bool:
    return bool(_DIGIT.search(sentence.text)) or shows_cue(sentence.text)
