"""Who the customers are or are meant to be."""

from __future__ import annotations

import re

from extractor.engines.offline.draft import Draft
from extractor.schema import Count, CustomerBase
from extractor.wording import members

_TO = (
    re.compile(r"\b(?:to|serves?|targets?|for|include|including|such as)\s+(.+)$"),
    re.compile(r"\b(?:are|in|of)\s+(.+)$"),
)
_PEOPLE = re.compile(
    r"customer|client|subscriber|member|user|patient|account|household|compan|organi[sz]ation|borrower|consumer",
    re.IGNORECASE,
)


# "Customers include Aspect, Dell and Motorola": names behind such words are customers, others may be anything.
_NAMING = re.compile(
    r"\b(?:customers?|clients?|users?|subscribers?|tenants?|licensees?)\b.{0,60}?"
    r"\b(?:include|includes|including|are|were|such as)\b|\b(?:sells?|sold|supplie[sd]|sales)\b.{0,60}?\bto\b",
    re.IGNORECASE,
)


def _named(draft: Draft) -> list[str]:
    naming = _NAMING.search(draft.statement)
    return [name for name in draft.names() if naming and name in draft.statement[naming.end() :]]


def typed(draft: Draft) -> CustomerBase:
    """A part of the customer base: its groups as the text lists them, its named customers, its size."""
    wording = draft.wording
    listed = list(wording.items)
    if not listed:
        matches = (pattern.search(wording.predicate) for pattern in _TO)
        listed = next((found for m in matches if m and (found := members(m.group(1)))), [])
    count = next((f for f in draft.figures if isinstance(f, Count) and f.unit and _PEOPLE.search(f.unit)), None)
    return CustomerBase(**draft.base(), groups=listed, named=_named(draft), count=count)
