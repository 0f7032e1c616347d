"""What a second look is about: figures that no fact cites, and areas that have no fact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from extractor.document import Document, Sentence
from extractor.engines.llm.selecting import shown_sentences
from extractor.engines.offline.cues import cues_of
from extractor.record import AREA_OF
from extractor.schema import Area, Fact
from extractor.unclaimed import unclaimed_figures

_MOST_FIGURES = 40  # sentences with figures that are shown again, the first of them
_MOST_OF_AN_AREA = 12  # sentences that are shown of an area without a fact
_CUE: dict[Area, str] = {
    "company": "company.",
    "revenue_sources": "revenue.",
    "customer_concentration": "concentration.",
    "customers": "customers.",
    "products": "products.",
    "channels": "channels.",
    "financing": "financing.",
}


def silent_areas(facts: Sequence[Fact]) -> list[Area]:
    """The areas that no fact is of."""
    told = {AREA_OF[type(fact)] for fact in facts}
    return [area for area in get_args(Area) if area not in told]


def sentences_missed(document: Document, facts: Sequence[Fact]) -> list[Sentence]:
    """The sentences to ask about once more, in the text's order; [] where nothing is missing."""
    unclaimed = {u.start for u in unclaimed_figures(document, [e for fact in facts for e in fact.evidence])}
    wanted = [s for s in document.sentences if s.start in unclaimed][:_MOST_FIGURES]
    for area in silent_areas(facts):
        shown = (s for s in shown_sentences(document, full_text=False) if _speaks_of(s, area))
        wanted += [s for _, s in zip(range(_MOST_OF_AN_AREA), shown, strict=False)]
    return sorted(set(wanted), key=lambda s: s.index)


def _speaks_of(sentence: Sentence, area: Area) -> bool:
    return any(cue.startswith(_CUE[area]) for cue in cues_of(sentence.text))
