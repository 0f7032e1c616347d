"""Passages of an answer to evidence: the source's own words at the offsets where a quote stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extractor.document import Document, Span
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
            evidence.setdefault(span.start, _evidence(document, _with_stop(document, span)))
    if not evidence and not reasons:
        reasons.append(Reason(code="quote_not_found", detail="no passage is cited"))
    return [evidence[start] for start in sorted(evidence)], reasons


def readings(document: Document, evidence: Sequence[Evidence]) -> Iterator[list[Evidence]]:
    """The passages as a reader would look them up, from the shortest: the quotes, the whole sentences that they stand
    in, rows with the head of their table, those with the sentence before each, and those with the sentence after each,
    of the same section."""
    yield list(evidence)
    own = {s.index for e in evidence for s in document.sentences if s.start < e.end and e.start < s.end}
    heads = {_table_head(document, i) for i in own} - {None}
    for step in (0, -1, 1):
        if step and heads:
            rows = [Span(document.sentences[i].start, document.sentences[i].end) for i in own]
            spans = sorted({*rows, *(head for head in heads if head)}, key=lambda span: (span.start, span.end))
            yield [_evidence(document, span) for span in spans]
            heads = set()
        near = {i + step for i in own if _same_section(document, i, i + step)}
        found = [document.sentences[i] for i in sorted(own | near)]
        if found and (near - own or not step):
            yield [_evidence(document, Span(s.start, s.end)) for s in found]


def _table_head(document: Document, row: int) -> Span | None:
    """What stands over a table's row: the sentence that introduces the table, its head, and its first row."""
    first = row
    while first >= 0 and document.blocks[document.sentences[first].block].kind == "table":
        first -= 1
    if first == row:
        return None
    start = document.sentences[max(first, 0)].start
    return Span(start, document.sentences[first + 1].end)


def _same_section(document: Document, one: int, other: int) -> bool:
    within = 0 <= other < len(document.sentences)
    return within and document.sentences[one].section == document.sentences[other].section


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


def _with_stop(document: Document, span: Span) -> Span:
    """The span with the full stop that models leave off a sentence's end; passages set side by side need it."""
    return Span(span.start, span.end + document.text.startswith(".", span.end)) if _ends(document, span) else span


def _ends(document: Document, span: Span) -> bool:
    return any(s.end == span.end + 1 for s in document.sentences if s.start <= span.start)


def _evidence(document: Document, span: Span) -> Evidence:
    return Evidence(quote=document.text[span.start : span.end], start=span.start, end=span.end)
