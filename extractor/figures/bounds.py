"""What the words around a number make of it: bounds, and ranges whose ends share a scale or a unit."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.figures.digits import tidy
from extractor.figures.lexing import Token
from extractor.figures.number import Number
from extractor.figures.numerals import BOUNDS_AFTER, BOUNDS_BEFORE, LONGEST_BOUND, SCALE_FORMS

# "at least the next twelve months"; not "over the next", which tells when
_NEXT = frozenset(("next", "last", "past", "first"))
# The words that stand right before or right behind a bounded number: most numbers have none.
_LAST_OF_BOUNDS = frozenset(phrase[-1] for phrase in BOUNDS_BEFORE)
_FIRST_AFTER = frozenset(phrase[0] for phrase in BOUNDS_AFTER)
_JOINTS = frozenset(("to", "-", "–", "—", "or", "and"))
# Of two ends the lower may leave out the scale of the other only if it reads like one: "$10 to $15 million".
_LARGEST_UNSCALED = 1000


def with_bound(number: Number, tokens: Sequence[Token]) -> Number:
    """Return the number with the bound that the words around it set."""
    if number.bound != "exactly":
        return number
    first = number.first
    if number.worded and first and tokens[first - 1].lower in ("a", "an"):
        first -= 1
    if first > 3 and tokens[first - 1].lower in _NEXT and tokens[first - 2].lower == "the":
        bound = BOUNDS_BEFORE.get((tokens[first - 4].lower, tokens[first - 3].lower))
        return number._replace(bound=bound) if bound else number
    longest = min(LONGEST_BOUND, first) if first and tokens[first - 1].lower in _LAST_OF_BOUNDS else 0
    for length in range(longest, 0, -1):
        bound = BOUNDS_BEFORE.get(tuple([token.lower for token in tokens[first - length : first]]))
        if number.worded and tokens[first - length].lower == "under":
            continue
        if bound is not None and not _spread_over(tokens, first - length):
            return number._replace(bound=bound)
    if number.last >= len(tokens) or tokens[number.last].lower not in _FIRST_AFTER:
        return number
    after = tuple([token.lower for token in tokens[number.last : number.last + 2]])
    bound = BOUNDS_AFTER.get(after) or BOUNDS_AFTER.get(after[:1])
    return number._replace(bound=bound) if bound else number


def _spread_over(tokens: Sequence[Token], i: int) -> bool:
    """Say whether "over" tells where, or what is compared: "spread over eight states", "11.6% over $153,400"."""
    return (
        tokens[i].lower == "over"
        and i > 0
        and tokens[i - 1].lower in ("spread", "distributed", "extending", "divided", "%", "percent")
    )


def join_ranges(numbers: list[Number], tokens: Sequence[Token]) -> list[Number]:
    """Return the numbers, the first end of a range with what the second says: "$10 to $15 million", "40 to 50%"."""
    joined = list(numbers)
    for k in range(len(joined) - 2, -1, -1):
        between = joined[k].last
        joint = tokens[between].lower if joined[k + 1].first == between + 1 else ""
        if joint in _JOINTS:
            low = _like_its_other_end(joined[k], joined[k + 1], listed=joint == "and")
            joined[k] = low._replace(joined_to_next=joint not in ("and", "or"))
    return joined


def _like_its_other_end(low: Number, high: Number, *, listed: bool) -> Number:
    if low.bare and high.kind != "count" and not listed:
        low = low._replace(kind=high.kind, currency=high.currency, unit=None, bare=False)
    elif low.kind == high.kind == "count" and low.unit is None:
        low = low._replace(unit=high.unit)
    elif low.kind != "money" or high.kind != "money":
        return low
    if high.scaled and not low.scaled and low.value < _LARGEST_UNSCALED:
        scale = next(
            s for s in sorted(SCALE_FORMS.values(), reverse=True) if s <= high.value or s == min(SCALE_FORMS.values())
        )
        return low._replace(value=tidy(low.value * scale), step=low.step * scale, scaled=True)
    return low
