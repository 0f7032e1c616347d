"""The record as the page shows it: each thing under a key that an address can name, with its passages in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from extractor.document import Document
from extractor.record import AREA_OF, ID_PREFIX, all_facts
from extractor.report.fields import Field, fields_of
from extractor.report.source import Mark, Piece, Region, lay_out, pieces_of
from extractor.schema import Area, Brief, Evidence, Fact, Rejected, Unclaimed

_ID = re.compile(rf"(?:{'|'.join(ID_PREFIX.values())})-[1-9][0-9]{{0,5}}")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of one fact: `key` is the fact's with a number ("rev-3.1"), `found` whether the text holds it there.

    `note` is its number among the evidence notes; facts that cite the same span share it.
    """

    key: str
    quote: str
    start: int
    end: int
    found: bool
    headings: tuple[str, ...]
    note: int


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A fact with the area, typed fields, passages, and numbers of the sentences that tell it."""

    key: str
    area: Area
    fact: Fact
    fields: list[Field]
    passages: list[Passage]
    sentences: list[int]


@dataclass(frozen=True, slots=True)
class RejectedEntry:
    """A statement that was refused, with its passages."""

    key: str
    rejected: Rejected
    passages: list[Passage]


@dataclass(frozen=True, slots=True)
class UnclaimedEntry:
    """A sentence with the figures in it that no fact cites; `pieces` has the figures marked."""

    key: str
    area: Area
    figures: list[Unclaimed]
    passage: Passage
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class SentenceEntry:
    """A sentence of the narrative with the keys of its facts and the numbers of their evidence notes."""

    facts: list[str]
    notes: list[int]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the template shows besides the record.

    `narrative` is cut at its sentences, which are in `sentences` under the keys of its marks; `notes` has the facts'
    passages, each once, under its number and with the keys of the facts that cite it.
    """

    narrative: list[Piece]
    sentences: dict[str, SentenceEntry]
    areas: dict[Area, list[FactEntry]]
    rejected: list[RejectedEntry]
    unclaimed: list[UnclaimedEntry]
    notes: dict[int, tuple[Passage, list[str]]]
    source: list[Region]


def page_of(record: Brief, document: Document) -> Page:
    """The page of a record and its document. A passage that the text does not hold where it says is not marked."""
    keyed = _keyed(all_facts(record.facts))
    reader = _Reader(document, _note_numbers(record))
    sentences = _sentences(record, keyed, reader)
    facts = [
        FactEntry(
            key=key,
            area=AREA_OF[type(fact)],
            fact=fact,
            fields=fields_of(fact),
            passages=reader.passages(key, fact.evidence),
            sentences=[number for number, entry in enumerate(sentences.values(), start=1) if key in entry.facts],
        )
        for key, fact in keyed.items()
    ]
    rejected = [
        RejectedEntry(key, entry, reader.passages(key, entry.evidence))
        for key, entry in _numbered("rej", record.rejected)
    ]
    unclaimed = list(_unclaimed(record, reader))
    marks = [
        *_marks((ID_PREFIX[entry.area], entry.passages) for entry in facts),
        *_marks(("rej", entry.passages) for entry in rejected),
        *_marks(("unc", [entry.passage]) for entry in unclaimed),
    ]
    narrative = record.narrative
    told = [
        Mark(key, "", sentence.start, sentence.end)
        for key, sentence in zip(sentences, narrative.sentences, strict=True)
        if narrative.text[sentence.start : sentence.end] == sentence.text
    ]
    return Page(
        narrative=list(pieces_of(narrative.text, told)),
        sentences=sentences,
        areas={area: [entry for entry in facts if entry.area == area] for area in ID_PREFIX},
        rejected=rejected,
        unclaimed=unclaimed,
        notes=_notes(facts),
        source=lay_out(document, marks),
    )


_Entry = TypeVar("_Entry")
_Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Looks passages up in the document."""

    document: Document
    notes: dict[_Span, int]

    def passages(self, key: str, evidence: Iterable[Evidence]) -> list[Passage]:
        return [self.passage(name, e.quote, e.start, e.end) for name, e in _numbered(key, evidence, ".")]

    def passage(self, key: str, quote: str, start: int, end: int) -> Passage:
        found = self.document.text[start:end] == quote
        headings = self.document.heading_of(start) if found else ()
        return Passage(key, quote, start, end, found, headings, self.notes.get((start, end, quote), 0))


def _numbered(name: str, entries: Iterable[_Entry], joint: str = "-") -> Iterator[tuple[str, _Entry]]:
    return ((f"{name}{joint}{number}", entry) for number, entry in enumerate(entries, start=1))


def _keyed(facts: list[Fact]) -> dict[str, Fact]:
    """The facts under their ids; under another name where an id is used twice or cannot stand in an address."""
    keyed: dict[str, Fact] = {}
    for key, fact in _numbered("fact", facts):
        usable = _ID.fullmatch(fact.id) and fact.id not in keyed
        keyed[fact.id if usable else key] = fact
    return keyed


def _note_numbers(record: Brief) -> dict[_Span, int]:
    """Numbers for the passages of facts: first those that the narrative rests on, in its order."""
    facts = all_facts(record.facts)
    by_id = {fact.id: fact for fact in facts}
    told = [by_id[id_] for sentence in record.narrative.sentences for id_ in sentence.facts if id_ in by_id]
    spans = dict.fromkeys((e.start, e.end, e.quote) for fact in (*told, *facts) for e in fact.evidence)
    return {span: number for number, span in enumerate(spans, start=1)}


def _sentences(record: Brief, keyed: dict[str, Fact], reader: _Reader) -> dict[str, SentenceEntry]:
    sentences = {}
    for key, sentence in _numbered("s", record.narrative.sentences):
        told = {key: fact for key, fact in keyed.items() if fact.id in sentence.facts}
        ordered = sorted(told, key=lambda key: sentence.facts.index(told[key].id))
        notes = {reader.notes[e.start, e.end, e.quote] for fact in told.values() for e in fact.evidence}
        sentences[key] = SentenceEntry(ordered, sorted(notes))
    return sentences


def _notes(facts: list[FactEntry]) -> dict[int, tuple[Passage, list[str]]]:
    notes: dict[int, tuple[Passage, list[str]]] = {}
    for entry in facts:
        for passage in entry.passages:
            notes.setdefault(passage.note, (passage, []))[1].append(entry.key)
    return dict(sorted(notes.items()))


def _unclaimed(record: Brief, reader: _Reader) -> Iterator[UnclaimedEntry]:
    """The figures by sentence."""
    by_sentence: dict[_Span, list[Unclaimed]] = {}
    for figure in record.unclaimed:
        by_sentence.setdefault((figure.start, figure.end, figure.quote), []).append(figure)
    for key, ((start, end, quote), figures) in _numbered("unc", by_sentence.items()):
        passage = reader.passage(f"{key}.1", quote, start, end)
        pieces = list(pieces_of(quote, _figures_in(quote, figures)))
        yield UnclaimedEntry(key, figures[0].area, figures, passage, pieces)


def _figures_in(quote: str, figures: Iterable[Unclaimed]) -> Iterator[Mark]:
    """Where the figures stand in their sentence, one after the other."""
    position = 0
    for figure in figures:
        words = re.compile(r"\s+".join(map(re.escape, figure.figure.split())))
        if found := words.search(quote, position) or words.search(quote):
            position = found.end()
            yield Mark(figure.figure, "unc", *found.span())


def _marks(entries: Iterable[tuple[str, list[Passage]]]) -> Iterator[Mark]:
    for kind, passages in entries:
        yield from (Mark(p.key, kind, p.start, p.end) for p in passages if p.found)
