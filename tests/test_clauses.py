"""What a sentence is worded as: subject, predicate, details and items; what is refused; what "these" and "it" are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import document_from_text
from extractor.engines.offline.clauses import words_of
from extractor.engines.offline.pointing import (
    headed,
    named_again,
    of_part,
    of_same_years,
    of_this_market,
    resolved,
)
from extractor.identity import identify
from extractor.wording import Wording

OPENING = 'Bramblewick Tools, Inc. ("Bramblewick" or the "Company") makes tools. Bramblewick is old. Bramblewick grows.'
IDENTITY = identify(document_from_text(OPENING))
# Words that the filing also writes in lower case, and so lose their capital at a statement's start.
LOWER = frozenset("net sales products customers lamps shears no approximately revenue dealers".split())


def worded(sentence: str) -> list[Wording]:
    return words_of(sentence, IDENTITY, LOWER)


def statements(sentence: str) -> list[str]:
    return [wording.clause() for wording in worded(sentence)]


# (sentence of the filing, what is stated)
STATED = [
    pytest.param(
        "We design, make and sell hand tools to garden centers.",
        ["the company designs, makes and sells hand tools to garden centers"], id="we",
    ),
    pytest.param(
        "The Company sells hand tools to garden centers.",
        ["the company sells hand tools to garden centers"], id="the-company",
    ),
    pytest.param(
        "Bramblewick designs and sells tools for gardeners in Ohio.",
        ["the company designs and sells tools for gardeners in Ohio"], id="by-name",
    ),
    pytest.param(
        "Bramblewick and its subsidiaries sell tools to schools in Ohio.",
        ["Bramblewick and its subsidiaries sell tools to schools in Ohio"], id="a-subject-of-several",
    ),
    pytest.param(
        "The Company, which was founded in 1961, sells hand tools to gardeners.",
        ["the company sells hand tools to gardeners"], id="an-aside-in-commas",
    ),
    pytest.param(
        "The Company (NYSE: BWT) sells hand tools to gardeners.",
        ["the company sells hand tools to gardeners"], id="an-aside-in-parentheses",
    ),
    pytest.param(
        "Our Fernhook® shears are sold in 14 states.",
        ["the company's Fernhook shears are sold in 14 states"], id="our-and-marks",
    ),
    pytest.param(
        "Dealers buy our tools from us at a discount of 30%.",
        ["dealers buy the company's tools from the company at a discount of 30%"], id="us-as-an-object",
    ),
    pytest.param(
        "Net sales were $48.2 million in fiscal 1998, compared with $43.9 million in fiscal 1997.",
        ["net sales were $48.2 million in fiscal 1998, compared with $43.9 million in fiscal 1997"], id="figures",
    ),
    pytest.param(
        "In fiscal 2013, sales to Harwell were $4.1 million.",
        ["sales to Harwell were $4.1 million in fiscal 2013"], id="the-period-follows",
    ),
    pytest.param(
        "On March 3, 1998, the Company sold its mill in Toledo to Tallow Creek.",
        ["the company sold its mill in Toledo to Tallow Creek on March 3, 1998"], id="the-date-follows",
    ),
    pytest.param(
        "In the United States, we sell our tools through 14 independent sales representatives.",
        ["in the United States, the company sells its tools through 14 independent sales representatives"],
        id="the-place-opens",
    ),
    pytest.param(
        "Generally, the Company sells its tools in the spring.",
        ["the company generally sells its tools in the spring"], id="the-adverb-goes-to-its-verb",
    ),
    pytest.param(
        "In addition, we sell hand tools to public schools.",
        ["the company sells hand tools to public schools"], id="joints-are-dropped",
    ),
    pytest.param(
        "Founded in 1961 by two brothers, the Company has grown to 300 employees.",
        ["the company has grown to 300 employees"], id="a-participle-in-front-is-dropped",
    ),
    pytest.param(
        "The Company was incorporated in Ohio in 1961 and is headquartered in Dayton, Ohio.",
        ["the company was incorporated in Ohio in 1961", "the company is headquartered in Dayton, Ohio"],
        id="two-verb-phrases",
    ),
    pytest.param(
        "Harwell accounted for 22% of net sales in fiscal 1998, and no other customer accounted for more than 10%.",
        ["Harwell accounted for 22% of net sales in fiscal 1998", "no other customer accounted for more than 10%"],
        id="two-clauses",
    ),
    pytest.param(
        "Shears accounted for 61% of net sales; the Company's spades accounted for 12% of net sales.",
        ["shears accounted for 61% of net sales", "the company's spades accounted for 12% of net sales"],
        id="semicolon",
    ),
    pytest.param(
        "While we primarily sell our tools through dealers, we also sell tools through our own stores.",
        [
            "while it primarily sells its tools through dealers, the company also sells tools through its own stores",
        ],
        id="a-concession",
    ),
    pytest.param(
        "For the years ended December 31, 2022 and 2021, our revenue was $69 million and $54 million, respectively.",
        ["the company's revenue was $69 million in 2022, against $54 million in 2021"], id="respectively-years",
    ),
    pytest.param(
        "During fiscal 1998, the Company spent $1.2 million on promotion.",
        ["the company spent $1.2 million on promotion during fiscal 1998"],
        id="during-is-no-participle",
    ),
    pytest.param(
        "During 1998 and 1997, we spent $1.2 million and $1.1 million, respectively, on promotion.",
        ["the company spent $1.2 million on promotion in 1998, against $1.1 million in 1997"],
        id="respectively-years-in-front",
    ),
    pytest.param(
        "Harwell, Brill and Tansy accounted for 18%, 15% and 24%, respectively, of net sales in fiscal 1996.",
        [f"{name} of net sales in fiscal 1996" for name in (
            "Harwell accounted for 18%", "Brill accounted for 15%", "Tansy accounted for 24%",
        )],
        id="respectively-names",
    ),
    pytest.param(
        "We offer a wide variety of innovative, world-class shears and spades for gardeners.",
        ["the company offers shears and spades for gardeners"], id="praise-is-dropped",
    ),
    pytest.param(
        "We are a leading provider of garden tools.",
        ["the company is a provider of garden tools"], id="leading-is-dropped",
    ),
    pytest.param(
        "We are an innovative maker of shears for gardeners.",
        ["the company is a maker of shears for gardeners"], id="the-article-fits-what-is-left",
    ),
    pytest.param(
        "The Company is one of the leading makers of garden shears.",
        ["the company is one of the leading makers of garden shears"], id="leading-stays-where-it-is-needed",
    ),
    pytest.param(
        "The Company does not sell tools to the public, except through two outlets.",
        ["the company does not sell tools to the public, except through two outlets"], id="an-exception-stays",
    ),
    pytest.param(
        "We believe that we have 12% of the market for shears.",
        ["the company believes that it has 12% of the market for shears"], id="a-belief-stays-a-belief",
    ),
    pytest.param(
        "The Company plans to open 12 stores in 1999.",
        ["the company plans to open 12 stores in 1999"], id="a-plan-stays-a-plan",
    ),
    pytest.param(
        "{{ 7 }} tools are sold in Ohio by us.",
        ["{{ 7 }} tools are sold in Ohio by the company"], id="braces-are-text",
    ),
]  # fmt: skip

WELL_WORDED = [
    pytest.param(
        "The centers arrange for Company services by a Company nurse.",
        ["the centers arrange for the company's services by a company nurse"], id="company-before-a-noun",
    ),
    pytest.param(
        "Company employees provided 1,047 hours of services to schools.",
        ["the company's employees provided 1,047 hours of services to schools"], id="company-employees",
    ),
    pytest.param(
        "In 1998, the mill was sold to Tallow Creek Company for $0.6 million.",
        ["the mill was sold to Tallow Creek Company for $0.6 million in 1998"], id="another-company",
    ),
    pytest.param(
        "Dealers contributed 12% of Company's total sales in fiscal 1998.",
        ["dealers contributed 12% of the company's total sales in fiscal 1998"], id="companys-without-article",
    ),
    pytest.param(
        "All mills were bought with the proceeds of the Companys initial public offering in 1996.",
        ["all mills were bought with the proceeds of the company's initial public offering in 1996"],
        id="a-lost-apostrophe",
    ),
    pytest.param(
        "We ask investors interested in our company to read our catalog of tools.",
        ["the company asks investors interested in it to read its catalog of tools"], id="our-company",
    ),
    pytest.param(
        "Export sales were: 1994-$20,073,000; 1993-$29,309,000; 1992-$28,903,000.",
        ["Export sales were $20,073,000 in 1994, compared to $29,309,000 in 1993 and $28,903,000 in 1992"],
        id="by-year",
    ),
    pytest.param(
        "The Company operates in three segments: Shears; Lamps; Other businesses.",
        ["the company operates in three segments: Shears, Lamps and Other businesses"], id="by-semicolon",
    ),
    pytest.param(
        "Our tools are sold under names including: Fernhook, Ashby and Thorn.",
        ["the company's tools are sold under names including Fernhook, Ashby and Thorn"], id="a-bare-colon",
    ),
    pytest.param(
        "We sell tools to Original Equipment Manufacturers OEMs in Ohio.",
        ["the company sells tools to Original Equipment Manufacturers in Ohio"], id="a-short-form-twice",
    ),
    pytest.param(
        "We serve two customer groups — gardeners (including farmers) and schools — and have ways to meet their needs:",
        ["the company serves two customer groups: gardeners (including farmers) and schools"], id="between-dashes",
    ),
    pytest.param(
        "In addition there was no single customer who accounted for greater than 10% of net sales for 1998.",
        ["no single customer accounted for greater than 10% of net sales for 1998"], id="there-was",
    ),
    pytest.param(
        "In general, all our lamps are sold for the most part in markets with price competition.",
        ["all the company's lamps are sold for the most part in markets with price competition"], id="hedged-once",
    ),
    pytest.param(
        "Domestically, our network is supported by our own warehouses.",
        ["domestically, the company's network is supported by its own warehouses"], id="a-place-is-no-manner",
    ),
    pytest.param(
        "As consideration for future purchases, the Company intends to use its Common Stock, cash and notes.",
        ["as consideration for future purchases, the company intends to use its Common Stock, cash and notes"],
        id="as-consideration",
    ),
    pytest.param(
        "Our rights extend to our designs, the tools we produce and distribute through our dealers, and our names.",
        ["the company's rights extend to its designs, the tools the company produces and distributes through its "
         "dealers, "
         "and its names"],
        id="two-verbs-of-a-relative-clause",
    ),
    pytest.param(
        "Bramblewick, a firm founded in 1900 together with its subsidiaries designs, makes, and sells tools.",
        ["the company designs, makes, and sells tools"], id="an-aside-that-is-not-closed",
    ),
    pytest.param(
        "The Company was incorporated in Texas in 1995 and currently has mills in Texas and Ohio that it leases from "
        "its founders and their families.",
        ["the company was incorporated in Texas in 1995", "the company currently has mills in Texas and Ohio that it "
         "leases from its founders and their families"],
        id="currently-has",
    ),
    pytest.param(
        "One customer accounted for 40% of our net sales, and another customer accounted for 25% of our net sales.",
        ["One customer accounted for 40% of the company's net sales, and another customer accounted for 25% of the "
         "company's net sales"],
        id="one-and-another",
    ),
    pytest.param(
        "Lamp sales, both direct and through dealers, contributed $6.0 million of our sales in 1998.",
        ["Lamp sales contributed $6.0 million of the company's sales in 1998"], id="both-kinds",
    ),
    pytest.param(
        "The bank's business involves attracting deposits from families and investing such funds in loans.",
        ["the bank's business involves attracting deposits from families and investing the funds in loans"],
        id="such-funds",
    ),
    pytest.param(
        "We compete with sellers of tools, including shears, spades, hoes, as well as lamps, some of which are new.",
        ["the company competes with sellers of tools, including shears, spades, hoes and lamps"],
        id="as-well-as-ends-a-list",
    ),
    pytest.param(
        "The Company had net loans of $4.5 million at June 30, 1997, which represents 24.9% total assets.",
        ["the company had net loans of $4.5 million at June 30, 1997, which represents 24.9% of total assets"],
        id="a-lost-of",
    ),
]  # fmt: skip


REFUSED = [
    pytest.param("See Note 3 to the financial statements for net sales of tools.", id="pointer-to-a-note"),
    pytest.param("The information under “Properties” is incorporated herein by reference.", id="by-reference"),
    pytest.param("There can be no assurance that the Company will sell 12 tools in Ohio.", id="no-assurance"),
    pytest.param("These forward-looking statements about our tools involve risks.", id="forward-looking"),
    pytest.param("The following table shows net sales of tools by line and by year.", id="table"),
    pytest.param("We file annual reports with the Securities and Exchange Commission.", id="commission"),
    pytest.param("Jane Ellery, 52, has served as our president since 1994.", id="officer"),
    pytest.param("Do we sell hand tools to public schools?", id="question"),
    pytest.param("The Company offers the products listed here:", id="opens-a-list"),
    pytest.param("It was sold in 1998 to a maker of lamps in Toledo.", id="it-unknown"),
    pytest.param("Such customers pay for tools in advance.", id="such"),
    pytest.param("This line accounted for 61% of net sales in fiscal 1998.", id="this"),
    pytest.param("Competitors sell tools at lower prices in Ohio.", id="competitors"),
    pytest.param("The industry had sales of $9.8 billion in 1998.", id="industry"),
    pytest.param("Lamps, shades and bulbs.", id="no-verb"),
    pytest.param("Intersecting our clubs and our stores are our kiosks in Ohio.", id="the-verb-before-its-subject"),
    pytest.param("Our previous Lamps segment provides lamps to hospitals and schools.", id="a-business-given-up"),
    pytest.param("Tools are part of our everyday life in Ohio and Utah.", id="everybodys-our"),
    pytest.param("Demand can vary from one market to another over time.", id="what-can-vary"),
    pytest.param("We are committed to consistently provide services to schools.", id="committed"),
    pytest.param("A second target is the growing number of schools in Ohio.", id="a-second-without-the-first"),
    pytest.param("“Spades” means tools that are sold to gardeners in Ohio.", id="a-definition-of-words"),
    pytest.param("", id="nothing"),
    pytest.param(".", id="a-full-stop"),
]


@pytest.mark.parametrize(("sentence", "expected"), [*STATED, *WELL_WORDED])
def test_what_is_stated(sentence: str, expected: list[str]) -> None:
    assert statements(sentence) == expected


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_is_refused(sentence: str) -> None:
    assert statements(sentence) == []


def test_the_company_is_the_subject_by_that_name_only() -> None:
    for sentence in ("We sell hand tools to schools.", "Bramblewick sells hand tools to schools."):
        assert [wording.subject for wording in worded(sentence)] == ["the company"]
    (wording,) = worded("Our stores sell 14 hand tools.")
    assert wording.subject == "the company's stores"
    assert not any(wording.company for wording in worded("Bramblewick stores sell hand tools to gardeners."))


def test_a_list_becomes_items() -> None:
    (wording,) = worded("Our customers include hotels, restaurants, schools and hospitals.")
    assert wording.subject == "the company's customers"
    assert (wording.predicate, wording.items) == ("include", ("hotels", "restaurants", "schools", "hospitals"))


def test_what_follows_all_members_of_a_list_is_no_part_of_its_last() -> None:
    (wording,) = worded("We offer shears, spades, forks and hoes to garden centers.")
    assert "hoes to garden centers" not in wording.items


def test_a_tail_becomes_a_detail_that_may_be_dropped() -> None:
    (wording,) = worded(
        "The Company has a $12.0 million revolving credit facility with Tallow Creek Bank, of which $3.5 million was "
        "borrowed at June 30, 1998."
    )
    assert wording.predicate == "has a $12.0 million revolving credit facility with Tallow Creek Bank"
    assert wording.details == ("of which $3.5 million was borrowed at June 30, 1998",)


# (sentence, the one before, what it says by itself)
POINTERS = [
    pytest.param(
        "These retail channels are small.",
        "We sell through two channels.",
        "The retail channels are small.",
        id="these",
    ),
    pytest.param("These channels are small.", "We sell through two channels.", None, id="a-bare-noun-shows-not-which"),
    pytest.param(
        "These channels are small.",
        "We sell through limited retail channels to gardeners.",
        "The limited retail channels are small.",
        id="described-before",
    ),
    pytest.param("Those two dealers are in Ohio.", "We have dealers.", "The two dealers are in Ohio.", id="those"),
    pytest.param(
        "In 1998, these six dealers sold lamps.",
        "We have dealers.",
        "In 1998, the six dealers sold lamps.",
        id="inside",
    ),
    pytest.param("These mills are in Ohio.", "We sell through two channels.", None, id="another-noun-before"),
    pytest.param("The channels are small.", "We sell through two channels.", None, id="nothing-points"),
    pytest.param(
        "These loans are small.", "At times the Bank makes loans.", None, id="a-verb-before-the-noun-describes-nothing"
    ),
    pytest.param("These are small.", "We sell through two channels.", None, id="no-noun"),
    pytest.param("It is possible that lamps sell.", "Fernhook makes lamps.", None, id="it-that-stands-for-nothing"),
]


def test_what_a_right_is_used_for_is_not_cut_off() -> None:
    (wording,) = worded("We own the trademark rights used in connection with the sale of our tools in Ohio and Utah.")
    assert wording.clause() == (
        "the company owns the trademark rights used in connection with the sale of its tools in Ohio and Utah"
    )


@pytest.mark.parametrize(("sentence", "previous", "expected"), POINTERS)
def test_what_these_are(sentence: str, previous: str, expected: str | None) -> None:
    assert resolved(sentence, previous) == expected


def test_years_losses_and_markets_of_the_sentence_before() -> None:
    before = (
        "For the years ended June 30, 1998 and 1997, our operating losses were $4 million and $3 million, respectively."
    )
    same = of_same_years("During these same years our orders were $5 million and $2 million, respectively.", before)
    assert (
        same == "For the years ended June 30, 1998 and 1997, our orders were $5 million and $2 million, respectively."
    )
    assert named_again("We have financed these losses with notes.", before) == (
        "We have financed our operating losses with notes."
    )
    assert named_again("We have financed these mills with notes.", before) is None
    market = of_this_market("Sales in this market were $5 million.", "The toy market includes many kinds of uses.")
    assert market == "Sales in the toy market were $5 million."
    assert of_this_market("Sales in this market were $5 million.", "In the toy market, we sell cars.") is None


def test_customers_of_the_kind_that_a_heading_names() -> None:
    sentence = "These customers are typically families who repair their own houses."
    assert headed(sentence, "Home Customers (or “Homes”)") == (
        "Home customers are typically families who repair their own houses."
    )
    assert headed(sentence, "Customers") is None
    assert headed(sentence, "Home Products") is None


def test_what_a_part_without_a_verb_comprises() -> None:
    text = "Our segments are Lynx Lamps and Shears. Lynx Lamps grew. Lynx Lamps - Desk lamps and shades."
    assert of_part("Desk lamps and shades.", "Lynx Lamps", text) == "Lynx Lamps comprises desk lamps and shades."
    assert of_part("Desk lamps and shades.", "Fernhook", text) is None
    assert of_part("We make desk lamps and shades.", "Lynx Lamps", text) is None


def test_a_long_list_is_told_by_its_first_members() -> None:
    (wording,) = worded(
        "Our tools are sold by our staff to grocery stores, garden centers, meat shops, big warehouse clubs, military "
        "bases abroad, large food plants, chain restaurants or their suppliers, live markets, old export firms, and "
        "local dealers that serve schools, eating places such as school kitchens, corner stores, and other buyers."
    )
    assert wording.clause() == (
        "the company's tools are sold by its staff to grocery stores, garden centers and meat shops, among others"
    )


def test_a_list_is_not_cut_before_the_noun_of_all_members() -> None:
    (wording,) = worded(
        "Fernhook Services provides our dealers with sales, marketing, information technology, communications, and "
        "billing services."
    )
    assert wording.items == ()
    assert wording.predicate.endswith("billing services")


_WORDS = (
    "We the Company Bramblewick our us sell sells tools lamps and , ; to which that 12% $4 million in 1998 ( ) "
    "respectively including not no . “ ” Harwell accounted for of net sales were these it as well as customers {{ }}"
).split()
FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|ourselves)\b", re.IGNORECASE)


@given(st.lists(st.sampled_from(_WORDS), max_size=30).map(" ".join))
def test_whatever_is_worded_is_whole_and_in_the_third_person(text: str) -> None:
    for wording in worded(text):
        clause = wording.clause()
        assert wording.subject
        assert wording.predicate
        assert not FIRST_PERSON.search(clause)
        assert clause.count("(") == clause.count(")")
        assert set(re.findall(r"\d+", clause)) <= set(re.findall(r"\d+", text))
