"""Where a clause's subject ends and its verb begins, and which verb phrases one subject has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.offline.subjects import governs, split_predicates, split_subject, without_aside

# "|" stands where the predicate begins
SPLIT = [
    "Skin care products | accounted for 44% of net sales",
    "Net sales | were $48.2 million in fiscal 1998",
    "Products sold through dealers | are shipped from Dayton",
    "Lamps that hotels buy | are made by others",
    "Lamps which are bought by hotels | accounted for 12% of sales",
    "Harwell Home Centers | accounted for 22% of net sales",
    "No customer | accounted for more than 10% of net sales",
    "The company's customers | include hotels and restaurants",
    "The company's products | are currently sold in 14 states",
    "Lamps, shades and bulbs | represented 61% of sales",
    "Fernhook, its main line, | accounted for 61% of sales",
    "The revolving credit facility | matures in June 2009",
    "Borrowings under the facility | bear interest at 7.5%",
    "Sales to hotels | grew 12% in 1998",
    "Tallow Creek Bank | has a branch in Dayton",
    "The warehouse in Dayton | ships lamps",
    "Approximately 40% of lamps | is bought by hotels",
    "Orders for lamps (and shades) | were 12% higher",
    "The 14 stores opened in 1998 | sell lamps",
    "Sales of the company's most recently introduced lamps | began in May 1998",
    "Payments for lamps | may be made monthly",
    "Dealers | offer the lamps to hotels",
]  # fmt: skip

NO_VERB = [
    "Its customer support and service organization of 26 people",
    "Lamps and shades",
    "A maker of lamps",
    "Lamps",
    "",
    "Of lamps and of shades",
    "Net sales, by state, in 1998",
]

# (predicate, its verb phrases)
PREDICATES = [
    ("sells lamps and shades", ["sells lamps and shades"]),
    (
        "was incorporated in Ohio in 1961 and is headquartered in Dayton",
        ["was incorporated in Ohio in 1961", "is headquartered in Dayton"],
    ),
    (
        "operates 14 stores in three states and has a warehouse in Dayton",
        ["operates 14 stores in three states", "has a warehouse in Dayton"],
    ),
    (
        "has grown every year and in 1995, had sales of $5 million",
        ["has grown every year", "had sales of $5 million in 1995"],
    ),
    ("sells lamps that hotels buy and is liked by", ["sells lamps that hotels buy and is liked by"]),
    ("offers lamps, shades and services to hotels", ["offers lamps, shades and services to hotels"]),
]

# (what follows the company's name, whether the name is a proper one, whether its verb follows)
GOVERNS = [
    (" sells lamps to hotels", True, True),
    (" also sells lamps", True, True),
    (" was formed in 1994", True, True),
    (", an Ohio corporation, makes lamps", True, True),
    (" stores sell lamps to hotels", True, False),
    (" brand lamps are sold to hotels", True, False),
    (" designs, makes and sells lamps", True, True),
    (" designs and sells lamps", True, True),
    (" Stores are in Ohio", True, False),
    ("'s lamps are sold", True, False),
    (" sell lamps", False, True),
    (" have two mills", False, True),
    (" and its subsidiaries make lamps", False, False),
]

ASIDES = [
    (", an Ohio corporation, has mills", "has mills"),
    (" (formerly Lampco) has mills", "has mills"),
    (" has mills, lamps and shades", "has mills, lamps and shades"),
    (", an Ohio corporation", ""),
]


@pytest.mark.parametrize("marked", SPLIT)
def test_subject_and_predicate(marked: str) -> None:
    subject, predicate = marked.split(" | ")
    found = split_subject(f"{subject} {predicate}")
    assert found is not None
    assert (found[0].rstrip(","), found[1]) == (subject.rstrip(","), predicate)


@pytest.mark.parametrize("text", NO_VERB)
def test_no_finite_verb_no_split(text: str) -> None:
    assert split_subject(text) is None


@pytest.mark.parametrize(("predicate", "expected"), PREDICATES, ids=[p for p, _ in PREDICATES])
def test_verb_phrases_of_one_subject(predicate: str, expected: list[str]) -> None:
    assert split_predicates(predicate) == expected


@pytest.mark.parametrize(("rest", "named", "expected"), GOVERNS, ids=[rest.strip() for rest, _, _ in GOVERNS])
def test_whether_the_company_governs_the_verb(rest: str, named: bool, expected: bool) -> None:
    assert governs(rest, named=named) is expected


@pytest.mark.parametrize(("rest", "expected"), ASIDES, ids=[rest.strip() for rest, _ in ASIDES])
def test_asides(rest: str, expected: str) -> None:
    assert without_aside(rest) == expected


@given(
    st.lists(st.sampled_from("lamps that , ( ) are sold by the and 12% of was Ohio which in sells".split())).map(
        " ".join
    )
)
def test_a_split_loses_no_word(text: str) -> None:
    found = split_subject(text)
    if found is not None:
        subject, predicate = found
        assert subject
        assert predicate
        assert f"{subject} {predicate}".replace(",", "").split() == text.replace(",", "").split()
