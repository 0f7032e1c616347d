"""What the tags of a page make of its text: lines of paragraphs, of lists and of tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 blockquote center ul ol dl dt dd hr section article header footer main aside figure "
    "figcaption form fieldset address body html caption title".split()
)
# What a reader does not see or takes for a blank; C1 controls are what cp1252 has there.
_CHARACTERS = {
    **dict.fromkeys((173, 8203, 8288, 65279, 8206, 8207, *range(8234, 8239), *range(8294, 8298))),
    **{code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)},
    **dict.fromkeys((0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000), " "),
}
_SPACE = re.compile(r"[ \t\n\r\f\v\u0085\u2028\u2029\x00-\x08\x0e-\x1f]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_SYMBOL_FONT = re.compile(r"wingdings|symbol|webdings", re.IGNORECASE)
# "\u2022", "o", "-", "(1)", "(iv)", "2.", "Item 1A.": what stands in a narrow column in front of text
_MARKER = re.compile(
    r"(?:[\u2022\u2023\u25aa\u25ab\u25a0\u25a1\u25cf\u25cb\u25e6\u2013\u2014\u00b7\u2666\u27a2\u2713*o§-]|\(?[a-z0-9]{1,4}[.)]|(?:part|items?)\s.{1,12})",
    re.IGNORECASE,
)
_BULLETS = "\u2022\u2023\u25aa\u25ab\u25a0\u25a1\u25cf\u25cb\u25e6\u00b7\u2013\u2014-*"
_OPENS = frozenset(["$", "($", "(", "€", "£", "¥"])
_CLOSES = frozenset([")", "%", ")%", "%)", "x"])
_GAP = "  "
"""Between the cells of a row."""
_ROW_WIDTH = 60
"""A row of one cell that is longer, or ends as a sentence does, is a paragraph."""
_LAYOUT_WIDTH = 600
"""Cells that hold so much text in several paragraphs stand side by side on the page only."""
_DEEPEST = 16
"""Tables nested deeper are taken for plain blocks."""


@dataclass(slots=True)
class _Flow:
    """Lines in the making: those of the page, or of a table's cell. An empty line parts two paragraphs."""

    lines: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    marker: str = ""

    def end_line(self) -> bool:
        """Whether there was any text in the line that ends."""
        text = _SPACE.sub(" ", "".join(self.inline)).strip()
        self.inline.clear()
        if not text:
            return False
        if self.marker and text[0] not in _BULLETS:
            text = f"{self.marker} {text}"
        self.marker = ""
        self.lines.append(text)
        return True

    def end_paragraph(self) -> None:
        self.end_line()
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def extend(self, lines: list[str]) -> None:
        """Adds lines that are done."""
        if not self.lines:
            self.lines = lines
        else:
            self.lines += lines


@dataclass(slots=True)
class _Table:
    lines: list[str] = field(default_factory=list)
    row: list[list[str]] = field(default_factory=list)
    open_cell: bool = False

    def end_row(self) -> None:
        cells = [cell for cell in self.row if any(cell)]
        self.row = []
        if not cells:
            return
        if len(cells) == 1:
            self._add_single(cells[0])
        elif len(cells) == 2 and len(cells[0]) == 1 and _MARKER.fullmatch(cells[0][0]):
            self._add_paragraphs([f"{cells[0][0]} {cells[1][0]}", *cells[1][1:]])
        elif any(len(cell) > 2 and sum(map(len, cell)) > _LAYOUT_WIDTH for cell in cells):
            for cell in cells:
                self._add_paragraphs(cell)
        else:
            self.lines.append(_GAP.join(_joined_cells([" ".join(filter(None, cell)) for cell in cells])))

    def _add_single(self, cell: list[str]) -> None:
        if len(cell) > 1 or len(cell[0]) > _ROW_WIDTH or cell[0].endswith("."):
            self._add_paragraphs(cell)
        else:
            self.lines += cell

    def _add_paragraphs(self, lines: list[str]) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")
        self.lines += lines
        if self.lines[-1]:
            self.lines.append("")


class Lines:
    """Takes the tags and the text that a reader sees, in order, and gives lines."""

    def __init__(self) -> None:
        self._flows = [_Flow()]
        self._tables: list[_Table] = []
        self._ignored_tables = 0
        self._preformatted = 0
        self._symbols: list[bool] = []
        self._numbers: list[int | None] = []

    def finished(self) -> list[str]:
        """All lines; nothing can be added after."""
        while self._tables:
            self._end_table()
        self._flows[0].end_paragraph()
        return self._flows[0].lines

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        if tag in ("font", "span"):
            face = attributes.get("face") or attributes.get("style") or ""
            self._symbols.append(_SYMBOL_FONT.search(face) is not None)
        elif tag == "br":
            self._break_line()
        elif tag == "table":
            self._start_table()
        elif tag in ("tr", "td", "th"):
            self._start_in_table(tag)
        elif tag == "li":
            self._start_item()
        elif tag == "pre":
            self._flow.end_paragraph()
            self._preformatted += 1
        elif tag in _BLOCKS:
            self._flow.end_paragraph()
            if tag in ("ul", "ol"):
                self._numbers.append(0 if tag == "ol" else None)

    def end(self, tag: str) -> None:
        """A tag closes."""
        if tag in ("font", "span"):
            if self._symbols:
                self._symbols.pop()
        elif tag == "table":
            self._close_table()
        elif tag in ("tr", "td", "th"):
            self._end_in_table(tag)
        elif tag == "li":
            self._flow.end_line()
        elif tag == "pre":
            self._preformatted = max(0, self._preformatted - 1)
            self._flow.end_paragraph()
        elif tag in _BLOCKS:
            self._flow.end_paragraph()
            if tag in ("ul", "ol") and self._numbers:
                self._numbers.pop()

    def add(self, text: str) -> None:
        """Text within the tags that are open."""
        text = text.translate(_CHARACTERS)
        if self._symbols and self._symbols[-1] and len(text.strip()) == 1:
            text = "\u2022 "
        if self._preformatted:
            self._add_preformatted(text)
        else:
            self._flow.inline.append(text)

    @property
    def _flow(self) -> _Flow:
        return self._flows[-1]

    def _add_preformatted(self, text: str) -> None:
        first, *rest = _BLANK_LINES.sub("\n\n", text.replace("\r\n", "\n")).split("\n")
        self._flow.inline.append(first)
        for line in rest:
            done = _CONTROL.sub("", "".join(self._flow.inline)).rstrip()
            if done or (self._flow.lines and self._flow.lines[-1]):
                self._flow.lines.append(done)
            self._flow.inline = [line]

    def _break_line(self) -> None:
        if not self._flow.end_line():
            self._flow.end_paragraph()

    def _start_item(self) -> None:
        self._flow.end_line()
        self._flow.marker = "\u2022"
        if self._numbers and (number := self._numbers[-1]) is not None:
            self._numbers[-1] = number + 1
            self._flow.marker = f"{number + 1}."

    def _start_table(self) -> None:
        self._flow.end_paragraph()
        if len(self._tables) >= _DEEPEST:
            self._ignored_tables += 1
        else:
            self._tables.append(_Table())

    def _start_in_table(self, tag: str) -> None:
        if not self._tables or self._ignored_tables:
            self._flow.end_paragraph()
            return
        self._end_cell()
        if tag == "tr":
            self._tables[-1].end_row()
        else:
            self._flows.append(_Flow())
            self._tables[-1].open_cell = True

    def _end_in_table(self, tag: str) -> None:
        if not self._tables or self._ignored_tables:
            self._flow.end_paragraph()
            return
        self._end_cell()
        if tag == "tr":
            self._tables[-1].end_row()

    def _end_cell(self) -> None:
        table = self._tables[-1]
        if table.open_cell:
            flow = self._flows.pop()
            flow.end_line()
            while flow.lines and not flow.lines[-1]:
                flow.lines.pop()
            table.row.append(flow.lines)
            table.open_cell = False

    def _close_table(self) -> None:
        if self._ignored_tables:
            self._ignored_tables -= 1
            self._flow.end_paragraph()
        elif self._tables:
            self._end_table()

    def _end_table(self) -> None:
        self._end_cell()
        table = self._tables.pop()
        table.end_row()
        self._flow.end_paragraph()
        self._flow.extend(table.lines)
        self._flow.end_paragraph()


def _joined_cells(cells: list[str]) -> list[str]:
    """The cells with a figure's signs joined to it: "$", "108", "%" is one."""
    joined: list[str] = []
    opened = ""
    for cell in cells:
        if cell in _OPENS:
            opened += cell
        elif cell in _CLOSES and joined and not opened:
            joined[-1] += cell
        else:
            joined.append(opened + cell)
            opened = ""
    return [*joined, opened] if opened else joined
