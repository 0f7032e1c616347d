"""Where the items of a filing stand in its text: "Item 1. Business" up to the next item, not its table of contents."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

_LINE_START = r"(?<![^\n\r\x0b\x0c\u2028])[ \t\u00a0|>*#\u2022]*"
_BLANK = r"[ \t\u00a0]{0,9}"
_SPACE = r"[\s\u00a0]{0,30}"
_NUMBER = r"(?:\d{1,2}|[Il](?=[.:\s\u2013\u2014-]))"
_LETTER = r"(?:\.?[A-C](?![\w'\u2019]))?"
# "Item 1. Business", "ITEMS 1 and 2. BUSINESS AND PROPERTIES", "Part I, Item 1:", "Item 1(a) and Item 1B -"
_HEADING = re.compile(
    rf"""{_LINE_START}(?:PART{_BLANK}[IVX1-4]{{1,4}}[\s,.:;/\u2013\u2014-]{{0,99}})?
        (?P<item>I[ ]?TEMS?)(?:{_BLANK}NOS?\.?)?{_SPACE}(?P<first>{_NUMBER}{_LETTER})
        (?P<more>(?:{_BLANK}[.:]?{_BLANK}(?:,|and|&|through|[/\u2013-]){_BLANK}(?:and{_BLANK})?(?:ITEMS?{_BLANK})?
            {_NUMBER}{_LETTER}(?![\d,%])){{0,4}})
        (?:\([a-c]\))?(?P<stop>[\s\u00a0|.:;)\u2013\u2014-]{{0,200}})(?P<title>[^\n\r]*)""",
    re.IGNORECASE | re.VERBOSE,
)
# The end of the last item of Part I where the next one is not found
_PART = re.compile(
    rf"{_LINE_START}PART{_BLANK}(?:II|III|IV|2|3|4)\b[ \t.:\u2013\u2014-]*$", re.IGNORECASE | re.MULTILINE
)
_SIGNATURES = re.compile(rf"{_LINE_START}SIGNATURES?{_BLANK}$", re.MULTILINE)
_ONE = re.compile(r"(\d{1,2}|[Il])\.?([A-C])?", re.IGNORECASE)

_BUSINESS = r"(?:(?!see\b)[\w'\u2019]+\s+){0,4}?business(?:es)?\b"
_NOTHING = r"[\[(]?\s*(?:reserved|removed|omitted|not\s+applicable|none)"
_TITLES = {
    "1": rf"{_BUSINESS}|identity\s+of|key\s+information",
    "1A": r"(?:certain\s+|other\s+)?(?:risk|factors|cautionary)|executive\s+officers",
    "1B": r"unresolved\s+staff",
    "1C": r"cyber",
    "2": rf"(?:description\s+of\s+)?(?:the\s+|our\s+|company\W+s\s+)?(?:real\s+)?propert|facilit|premises|real\s+estate"
    rf"|offer\s+statistics|{_NOTHING}",
    "3": rf"(?:description\s+of\s+)?(?:legal|litigation|pending)|key\s+information|{_NOTHING}",
    "4": rf"submission|mine\s+safety|information\s+on\s+the\s+company|{_NOTHING}",
    "4A": r"unresolved|executive\s+officers",
    "5": r"market(?:\s+for)?|operating\s+and\s+financial",
    "6": rf"selected|management(?:\W?s)?|directors|plan\s+of|{_NOTHING}",
    "7": rf"management(?:\W?s)?|financial\s+statements|major|{_NOTHING}",
    "7A": r"quantitative|market\s+risk",
    "8": r"(?:consolidated\s+)?financial|changes|supplementary",
}
_TITLE = {item: re.compile(rf"(?:{title})\w*", re.IGNORECASE) for item, title in _TITLES.items()}
_ANY_TITLE = re.compile(r"[\[(]?[A-Z]")
# What follows a title in a heading: nothing, a page number, "(continued)", a run-in heading. In a sentence: words.
_RUNS_ON = re.compile(
    r"""\s*[,;"\u201d\u2019'] | \s+(?:(?:of|in|to|on|under)\s+(?:this|our|the\s+(?:annual|form|report))|above|below|for
        |and\s+in|section)\b""",
    re.VERBOSE,
)
_SAYS = re.compile(r"[^.:]*?\s(?:is|are|was|were|has|have|describes?|contains?|lists?|discusses|includes?|sets?)\s")
_TITLE_WIDTH = 160
"""A longer title is a heading only where a run-in heading's stop ends it."""

# Headings without a number, as some filings set them
_BUSINESS_ALONE = re.compile(
    rf"{_LINE_START}(?:1\.{_BLANK})?(?:DESCRIPTION OF )?(?:OUR |THE )?BUSINESS\.?{_BLANK}(?=[\n\r]|$)", re.IGNORECASE
)
_NEXT = re.compile(
    rf"""{_LINE_START}(?:(?:2|1A)\.{_BLANK})?
        (?:(?:DESCRIPTION[ ]OF[ ])?PROPERT(?:Y|IES)|RISK[ ]FACTORS|UNRESOLVED[ ]STAFF[ ]COMMENTS|LEGAL[ ]PROCEEDINGS)
        \.?{_BLANK}(?=[\n\r]|$)""",
    re.IGNORECASE | re.VERBOSE,
)
_LETTER_OF_TEXT = re.compile(r"[^\W\d_]")
"""Without a letter under it a heading is one of a table of contents."""
_BARE_LEAST = 2_000
"""What stands under a bare "Business" is the item only where it is so long."""

# "The information under "Business" in the Annual Report is incorporated herein by reference."
_REFERENCE = re.compile(
    r"[^.]*\bincorporated\s+(?:(?:herein|into\s+this|in\s+this)\s+)?(?:\w+\s+)?by\s+(?:this\s+)?reference\b[^.]*\.?",
    re.IGNORECASE,
)
_REFERENCE_WIDTH = 2_000
_REST = 400
"""An item that is longer, or says more besides, says more than where to find what it should say."""
_MOST = 2_000
"""No filing has so many headings of items; what comes after is not looked at."""
_PREAMBLE = 400
"""So much may stand before the only item of a file that holds nothing but it: "PART I", the company's name."""


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of a filing's text that one heading opens: ("1", "2") for "Items 1 and 2".

    It runs from the heading's `start` to `end`; what stands under the heading begins at `begin`.
    """

    names: tuple[str, ...]
    start: int
    begin: int
    end: int

    @property
    def label(self) -> str:
        """As the record names it: "item 1", "items 1 and 2"."""
        return f"item{'s' * (len(self.names) > 1)} {' and '.join(self.names)}"


@dataclass(frozen=True, slots=True)
class _Heading:
    """What may be a heading: the items that it names, and its title."""

    names: tuple[str, ...]
    start: int
    begin: int
    title: str

    def is_one(self, expected: re.Pattern[str]) -> bool:
        """Whether the title is a heading's and not a sentence; that of several items has commas."""
        found = expected.match(self.title)
        if not found:
            return False
        rest = self.title[found.end() :]
        if _RUNS_ON.match(rest.lstrip(",") if len(self.names) > 1 else rest) or _SAYS.match(rest):
            return False
        return len(self.title) <= _TITLE_WIDTH or re.match(r"\w*\s*(?:[.:\u2013\u2014-]|\s{2})", rest) is not None


class Contents:
    """The items of a filing, found by their headings."""

    def __init__(self, text: str) -> None:
        self._text = text
        candidates = list(islice(_candidates(text), _MOST))
        self._headings = [h for h in candidates if h.is_one(_TITLE.get(h.names[0], _ANY_TITLE))]
        self._candidates = [h for h in candidates if h.is_one(_ANY_TITLE)]
        stops = (found for pattern in (_PART, _SIGNATURES) for found in islice(pattern.finditer(text), _MOST))
        self._stops = sorted(found.start() for found in stops)

    @property
    def names(self) -> list[str]:
        """The names of all items that have a heading with their title, in order."""
        return sorted({name for heading in self._headings for name in heading.names}, key=_rank)

    def find(self, name: str) -> Item | None:
        """The item of that name ("1", "1A"): of all its headings the one with most text under it; None where none is.

        A heading has the item's title; where none has, any title, and where there is no number, the title alone.
        """
        found = self._longest(self._headings, name) or self._longest(self._candidates, name)
        if name == "1" and (found is None or found.end - found.begin < _BARE_LEAST):
            return _bare_business(self._text) or found
        return found

    def holds_only(self, item: Item) -> bool:
        """Whether there is no other item in the text, and little stands before this one."""
        others = set(self.names) - set(item.names)
        return item.start <= _PREAMBLE and not others and item.end == len(self._text)

    def _longest(self, headings: Sequence[_Heading], name: str) -> Item | None:
        items = [self._item(headings, number) for number, heading in enumerate(headings) if name in heading.names]
        longest = max(items, key=lambda item: item.end - item.begin, default=None)
        if longest and _LETTER_OF_TEXT.search(self._text, longest.begin, longest.end):
            return longest
        return None

    def _item(self, headings: Sequence[_Heading], number: int) -> Item:
        """What stands under a heading: up to the next of a later item, or the next part."""
        heading = headings[number]
        last = max(map(_rank, heading.names))
        later = (other.start for other in headings[number + 1 :] if min(map(_rank, other.names)) > last)
        stop = bisect_right(self._stops, heading.start)
        length = len(self._text)
        end = min(next(later, length), self._stops[stop] if stop < len(self._stops) else length)
        return Item(heading.names, heading.start, heading.begin, max(end, heading.begin))


def is_reference(text: str, item: Item) -> bool:
    """Whether an item says little but that another document holds what it should say."""
    if item.end - item.begin > _REFERENCE_WIDTH:
        return False
    rest, references = _REFERENCE.subn("", text[item.begin : item.end])
    return references > 0 and len(rest.strip()) < _REST


def default_item(form: str | None) -> str:
    """The item that describes the business: 4 of a 20-F, 1 of any other form."""
    return "4" if form is not None and form.upper().startswith("20") else "1"


def _rank(name: str) -> tuple[int, str]:
    return int(name.rstrip("ABC")), name[-1] if name[-1] in "ABC" else ""


def _candidates(text: str) -> Iterator[_Heading]:
    for found in _HEADING.finditer(text):
        names = _names(found["first"] + found["more"])
        title = found["title"].strip()
        if names and not (found["title"] and not found["stop"] and found["title"][0].islower()):
            yield _Heading(names, found.start("item"), found.end(), title)


def _names(numbers: str) -> tuple[str, ...]:
    names = []
    for number, letter in _ONE.findall(re.sub(r"(?i)items?|and|through", " ", numbers)):
        name = ("1" if number in "Il" else number.lstrip("0")) + letter.upper()
        if name[:1].isdigit() and name not in names:
            names.append(name)
    return tuple(names)


def _bare_business(text: str) -> Item | None:
    """The longest stretch between a line "Business" and a line "Risk Factors", "Properties" or "Legal Proceedings"."""
    ends = [found.start() for found in islice(_NEXT.finditer(text), _MOST)]
    items = []
    for found in islice(_BUSINESS_ALONE.finditer(text), _MOST):
        end = bisect_right(ends, found.start())
        if end < len(ends):
            items.append(Item(("1",), found.start(), found.end(), ends[end]))
    item = max(items, key=lambda item: item.end - item.start, default=None)
    return item if item and item.end - item.start >= _BARE_LEAST else None
