"""The offline engine: a sentence's area and typed fields, what is left out, and how many facts there are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractor import Document, document_from_text, read
from extractor.engines.offline import extract
from extractor.record import AREA_OF
from extractor.schema import Company, Fact

FIXTURES = sorted((Path(__file__).parents[1] / "fixtures").glob("*.txt"))
FILING = """\
Item 1. Business

General

Bramblewick Tools, Inc. ("Bramblewick" or the "Company") makes hand tools for gardeners in Ohio.

{heading}

{sentence}

Bramblewick also makes 14 kinds of spades in Dayton. Bramblewick grows.
"""


def facts_of(heading: str, sentence: str) -> list[Fact]:
    """The facts that rest on `sentence`, standing under `heading` in a short filing."""
    found = extract(document_from_text(FILING.format(heading=heading, sentence=sentence)))
    return [fact for fact in found if any(e.quote == sentence for e in fact.evidence)]


def fields(fact: Fact, *names: str) -> dict[str, Any]:
    """The fields named, figures by their value and periods by their text."""
    return {name: plain(getattr(fact, name)) for name in names}


def plain(value: Any) -> Any:
    for attribute in ("amount", "value", "text"):
        if hasattr(value, attribute):
            return getattr(value, attribute)
    return value


# (heading, sentence, area, typed fields)
TYPED = [
    ("Revenue", "Net sales were $48.2 million in fiscal 1998.", "revenue_sources",
     {"kind": "total", "amount": 48_200_000, "share": None, "source": None, "period": "fiscal 1998"}),
    ("Revenue", "Total revenue increased 12% to $48.2 million in 2021 from $43.0 million in 2020.", "revenue_sources",
     {"kind": "change", "amount": 48_200_000, "period": "2021"}),
    ("Revenue", "Subscription revenue was $182.4 million, or 85% of total revenue, in 2021.", "revenue_sources",
     {"kind": "part", "amount": 182_400_000, "share": 85, "period": "2021"}),
    ("Revenue", "Pruning shears accounted for 61% of net sales in fiscal 1998.", "revenue_sources",
     {"kind": "part", "source": "Pruning shears", "share": 61, "amount": None, "period": "fiscal 1998"}),
    ("Revenue", "Sales of spades represented approximately one-third of net sales in 1998.", "revenue_sources",
     {"kind": "part", "source": "spades", "period": "1998"}),
    ("Revenue", "We derive our revenue from subscriptions, maintenance and professional services.", "revenue_sources",
     {"kind": "source", "amount": None, "share": None}),
    ("Revenue", "The Company charges a monthly fee of $12 per user for its services.", "revenue_sources",
     {"kind": "pricing", "amount": 12}),
    ("Revenue", "The Company's backlog was $38.6 million at December 31, 1995.", "revenue_sources",
     {"kind": "backlog", "amount": 38_600_000, "period": "December 31, 1995"}),
    ("Customers", "Harwell Home Centers, a retailer, accounted for 22% of net sales in fiscal 1998.",
     "customer_concentration", {"customer": "Harwell Home Centers", "share": 22, "share_of": "net sales"}),
    ("Customers", "Harwell Home Centers, the Company's largest customer, accounted for 22% of net sales in 1998.",
     "customer_concentration",
     {"customer": "Harwell Home Centers", "customer_count": 1, "share": 22, "share_of": "net sales", "period": "1998"}),
    ("Customers", "The Company's five largest customers accounted for 48% of net sales in 1998.",
     "customer_concentration", {"customer": None, "customer_count": 5, "share": 48, "share_of": "net sales"}),
    ("Customers", "No customer accounted for more than 10% of net sales in 1998.",
     "customer_concentration", {"customer": None, "customer_count": 0, "share": 10}),
    ("Customers", "One customer accounted for $4.1 million of net sales in 1998.",
     "customer_concentration", {"customer": None, "customer_count": 1, "amount": 4_100_000}),
    ("Customers", "The Company's customers include garden centers, hardware stores, schools and hospitals.",
     "customers", {"groups": ["garden centers", "hardware stores", "schools", "hospitals"], "count": None}),
    ("Customers", "The Company's products are intended for gardeners, farmers and landscapers.",
     "customers", {"groups": ["gardeners", "farmers", "landscapers"]}),
    ("Customers", "We serve approximately 2,340 customers in 41 countries.", "customers", {"count": 2340}),
    ("Customers", "The Company had 1,140 customers at June 30, 1998.", "customers", {"count": 1140}),
    ("Products", "The Company makes pruning shears, spades and garden forks.", "products", {"category": "product"}),
    ("Products", "The Company sells its pruning shears under the brand names Fernhook and Thornbill.",
     "products", {"category": "brand", "names": ["Fernhook", "Thornbill"]}),
    ("Products", "The Bank offers fixed-rate mortgage loans and home equity loans to families.",
     "products", {"category": "loan"}),
    ("Products", "The Bank offers savings accounts, checking accounts and certificates of deposit.",
     "products", {"category": "deposit"}),
    ("Products", "The Company provides repair services and consulting services to gardeners.",
     "products", {"category": "service"}),
    ("Sales", "The Company sells its products through 38 independent distributors in Canada and Mexico.",
     "channels", {"kind": "distributor", "regions": ["Canada", "Mexico"], "partners": []}),
    ("Sales", "We sell our products directly through our own sales force of 34 people.", "channels",
     {"kind": "direct"}),
    ("Sales", "We sell our products online through our website.", "channels", {"kind": "online"}),
    ("Sales", "The Company sells its products to wireless carriers such as Verdane Wireless and Olmsted Mobile.",
     "channels", {"kind": "carrier", "partners": ["Verdane Wireless", "Olmsted Mobile"]}),
    ("Sales", 'We sell our products to Harwell Home Centers, Inc. ("Harwell") and to other retailers in Ohio.',
     "channels", {"kind": "retailer", "partners": ["Harwell Home Centers, Inc."]}),
    ("Sales", "The Company operated 118 stores in six states at January 28, 2006.", "channels", {"kind": "store"}),
    ("Sales", "The Bank conducts its business from five branch offices in Indiana.", "channels", {"kind": "branch"}),
    ("Financing", "The Company has a $12.0 million revolving credit facility with Tallow Creek Bank.", "financing",
     {"kind": "credit_facility", "counterparty": "Tallow Creek Bank", "amount": 12_000_000, "period": None}),
    ("Financing", "The Company has a $12.0 million credit facility with Tallow Creek Bank, of which $3.5 million was "
     "borrowed at June 30, 1998.", "financing", {"kind": "credit_facility", "amount": 12_000_000, "period": None}),
    ("Financing", "In March 1998, the Company sold $8.0 million of its 7.5% senior notes due 2006.", "financing",
     {"kind": "notes", "amount": 8_000_000, "period": "March 1998"}),
    ("Financing", "The Company completed its initial public offering of 2,000,000 shares of common stock in 1998.",
     "financing", {"kind": "equity", "period": "1998"}),
    ("Financing", "Net loss was $46.8 million in 2021.", "financing", {"kind": "net_loss", "amount": 46_800_000}),
    ("Financing", "Net income was $7.1 million in 1995.", "financing", {"kind": "net_income", "amount": 7_100_000}),
    ("Financing", "We had cash and cash equivalents of $9.4 million at December 31, 2023.", "financing",
     {"kind": "cash", "amount": 9_400_000, "period": "December 31, 2023"}),
    ("Financing", "Deposits are the Bank's primary source of funds and totaled $112.6 million at June 30, 1996.",
     "financing", {"kind": "deposits", "amount": 112_600_000}),
    ("Financing", "The Company paid cash dividends of $0.8 million in 2005.", "financing",
     {"kind": "dividend", "amount": 800_000}),
    ("Financing", "The Company repurchased 412,000 shares of its common stock for $16.9 million in 2021.", "financing",
     {"kind": "repurchase", "amount": 16_900_000}),
    ("Financing", "Capital expenditures were $28.6 million in fiscal 2005.", "financing",
     {"kind": "capital_expenditure", "amount": 28_600_000}),
    ("Financing", "The Company received a grant of $3.6 million from the Alder Research Agency in 2021.", "financing",
     {"kind": "grant", "amount": 3_600_000}),
    ("Financing", "The Company acquired Fernhook Forge, Inc. for $34.2 million in cash in August 2021.", "financing",
     {"kind": "acquisition", "amount": 34_200_000, "period": "August 2021"}),
    ("Financing", "Borrowings from the FHLB of Toledo were $4.0 million at June 30, 1996.", "financing",
     {"kind": "borrowings", "amount": 4_000_000, "period": "June 30, 1996"}),
]  # fmt: skip

BOILERPLATE = [
    ("Available Information", "Our annual report on Form 10-K is available free of charge on our website in Ohio."),
    ("Financing", "Certain forward-looking statements concern the Company's $12.0 million credit facility."),
    ("Revenue", "The information set forth under “Net Sales” on page 14 is incorporated herein by reference."),
    ("Revenue", "See Note 12 for net sales of $48.2 million in fiscal 1998."),
    ("Financing", "There can be no assurance that the Company will borrow $12.0 million."),
    (
        "Executive Officers",
        "Jane Ellery, 52, has been president since 1994 and raised $140 million for another company.",
    ),
    ("Revenue", "The following table shows net sales of $48.2 million by product line."),
]

OTHERS = [
    "Dunlap Ranch Supply Company, a competitor, had sales of $1.8 billion in 2004.",
    "Our largest competitor, Corvale, raised $2.6 billion in its initial public offering.",
    "In 2004, Dunlap Ranch Supply Company borrowed $2.6 billion under a credit facility.",
    "The U.S. market for hand tools was $9.8 billion in 2021.",
    "Analysts estimate that lenders advanced $14.9 billion to garden centers in 2003.",
]


@pytest.mark.parametrize(("heading", "sentence", "area", "expected"), TYPED, ids=[row[1][:60] for row in TYPED])
def test_area_and_fields(heading: str, sentence: str, area: str, expected: dict[str, Any]) -> None:
    (fact,) = facts_of(heading, sentence)
    assert AREA_OF[type(fact)] == area
    assert fields(fact, *expected) == expected


@pytest.mark.parametrize(("heading", "sentence"), BOILERPLATE, ids=[sentence[:40] for _, sentence in BOILERPLATE])
def test_boilerplate_gives_no_fact(heading: str, sentence: str) -> None:
    assert facts_of(heading, sentence) == []


@pytest.mark.parametrize("sentence", OTHERS, ids=[sentence[:40] for sentence in OTHERS])
@pytest.mark.parametrize("heading", ["Competition", "Financing"])
def test_the_billions_of_others_are_not_the_companys(heading: str, sentence: str) -> None:
    for fact in facts_of(heading, sentence):
        assert AREA_OF[type(fact)] not in ("revenue_sources", "financing")


def test_the_companys_own_fact() -> None:
    document = document_from_text(
        'Bramblewick Tools, Inc. ("Bramblewick" or the "Company") is a maker of hand tools for gardeners. Bramblewick '
        "was founded in 1961 and incorporated in Delaware in 1993. Its headquarters are in Dayton, Ohio. "
        "Net sales were $48.2 million in fiscal 1998. The Company sells its tools to schools through dealers in Ohio."
    )
    company = extract(document)[0]
    assert isinstance(company, Company)
    expected = {
        "name": "Bramblewick Tools, Inc.", "aliases": ["Bramblewick"], "headquarters": "Dayton, Ohio",
        "incorporated_in": "Delaware", "founded": 1961, "importance": 3,
    }  # fmt: skip
    assert fields(company, *expected) == expected
    assert company.statement.startswith(
        "Bramblewick Tools, Inc., headquartered in Dayton, Ohio, is a maker of hand tools"
    )


def test_a_sentence_said_twice_is_one_fact_with_both_passages() -> None:
    said = "Net sales were $48.2 million in fiscal 1998."
    facts = extract(document_from_text(FILING.format(heading="Revenue", sentence=f"{said}\n\nResults\n\n{said}")))
    (fact,) = [fact for fact in facts if "48.2" in fact.statement]
    assert [e.quote for e in fact.evidence] == [said, said]


def test_of_a_denial_of_several_years_the_latest_is_told() -> None:
    said = (
        "In fiscal 1996, no customer accounted for more than 10% of net sales. In fiscal 1998, no customer accounted "
        "for more than 10% of net sales."
    )
    facts = extract(document_from_text(FILING.format(heading="Customers", sentence=said)))
    (fact,) = [fact for fact in facts if "more than 10%" in fact.statement]
    assert "1998" in fact.statement
    assert len(fact.evidence) == 2


def test_what_was_so_of_an_earlier_year_comes_behind_the_latest() -> None:
    said = (
        "In fiscal 1997, our five largest customers accounted for 45.8% of net sales. In fiscal 1998, our five largest "
        "customers accounted for 36% of net sales."
    )
    facts = extract(document_from_text(FILING.format(heading="Customers", sentence=said)))
    told = [fact.statement for fact in facts if "five largest" in fact.statement]
    assert ["1998" in statement for statement in told] == [True, False]


def test_of_two_that_say_the_same_the_one_with_figures_is_told() -> None:
    said = (
        "We make our tools available to families throughout the world through our network of independent partners, "
        "distributors and dealers.\n\nWe make our tools available to families in more than 200 countries through our "
        "network of independent partners, distributors and dealers."
    )
    facts = extract(document_from_text(FILING.format(heading="Distribution", sentence=said)))
    (fact,) = [fact for fact in facts if "network" in fact.statement]
    assert "200 countries" in fact.statement


SEGMENT = "Rates are based on the service selected, origin, weight and size."


def test_a_segments_rule_is_told_as_the_segments() -> None:
    text = f"Its rates made the Fernhook Ground segment grow.\n\nFernhook Ground Segment\n\n{SEGMENT}"
    facts = extract(document_from_text(FILING.format(heading="Revenue", sentence=text)))
    (fact,) = [fact for fact in facts if "weight and size" in fact.statement]
    assert fact.opening == "in the Fernhook Ground segment"


def test_other_figures_are_other_facts() -> None:
    said = "Net sales of lamps were $48.2 million in fiscal 1998. Net sales of lamps were $43.9 million in fiscal 1997."
    facts = extract(document_from_text(FILING.format(heading="Revenue", sentence=said)))
    assert len([fact for fact in facts if "Net sales of lamps were" in fact.statement]) == 2


@pytest.fixture(scope="module", params=FIXTURES, ids=lambda path: path.stem)
def document(request: pytest.FixtureRequest) -> Document:
    return read(request.param)


def test_facts_of_a_filing(document: Document) -> None:
    facts = extract(document)
    assert 10 <= len(facts) <= 60
    assert isinstance(facts[0], Company)
    assert sum(isinstance(fact, Company) for fact in facts) == 1
    assert len({AREA_OF[type(fact)] for fact in facts}) >= 6  # a savings bank may have no large customers
    assert [fact.importance for fact in facts] == sorted((fact.importance for fact in facts), reverse=True)
    for fact in facts:
        assert all(document.text[e.start : e.end] == e.quote for e in fact.evidence)
        assert all(document.text[f.start : f.end] == f.text for f in fact.figures)
        opening = f"{fact.opening}, " if fact.opening else ""
        assert fact.statement.startswith(f"{opening}{fact.subject} {fact.predicate}")


def test_the_same_document_gives_the_same_facts(document: Document) -> None:
    assert extract(document) == extract(document_from_text(document.text))


def test_no_more_than_sixty_facts() -> None:
    lines = "\n\n".join(f"Sales of lamp no. {n} were ${n}.{n % 10} million in fiscal {1900 + n}." for n in range(1, 99))
    assert len(extract(document_from_text(FILING.format(heading="Revenue", sentence=lines)))) == 60
