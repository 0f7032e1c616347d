"""A typed table in words: its total, and what its largest rows account for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from extractor.document import Document
from extractor.engines.offline.respectively import other_period, period_of
from extractor.engines.offline.tables.columns import Column, Measure, adds_up
from extractor.engines.offline.tables.grid import Cell, Grid, Row
from extractor.engines.offline.tables.usage import Usage
from extractor.figures import find_periods
from extractor.schema import Count, Figure, Money, Percent, Period
from extractor.wording import COMPANY, Wording

MOST_ROWS = 5
"""Rows of a table that are told, the largest."""
_LEAST_SHARE = Decimal("0.03")  # of the column's sum: a smaller row says little of the whole
_LONGEST_LABEL = 8  # words
_TOTAL_WORDS = frozenset("total totals grand net gross consolidated company combined the of all".split())
# Rows that are no part of the business, and those that say nothing without the rows before them.
_NO_PART = re.compile(
    r"^(?:less|plus|add|adjust\w*|eliminat\w*|inter-?\w*segment|intercompany|unallocated|corporate|reconcil\w*|"
    r"sub-?total|deduct|allowance|discounts?|unearned|undisbursed|deferred|all others?|others?|various|"
    r"miscellaneous|other \w+)\b",
    re.IGNORECASE,
)
_PERIOD_LABEL = re.compile(
    r"\b(?:quarter|january|february|march|april|june|july|august|december|(?:19|20)\d\d)\b", re.I
)
_OTHER_OF = re.compile(r"^other ([a-z]+s)$", re.IGNORECASE)
# Rows of loans that need the noun: "Commercial real estate" are loans, "Lines of credit" and "Second mortgages" say so.
_LOAN = re.compile(r"\b(?:loans?|mortgages?|lines?|credit|leases?|leasing|financing|[a-z]*s)$", re.IGNORECASE)
_PLURAL = re.compile(r"^(?!.*\bbacklog).*?\b(?:sales|revenues|premiums|billings|bookings|deposits|loans)\b")
_AND_OTHER = re.compile(r"\bothers?$", re.IGNORECASE)
_OPENER = re.compile(r"[A-Z][a-z]*(?:[-/][a-z]+)*-?")
_SMALL = frozenset("and or of the for in to with".split())


@dataclass(frozen=True, slots=True)
class Told:
    """A fact of a table: its wording, the rows that say it, and its figures as typed values."""

    wording: Wording
    rows: tuple[Row, ...]
    figures: tuple[Figure, ...]

    @property
    def whose(self) -> str:
        """The name of the row, "" for the total."""
        return self.figures[0].whose or ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose columns are known."""

    document: Document
    usage: Usage
    grid: Grid
    columns: list[Column]
    measure: Measure
    scale: int

    def told(self) -> list[Told]:
        """The total first, then the largest rows; [] where the rows do not add up to the total or none can be told."""
        lead = self._leading()
        if lead is None:
            return []
        totals = [row for row in self.grid.rows if row.is_total and self._names_all(row)]
        total = totals[-1].cells[lead.place].value if totals else None
        if total is not None and not adds_up(self.grid.rows, lead.place, total):
            return []
        if any(row.label and _PERIOD_LABEL.search(row.label) for row in self.grid.rows):
            return []
        amount = lead if lead.kind != "percent" else self._amount(lead)
        whole = totals and amount and not self.measure.of_parties  # what the largest customers add up to is not all
        found = [self._total(totals[-1], amount)] if whole and amount else []
        return [*found, *self._parts(lead)]

    def _leading(self) -> Column | None:
        """The column that rows are told by: of the latest year, the share where there is one."""
        latest = [c for c in self.columns if c.year == self.columns[0].year and c.kind != "other"]
        shares = [c for c in latest if c.kind == "percent"]
        return next(iter(shares or latest), None)

    def _amount(self, lead: Column) -> Column | None:
        """The column of amounts beside a column of shares."""
        return next((c for c in self.columns if c.year == lead.year and c.kind == "money" and c is not lead), None)

    def _names_all(self, row: Row) -> bool:
        words = set(re.findall(r"[a-z]+", (row.label or "").lower()))
        return words <= _TOTAL_WORDS | set(re.findall(r"[a-z]+", self.measure.text.lower())) | {self.measure.noun}

    def _parts(self, lead: Column) -> Iterator[Told]:
        listed = [(row, *self._split(row)) for row in self.grid.rows if not row.is_total]
        count = Counter(label for _, _, label in listed)
        whole = sum((row.cells[lead.place].value or Decimal(0) for row, _, _ in listed), Decimal(0))
        over: tuple[str, Row] | None = None  # the group that a row stands in, and the row that names it
        found: list[tuple[Decimal, Told]] = []
        for row, group, label in listed:
            if group and (over is None or over[0] != group):
                over = group, row
            elif label and self.usage.is_unit(label):
                over = None
            value = row.cells[lead.place].value
            name = self._name(label, over[0] if over else None, count[label]) if label else None
            if name and value is not None and value > _LEAST_SHARE * whole:
                rows = (over[1], row) if over and over[0] in name and over[1] is not row else (row,)
                found.append((value, self._part(rows, name, lead)))
        for _, told in sorted(found, key=lambda entry: -entry[0])[:MOST_ROWS]:
            yield told

    def _split(self, row: Row) -> tuple[str | None, str | None]:
        """Group and label, where one line holds both: "Water Control Plumbing products" under a segment's name."""
        words = (row.label or "").split()
        for n in range(len(words) - 2, 0, -1):
            group, label = " ".join(words[:n]), words[n:]
            if label[0][0].isupper() and not any(w[0].isupper() for w in label[1:]) and self.usage.is_unit(group):
                return group, " ".join(label)
        return row.group, row.label

    def _name(self, label: str, group: str | None, times: int) -> str | None:
        """How a row is called in a sentence; None where its label alone does not say which part it is."""
        other = _OTHER_OF.match(label)
        if other and group and self.usage.is_unit(group):
            return f"other {group} {other[1].lower()}"
        if times > 1 or _NO_PART.match(label) or len(label.split()) > _LONGEST_LABEL:
            return None
        if self.measure.noun == "loans" and not _LOAN.search(label):
            return None if _AND_OTHER.search(label) else f"{self._lowered(label)} loans"
        return self._lowered(label)

    def _lowered(self, label: str) -> str:
        """`label` without a capital that only opens its line."""
        first, _, rest = label.partition(" ")
        if self.measure.of_parties or rest[:1].isupper() or not _OPENER.fullmatch(first.rstrip(",")):
            return label
        common = self.usage.is_common(label, otherwise=self._in_sentence_case())
        return label[0].lower() + label[1:] if common else label

    def _in_sentence_case(self) -> bool:
        """True where only the first words of the labels have capitals: "Stationery and candy", "Sporting goods"."""
        labels = [(self._split(row)[1] or "").split() for row in self.grid.rows if not row.is_total]
        longer = [words[1:] for words in labels if any(word not in _SMALL for word in words[1:])]
        return bool(longer) and not any(word[:1].isupper() for words in longer for word in words)

    def _part(self, rows: tuple[Row, ...], name: str, lead: Column) -> Told:
        row = rows[-1]
        cell = row.cells[lead.place]
        shown = self._shown(cell, lead)
        cells = [(cell, lead)]
        amount = self._amount(lead)
        if amount is not None and (row.cells[amount.place].value or 0) > 0:
            shown += f" ({self._shown(row.cells[amount.place], amount)})"
            cells.append((row.cells[amount.place], amount))
        whole = self.measure.text
        if self.measure.things:
            whole = f"the company's {whole}"
        elif self.measure.noun == "backlog":
            whole = f"the {whole}"
        before = None if amount is not None else self._before(row, lead)
        wording = Wording(name, f"accounted for {shown} of {whole} {_when(lead)}", self._against(row, lead, before))
        if before is not None:
            cells.append((row.cells[before.place], before))
        return Told(wording, rows, tuple(self._figure(*entry, name) for entry in cells))

    def _total(self, row: Row, lead: Column) -> Told:
        before = self._before(row, lead)
        shown = self._shown(row.cells[lead.place], lead)
        if self.measure.things:
            subject, verb, what = COMPANY, "had", f"{shown} {self.measure.text} {_when(lead)}"
        else:
            subject = f"the {self.measure.text}" if self.measure.noun == "backlog" else self.measure.text
            verb, what = "were" if _PLURAL.search(self.measure.text) else "was", f"{shown} {_when(lead)}"
        cells = [(row.cells[lead.place], lead), *([(row.cells[before.place], before)] if before else [])]
        wording = Wording(subject, f"{verb} {what}", self._against(row, lead, before))
        return Told(wording, (row,), tuple(self._figure(*entry, None) for entry in cells))

    def _before(self, row: Row, lead: Column) -> Column | None:
        """The column of the year before, where the row has a figure there."""
        year = str(int(lead.year) - 1)
        before = next((c for c in self.columns if c.year == year and c.kind == lead.kind), None)
        return before if before and (row.cells[before.place].value or 0) > 0 else None

    def _against(self, row: Row, lead: Column, before: Column | None) -> tuple[str, ...]:
        if before is None:
            return ()
        shown = self._shown(row.cells[before.place], before)
        if shown == self._shown(row.cells[lead.place], lead):
            return ()
        same = before.head == lead.head
        when = other_period(period_of(lead.head, "").strip(), before.year) if same else _when(before)
        return (f"against {shown} {when}",)

    def _shown(self, cell: Cell, column: Column) -> str:
        value = cell.value if cell.value is not None else Decimal(0)
        if column.kind == "percent":
            return f"{value}%"
        return f"{value:,}" if column.kind == "count" else dollars(value, self.scale)

    def _figure(self, cell: Cell, column: Column, whose: str | None) -> Figure:
        """The figure as it stands in its cell, with what the table says of it."""
        value = cell.value if cell.value is not None else Decimal(0)
        text = self.document.text[cell.start : cell.end]
        period = _typed(_when(column))
        of = self.measure.text
        if column.kind == "percent":
            return Percent(
                text=text, start=cell.start, end=cell.end, period=period, of=of, whose=whose, value=_plain(value)
            )
        if column.kind == "count":
            return Count(
                text=text, start=cell.start, end=cell.end, period=period, of=of, whose=whose, value=_plain(value)
            )
        return Money(
            text=text, start=cell.start, end=cell.end, period=period, of=of, whose=whose,
            amount=_plain(value * self.scale), currency="USD",
        )  # fmt: skip


def dollars(value: Decimal, scale: int) -> str:
    """An amount as a sentence tells it: 450,674 thousand is "$450.7 million"; decimals that it has are kept."""
    amount = value * scale
    for name, unit, places in (("billion", 10**9, "0.01"), ("million", 10**6, "0.1")):
        if amount >= unit:
            told = amount / unit
            if scale != unit:
                whole = told == told.to_integral_value()
                told = told.quantize(Decimal(1) if whole else Decimal(places), ROUND_HALF_UP)
            return f"${told:f} {name}"
    return f"${amount:,.0f}"


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _when(column: Column) -> str:
    return period_of(column.head, column.year)


def _typed(when: str) -> Period | None:
    found = find_periods(when)
    return found[0].period if found else None
