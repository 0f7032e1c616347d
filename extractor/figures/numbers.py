"""Numbers of a text with what they are of: money, shares and counts, in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from extractor.figures.lexing import Token, tokenize
from extractor.figures.numerals import (
    BOUNDS_AFTER,
    BOUNDS_BEFORE,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    DOLLARS,
    DOZENS,
    LABELS,
    LONGEST_BOUND,
    MONEY_SUFFIXES,
    PARTS,
    SCALE_FORMS,
    SCALES,
    STREETS,
    UNITS,
)
from extractor.figures.periods import scan_periods
from extractor.schema import Bound

Kind = Literal["money", "percent", "count"]
# "(555) 555-0123", "800-555-0123"
_TELEPHONE = re.compile(r"(?<![\d-])(?:\(\d{3}\)\s?|\d{3}[-.])\d{3}[-.]\d{4}(?!\d)")
_HYPHENS = frozenset("-–‑")
_PERCENT_WORDS = frozenset(("%", "percent", "percentage"))
_UNIT_STOPS = frozenset(
    "of in at to and or from by for with as is are was were has have had that which who on under per than its our "
    "their the a an into during through located including between among within across used may can will would could "
    "respectively compared but while when it they we also not currently each if such being having over if".split()
)
# Longest unit noun phrase kept: "1,990 Wal-Mart discount department stores" has four words.
_UNIT_WORDS = 4
# Digits beyond this are no figure that a filing reports, and Python refuses to parse more than 4300.
_MOST_DIGITS = 30
_PLAUSIBLE_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as plain values; `first` and `last` are its token indexes (last exclusive), unit and bound words aside."""

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


@lru_cache(maxsize=128)
def scan_numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of `text` in order, years, addresses and numbers that are part of a name left out."""
    tokens = tokenize(text)
    candidates = [
        i
        for i, token in enumerate(tokens)
        if token.lower in _STARTERS or (token.text[0] in _NUMERAL_OPENERS and token.text != ".")
    ]
    if not candidates:
        return ()
    taken = [(when.start, when.end) for when in scan_periods(text)]
    taken = sorted(taken + [match.span() for match in _TELEPHONE.finditer(text)])
    return tuple(_join_ranges(list(_numbers(tokens, candidates, taken)), tokens))


_NUMERAL_OPENERS = frozenset("0123456789.")
_STARTERS = frozenset(UNITS) | frozenset(SCALES) | frozenset(DOZENS) | {"half", "majority", "quarter", "third"}


def _numbers(tokens: Sequence[Token], candidates: list[int], taken: list[tuple[int, int]]) -> Iterator[Number]:
    past = 0
    spans = iter(taken)
    span = next(spans, None)
    for i in candidates:
        token = tokens[i]
        while span is not None and span[1] <= token.start:
            span = next(spans, None)
        if i < past or (span is not None and span[0] <= token.start):
            continue
        number = _digits_at(tokens, i) if token.text[0] in _NUMERAL_OPENERS else _words_at(tokens, i)
        if number is not None:
            number = _with_bound(number, tokens)
            past = number.last
            yield number


def _digits_at(tokens: Sequence[Token], i: int) -> Number | None:
    token = tokens[i]
    body, suffix = _split_suffix(token)
    currency, first = _currency_before(tokens, i)
    if body is None or (suffix and (currency is None or suffix not in MONEY_SUFFIXES)):
        return None
    decimals = len(body.partition(".")[2])
    value: float = float(body) if decimals else int(body)
    scale, last = (MONEY_SUFFIXES[suffix], i + 1) if suffix else _scale_after(tokens, i + 1, currency is not None)
    number = _classify(tokens, value * scale, first, last, currency, scale=scale)
    if number.kind == "count" and scale == 1 and _part_of_a_name(tokens, i, body):
        return None
    step = scale * 10.0**-decimals if decimals else float(scale)
    return replace(
        number, value=_tidy(value * scale), step=step, bare=currency is None and scale == 1 and number.kind == "count"
    )


def _split_suffix(token: Token) -> tuple[str | None, str]:
    """Return digits and letters of a numeral: "69.8M" gives "69.8" and "m"; None for a name such as "3Com"."""
    text = token.text.replace(",", "")
    digits = text.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if len(digits) > _MOST_DIGITS or not digits.isascii() or not digits.replace(".", "").isdigit():
        return None, ""
    return digits, text[len(digits) :].lower()


def _currency_before(tokens: Sequence[Token], i: int) -> tuple[str | None, int]:
    """Return the currency written before token `i`, and the index of the first token of the amount."""
    if i == 0:
        return None, i
    sign = tokens[i - 1]
    if sign.text in CURRENCY_SIGNS:
        if sign.text == "$" and i >= 2 and tokens[i - 2].end == sign.start and tokens[i - 2].lower in DOLLARS:
            return DOLLARS[tokens[i - 2].lower], i - 2
        return CURRENCY_SIGNS[sign.text], i - 1
    if sign.lower in CURRENCY_CODES and sign.text.isupper():
        return CURRENCY_CODES[sign.lower], i - 1
    return None, i


def _scale_after(tokens: Sequence[Token], i: int, money: bool) -> tuple[int, int]:
    """Return the scale named from token `i` on and the index after it: 1 where none is named."""
    scale = 1
    j = i + 1 if i + 1 < len(tokens) and tokens[i].text in _HYPHENS else i
    while j < len(tokens) and tokens[j].lower in SCALES:
        scale *= SCALES[tokens[j].lower]
        j += 1
        i = j
    if scale == 1 and money and i < len(tokens) and tokens[i].text in ("M", "MM", "B", "K"):
        return MONEY_SUFFIXES[tokens[i].lower], i + 1
    return scale, i


def _classify(
    tokens: Sequence[Token], value: float, first: int, last: int, currency: str | None, *, scale: int
) -> Number:
    """Return money, percentage or count by what stands before and after the numeral."""
    start = tokens[first].start
    at = last + 1 if last + 1 < len(tokens) and tokens[last].text in _HYPHENS else last
    following = tokens[at].lower if at < len(tokens) else ""
    if currency is not None:
        return Number("money", value, start, tokens[last - 1].end, first, last, currency=currency, scaled=scale > 1)
    if following in _PERCENT_WORDS or (following == "per" and at + 1 < len(tokens) and tokens[at + 1].lower == "cent"):
        last = at + (2 if following == "per" else 1)
        return Number("percent", value, start, tokens[last - 1].end, first, last)
    if following in CURRENCY_WORDS:
        code = CURRENCY_WORDS[following]
        return Number("money", value, start, tokens[at].end, first, at + 1, currency=code, scaled=scale > 1)
    return Number(
        "count", value, start, tokens[last - 1].end, first, last, unit=_unit_at(tokens, last), scaled=scale > 1
    )


def _unit_at(tokens: Sequence[Token], i: int) -> str | None:
    """Return the noun phrase counted: "Wal-Mart stores" after "1,990" in "1,990 Wal-Mart stores in"."""
    if i < len(tokens) and tokens[i].text in _HYPHENS and i + 1 < len(tokens) and tokens[i + 1].text[0].isalpha():
        return tokens[i + 1].text
    end = i
    words = 0
    while end < len(tokens) and words < _UNIT_WORDS:
        token = tokens[end]
        hyphen = token.text in _HYPHENS and end > i
        if not hyphen and (not token.text[0].isalpha() or token.lower in _UNIT_STOPS):
            break
        words += not hyphen
        end += 1
    if end == i:
        return None
    return "".join(
        token.text if n == 0 or token.start == tokens[i + n - 1].end else f" {token.text}"
        for n, token in enumerate(tokens[i:end])
    ).rstrip("-–‑ ")


def _part_of_a_name(tokens: Sequence[Token], i: int, body: str) -> bool:
    """Say whether a bare numeral is a year, or belongs to a name, an address, a phone number or a provision."""
    token = tokens[i]
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if before is not None:
        touches = before.end == token.start
        if before.lower in LABELS or (
            touches
            and before.text in "-–/.#"
            and i >= 2
            and tokens[i - 2].end == before.start
            and not (before.text in "-–" and tokens[i - 2].text.replace(",", "").isdigit())
        ):
            return True
        if before.text == "." and i >= 2 and tokens[i - 2].lower in ("no", "nos"):
            return True
        if len(before.text) > 1 and before.text.isupper() and "," not in token.text and before.text.isalpha():
            return True
        named = before.text[0].isupper() and i >= 2 and tokens[i - 2].text not in ".:;" and "," not in token.text
        if (
            named
            and before.lower not in _CAPITAL_OPENERS
            and (after is None or not after.text[0].islower() or after.lower in _UNIT_STOPS)
        ):
            return True
    if body[0] == "0" and len(body) > 1 and body[1] != ".":
        return True
    if "," not in token.text and "." not in body and int(body) in _PLAUSIBLE_YEARS and len(body) == len("2022"):
        return not (before is not None and before.lower in ("approximately", "about", "over", "than", "nearly"))
    if after is None:
        return False
    if after.start == token.end and after.text[0].isalpha():
        return True
    if after.text in _HYPHENS and after.start == token.end:
        tail = tokens[i + 2] if i + 2 < len(tokens) else None
        if tail is not None and tail.start == after.end and (len(tail.text) == 1 and tail.text.isupper()):
            return True
        if tail is not None and tail.text.isdigit() and len(token.text) == 3 and len(tail.text) in (3, 4):
            return True
    return after.text[0].isupper() and any(t.lower in STREETS for t in tokens[i + 2 : i + 5]) and "," not in token.text


_CAPITAL_OPENERS = frozenset(
    "in the our all we of at as a an its this these for by on with from and or over approximately about".split()
)


def _words_at(tokens: Sequence[Token], i: int) -> Number | None:
    """Return the number that words name from token `i` on: "twenty-five", "two million", "two-thirds", "a majority"."""
    word = tokens[i].lower
    before = tokens[i - 1].lower if i else ""
    if word == "majority":
        return (
            None
            if before == "vast"
            else Number("percent", 50, tokens[i].start, tokens[i].end, i, i + 1, bound="over", worded=True)
        )
    if word == "half":
        follower = tokens[i + 1].lower if i + 1 < len(tokens) else ""
        if follower in ("of", "the", "our", "its") or before in (
            "one",
            "-",
            "about",
            "than",
            "approximately",
            "over",
            "nearly",
        ):
            return Number("percent", 50, tokens[i].start, tokens[i].end, i, i + 1, worded=True)
        return None
    if word not in UNITS and not (word in SCALES or word in DOZENS) or word in SCALES and before not in ("a", "one"):
        return None
    value, last = _spelled(tokens, i)
    part = _part_after(tokens, last)
    if part is not None:
        points, last = part
        return Number("percent", value * points, tokens[i].start, tokens[last - 1].end, i, last, worded=True)
    following = tokens[last].lower if last < len(tokens) else ""
    if value == 1 and (
        following in ("of", "another", "or") or before in ("no", "any", "every", "another", "this", "that", "the")
    ):
        if not (following == "or" and last + 1 < len(tokens) and tokens[last + 1].lower in ("more", "two")):
            return None
    number = _classify(tokens, value, i, last, None, scale=1)
    return replace(number, worded=True, step=0.0)


def _spelled(tokens: Sequence[Token], i: int) -> tuple[int, int]:
    """Return the value of a run of number words and the index after it: "one hundred and fifty" is 150."""
    total, current, last = 0, 0, i
    while i < len(tokens):
        word = tokens[i].lower
        if word in UNITS:
            if current % 100 and not (current % 10 == 0 and UNITS[word] < 10):
                break
            current += UNITS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in SCALES:
            total += max(current, 1) * SCALES[word]
            current = 0
        elif word in DOZENS:
            current = max(current, 1) * DOZENS[word]
        elif (word in _HYPHENS or (word == "and" and current >= 100)) and i + 1 < len(tokens):
            following = tokens[i + 1].lower
            if not (following in UNITS or following in SCALES):
                break
            i += 1
            continue
        else:
            break
        i += 1
        last = i
    return total + current, last


def _part_after(tokens: Sequence[Token], i: int) -> tuple[float, int] | None:
    """Return the points of a part and the index after it, where "one-third" goes on at token `i`."""
    if i < len(tokens) and tokens[i].text in _HYPHENS:
        i += 1
    if i >= len(tokens) or tokens[i].lower not in PARTS:
        return None
    if tokens[i].lower.startswith(("quarter", "fourth", "fifth", "tenth")):
        following = tokens[i + 1].lower if i + 1 < len(tokens) else ""
        if following != "of":
            return None
    return PARTS[tokens[i].lower], i + 1


def _with_bound(number: Number, tokens: Sequence[Token]) -> Number:
    """Return the number with the bound that the words around it set."""
    if number.bound != "exactly":
        return number
    first = number.first
    if number.worded and first and tokens[first - 1].lower in ("a", "an"):
        first -= 1
    for length in range(min(LONGEST_BOUND, first), 0, -1):
        bound = BOUNDS_BEFORE.get(tuple(token.lower for token in tokens[first - length : first]))
        if number.worded and tokens[first - length].lower == "under":
            continue
        if bound is not None and not _spread_over(tokens, first - length):
            return replace(number, bound=bound)
    after = tokens[number.last : number.last + 2]
    bound = BOUNDS_AFTER.get(tuple(t.lower for t in after)) or (BOUNDS_AFTER.get((after[0].lower,)) if after else None)
    return replace(number, bound=bound) if bound else number


def _spread_over(tokens: Sequence[Token], i: int) -> bool:
    """Say whether "over" at token `i` tells where, not how much: "spread over eight states"."""
    return (
        tokens[i].lower == "over" and i > 0 and tokens[i - 1].lower in ("spread", "distributed", "extending", "divided")
    )


def _join_ranges(numbers: list[Number], tokens: Sequence[Token]) -> list[Number]:
    """Give the first end of a range what the second says: "$10 to $15 million", "40 to 50%"."""
    for k in range(len(numbers) - 2, -1, -1):
        low, high = numbers[k], numbers[k + 1]
        between = tuple(t.lower for t in tokens[low.last : high.first])
        if between not in (("to",), ("-",), ("–",), ("or",), ("and",), ("—",)):
            continue
        joined = replace(low, joined_to_next=between[0] in ("to", "-", "–", "—"))
        if low.bare and high.kind != "count" and between[0] != "and":
            joined = replace(joined, kind=high.kind, currency=high.currency, unit=None, bare=False)
            if high.scaled:
                joined = _scaled_like(joined, high)
        elif low.kind == high.kind == "money" and not low.scaled and high.scaled and low.value < 1000:
            joined = _scaled_like(joined, high)
        elif low.kind == high.kind == "count" and low.unit is None:
            joined = replace(joined, unit=high.unit)
            if high.scaled and not low.scaled and low.value < 1000:
                joined = _scaled_like(joined, high)
        numbers[k] = joined
    return numbers


def _scaled_like(low: Number, high: Number) -> Number:
    scale = next(s for s in sorted(SCALE_FORMS.values(), reverse=True) if s <= high.value or s == 100)
    return replace(low, value=_tidy(low.value * scale), step=low.step * scale, scaled=True)


def _tidy(value: float) -> float:
    """Return a whole number where floating point only missed one: 69.8 million is 69800000."""
    nearest = round(value)
    return (
        nearest
        if abs(value - nearest) < 1e-6 * max(1.0, abs(value)) and value >= 1 and abs(value - nearest) < 1e-3
        else value
    )
