"""Words in their places: how far the words around one place of a statement are those around a place of the passage."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from extractor.figures.lexing import tokenize
from extractor.grounding.analysis import Reading
from extractor.grounding.lexicon import lexeme, word_class

# What a statement says otherwise, or leaves out, without saying another thing: "our lamps", "the company's lamps".
_PASSED_OVER = frozenset(
    "the a an we us our ours it its company company's registrant also do does did don't doesn't didn't approximately "
    "about roughly some nearly".split()
)
_MARKS = frozenset(",;:()")
_ENDS = frozenset(".;!?")
# A small word tells less of a place than one of content.
_SMALL = 0.5
# More words than this around a place tell no more of it.
_REACH = 6


class Step(NamedTuple):
    """A word or numeral of a text: its stem, where it begins, the mark and whether a negation stand right before it."""

    stem: str
    start: int
    mark: str  # commas, semicolons, colons and parentheses, or nothing
    denied: bool
    weight: float  # of a telling word 1, of a small one less


class Span(NamedTuple):
    """Steps of a path from `first` to `last`, exclusive."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """A text as its words and numerals in order, without those that a paraphrase exchanges freely."""

    steps: tuple[Step, ...]
    starts: tuple[int, ...]
    at: dict[int, int]  # the step that begins at an offset
    places: dict[str, list[int]]  # the steps of a stem

    def span(self, start: int, end: int) -> Span | None:
        """Return the steps that begin between two offsets, None where there are none."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return Span(first, last) if first < last else None

    def around(self, span: Span) -> frozenset[str]:
        """Return the stems within reach of a span."""
        near = (*self.steps[max(0, span.first - _REACH) : span.first], *self.steps[span.last : span.last + _REACH])
        return frozenset(step.stem for step in near)


@lru_cache(maxsize=128)
def path_of(reading: Reading) -> Path:
    """Return the words of a text in their order."""
    steps: list[Step] = []
    at: dict[int, int] = {}
    places: dict[str, list[int]] = {}
    negators = word_class("negators")
    mark, denied = "", False
    for text, lower, start, _ in tokenize(reading.text):
        if not text[-1].isalnum() and not text[0].isalnum():
            mark += text if text in _MARKS else ""
            if denied and text in _ENDS and steps:  # "that they will not."
                steps[-1], denied = steps[-1]._replace(denied=True), False
            continue
        if lower in negators or lower.endswith("n't"):
            denied = True
        if lower in negators or lower in _PASSED_OVER:
            continue
        root, weight = lower, 1.0
        if text[0].isalpha():
            root, _, content, _ = lexeme(lower.rstrip("."))
            weight = 1.0 if content else _SMALL
        at[start] = len(steps)
        places.setdefault(root, []).append(len(steps))
        steps.append(Step(root, start, mark, denied, weight))
        mark, denied = "", False
    if denied and steps:
        steps[-1] = steps[-1]._replace(denied=True)
    return Path(tuple(steps), tuple(at), at, places)


def shared_around(mine: Path, here: Span, theirs: Path, there: Span, *, marks: bool = False) -> tuple[float, float]:
    """Return the weight of the words that the two spans share right before them and right behind them.

    With `marks`, only words divided by the same commas and parentheses are shared.
    """
    return (
        _shared_before(mine, here.first, theirs, there.first, marks),
        _shared_behind(mine, here.last, theirs, there.last, marks),
    )


def _shared_before(mine: Path, i: int, theirs: Path, k: int, marks: bool) -> float:
    shared = 0.0
    for n in range(1, min(_REACH, i, k) + 1):
        step, other = mine.steps[i - n], theirs.steps[k - n]
        if step.stem != other.stem or (marks and mine.steps[i - n + 1].mark != theirs.steps[k - n + 1].mark):
            break
        shared += step.weight
    return shared


def _shared_behind(mine: Path, i: int, theirs: Path, k: int, marks: bool) -> float:
    shared = 0.0
    for n in range(min(_REACH, len(mine.steps) - i, len(theirs.steps) - k)):
        step, other = mine.steps[i + n], theirs.steps[k + n]
        if step.stem != other.stem or (marks and step.mark != other.mark):
            break
        shared += step.weight
    return shared
