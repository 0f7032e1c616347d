"""What the offline engine tells of tables: each figure from its own row and column, or nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.context import Reader
from extractor.engines.offline.draft import Draft
from extractor.engines.offline.tables import drafts_of_tables
from extractor.engines.offline.tables.telling import dollars
from extractor.reading import document_from_text
from extractor.schema import Money

OPENING = "Item 1. Business\n\nVarley Lamp Company makes lamps, shades and switches for homes and offices.\n\n"

TOLD = [
    pytest.param(
        "During the fiscal year ended January 31, 1997, sales of household goods at Varley shops (which are\n"
        "seasonal), by product category were as follows:\nPERCENTAGE CATEGORY OF SALES\n"
        "Lamps................. 46% Shades and globes................ 31 Switches............. 23 100%",
        [
            "lamps accounted for 46% of sales of household goods at Varley shops in the year ended January 31, 1997",
            "shades and globes accounted for 31% of sales of household goods at Varley shops in the year ended "
            "January 31, 1997",
            "switches accounted for 23% of sales of household goods at Varley shops in the year ended January 31, 1997",
        ],
        id="dot-leaders-in-one-line",
    ),
    pytest.param(
        "The backlog of unfilled orders was as follows: June 30 1994 1993 (Thousands)\n\n"
        "Home Lighting $41,000 $52,400 Office Lighting 9,500 8,000 Candles 1,000 1,000 $51,500 $61,400",
        [
            "the backlog of unfilled orders was $51.5 million at June 30, 1994, against $61.4 million at June 30, 1993",
            "Home Lighting accounted for $41 million of the backlog of unfilled orders at June 30, 1994, against "
            "$52.4 million at June 30, 1993",
            "Office Lighting accounted for $9.5 million of the backlog of unfilled orders at June 30, 1994, against "
            "$8 million at June 30, 1993",
        ],
        id="a-total-without-a-name",
    ),
    pytest.param(
        "The Home Lighting segment and the Office Lighting segment are described below.\n\n"
        "Product Class Sales Year Ended June 30 Segment and Products 1994 1993 1992 (Thousands) "
        "Home Lighting Table lamps and shades $210,340 $198,000 $188,200 Other goods 14,120 13,900 13,100\n"
        "Office Lighting Desk lamps 90,400 88,100 80,200 Other goods 22,000 31,500 30,900",
        [
            "table lamps and shades accounted for $210.3 million of sales in the year ended June 30, 1994, against "
            "$198 million in 1993",
            "desk lamps accounted for $90.4 million of sales in the year ended June 30, 1994, against $88.1 million "
            "in 1993",
            "other Office Lighting goods accounted for $22 million of sales in the year ended June 30, 1994, against "
            "$31.5 million in 1993",
            "other Home Lighting goods accounted for $14.1 million of sales in the year ended June 30, 1994, against "
            "$13.9 million in 1993",
        ],
        id="segments-over-their-products",
    ),
    pytest.param(
        "The following table shows the revenue of each line (dollars in millions):\n\n"
        "Year Ended December 31,  2023  2022\nTable Lamps  $47.5  55%  $55.7  60%\nDesk Lamps  38.9  45  37.2  40\n"
        "Total revenue  $86.4  100%  $92.9  100%",
        [
            "revenue was $86.4 million in 2023, against $92.9 million in 2022",
            "Table Lamps accounted for 55% ($47.5 million) of revenue in 2023",
            "Desk Lamps accounted for 45% ($38.9 million) of revenue in 2023",
        ],
        id="amounts-with-their-shares",
    ),
    pytest.param(
        "The following table sets forth the deposits of the Bank by type.\n\n"
        "At June 30, 1996\nAmount  Percent  Rate\n(Dollars in thousands)\n"
        "Checking accounts  $13,500  30.0%  1.62%\nSavings accounts  31,500  70.0  2.85\nTotal  $45,000  100.0%  2.48%",
        [
            "deposits were $45 million at June 30, 1996",
            "savings accounts accounted for 70.0% ($31.5 million) of deposits at June 30, 1996",
            "checking accounts accounted for 30.0% ($13.5 million) of deposits at June 30, 1996",
        ],
        id="a-rate-is-left-out",
    ),
    pytest.param(
        "The following table shows the number of the Company's stores by state:\n\n"
        "          Jan. 28,   Jan. 29,\nState        2006       2005\n-----     --------   --------\n"
        "Ohio.........  34         33\nIowa.........  12         13\nTotal........  46         46",
        [
            "the company had 46 stores at January 28, 2006",
            "Ohio accounted for 34 of the company's stores at January 28, 2006, against 33 at January 29, 2005",
            "Iowa accounted for 12 of the company's stores at January 28, 2006, against 13 at January 29, 2005",
        ],
        id="dates-over-years",
    ),
    pytest.param(
        "Net sales of each product line were as follows:\n\n(in thousands)\n2005\n2004\n"
        "Lamps\n$41,200\n$39,000\nShades\n9,100\n8,700",
        [
            "lamps accounted for $41.2 million of net sales in 2005, against $39 million in 2004",
            "shades accounted for $9.1 million of net sales in 2005, against $8.7 million in 2004",
        ],
        id="one-cell-a-line",
    ),
    pytest.param(
        "The following customers accounted for 10% or more of our net sales:\n\n"
        "Year Ended December 31,  2005  2004\nHarwell Stores  24%  19%\nBrill Group  12%  *",
        [
            "Harwell Stores accounted for 24% of net sales in 2005, against 19% in 2004",
            "Brill Group accounted for 12% of net sales in 2005",
        ],
        id="the-largest-customers",
    ),
]

_HEAD = "The following table shows net sales by product line:\n\n"
REFUSED = [
    pytest.param(_HEAD + "2005  2004\nLamps  $41,200  $39,000\nShades  9,100  8,700", id="no-scale"),
    pytest.param(
        _HEAD + "(in thousands)  2005  2004\nLamps  $41,200  $39,000\nShades  9,100\nSwitches  2,200  1,100",
        id="a-row-lacks-a-figure",
    ),
    pytest.param(
        _HEAD + "(in thousands)  2005  2004\nLamps  $41,200  $39,000\nShades  9,100  8,700\nTotal  $60,300  $47,700",
        id="rows-that-are-not-the-total",
    ),
    pytest.param(
        _HEAD + "(in thousands)  2005  Change\nLamps  $41,200  $39,000\nShades  9,100  8,700", id="a-column-of-changes"
    ),
    pytest.param(
        _HEAD + "(in thousands)  2005  2002\nLamps  $41,200  $39,000\nShades  9,100  8,700",
        id="years-that-do-not-follow",
    ),
    pytest.param(
        _HEAD + "(in thousands)  2005\nLamps  $41,200  $39,000\nShades  9,100  8,700", id="two-amounts-a-year"
    ),
    pytest.param(_HEAD + "2005  2004\nLamps  41%  39%\nShades  9  8", id="shares-that-leave-much-out"),
    pytest.param(
        _HEAD + "(in thousands)\nThree months ended June 30, 2005  2004\nLamps  $41,200  $39,000\nShades  9,100  8,700",
        id="a-quarter",
    ),
    pytest.param(
        _HEAD + "(in thousands)\nJune 30, 2005  2004\nLamps  $41,200  $39,000\nShades  9,100  8,700",
        id="sales-of-a-day-or-of-a-year",
    ),
    pytest.param(
        _HEAD + "(in thousands)  2005  2004\nFirst quarter  $41,200  $39,000\nSecond quarter  9,100  8,700",
        id="rows-of-quarters",
    ),
    pytest.param(
        "The following table shows the net sales and operating income of each segment:\n\n"
        "(in thousands)  2005  2004\nLamps  $41,200  $39,000\nShades  9,100  8,700",
        id="more-than-one-measure",
    ),
    pytest.param(
        "The following table shows net sales of the Home segment by product:\n\n"
        "(in thousands)  2005  2004\nLamps  $41,200  $39,000\nShades  9,100  8,700",
        id="sales-of-one-segment",
    ),
    pytest.param(
        "The following table shows Harwell's net sales by product:\n\n"
        "(in thousands)  2005  2004\nLamps  $41,200  $39,000\nShades  9,100  8,700",
        id="sales-of-another",
    ),
    pytest.param(
        "HOME LIGHTING SEGMENT\n\nThe segment serves the home.\n\n" + _HEAD + "(in thousands)  2005  2004\n"
        "Lamps  $41,200  $39,000\nShades  9,100  8,700",
        id="under-the-heading-of-a-segment",
    ),
    pytest.param(
        "The following table shows the employees of the stores by state:\n\n2005  2004\nOhio  412  390\nIowa  91  87",
        id="not-of-the-business-model",
    ),
]


def _drafts(table: str) -> list[Draft]:
    return list(drafts_of_tables(document_from_text(f"{OPENING}{table}\n"), "Varley"))


@pytest.mark.parametrize(("table", "expected"), TOLD)
def test_tables_are_told_by_their_largest_rows(table: str, expected: list[str]) -> None:
    assert [draft.statement for draft in _drafts(table)] == expected


@pytest.mark.parametrize("table", [param.values[0] for param in TOLD], ids=[param.id for param in TOLD])
def test_what_is_told_follows_from_the_passages_cited(table: str) -> None:
    reader = Reader.of(document_from_text(f"{OPENING}{table}\n"))
    for draft in _drafts(table):
        assert reader.misquoted(draft.evidence) == []
        assert reader.judge(draft.statement, draft.evidence) == []


@pytest.mark.parametrize("table", REFUSED)
def test_tables_that_can_be_read_in_two_ways_are_not_told(table: str) -> None:
    assert _drafts(table) == []


def test_a_label_over_two_lines_is_not_told() -> None:
    table = _HEAD + "(in thousands)  2005  2004\nLamps for\nthe home  $41,200  $39,000\nShades  9,100  8,700"
    assert [draft.wording.subject for draft in _drafts(table)] == ["shades"]


def test_what_a_sentence_says_is_not_told_again() -> None:
    said = "Net sales of shades were $9.1 million in 2005.\n\n"
    table = _HEAD + "(in thousands)  2005  2004\nLamps  $41,200  $39,000\nShades  9,100  8,700"
    assert [draft.wording.subject for draft in _drafts(said + table)] == ["lamps"]


_LABELS = st.lists(
    st.sampled_from("Lamps,Shades,Switches,Garden lights,Desk lamps,Candles and tapers,Bulbs,Wiring".split(",")),
    min_size=2,
    max_size=5,
    unique=True,
)
_LAYOUTS = {
    "lines": ("  ", "\n"),
    "leaders": ("........ ", " "),
    "cells": ("\n", "\n"),
    "pipes": (" | ", "\n"),
}


@settings(deadline=None)
@given(
    labels=_LABELS,
    years=st.integers(1990, 2030).flatmap(lambda y: st.sampled_from([[y, y - 1], [y - 1, y], [y, y - 1, y - 2]])),
    layout=st.sampled_from(sorted(_LAYOUTS)),
    data=st.data(),
)
def test_each_figure_stands_in_its_own_row_and_column(
    labels: list[str], years: list[int], layout: str, data: st.DataObject
) -> None:
    amounts = data.draw(
        st.lists(
            st.lists(st.integers(1_000, 900_000), min_size=len(years), max_size=len(years)),
            min_size=len(labels),
            max_size=len(labels),
        )
    )
    between, behind = _LAYOUTS[layout]
    inner = between if layout != "leaders" else " "
    rows = [
        f"{label}{between}" + inner.join(f"{'$' if n == 0 else ''}{value:,}" for value in values)
        for n, (label, values) in enumerate(zip(labels, amounts, strict=True))
    ]
    head = "(in thousands) " + "  ".join(map(str, years))
    drafts = _drafts(f"{_HEAD}{head}\n{behind.join(rows)}")

    latest, before = years.index(max(years)), years.index(max(years) - 1)
    for draft in drafts:
        row = next(
            v for label, v in zip(labels, amounts, strict=True) if label.lower() == draft.wording.subject.lower()
        )
        shown = [dollars(Decimal(row[column]), 1_000) for column in (latest, before)]
        assert draft.wording.predicate == f"accounted for {shown[0]} of net sales in {max(years)}"
        assert draft.wording.details in ((), (f"against {shown[1]} in {max(years) - 1}",))
        assert next(f.amount for f in draft.figures if isinstance(f, Money)) == row[latest] * 1_000
