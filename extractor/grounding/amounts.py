"""The rule of figures: every figure of a statement stands in the passage, as the same kind of thing, no harder."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from extractor.figures.digits import tidy
from extractor.figures.number import Number
from extractor.grounding.analysis import Reading
from extractor.grounding.basis import basis_reasons
from extractor.grounding.counts import excused, is_measure, unit_measure
from extractor.grounding.reasons import reason
from extractor.grounding.tabular import has_shares, in_other_column, in_row, table_scale
from extractor.schema import Reason

# A figure may be told with fewer digits, but not with so few that it says little: two of three significant ones.
_COARSEST = 0.06
# Further off than this, in parts of itself or in full where that is more, no rounding makes a figure another.
_NEARBY = 0.15
_NEAREST = 1.0
# How many figures of a passage are looked at for one of the statement.
_MOST_NEAR = 32
_SOFTER: dict[str, frozenset[str]] = {
    # what the passage says -> what a statement may say
    "exactly": frozenset(("exactly", "about", "at_least", "at_most")),
    "about": frozenset(("about", "exactly")),
    "over": frozenset(("over", "about", "at_least")),
    "at_least": frozenset(("at_least", "about", "over")),
    "under": frozenset(("under", "about", "at_most")),
    "at_most": frozenset(("at_most", "about", "under")),
}


# What a changed scale multiplies by.
_SCALES = (1e-9, 1e-6, 1e-3, 1e3, 1e6, 1e9)
# A statement with so many wrong figures needs no more said about it.
_MOST_REASONS = 10


class Match(NamedTuple):
    """A figure of the statement and the figures of the passage that it may be, by their indexes."""

    said: int
    given: tuple[int, ...]


def figures_reasons(statement: Reading, passage: Reading) -> tuple[list[Reason], list[Match]]:
    """Return what is wrong with the statement's figures, and where the passage has those that it has."""
    reasons: list[Reason] = []
    found: list[Match] = []
    if not statement.numbers:
        return reasons, found
    scale = table_scale(passage)
    percent_table = has_shares(passage)
    values = _values_of(passage)
    for said, (number, _) in enumerate(statement.numbers):
        same = [k for k in _near(number.value, values, scale) if _same_figure(number, passage, k, scale)]
        fitting = [
            k
            for k in same
            if not _unit_conflict(number, passage.numbers[k].number, scale, percent_table)
            and not in_other_column(number, passage, k)
        ]
        if fitting:
            found.append(Match(said, tuple(fitting)))
            given = [passage.numbers[k].number for k in fitting]
            reasons += _bound_reasons(statement, passage, number, given)
            reasons += basis_reasons(statement, passage, number, given)
        elif len(reasons) < _MOST_REASONS and ((same and is_measure(number)) or not excused(passage, number)):
            reasons.append(_missing(statement, passage, number, [passage.numbers[k].number for k in same]))
    return reasons, found


class _Values(NamedTuple):
    """The values of a text's figures: each value's figures by their indexes, and all values in order."""

    by_value: dict[float, list[int]]
    ordered: list[float]


@lru_cache(maxsize=4)
def _values_of(passage: Reading) -> _Values:
    by_value: dict[float, list[int]] = {}
    for k, other in enumerate(passage.numbers):
        by_value.setdefault(other.number.value, []).append(k)
    return _Values(by_value, sorted(by_value))


def _near(value: float, values: _Values, scale: int) -> list[int]:
    """Return the figures that may be of this value, as it stands or in the scale of a table, in their order.

    At most `_MOST_NEAR` for each, the very value first: a text of thousands of figures costs each no more than that.
    """
    found: set[int] = set()
    for wanted in {value, value / scale}:
        slack = max(_NEAREST, _NEARBY * abs(wanted))
        low = bisect_left(values.ordered, wanted - slack)
        near = values.ordered[low : bisect_right(values.ordered, wanted + slack, low)]
        if len(near) > _MOST_NEAR:
            at = bisect_left(near, wanted)
            near = near[max(0, at - _MOST_NEAR // 2) : at + _MOST_NEAR // 2]
        for other in near:
            found.update(values.by_value[other][:_MOST_NEAR])
    return sorted(found)


def _same_figure(said: Number, passage: Reading, k: int, scale: int) -> bool:
    """Say whether figure `k` of the passage has the value said, in the scale of its table where it stands in a row."""
    given = passage.numbers[k].number
    if scale == 1 or given.scaled:
        return _same_value(said, given, (1,))
    scaled_only = said.kind == "money" and in_row(passage, given)
    return _same_value(said, given, (scale,) if scaled_only else (1, scale))


def _same_value(said: Number, given: Number, factors: tuple[int, ...]) -> bool:
    if said.value == given.value and 1 in factors:
        return True
    for factor in factors:
        value = tidy(given.value * factor)
        if said.value == value:
            return True
        if said.worded and given.worded:
            continue
        slack = max(said.step, 1e-9) / 2 if not said.worded else 0.5 if said.kind == "percent" else 0
        if (
            abs(said.value - value) <= slack * 1.0001
            and said.step > given.step * factor
            and slack <= _COARSEST * abs(value)
        ):
            return True
        if said.kind == "percent" and given.kind == "percent" and given.worded and abs(said.value - value) < 1:
            return True
        # "over $450 million" for 450,674 thousand: cut, not rounded
        if (
            said.bound in ("over", "at_least")
            and 0 <= value - said.value < said.step
            and said.step > given.step * factor
            and slack <= _COARSEST * abs(value)
        ):
            return True
        # "nearly 53 million", "under 10%"
        if (
            said.bound in ("about", "under", "at_most")
            and 0 <= said.value - value < said.step
            and said.step > given.step * factor
            and slack <= _COARSEST * abs(value)
        ):
            return True
    return False


def _unit_conflict(said: Number, given: Number, scale: int, percent_table: bool) -> str | None:
    """Return what differs in kind between two numbers of one value, or None."""
    if said.kind != given.kind:
        if said.kind == "percent" and given.bare and not given.worded:
            return "kind" if not percent_table else None
        table = scale != 1 and {said.kind, given.kind} == {"money", "count"} and (given.bare or given.kind == "count")
        return None if table and said.kind == "money" else "kind"
    if said.kind == "money" and said.currency != given.currency:
        return "currency"
    if said.kind == "count":
        first, second = unit_measure(said.unit), unit_measure(given.unit)
        if first and second and first != second:
            return "unit"
    return None


def _missing(statement: Reading, passage: Reading, number: Number, same: list[Number]) -> Reason:
    said = _shown(statement, number)
    if same:
        return reason("unit", f"says {said}; the passage has {_shown(passage, same[0])}")
    digits = _digits(statement.text[number.start : number.end])
    for other in passage.numbers:
        given = passage.text[other.number.start : other.number.end]
        if digits and digits == _digits(given):
            return reason("unit", f"says {said}; the passage has {_shown(passage, other.number)}")
    for factor in _SCALES:
        scaled = number._replace(value=number.value * factor, step=number.step * factor)
        for other in passage.numbers:
            if number.kind == "money" == other.number.kind and _same_value(scaled, other.number, (1,)):
                return reason("unit", f"says {said}; the passage has {_shown(passage, other.number)}")
    near = _nearest_kind(number, passage)
    return reason("figure_not_in_quote", f"says {said}; the passage {near}")


def _digits(shown: str) -> str:
    return "".join(c for c in shown if c.isdigit() or c == ".").strip(".")


def _nearest_kind(number: Number, passage: Reading) -> str:
    others = [_shown(passage, d.number) for d in passage.numbers if d.number.kind == number.kind]
    return f"has {', '.join(others[:3])}" if others else "has no such figure"


def _shown(reading: Reading, number: Number) -> str:
    unit = f" {number.unit}" if number.kind == "count" and number.unit else ""
    return f"{reading.text[number.start : number.end]}{unit}"


def _bound_reasons(statement: Reading, passage: Reading, said: Number, fitting: list[Number]) -> Iterator[Reason]:
    for given in fitting:
        if said.value != given.value and not given.worded:
            return
        if said.bound in _SOFTER[given.bound] or _spread_over(statement, passage, said, given):
            return
    given = fitting[0]
    yield reason(
        "scope",
        f"says {_bounded(statement, said)}; the passage says {_bounded(passage, given)}",
    )


# "over the past three years" tells when, and "over three years" may tell the same.
_OVER_THE = re.compile(r"\bover\s+the\s+(?:(?:past|last|next|first|previous|preceding)\s+)?$", re.IGNORECASE)
_BOUND_REACH = 24


def _spread_over(statement: Reading, passage: Reading, said: Number, given: Number) -> bool:
    over = statement.text[max(0, said.start - _BOUND_REACH) : said.start].lower().endswith(" over ")
    return over and bool(_OVER_THE.search(passage.text, max(0, given.start - _BOUND_REACH), given.start))


def _bounded(reading: Reading, number: Number) -> str:
    before = reading.text[max(0, number.start - _BOUND_REACH) : number.start]
    words = " ".join(before.split(" ")[-3:]) if number.bound != "exactly" else ""
    return f'"{" ".join((words + reading.text[number.start : number.end]).split())}"'
