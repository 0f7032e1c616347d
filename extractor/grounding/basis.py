"""The rule of bases: 1.5% per month is not 1.5% per year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.figures.number import Number
from extractor.grounding.analysis import Reading
from extractor.grounding.lexicon import lexeme
from extractor.grounding.reasons import reason
from extractor.schema import Reason

# "1.5% per month", "$20 a share"
_BASIS = re.compile(r"\s+(?:per|an?|each|every)\s+(?P<basis>[a-z]+)", re.IGNORECASE)
FREQUENCIES = {
    "annual": "year", "annually": "year", "yearly": "year", "year": "year", "monthly": "month", "month": "month",
    "weekly": "week", "week": "week", "quarterly": "quarter", "daily": "day", "day": "day", "hourly": "hour",
}  # fmt: skip
_BASES = {"annum": "year", "annual": "year"}


def basis_reasons(statement: Reading, passage: Reading, number: Number, fitting: list[Number]) -> Iterator[Reason]:
    """Yield a reason where a figure is said of another time or thing each than the passage's figures of its value."""
    said = _basis(statement, number)
    given = [_basis(passage, other) for other in fitting]
    if said and not any(given):
        given = [FREQUENCIES[word] for word in sorted(passage.lowers & FREQUENCIES.keys())]
    if said and given and all(given) and said not in given:
        yield reason(
            "unit", f"says {statement.text[number.start : number.end]} per {said}; the passage says per {given[0]}"
        )


def _basis(reading: Reading, number: Number) -> str:
    match = _BASIS.match(reading.text, number.end)
    if not match or lexeme(match["basis"].lower()).stem not in _BASIS_STEMS:
        return ""
    word = match["basis"].lower()
    return _BASES.get(word, word)


_BASIS_STEMS = frozenset(
    lexeme(word).stem
    for word in "day week month quarter year annum annual hour minute share unit subscriber visit store".split()
)
