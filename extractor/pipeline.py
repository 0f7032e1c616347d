"""A filing in, its brief out: reading, extraction, grounding, narration, one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extractor import __version__
from extractor.context import Reader
from extractor.document import Document
from extractor.engines.offline import extract
from extractor.errors import InputError, UsageError
from extractor.narration import narrate
from extractor.reading import read
from extractor.record import AREA_OF, ID_PREFIX, all_facts, info_of
from extractor.schema import Area, Brief, EngineInfo, Fact, Facts, Reason, Rejected
from extractor.tokens import DEFAULT_ENCODING, DEFAULT_MAX_TOKENS, MIN_TOKENS, load_encoding
from extractor.unclaimed import unclaimed_figures


def brief(
    source: str | Path | bytes | Document,
    *,
    max_tokens: int = DEFAULT_MAX_TOKENS,
    encoding: str = DEFAULT_ENCODING,
    templates: Path | None = None,
) -> Brief:
    """The brief of a filing: a path, its bytes, a name at EDGAR ("edgar:SONM"), or a document already read.

    `templates` is a folder of your own templates; the paragraph has at most `max_tokens` tokens of `encoding`.
    """
    if max_tokens < MIN_TOKENS:
        raise UsageError(f"max_tokens is {max_tokens!r}: it must be {MIN_TOKENS} or more")
    load_encoding(encoding)  # a name that cannot be used is told before the work, not after it
    document = source if isinstance(source, Document) else read(source)
    grounded, rejected = _ground(extract(document), Reader.of(document))
    if not grounded:
        raise InputError(
            f"{document.name}: no statements about a business were found; check that the file holds Item 1 (Business)"
        )
    facts = _by_area(grounded)
    return Brief(
        document=info_of(document),
        engine=EngineInfo(name="offline", version=__version__),
        facts=facts,
        rejected=rejected,
        unclaimed=unclaimed_figures(document, [e for fact in all_facts(facts) for e in fact.evidence]),
        narrative=narrate(facts, document, max_tokens=max_tokens, encoding=encoding, templates=templates),
    )


def _ground(candidates: Iterable[Fact], reader: Reader) -> tuple[list[Fact], list[Rejected]]:
    """Those that follow from their quotes, and those that do not with the reasons."""
    grounded: list[Fact] = []
    rejected: list[Rejected] = []
    for fact in candidates:
        reasons = [
            Reason(code="quote_not_found", detail=f"the text has other words at {e.start}:{e.end}")
            for e in reader.misquoted(fact.evidence)
        ] or reader.judge(fact.statement, fact.evidence)
        if reasons:
            area = AREA_OF[type(fact)]
            rejected.append(Rejected(area=area, statement=fact.statement, evidence=fact.evidence, reasons=reasons))
        else:
            grounded.append(fact)
    return grounded, rejected


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
