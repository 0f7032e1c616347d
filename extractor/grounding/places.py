"""Words in their places: how far the words around one place of a statement are those around a place of the passage."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from extractor.figures.lexing import tokenize
from extractor.grounding.analysis import Reading
from extractor.grounding.lexicon import lexeme, stem_class, word_class

# What a statement says otherwise, or leaves out, without saying another thing: "our lamps", "the company's lamps".
_PASSED_OVER = frozenset(
    "the a an we us our ours it its company company's registrant also do does did approximately about roughly some "
    "nearly".split()
)
_MARKS = frozenset(",;:()")
_ENDS = frozenset(".;!?")
# A small word tells less of a place than one of content.
_SMALL = 0.5
# More words than this around a place tell no more of it.
_REACH = 6


class Span(NamedTuple):
    """Steps of a path from `first` to `last`, exclusive."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """A text as its words and numerals in order, its steps, without those that a paraphrase exchanges freely."""

    stems: list[str]
    starts: list[int]
    marks: dict[int, str]  # the commas, semicolons, colons and parentheses right before a step
    denied: frozenset[int]  # the steps that a negation stands right before

    def span(self, start: int, end: int) -> Span | None:
        """Return the steps that begin between two offsets, None where there are none."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return Span(first, last) if first < last else None

    def small(self, k: int) -> bool:
        """Say whether a step is a word of grammar."""
        return self.stems[k] in stem_class("function")

    def before(self, span: Span) -> frozenset[str]:
        """Return the stems within reach before a span."""
        return frozenset(self.stems[max(0, span.first - _REACH) : span.first])

    def clause_before(self, span: Span) -> frozenset[str]:
        """Return the stems before a span up to a comma, or twice as far as the reach."""
        low = max(0, span.first - 2 * _REACH)
        first = next((k for k in range(span.first, low, -1) if k in self.marks), low)
        return frozenset(self.stems[first : span.first])

    def around(self, span: Span) -> frozenset[str]:
        """Return the stems within reach of a span."""
        return frozenset(
            self.stems[max(0, span.first - _REACH) : span.first] + self.stems[span.last : span.last + _REACH]
        )


@lru_cache(maxsize=4)
def path_of(reading: Reading) -> Path:
    """Return the words of a text in their order."""
    stems: list[str] = []
    starts: list[int] = []
    marks: dict[int, str] = {}
    denied: set[int] = set()
    negators = word_class("negators")
    negated = False
    for token in tokenize(reading.text):
        lower = token.lower
        root = _step(lower)
        if root:
            if negated:
                denied.add(len(stems))
                negated = False
            starts.append(token.start)
            stems.append(root)
        elif lower not in _PASSED_OVER:
            text = token.text
            if lower in negators or lower[-3:] == "n't":
                negated = True
            if text in _MARKS:
                marks[len(stems)] = marks.get(len(stems), "") + text
            if negated and stems and text in _ENDS:  # "that they will not."
                denied.add(len(stems) - 1)
                negated = False
    if negated and stems:
        denied.add(len(stems) - 1)
    return Path(stems, starts, marks, frozenset(denied))


@lru_cache(maxsize=65536)
def _step(lower: str) -> str:
    """Return the stem of a folded word or numeral that is a step of a path, "" where it is none."""
    if lower in _PASSED_OVER or lower in word_class("negators") or lower[-3:] == "n't":
        return ""
    if not (lower[-1].isalnum() or lower[0].isalnum()):
        return ""
    return lexeme(lower.rstrip(".")).stem if lower[0].isalpha() else lower


@lru_cache(maxsize=4)
def steps_by_stem(path: Path) -> dict[str, list[int]]:
    """Return the steps of each stem of a path."""
    found: dict[str, list[int]] = {}
    for k, root in enumerate(path.stems):
        found.setdefault(root, []).append(k)
    return found


def shared_around(mine: Path, here: Span, theirs: Path, there: Span, *, marks: bool = False) -> tuple[float, float]:
    """Return the weight of the words that the two spans share right before them and right behind them.

    With `marks`, only words divided by the same commas and parentheses are shared.
    """
    return (
        _shared_before(mine, here.first, theirs, there.first, marks),
        _shared_behind(mine, here.last, theirs, there.last, marks),
    )


# Between the commas of an aside stand so many words at most.
_LONGEST_ASIDE = 14


def shared_over_aside(mine: Path, here: Span, theirs: Path, there: Span) -> float:
    """Return the weight of the words shared right before two spans, over an aside before the second's preposition.

    "Net proceeds of $7" is "net proceeds, after expenses, of $7": 0 where no aside stands there.
    """
    joint = there.first - 1
    if not here.first or theirs.marks.get(joint) != "," or mine.stems[here.first - 1] != theirs.stems[joint]:
        return 0.0
    opening = next((n for n in range(joint - 1, max(0, joint - _LONGEST_ASIDE), -1) if theirs.marks.get(n) == ","), 0)
    before = _shared_before(mine, here.first - 1, theirs, opening, marks=False) if opening else 0.0
    return before + _SMALL if before else 0.0


def _shared_before(mine: Path, i: int, theirs: Path, k: int, marks: bool) -> float:
    shared, small = 0.0, stem_class("function")
    for n in range(min(_REACH, i, k)):
        root = mine.stems[i - n - 1]
        if root != theirs.stems[k - n - 1] or (marks and mine.marks.get(i - n) != theirs.marks.get(k - n)):
            break
        shared += _SMALL if root in small else 1.0
    return shared


def _shared_behind(mine: Path, i: int, theirs: Path, k: int, marks: bool) -> float:
    shared, small = 0.0, stem_class("function")
    for n in range(min(_REACH, len(mine.stems) - i, len(theirs.stems) - k)):
        root = mine.stems[i + n]
        if root != theirs.stems[k + n] or (marks and mine.marks.get(i + n) != theirs.marks.get(k + n)):
            break
        shared += _SMALL if root in small else 1.0
    return shared
