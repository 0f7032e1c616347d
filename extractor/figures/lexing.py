"""Texts to tokens with offsets: words, numerals and single marks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# "3Com's 1,990 U.S. stores, $.25" -> "3Com's", "1,990", "U.S.", "stores", ",", "$", ".25"
_TOKEN = re.compile(
    r"""
      (?:[^\W\d_]\.){2,}                                            # U.S., e.g.
    | [^\W\d_][^\W_]*(?:['’](?:s|t|re|ve|ll|d|m)(?![^\W_]))?        # words, and names that hold digits: XP10
    | \d+[^\W\d_][^\W_]*(?:['’](?:s|t|re|ve|ll|d|m)(?![^\W_]))?     # names that start with digits: 3Com, 10b, 30th
    | \d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?                           # 53,207.5
    | \d+(?:\.\d+)?                                                # 2022, 69.8
    | (?<![\w.])\.\d+                                              # .25
    | \S
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A word, numeral or mark of a text: `source[start:end] == text`; `lower` is folded, with a straight apostrophe."""

    text: str
    lower: str
    start: int
    end: int


@lru_cache(maxsize=16)
def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of `text` in order: "53% of sales" gives "53", "%", "of", "sales"."""
    folded = text.lower().replace("’", "'")
    if len(folded) != len(text):  # a letter whose small form is longer: fold token by token
        return tuple(_folded(match) for match in _TOKEN.finditer(text))
    spans = [match.span() for match in _TOKEN.finditer(text)]
    return tuple([Token(text[start:end], folded[start:end], start, end) for start, end in spans])


def _folded(match: re.Match[str]) -> Token:
    return Token(match.group(), match.group().lower().replace("’", "'"), match.start(), match.end())
