"""Blocks to sentences, each with clean text and the way back to the document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from nupunkt import sent_spans

from extractor.document import Section, Sentence
from extractor.reading.cleaning import Clean, cleaned
from extractor.reading.layout import Draft
from extractor.reading.tables import rows_of

# "Competition. The company", "Radar Market - The radar market", "FedEx Express: Federal", "Pens \u2014 We sell"
_LABEL = re.compile(
    r"""(?P<label>[^\W_a-z][\w&'\u2019/,\u00b7\u00ae\u2122-]*
            (?:\s(?:and|of|the|for|to|in|on|with|by|or|a|&|\(?[^\W_a-z][\w&'\u2019/,\u00b7\u00ae\u2122-]*\)?)){0,6})
        (?:(?P<stop>\.\s)|\s[-\u2013\u0096]{1,2}\s|:\s|\s?[\u2014\u0097]\s?|\s?--\s?)(?=[^\W\d_a-z]|["\u201c\u0093])""",
    re.VERBOSE,
)
# Words whose full stop does not end a label: "Span Co. Ltd.", "Mr. Smith is ..."
_ABBREVIATED = frozenset("co inc corp ltd mr mrs ms dr no nos st messrs jr sr vs fig sec approx etc dept est ext seq ave art vol pp al".split())
# What a label stands before must say something: "PC Server market: HP, Dell" keeps its label as part of the text.
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|may|will|can|could|should|would|must|we|our|[a-z]{3,}(?:ed|es|s|ing))\b"
)
_PHRASE_WORDS = 6
_OPENERS = frozenset("See We It They This These That There He She Refer".split())
_FINITE = frozenset(
    "is are was were be been has have had do does did may will can could should would must not we they it see include"
    " includes rose fell grew sold makes means sells offers provides operates serves began".split()
)
_QUOTES = str.maketrans("\u0091\u0092\u0093\u0094\u0096\u0097\u0085", "''\"\"--.")
_BROKEN_QUOTE = re.compile("\u00e2\u20ac(?:[\u0153\u009d\u2122\u02dc]|(?=\\s|$))")
# "(a) ", "(c) (1) (i) ", "2. ": out of the text of a sentence that they number
_NUMBERING = re.compile(r"(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)\s+)+(?=[A-Z\"\u201c])|(?:\d{1,2}|[a-z])\.\s+(?=[A-Z])")
# Ends that are none: "see \u201cItem 8.", "Note 3.", "Nos."
_OPEN_END = re.compile(r"\b(?:Items?\s+\d{1,2}[A-C]?|Nos?|Messrs|Arts?|Secs?)\.\s*$")
# Starts that are none: "Yahoo! Inc.", "24-hr. day", "FLIRT! - Established"
_OPEN_START = re.compile(r"(?:[a-z]+\b(?![-.\w])|(?:Inc|Corp|Ltd|L\.P|LLC|LP|N\.A)\b|[-\u2013\u2014,;)]\s)")
# Ends that nupunkt may miss: a word in lower case or a full one before a word that opens sentences
_MISSED_END = re.compile(
    r"""(?<![\w.])(?:(?P<word>[a-z][a-z-]{2,})[.!?]["\u201d)]{0,2}\s+(?=["\u201c(]?[A-Z])
        | [A-Z][a-z]{3,}\.["\u201d)]{0,2}\s+(?=(?:The|In|This|These|Our|We|It|As|At|For|However|Although|Under|Thereafter)\s))""",
    re.VERBOSE,
)
_PARENTHESIS = 120
"""A longer text within parentheses may hold more than one sentence."""


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
    if draft.kind == "paragraph" and sentences and sentences[-1].text[-1] not in ".!?\"\u201d)":
        return sentences[-1].index
    return None


def _split(text: str, draft: Draft) -> Iterator[tuple[Clean, int, int, str | None]]:
    """The sentences of a block: its clean text, start and end in it, and the label before the first."""
    if draft.kind == "heading":
        return
    if draft.kind == "table":
        for piece in draft.pieces:
            for row in rows_of(text, *piece):
                clean = cleaned(text, [row])
                if any(character.isalnum() for character in clean.text):
                    yield clean, 0, len(clean.text), None
        return
    clean = cleaned(text, draft.pieces)
    label, begin = _label(clean.text)
    spans = list(_sentence_spans(clean.text, begin))
    if label is None and len(spans) > 1 and _is_phrase(clean.text[slice(*spans[0])]):
        label = clean.text[slice(*spans.pop(0))].rstrip(".")
    for start, end in spans:
        yield clean, start, end, label
        label = None


def _label(text: str) -> tuple[str | None, int]:
    """The run-in heading at a paragraph's start, and where the sentence after it begins."""
    found = _LABEL.match(text)
    if not found or not _VERB.search(text, found.end(), found.end() + 300):
        return None, 0
    label = found["label"]
    last = label.rsplit(maxsplit=1)[-1]
    if found["stop"] and (len(last) == 1 or last.lower() in _ABBREVIATED):
        return None, 0
    return label, found.end()


def _is_phrase(words: str) -> bool:
    """Whether what ends with a full stop is a label ("Ease of use.") and not a sentence: short, and without a verb."""
    found = words.split()
    if not words.endswith(".") or len(found) > _PHRASE_WORDS or found[0] in _OPENERS:
        return False
    return not any(word.rstrip(".,") in _FINITE or word.rstrip(".,").endswith("ed") for word in found)


def _sentence_spans(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """The spans of the sentences in clean text from `begin`, without white space around and numbering before."""
    plain = _BROKEN_QUOTE.sub(lambda quote: '"' * len(quote[0]), text[begin:].translate(_QUOTES))
    spans: list[tuple[int, int]] = []
    for start, end in _parted(plain):
        if spans and _goes_on(plain, spans[-1], (start, end)):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    for start, end in spans:
        words = plain[start:end]
        numbering = _NUMBERING.match(words.lstrip())
        start += len(words) - len(words.lstrip()) + (numbering.end() if numbering else 0)
        end -= len(words) - len(words.rstrip())
        if any(character.isalnum() for character in words):
            yield begin + start, begin + end


def _parted(text: str) -> Iterator[tuple[int, int]]:
    """nupunkt's spans, cut where it took a common word for an abbreviation ("... of our stock. Under ...")."""
    for start, end in sent_spans(text):
        for stop in _MISSED_END.finditer(text, start, end):
            if stop["word"] not in _ABBREVIATED:
                yield start, stop.end()
                start = stop.end()
        yield start, end


def _goes_on(text: str, before: tuple[int, int], span: tuple[int, int]) -> bool:
    """Whether what nupunkt took for two sentences is one."""
    if _OPEN_START.match(text, *span):
        return True
    words = text[before[0] : before[1]]
    if _OPEN_END.search(words[-40:]):
        return True
    opened = words.rfind("(")
    return opened > words.rfind(")") and len(words) - opened < _PARENTHESIS and ")" in text[span[0] : span[1]]
