"""Numbers in digits: "$69.8 million", "53%", "1,990 stores"."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.figures.lexing import Token
from extractor.figures.naming import part_of_a_name
from extractor.figures.number import Number, classified
from extractor.figures.numerals import CURRENCY_CODES, CURRENCY_SIGNS, DOLLARS, HYPHENS, MONEY_SUFFIXES, SCALES

# Digits beyond this are no figure that a filing reports, and Python refuses to parse more than 4300.
_MOST_DIGITS = 30


def digits_at(tokens: Sequence[Token], i: int) -> Number | None:
    """Return the number that stands in digits at token `i`, None where they are part of a name."""
    token = tokens[i]
    body, suffix = _split_suffix(token)
    currency, first = _currency_before(tokens, i)
    if body is None or (suffix and (currency is None or suffix not in MONEY_SUFFIXES)):
        return None
    decimals = len(body.partition(".")[2])
    value: float = float(body) if decimals else int(body)
    scale, last = (MONEY_SUFFIXES[suffix], i + 1) if suffix else _scale_after(tokens, i + 1, currency is not None)
    step = scale * 10.0**-decimals if decimals else float(scale)
    number = classified(tokens, tidy(value * scale), first, last, currency, step=step, scaled=scale > 1)
    return None if number.bare and part_of_a_name(tokens, i, body) else number


def _split_suffix(token: Token) -> tuple[str | None, str]:
    """Return digits and letters of a numeral: "69.8M" gives "69.8" and "m"; None for a name such as "3Com"."""
    text = token.text.replace(",", "")
    if text.isdecimal() and text.isascii() and len(text) <= _MOST_DIGITS:
        return text, ""
    digits = text.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if len(digits) > _MOST_DIGITS or not digits.isascii() or not digits.replace(".", "").isdigit():
        return None, ""
    return digits, text[len(digits) :].lower()


def _currency_before(tokens: Sequence[Token], i: int) -> tuple[str | None, int]:
    """Return the currency written before token `i`, and the index of the first token of the amount."""
    if i == 0:
        return None, i
    if tokens[i - 1].text == "|" and i > 1:
        i -= 1  # a flattened table: "$ | 47.5"
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
    j = i + 1 if i + 1 < len(tokens) and tokens[i].text in HYPHENS else i
    while j < len(tokens) and tokens[j].lower in SCALES:
        scale *= SCALES[tokens[j].lower]
        j += 1
        i = j
    if scale == 1 and money and i < len(tokens) and tokens[i].text in ("M", "MM", "B", "K"):
        return MONEY_SUFFIXES[tokens[i].lower], i + 1
    return scale, i


# Amounts are scaled decimals of at most twelve digits: what floating point misses of a whole one is less than this.
_ROUNDING_ERROR = 1e-3


def tidy(value: float) -> float:
    """Return a whole number where floating point only missed one: 69.8 million is 69800000."""
    nearest = round(value)
    return nearest if value >= 1 and abs(value - nearest) < _ROUNDING_ERROR else value
