"""Typed facts: one module for each focus area turns a wording and its figures into the area's model."""

from __future__ import annotations

from collections.abc import Callable

from extractor.engines.offline.areas import (
    channels,
    concentration,
    customers,
    financing,
    products,
    revenue,
)
from extractor.engines.offline.draft import Draft
from extractor.schema import Area, Fact

TYPED: dict[Area, Callable[[Draft], Fact]] = {
    "revenue_sources": revenue.typed,
    "customer_concentration": concentration.typed,
    "customers": customers.typed,
    "products": products.typed,
    "channels": channels.typed,
    "financing": financing.typed,
}
