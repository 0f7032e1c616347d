"""Lists in words and back, and how a fact's parts make a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.wording import Wording, joined, members, sentence, split_outside, verb_phrase

# (phrase, its members), which `joined` writes as one phrase again
LISTS = [
    ("Arrow Tools, Inc., Fernhook Saws, Inc. and Nu Spades", ["Arrow Tools", "Fernhook Saws", "Nu Spades"]),
    ("Arrow, Primary Saws, a subsidiary of 3Tools, and Nu Spades", ["Arrow", "Primary Saws", "Nu Spades"]),
    ("lamps, shades and bulbs", ["lamps", "shades", "bulbs"]),
    ("lamps, shades, bulbs and cords", ["lamps", "shades", "bulbs", "cords"]),
    ("lamps, shades or bulbs", ["lamps", "shades", "bulbs"]),
    ("lamps, shades, and bulbs", ["lamps", "shades", "bulbs"]),
    ("lamps, shades as well as bulbs", ["lamps", "shades", "bulbs"]),
    ("desk lamps (12%), floor lamps (8%) and shades (4%)", ["desk lamps (12%)", "floor lamps (8%)", "shades (4%)"]),
    ("lamps (desk, floor), shades and bulbs", ["lamps (desk, floor)", "shades", "bulbs"]),
    ("lamps “desk, floor”, shades and bulbs", ["lamps “desk, floor”", "shades", "bulbs"]),
    ("lamps, for desks; shades; and bulbs", ["lamps, for desks", "shades", "bulbs"]),
]

NO_LISTS = [
    "tools of many kinds: lamps, shades and bulbs",
    "lamps",
    "lamps and shades",
    "lamps, shades",
    "",
    "lamps, which hotels buy, and shades",
    "lamps, shades and",
    "lamps, shades, ",
    "lamps, shades, it makes bulbs and cords",
    "lamps (desk, shades and bulbs",
    "lamps, shades and bulbs and cords",
]

JOINED = [
    ([], ""),
    (["lamps"], "lamps"),
    (["lamps", "shades"], "lamps and shades"),
    (["lamps", "shades", "bulbs"], "lamps, shades and bulbs"),
    (["lamps, for desks", "shades", "bulbs"], "lamps, for desks; shades; and bulbs"),
]

# (predicate, items, details, verb phrase)
PHRASES = [
    ("sells in 1998", ["lamps", "shades"], [], "sells lamps and shades in 1998"),
    ("include, in some cases", ["lamps", "shades"], [], "include, in some cases, lamps and shades"),
    ("has two plants, namely", ["Dover", "Lima"], [], "has two plants, namely Dover and Lima"),
    ("has two plants", ["Dover", "Lima"], [], "has two plants: Dover and Lima"),
    pytest.param("sells", ["lamps", "shades"], [], "sells lamps and shades", id="items"),
    pytest.param("sells lamps", [], ["against 12 in 1997"], "sells lamps, against 12 in 1997", id="apart"),
    pytest.param("sells lamps", [], ["designed to last"], "sells lamps designed to last", id="close"),
    pytest.param("sells lamps", [], ["in which it has 50%"], "sells lamps in which it has 50%", id="relative"),
    pytest.param(
        "sells", ["lamps", "shades", "bulbs"], ["including glass", "made in Ohio"],
        "sells lamps, shades and bulbs, including glass, made in Ohio", id="details-in-order",
    ),
]  # fmt: skip

SENTENCES = [
    ("net sales were $4 million", "Net sales were $4 million."),
    ("lamps are sold in the U.S.", "Lamps are sold in the U.S."),
    ("it calls them “lamps.”", "It calls them “lamps.”"),
    ('it calls them "lamps."', 'It calls them "lamps."'),
    ("it calls them “lamps”", "It calls them “lamps”."),
    ("$4 million was borrowed", "$4 million was borrowed."),
    ("it sells to Harwell, Inc.", "It sells to Harwell, Inc."),
]

SPLITS = [
    ("a, b", ["a", "b"]),
    ("a (b, c), d", ["a (b, c)", "d"]),
    ('"a, b", c', ['"a, b"', "c"]),
    ("“a, b”, c", ["“a, b”", "c"]),
    ("a (b, c", ["a (b, c"]),
    ("a), b", ["a)", "b"]),
    ("", [""]),
]


@pytest.mark.parametrize(("phrase", "expected"), LISTS, ids=[phrase for phrase, _ in LISTS])
def test_members_of_a_list(phrase: str, expected: list[str]) -> None:
    assert members(phrase) == expected


@pytest.mark.parametrize("phrase", NO_LISTS)
def test_what_is_no_list(phrase: str) -> None:
    assert members(phrase) == []


@pytest.mark.parametrize(("parts", "expected"), JOINED, ids=[expected for _, expected in JOINED])
def test_joined(parts: list[str], expected: str) -> None:
    assert joined(parts) == expected


def test_joined_with_another_conjunction() -> None:
    assert joined(["lamps", "shades", "bulbs"], "or") == "lamps, shades or bulbs"


@given(
    st.lists(
        st.sampled_from("lamps, desk lamps, shades, cords of silk, bulbs (12%)".split(", ")), min_size=3, max_size=8
    )
)
def test_a_joined_list_has_the_same_members_again(parts: list[str]) -> None:
    assert members(joined(parts)) == parts


@given(st.text('ab,()"“” '), st.sampled_from([", ", "; ", "a"]))
def test_splitting_loses_nothing(text: str, separator: str) -> None:
    assert separator.join(split_outside(text, separator)) == text


@pytest.mark.parametrize(("text", "expected"), SPLITS, ids=[text for text, _ in SPLITS])
def test_separators_in_parentheses_and_quotes_part_nothing(text: str, expected: list[str]) -> None:
    assert split_outside(text, ", ") == expected


@pytest.mark.parametrize(("predicate", "items", "details", "expected"), PHRASES)
def test_verb_phrases(predicate: str, items: list[str], details: list[str], expected: str) -> None:
    assert verb_phrase(predicate, items, details) == expected
    wording = Wording("the company", predicate, tuple(details), tuple(items))
    assert wording.clause() == f"the company {expected}"
    assert wording.company


def test_an_opening_stands_before_the_subject() -> None:
    assert Wording("the company", "sells lamps", opening="in 2022").clause() == "in 2022, the company sells lamps"


def test_another_subject_is_not_the_company() -> None:
    assert not Wording("the company's lamps", "are sold").company


@pytest.mark.parametrize(("clause", "expected"), SENTENCES, ids=[clause for clause, _ in SENTENCES])
def test_sentences(clause: str, expected: str) -> None:
    assert sentence(clause) == expected
