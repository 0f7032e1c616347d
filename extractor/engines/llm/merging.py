"""Facts told twice: by two parts of a filing, by a second look, or by a model that repeats itself."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from extractor.record import folded
from extractor.schema import Company, Fact

_ALIKE = 90.0  # of 100, by words whatever their order: what differs in an article or an adjective


def is_repeat(fact: Fact, kept: Sequence[Fact]) -> bool:
    """True where a kept fact says the same: in the same words, or nearly so with the same figures.

    There is one company; what a later part of the filing says of it is a repeat too.
    """
    figures = sorted(figure.text for figure in fact.figures)
    for other in kept:
        if isinstance(fact, Company) and isinstance(other, Company):
            return True
        if folded(other.statement) == folded(fact.statement):
            return True
        if figures == sorted(figure.text for figure in other.figures) and _alike(fact, other):
            return True
    return False


def _alike(one: Fact, other: Fact) -> bool:
    return fuzz.token_sort_ratio(folded(one.statement), folded(other.statement)) >= _ALIKE
