"""Lines to blocks: which lines make one paragraph, one heading, one item of a list, one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.document import Block, BlockKind
from extractor.reading.headings import (
    ENUMERATOR,
    SMALL_WORDS,
    is_heading,
    is_item,
    is_plain_heading,
    is_stopped_heading,
)
from extractor.reading.lines import Line, ends_with_abbreviation, ends_with_stop, has_cells, scan
from extractor.reading.lists import ITEM_END, mark_items
from extractor.reading.tables import gather_cells

_LONG_LINE = 100
"""Wider lines were not wrapped by hand: each is a paragraph, or was cut by a page's end."""
_NARROW_LINE = 50
"""Narrower lines say nothing about the column in which a text was wrapped."""
_WRAPPED_SHARE = 0.8
_ROW_HEAD = 40
"""The longest line within a table that, ending with a colon, belongs to it."""
_RAGGED = 3
"""How many columns short of the widest a wrapped line may stay although the next word would have fitted."""


@dataclass(slots=True)
class Draft:
    """A block in the making: `pieces` are the spans of its text without furniture, marks and rules."""

    kind: BlockKind
    pieces: list[tuple[int, int]] = field(default_factory=list)

    @property
    def block(self) -> Block:
        return Block(self.kind, self.pieces[0][0], self.pieces[-1][1])


@dataclass(slots=True)
class _Gap:
    """What lies between a line of text and the one before it."""

    blank: bool = False
    furniture: bool = False
    mark: bool = False


def lay_out(text: str) -> list[Draft]:
    """The blocks of `text`, in order."""
    lines = scan(text)
    placing = _Placing(_wrap_column(lines))
    gap = _Gap()
    filled: list[tuple[Line, _Gap]] = []
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
            gap = _Gap()
    for number, (line, gap) in enumerate(filled):
        placing.place(line, gap, filled[number + 1] if number + 1 < len(filled) else None)
    drafts = gather_cells(text, placing.drafts)
    mark_items(text, drafts)
    return drafts


def _wrap_column(lines: Sequence[Line]) -> int | None:
    """The column at which the text was wrapped by hand; None when a paragraph is a line."""
    widths = sorted(line.width for line in lines if line.kind == "text" and line.width >= _NARROW_LINE)
    wrapped = [width for width in widths if width <= _LONG_LINE]
    if not wrapped or len(wrapped) < _WRAPPED_SHARE * len(widths):
        return None
    return wrapped[len(wrapped) * 19 // 20]


@dataclass(slots=True)
class _Placing:
    """Puts one line after the other into blocks."""

    column: int | None
    drafts: list[Draft] = field(default_factory=list)
    before: Line | None = None
    in_list: bool = False
    """Whether the last block is the "(1) ..." of a list."""

    def place(self, line: Line, gap: _Gap, following: tuple[Line, _Gap] | None) -> None:
        draft = self.drafts[-1] if self.drafts else None
        enumerator = 0
        piece = (line.start + line.mark, line.end)
        if line.mark and draft and self._is_dash_in_text(draft, line, gap):
            draft.pieces.append((line.start, line.end))
        elif gap.mark or line.mark:
            self.drafts.append(Draft("heading" if self._is_marked_heading(line, following) else "bullet", [piece]))
        elif self._is_row(line, draft, gap):
            if draft and draft.kind == "table":
                draft.pieces.append(piece)
            else:
                self.drafts.append(Draft("table", [piece]))
        elif enumerator := self._enumerator(line):
            self.drafts.append(Draft("bullet", [(line.start + enumerator, line.end)]))
        elif draft and self._continues(draft, line, gap):
            draft.pieces.append(piece)
        elif self._is_heading(line, gap, following):
            self.drafts.append(Draft("heading", [piece]))
        else:
            self.drafts.append(Draft("paragraph", [piece]))
        self.before = line
        self.in_list = bool(enumerator) or (self.in_list and self.drafts[-1] is draft)

    def _is_dash_in_text(self, draft: Draft, line: Line, gap: _Gap) -> bool:
        """Whether what looks like a list's mark is a dash of running text that a line began with."""
        before = self.before
        if before is None or gap.blank or gap.furniture or draft.kind not in ("paragraph", "bullet"):
            return False
        return line.words[0] in "-\u2013\u2014" and not ends_with_stop(before.words) and self._is_full(before, line)

    def _is_row(self, line: Line, draft: Draft | None, gap: _Gap) -> bool:
        """Whether a line is a table's row, and not a line of running text that happens to be full of figures."""
        if is_item(line.words) and is_heading(line.words):
            return False
        if draft and draft.kind == "table" and not gap.blank and _is_row_head(line.words):
            return True
        if line.kind != "row":
            if not has_cells(line.words) or ends_with_stop(line.words):
                return False
            return self.column is None or is_heading(line.words)
        if (
            draft is None
            or self.before is None
            or draft.kind not in ("paragraph", "bullet")
            or gap.blank
            or has_cells(line.words)
        ):
            return True
        return ends_with_stop(self.before.words) or not self._is_full(self.before, line)

    def _continues(self, draft: Draft, line: Line, gap: _Gap) -> bool:
        before = self.before
        if before is None:
            return False
        if draft.kind == "heading":
            if gap.blank or gap.furniture or not is_heading(f"{before.words} {line.words}"):
                return False
            return _is_cut(before.words) or (self._is_full(before, line) and line.words.isupper())
        if draft.kind == "table":
            return False
        lower = line.words[0].islower()
        if ends_with_stop(before.words):
            if lower and ends_with_abbreviation(before.words):
                return not gap.blank or gap.furniture
            return (
                not gap.blank and not gap.furniture and self._is_full(before, line) and not _is_indented(before, line)
            )
        if ITEM_END.search(before.words) and not gap.furniture and (gap.blank or self.column is None):
            return False
        if lower or _is_cut(before.words):
            return True
        if not gap.blank and not gap.furniture and self._is_full(before, line):
            return True
        if is_heading(line.words) or (gap.blank and not gap.furniture):
            return False
        return before.width > _LONG_LINE or (gap.furniture and before.width > _NARROW_LINE)

    def _is_full(self, before: Line, line: Line) -> bool:
        """Whether `before` ended because the first word of `line` did not fit."""
        if self.column is None or before.width > _LONG_LINE:
            return False
        first = line.mark + len(line.words[line.mark :].split(maxsplit=1)[0])
        return before.width + 1 + first > self.column - _RAGGED

    def _is_heading(self, line: Line, gap: _Gap, following: tuple[Line, _Gap] | None) -> bool:
        if following is None:
            return is_heading(line.words)
        after, after_gap = following
        runs_on = not after_gap.blank and after.kind == "text" and not after.mark and not after_gap.mark
        if runs_on and self._is_full(line, after) and not line.words.isupper():
            return False
        if runs_on and after.words[0].islower():
            return _is_cut(line.words) and self.column is not None and is_heading(f"{line.words} {after.words}")
        if is_heading(line.words):
            return True
        if not (is_plain_heading(line.words) or is_stopped_heading(line.words)):
            return False
        if self._is_led_in() or after_gap.mark or after.mark or after.kind != "text":
            return False
        begins = self.before is None or ends_with_stop(self.before.words) or self.drafts[-1].kind == "heading"
        return begins and len(after.words) > _NARROW_LINE and not is_heading(after.words)

    def _is_marked_heading(self, line: Line, following: tuple[Line, _Gap] | None) -> bool:
        """Whether a bullet stands before a heading, as some filings set it, and not before an item of a list."""
        if following is None or self._is_led_in() or (self.drafts and self.drafts[-1].kind == "bullet"):
            return False
        after, gap = following
        return (
            is_heading(line.words[line.mark :]) and not gap.mark and not after.mark and len(after.words) > _NARROW_LINE
        )

    def _is_led_in(self) -> bool:
        return self.before is not None and self.before.words.endswith(":")

    def _enumerator(self, line: Line) -> int:
        """How many characters the "(1) " or "a. " of a list takes at a line's start; 0 where there is no list."""
        found = ENUMERATOR.match(line.words)
        if not found or found.end() == len(line.words) or not (self.in_list or self._is_led_in()):
            return 0
        return found.end()


def _is_cut(words: str) -> bool:
    """Whether a line breaks off where no sentence or heading ends: at a comma, or "of", "and", "the"."""
    return words.endswith(",") or words.rsplit(maxsplit=1)[-1].lower() in SMALL_WORDS


def _is_row_head(words: str) -> bool:
    """Whether a line within a table stands over the rows that follow: "Net sales:"."""
    return words.endswith(":") and len(words) <= _ROW_HEAD


def _is_indented(before: Line, line: Line) -> bool:
    return line.indent >= before.indent + 2 and not before.mark
