"""Values listed for years or names "respectively": each given to its own, or the clause left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.offline.respectively import distributed

# (clause, its lead, (clause, lead, against) of each clause that it says)
OVER_YEARS = [
    pytest.param(
        "Its revenue was $69.8 million and $54.6 million, respectively",
        "for the years ended December 31, 2022 and 2021",
        ("Its revenue was $69.8 million", "in 2022", ["against $54.6 million in 2021"]),
        id="years-in-the-lead",
    ),
    pytest.param(
        "Lamps accounted for 61% and 58% of net sales in fiscal 1998 and 1997, respectively",
        "",
        ("Lamps accounted for 61% of net sales", "in fiscal 1998", ["against 58% in fiscal 1997"]),
        id="years-in-the-clause",
    ),
    pytest.param(
        "Lamps accounted for 58% and 61% of net sales in fiscal 1997 and 1998, respectively",
        "",
        ("Lamps accounted for 61% of net sales", "in fiscal 1998", ["against 58% in fiscal 1997"]),
        id="the-latest-year-leads-wherever-it-stands",
    ),
    pytest.param(
        "Lamps accounted for 61%, 58% and 50% of net sales in 1998, 1997 and 1996, respectively",
        "",
        ("Lamps accounted for 61% of net sales", "in 1998", ["against 58% in 1997", "and 50% in 1996"]),
        id="three-years",
    ),
    pytest.param(
        "The company had borrowings of $3.5 million and $1.0 million, respectively",
        "at June 30, 1998 and 1997",
        ("The company had borrowings of $3.5 million", "at June 30, 1998", ["against $1.0 million at June 30, 1997"]),
        id="dates",
    ),
    pytest.param(
        "Net losses were $4.1 million and $2.2 million, respectively",
        "for the years ended September 30, 2014 and 2013",
        (
            "Net losses were $4.1 million",
            "in the year ended September 30, 2014",
            ["against $2.2 million in 2013"],
        ),
        id="years-that-do-not-end-in-december",
    ),
]

OVER_SEVERAL = [
    pytest.param(
        "75%, 74% and 72% was made here and 25%, 26% and 28% abroad, respectively",
        "for fiscal years 1998, 1997 and 1996",
        ("75% was made here and 25% abroad", "in fiscal 1998", []),
        id="two-lists-of-three-years",
    ),
    pytest.param(
        "The company had growth rates in net sales of 4% and 20% in fiscal 1998 and 1997, respectively",
        "",
        ("The company had a growth rate in net sales of 4%", "in fiscal 1998", ["against 20% in fiscal 1997"]),
        id="rates-become-a-rate",
    ),
]


OVER_NAMES = [
    pytest.param(
        "Harwell, Brill and Tansy accounted for 18%, 15% and 24% of net sales in fiscal 1996, respectively",
        [
            "Harwell accounted for 18% of net sales in fiscal 1996",
            "Brill accounted for 15% of net sales in fiscal 1996",
            "Tansy accounted for 24% of net sales in fiscal 1996",
        ],
        id="three-names",
    ),
    pytest.param(
        "Harwell and Brill represented approximately 18% and 15%, respectively, of revenue",
        ["Harwell represented approximately 18% of revenue", "Brill represented 15% of revenue"],
        id="a-pair-of-names",
    ),
    pytest.param(
        "Lamps and shades were $4.1 million and $2.2 million, respectively",
        ["Lamps were $4.1 million", "shades were $2.2 million"],
        id="plural-names",
    ),
]

LEFT_ALONE = [
    pytest.param("Net sales were $48.2 million in 1998", "", id="nothing-respective"),
    pytest.param("Net sales were $48.2 million and $43.9 million", "in 1998 and 1997", id="the-word-is-missing"),
    pytest.param(
        "Net sales were $48.2 million and $43.9 million, respectively", "in 1998, 1997 and 1996", id="two-for-three"
    ),
    pytest.param("Harwell, Brill and Tansy accounted for 18% and 15% of sales, respectively", "", id="names-too-many"),
    pytest.param(
        "Sales were $4 million and $3 million and costs $2 million, $1 million and $1 million, respectively",
        "in 1998 and 1997",
        id="two-lists-of-which-one-is-longer",
    ),
]


@pytest.mark.parametrize(("clause", "lead", "expected"), [*OVER_YEARS, *OVER_SEVERAL])
def test_years(clause: str, lead: str, expected: tuple[str, str, list[str]]) -> None:
    (found,) = distributed(clause, lead)
    assert (found.clause, found.lead, list(found.against)) == expected


@pytest.mark.parametrize(("clause", "expected"), OVER_NAMES)
def test_names(clause: str, expected: list[str]) -> None:
    assert [found.clause for found in distributed(clause, "")] == expected


@pytest.mark.parametrize(("clause", "lead"), LEFT_ALONE)
def test_what_cannot_be_paired_is_left_alone(clause: str, lead: str) -> None:
    (found,) = distributed(clause, lead)
    assert (found.clause, found.lead, found.against) == (clause, lead, ())


_YEARS_AND_SHARES = st.lists(
    st.tuples(st.integers(1990, 2030), st.integers(1, 99)), min_size=2, max_size=4, unique_by=lambda row: row[0]
)


def listed(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


@given(_YEARS_AND_SHARES)
def test_every_value_stays_with_its_own_year(rows: list[tuple[int, int]]) -> None:
    shares = listed([f"{share}%" for _, share in rows])
    lead = f"in {listed([str(year) for year, _ in rows])}"
    (found,) = distributed(f"Lamps accounted for {shares} of net sales, respectively", lead)
    latest, share = max(rows)
    assert (found.clause, found.lead) == (f"Lamps accounted for {share}% of net sales", f"in {latest}")
    others = {f"{share}% in {year}" for year, share in rows if year != latest}
    assert {words.removeprefix("against ").removeprefix("and ") for words in found.against} == others
