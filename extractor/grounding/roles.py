"""The rule of attribution: a figure stays with the one the passage gives it to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractor.figures.assign import FIGURE_GAP, Dated, figure_runs, runs
from extractor.figures.measures import measure_of, subjects_of
from extractor.figures.periods import When
from extractor.grounding.analysis import Reading, Word
from extractor.grounding.lexicon import lexeme, word_class
from extractor.grounding.reasons import reason
from extractor.schema import Reason

# Where one figure's words end and the next one's begin.
# Years side by side head the columns of a table.
_TABLE_HEAD = re.compile(r"\b(?:19|20)\d\d\s+(?:19|20)\d\d\b")
_STRONG_BOUNDARY = re.compile(
    r"[;()]|,(?!\d)|\b(?:while|whereas|but|compared|versus|which|comprised|consisting|including)\b", re.IGNORECASE
)
_BOUNDARY = re.compile(_STRONG_BOUNDARY.pattern + r"|\b(?:and|(?<!-)plus)\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|accounts?|accounted|represent(?:s|ed)?|contribut(?:es|ed)|generat(?:es|ed)|"
    r"compris(?:es|ed)|total(?:s|ed)|includ(?:es|ed)|decreased|increased|rose|fell|declined|grew)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Region:
    """The stretches of text around a run of figures: before it and behind it; `subject` where those before hold a verb."""

    before: tuple[int, int]
    after: tuple[int, int]
    subject: bool


def roles_reasons(statement: Reading, passage: Reading, figures: list[tuple[Dated, list[Dated]]]) -> Iterator[Reason]:
    """Yield a reason where a figure is given to another subject than the passage's."""
    for said, given in figures:
        if said.number.kind == "count" and said.number.worded:
            continue
        conflicts = [_conflict(statement, passage, said, other) for other in given]
        if all(conflicts) and conflicts[0]:
            mine, theirs = conflicts[0]
            shown = statement.text[said.number.start : said.number.end]
            yield reason("attribution", f'gives {shown} to "{mine}"; the passage gives it to "{theirs}"')
            return
    yield from _period_reasons(statement, passage)


def _period_reasons(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where things of two years have changed places: "A in 2022 and B in 2024"."""
    if not statement.periods or len(passage.periods) < 2 or statement.numbers:
        return
    mine = _regions_around(statement, tuple((p.start, p.end) for p in statement.periods))
    theirs = _regions_around(passage, tuple((p.start, p.end) for p in passage.periods))
    if len(statement.periods) == 1:
        mine = ((frozenset(w.stem for w in statement.words if w.content), (), ()),)
    for k, said in enumerate(statement.periods):
        same = [n for n, given in enumerate(passage.periods) if _one_period(said, given)]
        conflicts = [_outweighed(mine[k][0], theirs[n][0], theirs[n][1]) if theirs[n][0] else None for n in same]
        if conflicts and all(conflicts) and conflicts[0]:
            shown = statement.text[said.start : said.end]
            strange, own = conflicts[0]
            yield reason("period", f'puts "{strange}" in {shown}; the passage puts "{own}" there')
            return


def _one_period(said: When, given: When) -> bool:
    return said.year == given.year and said.quarter == given.quarter and said.month == given.month


# What a figure may measure, by the last noun of the measure: figures of two kinds are never one.
_MEASURES = {
    form: name
    for name, forms in {
        "sales": "sales revenue revenues", "income": "income earnings profit profits", "loss": "loss losses",
        "receivables": "receivables", "deposits": "deposits", "assets": "assets", "loans": "loans",
        "backlog": "backlog", "costs": "expense expenses cost costs expenditure expenditures",
        "purchases": "purchases merchandise", "equity": "equity", "collections": "collections",
        "dividends": "dividends", "debt": "borrowings indebtedness debt", "production": "production",
    }.items()
    for form in forms.split()
}  # fmt: skip


def _other_measure(statement: Reading, passage: Reading, said: Dated, given: Dated) -> tuple[str, str] | None:
    """Return what the two texts measure with one figure, where the kinds differ and the passage's is not the statement's."""
    mine, theirs = measure_of(statement.text, said.number), measure_of(passage.text, given.number)
    if mine is None or theirs is None:
        return None
    kinds = _MEASURES.get(mine.split()[-1].lower()), _MEASURES.get(theirs.split()[-1].lower())
    if None in kinds or kinds[0] == kinds[1]:
        return None
    return (mine, theirs) if not kinds[0] or not _names_measure(passage, mine) else None


def _names_measure(passage: Reading, measure: str) -> bool:
    return measure.split()[-1].lower() in passage.lowers


def _conflict(statement: Reading, passage: Reading, said: Dated, given: Dated) -> tuple[str, str] | None:
    other = _other_measure(statement, passage, said, given)
    if other is not None:
        return other
    k = passage.numbers.index(given)
    listed = _listed_subject(passage, k)
    words = _words_of(statement, statement.numbers.index(said))
    if _run_length(statement, said) > 1 and _run_length(passage, given) == 1:
        return None
    if listed is not None:
        own, rivals = listed
        return _outweighed(words, own, rivals)
    own, rivals, behind = _regions(passage)[k]
    subject = _other_subject(passage, k, words)
    if subject is not None:
        return subject
    return _outweighed(words, own, rivals) if own else _outweighed(words, own, behind)


def _other_subject(passage: Reading, k: int, words: frozenset[str]) -> tuple[str, str] | None:
    """Return the subject of another figure and the figure's own, where the statement names that one and not this."""
    regions, _ = _region_spans(passage, tuple((d.number.start, d.number.end) for d in passage.numbers))
    if not regions[k].subject:
        return None
    mine = _stems_between(passage, [regions[k].before])
    for other in regions:
        if other is regions[k] or not other.subject:
            continue
        theirs = _stems_between(passage, [other.before])
        strange = words & (theirs - mine - _stems_between(passage, [regions[k].after]))
        if mine - theirs and strange and not words & (mine - theirs):
            return ", ".join(sorted(strange)), ", ".join(sorted(mine - theirs))
    return None


def _outweighed(
    words: frozenset[str], own: frozenset[str], rivals: tuple[frozenset[str], ...]
) -> tuple[str, str] | None:
    """Return the words of a rival that outweigh a figure's own words, and those: two where it has none of its own."""
    kept = len(words & own)
    for rival in rivals:
        strange = words & (rival - own)
        if strange and not kept and (own or len(strange) > 1):
            return ", ".join(sorted(strange)), ", ".join(sorted(own))
    return None


def _run_length(reading: Reading, dated: Dated) -> int:
    """Return how many figures stand in one list with a figure: told together, they share their words."""
    k = reading.numbers.index(dated)
    return next(len(run) for run in figure_runs(reading.text) if k in run)


@lru_cache(maxsize=128)
def _subjects(passage: Reading) -> tuple[tuple[frozenset[str], tuple[frozenset[str], ...]] | None, ...]:
    """Return for each number of a list with as many subjects its own and the others' words."""
    numbers = [d.number for d in passage.numbers]
    found: list[tuple[frozenset[str], tuple[frozenset[str], ...]] | None] = []
    for run in figure_runs(passage.text):
        names = subjects_of(passage.text, [numbers[k] for k in run]) if len(run) > 1 else [None]
        stems = [_stems_in(name or "") for name in names]
        for i, name in enumerate(names):
            found.append((stems[i], tuple(s for j, s in enumerate(stems) if j != i)) if name else None)
    return tuple(found)


def _listed_subject(passage: Reading, k: int) -> tuple[frozenset[str], tuple[frozenset[str], ...]] | None:
    return _subjects(passage)[k]


def _stems_in(text: str) -> frozenset[str]:
    return frozenset(lexeme(word.lower()).stem for word in re.findall(r"[^\W_]+", text) if lexeme(word.lower()).content)


_Regions = tuple[tuple[frozenset[str], tuple[frozenset[str], ...], tuple[frozenset[str], ...]], ...]


@lru_cache(maxsize=128)
def _regions(reading: Reading) -> _Regions:
    return _regions_around(reading, tuple((d.number.start, d.number.end) for d in reading.numbers))


def _regions_around(reading: Reading, anchors: tuple[tuple[int, int], ...]) -> _Regions:
    """Return for each anchor its own stems, those of each other anchor, and those that stand behind each other anchor.

    What stands before the first anchor is shared with those behind it that have no subject of their own.
    """
    regions, tails = _region_spans(reading, anchors)
    parts = [(_stems_between(reading, [r.before]), _stems_between(reading, [r.after])) for r in regions]
    tail = _stems_between(reading, tails)
    found: list[tuple[frozenset[str], tuple[frozenset[str], ...], tuple[frozenset[str], ...]]] = []
    for i, region in enumerate(regions):
        mine = parts[i][0] | parts[i][1]
        rivals = [tail - mine]
        for j, other in enumerate(regions):
            if other is region:
                continue
            shared = j < i and not region.subject
            theirs = parts[j][1] if shared else parts[j][0] | parts[j][1]
            rivals.append(theirs - mine)
        others = frozenset().union(*(p[0] | p[1] for j, p in enumerate(parts) if regions[j] is not region), tail)
        behind = tuple(parts[j][1] - mine for j, other in enumerate(regions) if other is not region)
        found.append((mine - others, tuple(rivals), behind))
    return tuple(found)


@lru_cache(maxsize=128)
def _region_spans(reading: Reading, anchors: tuple[tuple[int, int], ...]) -> tuple[list[Region], list[tuple[int, int]]]:
    """Return the region of each anchor, and the stretches behind the last anchors of the sentences."""
    text = reading.text
    grouped = runs(anchors, text, FIGURE_GAP)
    regions: list[Region] = []
    tails: list[tuple[int, int]] = []
    edges = (*reading.sentence_ends, len(text))
    left = 0
    for r, run in enumerate(grouped):
        start, end = anchors[run[0]][0], anchors[run[-1]][1]
        sentence_start = max((e for e in edges if e <= start), default=0)
        sentence_end = next((e for e in edges if e >= end), len(text))
        left = max(left, sentence_start)
        next_start = anchors[grouped[r + 1][0]][0] if r + 1 < len(grouped) else len(text)
        in_between = next_start <= sentence_end and r + 1 < len(grouped)
        cut = _split(text, end, min(next_start, sentence_end), last=in_between)
        before = text[left:start]
        subject = bool(_stems_between(reading, [(left, start)])) or before.lstrip()[:1].isupper()
        regions += [Region((left, start), (end, cut), subject)] * len(run)
        if not in_between:
            tails.append((cut, sentence_end))
        left = cut
    return regions, tails


def _split(text: str, start: int, end: int, *, last: bool) -> int:
    """Return where a figure's words end: at the last joint before the next figure, or the first behind the last figure.

    A table's row ("99,496 Water systems 85,921") ends with its figure.
    """
    if not last:
        mark = _BOUNDARY.search(text, start + (text[start : start + 1] == ","), end)
        return mark.start() if mark else end
    if text[start:end].lstrip()[:1].isupper() and _TABLE_HEAD.search(text):
        return start
    marks = list(_STRONG_BOUNDARY.finditer(text, start, end)) or list(_BOUNDARY.finditer(text, start, end))
    return marks[-1].start() if marks else end


def _stems_between(reading: Reading, pieces: list[tuple[int, int]]) -> frozenset[str]:
    return frozenset(
        w.stem
        for w in reading.words
        if w.content and not w.weak and w.lower not in word_class("months") and any(a <= w.start < b for a, b in pieces)
    )


def _words_of(statement: Reading, k: int) -> frozenset[str]:
    if len(statement.numbers) == 1:
        return frozenset(w.stem for w in statement.words if w.content)
    region = _region_spans(statement, tuple((d.number.start, d.number.end) for d in statement.numbers))[0][k]
    return _stems_between(statement, [region.before, region.after])
