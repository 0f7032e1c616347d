"""Compact statements: a passage told in another order, shortened or turned round holds, and its false twin does not."""

from __future__ import annotations

import pytest

from extractor.grounding import Context, judge

CONTEXT = Context(names=frozenset(("Bramble Works, Inc.", "Bramble")))

COUNTRIES = "In 1998, we sold approximately 25,000 lamps in Canada and 111,000 in the United States."
MARKETS = "Our lamps go to: chemical works, 31%; paper mills, 24%; and schools, 12%."
STAFF_BY_PLACE = (
    "At June 30, 1998, 960 (69%) of our staff were located in Ohio and Iowa, 220 (16%) in Peru, Chile, and Bolivia, "
    "60 (4%) in Norway and 160 (11%) in Japan."
)
GROWTH = "Our revenue was $214.6 million in 1998 and $176.4 million in 1997, an increase of 22%."
GROWTH_AT = (
    "Rental revenue, which we count monthly, was $201.7 million at June 30, 1998, compared to $163.0 million at "
    "June 30, 1997, an increase of 24%."
)
EXPECTED = (
    "Unfilled orders stood at $356.0 million at June 30, 1998, of which we expect to recognize $206.5 million, or 58%, "
    "as revenue during 1999."
)
BACKLOG = (
    "Our backlog was $38.6 million at June 30, 1995. We expect that about 90% of the 1995 backlog will be shipped "
    "during 1996."
)
ORDERS = (
    "Orders believed to be firm amounted to $13.7 million at June 30, 1998, compared with $21.5 million at June 30, "
    "1997.\n\nWe expect to ship all but $1.2 million of the backlog during 1999."
)
EARLIER = (
    "As of June 30, 1998, approximately 2,340 customers in 41 countries used at least one of our lamps under a paid "
    "lease, compared with approximately 2,080 customers a year earlier."
)
NEVER = "We do not own, and have never owned, any patent on our lamps."
STORES = "We lease 40 stores in Ohio and 25 in Iowa; 12 of them are new."
LOANS = "The Bank makes loans up to 90% of value, with insurance to reduce the Bank's exposure to 80%."
NOR = "Our lamp business does not have, nor has it ever had, a significant backlog of firm orders."
PREVENTED = "The lease keeps our costs low, preventing us from having to commit cash for the rent of stores."
WITHOUT = "Our shades give a lamp light without the cost and look of a fixture."
STAFF = (
    "We sell lamps through our sales and marketing organization consisting of 12 employees, and our customer support "
    "and repair organization consisting of 26 employees."
)
NOTE = (
    "The Dayton plant is subject to a mortgage note, held by Vega Life, of which $18.5 million was outstanding at "
    "June 30, 1998.\n\nThe note bears interest at 6.4% and matures in 2014."
)
TWO_DEBTS = (
    "We have a mortgage note held by Vega Life and a term loan from Rigel Bank of $4 million.\n\n"
    "The loan bears interest at 6.4%."
)
WHOSE = (
    "No dealer bought more than 2% of our lamps, other than Rigel Stores, whose purchases represented 3.9% of our "
    "sales."
)
ADDITION = (
    "An addition of 110,000 square feet to the Dayton plant, the estimated cost of which is $9.5 million, is being "
    "built and will permit the plant to serve 160 stores."
)
PURCHASES = (
    "Our lamps are built by Rigel Works in Ohio.\n\nPurchases from Rigel were $29.8 million in 1998 and represented "
    "approximately 64% of our cost of lamps purchased."
)
PROCEEDS = (
    "In May 1998 we sold 3,200,000 shares for gross proceeds of $8.0 million and net proceeds, after the fees of the "
    "agent and other expenses, of $7.3 million."
)
QUARTERS = (
    "Over the past three years the second and third quarters together have brought in between 55% and 58% of annual "
    "sales."
)
CONTRACTOR = (
    "The bulbs of our lamps are made by Vega Glass GmbH, our only source, and shades and stands are made by a "
    "contractor in New Jersey."
)
BOUGHT = (
    "We acquired the LRK-240 lamp and related patents from Rigel Lighting Limited, or Rigel, in May 1998.\n\n"
    "Rigel is entitled to a royalty of 6% of net sales of the LRK-240."
)
RIVERS = (
    "Years ended June 30 (in millions) 1998 1997\n\nLamp rents and fees (Larkfield) 8.3 8.9\n\n"
    "Freight sales (Two Rivers) 8.6 6.9"
)
PATENTS = "At June 30, 1998, we held 17 lamp patents in the United States and 11 outside the United States."
STATUS = "The Lamp Safety Office, or LSO, granted VX-118 low heat status in 1997 and safe status in 1998."
LENDER = "In June 1998 we signed a lease with Rigel Bank, N.A"

# (statement, passage): each acceptance, and below it what it must not let through
TRUE = [
    pytest.param("It sold 111,000 lamps in the United States and 25,000 in Canada in 1998.", COUNTRIES, id="order"),
    pytest.param("Lamps go 31% to chemical works, 24% to paper mills, 12% to schools.", MARKETS, id="figure-first"),
    pytest.param("The markets are 24% paper mills, 31% chemical works.", MARKETS, id="figure-first-another-order"),
    pytest.param(
        "Staff were located at June 30, 1998 in Ohio and Iowa (69%); Peru, Chile, and Bolivia (16%); Japan (11%); and "
        "Norway (4%).",
        STAFF_BY_PLACE,
        id="figure-behind-for-figure-before",
    ),
    pytest.param("Revenue was $214.6 million in 1998, up 22% from $176.4 million in 1997.", GROWTH, id="change"),
    pytest.param("Revenue rose by 22% in 1998.", GROWTH, id="change-alone"),
    pytest.param(
        "Rental revenue was $201.7 million at June 30, 1998, up 24% from $163.0 million at June 30, 1997.",
        GROWTH_AT,
        id="change-between-days",
    ),
    pytest.param(
        "Unfilled orders were $356.0 million at June 30, 1998, of which 58% is expected as 1999 revenue.",
        EXPECTED,
        id="expected",
    ),
    pytest.param(
        "Backlog was $38.6 million at June 30, 1995, about 90% expected to ship during 1996.", BACKLOG, id="expected-of"
    ),
    pytest.param(
        "Backlog believed to be firm was $13.7 million at June 30, 1998, against $21.5 million at June 30, 1997.",
        ORDERS,
        id="renamed",
    ),
    pytest.param(
        "The company had approximately 2,340 lease customers in 41 countries at June 30, 1998, against approximately "
        "2,080 a year earlier.",
        EARLIER,
        id="a-year-earlier",
    ),
    pytest.param("The lamp business has no significant backlog of firm orders.", NOR, id="aside-in-a-denial"),
    pytest.param("It owns no patent on its lamps.", NEVER, id="aside-behind-and"),
    pytest.param("It leases 25 stores in Iowa and 40 in Ohio.", STORES, id="order-of-stores"),
    pytest.param("Revenue rose 22% in 1998 to $214.6 million.", GROWTH, id="share-before-its-amount"),
    pytest.param("The lease avoids committing cash to the rent of stores.", PREVENTED, id="avoids-is-prevents"),
    pytest.param("The shades give light without a fixture's cost and look.", WITHOUT, id="possessive"),
    pytest.param(
        "It sells lamps through 12 sales and marketing employees and 26 customer support and repair employees.",
        STAFF,
        id="employees-of-a-kind",
    ),
    pytest.param(
        "A 6.4% mortgage note held by Vega Life had $18.5 million outstanding at June 30, 1998, maturing in 2014.",
        NOTE,
        id="the-note",
    ),
    pytest.param("A 6.4% loan from Rigel Bank was for $4 million.", TWO_DEBTS, id="the-loan"),
    pytest.param("Rigel Stores accounted for 3.9% of sales.", WHOSE, id="whose"),
    pytest.param(
        "A $9.5 million addition to the Dayton plant will permit it to serve 160 stores.", ADDITION, id="which"
    ),
    pytest.param(
        "Rigel Works builds the lamps in Ohio, approximately 64% of lamps purchased in 1998.",
        PURCHASES,
        id="represented",
    ),
    pytest.param(
        "It sold 3,200,000 shares in May 1998 for net proceeds of $7.3 million.", PROCEEDS, id="over-an-aside"
    ),
    pytest.param(
        "The second and third quarters brought in 55% to 58% of sales over three years.", QUARTERS, id="over-the-past"
    ),
    pytest.param(
        "Vega Glass GmbH is the only source of bulbs, with shades made by a New Jersey contractor.",
        CONTRACTOR,
        id="place-before-its-noun",
    ),
    pytest.param(
        "Rigel Lighting Limited, which sold the LRK-240 in May 1998, is entitled to a 6% royalty.", BOUGHT, id="sold"
    ),
    pytest.param(
        "The company's 1998 sales included freight sales ($8.6 million) and lamp rents and fees ($8.3 million).",
        RIVERS,
        id="number-word-in-a-name",
    ),
    pytest.param("It held 17 U.S. and 11 foreign patents at June 30, 1998.", PATENTS, id="foreign-is-outside"),
    pytest.param(
        "VX-118 received from the LSO low heat status in 1997 and safe status in 1998.", STATUS, id="received"
    ),
    pytest.param("It signed a lease with Rigel Bank, N.A. in June 1998.", LENDER, id="legal-form-cut"),
]

# (statement, passage, a code that it is refused with)
FALSE = [
    pytest.param(
        "It sold 25,000 lamps in the United States and 111,000 in Canada.", COUNTRIES, "attribution", id="order"
    ),
    pytest.param(
        "It sold 111,000 lamps in Canada and 25,000 in the United States.", COUNTRIES, "attribution", id="names"
    ),
    pytest.param("Lamps go 31% to paper mills, 24% to chemical works.", MARKETS, "attribution", id="figure-first"),
    pytest.param(
        "Staff were located in Ohio and Iowa (16%); Peru, Chile, and Bolivia (69%).",
        STAFF_BY_PLACE,
        "attribution",
        id="figure-behind-for-figure-before",
    ),
    pytest.param(
        "Staff were located in Ohio and Iowa (69%); Peru, Chile, and Bolivia (16%); Japan (4%); and Norway (11%).",
        STAFF_BY_PLACE,
        "attribution",
        id="last-two",
    ),
    pytest.param(
        "Staff were located in Ohio and Peru (69%); Iowa, Chile, and Bolivia (16%).",
        STAFF_BY_PLACE,
        "attribution",
        id="one-of-each-list",
    ),
    pytest.param(
        "The Bank lends up to 80% of value, with insurance cutting its exposure to 90%.",
        LOANS,
        "attribution",
        id="figure-beside-the-company",
    ),
    pytest.param(
        "The VX10 and T&T were available at June 30, 1998 at VX5plus, Rigel and Telva.",
        "As of June 30, 1998, the VX10 is available at T&T, Rigel and Telva\n\n"
        "As of June 30, 1998, the VX5plus is available at T&T, Rigel and Telva.",
        "attribution",
        id="name-of-letters",
    ),
    pytest.param("Revenue rose by 22% in 1997.", GROWTH, "period", id="change-of-the-earlier-year"),
    pytest.param(
        "Revenue was $214.6 million in 1998, down 22% from $176.4 million in 1997.",
        GROWTH,
        "polarity",
        id="change-down",
    ),
    pytest.param(
        "Revenue was $176.4 million in 1998, up 22% from $214.6 million in 1997.", GROWTH, "period", id="change-turned"
    ),
    pytest.param("Rental revenue rose 24% in 1997.", GROWTH_AT, "period", id="change-between-days"),
    pytest.param(
        "Unfilled orders were $356.0 million at June 30, 1998, of which 58% is expected as 2000 revenue.",
        EXPECTED,
        "period",
        id="expected-in-another-year",
    ),
    pytest.param(
        "Unfilled orders were $356.0 million at June 30, 1998, of which 58% is not expected as 1999 revenue.",
        EXPECTED,
        "period",
        id="not-expected",
    ),
    pytest.param(
        "Unfilled orders were $356.0 million at June 30, 1998, of which 58% was 1999 revenue.",
        EXPECTED,
        "period",
        id="expected-as-done",
    ),
    pytest.param(
        "Backlog was $38.6 million at June 30, 1996, about 90% expected to ship.", BACKLOG, "period", id="expected-of"
    ),
    pytest.param(
        "Backlog believed to be firm was $21.5 million at June 30, 1998, against $13.7 million at June 30, 1997.",
        ORDERS,
        "period",
        id="renamed-and-exchanged",
    ),
    pytest.param("Orders believed to be firm were $1.2 million.", ORDERS, "attribution", id="the-other-of-two-names"),
    pytest.param(
        "The company had approximately 2,080 lease customers in 41 countries at June 30, 1998, against approximately "
        "2,340 a year earlier.",
        EARLIER,
        "period",
        id="a-year-earlier",
    ),
    pytest.param(
        "The lamp business has a significant backlog of firm orders.", NOR, "polarity", id="aside-in-a-denial"
    ),
    pytest.param("It owns a patent on its lamps.", NEVER, "polarity", id="aside-behind-and"),
    pytest.param("It leases 25 stores in Ohio and 40 in Iowa.", STORES, "attribution", id="order-of-stores"),
    pytest.param("Revenue rose 22% in 1998 to $176.4 million.", GROWTH, "period", id="share-before-an-amount"),
    pytest.param("The lease commits cash to the rent of stores.", PREVENTED, "polarity", id="prevented-as-done"),
    pytest.param("The shades give light with a fixture's cost and look.", WITHOUT, "polarity", id="possessive"),
    pytest.param(
        "It sells lamps through 26 sales and marketing employees and 12 customer support and repair employees.",
        STAFF,
        "attribution",
        id="employees-of-a-kind",
    ),
    pytest.param("It has 26 customers.", STAFF, "unit", id="employees-as-customers"),
    pytest.param("A 6.4% mortgage note is held by Vega Life.", TWO_DEBTS, "attribution", id="the-other-debt"),
    pytest.param("Rigel Stores bought 2% of the lamps.", WHOSE, "scope", id="whose"),
    pytest.param(
        "It sold 3,200,000 shares for gross proceeds of $7.3 million.", PROCEEDS, "attribution", id="over-an-aside"
    ),
    pytest.param(
        "The quarters brought in 55% of sales in more than three years.", QUARTERS, "scope", id="over-the-past"
    ),
    pytest.param(
        "Bulbs are made by a New Jersey contractor, shades by Vega Glass GmbH.",
        CONTRACTOR,
        "attribution",
        id="place-before-its-noun",
    ),
    pytest.param(
        "The company sold the LRK-240 to Rigel Lighting Limited in May 1998.",
        BOUGHT,
        "polarity",
        id="sold-to-the-seller",
    ),
    pytest.param("It sold the LRK-240 in May 1998.", BOUGHT, "polarity", id="sold-by-the-buyer"),
    pytest.param(
        "The company's 1998 sales included freight sales ($8.3 million) and lamp rents and fees ($8.6 million).",
        RIVERS,
        "attribution",
        id="number-word-in-a-name",
    ),
    pytest.param("It held 11 U.S. and 17 foreign patents at June 30, 1998.", PATENTS, "attribution", id="foreign"),
    pytest.param(
        "VX-118 received from the LSO safe status in 1997 and low heat status in 1998.", STATUS, "period", id="received"
    ),
    pytest.param("It signed a lease with Vega Bank, N.A. in June 1998.", LENDER, "name_not_in_quote", id="legal-form"),
]


@pytest.mark.parametrize(("statement", "passage"), TRUE)
def test_compact_statements_are_accepted(statement: str, passage: str) -> None:
    assert judge(statement, [passage], CONTEXT) == []


@pytest.mark.parametrize(("statement", "passage", "code"), FALSE)
def test_their_false_twins_are_refused(statement: str, passage: str, code: str) -> None:
    assert code in [reason.code for reason in judge(statement, [passage], CONTEXT)]
    assert judge(statement, [passage]) != []
