"""Products, services and brands."""

from __future__ import annotations

from typing import Literal, cast

from extractor.engines.offline.draft import Draft
from extractor.schema import Product

Category = Literal["product", "service", "brand", "loan", "deposit", "manufacturing", "other"]
_CATEGORIES = (
    (r"\bbrands?\b|\btrade ?names?\b|\btrademarks?\b", "brand"),
    (r"\b(?:loans?|mortgages?|lending)\b", "loan"),
    (r"\b(?:deposit|savings|checking|certificate|passbook)", "deposit"),
    (r"\b(?:outsourc\w+|contract manufactur\w+|assembl(?:y|ed|es)|plants?|facilit(?:y|ies))\b", "manufacturing"),
    (r"\b(?:services?|consulting|programming|support|care|coverage|insurance)\b", "service"),
    (r"\b(?:products?|devices?|systems?|equipment|merchandise|software|goods|apparel|food|brand)\b", "product"),
)


def typed(draft: Draft) -> Product:
    """A product fact: the names that the text gives and what kind of offering it is."""
    category = cast(Category, draft.phrase(*_CATEGORIES) or "product")
    return Product(**draft.base(), names=draft.names(), category=category)
