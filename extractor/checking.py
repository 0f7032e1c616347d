"""A record verified from nothing but itself and its document: what an auditor would do by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isclose
from pathlib import Path
from typing import Any

import pydantic
import pydantic_core

from extractor.context import Reader
from extractor.document import Document
from extractor.errors import InputError, UsageError
from extractor.figures import find_figures
from extractor.files import read_bytes
from extractor.reading import Selection, read
from extractor.record import NAME_FIELDS, folded, info_of, located_facts
from extractor.schema import (
    SCHEMA_VERSION,
    Brief,
    Company,
    Count,
    Evidence,
    Fact,
    Figure,
    Money,
    Narrative,
    Percent,
    Reason,
)
from extractor.tokens import count_tokens
from extractor.wording import COMPANY

_FIGURES = (Money, Percent, Count)
_SCALES = (1, 1_000, 1_000_000, 1_000_000_000)  # "(in thousands)" over a table, "between $3 and $4 million"
_SHOWN = 80  # characters of a text that a finding quotes


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold: where in the record, a stable code, and what is wrong.

    Codes: those of grounding, and schema, document, span, figure, id, narrative, tokens, omitted.
    """

    where: str
    code: str
    detail: str

    def __str__(self) -> str:
        return f"{self.where}: {self.code}: {self.detail}"


def check(record: Brief | str | Path, source: str | Path | bytes | Document) -> list[Finding]:
    """What does not hold in `record`, a brief or the path of its JSON, in the record's order: [] where all holds."""
    if not isinstance(record, Brief):
        loaded = _load(Path(record))
        if not isinstance(loaded, Brief):
            return loaded
        record = loaded
    document = source if isinstance(source, Document) else _read_part(record, source)
    reader = Reader.of(document)
    cited = {fact.id: fact.evidence for _, fact in located_facts(record.facts)}
    return [
        *_check_document(record, document),
        *_check_facts(record, reader),
        *_check_rejected(record, reader),
        *_check_unclaimed(record, document),
        *_check_sentences(record.narrative, cited, reader),
        *_check_paragraph(record.narrative, list(cited)),
    ]


def _read_part(record: Brief, source: str | Path | bytes) -> Document:
    """The part of the source that the record says it is of."""
    return read(source, selection=Selection.of_part(record.document.part, record.document.pick))


def _load(path: Path) -> Brief | list[Finding]:
    """The record in the file, or what keeps it from being one; a file that is no record at all is an InputError."""
    data = read_bytes(path)
    try:
        loaded: object = pydantic_core.from_json(data, allow_inf_nan=False)
    except ValueError as error:
        raise InputError(f"{path}: not JSON ({error})") from error
    if not isinstance(loaded, dict) or loaded.get("schema_version") != SCHEMA_VERSION:
        raise InputError(f"{path}: not a record of schema version {SCHEMA_VERSION}; brief --format json writes one")
    try:
        return Brief.model_validate_json(data)
    except pydantic.ValidationError as error:
        return [Finding(_place(e["loc"]), "schema", e["msg"]) for e in error.errors()]


def _place(parts: Iterable[int | str]) -> str:
    """A place as it is written in a finding: ("facts", "products", 2) is "facts.products[2]"."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).removeprefix(".")


def _check_document(record: Brief, document: Document) -> Iterator[Finding]:
    actual = info_of(document)
    for field in ("sha256", "length"):
        stated, found = getattr(record.document, field), getattr(actual, field)
        if stated != found:
            yield Finding(f"document.{field}", "document", f"the record says {stated}, the source has {found}")


def _check_facts(record: Brief, reader: Reader) -> Iterator[Finding]:
    times = Counter(fact.id for _, fact in located_facts(record.facts))
    for where, fact in located_facts(record.facts):
        if times[fact.id] > 1:
            yield Finding(f"{where}.id", "id", f"{fact.id!r} names {times[fact.id]} facts")
        yield from _check_evidence(where, fact.evidence, reader)
        for reason in reader.judge(fact.statement, fact.evidence):
            yield _ungrounded(f"{where}.statement", reason)
        yield from _check_figures(where, fact, reader.document)
        yield from _check_names(where, fact, reader.document)


def _check_evidence(where: str, evidence: list[Evidence], reader: Reader) -> Iterator[Finding]:
    for i, passage in enumerate(evidence):
        if reader.misquoted([passage]):
            detail = f"the source has other words at {passage.start}:{passage.end}: {_cut(passage.quote)}"
            yield Finding(f"{where}.evidence[{i}]", "quote_not_found", detail)


def _check_figures(where: str, fact: Fact, document: Document) -> Iterator[Finding]:
    for place, figure in _figures_in(fact):
        at = f"{where}{place}"
        found = document.text[figure.start : figure.end]
        if found.split() != figure.text.split():
            yield Finding(
                at, "span", f"the source has {_cut(found)} at {figure.start}:{figure.end}, not {figure.text!r}"
            )
        elif not any(e.start <= figure.start and figure.end <= e.end for e in fact.evidence):
            yield Finding(at, "figure", f"{figure.text!r} stands outside the evidence of the fact")
        elif misread := _misread(figure):
            yield Finding(at, "figure", misread)


def _check_names(where: str, fact: Fact, document: Document) -> Iterator[Finding]:
    """Names of others stand in the fact's quotes; the company's own may stand anywhere in the text."""
    own = isinstance(fact, Company)
    passage = folded(document.text if own else " ".join(e.quote for e in fact.evidence))
    for field in NAME_FIELDS:
        value: str | list[str] = getattr(fact, field, None) or []
        for name in [value] if isinstance(value, str) else value:
            if folded(name) not in passage and not (own and name == COMPANY):
                yield Finding(
                    f"{where}.{field}", "name_not_in_quote", f"{_cut(name)} is not in the {'text' if own else 'quotes'}"
                )


def _misread(figure: Figure) -> str | None:
    """What the figure's own text says instead of its value; words further on may count it in millions."""
    read = [_value(found) for found in find_figures(figure.text) if found.kind == figure.kind]
    if not read or any(isclose(_value(figure), value * scale) for value in read for scale in _SCALES):
        return None
    return f"{figure.text!r} is {read[0]}, not {_value(figure)}"


def _value(figure: Figure) -> int | float:
    return figure.amount if isinstance(figure, Money) else figure.value


def _figures_in(fact: Fact) -> Iterator[tuple[str, Figure]]:
    """The figures of a fact with their places: ".share", ".figures[0]"."""
    for name in type(fact).model_fields:
        value: Any = getattr(fact, name)
        if isinstance(value, _FIGURES):
            yield f".{name}", value
        elif isinstance(value, list):
            yield from ((f".{name}[{i}]", item) for i, item in enumerate(value) if isinstance(item, _FIGURES))


def _check_rejected(record: Brief, reader: Reader) -> Iterator[Finding]:
    for i, fact in enumerate(record.rejected):
        if all(reason.code != "quote_not_found" for reason in fact.reasons):
            yield from _check_evidence(f"rejected[{i}]", fact.evidence, reader)


def _check_unclaimed(record: Brief, document: Document) -> Iterator[Finding]:
    for i, figure in enumerate(record.unclaimed):
        if document.text[figure.start : figure.end] != figure.quote:
            yield Finding(f"unclaimed[{i}]", "span", f"the source has other words at {figure.start}:{figure.end}")
        if " ".join(figure.figure.split()) not in " ".join(figure.quote.split()):
            yield Finding(f"unclaimed[{i}].figure", "figure", f"{figure.figure!r} is not in its quote")


def _check_sentences(narrative: Narrative, cited: dict[str, list[Evidence]], reader: Reader) -> Iterator[Finding]:
    for i, sentence in enumerate(narrative.sentences):
        where = f"narrative.sentences[{i}]"
        if narrative.text[sentence.start : sentence.end] != sentence.text:
            yield Finding(where, "span", f"the narrative has other words at {sentence.start}:{sentence.end}")
        for id in sentence.facts:
            if id not in cited:
                yield Finding(f"{where}.facts", "id", f"{id!r} names no fact")
        evidence = [passage for id in sentence.facts for passage in cited.get(id, [])]
        for reason in reader.judge(sentence.text, evidence):
            yield _ungrounded(where, reason)


def _check_paragraph(narrative: Narrative, ids: list[str]) -> Iterator[Finding]:
    """The paragraph as a whole: nothing but its sentences, the budget kept, the facts left out named."""
    if narrative.text != " ".join(sentence.text for sentence in narrative.sentences):
        yield Finding("narrative.text", "narrative", "it is not its sentences one after another, a space between two")
    if "\n" in narrative.text:
        yield Finding("narrative.text", "narrative", "it is more than one line")
    try:
        tokens = count_tokens(narrative.text, narrative.encoding)
    except UsageError as error:
        yield Finding("narrative.encoding", "tokens", str(error))
    else:
        if tokens != narrative.tokens:
            yield Finding("narrative.tokens", "tokens", f"the record says {narrative.tokens}, the text has {tokens}")
        if tokens > narrative.max_tokens:
            yield Finding("narrative.tokens", "tokens", f"{tokens} are more than the {narrative.max_tokens} allowed")
    told = {id for sentence in narrative.sentences for id in sentence.facts}
    omitted = [id for id in ids if id not in told]
    if narrative.omitted != omitted:
        yield Finding("narrative.omitted", "omitted", f"it should be {_cut(', '.join(omitted) or 'empty')}")


def _ungrounded(where: str, reason: Reason) -> Finding:
    return Finding(where, reason.code, reason.detail)


def _cut(text: str) -> str:
    """The text in quotes on one line, cut to a fixed length."""
    shown = " ".join(text.split())
    return repr(shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…")
