"""Passages of an answer to evidence: the source's own words at the offsets where a quote stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.document import Document, Sentence, Span
from extractor.engines.llm.answer import Passage
from extractor.schema import Evidence, Reason

_SHOWN = 80  # characters of a quote that a reason shows


def cited(document: Document, passages: Iterable[Passage]) -> tuple[list[Evidence], list[Reason]]:
    """The evidence of passages that are in the text, in its order, and a reason for each that is not."""
    evidence: dict[int, Evidence] = {}
    reasons: list[Reason] = []
    for passage in passages:
        span = _span(document, passage)
        if span is None:
            shown = passage.quote if len(passage.quote) <= _SHOWN else passage.quote[: _SHOWN - 1] + "…"
            detail = f"sentence {passage.sentence} does not read {shown!r}, nor does any other"
            reasons.append(Reason(code="quote_not_found", detail=detail))
        else:
            evidence.setdefault(span.start, _evidence(document, span))
    if not evidence and not reasons:
        reasons.append(Reason(code="quote_not_found", detail="no passage is cited"))
    return [evidence[start] for start in sorted(evidence)], reasons


def widened(document: Document, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The whole sentences that the evidence stands in: the passage as a reader would look it up."""
    spans = {(s.start, s.end) for e in evidence for s in touched(document, e)}
    return [_evidence(document, Span(*span)) for span in sorted(spans)] or list(evidence)


def touched(document: Document, passage: Evidence) -> list[Sentence]:
    """The sentences that a passage stands in."""
    return [s for s in document.sentences if s.start < passage.end and passage.start < s.end]


def _span(document: Document, passage: Passage) -> Span | None:
    """Where the quote stands: in the sentence named, else, as a number is easily mistaken, anywhere in the text."""
    quote = passage.quote.strip(' .…"“”')
    if not quote:
        return None
    if 1 <= passage.sentence <= len(document.sentences):
        sentence = document.sentences[passage.sentence - 1]
        at = sentence.text.find(quote)
        if at >= 0:
            return sentence.to_source(at, at + len(quote))
    return document.locate(quote)


def _evidence(document: Document, span: Span) -> Evidence:
    return Evidence(quote=document.text[span.start : span.end], start=span.start, end=span.end)
