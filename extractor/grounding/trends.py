"""The rule of trends: what a statement says rose did rise from year to year in the passage's figures."""

from __future__ import annotations

import re
from itertools import pairwise

from extractor.figures.assign import Dated
from extractor.grounding.analysis import Reading, in_words
from extractor.grounding.lexicon import stem_class
from extractor.grounding.reasons import cut, reason
from extractor.schema import Reason

# "$214.6 million in 2021, up 22% from $176.4 million": the word between two figures of a kind says which is higher.
_SET_AGAINST = re.compile(
    r"[^.;%$]*\b(?P<word>up|down|increase|rise|decrease|decline|drop)"
    r"(?:\s+(?:of\s+|by\s+)?(?:approximately\s+|about\s+)?[\d.]+%)?\s+from\s+(?:approximately\s+|about\s+)?",
    re.IGNORECASE,
)
_UP = frozenset(("up", "increase", "rise"))
# So far apart two figures are set against each other.
_FARTHEST = 60
# Bare numbers from here on are amounts of a table, not counts in a sentence.
_TABLE_VALUE = 1000


def trend_reason(statement: Reading, passage: Reading) -> Reason | None:
    """Return a reason where the statement says rise or fall and the passage's figures, unworded, show the reverse."""
    rises = statement.stems & stem_class("rises")
    falls = statement.stems & stem_class("falls")
    if bool(rises) == bool(falls) or passage.stems & (stem_class("rises") | stem_class("falls")):
        return None
    series = _series(statement, passage)
    if len(series) < 2:
        return None
    values = [dated.number.value for dated in series]
    up = all(a < b for a, b in pairwise(values))
    down = all(a > b for a, b in pairwise(values))
    if (rises and down) or (falls and up):
        first, last = (passage.text[d.number.start : d.number.end] for d in (series[0], series[-1]))
        shown = in_words(statement, rises or falls)
        return reason("polarity", f'says "{shown}"; the passage goes from {first} to {last}')
    return None


def turned_round_reason(statement: Reading) -> Reason | None:
    """Return a reason where the statement's own figures do not go as it says: "$2 million, up from $3 million"."""
    if "from" not in statement.lowers or len(statement.numbers) < 2:
        return None
    changed = [dated for dated in statement.numbers if dated.number.kind != "percent"]
    for (first, _), (second, _) in (*pairwise(statement.numbers), *pairwise(changed)):
        if first.kind != second.kind or first.value == second.value or second.start - first.end > _FARTHEST:
            continue
        against = _SET_AGAINST.fullmatch(statement.text, first.end, second.start)
        if against and (against["word"].lower() in _UP) != (first.value > second.value):
            return reason("polarity", f'says "{cut(statement.text[first.start : second.end])}"')
    return None


def _series(statement: Reading, passage: Reading) -> list[Dated]:
    """Return one figure a year, in the order of the years: all of one kind, of those years that the statement names.

    Two figures for one year leave it open which is meant: no series.
    """
    named = {when.year for when in statement.periods if when.year is not None}
    named |= {when.last_year for when in statement.periods if when.last_year is not None}
    dated = [d for d in passage.numbers if d.when is not None and d.when.year is not None]
    if len(named) > 1:
        dated = [d for d in dated if d.when is not None and d.when.year in named]
    elif len(named) == 1:
        dated = [d for d in dated if d.when is not None and d.when.year in (min(named), min(named) - 1)]
    if any(d.number.bare and d.number.value >= _TABLE_VALUE for d in dated):
        return []  # rows of a table: whose figures are meant is open
    kinds = {d.number.kind for d in dated}
    if len(kinds) > 1:
        kinds = {"money"} if "money" in kinds else kinds - {"count"}
    if len(kinds) != 1:
        return []
    dated = [d for d in dated if d.number.kind in kinds]
    years = [d.when.year for d in dated if d.when is not None and d.when.year is not None]
    if len(set(years)) != len(years):
        return []
    return [d for _, d in sorted(zip(years, dated, strict=True), key=lambda pair: pair[0])]
