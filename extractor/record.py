"""The record as a whole: its facts in order with their areas, ids and places, and its JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from extractor.document import Document
from extractor.schema import (
    Area,
    Brief,
    Channel,
    Company,
    CustomerBase,
    CustomerConcentration,
    DocumentInfo,
    Fact,
    Facts,
    Financing,
    Product,
    RevenueSource,
)

AREA_OF: dict[type[Fact], Area] = {
    Company: "company",
    RevenueSource: "revenue_sources",
    CustomerConcentration: "customer_concentration",
    CustomerBase: "customers",
    Product: "products",
    Channel: "channels",
    Financing: "financing",
}
ID_PREFIX: dict[Area, str] = {
    "company": "com",
    "revenue_sources": "rev",
    "customer_concentration": "con",
    "customers": "cus",
    "products": "pro",
    "channels": "cha",
    "financing": "fin",
}

NAME_FIELDS = ("name", "aliases", "customer", "counterparty", "named", "names", "partners", "regions")
"""The typed fields that hold names as the text writes them."""


def folded(text: str) -> str:
    """White space and case made plain, and words that were cut at a line's end joined: how names are compared."""
    return " ".join(text.split()).replace("- ", "-").casefold()


def to_json(record: Brief) -> str:
    """The record as it is written to files: JSON, one space of indent, non-ASCII characters as they are."""
    return json.dumps(record.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"


def to_line(record: Brief) -> str:
    """The record as one of JSON lines: the same JSON with nothing between its parts, and no line's end."""
    return record.model_dump_json()


def all_facts(facts: Facts) -> list[Fact]:
    """Every fact, in the order of the record."""
    return [fact for _, fact in located_facts(facts)]


def located_facts(facts: Facts) -> list[tuple[str, Fact]]:
    """Every fact with its place in the record: ("facts.products[2]", ...)."""
    located: list[tuple[str, Fact]] = [("facts.company", facts.company)] if facts.company else []
    for area in list(ID_PREFIX)[1:]:
        listed: list[Any] = getattr(facts, area)
        located += [(f"facts.{area}[{i}]", fact) for i, fact in enumerate(listed)]
    return located


def info_of(document: Document) -> DocumentInfo:
    return DocumentInfo(
        name=document.name.encode("utf-8", "replace").decode(),  # a file's name may hold what UTF-8 has not
        sha256=document.sha256,
        length=len(document.text),
        encoding=document.encoding,
        part=document.part,
        pick=document.pick,
        note=document.note,
        **asdict(document.filing),
    )
