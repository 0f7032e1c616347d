"""Where Item 1 stands in a filing's text, and what is done where it stands nowhere."""

from __future__ import annotations

import pytest

from extractor.errors import InputError
from extractor.reading import Selection, read
from extractor.reading.items import Contents
from tests.conftest import FILING, Itemone

BODY = "The Company makes spades and sells them to gardeners.\n\n" * 4
CONTENTS = """\
TABLE OF CONTENTS

Item 1.   Business ................................  1
Item 1A.  Risk Factors ............................  4
Item 2.   Properties ..............................  5
Item 3.   Legal Proceedings .......................  5

"""
AFTER = "The Company owns a plant.\n\nITEM 3. LEGAL PROCEEDINGS\n\nNone.\n"


def filing(heading: str, following: str = "ITEM 2. PROPERTIES") -> str:
    return f"{CONTENTS}{heading}\n\n{BODY}{following}\n\n{AFTER}"


HEADINGS = [
    "ITEM 1. BUSINESS",
    "Item 1.  Description of Business.",
    "ITEM 1 - BUSINESS",
    "Item 1: Our Business",
    "ITEM 1.\n\nBUSINESS",
    "Item 1.Business",
    "                    ITEM  1.    BUSINESS",
    "Item No. 1. Business",
    "ITEM I. BUSINESS",
    "Item 1. Business. General. The Company was founded in 1961.",
    "Item 1(a). General Description of Business",
    "<B>ITEM 1. NARRATIVE DESCRIPTION OF BUSINESS"[3:],
    "PART I, ITEM 1. BUSINESS",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_item_1_runs_from_its_heading_to_item_2s(heading: str) -> None:
    text = read(filing(heading).encode()).text
    start = heading.strip().removeprefix("PART I, ")
    assert text == f"{start}\n\n{BODY}".strip() + "\n"


@pytest.mark.parametrize(
    "following",
    [
        "ITEM 1A. RISK FACTORS",
        "Item 1B. Unresolved Staff Comments",
        "Item 2. Description of Property",
        "ITEM 2. (RESERVED)",
        "Item 2 - Facilities",
        "ITEM 1A. CERTAIN RISK FACTORS",
        "ITEM\n2.\nPROPERTIES",
        "PART II",
    ],
)
def test_it_ends_where_the_next_item_begins(following: str) -> None:
    assert read(filing("ITEM 1. BUSINESS", following).encode()).text.endswith("to gardeners.\n")


@pytest.mark.parametrize(
    "sentence",
    [
        "Item 1A, \u201cRisk Factors,\u201d describes what could go wrong.",
        "Item 2. Properties of this report lists our plants.",
        "Item 7. Management\u2019s Discussion and Analysis is where our results are.",
        "Items 10, 11 and 12 are incorporated by reference.",
        "Item 2 is the best seller among them.",
    ],
)
def test_a_sentence_that_names_an_item_is_no_heading(sentence: str) -> None:
    text = f"{CONTENTS}ITEM 1. BUSINESS\n\n{BODY}{sentence}\n\n{BODY}ITEM 2. PROPERTIES\n\n{AFTER}"
    assert read(text.encode()).text.count("makes spades") == 8


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("ITEMS 1 AND 2. BUSINESS AND PROPERTIES", "items 1 and 2"),
        ("Items 1 & 2: Business and Properties", "items 1 and 2"),
        ("ITEM 1. AND ITEM 2. BUSINESS AND PROPERTIES", "items 1 and 2"),
        ("Items 1, 2 and 3. Business, Properties and Legal Proceedings", "items 1 and 2 and 3"),
    ],
)
def test_items_under_one_heading_are_taken_together(heading: str, part: str) -> None:
    text = f"{CONTENTS}{heading}\n\n{BODY}The Company owns a plant.\n\nITEM 4. SUBMISSION OF MATTERS\n\nNone.\n"
    document = read(text.encode())
    assert document.part == part
    assert document.text.endswith("owns a plant.\n")


def test_headings_that_pages_repeat_do_not_cut_the_item() -> None:
    text = filing(f"ITEM 1. BUSINESS\n\n{BODY}ITEM 1. BUSINESS (continued)")
    assert read(text.encode()).text.count("makes spades") == 8


def test_headings_without_numbers() -> None:
    text = (
        f"Business  1\nRisk Factors  9\n\nBUSINESS\n\n{BODY * 12}RISK FACTORS\n\nThere are some.\n\nPROPERTIES\n\nOne."
    )
    document = read(text.encode())
    assert document.text.startswith("BUSINESS\n\nThe Company")
    assert document.text.endswith("to gardeners.\n")


def test_a_table_of_contents_is_no_item(itemone: Itemone) -> None:
    run = itemone("text", "-", stdin=f"{CONTENTS}{BODY}".encode())
    assert run.out == f"{CONTENTS}{BODY}"
    assert "no heading of item 1 was found" in run.err
    numbered = CONTENTS + f"BUSINESS\n\n{BODY * 12}RISK FACTORS\n\nThere are some.\n"
    assert read(numbered.encode()).text.startswith("BUSINESS\n\nThe Company makes")


def test_an_item_alone_in_its_file_is_left_as_it_is() -> None:
    assert read(FILING.encode()).text == FILING
    assert read(FILING.encode()).part == "item 1"


def test_item_4_of_a_20_f() -> None:
    text = (
        "FORM 20-F\n\nItem 3. Key Information\n\nNone.\n\nItem 4. Information on the Company\n\n"
        f"{BODY}Item 4A. Unresolved Staff Comments\n\nNone.\n\nItem 5. Operating and Financial Review\n\nSales rose.\n"
    )
    document = read(text.encode())
    assert (document.part, document.filing.form) == ("item 4", "20-F")
    assert document.text == f"Item 4. Information on the Company\n\n{BODY}".strip() + "\n"


def test_an_item_that_another_document_holds(itemone: Itemone) -> None:
    text = filing("ITEM 1. BUSINESS").replace(
        BODY,
        "The information under \u201cOur Business\u201d in the Annual Report is incorporated herein by reference.\n\n",
    )
    run = itemone("brief", "-", stdin=text.encode())
    assert (run.code, run.out) == (3, "")
    assert "item 1 is incorporated by reference" in run.err
    assert run.err.count("\n") == 1


def test_without_a_heading_the_whole_is_used_and_said(itemone: Itemone) -> None:
    text = FILING.replace("Item 1. Business\n", "")
    run = itemone("brief", "-", "--format", "json", stdin=text.encode())
    assert run.code == 0
    assert run.err == "itemone: stdin: no heading of item 1 was found: the whole text is used\n"
    assert '"note": "no heading of item 1 was found: the whole text is used"' in run.out
    assert itemone("brief", "-", "--whole", stdin=text.encode()).err == ""


def test_the_longest_stretch_is_the_item() -> None:
    text = filing("ITEM 1. BUSINESS")
    item = Contents(text).find("1")
    assert item is not None
    assert text[item.start : item.end].count("makes spades") == 4


def test_the_cover_says_who_files_what() -> None:
    cover = (
        "FORM 10-K405\n\nFor the fiscal year ended June 30, 1998\n\nBramblewick Tools, Inc.\n______________\n"
        "(Exact name of registrant as specified in its charter)\n\n"
    )
    document = read((cover + filing("ITEM 1. BUSINESS")).encode())
    assert document.filing.company == "Bramblewick Tools, Inc."
    assert (document.filing.form, document.filing.period) == ("10-K405", "1998-06-30")


def test_an_item_is_named_by_its_number() -> None:
    text = filing("ITEM 1. BUSINESS").encode()
    assert read(text, selection=Selection(item="02")).text == "ITEM 2. PROPERTIES\n\nThe Company owns a plant.\n"
    with pytest.raises(InputError, match="no heading of item 7 was found"):
        read(text, selection=Selection(item="7"))
