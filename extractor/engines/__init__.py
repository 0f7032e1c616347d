"""What fills the schema: an engine takes a Document and a judge of facts, and gives those that hold and the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extractor.document import Document
from extractor.record import AREA_OF
from extractor.schema import EngineInfo, Fact, Reason, Rejected

Judge = Callable[[Fact], list[Reason]]
"""Why a fact does not follow from its quotes; [] where it does."""


@dataclass(frozen=True)
class Extraction:
    """What an engine found: facts that follow from their quotes, and those refused.

    `ordered` where the facts of each area stand in the order in which they are to be told, not in that of their worth.
    """

    facts: list[Fact]
    rejected: list[Rejected]
    info: EngineInfo
    ordered: bool = False


Engine = Callable[[Document, Judge], Extraction]


def sifted(candidates: Iterable[Fact], judge: Judge) -> tuple[list[Fact], list[Rejected]]:
    """The candidates that hold, in their order, and those that do not with the reasons."""
    facts: list[Fact] = []
    rejected: list[Rejected] = []
    for fact in candidates:
        if reasons := judge(fact):
            rejected.append(refused(fact, reasons))
        else:
            facts.append(fact)
    return facts, rejected


def refused(fact: Fact, reasons: list[Reason]) -> Rejected:
    """The fact as the record keeps it among those rejected."""
    return Rejected(area=AREA_OF[type(fact)], statement=fact.statement, evidence=fact.evidence, reasons=reasons)
