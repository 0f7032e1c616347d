"""Figures of a text: money, shares and counts with their spans, bounds, periods and subjects."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.figures import find_figures, find_periods
from extractor.schema import Count, Figure, Money, Percent
from tests.timing import fresh, seconds, within


def shown(figure: Figure) -> tuple[str, float, str | None]:
    """A figure as (text as reported, value, currency or unit)."""
    match figure:
        case Money():
            return figure.text, figure.amount, figure.currency
        case Percent():
            return figure.text, figure.value, "%"
        case Count():
            return figure.text, figure.value, figure.unit


VALUES = [
    pytest.param("revenue of $69.8 million", [("$69.8 million", 69_800_000, "USD")], id="scale-in-words"),
    pytest.param("sales of $82,494,000,000", [("$82,494,000,000", 82_494_000_000, "USD")], id="digits-in-full"),
    pytest.param("sales of $69.8M", [("$69.8M", 69_800_000, "USD")], id="scale-as-a-letter"),
    pytest.param("a fee of $.25 a unit", [("$.25", 0.25, "USD")], id="cents"),
    pytest.param("a loan of CDN$5.2 billion", [("CDN$5.2 billion", 5_200_000_000, "CAD")], id="canadian-dollars"),
    pytest.param("a loan of US$3 million", [("US$3 million", 3_000_000, "USD")], id="us-dollars"),
    pytest.param(
        "€4.5 million and £2 million",
        [("€4.5 million", 4_500_000, "EUR"), ("£2 million", 2_000_000, "GBP")],
        id="signs",
    ),
    pytest.param("RMB 30 million", [("RMB 30 million", 30_000_000, "CNY")], id="currency-code"),
    pytest.param("30 million euros", [("30 million euros", 30_000_000, "EUR")], id="currency-word"),
    pytest.param(
        "$10 to $15 million",
        [("$10", 10_000_000, "USD"), ("$15 million", 15_000_000, "USD")],
        id="range-shares-its-scale",
    ),
    pytest.param("40 to 50% of sales", [("40", 40, "%"), ("50%", 50, "%")], id="range-shares-its-percent-sign"),
    pytest.param("83 percent of sales", [("83 percent", 83, "%")], id="percent-in-words"),
    pytest.param("two-thirds of sales", [("two-thirds", 200 / 3, "%")], id="two-thirds"),
    pytest.param("half of our sales", [("half", 50, "%")], id="half"),
    pytest.param("1,990 Bramble stores in Ohio", [("1,990", 1990, "Bramble stores")], id="count-with-its-noun"),
    pytest.param("a three-year agreement", [("three", 3, "year")], id="count-before-a-hyphen"),
    pytest.param("one hundred and fifty dealers", [("one hundred and fifty", 150, "dealers")], id="number-in-words"),
    pytest.param("twenty-five branches", [("twenty-five", 25, "branches")], id="tens-in-words"),
    pytest.param("a dozen dealers", [("dozen", 12, "dealers")], id="dozen"),
    pytest.param("5.9 million subscribers", [("5.9 million", 5_900_000, "subscribers")], id="count-with-a-scale"),
    pytest.param("Lamps and Shades 25.9 30", [("25.9", 25.9, None), ("30", 30, None)], id="row-of-a-table"),
]

NO_FIGURES = [
    "Item 1. Business", "Rule 10b-5", "Section 404", "ISO 9002", "the XP10", "3Com", "Form 10-K", "MPEG-4", "802.11b",
    "Windows 95", "in 1997", "fiscal 2013", "at June 30, 1997", "call (555) 555-0123", "call 800-555-0123",
    "at 210 Alder Avenue, Dayton", "Ohio 07632", "No. 4", "one of the lenders", "no one", "Suite 300",
]  # fmt: skip

BOUNDS = [
    pytest.param("over 53% of sales", "over", id="over"),
    pytest.param("in excess of $3 million", "over", id="in-excess-of"),
    pytest.param("approximately 100 customers", "about", id="approximately"),
    pytest.param("up to $3 million", "at_most", id="up-to"),
    pytest.param("no more than 10 employees", "at_most", id="no-more-than"),
    pytest.param("at least five lenders", "at_least", id="at-least"),
    pytest.param("12 or more lenders", "at_least", id="or-more"),
    pytest.param("less than $500,000", "under", id="less-than"),
    pytest.param("a majority of sales", "over", id="majority"),
    pytest.param("spread over eight states", "exactly", id="over-that-tells-where"),
    pytest.param("$5 million", "exactly", id="none"),
]

# (text, the year of each figure in order)
PERIODS_OF = [
    pytest.param(
        "For the years ended June 30, 1998 and 1997, sales were $69.8 million and $54.6 million, respectively.",
        [1998, 1997],
        id="respectively",
    ),
    pytest.param(
        "Sales were $3 million, $2 million, and $1 million in fiscal years 1998, 1997, and 1996, respectively.",
        [1998, 1997, 1996],
        id="respectively-with-a-serial-comma",
    ),
    pytest.param("24% in 1998 compared to 10% in 1997", [1998, 1997], id="compared"),
    pytest.param("Export sales: 1998-$20,000; 1997-$29,000", [1998, 1997], id="year-first"),
    pytest.param("In 1998, 42% of sales were lamps.", [1998], id="fronted"),
    pytest.param(
        "Backlog on June 30, 1998 was $2.7 million, compared with $3.1 million at June 30, 1997.",
        [1998, 1997],
        id="two-dates",
    ),
    pytest.param(
        "1998 1997 1996 (thousands) Lamps $450 $336 $255 Shades 11,375 14,460",
        [1998, 1997, 1996, 1998, 1997],
        id="table-with-a-broken-row",
    ),
    pytest.param(
        "From 1996 through 1998 grants were $1 million, $2 million and $3 million, respectively.",
        [1996, 1997, 1998],
        id="a-span-of-years",
    ),
    pytest.param(
        "Orion accounted for 24% of sales in 1998 (10% in 1997), Vega for 18% (34%).",
        [1998, 1997, 1998, 1997],
        id="an-aside-goes-on-with-the-period-of-the-first",
    ),
    pytest.param(
        "In 1998 and 1997, sales to our top four customers rose.", [None], id="a-list-gives-none-to-a-lone-count"
    ),
]

# (text, the spans of its periods, their kinds)
PERIODS = [
    pytest.param("fiscal 2013", ["fiscal 2013"], ["fiscal_year"], id="fiscal"),
    pytest.param("the year ended December 31, 2022", ["year ended December 31, 2022"], ["year"], id="year-ended"),
    pytest.param("at June 30, 1997", ["June 30, 1997"], ["date"], id="date"),
    pytest.param("the third quarter of 2022", ["third quarter of 2022"], ["quarter"], id="quarter"),
    pytest.param(
        "fiscal years 1996 and 1995", ["fiscal years 1996", "1995"], ["fiscal_year", "fiscal_year"], id="list"
    ),
    pytest.param("the 1994-95 season", ["1994-95"], ["span"], id="span"),
    pytest.param("fiscal 1996 to fiscal 1998", ["fiscal 1996 to fiscal 1998"], ["span"], id="from-to"),
    pytest.param("we may march on", [], [], id="words-that-look-like-months"),
]

SUBJECTS = [
    pytest.param(
        "Orion, Vega and Lyra Works accounted for 24%, 18% and 15% of net sales, respectively.",
        ["Orion", "Vega", "Lyra Works"],
        id="list-of-names",
    ),
    pytest.param("Orion accounted for approximately 24% of net sales.", ["Orion"], id="one-name"),
    pytest.param("24% of net sales came from Orion.", ["Orion"], id="name-behind"),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_values(text: str, expected: list[tuple[str, float, str]]) -> None:
    found = [shown(figure) for figure in find_figures(text)]
    assert [(quote, unit) for quote, _, unit in found] == [(quote, unit) for quote, _, unit in expected]
    assert [value for _, value, _ in found] == pytest.approx([value for _, value, _ in expected])


@pytest.mark.parametrize("text", NO_FIGURES)
def test_names_addresses_and_years_are_no_figures(text: str) -> None:
    assert find_figures(text) == []


@pytest.mark.parametrize(("text", "bound"), BOUNDS)
def test_bounds(text: str, bound: str) -> None:
    assert [figure.bound for figure in find_figures(text)] == [bound]


@pytest.mark.parametrize(("text", "years"), PERIODS_OF)
def test_each_figure_has_its_own_period(text: str, years: list[int | None]) -> None:
    assert [figure.period and figure.period.year for figure in find_figures(text)] == years


@pytest.mark.parametrize(("text", "spans", "kinds"), PERIODS)
def test_periods(text: str, spans: list[str], kinds: list[str]) -> None:
    found = find_periods(text)
    assert [mention.period.text for mention in found] == spans
    assert [text[mention.start : mention.end] for mention in found] == spans
    assert [mention.period.kind for mention in found] == kinds


@pytest.mark.parametrize(("text", "whose"), SUBJECTS)
def test_whose(text: str, whose: list[str]) -> None:
    assert [figure.whose for figure in find_figures(text)] == whose


def test_what_a_figure_measures() -> None:
    text = "Net sales were $10.2 million, and 24% of our revenue came from lamps."
    assert [figure.of for figure in find_figures(text)] == ["Net sales", "revenue"]


def test_scale_of_a_table() -> None:
    found = find_figures("(in thousands) Lamps $450,674 11,375", scale=1000)
    assert [figure.amount for figure in found if isinstance(figure, Money)] == [450_674_000, 11_375_000]


@given(st.text(alphabet=st.sampled_from("0123456789 .,$%-()abc\nmillion and 1998 to fiscal of XP€"), max_size=120))
def test_spans_are_in_order_apart_and_exact(text: str) -> None:
    end = 0
    for figure in find_figures(text):
        assert end <= figure.start < figure.end
        assert text[figure.start : figure.end] == figure.text
        end = figure.end


@given(st.integers(min_value=1, max_value=10**15))
def test_grouped_digits_are_read_back(number: int) -> None:
    (figure,) = find_figures(f"sales of ${number:,}")
    assert isinstance(figure, Money)
    assert figure.amount == number


@pytest.mark.parametrize(
    "unit", ["9", "1,", "$1 million and ", "in 1998 and 1997, ", "a, b ", "(" * 8, "twenty-", "June 3, ", "A. "]
)
def test_long_texts_take_time_in_proportion(unit: str) -> None:
    def texts(size: int) -> Iterator[str]:
        return fresh(unit * (size // len(unit)))

    # eight times the text may take some more than eight times the time, never sixty-four times
    seconds(find_figures, texts(1_000))
    assert within(max(0.5, 30 * seconds(find_figures, texts(12_500))), find_figures, texts(100_000))
