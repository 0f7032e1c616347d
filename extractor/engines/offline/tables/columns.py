"""What a table's figures measure: its measure, its scale, and the period and kind of each column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from extractor.engines.offline.tables.grid import Grid, Row, Token

Kind = Literal["money", "percent", "count", "other"]

_ADJECTIVES = r"(?:(?:net|gross|total|consolidated|domestic|export|international|worldwide|direct|operating)\s+)*"
_FLOW = r"(?P<flow>sales|revenues?|premiums\s+(?:written|earned)|billings|bookings)"
_STOCK = (
    r"(?P<stock>backlog|deposits|loan\s+portfolio|loans)"
    r"|(?P<things>stores|restaurants|branch(?:es|\s+offices)|clubs|outlets|customers|subscribers|members)"
)
# Words that end what a measure is of: "net sales | by segment", "loans | of the Bank", "sales | for each".
_END = (
    r"by|for|were|was|is|are|as|and|or|that|which|during|over|in|of|at|to|from|each|its|these|this|those|among|between"
)
# "domestic sales of general merchandise at Harlow stores", "backlog of unshipped orders"
_MEASURE = re.compile(
    rf"\b(?P<measure>{_ADJECTIVES}(?:{_FLOW}|{_STOCK})"
    rf"(?P<tail>(?:\s+(?:of|at|to|from)\s+(?!the\b|our\b)(?:(?:(?<=\s)|\s+)(?!(?:{_END})\b)[\w'’-]+){{1,4}})*))",
    re.IGNORECASE,
)
_WHOLE_OWNERS = r"(?:company|registrant|corporation|bank|savings\s+bank|partnership|association|trust|fund)"
# Behind a measure, what makes it that of a part: "net sales of the Lamps segment", "deposits at our Dayton branch".
_OF_PART = re.compile(
    rf"\s+(?:of|for|in|at|from|to)\s+(?:(?:the|our|its|their)\s+(?!{_WHOLE_OWNERS}\b|periods?\b|years?\b|last\b|past\b|"
    r"fiscal\b|dates?\b|indicated\b|most\s+recent\b|two\b|three\b|four\b|five\b)|(?-i:[A-Z]))",
    re.IGNORECASE,
)
# Before a measure, what leaves it whole: "shows net sales", "percentage of sales", "the Company's revenues".
_OPENED = re.compile(
    rf"(?:^|[,:\n]|\b(?:of|the|our|its|by|in|and|shows?|presents?|summari[sz]es|forth|out|provides|lists|details|"
    rf"following|class|segment|each|with|total|annual|number|(?:{_WHOLE_OWNERS}|(?:our|the)\s+company)['’]s))\s*$",
    re.IGNORECASE,
)
# What no brief tells of, or what no rule here tells sales from.
_IDLE = re.compile(
    r"\b(?:costs?|expenses?|incomes?|profits?|loss(?:es)?|earnings|employees?|associates|workforce|officers?|"
    r"directors?|matur\w+|delinquen\w+|non-?performing|non-?accrual|allowances?|claims?|ratios?|reserves?|prices?|tax(?:es)?|"
    r"fuel|purchase[sd]?|originat\w+|repayments?|securities|investments?|capacity|square|competitors?|industry|"
    r"market share|pro forma|changes?|increases?|decreases?|growth|budget|forecast\w*|project\w+|estimate\w*|"
    r"interest|margins?|average balances?|quarter\w*|(?:three|six|nine) months|months|weeks|comparable|per)\b",
    re.IGNORECASE,
)
_SCALES = (
    (re.compile(r"\bthousands\b|\b000['’]?s?\b", re.IGNORECASE), 1_000),
    (re.compile(r"\bmillions\b", re.IGNORECASE), 1_000_000),
)
_SHARE = re.compile(r"\bpercent(?:age)?s?\b|%|\bshares?\b", re.IGNORECASE)
# "customers that accounted for 10% or more of net sales", "our largest customers"
_PARTIES = re.compile(
    r"\bcustomers?,? (?:that|which|who|whose|accounting|accounted|representing|represented|with)\b"
    r"|\b(?:largest|major|significant|principal) customers\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTH_DAY = re.compile(r"([A-Z][a-z]+)\.?\s+(\d{1,2})\b", re.IGNORECASE)
_MONTHS = "January February March April May June July August September October November December".split()
_DATE = re.compile(rf"\b(?:{'|'.join(m[:3] for m in _MONTHS)})[a-z]*\.?\s+\d{{1,2}}\b")
_ENDED = re.compile(r"\byears?\s+(?:then\s+)?end(?:ed|ing)\b", re.IGNORECASE)
_MOST_COLUMNS = 8
_BEFORE = 30  # characters before a measure that are looked at
_WHOLE, _WHOLE_SLACK = Decimal(100), Decimal("1.5")  # what shares add up to, and how far rounding may take them from it
_MOST_PER_YEAR = 3


@dataclass(frozen=True, slots=True)
class Measure:
    """What the figures are amounts or shares of: "the backlog of unshipped orders".

    `stock` says that it is held at a date, not earned over a year; `things` that it counts what can be counted;
    `of_parties` that the rows are its largest customers, whose shares need not be all of it.
    """

    text: str
    noun: str
    stock: bool
    things: bool
    of_parties: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the place of its cells in a row, what they are, and when they hold ("for the years ended June 30,")."""

    place: int
    kind: Kind
    head: str
    year: str


def measure_of(intro: str, head: str, total: str) -> Measure | None:
    """The one measure that the words over a table name, or else its total's; None for several and what is not told."""
    words = f"{intro}\n{head}"
    if _IDLE.search(words):
        return None
    found = list(_MEASURE.finditer(_folded(words))) or list(_MEASURE.finditer(total))
    found = [match for match in found if not match["things"]] or found  # "the customers with most of net sales"
    if len({_noun(match) for match in found}) != 1 or not all(_is_whole(match) for match in found):
        return None
    fullest = max(found, key=lambda match: len(match["measure"]))
    text = " ".join(fullest["measure"].split())
    if text == text.upper() or text.istitle():
        text = text.lower()
    if not fullest["tail"]:
        text = text.lower().removeprefix("total ")
    return Measure(
        text.rstrip(" '’-"), _noun(fullest), not fullest["flow"], bool(fullest["things"]), bool(_PARTIES.search(words))
    )


def _is_whole(match: re.Match[str]) -> bool:
    """False for the measure of a part of the business, which the words over a table may name in part only."""
    whole = _OPENED.search(match.string, max(0, match.start() - _BEFORE), match.start())
    return bool(whole) and not _OF_PART.match(match.string, match.end())


def _folded(words: str) -> str:
    return re.sub(r"\([^()]*\)", "", words)


def _noun(match: re.Match[str]) -> str:
    """Sales and revenue are one thing under two names only where one of them alone is used."""
    noun = (match["flow"] or match["stock"] or match["things"]).lower()
    return {"revenues": "revenue", "loan portfolio": "loans"}.get(noun, noun)


def scale_of(intro: str, head: str) -> int:
    """What figures of money are multiplied by, 1 where nothing is said."""
    words = f"{intro}\n{head}"
    found = {scale for pattern, scale in _SCALES if pattern.search(words)}
    return found.pop() if len(found) == 1 else 1


def columns_of(grid: Grid, measure: Measure, intro: str, scale: int) -> list[Column]:
    """The columns of `grid`, those of the latest year first; [] where it is not sure what they are."""
    width = len(grid.rows[0].cells)
    periods = _periods(grid.head, intro, measure)
    if not periods or width > _MOST_COLUMNS or width % len(periods):
        return []
    per = width // len(periods)
    if per > _MOST_PER_YEAR:
        return []
    kinds = [_kind(grid, place, per, measure, intro, scale) for place in range(width)]
    if any(kind is None for kind in kinds) or any(kinds[n] != kinds[n % per] for n in range(width)):
        return []
    if sum(kind != "other" for kind in kinds[:per]) != len({kind for kind in kinds[:per] if kind != "other"}):
        return []  # two amounts a year: of what each is, is not sure
    columns = [Column(place, kind, *periods[place // per]) for place, kind in enumerate(kinds) if kind is not None]
    return sorted(columns, key=lambda column: (-int(column.year), column.place))


def _periods(head: Iterable[Token], intro: str, measure: Measure) -> list[tuple[str, str]]:
    """Head and year of each period in the columns' order: ("for the years ended June 30,", "1996")."""
    tokens = list(head)
    words = " ".join(token.text for token in tokens if token.kind != "gap")
    dates = [token.text for token in tokens if token.kind == "date"]
    years = [token.text[:4] for token in tokens if token.kind == "year"]
    days = [_day(date) for date in dates]
    if not years:
        years, days = _told_in(intro)
    else:
        days = days or _told_in(intro)[1]
    named = list(dict.fromkeys(day for day in days if day))
    if len(days) != len(years):
        days = named * len(years) if len(named) == 1 else [""] * len(years) if not named else []
    if not years or len(days) != len(years) or not _in_order(years):
        return []
    heads = [_period_head(f"{intro}\n{words}", day, measure) for day in days]
    return [(head, year) for head, year in zip(heads, years, strict=True) if head is not None] if all(heads) else []


def _told_in(intro: str) -> tuple[list[str], list[str]]:
    """The one year that an introduction names and the one day, each in a list; [] where it names several."""
    years, days = set(_YEAR.findall(intro)), {_day(match.group()) for match in _DATE.finditer(intro)}
    return (list(years) if len(years) == 1 else [], list(days) if len(days) == 1 else [])


def _day(date: str) -> str:
    """A date without its year, its month written out: "Jan. 28," gives "January 28"."""
    match = _MONTH_DAY.match(date)
    month = next((m for m in _MONTHS if match and m.lower().startswith(match[1].lower()[:3])), "")
    return f"{month} {match[2]}" if match and month else ""


def _in_order(years: list[str]) -> bool:
    steps = [int(b) - int(a) for a, b in pairwise(years)]
    return all(step == 1 for step in steps) or all(step == -1 for step in steps)


def _period_head(words: str, day: str, measure: Measure) -> str | None:
    """What stands before a year: "for the years ended March 31,"; None where that is not sure."""
    fiscal = "fiscal " if re.search(r"\bfiscal\b", words, re.IGNORECASE) else ""
    if measure.stock:
        return f"at {day}, " if day else None
    if not day:
        return f"in {fiscal}"
    return f"for the years ended {day}, " if _ENDED.search(words) else None


def _kind(grid: Grid, place: int, per: int, measure: Measure, intro: str, scale: int) -> Kind | None:
    """What a column holds, by its signs, its head and its sum; None where they disagree."""
    cells = [row.cells[place] for row in grid.rows]
    signs = {cell.sign for cell in cells} - {""}
    words = " ".join(token.text for token in grid.head)
    named = [token.text.lower() for token in grid.head if token.kind == "kind"]
    said = named[place % len(named)] if named and len(named) % per == 0 else ""
    if said.startswith(("rate", "yield")):
        return "other"
    if signs == {"%"} or (not signs and _SHARE.search(said)):
        return "percent" if measure.of_parties or adds_up(grid.rows, place, _WHOLE) else None
    if "%" in signs or (said and _SHARE.search(said)):
        return None
    if "$" in signs or (scale != 1 and not measure.things):
        return "money" if scale != 1 or _is_full(grid.rows, place) else None
    if not measure.things and per == 1 and _SHARE.search(f"{intro}\n{words}") and adds_up(grid.rows, place, _WHOLE):
        return "percent"
    return "count" if measure.things and not signs else None


_FULL = 1_000_000  # so large an amount under no scale is in single dollars


def _is_full(rows: Iterable[Row], place: int) -> bool:
    return any((row.cells[place].value or 0) >= _FULL for row in rows)


def adds_up(rows: Iterable[Row], place: int, whole: Decimal) -> bool:
    """True where the column's rows, totals left out, add up to `whole`, as far as rounding lets them."""
    listed = [row for row in rows if not row.is_total]
    total = sum((row.cells[place].value or Decimal(0) for row in listed), Decimal(0))
    return (
        abs(total - whole) <= max(_WHOLE_SLACK, whole / 200) if whole == _WHOLE else abs(total - whole) <= len(listed)
    )
