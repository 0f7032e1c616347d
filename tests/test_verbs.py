"""Verb forms: the third person singular, and which words can be verbs."""

from __future__ import annotations

import lemminflect
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.lemmas import Category, base_of
from extractor.verbs import is_adverb, is_base, is_certain_past, is_noun, is_past, is_third, third_person, verb_lemma

# Words of each kind, of several, of none; with several bases, and from the overrides.
SAID = (
    "sells sold leaves saw lay found better best fewer bases axes data media would 'd had is being cannot everyone "
    "nobody quickly early well phones market okays zwyrthle aachen 1,140 # form sells,verb "
).split(" ")

THIRD = [
    ("sell", "sells"),
    ("carry", "carries"),
    ("buy", "buys"),
    ("supply", "supplies"),
    ("employ", "employs"),
    ("finish", "finishes"),
    ("launch", "launches"),
    ("process", "processes"),
    ("tax", "taxes"),
    ("go", "goes"),
    ("do", "does"),
    ("have", "has"),
    ("are", "is"),
    ("were", "was"),
    ("don't", "doesn't"),
    ("may", "may"),
    ("cannot", "cannot"),
    ("Sell", "Sells"),
    ("don’t", "doesn’t"),
]


@pytest.mark.parametrize(("base", "expected"), THIRD, ids=[base for base, _ in THIRD])
def test_third_person(base: str, expected: str) -> None:
    assert third_person(base) == expected


@given(st.sampled_from("design market operate supply carry offer finance publish own lease assess pay".split()))
def test_a_third_person_is_known_as_one_and_leads_back_to_its_base(base: str) -> None:
    third = third_person(base)
    assert is_third(third)
    assert is_base(base)
    assert not is_base(third)
    assert verb_lemma(third) == base


@pytest.mark.parametrize("word", "was began grew sold introduced opened bought leased carried".split())
def test_past_tenses(word: str) -> None:
    assert is_past(word)
    assert not is_base(word)


@pytest.mark.parametrize(
    ("word", "certain"),
    [
        ("was", True),
        ("began", True),
        ("grew", True),
        ("Began", True),
        ("sold", False),
        ("opened", False),
        ("sell", False),
    ],
)
def test_a_past_tense_that_may_be_a_participle_is_not_certain(word: str, certain: bool) -> None:
    assert is_certain_past(word) is certain


@pytest.mark.parametrize(
    "word", "currently also principally not never typically Currently still generally historically".split()
)
def test_adverbs(word: str) -> None:
    assert is_adverb(word)


@pytest.mark.parametrize("word", "supply apply rely family assembly early daily quarterly phone sells the".split())
def test_words_that_are_no_adverbs(word: str) -> None:
    assert not is_adverb(word)


@pytest.mark.parametrize(
    ("word", "noun"), [("market", True), ("phone", True), ("design", True), ("of", False), ("and", False)]
)
def test_nouns(word: str, noun: bool) -> None:
    assert is_noun(word) is noun


@pytest.mark.parametrize("word", ["", "1,140", "$12", "Zwyrthle", "of", "the", "phones,"])
def test_what_is_no_verb_has_no_verb_form(word: str) -> None:
    assert not is_third(word)
    assert not is_certain_past(word)


@pytest.mark.parametrize("category", ["noun", "verb", "aux", "adj", "adv"])
def test_the_dictionary_says_what_lemminflect_says(category: Category) -> None:
    for form in SAID:
        said = lemminflect.getAllLemmas(form, upos=category.upper())
        assert base_of(form, category) == next((bases[0] for bases in said.values()), None), form
