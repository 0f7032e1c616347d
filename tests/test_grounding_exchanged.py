"""Figures that have changed places: each stands with its own label, unit and subject, in tables, asides and lists."""

from __future__ import annotations

import pytest

from extractor.grounding import judge

ROW = "(dollars in millions) 1998 % of total 1997 % of total\n\nLamp repairs 20.4 10 % 17.3 9 %"
LISTED = "Repairs were 24, 26 and 30 percent of sales in 1996, 1997 and 1998, respectively."
CREDIT = (
    "At June 30, 1998, loans of $46.3 million and letters of credit of $7.9 million were outstanding and "
    "$55.8 million was available."
)
OFFERING = "In May 1998 we sold 35,000 shares at $10.00 per share.\n\nNet proceeds, after expenses, were $9.8 million."
PAGES = (
    "The remaining 5.5% of 1998 sales came from\n\n                  -4-\n<PAGE>\n\nlamp repairs\n\n"
    "Rented stands were $24,000,000, or 14% of sales, in 1998"
)
FIVE = (
    "Our largest dealers accounted for 48% of sales in 1998 and 44% of sales in 1997.\n\nThe schools that we "
    "supply accounted for 19% of sales in 1998, and for 16% of sales in 1997."
)
DEALERS = (
    "Orion Stores, Inc., a dealer with 61 shops\n\nand Vega Lamps, Inc., to which we sell directly, accounted for 19% "
    "and 11%, respectively, of our sales in 1998, and for 16% and 14%, respectively, of our sales in 1997."
)
CELLS = (
    "Our sales were $86.4 million in 1998.\n\nYear Ended June 30, | | 1998 | | | 1997 |\n\n"
    "Desk Lamps | $ | 47.5 | 55 | % | $ | 55.7 | 60 | %\n\nWall Lights | | 38.9 | 45 | | | 37.2 | 40 |"
)

TRUE = [
    pytest.param("Lamp repairs were 10% of the total in 1998 ($20.4 million).", ROW, id="row"),
    pytest.param("Repairs were 24% of sales in 1996.", LISTED, id="sign-at-the-end-of-a-list"),
    pytest.param("Loans were $46.3 million at June 30, 1998, with $55.8 million available.", CREDIT, id="available"),
    pytest.param("Loans of $46.3 million outstanding at June 30, 1998.", CREDIT, id="outstanding-of-both"),
    pytest.param("It sold 35,000 shares at $10.00 each for net proceeds of $9.8 million.", OFFERING, id="each"),
    pytest.param("Lamp repairs were 5.5% of 1998 sales and rented stands 14%.", PAGES, id="page"),
    pytest.param("The largest dealers accounted for 48% of sales in 1998 (44% in 1997).", FIVE, id="aside"),
    pytest.param("Orion Stores, Inc. was 19% of 1998 sales; and Vega Lamps, Inc. for 11%.", DEALERS, id="respectively"),
    pytest.param("Its 1998 sales were $86.4 million and came from Desk Lamps (55%).", CELLS, id="cells"),
    pytest.param("The schools it supplies accounted for 19% of sales in 1998 (16% in 1997).", FIVE, id="and-for"),
]

FALSE = [
    pytest.param(
        "Dealers in 1998: Orion Stores, Inc. for 11% of sales; and Vega Lamps, Inc. for 19%.",
        DEALERS,
        "attribution",
        id="respectively",
    ),
    pytest.param(
        "Its 1998 sales were $47.5 million and came from Desk Lamps ($86.4 million, 55%).",
        CELLS,
        "attribution",
        id="cells",
    ),
    pytest.param("Lamp repairs were 10% of the total in 1998 (20.4%).", ROW, "unit", id="amount-as-share"),
    pytest.param("Lamp repairs were 20% of the total in 1998 ($20.4 million).", ROW, "unit", id="amount-rounded"),
    pytest.param(
        "Loans were $55.8 million at June 30, with $46.3 million available.", CREDIT, "attribution", id="available"
    ),
    pytest.param(
        "It sold 35,000 shares at $9.8 million each for net proceeds of $10.00.", OFFERING, "attribution", id="each"
    ),
    pytest.param("Lamp repairs were 14% of 1998 sales and rented stands 5.5%.", PAGES, "attribution", id="page"),
    pytest.param(
        "The largest dealers accounted for 48% of sales in 1998 (16% in 1997).", FIVE, "attribution", id="aside"
    ),
]


@pytest.mark.parametrize(("statement", "passage"), TRUE)
def test_figures_in_their_places_are_accepted(statement: str, passage: str) -> None:
    assert judge(statement, [passage]) == []


@pytest.mark.parametrize(("statement", "passage", "code"), FALSE)
def test_figures_in_the_places_of_others_are_refused(statement: str, passage: str, code: str) -> None:
    assert code in [reason.code for reason in judge(statement, [passage])]
