"""The document laid out to be read, every code point of it in order, with the passages that facts rest on marked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from extractor.document import Block, Document, Sentence

Setting = Literal["", "label", "aside"]
"""How a stretch is set within its block: as text, as the run-in heading, as page furniture that cuts the text."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage: what it is called on the page ("rev-3.1"), what kind of thing rests on it ("rev"), and its span."""

    key: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text on which the same marks lie; `opens` are the keys of those that begin with it."""

    start: int
    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[str, ...] = ()
    setting: Setting = ""

    @property
    def is_space(self) -> bool:
        return not self.text or self.text.isspace()

    @property
    def kinds(self) -> list[str]:
        """The kinds of its marks, each once, the first mark's first."""
        return list(dict.fromkeys(mark.kind for mark in self.marks))

    @property
    def facts(self) -> list[str]:
        """The keys of what rests on it, each once."""
        return list(dict.fromkeys(mark.key.partition(".")[0] for mark in self.marks))


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page: a block with its pieces, what stands between blocks, or a list with its items in `regions`.

    `level` is that of a heading's section; `rows` are the offsets where a table's row begins within a line.
    """

    kind: Literal["space", "aside", "heading", "paragraph", "bullet", "table", "list"]
    pieces: tuple[Piece, ...] = ()
    level: int = 0
    rows: frozenset[int] = frozenset()
    regions: tuple[Region, ...] = ()


def pieces_of(text: str, marks: Iterable[Mark], cuts: Iterable[int] = ()) -> Iterator[Piece]:
    """`text` cut at `cuts` and wherever a mark begins or ends; marks lie within the text."""
    begin: dict[int, list[Mark]] = defaultdict(list)
    end: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        begin[mark.start].append(mark)
        end[mark.end].append(mark)
    bounds = sorted({0, len(text), *cuts, *begin, *end})
    lying: dict[Mark, None] = {}
    for start, stop in pairwise(bounds):
        for mark in end[start]:
            lying.pop(mark, None)
        lying.update(dict.fromkeys(begin[start]))
        yield Piece(start, text[start:stop], tuple(lying), tuple(mark.key for mark in begin[start]))


def lay_out(document: Document, marks: Sequence[Mark]) -> list[Region]:
    """The whole text of the document as regions: their pieces one after the other are the text."""
    shapes = list(_shapes(document))
    settings = _settings(document)
    rows = _rows_within_lines(document)
    cuts = {start for shape in shapes for start in (shape.start, shape.end)} | rows
    cuts.update(bound for start, end, _ in settings for bound in (start, end))
    pieces = _Pieces(list(pieces_of(document.text, marks, cuts)), settings)
    return list(_listed(shape.region(pieces, rows) for shape in shapes))


class _Pieces:
    """The pieces of the whole text, found by their span, each with its setting."""

    def __init__(self, pieces: list[Piece], settings: list[tuple[int, int, Setting]]) -> None:
        self._pieces = pieces
        self._starts = [piece.start for piece in pieces]
        for start, end, setting in settings:
            for i in range(*self._range(start, end)):
                pieces[i] = replace(pieces[i], setting=setting)

    def within(self, start: int, end: int) -> tuple[Piece, ...]:
        return tuple(self._pieces[slice(*self._range(start, end))])

    def _range(self, start: int, end: int) -> tuple[int, int]:
        return bisect_left(self._starts, start), bisect_left(self._starts, end)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A region before its pieces are cut."""

    kind: Literal["space", "aside", "heading", "paragraph", "bullet", "table"]
    start: int
    end: int
    level: int = 0

    def region(self, pieces: _Pieces, rows: frozenset[int]) -> Region:
        within = pieces.within(self.start, self.end)
        if self.kind != "table":
            return Region(self.kind, within, self.level)
        return Region(self.kind, within, rows=frozenset(piece.start for piece in within) & rows)


def _shapes(document: Document) -> Iterator[_Shape]:
    """Blocks with the marks that stand before them, and what lies between, without a gap."""
    levels = iter([section.level for section in document.sections])
    position, in_table = 0, False
    for block in document.blocks:
        start = position + _before_mark(document.text[position : block.start], block)
        yield from _between(document.text, position, start, "table" if in_table or block.kind == "table" else "aside")
        yield _Shape(block.kind, start, block.end, next(levels) if block.kind == "heading" else 0)
        position, in_table = block.end, block.kind == "table"
    yield from _between(document.text, position, len(document.text), "aside")


_LINE_END = re.compile("[\n\r\x0b\x0c\u2028\u2029]")
# A bullet on a line of its own before its item: "\u2022", "o", "\u25cf |"; a page's number or a rule is none.
_LONE_MARK = re.compile(r"(?:^|(?<=\s))(?:[^\w\s]{1,2}(?:\s*\|)?|o)\s*\Z")


def _before_mark(between: str, block: Block) -> int:
    """Where, in what stands before a block, the bullet or number begins that belongs to it."""
    *_, line = _LINE_END.split(between)
    if line.strip():
        return len(between) - len(line.lstrip())
    mark = _LONE_MARK.search(between) if block.kind in ("bullet", "heading") else None
    return mark.start() if mark else len(between)


def _between(text: str, start: int, end: int, kind: Literal["aside", "table"]) -> Iterator[_Shape]:
    """Page numbers, running lines and rules, the white space around them apart; in a table from their line's start."""
    words = text[start:end].strip()
    first = text.index(words, start) if words else end
    last = first + len(words)
    if words and kind == "table":
        first = max([start, *(line_end.end() for line_end in _LINE_END.finditer(text, start, first))])
    shapes = (_Shape("space", start, first), _Shape(kind, first, last), _Shape("space", last, end))
    yield from (shape for shape in shapes if shape.start < shape.end)


def _listed(regions: Iterable[Region]) -> Iterator[Region]:
    """Items that follow one another, with white space alone between them, gathered into lists."""
    run: list[Region] = []
    for region in regions:
        if region.kind == "bullet" or (run and region.kind == "space"):
            run.append(region)
            continue
        yield from _gathered(run)
        run = []
        yield region
    yield from _gathered(run)


def _gathered(run: list[Region]) -> Iterator[Region]:
    after = [run.pop()] if run and run[-1].kind == "space" else []
    if run:
        yield Region("list", regions=tuple(run))
    yield from after


def _settings(document: Document) -> list[tuple[int, int, Setting]]:
    """The run-in headings, and the page furniture within a sentence, as spans."""
    found: list[tuple[int, int, Setting]] = []
    before: Sentence | None = None
    for sentence in document.sentences:
        block = document.blocks[sentence.block]
        if block.kind == "table":
            continue
        opened = before.end if before is not None and before.block == sentence.block else block.start
        if sentence.label and document.text[opened : sentence.start].strip():
            found.append((opened, sentence.start, "label"))
        stretches = sentence.stretches()
        found += [
            (end, start, "aside") for (_, end), (start, _) in pairwise(stretches) if document.text[end:start].strip()
        ]
        before = sentence
    return found


def _rows_within_lines(document: Document) -> frozenset[int]:
    """Where a table's row begins within a line: rows that lost their lines are set on lines of their own."""
    return frozenset(
        after.start
        for before, after in pairwise(document.sentences)
        if before.block == after.block
        and document.blocks[after.block].kind == "table"
        and not _LINE_END.search(document.text, before.end, after.start)
    )
