"""What a fact's type holds beyond its wording, as a reviewer reads it: field by field, figures with their values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.schema import Count, Fact, Figure, Money, Percent, Period

# Shown elsewhere on the page, or said by the statement.
_APART = frozenset("id importance opening subject predicate details items statement evidence figures".split())

_PLAIN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?\s?%?")

Value = str | int | Figure | Period


@dataclass(frozen=True, slots=True)
class Field:
    """A typed field that holds something: its name in the record, and its values."""

    name: str
    values: tuple[Value, ...]


def fields_of(fact: Fact) -> list[Field]:
    """The typed fields of a fact in the record's order, last the figures that none of them is."""
    fields = [
        Field(name, values)
        for name in type(fact).model_fields
        if name not in _APART and (values := _values(getattr(fact, name)))
    ]
    shown = {(v.start, v.end) for field in fields for v in field.values if isinstance(v, Money | Percent | Count)}
    others = tuple(figure for figure in fact.figures if (figure.start, figure.end) not in shown)
    return [*fields, Field("figures", others)] if others else fields


def _values(value: Value | list[Value] | None) -> tuple[Value, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def exactly(figure: Figure) -> str:
    """The value that the record holds, where the figure's own words do not show it: "USD 69,800,000", "33.33%"."""
    if isinstance(figure, Money):
        return f"{figure.currency} {figure.amount:,}"
    if _PLAIN.fullmatch(figure.text) and float(figure.text.rstrip("% ").replace(",", "")) == figure.value:
        return ""
    return f"{figure.value:,}%" if isinstance(figure, Percent) else f"{figure.value:,}"
