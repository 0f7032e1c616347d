"""Dependence on few customers: a named one or a number of them, with their share of revenue."""

from __future__ import annotations

import re

from extractor.engines.offline.draft import Draft
from extractor.schema import CustomerConcentration

_NUMBERS = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
}
_COUNTED = re.compile(
    rf"\b(?:top|largest|major|principal)\s+(?P<after>{'|'.join(_NUMBERS)}|\d+)\b|"
    rf"\b(?P<before>{'|'.join(_NUMBERS)}|\d+)\s+(?:largest|principal|major|of (?:its|the "
    rf"company's))?\s*(?:customers?|clients?|bottling partners|distributors?)\b",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"(?:%|percent)\s+of\s+(?:the\s+company's\s+|its\s+|total\s+|our\s+)*((?:consolidated |net |total |annual |"
    r"worldwide )*[a-z]+(?: sales| revenues?| volume)?)"
)
_NAMED = re.compile(rf"^(?!(?i:no|the|each|any|{'|'.join(_NUMBERS)}|sales|approximately)\b)[A-Z]")
_ACCOUNTED = re.compile(r"^(?:account|represent|contribut|compris|constitut|provid)")


def typed(draft: Draft) -> CustomerConcentration:
    """A concentration; `customer` where a named one has the share, `customer_count` where they are counted."""
    statement = draft.statement
    share_of = _SHARE_OF.search(statement)
    subject = draft.wording.subject.partition(",")[0]
    named = subject if _ACCOUNTED.match(draft.wording.predicate) and _NAMED.match(subject) else None
    return CustomerConcentration(
        **draft.base(),
        customer=named,
        customer_count=_count(statement),
        share=draft.first_share(),
        share_of=share_of.group(1) if share_of else None,
        amount=draft.first_amount(),
        period=draft.period(),
    )


def _count(statement: str) -> int | None:
    """The number of customers that share the figure: "top four customers" is 4, "one customer" 1, "no customer" 0."""
    if re.search(r"\bno (?:single |one |other |individual )?(?:customer|client)", statement, re.IGNORECASE):
        return 0
    match = _COUNTED.search(statement)
    if match is None:
        return 1 if re.search(r"\b(?:largest|single|one) customer\b", statement, re.IGNORECASE) else None
    word = (match.group("after") or match.group("before")).lower()
    return _NUMBERS.get(word) if not word.isdigit() else int(word)
