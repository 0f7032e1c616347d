"""What brings in money: totals, parts with their shares, fees and ways of charging."""

from __future__ import annotations

import re
from typing import Literal

from extractor.engines.offline.draft import Draft
from extractor.schema import RevenueSource

_TOTAL = re.compile(
    r"^(?:the company's |its |total |net |consolidated )*(?:revenues?|net sales|sales|income)\b", re.IGNORECASE
)
_PART = re.compile(r"^(?:sales (?:of|in|to|from)|revenues? (?:from|of))\s+(.+)$", re.IGNORECASE)
_CHARGED = re.compile(r"\b(?:fees?|prices?|pricing|charges?|subscriptions?|rates?|surcharges?)\b", re.IGNORECASE)


def typed(draft: Draft) -> RevenueSource:
    """A revenue source; its `source` is the subject that a share or amount is given to, where it is not the total."""
    share, amount = draft.first_share(), draft.first_amount()
    kind = _kind(draft, share is not None or amount is not None)
    part = _PART.match(draft.wording.subject)
    source = part.group(1) if part else draft.wording.subject if kind == "part" else None
    return RevenueSource(**draft.base(), kind=kind, source=source, share=share, amount=amount, period=draft.period())


def _kind(draft: Draft, figured: bool) -> Literal["total", "part", "source", "change", "pricing", "backlog", "other"]:
    statement = draft.statement
    if re.search(r"\bbacklog\b", statement, re.IGNORECASE):
        return "backlog"
    if re.search(r"\b(?:increased|decreased|grew|rose|declined)\b.*\d", draft.wording.predicate):
        return "change"
    if (
        draft.wording.company
        and _CHARGED.search(draft.wording.predicate)
        and re.match(r"(?:charges?|bills?)\b", draft.wording.predicate)
    ):
        return "pricing"
    if _PART.match(draft.wording.subject) and figured:
        return "part"
    if draft.wording.company and re.search(r"\b(?:derives?|generates?|earns?)\b", statement):
        return "source"
    if _TOTAL.match(draft.wording.subject) and figured:
        return "total"
    if figured:
        return "part"
    return "pricing" if _CHARGED.search(statement) else "other"
