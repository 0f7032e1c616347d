"""The rule of lists told respectively: "Orion and Vega accounted for 19% and 11%, respectively" gives Vega no 19%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractor.figures.assign import figure_runs
from extractor.grounding.amounts import Match
from extractor.grounding.analysis import Reading
from extractor.grounding.pieces import placed_names
from extractor.grounding.places import path_of
from extractor.grounding.reasons import reason
from extractor.schema import Reason

_RESPECTIVELY = re.compile(r",?\s+respectively\b")
# A full stop that ends a sentence, not the one of "Inc. and".
_STOP = re.compile(r"(?<=[a-z0-9)%])\.\s+(?=[A-Z])")
# So far before their figures, in characters, the names are looked for.
_REACH = 400
# From a name to the figure that it is given: "Orion Works, Inc. for about 19%".
_GIVEN = re.compile(
    r"(?:,?\s(?:Inc|Corp|Co|Ltd|LLC|L\.P|N\.A)\b\.?)?,?\s(?:(?:accounted|accounts|made\s+up)\s)?(?:for\s)?"
    r"(?:(?:approximately|about)\s)?\(?"
)


def respective_reason(statement: Reading, passage: Reading, matches: Sequence[Match]) -> Reason | None:
    """Return a reason where the statement gives a name the figure of another in a list told respectively."""
    owners = _owners(passage) if "respectively" in passage.lowers and matches else {}
    if not owners:
        return None
    everyone = set(owners.values())
    for match in matches:
        theirs = {owners.get(k) for k in match.given}
        if None in theirs:
            continue
        name = _name_before(statement, match.said)
        if name in everyone and name not in theirs:
            number = statement.numbers[match.said].number
            shown = statement.text[number.start : number.end]
            return reason("attribution", f'gives {shown} to "{name}"; the passage gives it to another of its list')
    return None


@lru_cache(maxsize=4)
def _owners(passage: Reading) -> dict[int, str]:
    """Return the names that figures are told of respectively, where just as many stand before them."""
    found: dict[int, str] = {}
    for run in figure_runs(passage.text):
        first, last = (passage.numbers[k].number for k in (run[0], run[-1]))
        if len(run) < 2 or not _RESPECTIVELY.match(passage.text, last.end):
            continue
        low = max(0, first.start - _REACH)
        low = max([low, *(stop.end() for stop in _STOP.finditer(passage.text, low, first.start))])
        names = list(dict.fromkeys(name for start, _, name in _names(passage) if low <= start < first.start))
        if len(names) == len(run):
            found.update(zip(run, names, strict=True))
    return found


def _names(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield the names of a text, each with its start and end."""
    starts = path_of(reading).starts
    for piece in placed_names(reading):
        start = starts[piece.span.first]
        yield start, start + len(piece.text), piece.value


def _name_before(statement: Reading, k: int) -> str:
    """Return the name right before a figure, "" where none stands there."""
    at = statement.numbers[k].number.start
    return next(
        (name for _, end, name in _names(statement) if end < at and _GIVEN.fullmatch(statement.text, end, at)), ""
    )
