"""The rows of a small table, however its lines were lost: labels with the figures that stand behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_BEFORE, _BEHIND = r"(?<![^\s|(.$€£\-])", r"(?=[\s|]|$)"
# What a table is made of: "(Thousands)", "March 31,", "1994", "Percent", "$159,000", "| 26 | %", "Other(1)", "Lynx".
_TOKEN = re.compile(
    rf"""(?P<line>\n)
    | (?P<gap>[-=_.]{{3,}}|(?:\.\s){{3,}}|…+|[|]|</?[A-Za-z]{{1,8}}>)
    | (?P<scale>\([^()\n]*(?:\bthousands\b|\bmillions\b|000['’]?s?\b)[^()\n]*\))
    | (?P<date>\b{_MONTH}\s+\d{{1,2}}(?!\d),?)
    | (?P<year>{_BEFORE}(?:19|20)\d\d(?=[\s|,;:)]|$)(?!,\d))
    | (?P<kind>\b(?:amounts?|dollars|percent(?:age)?|number|rates?|yields?)\b|%\s+of\s+(?:total|sales|revenues?)\b)
    | (?P<note>(?<=[A-Za-z.)])\s?\((?:\d{{1,2}}|[a-z])\)|(?<=[A-Za-z.)])\s?\*+)
    | (?P<figure>{_BEFORE}(?:[$€£][\s|]*)?\(?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?\)?(?:[\s|]*%)?\)?{_BEHIND})
    | (?P<none>(?<=[\s|])(?:[$€£][\s|]*)?(?:[-–—]+|\*)(?:[\s|]*%)?{_BEHIND}(?![\s|]*[-=_]{{2,}}))
    | (?P<word>[^\s|]+)""",
    re.VERBOSE | re.IGNORECASE,
)
_FIGURE_TOKENS = ("figure", "none")
_HEAD_TOKENS = ("scale", "date", "year", "kind")
_TOTAL = re.compile(r"^(?:grand\s+|sub-?)?totals?\b", re.IGNORECASE)
_NOTE = re.compile(r"\s*\((?:\d{1,2}|[a-z])\)|\*+")
_MOST_TOKENS = 1_500  # of a small table


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a table, with its span in the document."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a row: its number as written, None for a dash or star; negative where it stands in parentheses."""

    value: Decimal | None
    sign: Literal["$", "%", ""]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its span; `label` is "" for a total without a name, None where it cannot be told from what is above.

    `group` is the line over it that ends with a colon: "Real estate loans".
    """

    label: str | None
    group: str | None
    cells: tuple[Cell, ...]
    start: int
    end: int

    @property
    def is_total(self) -> bool:
        """True for a total of all or of some rows."""
        return self.label == "" or (self.label is not None and bool(_TOTAL.match(self.label)))


@dataclass(frozen=True, slots=True)
class Grid:
    """What stands over the rows, as tokens, and the rows."""

    head: tuple[Token, ...]
    rows: tuple[Row, ...]


def grid_of(text: str, start: int, end: int) -> Grid | None:
    """The grid of `text[start:end]`: head and rows of one length; None where the rows have not as many figures."""
    tokens = []
    for token in _tokens(text, start, end):
        tokens.append(token)
        if len(tokens) > _MOST_TOKENS:
            return None
    first = next((n for n, token in enumerate(tokens) if token.kind in _FIGURE_TOKENS), None)
    if first is None:
        return None
    marks = [n for n, token in enumerate(tokens[:first]) if token.kind in _HEAD_TOKENS]
    begin = marks[-1] + 1 if marks else 0
    if any(token.kind in ("year", "scale", "date") for token in tokens[first:]):
        return None  # years among the figures, or a second head
    head_line = [n for n in range(begin, first) if tokens[n].kind == "line"]
    if head_line and any(token.kind == "word" for token in tokens[head_line[0] : first]):
        begin = head_line[0]  # "% of Total Workforce": the rest of the head's line is no label
    rows = _alike(list(_rows(tokens[begin:])))
    return Grid(tuple(tokens[:begin]), rows) if rows else None


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        yield Token(match.lastgroup or "", match.group(), *match.span())


def _rows(tokens: list[Token]) -> Iterator[Row]:
    """The rows in their order: words, then the figures behind them."""
    words: list[Token] = []
    figures: list[Token] = []
    group: str | None = None
    for token in (*tokens, Token("word", "", tokens[-1].end, tokens[-1].end)):
        if token.kind in _FIGURE_TOKENS:
            figures.append(token)
        elif token.kind in ("gap", "note") or (token.kind == "line" and figures):
            continue
        elif figures:
            row, group = _row(words, figures, group)
            yield row
            words, figures = [token], []
        else:
            words.append(token)


def _row(words: list[Token], figures: list[Token], group: str | None) -> tuple[Row, str | None]:
    lines = _lines(words)
    heads = [" ".join(token.text for token in line) for line in lines]
    label: str | None = heads.pop() if heads else ""
    if label and ": " in label:
        over, _, label = label.rpartition(": ")
        heads.append(f"{over}:")
    if heads:
        group = heads[-1].rstrip(":")
    if any(not head.endswith(":") for head in heads):
        label = group = None  # a wrapped label, or one row's name over another's
    label = _NOTE.sub("", label) if label else label
    if label and (label.count("(") != label.count(")") or not re.search(r"[A-Za-z]", label)):
        label = None
    row = Row(
        label.strip(" .:,;-–—") if label else label,
        group,
        tuple(_cell(token) for token in figures),
        lines[-1][0].start if lines else figures[0].start,
        figures[-1].end,
    )
    return row, None if row.is_total else group


def _lines(words: list[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = [[]]
    for token in words:
        if token.kind == "line":
            lines.append([])
        elif token.text:
            lines[-1].append(token)
    return [line for line in lines if line]


def _cell(token: Token) -> Cell:
    digits = re.sub(r"[^\d.]", "", token.text)
    sign: Literal["$", "%", ""] = "%" if "%" in token.text else "$" if token.text[0] in "$€£" else ""
    value = Decimal(digits) if token.kind == "figure" else None
    return Cell(-value if value is not None and "(" in token.text else value, sign, token.start, token.end)


def _alike(rows: list[Row]) -> tuple[Row, ...]:
    """The rows up to the last total, where each has as many figures; () where one has not."""
    if len(rows) < 2:
        return ()
    width = len(rows[0].cells)
    parted: list[Row] = []
    for row in rows:
        if len(row.cells) == width:
            parted.append(row)
        elif len(row.cells) == 2 * width and row is rows[-1]:
            parted += _without_total(row, width)
        elif parted and parted[-1].is_total:
            break  # what follows a total may be of another kind
        else:
            return ()
    return tuple(parted)


def _without_total(row: Row, width: int) -> list[Row]:
    """A last row that a total without a name stands behind, and that total."""
    own, total = row.cells[:width], row.cells[width:]
    return [
        Row(row.label, row.group, own, row.start, own[-1].end),
        Row("", None, total, total[0].start, total[-1].end),
    ]
