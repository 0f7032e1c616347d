"""Finding where in a text a quote was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

_WHITE_SPACE = re.compile(r"\s+")
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u0091\u0092`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033\u0093\u0094", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u0096\u0097", "-"),
    }
)
# "12.5%", "$3.4 million", "1,480": what a near match must have in common with the quote, each and in order
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?:\s?(?:%|percent|thousand|million|billion|trillion))?")
_NEAR_SCORE = 90.0
"""Least likeness of a near match, of 100: about one letter in ten may differ."""
_NEAR_MARGIN = 2.0
"""How much less alike every other stretch must be."""
_NEAR_LENGTH = 20
"""Shorter quotes are near to too much."""

Offsets = tuple[int, int]


@dataclass(frozen=True)
class Locator:
    """Finds quotes in `text`; `passages` are the spans of what a reader reads on, without what stands between."""

    text: str
    passages: Sequence[Sequence[Offsets]]
    """For each passage its unbroken stretches, as (start, end) in `text`."""

    def find(self, quote: str) -> Offsets | None:
        """(start, end) of where `quote` stands in the text: exactly, else folded, else the one near match."""
        quote = quote.strip()
        if not quote:
            return None
        at = self.text.find(quote)
        if at >= 0:
            return at, at + len(quote)
        wanted = _folded(quote)
        for haystack in (self._whole, self._read):
            if found := haystack.find(wanted):
                return found
        return self._read.find_near(wanted) or self._whole.find_near(wanted)

    @cached_property
    def _whole(self) -> _Haystack:
        return _Haystack.of(self.text, [(0, len(self.text))])

    @cached_property
    def _read(self) -> _Haystack:
        return _Haystack.of(self.text, (stretch for passage in self.passages for stretch in passage))


@dataclass(frozen=True, slots=True)
class _Haystack:
    """Folded text, and for each of its characters the offset that it has in the document."""

    text: str
    offsets: list[int]

    @classmethod
    def of(cls, text: str, stretches: Iterable[Offsets]) -> _Haystack:
        parts: list[str] = []
        offsets: list[int] = []
        for start, end in stretches:
            for position, stop in _words(text, start, end):
                if parts:
                    parts.append(" ")
                    offsets.append(position - 1)
                parts.append(text[position:stop])
                offsets.extend(range(position, stop))
        return cls("".join(parts).translate(_TYPOGRAPHY), offsets)

    def find(self, wanted: str) -> Offsets | None:
        at = self.text.find(wanted)
        return self._source(at, at + len(wanted)) if at >= 0 else None

    def find_near(self, wanted: str) -> Offsets | None:
        """The most alike stretch, if its figures are those of `wanted` and no other is about as much alike."""
        if len(wanted) < _NEAR_LENGTH or not (best := _nearest(self.text, wanted, _NEAR_SCORE)):
            return None
        start, end, score = best
        if _FIGURE.findall(self.text, start, end) != _FIGURE.findall(wanted):
            return None
        rest = f"{self.text[:start]}{chr(0) * (end - start)}{self.text[end:]}"
        rival = _nearest(rest, wanted, score - _NEAR_MARGIN)
        if rival and rest[rival[0] : rival[1]] != self.text[start:end]:
            return None
        return self._source(start, end)

    def _source(self, start: int, end: int) -> Offsets:
        return self.offsets[start], self.offsets[end - 1] + 1


def _words(text: str, start: int, end: int) -> Iterable[Offsets]:
    position = start
    for gap in _WHITE_SPACE.finditer(text, start, end):
        if gap.start() > position:
            yield position, gap.start()
        position = gap.end()
    if position < end:
        yield position, end


def _folded(quote: str) -> str:
    return _WHITE_SPACE.sub(" ", quote).translate(_TYPOGRAPHY)


def _nearest(text: str, wanted: str, cutoff: float) -> tuple[int, int, float] | None:
    found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=cutoff)
    if found is None or found.dest_end - found.dest_start < len(wanted) * cutoff / 200:
        return None
    return *_to_words(text, found.dest_start, found.dest_end), found.score


def _to_words(text: str, start: int, end: int) -> Offsets:
    """`start` and `end` moved to the nearer ends of the words that they cut."""
    first, first_end = _word_around(text, start)
    if first < start:
        start = first if start - first <= first_end - start else min(first_end + 1, end - 1)
    last, last_end = _word_around(text, end - 1)
    if end < last_end:
        end = last_end if last_end - end <= end - last else max(last - 1, start + 1)
    return start, end


def _word_around(text: str, position: int) -> Offsets:
    start = text.rfind(" ", 0, position + 1) + 1
    end = text.find(" ", position)
    return start, end if end >= 0 else len(text)
