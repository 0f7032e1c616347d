"""First person to third: what "we", "our" and "us" become, and the verbs that "we" governs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.offline.voice import AS_OTHER, AS_SUBJECT, conjugate_from_start, to_third_person

# (as filed, in the third person), the company being the subject
SUBJECT = [
    ("We sell phones.", "It sells phones."),
    ("We design, make and sell phones.", "It designs, makes and sells phones."),
    ("We design, manufacture, and market lamps.", "It designs, manufactures, and markets lamps."),
    ("We also sell our lamps to hotels.", "It also sells its lamps to hotels."),
    ("We currently own and operate 14 mills.", "It currently owns and operates 14 mills."),
    ("We are a maker of lamps and have two mills.", "It is a maker of lamps and has two mills."),
    ("We have opened and closed stores.", "It has opened and closed stores."),
    ("We were formed in 1994.", "It was formed in 1994."),
    ("We do not own our mills.", "It does not own its mills."),
    ("We don’t lease trucks.", "It doesn’t lease trucks."),
    ("We may sell our notes.", "It may sell its notes."),
    ("We will continue to design and sell lamps.", "It will continue to design and sell lamps."),
    ("We plan to open stores and sell lamps.", "It plans to open stores and sell lamps."),
    ("We buy steel and sell it to yards.", "It buys steel and sells it to yards."),
    ("We operate stores and market our lamps.", "It operates stores and markets its lamps."),
    ("We sold our mill in 1996.", "It sold its mill in 1996."),
    ("We offer products and services to farms.", "It offers products and services to farms."),
    ("We sell lamps, which hotels buy.", "It sells lamps, which hotels buy."),
    ("We serve farmers that own land and sell milk.", "It serves farmers that own land and sell milk."),
    ("We, together with our subsidiaries, make lamps.", "It, together with its subsidiaries, makes lamps."),
    ("Customers pay us monthly.", "Customers pay it monthly."),
    ("We finance ourselves with notes.", "It finances itself with notes."),
    ("We sell in the US and in Canada.", "It sells in the US and in Canada."),
    ("We believe that we have 12% of the market.", "It believes that it has 12% of the market."),
    ("Lamps that we make last.", "Lamps that it makes last."),
    ("We carry and finance inventory.", "It carries and finances inventory."),
    ("We rent or sell the trucks.", "It rents or sells the trucks."),
    ("We own mills and sell lamps.", "It owns mills and sells lamps."),
    ("We have mills in Ohio and sell lamps to hotels.", "It has mills in Ohio and sells lamps to hotels."),
    ("We buy lamps, repair them and sell them.", "It buys lamps, repairs them and sells them."),
    ("We sell lamps but do not make them.", "It sells lamps but does not make them."),
    ("We had 310 employees and operate two mills.", "It had 310 employees and operates two mills."),
    ("We help hotels design and run lobbies.", "It helps hotels design and run lobbies."),
    ("We work with dealers to stock and display our lamps.", "It works with dealers to stock and display its lamps."),
    ("We provide design and support services.", "It provides design and support services."),
    ("We do not own or operate mills.", "It does not own or operate mills."),
    ("We target, acquire and retain hotels.", "It targets, acquires and retains hotels."),
    ("We have never paid a dividend and do not intend to.", "It has never paid a dividend and does not intend to."),
    ("We market lamps and ship and store them.", "It markets lamps and ships and stores them."),
]  # fmt: skip

# ... and the company standing somewhere else than in the subject
OTHER = [
    ("Our lamps are sold to hotels.", "The company's lamps are sold to hotels."),
    ("Hotels buy our lamps from us.", "Hotels buy the company's lamps from the company."),
    ("Lamps that we sell are made by others.", "Lamps that the company sells are made by others."),
    ("The patents are ours.", "The patents are the company's."),
    ("Sales in the US fell.", "Sales in the US fell."),
    ("Cushions, cups and dust covers are sold.", "Cushions, cups and dust covers are sold."),
]

# (verb phrase of a plural subject, of a singular one)
PHRASES = [
    ("sell phones", "sells phones"),
    ("are based in Dayton", "is based in Dayton"),
    ("currently have two mills", "currently has two mills"),
    ("design, make and sell lamps", "designs, makes and sells lamps"),
    ("do not sell lamps", "does not sell lamps"),
    ("sold lamps", "sold lamps"),
    ("can make lamps and sell them", "can make lamps and sell them"),
    ("have made and sold lamps", "has made and sold lamps"),
]

FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|ourselves)\b", re.IGNORECASE)


@pytest.mark.parametrize(("text", "expected"), SUBJECT, ids=[text for text, _ in SUBJECT])
def test_the_company_as_the_subject(text: str, expected: str) -> None:
    assert to_third_person(text, AS_SUBJECT) == expected


@pytest.mark.parametrize(("text", "expected"), OTHER, ids=[text for text, _ in OTHER])
def test_the_company_beside_the_subject(text: str, expected: str) -> None:
    assert to_third_person(text, AS_OTHER) == expected


@pytest.mark.parametrize(("phrase", "expected"), PHRASES, ids=[phrase for phrase, _ in PHRASES])
def test_verb_phrases(phrase: str, expected: str) -> None:
    assert conjugate_from_start(phrase) == expected


_WORDS = st.lists(
    st.sampled_from("we our us We Our and , sell lamps have to design the that make ( ) also 12% ; ourselves".split()),
    max_size=14,
).map(" ".join)


@given(_WORDS)
def test_no_first_person_is_left_and_no_figure_changes(text: str) -> None:
    for reference in (AS_SUBJECT, AS_OTHER):
        said = to_third_person(text, reference)
        assert not FIRST_PERSON.search(said)
        assert said.count("12%") == text.count("12%")
        assert to_third_person(said, reference) == said
