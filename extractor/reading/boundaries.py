"""Where sentences begin and end in clean text: nupunkt's judgement, mended where filings mislead it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nupunkt import sent_spans

# Quotes and dashes that a wrong encoding broke, and what nupunkt should take them for; lengths stay the same.
_BROKEN = re.compile("[\u0080-\u009f]|\u00e2\u20ac")
_BROKEN_CHARACTERS = str.maketrans("\u0091\u0092\u0093\u0094\u0096\u0097\u0085", "''\"\"--.")
_BROKEN_QUOTE = re.compile("\u00e2\u20ac(?:[\u0153\u009d\u2122\u02dc]|(?=\\s|$))")
# "(a) ", "(c) (1) (i) ", "2. ": out of the text of a sentence that they number
_NUMBERING = re.compile(
    r"(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)\s+)+(?=[A-Z\"\u201c])|(?:\d{1,2}|[a-z])\.\s+(?=[A-Z])"
)
# Ends that are none: "see \u201cItem 8.", "Nos.", "Marlow/U.S." of a name
_OPEN_END = re.compile(r"\b(?:Items?\s+\d{1,2}[A-C]?|Nos?|Messrs|Arts?|Secs?)\.\s*$|/U\.S\.\s*$")
# Starts that are none: "Lumo! Inc.", "a 24-hr. day", "Glow! - Sold since 1990"
_OPEN_START = re.compile(r"(?:[a-z]+\b(?![-\w]|\.\w)|(?:Inc|Corp|Ltd|L\.P|LLC|LP|N\.A)\b|[-\u2013\u2014,;)]\s)")
# Ends that nupunkt may miss: "... of our stock. Under ...", "... by the Bank. The ..."
_MISSED_END = re.compile(
    r"""(?<![\w.])(?:
        (?P<word>[a-z][a-z-]{2,})[.!?]["\u201d)]{0,2}\s+(?=["\u201c(]?[A-Z])
        | [A-Z][a-z]{3,}\.["\u201d)]{0,2}\s+
          (?=(?:The|In|This|These|Our|We|It|As|At|For|However|Although|Under|Thereafter)[\s,]))""",
    re.VERBOSE,
)
_ABBREVIATED = frozenset("inc corp ltd nos vs approx etc dept est ext seq ave art vol fig sec".split())
_PARENTHESIS = 120
"""A longer text within parentheses may hold more than one sentence."""


def sentence_spans(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """The spans of the sentences in clean text from `begin`, without white space around and numbering before."""
    plain = text[begin:]
    if _BROKEN.search(plain):
        plain = _BROKEN_QUOTE.sub(lambda quote: '"' * len(quote[0]), plain.translate(_BROKEN_CHARACTERS))
    spans: list[tuple[int, int]] = []
    for start, end in _parted(plain):
        if spans and _goes_on(plain, spans[-1], (start, end)):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    for start, end in spans:
        words = plain[start:end]
        if any(character.isalnum() for character in words):
            first = start + len(words) - len(words.lstrip())
            numbering = _NUMBERING.match(plain, first, end)
            yield begin + (numbering.end() if numbering else first), begin + start + len(words.rstrip())


def _parted(text: str) -> Iterator[tuple[int, int]]:
    """nupunkt's spans, cut where it took a common word for an abbreviation."""
    for start, end in sent_spans(text):
        for stop in _MISSED_END.finditer(text, start, end):
            if stop["word"] not in _ABBREVIATED:
                yield start, stop.end()
                start = stop.end()
        yield start, end


def _goes_on(text: str, before: tuple[int, int], span: tuple[int, int]) -> bool:
    """Whether what was taken for two sentences is one."""
    if _OPEN_START.match(text, *span):
        return True
    words = text[before[0] : before[1]]
    if _OPEN_END.search(words[-40:]):
        return True
    opened = words.rfind("(")
    return opened > words.rfind(")") and len(words) - opened < _PARENTHESIS and ")" in text[span[0] : span[1]]
