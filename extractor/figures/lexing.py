"""Texts to tokens with offsets: words, numerals and single marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# "3Com's 1,990 U.S. stores, $.25" -> "3Com's", "1,990", "U.S.", "stores", ",", "$", ".25"
_TOKEN = re.compile(
    r"""
    (\s*+)(                                                         # spaces pass with what follows: no search anew
      [A-Za-z]++(?![\w.'’])                                          # plain words, fast; the rest finds them too
    | (?:[^\W\d_]\.){2,}                                            # U.S., e.g.
    | [^\W\d_][^\W_]*(?:['’](?:s|t|re|ve|ll|d|m)(?![^\W_]))?        # words, and names that hold digits: XP10
    | \d+[^\W\d_][^\W_]*(?:['’](?:s|t|re|ve|ll|d|m)(?![^\W_]))?     # names that start with digits: 3Com, 10b, 30th
    | \d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?                           # 53,207.5
    | \d+(?:\.\d+)?                                                # 2022, 69.8
    | (?<![\w.])\.\d+                                              # .25
    | \S
    )
    """,
    re.VERBOSE,
)


@dataclass(slots=True)
class Token:
    """A word, numeral or mark of a text: `source[start:end] == text`; `lower` is folded, with a straight apostrophe.

    Not frozen, though nothing changes it: there is one for every word of a text, and a frozen one costs twice as much.
    """

    text: str
    lower: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return a text in small letters and with straight apostrophes."""
    return text.lower().replace("’", "'")


@lru_cache(maxsize=4)
def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of `text` in order: "53% of sales" gives "53", "%", "of", "sales"."""
    folded = fold(text)
    aligned = len(folded) == len(text)  # but for a letter whose small form is longer: then each token is folded
    found: list[Token] = []
    end = 0
    # Strings with the spaces before them, and offsets by their lengths: a match object for each costs more.
    for spaces, token in _TOKEN.findall(text, 0, len(text.rstrip())):
        start = end + len(spaces)
        end = start + len(token)
        lower = folded[start:end] if aligned else fold(token)
        found.append(Token(token, lower, start, end))
    return tuple(found)
