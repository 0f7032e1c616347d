"""How the business is paid for, and what it leaves."""

from __future__ import annotations

import re
from typing import Literal, cast

from extractor.engines.offline.draft import Draft
from extractor.schema import Financing

Kind = Literal[
    "credit_facility", "notes", "equity", "deposits", "borrowings", "cash", "net_loss", "net_income", "royalty",
    "dividend", "customer_financed", "assets", "capital", "capital_expenditure", "acquisition", "repurchase",
    "lease", "grant", "other",
]  # fmt: skip
_KINDS = (
    (r"\bcredit (?:facilit|agreement|line)|\blines? of credit|\brevolv|\bterm loan", "credit_facility"),
    (r"\bnet loss|\baccumulated deficit|\blosses\b", "net_loss"),
    (r"\bnet (?:income|earnings)\b", "net_income"),
    (r"\bnotes\b|\bdebentures?\b|\bbonds\b", "notes"),
    (r"\broyalt|\bmilestone", "royalty"),
    (r"\brepurchas", "repurchase"),
    (r"\bdividends?\b", "dividend"),
    (r"\bgrants?\b.{0,40}(?:\$|agency|institute)", "grant"),
    (r"\bdeposits?\b", "deposits"),
    (r"\bborrow|\badvances\b|\bdebt\b|\bindebtedness\b|\bloan and security\b", "borrowings"),
    (r"\bpublic offering|\bprivate placement|\bcommon stock\b|\bpreferred stock\b|\bat-the-market\b", "equity"),
    (r"\binventory risk|\bfinancing of the raw materials|\bcustomer[- ]financed", "customer_financed"),
    (r"\bcapital expenditures?|\bcapital spending", "capital_expenditure"),
    (r"\bacqui(?:red|sition)", "acquisition"),
    (r"\bleas(?:e|ed|es|ing)\b", "lease"),
    (r"\btotal assets\b", "assets"),
    (r"\b(?:capital|equity)\b", "capital"),
    (r"\bcash\b", "cash"),
)
# Kinds whose amounts are of a period or a day; in the others a date is more often a maturity.
_DATED = frozenset(
    (
        "net_loss",
        "net_income",
        "cash",
        "assets",
        "deposits",
        "borrowings",
        "capital",
        "capital_expenditure",
        "dividend",
        "repurchase",
        "royalty",
    )
)
_EVENT = re.compile(
    r"^(?:sold|issued|completed|acquired|purchased|bought|received|raised|borrowed|repaid|closed|entered|redeemed)\b"
)
_COUNTERPARTY = re.compile(
    r"\b(?:with|from|by|to|lender,?|agent,?)\s+((?:[A-Z][\w&’'.-]*\s+)*(?:[A-Z][\w&’'.-]*\s+)?(?:Bank|Bancorp|"
    r"Capital|Partners|Trust|Ventures|Lending|Finance|Corporation|Corp\.|Inc\.|N\.A\.|LLC|L\.P\.|plc|Fund))"
)


def typed(draft: Draft) -> Financing:
    """A financing fact: its kind, the other party where one is named after "with", "from" or "by", and the amount."""
    statement = draft.statement
    party = _COUNTERPARTY.search(statement)
    kind = cast(Kind, draft.phrase(*_KINDS) or "other")
    return Financing(
        **draft.base(),
        kind=kind,
        counterparty=party.group(1).strip() if party else None,
        amount=draft.first_amount(),
        period=draft.period() if kind in _DATED or _EVENT.match(draft.wording.predicate) else None,
    )
