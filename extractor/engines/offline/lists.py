"""Sentences that introduce a list, told with it: "The segments are: * Beef * Pork" as one sentence."""

from __future__ import annotations

import re

from extractor.document import Document, Sentence, Span
from extractor.wording import joined
from extractor.wording import sentence as sentence_of

_FEWEST, _MOST = 2, 8  # items: fewer are no list, more are a catalogue
_HEAD_WORDS = 9  # a longer item is a sentence, not a name
# Where the name of an item ends and what is said of it begins.
_HEAD_END = re.compile(
    r"\s+[-–—]+\s|:\s|\s\(|(?:[;,]\s*(?:and|or))?[;.]?\s*$|,\s+(?:which|who|where|an?|the|and|or|including|such as)\b"
)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|may|can|we|our|you|it|they|must|should)\b", re.IGNORECASE)
# "... includes the following operating segments", "... were as follows", "... through:"
_FOLLOWING = re.compile(
    r"(?P<verb>\b(?:includes?|are|is|were|offers?|provides?|sells?|markets?|operates?|comprises?|consists? of|through|"
    r"in|into|of|to|for|has|have))\s+(?:each of )?the following(?P<what>(?:\s+[\w-]+){0,4})$"
)
_AS_FOLLOWS = re.compile(r",?\s+as follows$")
_OPEN = re.compile(r"\b(?:includes?|are|were|comprises?|consists? of|such as|through)$")
_COUNTED = re.compile(r"\b(?:two|three|four|five|six|seven|eight)\s+(?:[\w-]+\s+){0,3}[\w-]+s$")


def enumerated(document: Document, sentence: Sentence) -> tuple[str, tuple[Span, ...]] | None:
    """The sentence with the list that it introduces, and the spans of both; None where it introduces none."""
    if not sentence.text.endswith(":"):
        return None
    opening = _opening(sentence.text[:-1].strip())
    found = document.sentences[sentence.index + 1 : sentence.index + 2 + 3 * _MOST]
    listed = [item for item in found if item.lead_in == sentence.index]
    first_of_block = {item.block: item for item in reversed(listed)}
    items = sorted(first_of_block.values(), key=lambda item: item.index)
    if opening is None or not _FEWEST <= len(items) <= _MOST:
        return None
    heads = [_head(item.text) for item in items]
    if not all(heads):
        return None
    spans = tuple(item.to_source(0, len(head)) for item, head in zip(items, heads, strict=True))
    return sentence_of(f"{opening} {joined(heads)}"), (Span(sentence.start, sentence.end), *spans)


def _opening(text: str) -> str | None:
    following = _FOLLOWING.search(text)
    if following:
        what = f" the{following['what']}" if following["what"] else ""
        return f"{text[: following.start()]}{following['verb']}{what}"
    if _AS_FOLLOWS.search(text):
        return _AS_FOLLOWS.sub("", text)
    if _OPEN.search(text):
        return text
    return f"{text}:" if _COUNTED.search(text) else None


def _head(text: str) -> str:
    """The name that an item opens with, "" where it is a sentence instead."""
    end = _HEAD_END.search(text)
    head = text[: end.start()] if end else text
    return head if 0 < len(head.split()) <= _HEAD_WORDS and not _VERB.search(head) else ""
