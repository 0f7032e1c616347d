"""Figures of a text as typed values with spans: money, percentages, counts, dates and periods."""

from __future__ import annotations

import re

from extractor.figures.assign import dated_numbers, figure_runs
from extractor.figures.measures import measure_of, subjects_of
from extractor.figures.number import Number
from extractor.figures.periods import PeriodMention, find_periods, to_period
from extractor.schema import Count, Figure, Money, Percent, Period

__all__ = ["PeriodMention", "find_figures", "find_periods"]

# A bare number of a table under "(in thousands)" is an amount where it is written like one: "53,207".
_TABLE_MARK = ","


def find_figures(text: str, *, scale: int = 1, currency: str = "USD") -> list[Figure]:
    """Return the figures of `text` in order, spans into `text`: "over 53%" is a Percent of 53, bound "over".

    `scale` is what a table's heading says ("in thousands": 1000): it multiplies bare amounts ("$450,674") and makes
    bare grouped numbers ("53,207") amounts of `currency`.
    """
    dated = dated_numbers(text)
    subjects: list[str | None] = []
    for run in figure_runs(text):
        subjects += subjects_of(text, [dated[k].number for k in run])
    return _sharing_measures(
        text,
        [
            _figure(text, d.number, to_period(d.when, text) if d.when and d.when.year else None, whose, scale, currency)
            for d, whose in zip(dated, subjects, strict=True)
        ],
    )


# What stands between members of one list of figures: "17% and 19% of our revenue", "5%, or approximately 6%"
_LISTED = re.compile(r",?\s*(?:and|or)?\s*(?:approximately|about|over)?\s*")


def _sharing_measures(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures, each with the measure that only the last of its list names."""
    found = list(figures)
    for i in range(len(found) - 2, -1, -1):
        this, following = found[i], found[i + 1]
        listed = _LISTED.fullmatch(text, this.end, following.start)
        if this.of is None and following.of and listed and this.kind == following.kind:
            found[i] = this.model_copy(update={"of": following.of})
    return found


def _figure(text: str, number: Number, period: Period | None, whose: str | None, scale: int, currency: str) -> Figure:
    shown = text[number.start : number.end]
    value = number.value
    amount = number.kind == "money" or (scale != 1 and number.bare and _TABLE_MARK in shown)
    of = measure_of(text, number)
    if amount:
        if scale != 1 and not number.scaled:
            value *= scale
        return Money(
            text=shown, start=number.start, end=number.end, bound=number.bound, period=period, of=of, whose=whose,
            amount=value, currency=number.currency or currency,
        )  # fmt: skip
    if number.kind == "percent":
        return Percent(
            text=shown, start=number.start, end=number.end, bound=number.bound, period=period, of=of, whose=whose,
            value=value if number.bare or value != round(value) else int(value),
        )  # fmt: skip
    unit = number.unit
    return Count(
        text=shown, start=number.start, end=number.end, bound=number.bound, period=period, of=of, whose=whose,
        value=value, unit=unit,
    )  # fmt: skip
