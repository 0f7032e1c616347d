"""Which lines read as headings, by themselves and by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.reading.lines import ends_with_stop

SMALL_WORDS = frozenset(
    "a an and as at but by for from in into its nor of on or our per than that the their to under upon via with within"
    " between through among against about & vs".split()
)
_WORD = re.compile(r"[^\W\d_][\w'\u2019.&/-]*|&")
# "Item 1. Business.", "ITEM 1 - BUSINESS", "Item 1A: Risk Factors", "PART I"
_ITEM = re.compile(r"(?:item|part)\s*(?:\d{1,2}[a-c]?|[ivx]{1,4})\b[\s.:\u2013\u2014-]*(?P<title>.*)", re.IGNORECASE)
# "(a) General Development of Business", "1. Products", "II. Segments", "A. Overview"
ENUMERATOR = re.compile(
    r"(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)|(?:\d{1,2}|[ivx]{1,5}|[a-z])[.)](?=\s))\s*", re.IGNORECASE
)
_WIDTH = 110
_WORDS = 14
"""A heading has at most so many characters and words."""
_PLAIN_WORDS = 8
_PLAIN_WIDTH = 60
"""A heading in sentence case ("Sources of revenue") is shorter: less marks it."""
_STOPPED_WORDS = 4
"""And so is one that ends with a full stop ("Employees.")."""


def is_heading(words: str) -> bool:
    """Whether a line reads as a heading: short, in capitals or title case, without a final stop."""
    if len(words) > _WIDTH:
        return False
    if item := _ITEM.match(words):
        return _is_title(_WORD.findall(item["title"]))
    if ends_with_stop(words) or words.endswith((",", "-")):
        return False
    words = words[enumerator.end() :] if (enumerator := ENUMERATOR.match(words)) else words
    if not words or not (words[0].isupper() or words[0] in '"\u201c('):
        return False
    found = _WORD.findall(words)
    return bool(found) and _is_title(found)


def is_plain_heading(words: str) -> bool:
    """Whether a line could be a heading in sentence case, which only its surroundings can tell."""
    if len(words) > _PLAIN_WIDTH or ends_with_stop(words) or words.endswith((",", "-")):
        return False
    if not words[0].isupper() and " " in words:
        return False
    return words.count(" ") < _PLAIN_WORDS and words.rsplit(" ", 1)[-1].lower() not in SMALL_WORDS


def is_stopped_heading(words: str) -> bool:
    """Whether a line could be a heading that ends with a full stop ("Employees."), as its surroundings tell."""
    if not words.endswith(".") or words.count(" ") >= _STOPPED_WORDS or words.count(".") > 1:
        return False
    return words[0].isupper() and _is_title(_WORD.findall(words))


def is_item(heading: str) -> bool:
    """Whether a heading names an item or a part of the form: "Item 1. Business"."""
    return _ITEM.match(heading) is not None


def _is_title(words: Sequence[str]) -> bool:
    if len(words) > _WORDS:
        return False
    return all(word[0].isupper() or word in SMALL_WORDS or any(c.isupper() for c in word) for word in words)
