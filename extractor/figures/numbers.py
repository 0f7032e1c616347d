"""Numbers of a text in order, in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractor.figures.bounds import join_ranges, with_bound
from extractor.figures.digits import digits_at
from extractor.figures.lexing import Token, tokenize
from extractor.figures.number import Number
from extractor.figures.numerals import DOZENS, SCALES, UNITS
from extractor.figures.periods import scan_periods
from extractor.figures.worded import words_at

# "(555) 555-0123", "800-555-0123"
_TELEPHONE = re.compile(r"(?<![\d-])(?:\(\d{3}\)\s?|\d{3}[-.])\d{3}[-.]\d{4}(?!\d)")
_TELEPHONE_END = re.compile(r"\d{3}[-.]\d{4}")
# "8:00 a.m."
_CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d\d(?![\d:])")
_DIGIT = re.compile(r"\d", re.ASCII)
_NUMERAL_OPENERS = frozenset("0123456789.")
_WORD_OPENERS = frozenset(UNITS) | frozenset(SCALES) | frozenset(DOZENS) | {"half", "majority"}


@lru_cache(maxsize=4)
def scan_numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of `text` in order; years, addresses, times of day and parts of names are left out."""
    tokens = tokenize(text)
    candidates = [i for i, token in enumerate(tokens) if token.lower in _WORD_OPENERS]
    if _DIGIT.search(text):
        numerals = [i for i, token in enumerate(tokens) if token.text[0] in _NUMERAL_OPENERS and token.text != "."]
        candidates = sorted(candidates + numerals)
    if not candidates:
        return ()
    taken = [(when.start, when.end) for when in scan_periods(text)]
    if _TELEPHONE_END.search(text):
        taken += [match.span() for match in _TELEPHONE.finditer(text)]
    if ":" in text:
        taken += [match.span() for match in _CLOCK.finditer(text)]
    return tuple(join_ranges(list(_numbers(tokens, candidates, sorted(taken))), tokens))


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
        number = digits_at(tokens, i) if token.text[0] in _NUMERAL_OPENERS else words_at(tokens, i)
        if number is not None:
            past = number.last
            yield with_bound(number, tokens)
