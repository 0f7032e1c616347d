"""A filing in, its brief out: reading, extraction, grounding, narration, one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extractor import __version__
from extractor.context import Reader
from extractor.document import Document
from extractor.engines import Engine, Extraction, Judge, sifted
from extractor.errors import InputError, UsageError
from extractor.narration import narrate
from extractor.reading import read
from extractor.record import AREA_OF, ID_PREFIX, all_facts, info_of
from extractor.schema import Area, Brief, Fact, Facts, OfflineEngine, Reason
from extractor.tokens import DEFAULT_ENCODING, DEFAULT_MAX_TOKENS, MIN_TOKENS, load_encoding
from extractor.unclaimed import unclaimed_figures


def offline(document: Document, judge: Judge) -> Extraction:
    """The engine that needs no model and no network."""
    from extractor.engines.offline import extract

    facts, rejected = sifted(extract(document), judge)
    return Extraction(facts, rejected, OfflineEngine(version=__version__))


def brief(
    source: str | Path | bytes | Document,
    *,
    max_tokens: int = DEFAULT_MAX_TOKENS,
    encoding: str = DEFAULT_ENCODING,
    templates: Path | None = None,
    engine: Engine = offline,
) -> Brief:
    """The brief of a filing: a path, its bytes, a name at EDGAR ("edgar:SONM"), or a document already read.

    `templates` is a folder of your own templates; the paragraph has at most `max_tokens` tokens of `encoding`; `engine`
    finds the facts, `offline` unless another is named. Raises InputError where no fact is found.
    """
    if max_tokens < MIN_TOKENS:
        raise UsageError(f"max_tokens is {max_tokens!r}: it must be {MIN_TOKENS} or more")
    load_encoding(encoding)  # a name that cannot be used is told before the work, not after it
    document = source if isinstance(source, Document) else read(source)
    found = engine(document, _judge(Reader.of(document)))
    if not found.facts:
        raise InputError(
            f"{document.name}: no statements about a business were found; check that the file holds Item 1 (Business)"
        )
    facts = _by_area(found.facts)
    return Brief(
        document=info_of(document),
        engine=found.info,
        facts=facts,
        rejected=found.rejected,
        unclaimed=unclaimed_figures(document, [e for fact in all_facts(facts) for e in fact.evidence]),
        narrative=narrate(
            facts, document, max_tokens=max_tokens, encoding=encoding, templates=templates, ordered=found.ordered
        ),
    )


def _judge(reader: Reader) -> Judge:
    """Says of a fact why it does not follow from its quotes."""

    def judge(fact: Fact) -> list[Reason]:
        return [
            Reason(code="quote_not_found", detail=f"the text has other words at {e.start}:{e.end}")
            for e in reader.misquoted(fact.evidence)
        ] or reader.judge(fact.statement, fact.evidence)

    return judge


def _by_area(grounded: Iterable[Fact]) -> Facts:
    """The facts by area, numbered in their order; of several that say who the company is the first, best one."""
    count: Counter[Area] = Counter()
    areas: dict[str, Any] = {area: [] for area in ID_PREFIX}
    for fact in grounded:
        area = AREA_OF[type(fact)]
        count[area] += 1
        areas[area].append(fact.model_copy(update={"id": f"{ID_PREFIX[area]}-{count[area]}"}))
    areas["company"] = areas["company"][0] if areas["company"] else None
    return Facts(**areas)
