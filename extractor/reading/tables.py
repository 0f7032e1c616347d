"""Tables that lost their lines: rows run together in one line, cells on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractor.reading.lines import FIGURE, ends_with_abbreviation, ends_with_stop

if TYPE_CHECKING:
    from extractor.reading.layout import Draft

# The end of a row in a line that holds several: "Hardgoods........ 24 Stationery........ 11" ends one before "Stat".
_ROW_END = re.compile(
    r"(?:\.{4,}|(?:\.\s){3,}|\u2026{2,})[.\s]*(?:[$(]*\s?(?:\d[\d,.]*[%)]*|[-\u2013\u2014]+(?=\s|$))\s*)+"
)
_AFTER_FIGURE = re.compile(r"(?<=[\d%)])\s+(?=[A-Z(][A-Za-z ])")
_RULE = re.compile(r"[-=_]{4,}")
_COLUMNS = re.compile(r"\S(?: {2,}|\t)\S")
_CELL_WIDTH = 60
_CELLS = 6
"""So many short lines in a row, without a full sentence between them, are the cells of a table."""


def rows_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The rows in one line of a table, as spans of `text`."""
    cuts = [(match.end(), match.end()) for match in _ROW_END.finditer(text, start, end)]
    cuts += [match.span() for match in _RULE.finditer(text, start, end)]
    rows = []
    position = start
    for cut_start, cut_end in [*sorted(cuts), (end, end)]:
        if row := text[position:cut_start].strip(" .\t"):
            first = text.index(row, position)
            rows.append((first, first + len(row)))
        position = max(position, cut_end)
    return _without_total(text, rows if len(rows) > 1 else _parted(text, start, end))


def _parted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The rows of a line like "Pens $159 $422 Cups 69 137 Plates 5 10", one when it does not look like several."""
    cuts = [gap.span() for gap in _AFTER_FIGURE.finditer(text, start, end)]
    starts, ends = [start, *(cut[1] for cut in cuts)], [*(cut[0] for cut in cuts), end]
    rows = list(zip(starts, ends, strict=True))
    counts = [len(FIGURE.findall(text, *row)) for row in rows]
    alike = sum(count == max(counts[:-1], default=0) for count in counts)
    return rows if alike >= 2 and max(counts) >= 2 else [(start, end)]


def _without_total(text: str, rows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """`rows` with a total that has no name of its own ("Jewelry..... 2 100%") parted from the last."""
    if len(rows) < 3:
        return rows
    counts = [len(FIGURE.findall(text, *row)) for row in rows]
    columns = counts[-2]
    if counts[-1] != 2 * columns or columns == 0:
        return rows
    total = list(FIGURE.finditer(text, *rows[-1]))[columns]
    return [*rows[:-1], (rows[-1][0], total.start()), (total.start(), rows[-1][1])]


def gather_cells(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """`drafts` with each long run of short lines made one table, and a table's head joined to it."""
    gathered: list[Draft] = []
    position = 0
    while position < len(drafts):
        end = position
        while end < len(drafts) and _is_cell(text, drafts[end]):
            end += 1
        run = list(drafts[position:end])
        if not run:
            gathered.append(drafts[position])
            position += 1
            continue
        gathered.extend(_tabled(text, run, gathered[-1] if gathered else None, is_last=end == len(drafts)))
        position = end
    return gathered


def _is_cell(text: str, draft: Draft) -> bool:
    if draft.kind == "table":
        return True
    start, end = draft.pieces[0][0], draft.pieces[-1][1]
    if draft.kind == "heading":
        return True
    if draft.kind == "bullet" or end - start > _CELL_WIDTH:
        return False
    words = text[start:end]
    return not ends_with_stop(words) or ends_with_abbreviation(words)


def _tabled(text: str, run: list[Draft], before: Draft | None, *, is_last: bool) -> list[Draft]:
    led_in = before is not None and text[before.block.start : before.block.end].endswith(":")
    first = 0 if led_in else next((i for i, draft in enumerate(run) if draft.kind != "heading" or i), len(run))
    last = len(run)
    after_rows = len(run) > 1 and run[-2].kind == "table"
    if run[-1].kind == "heading" and not is_last and (after_rows or not led_in):
        last -= 1
    cells = run[first:last]
    if not any(draft.kind == "table" for draft in cells) and len(cells) < _CELLS:
        return run
    if len(cells) < _CELLS:
        return _with_heads(text, run)
    table = cells[0]
    table.kind = "table"
    for draft in cells[1:]:
        table.pieces.extend(draft.pieces)
    return [*run[:first], table, *run[last:]]


def _with_heads(text: str, run: list[Draft]) -> list[Draft]:
    """`run` with what stands over or between a table's rows ("(in thousands)", "Region  Stores") joined to it."""
    joined: list[Draft] = []
    for position, draft in enumerate(run):
        below = run[position + 1].kind == "table" if position + 1 < len(run) else False
        if draft.kind == "table" or (below and _is_head(text, draft)):
            draft.kind = "table"
            if joined and joined[-1].kind == "table":
                joined[-1].pieces.extend(draft.pieces)
                continue
        joined.append(draft)
    return joined


def _is_head(text: str, draft: Draft) -> bool:
    return draft.kind == "paragraph" or _COLUMNS.search(text, draft.pieces[0][0], draft.pieces[-1][1]) is not None
