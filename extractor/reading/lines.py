"""What each line of a filing is by itself: text, page furniture, a list mark, a table row."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

LineKind = Literal["blank", "furniture", "mark", "row", "text"]

# Round, square and pointed bullets, ticks, and those of Wingdings and cp1252 that lost their font or encoding.
_BULLETS = (
    "\u2022\u2023\u2219\u25cf\u25cb\u25e6\u25aa\u25ab\u25a0\u25a1\u25b6\u25ba\u25c6\u2666\u2756\u2713\u2714\u27a2\u00b7"
    "\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc\u0095"
)
_CLOSERS = "\"'\u201d\u2019\u0092\u0094)]"

# "2", "- 9 -", "[12]", "F-3", "Page 3 of 10", "iv", "- 2", "2 -"
_PAGE_NUMBER = re.compile(
    r"""[-\u2013\u2014\[(~]* \s* (?:page|p\.|pg\.?)? \s* (?:[a-z]{1,2}-)? (?:\d{1,3}|[ivx]{1,5}) \s*
        (?:of\s*\d{1,4})? \s* [-\u2013\u2014\])~]*""",
    re.IGNORECASE | re.VERBOSE,
)
# "Table of Contents", "<PAGE> 7", "<S>  <C>", "[FN]", "ITEM 1. BUSINESS (CONTINUED).", "Fiscal 2024 Form 10-K  3"
_RUNNING = re.compile(
    r"""(?:back\s+to\s+)?table\s+of\s+contents
        | index\s+to\s+(?:consolidated\s+)?financial\s+statements
        | </?(?:page|table|caption|s|c|fn|text|type|document|btb|f\d{1,2})>.{0,80}
        | \[/?(?:fn|art)[^\]]{0,40}\]
        | .{0,60}\(cont(?:inued|'d|\.)\)[.:]?
        | .{0,40}\bform\s+10-k\w{0,6}(?:\s*[|\-\u2013]?\s*\d{1,3})?""",
    re.IGNORECASE | re.VERBOSE,
)
# "Index to Financial Statements the rules that": a running line that a page's end left in front of the next page's text
_GLUED = re.compile(
    r"(?:table\s+of\s+contents|index\s+to\s+(?:consolidated\s+)?financial\s+statements)\s+(?=(?-i:[a-z])|.{60})",
    re.IGNORECASE,
)
# "-----", "=====", "--+------", "* * *", "____"
_RULE = re.compile(r"[-=_+*~.|\u2013\u2014\u2500-\u257f\s]+")
# "\u25cf | text", "\u2022 text", "o text", "- text", "** text"
_MARK = re.compile(rf"(?:[{_BULLETS}]+(?:\s*\|)?\s*|(?:o|--?|[\u2013\u2014]|\*{{1,3}})(?:\s*\|)?\s+)(?=\S)")
_LONE_MARK = re.compile(rf"(?:[{_BULLETS}]|[o*-])(?:\s*\|)?")
# One character each, so that offsets hold; old files end lines with "\r", pages with a form feed.
_LINE_END = re.compile("[\n\r\x0b\x0c\u2028\u2029]")
DOT_LEADER = re.compile(r"\.{4,}|(?:\.\s){3,}|\u2026{2,}")
FIGURE = re.compile(r"[$(]{0,2}\d[\d,.]*[%)]{0,2}")
_WIDE_GAP = re.compile(r"\S(?: {3,}|\s*\t\s*)\S")
# Two blanks after a full stop are how typists part sentences.
_CELL_GAP = re.compile(r"[^\s.!?:;](?: {2,}|\t)(?=\S)")
# "Item 1. Business ........ 3": a line of the table of contents
_PAGE_REFERENCE = re.compile(r"(?:\.{3,}|\.\s\.\s|\s{2,}|\t)\s*\d{1,3}$")
_WORD = re.compile(r"[^\W\d_]{2,}")
_TABLE_MARK = re.compile(r"<(/?)table>", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}")

_MARKUP_WIDTH = 140
"""Longer lines are neither running lines nor page numbers."""
_ROW_WIDTH = 400
"""Longer lines are a row only when dot leaders say so."""
_REPEATS = 3
"""How often a line must come back beside a page's end to be a running line."""

# After these a full stop need not end a sentence.
_ABBREVIATION = re.compile(
    r"\b(?:inc|corp|co|ltd|nos?|approx|etc|vs|jr|sr|dr|mrs?|ms|st|[a-z])\.$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Line:
    """A line without the white space around it; `mark` is how many characters its bullet takes."""

    kind: LineKind
    start: int
    words: str
    indent: int
    mark: int = 0
    glued: bool = False
    """Whether a running line stood in front and was cut off."""

    @property
    def end(self) -> int:
        return self.start + len(self.words)

    @property
    def width(self) -> int:
        return self.indent + len(self.words)


def has_cells(words: str) -> bool:
    """Whether a line stands in three columns or more: "Name  Age  Position"."""
    return len(_CELL_GAP.findall(words)) >= 2


def refers_to_page(words: str) -> bool:
    """Whether a line is one of a table of contents."""
    return _PAGE_REFERENCE.search(words[-_MARKUP_WIDTH:]) is not None


def ends_with_stop(words: str) -> bool:
    """Whether a line's text ends as a sentence, or an item of a list, does."""
    return words.rstrip(_CLOSERS)[-1:] in {".", "!", "?", ":", ";"}


def ends_with_abbreviation(words: str) -> bool:
    """Whether the full stop at a line's end may be that of an abbreviation: "Acme Inc.", "the U.S.", "a B.S."."""
    return _ABBREVIATION.search(words[-12:]) is not None


def scan(text: str) -> list[Line]:
    """The lines of `text`, each with its kind."""
    lines = []
    position = 0
    in_table = False
    for raw in _LINE_END.split(text):
        words = raw.strip()
        indent = len(raw) - len(raw.lstrip()) if words else 0
        line = Line("text", position + indent, words, indent)
        _classify(line)
        if table := _TABLE_MARK.match(words):
            in_table = not table[1]
        elif in_table and line.kind == "text":
            line.kind = "row"
        lines.append(line)
        position += len(raw) + 1
    _settle_dashes(lines)
    _mark_running_lines(lines)
    return lines


def _classify(line: Line) -> None:
    words = line.words
    if not words:
        line.kind = "blank"
        return
    if len(words) <= _MARKUP_WIDTH and (_PAGE_NUMBER.fullmatch(words) or _RUNNING.fullmatch(words)):
        line.kind = "furniture"
    elif _LONE_MARK.fullmatch(words):
        line.kind = "mark"
    elif _RULE.fullmatch(words):
        line.kind = "furniture"
    elif mark := _MARK.match(words):
        line.mark = mark.end()
    elif _is_row(words):
        line.kind = "row"
    elif glued := _GLUED.match(words):
        line.start += glued.end()
        line.words = words[glued.end() :]
        line.glued = True


def _is_row(words: str) -> bool:
    if DOT_LEADER.search(words) and FIGURE.search(words):
        return True
    if len(words) > _ROW_WIDTH or ends_with_stop(words):
        return False
    figures = len(FIGURE.findall(words))
    if not figures:
        return False
    if FIGURE.fullmatch(words) or _WIDE_GAP.search(words) or has_cells(words):
        return True
    return _is_mostly_figures(words, figures)


def _is_mostly_figures(words: str, figures: int) -> bool:
    """Whether figures outweigh words; in running text nearly all words are in lower case, in tables few."""
    found = _WORD.findall(words)
    lower = sum(word[0].islower() for word in found)
    if figures >= 2 and figures >= len(found) and lower <= figures // 2:
        return True
    return figures >= 5 and lower < figures and figures * 3 >= len(found) and words[-1] in "0123456789%)"


def _settle_dashes(lines: Sequence[Line]) -> None:
    """A lone "-" beside a page number belongs to it ("2\\n-\\n"); elsewhere it is the mark of a list."""
    filled = [line for line in lines if line.kind != "blank"]
    for before, line, after in zip([None, *filled], filled, [*filled[1:], None], strict=False):
        if line.kind == "mark" and line.words[0] in "-*":
            beside = [other for other in (before, after) if other is not None]
            if after is None or any(_PAGE_NUMBER.fullmatch(other.words) for other in beside):
                line.kind = "furniture"


def _mark_running_lines(lines: Sequence[Line]) -> None:
    """Lines that come back at the ends of pages become furniture: "ACME CORP.", "Annual Report 2001   12"."""
    filled = [line for line in lines if line.kind != "blank"]
    for group in (_numbered_lines(filled), _lines_beside_furniture(filled)):
        for line in group:
            line.kind = "furniture"
            line.mark = 0


def _numbered_lines(filled: Iterable[Line]) -> list[Line]:
    """Short lines alike but for a number that grows from each to the next."""
    alike: defaultdict[str, list[Line]] = defaultdict(list)
    for line in filled:
        if line.kind in ("text", "row") and len(line.words) <= 80 and not ends_with_stop(line.words):
            numbers = _NUMBER.findall(line.words)
            if numbers and line.words.endswith(numbers[-1]) and _WORD.search(line.words):
                alike[line.words[: -len(numbers[-1])]].append(line)
    found = []
    for shape, group in alike.items():
        pages = [int(line.words[len(shape) :]) for line in group]
        if len(group) >= _REPEATS and all(0 < after - before <= 3 for before, after in pairwise(pages)):
            found.extend(group)
    return found


def _lines_beside_furniture(filled: Sequence[Line]) -> list[Line]:
    """Short lines that come back, each time beside a page number or another running line."""
    count = Counter(line.words for line in filled if len(line.words) <= 80)
    beside: defaultdict[str, list[Line]] = defaultdict(list)
    for before, line, after in zip([None, *filled], filled, [*filled[1:], None], strict=False):
        if line.kind != "text" or count[line.words] < _REPEATS or ends_with_stop(line.words):
            continue
        if any(other is not None and other.kind == "furniture" for other in (before, after)):
            beside[line.words].append(line)
    return [line for words, group in beside.items() if len(group) == count[words] for line in group]
