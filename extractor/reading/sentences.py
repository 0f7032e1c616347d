"""Blocks to sentences, each with clean text and the way back to the document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extractor.document import Section, Sentence
from extractor.reading.boundaries import sentence_spans
from extractor.reading.cleaning import Clean, cleaned
from extractor.reading.labels import is_phrase, label_of
from extractor.reading.layout import Draft
from extractor.reading.tables import rows_of


def sentences_of(text: str, drafts: Sequence[Draft], sections: Sequence[Section]) -> tuple[Sentence, ...]:
    """The sentences of all blocks but headings, in order."""
    starts = [section.start for section in sections]
    sentences: list[Sentence] = []
    lead_in: int | None = None
    for number, draft in enumerate(drafts):
        section = bisect_right(starts, draft.pieces[0][0]) - 1
        for clean, start, end, label in _split(text, draft):
            sentences.append(
                Sentence(
                    start=clean.offset(start),
                    end=clean.offset(end - 1) + 1,
                    text=clean.text[start:end],
                    block=number,
                    section=section if section >= 0 else None,
                    index=len(sentences),
                    runs=clean.runs_within(start, end),
                    label=label,
                    lead_in=lead_in if draft.kind == "bullet" else None,
                )
            )
        if draft.kind != "bullet":
            lead_in = _lead_in(draft, sentences)
    return tuple(sentences)


def _lead_in(draft: Draft, sentences: Sequence[Sentence]) -> int | None:
    """The index of the sentence that ends a paragraph without ending itself: "We sell:"."""
    if draft.kind == "paragraph" and sentences and sentences[-1].text[-1] not in '.!?"\u201d)':
        return sentences[-1].index
    return None


def _split(text: str, draft: Draft) -> Iterator[tuple[Clean, int, int, str | None]]:
    """The sentences of a block: its clean text, start and end in it, and the label before the first."""
    if draft.kind == "heading":
        return
    if draft.kind == "table":
        yield from _rows(text, draft)
        return
    clean = cleaned(text, draft.pieces)
    label, begin = label_of(clean.text)
    spans = list(sentence_spans(clean.text, begin))
    if label is None and len(spans) > 1 and is_phrase(clean.text[slice(*spans[0])]):
        label = clean.text[slice(*spans.pop(0))].rstrip(".")
    for start, end in spans:
        yield clean, start, end, label
        label = None


def _rows(text: str, draft: Draft) -> Iterator[tuple[Clean, int, int, str | None]]:
    for piece in draft.pieces:
        for row in rows_of(text, *piece):
            clean = cleaned(text, [row])
            if any(character.isalnum() for character in clean.text):
                yield clean, 0, len(clean.text), None
