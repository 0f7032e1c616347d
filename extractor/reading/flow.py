"""How lines follow each other: where a paragraph goes on, where it ends, which lines are headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.document import BlockKind
from extractor.reading.headings import SMALL_WORDS, is_heading, is_plain_heading, is_stopped_heading
from extractor.reading.lines import Line, ends_with_abbreviation, ends_with_stop
from extractor.reading.lists import ITEM_END

_LONG_LINE = 100
"""Wider lines were not wrapped by hand: each is a paragraph, or was cut by a page's end."""
_NARROW_LINE = 50
"""Narrower lines say nothing about the column in which a text was wrapped, and follow no heading as its text."""
_WRAPPED_SHARE = 0.8
"""Of the lines that are long enough to tell, how many must be short enough in a text that was wrapped."""
_RAGGED = 3
"""How many columns short of the widest a wrapped line may stay although the next word would have fitted."""


@dataclass(slots=True)
class Gap:
    """What lies between a line of text and the one before it."""

    blank: bool = False
    furniture: bool = False
    mark: bool = False

    @property
    def open(self) -> bool:
        """Whether nothing lies between."""
        return not (self.blank or self.furniture or self.mark)


Following = tuple[Line, Gap] | None
"""The next line of text, and what lies before it."""


def wrap_column(lines: Sequence[Line]) -> int | None:
    """The column at which the text was wrapped by hand; None when a paragraph is a line."""
    widths = sorted(line.width for line in lines if line.kind == "text" and line.width >= _NARROW_LINE)
    wrapped = [width for width in widths if width <= _LONG_LINE]
    if not wrapped or len(wrapped) < _WRAPPED_SHARE * len(widths):
        return None
    return wrapped[len(wrapped) * 19 // 20]


@dataclass(frozen=True, slots=True)
class Flow:
    """Judges how lines follow each other in a text wrapped at `column`, or not wrapped."""

    column: int | None

    def is_full(self, before: Line, line: Line) -> bool:
        """Whether `before` ended because the first word of `line` did not fit."""
        if self.column is None or before.width > _LONG_LINE:
            return False
        first = line.mark + len(line.words[line.mark :].split(maxsplit=1)[0])
        return before.width + 1 + first > self.column - _RAGGED

    def continues(self, kind: BlockKind, before: Line, line: Line, gap: Gap) -> bool:
        """Whether `line` goes on with the block of `kind` that `before` stands last in."""
        if kind == "table":
            return False
        if kind == "heading":
            return gap.open and self._continues_heading(before, line)
        if ends_with_stop(before.words):
            if line.words[0].islower() and ends_with_abbreviation(before.words):
                return gap.furniture or not gap.blank
            return gap.open and self.is_full(before, line) and not _is_indented(before, line)
        return self._continues_sentence(before, line, gap)

    def _continues_heading(self, before: Line, line: Line) -> bool:
        if not is_heading(f"{before.words} {line.words}"):
            return False
        return _is_cut(before.words) or (self.is_full(before, line) and line.words.isupper())

    def _continues_sentence(self, before: Line, line: Line, gap: Gap) -> bool:
        if ITEM_END.search(before.words) and not gap.furniture and (gap.blank or self.column is None):
            return False
        if line.words[0].islower() or _is_cut(before.words) or (gap.open and self.is_full(before, line)):
            return True
        if is_heading(line.words) or (gap.blank and not gap.furniture):
            return False
        return before.width > _LONG_LINE or (gap.furniture and before.width > _NARROW_LINE)

    def is_heading(self, before: Line | None, line: Line, following: Following) -> bool:
        """Whether a line that continues nothing is a heading."""
        if following is None:
            return is_heading(line.words)
        after, gap = following
        both = f"{line.words} {after.words}"
        if gap.open and after.kind == "text" and not after.mark:
            if self.is_full(line, after) and not line.words.isupper():
                return False
            if after.words[0].islower():
                return _is_cut(line.words) and self.column is not None and is_heading(both)
        if _is_cut(line.words) and not is_heading(both):
            return False
        if is_heading(line.words):
            return not (gap.furniture and after.words[0].islower())
        return self._is_heading_by_place(before, line, after, gap)

    def _is_heading_by_place(self, before: Line | None, line: Line, after: Line, gap: Gap) -> bool:
        """Whether a line in sentence case, or with a full stop, stands where a heading does."""
        if not (is_plain_heading(line.words) or is_stopped_heading(line.words)):
            return False
        if before and before.words.endswith(":"):
            return False
        if before and not ends_with_stop(before.words) and not is_heading(before.words):
            return False
        return not gap.furniture and heads_text(after, gap) and not after.words[0].islower()


def heads_text(after: Line, gap: Gap) -> bool:
    """Whether what follows a line is the text that a heading has under it."""
    if gap.mark or after.mark or after.kind != "text":
        return False
    return len(after.words) > _NARROW_LINE and not is_heading(after.words)


def _is_cut(words: str) -> bool:
    """Whether a line breaks off where no sentence or heading ends: at a comma, or "of", "and", "the"."""
    return words.endswith(",") or words.rsplit(maxsplit=1)[-1].lower() in SMALL_WORDS


def _is_indented(before: Line, line: Line) -> bool:
    return line.indent >= before.indent + 2 and not before.mark
