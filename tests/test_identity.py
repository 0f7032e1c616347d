"""Who the filing company is, what it is called, and what the filing's own terms stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import document_from_text, read
from extractor.identity import identify

FIXTURES = Path(__file__).parents[1] / "fixtures"

# (text, full name, short name)
NAMES = [
    pytest.param(
        'Bramblewick Tools, Inc. (the "Company") makes hand tools. The Company sells them.',
        "Bramblewick Tools, Inc.", "Bramblewick Tools", id="only-the-company-is-defined",
    ),
    pytest.param(
        'Bramblewick Tools, Inc. ("Bramblewick" or the "Company") makes tools. Bramblewick sells. Bramblewick grows.',
        "Bramblewick Tools, Inc.", "Bramblewick", id="a-short-name-is-defined",
    ),
    pytest.param(
        "Bramblewick Tools, Inc. (together with its subsidiaries, the “Company,” “we,” “us” or “our”) makes tools.",
        "Bramblewick Tools, Inc.", "Bramblewick Tools", id="we-is-defined",
    ),
    pytest.param(
        "Bramblewick Tools, Inc. was formed in 1994. Bramblewick makes tools. Bramblewick sells. Bramblewick grows.",
        "Bramblewick Tools, Inc.", "Bramblewick", id="a-short-name-by-use",
    ),
    pytest.param(
        'In this report, "we", "us" and the "Company" refer to Bramblewick Tools, Inc. and its subsidiaries.',
        "Bramblewick Tools, Inc.", "Bramblewick Tools", id="we-refers-to",
    ),
    pytest.param(
        "Unless the context requires otherwise, references to “Bramblewick,” “we,” “us” and “our” refer to Bramblewick "
        "Holdings plc. Bramblewick makes tools.",
        "Bramblewick Holdings plc", "Bramblewick", id="a-british-form",
    ),
    pytest.param(
        'Competitors such as Dunlap Supply Company run stores. Bramblewick Tools, Inc. (the "Company") makes tools.',
        "Bramblewick Tools, Inc.", "Bramblewick Tools", id="a-competitor-comes-first",
    ),
    pytest.param(
        "The Estwick Brothers Companies Inc. makes soap. Estwick Brothers sells soap. Estwick Brothers is old. "
        "Estwick Brothers grows.",
        "The Estwick Brothers Companies Inc.", "Estwick Brothers", id="the-and-companies",
    ),
    pytest.param(
        "First National Tools Corporation makes tools. First National makes more. First National sells. First National "
        "grows.",
        "First National Tools Corporation", "First National Tools", id="a-common-first-word-is-no-name",
    ),
    pytest.param(
        "O’Dell & Sons, Inc. (“O’Dell”) makes tools. O’Dell is old. O’Dell grows.",
        "O’Dell & Sons, Inc.", "O’Dell", id="apostrophe-and-ampersand",
    ),
    pytest.param(
        "Bramblewick provides tools to gardeners. Bramblewick operates a mill. It is old.",
        "Bramblewick", "Bramblewick", id="no-legal-form",
    ),
    pytest.param("We sell lamps to hotels. Our mill is in Ohio.", "the company", "the company", id="no-name"),
    pytest.param("", "the company", "the company", id="nothing"),
]  # fmt: skip

FIXTURE_NAMES = [
    ("brannock-valve", "Brannock Valve Company", "Brannock"),
    ("copperline-stores", "Copperline Stores, Inc.", "Copperline"),
    ("harrow-instruments", "Harrow Instruments, Inc.", "Harrow"),
    ("larkspur-therapeutics", "Larkspur Therapeutics, Inc.", "Larkspur"),
    ("meridian-holdings", "Meridian Crossing Holdings, Inc.", "Meridian"),
    ("millbrook-savings", "Millbrook Financial", "Millbrook Financial"),
    ("quillstone-software", "Quillstone Software, Inc.", "Quillstone"),
    ("tern-island-packing", "Tern Island Packing Corporation", "Tern Island"),
]

# (sentence that follows the company's definition, whether it opens with the company)
SUBJECTS = [
    ("The Company sells tools.", True),
    ("We sell tools.", True),
    ("Bramblewick sells tools.", True),
    ("The Company's tools are sold.", False),
    ("Bramblewick-brand tools are sold.", False),
    ("The Company and Tallow Creek Bank signed an agreement.", False),
    ("Our tools are sold.", False),
    ("Westward sells tools.", False),
]


@pytest.mark.parametrize(("text", "name", "short"), NAMES)
def test_names(text: str, name: str, short: str) -> None:
    identity = identify(document_from_text(text))
    assert (identity.name, identity.short) == (name, short)
    assert identity.aliases == ({name, short} - {"the company"})


@pytest.mark.parametrize(("filing", "name", "short"), FIXTURE_NAMES, ids=[filing for filing, _, _ in FIXTURE_NAMES])
def test_names_of_the_fixtures(filing: str, name: str, short: str) -> None:
    identity = identify(read(FIXTURES / f"{filing}.txt"))
    assert identity.name.startswith(name)
    assert identity.short == short


def test_a_name_in_capitals_is_a_name() -> None:
    identity = identify(document_from_text('THE BRAMBLEWICK TOOL CORPORATION (the "Registrant") makes tools.'))
    assert identity.name.casefold() == "the bramblewick tool corporation"


def test_a_name_that_only_the_web_site_spells() -> None:
    text = "We make tools. Our address is www.bramblewick.com. {} The tools of Bramblewick last. So Bramblewick grows."
    assert identify(document_from_text(text.format("All of Bramblewick is in Ohio."))).name == "Bramblewick"
    assert identify(document_from_text(text.format("All of it is in Ohio."))).name == "the company"


def test_short_forms_of_common_words() -> None:
    text = (
        "We ship less-than-half-load (“LTHL”) freight to original equipment manufacturers, or OEMs, in Ohio. Our web "
        "site (“WEB”) is old."
    )
    terms = identify(document_from_text(text)).terms
    assert (terms["LTHL"], terms["OEMs"]) == ("less-than-half-load", "original equipment manufacturers")
    assert "WEB" not in terms


def test_a_short_name_that_is_a_town_too_is_no_alias() -> None:
    text = 'Peaksford Financial Corp. ("Peaksford") has an office in Peaksford, New York. Peaksford is old.'
    assert "Peaksford" not in identify(document_from_text(text)).aliases


def test_defined_terms() -> None:
    text = (
        'Bramblewick Bancorp, Inc. (the "Company") owns Bramblewick Savings Bank (the "Bank"). The Bank is a member of '
        'the Federal Home Loan Bank ("FHLB"). Advances of the Fernhook Home Loan Board ("FHLB") are something else.'
    )
    terms = identify(document_from_text(text)).terms
    assert terms["Bank"] == "Bramblewick Savings Bank"
    assert terms["FHLB"] == "Federal Home Loan Bank"


@pytest.mark.parametrize(("sentence", "expected"), SUBJECTS, ids=[sentence for sentence, _ in SUBJECTS])
def test_whether_the_company_opens_a_sentence(sentence: str, expected: bool) -> None:
    opening = (
        'Bramblewick Tools, Inc. ("Bramblewick" or the "Company") makes tools. Bramblewick is old. Bramblewick grows.'
    )
    found = identify(document_from_text(opening)).subject.match(sentence)
    assert (found is not None) is expected


def test_the_same_text_gives_the_same_identity() -> None:
    document = read(FIXTURES / "harrow-instruments.txt")
    assert identify(document) == identify(document)
