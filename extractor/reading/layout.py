"""Lines to blocks: which lines make one paragraph, one heading, one item of a list, one table."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.document import Block, BlockKind
from extractor.reading.flow import Flow, Following, Gap, heads_text, wrap_column
from extractor.reading.headings import ENUMERATOR, is_heading, is_item
from extractor.reading.lines import Line, ends_with_stop, has_cells, refers_to_page, scan
from extractor.reading.lists import mark_items
from extractor.reading.tables import gather_cells

_ROW_HEAD = 40
"""The longest line within a table that, ending with a colon, belongs to it."""


@dataclass(slots=True)
class Draft:
    """A block in the making: `pieces` are the spans of its text without furniture, marks and rules."""

    kind: BlockKind
    pieces: list[tuple[int, int]] = field(default_factory=list)

    @property
    def block(self) -> Block:
        return Block(self.kind, self.pieces[0][0], self.pieces[-1][1])


def lay_out(text: str) -> list[Draft]:
    """The blocks of `text`, in order."""
    lines = scan(text)
    filled: list[tuple[Line, Gap]] = []
    gap = Gap()
    for line in lines:
        if line.kind == "blank":
            gap.blank = True
        elif line.kind == "furniture":
            gap.furniture = True
        elif line.kind == "mark":
            gap.mark = True
        else:
            gap.furniture |= line.glued
            filled.append((line, gap))
            gap = Gap()
    placing = _Placing(Flow(wrap_column(lines)))
    for (line, gap), following in zip(filled, [*filled[1:], None], strict=False):
        placing.place(line, gap, following)
    drafts = gather_cells(text, placing.drafts)
    mark_items(text, drafts)
    return drafts


@dataclass(slots=True)
class _Placing:
    """Puts one line after the other into blocks."""

    flow: Flow
    drafts: list[Draft] = field(default_factory=list)
    before: Line | None = None
    in_list: bool = False
    """Whether the last block is the "(1) ..." of a list."""

    def place(self, line: Line, gap: Gap, following: Following) -> None:
        """Adds `line` to the last block, or opens a new one with it."""
        kind, skipped = self._kind(line, gap, following)
        piece = (line.start + skipped, line.end)
        if kind is None:
            self.drafts[-1].pieces.append(piece)
        else:
            self.drafts.append(Draft(kind, [piece]))
            self.in_list = kind == "bullet" and not line.mark and skipped > 0
        self.before = line

    def _kind(self, line: Line, gap: Gap, following: Following) -> tuple[BlockKind | None, int]:
        """The kind of the block that `line` opens, None where it adds to the last; and how much mark to skip."""
        if self._is_dash_in_text(line, gap):
            return None, 0
        if gap.mark or line.mark:
            return "heading" if self._is_marked_heading(line, following) else "bullet", line.mark
        if self._is_row(line, gap):
            return None if self._last_kind == "table" else "table", 0
        if enumerator := self._enumerator(line):
            return "bullet", enumerator
        if self.before and self.flow.continues(self.drafts[-1].kind, self.before, line, gap):
            return None, 0
        return "heading" if self.flow.is_heading(self.before, line, following) else "paragraph", 0

    @property
    def _last_kind(self) -> BlockKind | None:
        return self.drafts[-1].kind if self.drafts else None

    @property
    def _is_led_in(self) -> bool:
        return self.before is not None and self.before.words.endswith(":")

    def _is_dash_in_text(self, line: Line, gap: Gap) -> bool:
        """Whether what looks like a list's mark is a dash of running text that a line began with."""
        if not line.mark or line.words[0] not in "-\u2013\u2014" or not gap.open or self.before is None:
            return False
        is_text = self._last_kind in ("paragraph", "bullet")
        return is_text and not ends_with_stop(self.before.words) and self.flow.is_full(self.before, line)

    def _is_row(self, line: Line, gap: Gap) -> bool:
        """Whether a line is a table's row, and not a line of running text that happens to be full of figures."""
        words = line.words
        if is_item(words) and is_heading(words) and not refers_to_page(words):
            return False
        if self._last_kind == "table" and not gap.blank and words.endswith(":") and len(words) <= _ROW_HEAD:
            return True
        if line.kind != "row":
            return has_cells(words) and not ends_with_stop(words) and (self.flow.column is None or is_heading(words))
        in_text = self.before is not None and self._last_kind in ("paragraph", "bullet") and not gap.blank
        if not in_text or self.before is None or has_cells(words):
            return True
        return ends_with_stop(self.before.words) or not self.flow.is_full(self.before, line)

    def _is_marked_heading(self, line: Line, following: Following) -> bool:
        """Whether a bullet stands before a heading, as some filings set it, and not before an item of a list."""
        if following is None or self._is_led_in or self._last_kind == "bullet":
            return False
        return is_heading(line.words[line.mark :]) and heads_text(*following)

    def _enumerator(self, line: Line) -> int:
        """How many characters the "(1) " or "a. " of a list takes at a line's start; 0 where there is no list."""
        found = ENUMERATOR.match(line.words)
        if not found or found.end() == len(line.words) or not (self.in_list or self._is_led_in):
            return 0
        return found.end()
