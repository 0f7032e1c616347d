"""Grounding: which statements follow from a passage, and with which code the others are refused."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.grounding import Context, judge

REVENUE = "For the years ended June 30, 1998 and 1997, our revenue was $69.8 million and $54.6 million, respectively."
TOP = "In 1998, approximately 83% of our revenues were derived from our top four customers."
SHARES = "Orion, Vega and Lyra Works accounted for 24%, 18% and 15% of the Company's net sales, respectively."
CREDIT = "Our amended loan agreement increased our line of credit to $80 million from $60 million."
PATENTS = "No single patent, or group of patents, is considered material to the conduct of our business."
HEDGES = "We do not currently engage in foreign exchange hedging transactions to manage our currency exposure."
BACKLOG = "Our backlog was approximately $2.7 million at June 30, 1998, compared with $3.1 million at June 30, 1997."
CHANNELS = "The Company sells its lamps primarily through independent dealers in Ohio and through a catalog."
TABLE = "Year ended March 31 1994 1993 1992 (Thousands) Lamps $450,674 $336,593 $255,562 Shades 11,375 14,460 15,365"

TWO_A_YEAR = (
    "Years ended June 30 (in thousands) 2021 2020\n\nLamps $45,100 51.0% $40,200 49.5%\n\n"
    "Shades 21,300 24.1 19,900 24.5\n\nDesk Lamps (Vega) 13,200 14.9 12,400 15.3\n\n"
    "Other products 8,840 10.0 8,710 10.7"
)

# true statements: the passage's own words turned to the third person, and a reader's paraphrases
TRUE = [
    pytest.param("Its revenue was $69.8 million in 1998.", REVENUE, id="first-of-respectively"),
    pytest.param("Revenue came to $54.6 million in fiscal 1997.", REVENUE, id="second-of-respectively"),
    pytest.param("Bramble's revenue for 1998 was about $70 million.", REVENUE, id="rounded-and-said-so"),
    pytest.param("The four largest customers brought in about 83% of 1998 revenue.", TOP, id="top-is-largest"),
    pytest.param("Vega accounted for 18% of net sales.", SHARES, id="one-of-a-list"),
    pytest.param("The credit line was raised from $60 million to $80 million.", CREDIT, id="raised-for-increased"),
    pytest.param("The company has no patent that is material to its business.", PATENTS, id="negation-moved"),
    pytest.param("The company does not hedge its currency exposure.", HEDGES, id="not-engage-is-not"),
    pytest.param(
        "Order backlog fell to about $2.7 million from $3.1 million a year earlier.", BACKLOG, id="fall-by-figures"
    ),
    pytest.param(
        "Its lamps are sold mainly through independent dealers and by catalog.", CHANNELS, id="primarily-is-mainly"
    ),
    pytest.param("Lamps had sales of $450.7 million in the year ended March 31, 1994.", TABLE, id="table-in-thousands"),
    pytest.param("Shades had sales of $21.3 million in 2021.", TWO_A_YEAR, id="two-figures-a-year"),
    pytest.param("Shades were 24.1% (24.5%) of sales and other products 10.0%.", TWO_A_YEAR, id="rows-in-one-sentence"),
    pytest.param(
        "With 12 others abroad it has 30 dealers.", "We have 18 dealers here and 12 dealers abroad.", id="summed-up"
    ),
    pytest.param(
        "It designs and sells lamps, which it believes are durable.",
        "We design and sell lamps, which we believe are durable, in 14 countries.",
        id="we-to-it",
    ),
    pytest.param(
        "The company's principal executive offices are in Dayton, Ohio.",
        "We are headquartered in Dayton, Ohio.",
        id="headquarters",
    ),
    pytest.param(
        "Most of its lamps are bought by hotels.",
        "The majority of our lamps are purchased by hotels.",
        id="most-is-the-majority",
    ),
    pytest.param(
        "Two subsidiaries, Orion and Vega, make the lamps.",
        "Orion and Vega, subsidiaries of the Company, manufacture the lamps.",
        id="counted-up",
    ),
    pytest.param(
        "Lamps are built with surface mount technology (SMT).", "We build lamps with SMT.", id="acronym-spelled-out"
    ),
]

# (statement, passage, a code that it is refused with)
FALSE = [
    pytest.param("Revenue was $68.9 million in 1998.", REVENUE, "figure_not_in_quote", id="digits-exchanged"),
    pytest.param("Revenue was $69.8 billion in 1998.", REVENUE, "unit", id="scale-changed"),
    pytest.param("Revenue was $69.8 thousand in 1998.", REVENUE, "unit", id="scale-dropped"),
    pytest.param("The top four customers brought in $83 million in 1998.", TOP, "unit", id="amount-for-a-share"),
    pytest.param("Revenue was $69.8 million in 1997.", REVENUE, "period", id="year-of-the-other"),
    pytest.param("Revenue was $69.8 million in 1996.", REVENUE, "period", id="year-of-neither"),
    pytest.param(
        "The five largest customers brought in 83% of 1998 revenue.", TOP, "figure_not_in_quote", id="other-count"
    ),
    pytest.param("The largest customer brought in about 83% of 1998 revenue.", TOP, "scope", id="four-to-one"),
    pytest.param("Vega accounted for 24% of net sales.", SHARES, "attribution", id="share-of-another"),
    pytest.param("Rigel accounted for 24% of the company's net sales.", SHARES, "name_not_in_quote", id="stranger"),
    pytest.param(
        "The line of credit was cut to $60 million from $80 million.", CREDIT, "polarity", id="cut-for-raised"
    ),
    pytest.param(
        "Certain groups of patents are considered material to its business.", PATENTS, "polarity", id="negation-dropped"
    ),
    pytest.param(
        "It uses foreign exchange hedging transactions to manage its currency exposure.",
        HEDGES,
        "polarity",
        id="not-dropped",
    ),
    pytest.param("The company does not sell its lamps through dealers.", CHANNELS, "polarity", id="not-added"),
    pytest.param("Its backlog rose to about $2.7 million in 1998.", BACKLOG, "polarity", id="rise-against-the-figures"),
    pytest.param("It sells its lamps only through independent dealers in Ohio.", CHANNELS, "scope", id="only"),
    pytest.param("It sells all of its lamps through independent dealers in Ohio.", CHANNELS, "scope", id="all"),
    pytest.param("It sells its lamps worldwide through independent dealers.", CHANNELS, "scope", id="worldwide"),
    pytest.param(
        "Lamps had sales of $336.6 million in the year ended March 31, 1994.",
        TABLE,
        "period",
        id="other-column-of-a-table",
    ),
    pytest.param("Shades had sales of $450.7 million in 1994.", TABLE, "attribution", id="other-row-of-a-table"),
    pytest.param("Shades had sales of $19.9 million in 2021.", TWO_A_YEAR, "period", id="other-of-two-figures-a-year"),
    pytest.param(
        "Shades were 87.4% of sales.",
        "Lamps $168.0 65.7 %\n\nShades 87.4 34.3",
        "unit",
        id="unsigned-column-of-amounts",
    ),
    pytest.param(
        "Lamps were 51.0% (24.5%) of sales and shades 24.1% (49.5%).",
        TWO_A_YEAR,
        "attribution",
        id="earlier-shares-exchanged",
    ),
    pytest.param(
        "Shades were 10.0% of sales and other products 24.1%.", TWO_A_YEAR, "attribution", id="the-rest-exchanged"
    ),
    pytest.param(
        "Lamps had sales of $45.1 million and Desk Shades $13.2 million.", TWO_A_YEAR, "attribution", id="labels-mixed"
    ),
    pytest.param(
        "It has 45 lamp stores.", "We have 35 lamp stores and 10 outlets.", "figure_not_in_quote", id="no-sum"
    ),
    pytest.param("It was so from 1993 to 1996.", "It was so from 1992 to 1996.", "period", id="within-a-span"),
    pytest.param(
        "On May 5, 1997, it left.",
        "We left on May 5, 1998 and Vega from 1996 to 1998.",
        "period",
        id="day-of-another-year",
    ),
    pytest.param(
        "Sales were $5 million, down from $4 million.",
        "Sales rose to $5 million from $4 million.",
        "polarity",
        id="down-to-more",
    ),
    pytest.param("It buys used lamps.", "We sell used lamps.", "polarity", id="buys-what-it-sells"),
    pytest.param(
        "Vega Works is a dealer in lamps and LRK-240 a lamp for hotels.",
        'LRK-240 is a dealer in lamps.\n\nVega Works ("Vega") is a lamp for hotels.',
        "attribution",
        id="named-things-exchanged",
    ),
    pytest.param("Over 53% of sales were lamps.", "Under 53% of our sales were lamps.", "scope", id="bound-reversed"),
    pytest.param(
        "At least 100 dealers carry the lamps.", "Up to 100 dealers carry our lamps.", "scope", id="up-to-at-least"
    ),
    pytest.param("The fee is 1.5% per year.", "We charge a fee of 1.5% per month.", "unit", id="other-basis"),
    pytest.param("The lamps last for one day.", "Our lamps last for one hour.", "unit", id="other-measure"),
    pytest.param(
        "No customer accounted for over 10% of sales.",
        "No other customer accounted for over 10% of our sales.",
        "scope",
        id="other-left-out",
    ),
    pytest.param(
        "Two dealers together accounted for 14% of sales.",
        "Two dealers accounted for 14% of our sales each.",
        "scope",
        id="each-to-together",
    ),
    pytest.param(
        "It opened twelve stores in Ohio.", "We plan to open twelve stores in Ohio.", "period", id="plan-as-done"
    ),
    pytest.param(
        "It stopped making shades because dealers complained.",
        "We ceased making shades.",
        "unsupported_content",
        id="reason-added",
    ),
    pytest.param(
        "It paid for the Dayton plant with a bank loan.",
        "We bought the Dayton plant in 1998.",
        "unsupported_content",
        id="means-added",
    ),
    pytest.param(
        "Lamps are its most popular line.", "Lamps are one of our lines.", "unsupported_content", id="superlative-added"
    ),
    pytest.param(
        "Dealers sell the lamps to the company.",
        "Dealers purchase the lamps from the Company.",
        "polarity",
        id="buyer-for-seller",
    ),
    pytest.param(
        "The company indemnifies Vega for claims.",
        "Vega indemnifies the Company for claims.",
        "attribution",
        id="parties-exchanged",
    ),
    pytest.param(
        "Vega has a lamp plant in Peru.",
        "Vega consists of shade plants in Peru, a lamp plant in Chile.",
        "attribution",
        id="place-of-another",
    ),
    pytest.param(
        "Lamps have lower prices but higher margins than shades.",
        "Lamps carry higher prices but lower margins than shades.",
        "polarity",
        id="degrees-exchanged",
    ),
    pytest.param(
        "It launched shades in 1997 and lamps in 1998.",
        "We launched lamps in 1997 and shades in 1998.",
        "period",
        id="years-of-events-exchanged",
    ),
    pytest.param(
        "About 3,000 hours of films are held.", "We hold about 3,000 half-hours of films.", "unit", id="half-hours"
    ),
    pytest.param(
        "Card programs are run with recourse to the dealers.",
        "Our card programs are run without recourse to the dealers.",
        "polarity",
        id="with-for-without",
    ),
    pytest.param(
        "The plant holds ISO 1002 certification.",
        "Our plant is ISO 9002 certified.",
        "name_not_in_quote",
        id="other-standard",
    ),
    pytest.param(
        "It sells in all countries of Europe.",
        "We sell all our lamps in many countries of Europe.",
        "scope",
        id="many-to-all",
    ),
    pytest.param(
        "Its backlog was $5 million at June 20, 1998.",
        "Our backlog was $5 million at June 30, 1998.",
        "period",
        id="other-day",
    ),
    pytest.param("It is the leading maker of lamps.", "We make lamps for hotels.", "scope", id="praise-added"),
    pytest.param(
        "The smallest dealers took half of its lamps.",
        "Our top dealers bought half of our lamps.",
        "polarity",
        id="smallest-for-top",
    ),
    pytest.param(
        "Net sales were $5 million.",
        "Net receivables were $5 million.",
        "attribution",
        id="other-measure-of-money",
    ),
    pytest.param(
        "It sells lamps through a joint venture with its supplier.",
        "We sell lamps to hotels.",
        "unsupported_content",
        id="partner-added",
    ),
]


# a table's introduction and head, and two of its rows, each a passage of its own
ROWS = (
    "The following table shows net sales by product line (in thousands):",
    "1998 1997",
    "Lamps................ $61,480 $57,215",
    "Shades............... 48,225 41,360",
)
OF_ROWS = [
    pytest.param(
        "Lamps accounted for $61.5 million of net sales in 1998, against $57.2 million in 1997.", None, id="row"
    ),
    pytest.param(
        "Lamps accounted for $61.5 million of net sales in 1998 ($57.2 million in 1997), and shades for $48.2 million "
        "($41.4 million).",
        None,
        id="two-rows-in-one-sentence",
    ),
    pytest.param("Lamps accounted for $57.2 million of net sales in 1998.", "period", id="the-next-column"),
    pytest.param("Lamps accounted for $48.2 million of net sales in 1998.", "attribution", id="the-next-row"),
    pytest.param(
        "Lamps accounted for $61.5 thousand of net sales in 1998.", "figure_not_in_quote", id="the-scale-left-out"
    ),
    pytest.param(
        "Lamps accounted for $61.5 million of net sales in 1998 ($57.2 million in 1997), and shades for $41.4 million "
        "($48.2 million).",
        "period",
        id="columns-exchanged-in-the-second-row",
    ),
]


@pytest.mark.parametrize(("statement", "code"), OF_ROWS)
def test_rows_cited_side_by_side_keep_their_figures(statement: str, code: str | None) -> None:
    codes = [reason.code for reason in judge(statement, ROWS)]
    assert code in codes if code else codes == []


@pytest.mark.parametrize(("statement", "passage"), TRUE)
def test_true_statements_are_accepted(statement: str, passage: str) -> None:
    assert judge(statement, [passage]) == []


@pytest.mark.parametrize(("statement", "passage", "code"), FALSE)
def test_false_statements_are_refused_with_their_code(statement: str, passage: str, code: str) -> None:
    assert code in [reason.code for reason in judge(statement, [passage])]


def test_passages_are_judged_together() -> None:
    quotes = ["We sell lamps and shades.", "Net sales were $5 million in 1998."]
    statement = "It sells lamps and shades and had net sales of $5 million in 1998."
    assert judge(statement, quotes) == []
    assert judge(statement, quotes[:1]) != []


def test_a_detail_says_what_both_sides_say() -> None:
    (reason,) = judge("Revenue was $54.6 million in 1998.", [REVENUE])
    assert reason.code == "period"
    assert reason.detail == "says 1998; the passage gives $54.6 million for 1997"


@pytest.mark.parametrize(
    ("statement", "passage", "detail"),
    [
        pytest.param(
            "Vega accounted for 24% of net sales.",
            SHARES,
            'gives 24% to "Vega"; the passage gives it to "Orion"',
            id="who",
        ),
        pytest.param(
            "It sells lamps only through independent dealers in Ohio.",
            CHANNELS,
            'says "only through independent dealers"; the passage says "primarily through independent dealers"',
            id="how-much",
        ),
        pytest.param(
            "Its backlog rose to about $2.7 million in 1998.",
            BACKLOG,
            'says "rose"; the passage goes from $3.1 million to $2.7 million',
            id="which-way",
        ),
        pytest.param(
            "The lamps come from Oslo, by way of an agent in Rome.",
            "Our lamps come from Rome, by way of an agent in Oslo.",
            'puts "Oslo" where the passage has "Rome"',
            id="where",
        ),
        pytest.param(
            "It hedges its currency exposure with foreign exchange transactions.",
            HEDGES,
            'affirms "hedges currency exposure foreign exchange transactions"; the passage says "do not currently '
            'engage in foreign exchange"',
            id="denied",
        ),
    ],
)
def test_a_detail_has_the_words_of_both_texts(statement: str, passage: str, detail: str) -> None:
    assert detail in [reason.detail for reason in judge(statement, [passage])]


def test_a_detail_is_one_short_line() -> None:
    statement = "Its sales were $1 million " + "and it sells strange\nthings " * 200
    for reason in judge(statement, [REVENUE]):
        assert "\n" not in reason.detail
        assert len(reason.detail) <= 160


def test_the_companys_names_come_with_the_context() -> None:
    context = Context(names=frozenset(("Bramble Works, Inc.", "Bramble")))
    passage = ["Dealers buy lamps from us."]
    assert judge("Dealers buy lamps from Bramble.", passage, context) == []
    assert [r.code for r in judge("Dealers buy lamps from Rigel.", passage, context)] == ["name_not_in_quote"]


def test_a_subsidiarys_figure_is_not_the_companys() -> None:
    context = Context(names=frozenset(("Bramble Works, Inc.", "Bramble")))
    passage = ["Rigel Bank accounted for 14% of Vega's revenue in 2005."]
    assert judge("Rigel Bank accounted for 14% of Vega's revenue in 2005.", passage, context) == []
    (reason,) = judge("Rigel Bank accounted for 14% of the company's revenue in 2005.", passage, context)
    assert (reason.code, reason.detail) == (
        "scope",
        """says "the company's revenue"; the passage says "Vega's revenue\"""",
    )


def test_another_in_the_companys_place() -> None:
    context = Context(names=frozenset(("Bramble Works, Inc.", "Bramble")))
    passage = ["We have no commitment from Vega Stores to purchase any minimum quantity."]
    assert judge("Bramble has no commitment from Vega Stores to purchase a minimum quantity.", passage, context) == []
    (reason,) = judge("Vega Stores has no commitment from Bramble to purchase a minimum quantity.", passage, context)
    assert (reason.code, reason.detail) == ("attribution", 'puts "Vega Stores" where the passage has the company')


def test_headings_and_defined_terms_are_known() -> None:
    context = Context(terms={"Merger Plan": "the plan of merger with Vega"}, headings=("Lighting Segment",))
    passage = ["The segment makes lamps under the plan."]
    assert judge("The Lighting Segment makes lamps under the Merger Plan.", passage, context) == []


PASSAGES = (REVENUE, TOP, SHARES, CREDIT, PATENTS, HEDGES, BACKLOG, CHANNELS)


@pytest.mark.parametrize("passage", PASSAGES)
def test_a_passage_supports_itself(passage: str) -> None:
    assert judge(passage, [passage]) == []


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_judged_the_same_twice(statement: str, passage: str) -> None:
    assert judge(statement, [passage]) == judge(statement, [passage])


LONG_UNITS = [
    "9 ",
    "$1 million and ",
    "$69.8 million in 1998 and ",
    "in 1998 and 1997, ",
    "not ",
    "Orion, ",
    "higher than lower ",
    "sells to us from ",
    "A. ",
    "lamps in Peru, shades in Chile, ",
]


@pytest.fixture
def _no_collection() -> Iterator[None]:
    """No round of the garbage collector, whose length depends on what other tests have left, as timeit does it."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_collection")
@pytest.mark.parametrize("unit", LONG_UNITS)
@pytest.mark.parametrize("side", ["statement", "passage"])
def test_long_texts_take_time_in_proportion(unit: str, side: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        started = time.process_time()
        judge(*((text, [REVENUE]) if side == "statement" else ("Sales of lamps were higher in Peru in 1998.", [text])))
        return time.process_time() - started

    # eight times the text may take some more than eight times the time, never sixty-four times
    assert seconds(100_000) < max(1.0, 30 * seconds(12_500))


@pytest.mark.usefixtures("_no_collection")
@pytest.mark.parametrize("unit", LONG_UNITS)
def test_two_long_texts_take_time_in_proportion(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        started = time.process_time()
        judge(text, [f"{text} Vega"])
        return time.process_time() - started

    assert seconds(24_000) < max(1.0, 30 * seconds(3_000))
