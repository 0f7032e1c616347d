"""Which digits and number words count nothing: years, and parts of names, addresses, versions and provisions."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.figures.lexing import Token
from extractor.figures.number import UNIT_STOPS
from extractor.figures.numerals import CURRENCY_SIGNS, HYPHENS, LABELS, STREETS

_YEARS = range(1900, 2100)
_YEAR_DIGITS = 4
# "about 2000 people": what counts, though it could be a year.
_COUNTING = frozenset(("approximately", "about", "over", "than", "nearly"))
# Capitals that open a sentence or a title, not a name that a number belongs to.
_CAPITAL_OPENERS = frozenset(
    "in the our all we of at as a an its this these for by on with from and or over approximately about".split()
)
# A street's kind stands at most so many words behind its number: "210 North Alder Avenue".
_STREET_REACH = 5


def part_of_a_name(tokens: Sequence[Token], i: int, body: str) -> bool:
    """Say whether the bare numeral at token `i` (its digits are `body`) is a year or part of a name or address."""
    if _is_label_before(tokens, i) or _named_before(tokens, i):
        return True
    if len(body) > 1 and body[0] == "0" and body[1] != ".":
        return True
    if len(body) == _YEAR_DIGITS and body.isdigit() and "," not in tokens[i].text and int(body) in _YEARS:
        return not (i and tokens[i - 1].lower in _COUNTING)
    return _named_behind(tokens, i)


def word_of_a_name(tokens: Sequence[Token], i: int) -> bool:
    """Say whether the number word at token `i` is of a name within a sentence: "Freight revenue (Two Rivers)"."""
    if not i or not tokens[i].text[0].isupper() or i + 1 >= len(tokens):
        return False
    before, after = tokens[i - 1].text, tokens[i + 1].text
    return (before == "(" or before.islower()) and after[0].isupper() and after[1:].islower()


def _is_label_before(tokens: Sequence[Token], i: int) -> bool:
    """Say whether what stands before makes it a provision or a part: "Item 1", "No. 4", "10b-5", "MPEG-4"."""
    if not i:
        return False
    before = tokens[i - 1]
    if before.lower in LABELS:
        return True
    if i < 2:
        return False
    first = tokens[i - 2]
    if before.text == "." and first.lower in ("no", "nos"):
        return True
    touches = first.end == before.start and before.end == tokens[i].start and before.text in "-–/.#"
    return touches and not (before.text in "-–" and first.text.replace(",", "").isdigit())


def _named_before(tokens: Sequence[Token], i: int) -> bool:
    """Say whether the word before is a name that the number belongs to: "Windows 95", "FX 501"."""
    if not i or "," in tokens[i].text:
        return False
    before = tokens[i - 1]
    if _opens_row(tokens, i):
        return False
    if len(before.text) > 1 and before.text.isupper() and before.text.isalpha():
        return True
    if not before.text[0].isupper() or i < 2 or tokens[i - 2].text in ".:;" or before.lower in _CAPITAL_OPENERS:
        return False
    return i + 1 == len(tokens) or not tokens[i + 1].text[0].islower() or tokens[i + 1].lower in UNIT_STOPS


def _opens_row(tokens: Sequence[Token], i: int) -> bool:
    """Say whether another figure follows right behind, as in a row of a table: "Lamps and Shades 25.9 30 26.0"."""
    if i + 1 >= len(tokens) or tokens[i + 1].start == tokens[i].end:
        return False
    after = tokens[i + 1].text
    return after[0].isdigit() or after in CURRENCY_SIGNS


def _named_behind(tokens: Sequence[Token], i: int) -> bool:
    """Say whether what follows makes it a name or an address: "10-K", "802.11b", "210 Alder Avenue"."""
    following = tokens[i + 1 : i + _STREET_REACH]
    if not following:
        return False
    after = following[0]
    if after.start == tokens[i].end:
        if after.text[0].isalpha():
            return True
        if after.text in HYPHENS and len(following) > 1 and following[1].start == after.end:
            return len(following[1].text) == 1 and following[1].text.isupper()
    return after.text[0].isupper() and any(t.lower in STREETS for t in following[1:]) and "," not in tokens[i].text
