"""Which words of a text stand with which of its figures or periods."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from extractor.figures.assign import FIGURE_GAP, runs
from extractor.grounding.analysis import Reading
from extractor.grounding.antecedents import RELATIVES, definite_antecedent, relative_antecedent
from extractor.grounding.lexicon import stem_class, word_class
from extractor.grounding.tabular import row_start

Stems = frozenset[str]
Anchors = tuple[tuple[int, int], ...]
_NONE: Stems = frozenset()

# Where one figure's words end and the next one's begin.
_STRONG_BOUNDARY = re.compile(
    r"[;()]|,(?!\d)|\b(?:while|whereas|but|compared|versus|which|comprised|consisting|including)\b", re.IGNORECASE
)
_BOUNDARY = re.compile(_STRONG_BOUNDARY.pattern + r"|\b(?:and|(?<!-)plus)\b", re.IGNORECASE)
# Right before a figure, these belong to the words before them: "a sales force consisting of 12 people".
_HEADED = re.compile(r"(?:consisting|comprised)\s+of\s+(?:(?:approximately|about)\s+)?", re.IGNORECASE)
# Right behind a figure, these begin the next one's words: "24% and chairs and tables for 12%".
_NEXT_MEMBER = re.compile(r"(?:,\s+and|,?\s+while|;|\s+and)\s+", re.IGNORECASE)
# Behind the last figure, "and" before a name goes on with a list: "stores in the United States and Canada".
_TAIL_BOUNDARY = re.compile(_STRONG_BOUNDARY.pattern + r"|\b(?:and\b(?!\s+(?-i:[A-Z]))|(?<!-)plus\b)", re.IGNORECASE)
# What stands in parentheses goes with the words before it: "title premiums (Larkfield) for $8.3 million".
_ASIDE = re.compile(r"\([^()]{0,80}\)")
# Before a figure that goes on with the subject of the one before it: "lamps were 18%, up from 15%", "18% (15%)".
_GOES_ON = re.compile(
    r"[,\s]*(?:\(|and\s+for\s|(?:(?:up|down)\s+from|against|(?:as\s+)?compared\s+(?:to|with)|versus|vs\.?)\s)\s*"
    r"(?:(?:approximately|about)\s+)?",
    re.IGNORECASE,
)
# Before a figure in parentheses, the name that it belongs to: "and came from Larkfield Lamps ($5 million)".
_NAMED_ASIDE = re.compile(r"\s[A-Z][a-z][\w&.’'-]*\s\($")
# Behind a figure told again in parentheses, what it is of: "2,200 (16%) in Oslo".
_TOLD_TWICE = re.compile(r"\)\s+[a-z]")
# Years side by side head the columns of a table. That a word begins there is asked behind the first year: a search for
# a digit passes over the rest of a text.
_TABLE_HEAD = re.compile(r"(?:19|20)\d\d(?<!\w\d{4})\s+(?:19|20)\d\d\b")
# Lists of figures further apart than this in the order of a text are not compared: no sentence holds so many.
_NEAR = 8


class Region(NamedTuple):
    """The stretches of text around a list of figures, before it and behind it, and the number of the list."""

    before: tuple[int, int]
    after: tuple[int, int]
    subject: bool  # whether it has words of its own before it
    run: int


class Share(NamedTuple):
    """The stems that are one figure's alone, and those of each other figure near it."""

    own: Stems
    rivals: tuple[Stems, ...]
    back: Stems = _NONE  # of its own, those that its words only point back to, words that tell little among them


@lru_cache(maxsize=4)
def regions_of_numbers(reading: Reading) -> tuple[Region, ...]:
    """Return the region of each figure of a text."""
    return tuple(_regions(reading, _number_anchors(reading))[0])


@lru_cache(maxsize=4)
def shares_of_numbers(reading: Reading) -> tuple[Share, ...]:
    """Return for each figure of a text which stems stand with it."""
    measured = frozenset([dated.number.start for dated in reading.numbers if dated.number.kind != "count"])
    return _shares(reading, _number_anchors(reading), measured)


def shares_of_periods(reading: Reading) -> tuple[Share, ...]:
    """Return for each period of a text which stems stand with it."""
    return _shares(reading, tuple((when.start, when.end) for when in reading.periods), frozenset())


def _number_anchors(reading: Reading) -> Anchors:
    return tuple((dated.number.start, dated.number.end) for dated in reading.numbers)


def _shares(reading: Reading, anchors: Anchors, measured: Set[int]) -> tuple[Share, ...]:
    """Return for each anchor which stems stand with it.

    What stands before the first anchor is shared with those behind it that have no words before them of their own.
    An anchor that starts at one of `measured` has all words of its clause; a count has only what it counts.
    """
    regions, tails = _regions(reading, anchors)
    by_run = _lists(regions)
    parts = [(stems_between(reading, *r.before), stems_between(reading, *r.after)) for r in by_run]
    whole = [before | after for before, after in parts]
    tail_stems = [stems_between(reading, *tail) for tail in tails]
    found: list[Share] = []
    for i, region in enumerate(by_run):
        mine = whole[i]
        near = [j for j in range(max(0, i - _NEAR), min(len(by_run), i + _NEAR + 1)) if j != i]
        low = bisect_left(tails, (region.before[0], 0))
        tail = _NONE.union(*tail_stems[max(0, low - 1) : low + 2])
        rivals = [stems - mine for stems in tail_stems[max(0, low - _NEAR) : low + _NEAR]]
        goes_on = bool(i) and _goes_on(reading, region)
        subject = region.subject or (goes_on and by_run[i - 1].subject)
        if goes_on:
            mine |= parts[i - 1][0]
            near.remove(i - 1)
        for j in near:
            shared = j < i and not subject
            rivals.append((parts[j][1] if shared else whole[j]) - mine)
        for j in _of_one_clause(reading, by_run, i) if region.before[1] in measured else ():
            mine |= whole[j]
            if j in near:
                near.remove(j)
        others = tail.union(*[whole[j] for j in near])
        back = _pointed_to(reading, by_run, i)
        rivals = [stems - back for stems in rivals] if back else rivals
        found.append(Share(mine - others | back, tuple(rivals), back))
    return tuple([found[region.run] for region in regions])


def _pointed_to(reading: Reading, regions: list[Region], i: int) -> Stems:
    """Return the stems of what the words before list `i` point back to."""
    before = regions[i].before
    found = definite_antecedent(reading, before)
    if found is None and not reading.lowers.isdisjoint(RELATIVES):
        last = regions[i - 1].before if i and _one_sentence(reading, regions[i - 1], regions[i]) else None
        found = relative_antecedent(reading.text, before, last)
    return _content_between(reading, *found) - _nobody() if found else _NONE


def _one_sentence(reading: Reading, one: Region, other: Region) -> bool:
    ends = reading.sentence_ends
    return bisect_left(ends, one.before[1]) == bisect_left(ends, other.before[1])


def _lists(regions: Sequence[Region]) -> list[Region]:
    """Return the regions with each list of figures once."""
    return [region for n, region in enumerate(regions) if not n or region.run != regions[n - 1].run]


@lru_cache(maxsize=4)
def _lists_of_numbers(reading: Reading) -> list[Region]:
    return _lists(regions_of_numbers(reading))


@lru_cache(maxsize=64)
def words_with(reading: Reading, k: int) -> Stems:
    """Return the stems that stand with figure `k`, those of the subject that it goes on with among them."""
    regions = regions_of_numbers(reading)
    region = regions[k]
    stems = stems_between(reading, *region.before) | stems_between(reading, *region.after)
    by_run = _lists_of_numbers(reading)
    if reading.numbers[k].number.kind != "count":
        for j in _of_one_clause(reading, by_run, region.run):
            stems |= stems_between(reading, *by_run[j].before) | stems_between(reading, *by_run[j].after)
    for j in range(region.run, max(0, region.run - _NEAR), -1):
        if not _goes_on(reading, by_run[j]):
            break
        stems |= stems_between(reading, *by_run[j - 1].before)
        for other in _of_one_clause(reading, by_run, j - 1):
            stems |= stems_between(reading, *by_run[other].before) | stems_between(reading, *by_run[other].after)
    return stems


def content_before(reading: Reading, k: int) -> Stems:
    """Return the stems of all words but those of grammar before figure `k`, or before the one that it goes on with."""
    by_run = _lists_of_numbers(reading)
    j = regions_of_numbers(reading)[k].run
    while j and _goes_on(reading, by_run[j]):
        j -= 1
    start, end = by_run[j].before
    return _content_between(reading, start, end)


def _content_between(reading: Reading, start: int, end: int) -> Stems:
    low = bisect_left(reading.starts, start)
    words = reading.words[low : bisect_left(reading.starts, end, low)]
    return frozenset([word.stem for word in words if word.content])


def _goes_on(reading: Reading, region: Region) -> bool:
    return bool(_GOES_ON.fullmatch(reading.text, *region.before))


def _of_one_clause(reading: Reading, regions: list[Region], i: int) -> Iterator[int]:
    """Yield the lists of figures around list `i` that nothing parts from it: "One- to four-family loans were 68%"."""
    for step in (-1, 1):
        for j in range(i + step, max(-1, i - _NEAR) if step < 0 else min(len(regions), i + _NEAR), step):
            if not _unparted(reading, regions, min(j, j - step)):
                break
            yield j


def _unparted(reading: Reading, regions: list[Region], i: int) -> bool:
    """Say whether only small letters stand between list `i` and the next one, up to that."""
    (start, end), following = regions[i].after, regions[i + 1].before
    between = reading.text[start:end]
    return end == following[1] and between.islower() and not _BOUNDARY.search(between)


@lru_cache(maxsize=4)
def _regions(reading: Reading, anchors: Anchors) -> tuple[list[Region], list[tuple[int, int]]]:
    """Return the region of each anchor, and the stretches behind the last anchors of the sentences."""
    text = reading.text
    grouped = runs(anchors, text, FIGURE_GAP)
    table = bool(_TABLE_HEAD.search(text))
    regions: list[Region] = []
    tails: list[tuple[int, int]] = []
    edges = (*reading.sentence_ends, len(text))
    left = 0
    for r, run in enumerate(grouped):
        start, end = anchors[run[0]][0], anchors[run[-1]][1]
        edge = bisect_left(edges, start + 1)
        left = max(left, edges[edge - 1] if edge else 0, row_start(text, start))
        sentence_end = edges[min(bisect_left(edges, end), len(edges) - 1)]
        next_start = anchors[grouped[r + 1][0]][0] if r + 1 < len(grouped) else len(text) + 1
        if len(run) > 1 and "(" in text[anchors[run[-2]][1] : anchors[run[-1]][0]] and _TOLD_TWICE.match(text, end):
            end += 1  # the words go on behind the parenthesis
        if next_start <= sentence_end:
            cut = _last_joint(text, end, next_start, table=table)
        else:
            cut = _first_joint(text, end, sentence_end)
            tails.append((cut, sentence_end))
        subject = bool(stems_between(reading, left, start)) or text[left:start].lstrip()[:1].isupper()
        regions += [Region((left, start), (end, cut), subject, r)] * len(run)
        left = cut
    return regions, tails


def _first_joint(text: str, start: int, end: int) -> int:
    """Return where the words behind a sentence's last figure end; a comma right behind the figure is passed over."""
    mark = _TAIL_BOUNDARY.search(text, start + (text[start : start + 1] == ","), end)
    return mark.start() if mark else end


def _last_joint(text: str, start: int, end: int, *, table: bool) -> int:
    """Return where a figure's words end and the next one's begin: at a paragraph's end, or the figure of a row's."""
    if table and text[start:end].lstrip()[:1].isupper():
        return start
    paragraph = text.find("\n\n", start, end)
    if paragraph >= 0:
        return paragraph
    closed = text.find(")", start, end)
    if closed >= 0 and "(" not in text[start:closed]:
        return (
            closed + 1
        )  # "Oslo (31%), Rome (24% in 2021)": a figure in parentheses belongs to what stands before them
    if _NEXT_MEMBER.match(text, start, end):
        return start
    if _NAMED_ASIDE.search(text, start, end):
        end = text.rfind("(", start, end)
    asides = [aside.span() for aside in _ASIDE.finditer(text, start, end)] if closed >= 0 else []
    for boundary in (_STRONG_BOUNDARY, _BOUNDARY):
        marks = [mark.start() for mark in boundary.finditer(text, start, end)]
        outside = [mark for mark in marks if not any(first <= mark < last for first, last in asides)]
        if len(outside) > 1 and _HEADED.fullmatch(text, outside[-1], end):
            return outside[-2]
        if outside:
            return outside[-1]
    return asides[-1][1] if asides else end


def stems_between(reading: Reading, start: int, end: int) -> Stems:
    """Return the stems of the telling words that begin within a stretch of text."""
    low = bisect_left(reading.starts, start)
    words = reading.words[low : bisect_left(reading.starts, end, low)]
    nobody = _nobody()
    return frozenset(
        [
            word.stem
            for word in words
            if (word.content and not word.weak and word.lower not in nobody and word.stem not in nobody)
            or word.lower in _REST
        ]
    )


# Small words that make another subject of the same words: "other products", "sales outside the United States".
_REST = frozenset(("other", "outside"))


@lru_cache(maxsize=1)
def _nobody() -> frozenset[str]:
    """Return the words, and the stems of rise and fall, that give a figure to nobody in particular."""
    return (
        word_class("months")
        | stem_class("rises")
        | stem_class("falls")
        | {"company", "company's", "registrant", "compared"}
    )
