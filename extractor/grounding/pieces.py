"""The names, figures and periods of a text, each in its place between other words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.figures.assign import figure_runs, period_lists
from extractor.figures.number import Kind, Number
from extractor.grounding.analysis import Reading, Word
from extractor.grounding.names import GENERIC, capital_runs
from extractor.grounding.places import Span, path_of
from extractor.grounding.stems import stem

_LEGAL_FORMS = frozenset("inc incorporated corp co llc ltd limited plc n.a".split())
_NOBODY = frozenset((stem("other"),))  # at the head of a table's row
# A numeral that may go on with a name: "LRK-240", "the HarrowTab 10".
_NUMERAL = re.compile(r"[- ](?P<digits>\d+)\b(?![.,]\d)")
# The short form that a name is given: 'Orion Works, Inc. ("Orion") sells'.
_ALIAS = re.compile(r"(?:,?\s(?:Inc|Corp|Co|Ltd|LLC|L\.P|N\.A)\b\.?,?){0,2}\s?\((?:the\s)?[\"“”][^()]{1,60}[\"“”]\)")


class Piece(NamedTuple):
    """A name or a figure in its place."""

    span: Span
    stems: frozenset[str]
    value: str  # the same for the same name or figure
    text: str
    run: int  # figures of one list share it; names have none, -1
    year: int | None
    number: int = -1  # of the figure; names and periods have none
    kind: Kind | None = None  # of the figure


@lru_cache(maxsize=4)
def names_by_value(reading: Reading) -> dict[str, list[tuple[Word, ...]]]:
    """Return the capitalized words of a text that go on, by the name that they make."""
    found: dict[str, list[tuple[Word, ...]]] = {}
    for words in capital_runs(reading):
        stems = _stems(words)
        if stems - _NOBODY:
            found.setdefault(_telling(stems), []).append(words)
    return found


def _value(number: Number) -> str:
    return f"{number.kind} {number.value:g}"


def _stems(words: tuple[Word, ...]) -> frozenset[str]:
    return frozenset([word.stem for word in words if word.lower not in _LEGAL_FORMS])


@lru_cache(maxsize=4)
def placed_names(reading: Reading) -> tuple[Piece, ...]:
    """Return the names of a text, each with its legal form, its numeral and the short form that it is given there."""
    path = path_of(reading)
    figures = {number.start for number, _ in reading.numbers}
    shortened = "(" in reading.text
    found: list[Piece] = []
    for value, places in names_by_value(reading).items():
        for words in places:
            span = path.span(words[0].start, words[-1].end)
            if span is not None:
                while span.last < len(path.stems) and path.stems[span.last] in _LEGAL_FORMS:
                    span = Span(span.first, span.last + 1)
                alias = _ALIAS.match(reading.text, words[-1].end) if shortened else None
                if alias:
                    span = path.span(words[0].start, alias.end()) or span
                numeral = _NUMERAL.match(reading.text, words[-1].end)
                if numeral and numeral.start("digits") not in figures:
                    span = path.span(words[0].start, numeral.end()) or span
                text = reading.text[words[0].start : words[-1].end]
                found.append(Piece(span, _stems(words), value, text, -1, None))
    return tuple(sorted(found))


def _telling(stems: frozenset[str]) -> str:
    """Return the stems of a name that tell it from others, all of them where none does: "bank" for "the Bank"."""
    return " ".join(sorted(stems - GENERIC or stems))


@lru_cache(maxsize=4)
def placed_figures(reading: Reading) -> tuple[Piece, ...]:
    """Return the figures of a text, each with the list that it stands in and its year."""
    path = path_of(reading)
    found: list[Piece] = []
    for n, run in enumerate(figure_runs(reading.text)):
        for k in run:
            number, when = reading.numbers[k]
            span = path.span(number.start, number.end)
            if span is not None:
                value = _value(number)
                text, year = reading.text[number.start : number.end], when.year if when else None
                found.append(Piece(span, frozenset((value,)), value, text, n, year, k, number.kind))
    return tuple(found)


@lru_cache(maxsize=4)
def placed_periods(reading: Reading) -> tuple[Piece, ...]:
    """Return the periods of a text that name a year, each with the list that it stands in."""
    path = path_of(reading)
    found: list[Piece] = []
    lists = period_lists(reading.text)
    for n, when in enumerate(reading.periods):
        span = path.span(when.start, when.end)
        if span is not None and when.year is not None:
            value = f"{when.year} {when.quarter} {when.month} {when.day} {when.last_year}"
            text, listed = reading.text[when.start : when.end], lists.get(when.start)
            run = listed[0].start if listed else -2 - n
            found.append(Piece(span, frozenset((value,)), value, text, run, None))
    return tuple(found)
