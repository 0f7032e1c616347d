"""A number of a text as plain values, and how what follows it makes it money, a share or a count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from extractor.figures.lexing import Token
from extractor.figures.numerals import CURRENCY_WORDS, HYPHENS
from extractor.schema import Bound

Kind = Literal["money", "percent", "count"]
_PERCENT_WORDS = frozenset(("%", "percent", "percentage"))
# These end the noun phrase that a number counts.
UNIT_STOPS = frozenset(
    "together each combined alone collectively individually accounted represented contributed comprised "
    "provided of in at to and or from by for with as is are was were has have had that which who on under per "
    "than its our "
    "their the a an into during through located including between among within across used may can will would could "
    "respectively compared but while when it they we also not currently each if such being having over if".split()
)
# Longest unit noun phrase kept: "1,990 Bramble discount department stores" has four words.
_UNIT_WORDS = 4


class Number(NamedTuple):
    """A number as plain values; `first` and `last` (exclusive) are its tokens, unit and bound words aside."""

    kind: Kind
    value: float
    start: int
    end: int
    first: int
    last: int
    bound: Bound = "exactly"
    currency: str | None = None
    unit: str | None = None  # the noun phrase counted
    step: float = 1.0  # what one unit in the last digit shown is worth: 0.1 million in "$69.8 million"
    scaled: bool = False
    bare: bool = False  # digits without currency, percent sign or scale
    worded: bool = False
    joined_to_next: bool = False  # "10 to 15", "10-15"


def classified(
    tokens: Sequence[Token],
    value: float,
    first: int,
    last: int,
    currency: str | None = None,
    *,
    step: float = 0.0,
    scaled: bool = False,
    worded: bool = False,
) -> Number:
    """Return a numeral of tokens `first` to `last` as money, percentage or count, by what stands around it."""
    start = tokens[first].start
    joint = last + 1 < len(tokens) and (
        tokens[last].text in HYPHENS or (tokens[last].text == "|" and tokens[last + 1].text == "%")
    )
    at = last + joint
    following = tokens[at].lower if at < len(tokens) else ""
    kind: Kind = "count"
    unit = None
    if currency is not None:
        kind = "money"
    elif following in _PERCENT_WORDS:
        kind, last = "percent", at + 1
    elif following == "per" and at + 1 < len(tokens) and tokens[at + 1].lower == "cent":
        kind, last = "percent", at + 2
    elif following in CURRENCY_WORDS:
        kind, last, currency = "money", at + 1, CURRENCY_WORDS[following]
    else:
        unit = _unit_at(tokens, last)
    bare = kind == "count" and not scaled and not worded
    scaled = scaled and kind != "percent"
    end = tokens[last - 1].end
    return Number(kind, value, start, end, first, last, "exactly", currency, unit, step, scaled, bare, worded)


def _unit_at(tokens: Sequence[Token], i: int) -> str | None:
    """Return the noun phrase counted: "Wal-Mart stores" after "1,990" in "1,990 Wal-Mart stores in"."""
    if i < len(tokens) and tokens[i].text in HYPHENS and i + 1 < len(tokens) and tokens[i + 1].text[0].isalpha():
        return tokens[i + 1].text
    end = i
    words = 0
    while end < len(tokens) and words < _UNIT_WORDS:
        token = tokens[end]
        hyphen = token.text in HYPHENS and end > i
        if not hyphen and (not token.text[0].isalpha() or token.lower in UNIT_STOPS):
            break
        words += not hyphen
        end += 1
    if end == i:
        return None
    return "".join(
        token.text if n == 0 or token.start == tokens[i + n - 1].end else f" {token.text}"
        for n, token in enumerate(tokens[i:end])
    ).rstrip("-–‑ ")
