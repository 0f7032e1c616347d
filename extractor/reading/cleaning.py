"""The clean text of a passage, and the way from it back to the document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# What clean text leaves out: invisible characters, and the white space after a hyphen at which a line or a careless
# copy parted a word ("wholly- owned"), but not in "short- and long-term".
_DROPPED = r"""[\u200b\u200c\u2060\ufeff\u00ad]+
    | (?<=-)(?<=[^\W\d_]-)\s+(?=[a-z])(?!(?:and|or|to|nor|but|through|the|a|an|in|as|versus|vs)\b)"""
# What it folds to one space: rules, dot leaders, page marks, white space other than one blank.
_SPACED = r"(?:[-=_]{4,}|\.(?:\s?\.){3,}|\u2026{2,}|<(?:PAGE|S|C|page|s|c)>)\s*|\s{2,}|[^\S\ ]"
_FOLDED = re.compile(rf"(?P<dropped>{_DROPPED})|{_SPACED}", re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Clean:
    """Clean text; `runs` holds (offset in `text`, document offset) wherever the two part, `starts` the former."""

    text: str
    runs: list[tuple[int, int]]
    starts: list[int]

    def offset(self, position: int) -> int:
        """The document offset of the character at `position`."""
        clean, source = self.runs[bisect_right(self.starts, position) - 1]
        return source + position - clean

    def runs_within(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The runs of `text[start:end]`, counted from `start`."""
        first = bisect_right(self.starts, start)
        last = bisect_left(self.starts, end)
        return ((0, self.offset(start)), *((clean - start, source) for clean, source in self.runs[first:last]))


def cleaned(text: str, pieces: Sequence[tuple[int, int]]) -> Clean:
    """The pieces of a block joined by spaces, without rules and odd white space."""
    parts: list[str] = []
    runs: list[tuple[int, int]] = []
    length = 0
    for chunk, source in _chunks(text, pieces):
        if not chunk or (chunk == " " and (not parts or parts[-1][-1] == " ")):
            continue
        if not runs or runs[-1][1] + length - runs[-1][0] != source:
            runs.append((length, source))
        parts.append(chunk)
        length += len(chunk)
    return Clean("".join(parts).rstrip(" "), runs, [clean for clean, _ in runs])


def _chunks(text: str, pieces: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """What the clean text is made of, each with its document offset; more blanks than it needs."""
    position, last = pieces[0][0], pieces[-1][1]
    for cut_start, cut_end in [*((before[1], after[0]) for before, after in pairwise(pieces)), (last, last)]:
        for fold in _FOLDED.finditer(text, position, cut_start):
            yield text[position : fold.start()], position
            if not fold["dropped"]:
                yield " ", fold.start()
            position = fold.end()
        yield text[position:cut_start], position
        if not _parts_word(text, cut_start, cut_end):
            yield " ", cut_start
        position = cut_end


def _parts_word(text: str, end: int, start: int) -> bool:
    """Whether a word was parted at a hyphen where one piece ends and the next begins."""
    joint = _FOLDED.match(f"{text[end - 2 : end]} {text[start : start + 8]}", 2)
    return joint is not None and joint["dropped"] is not None
