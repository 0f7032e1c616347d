"""The rule of attribution: a figure stays with the one the passage gives it to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from extractor.figures.assign import figure_runs
from extractor.figures.measures import measure_of, subjects_of
from extractor.figures.periods import When
from extractor.grounding.amounts import Match
from extractor.grounding.analysis import Reading, in_words
from extractor.grounding.lexicon import groups_of, lexeme
from extractor.grounding.reasons import reason
from extractor.grounding.regions import (
    Share,
    Stems,
    content_before,
    regions_of_numbers,
    shares_of_numbers,
    shares_of_periods,
    stems_between,
    words_with,
)
from extractor.grounding.tabular import in_row
from extractor.schema import Bound, Reason

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
# What makes a measure one of a part: "44% of subscription revenue" is no share of revenue.
_PARTS = frozenset(
    "finance operating interest product service export comparable advertising subscription license retail "
    "wholesale".split()
)
_NAME_WORD = re.compile(r"[^\W_]+")
# What the statement gives the figure to, and what the passage does, by stems or in words.
Conflict = tuple[Stems, Stems]


def roles_reasons(statement: Reading, passage: Reading, matches: Sequence[Match]) -> Iterator[Reason]:
    """Yield a reason where a figure, or an event of a year, is given to another subject than the passage's."""
    for match in matches:
        number = statement.numbers[match.said].number
        if number.kind == "count" and number.worded:
            continue
        conflict = _conflict(statement, passage, match.said, match.given[0])
        if conflict and all(_conflict(statement, passage, match.said, k) for k in match.given[1:]):
            mine = in_words(statement, conflict[0], number.start)
            theirs = in_words(passage, conflict[1], passage.numbers[match.given[0]].number.start)
            shown = statement.text[number.start : number.end]
            yield reason("attribution", f'gives {shown} to "{mine}"; the passage gives it to "{theirs}"')
            return
    crossed = _crossed(statement, passage, matches)
    if crossed is not None:
        one, other = (in_words(statement, stems) for stems in crossed)
        yield reason("attribution", f'puts "{one}" in the place of "{other}" beside their figures')
    yield from _event_reasons(statement, passage)


# No sentence sets more figures side by side.
_MOST_FIGURES = 8
_FEWEST_CROSSED = 2


def _crossed(statement: Reading, passage: Reading, matches: Sequence[Match]) -> Conflict | None:
    """Return names that two figures have exchanged: "Oslo and Lima (69%); Rome (16%)" of "Oslo and Rome", "Lima"."""
    alone = [match for match in matches[:_MOST_FIGURES] if len(match.given) == 1]
    capitals = statement.capitals & passage.capitals
    if len(alone) < _FEWEST_CROSSED or len(capitals) < _FEWEST_CROSSED:
        return None
    named = {lexeme(name).stem for name in capitals}
    shares = shares_of_numbers(passage)
    told = [(words_with(statement, m.said) & named, shares[m.given[0]].own & named) for m in alone]
    for (words, own), (others, theirs) in combinations(told, 2):
        brought, left = (words & theirs) - others - own, (others & own) - words - theirs
        if brought and left:
            return brought, left
    return None


def _event_reasons(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where things of two years have changed places: "A in 2022 and B in 2024"."""
    if not statement.periods or len(passage.periods) < 2 or statement.numbers:
        return
    if len(statement.periods) == 1:
        mine = [_all_stems(statement)]
    else:
        mine = [share.own for share in shares_of_periods(statement)]
    theirs: dict[_Moment, list[Share]] = {}
    for share, given in zip(shares_of_periods(passage), passage.periods, strict=True):
        same = theirs.setdefault(_moment(given), [])
        if len(same) < _MOST_COMPARED:
            same.append(share)
    for words, said in zip(mine, statement.periods, strict=True):
        conflicts = [_outweighed(words, share) for share in theirs.get(_moment(said), ())]
        if conflicts and conflicts[0] is not None and all(conflicts):
            strange, own = (in_words(r, stems) for r, stems in zip((statement, passage), conflicts[0], strict=True))
            shown = statement.text[said.start : said.end]
            yield reason("period", f'puts "{strange}" in {shown}; the passage puts "{own}" there')
            return


_Moment = tuple[int | None, int | None, int | None]
# No event of a statement is set against more of the passage's.
_MOST_COMPARED = 20


def _moment(when: When) -> _Moment:
    return when.year, when.quarter, when.month


def _conflict(statement: Reading, passage: Reading, said: int, given: int) -> Conflict | None:
    """Return to whom the statement and the passage give one figure, where they differ."""
    measures = _other_measure(statement, passage, said, given)
    if measures is not None:
        return measures
    if _run_lengths(statement)[said] > 1 and _run_lengths(passage)[given] == 1 and not _has_aside(statement, said):
        return None
    words = _words_with(statement, said)
    listed = _listed_subjects(passage)[given]
    if listed is not None:
        return _outweighed(words, listed)
    share = shares_of_numbers(passage)[given]
    if share.back and _measured(statement, said) in share.back:
        return None
    mixed = _mixed_labels(statement, passage, given, words)
    if mixed is not None:
        return mixed
    other = _other_subject(passage, given, words) if words.isdisjoint(share.back) else None
    conflict = other or _outweighed(words, share)
    return None if conflict is None or _renamed(statement, passage, said, given, conflict) else conflict


def _measured(statement: Reading, said: int) -> str:
    """Return the stem of the word right behind a figure that it measures: "addition" of "a $9 million addition"."""
    end = statement.numbers[said].number.end
    k = bisect_left(statement.starts, end)
    beside = k < len(statement.words) and statement.starts[k] == end + 1
    return statement.words[k].stem if beside else ""


# So many words in common tell that what is called otherwise is the same thing.
_FEWEST_SHARED = 2
_OUTSIDE = frozenset((lexeme("outside").stem,))
# Words that only bound the figure behind them.
_BOUNDS: dict[Stems, Bound] = {
    frozenset((lexeme("minimum").stem,)): "at_least",
    frozenset((lexeme("maximum").stem,)): "at_most",
}


def _renamed(statement: Reading, passage: Reading, said: int, given: int, conflict: Conflict) -> bool:
    """Say whether the statement calls a figure's subject by a synonym, in words otherwise the passage's.

    "Backlog believed to be firm was $5 million" of "orders believed to be firm amounted to $5 million"; "11 foreign
    patents" of "patents, 11 outside the country".
    """
    strange, own = conflict
    if own in _BOUNDS:
        return statement.numbers[said].number.bound == _BOUNDS[own]
    alike = groups_of(own)
    if own == _OUTSIDE:
        return not alike.isdisjoint(groups_of(_words_with(statement, said)))
    if alike.isdisjoint(groups_of(strange)):
        return False
    return len(content_before(statement, said) & content_before(passage, given)) >= _FEWEST_SHARED


def _other_measure(statement: Reading, passage: Reading, said: int, given: int) -> Conflict | None:
    """Return what the two texts measure with one figure, where the passage does not name the statement's measure."""
    mine = measure_of(statement.text, statement.numbers[said].number)
    theirs = measure_of(passage.text, passage.numbers[given].number) if mine is not None else None
    if mine is None or theirs is None:
        return None
    parts = [
        word for word in theirs.lower().split()[:-1] if word in _PARTS and lexeme(word).stem not in statement.stems
    ]
    if parts and "%" in passage.text[passage.numbers[given].number.start : passage.numbers[given].number.end]:
        return _stems_in(mine), _stems_in(theirs)
    noun = mine.split()[-1].lower()
    kinds = _MEASURES.get(noun), _MEASURES.get(theirs.split()[-1].lower())
    if None in kinds or kinds[0] == kinds[1] or noun in passage.lowers:
        return None
    return _stems_in(mine), _stems_in(theirs)


def _other_subject(passage: Reading, given: int, words: Stems) -> Conflict | None:
    """Return the subject of another figure and the figure's own, where the statement names that one and not this."""
    regions = regions_of_numbers(passage)
    region = regions[given]
    if not region.subject:
        return None
    mine, behind = stems_between(passage, *region.before), stems_between(passage, *region.after)
    for k in (given - 1, given + 1):
        if not 0 <= k < len(regions) or regions[k].run == region.run or not regions[k].subject:
            continue
        theirs = stems_between(passage, *regions[k].before)
        strange, own = words & (theirs - mine - behind), mine - theirs
        if own and strange and not words & own:
            return strange, own
    return None


def _mixed_labels(statement: Reading, passage: Reading, given: int, words: Stems) -> Conflict | None:
    """Return a name of another row's label and what is left out of the row's own, where the statement mixes the two."""
    regions = regions_of_numbers(passage)
    if any(map(str.isalpha, passage.text[slice(*regions[given].after)])):
        return None
    label = stems_between(passage, *regions[given].before)
    if words.isdisjoint(label) or not in_row(passage, passage.numbers[given].number):
        return None
    named = {lexeme(name).stem for name in statement.capitals & passage.capitals} & words - label
    if not named:
        return None
    for k in range(max(0, given - _MOST_COMPARED), min(len(regions), given + _MOST_COMPARED)):
        theirs = stems_between(passage, *regions[k].before) if regions[k].run != regions[given].run else label
        left_out = label - theirs - words
        if named & theirs and left_out:
            return frozenset(named & theirs), left_out
    return None


def _outweighed(words: Stems, share: Share) -> Conflict | None:
    """Return a rival's words and the figure's own, where the statement has only the rival's."""
    if not share.own or words & share.own:
        return None
    for rival in share.rivals:
        strange = words & (rival - share.own)
        if strange:
            return strange, share.own
    return None


@lru_cache(maxsize=4)
def _run_lengths(reading: Reading) -> tuple[int, ...]:
    """Return for each figure how many stand in one list with it: told together, they share their words."""
    return tuple(len(run) for run in figure_runs(reading.text) for _ in run)


def _has_aside(statement: Reading, said: int) -> bool:
    """Say whether a figure stands with one in parentheses, of one subject: "Vega for 18% (15%)"."""
    number = statement.numbers[said].number
    return statement.text.startswith(" (", number.end) or statement.text[number.start - 1 : number.start] == "("


@lru_cache(maxsize=4)
def _listed_subjects(passage: Reading) -> tuple[Share | None, ...]:
    """Return for each figure of a list with as many subjects its own and the others' stems."""
    numbers = [dated.number for dated in passage.numbers]
    found: list[Share | None] = []
    for run in figure_runs(passage.text):
        names = subjects_of(passage.text, [numbers[k] for k in run]) if len(run) > 1 else [None]
        stems = [_stems_in(name or "") for name in names]
        everyone = {stem for name in stems for stem in name}
        for name, own in zip(names, stems, strict=True):
            found.append(Share(own, (frozenset(everyone - own),)) if name else None)
    return tuple(found)


def _stems_in(text: str) -> Stems:
    known = [lexeme(word.lower()) for word in _NAME_WORD.findall(text)]
    return frozenset(word.stem for word in known if word.content)


def _all_stems(statement: Reading) -> Stems:
    return frozenset(word.stem for word in statement.words if word.content)


def _words_with(statement: Reading, said: int) -> Stems:
    if len(statement.numbers) == 1:
        return _all_stems(statement)
    return words_with(statement, said)
