"""Sentences, blocks and sections of plain text, as filings lay it out and break it."""

from __future__ import annotations

import pytest

from extractor.document import Document
from extractor.reading import document_from_text
from tests.timing import fresh, seconds, within


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in document_from_text(text).sentences]


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, " ".join(document.text[block.start : block.end].split())) for block in document.blocks]


WHOLE = "The Company sells lamps to hotels and to restaurants in eleven states."


@pytest.mark.parametrize(
    "between",
    [
        pytest.param("\n", id="line break"),
        pytest.param("\n\n- 9 -\n\n", id="page number between dashes"),
        pytest.param("\n2\n-\n", id="page number with its dash below"),
        pytest.param("\n\n7 \n\n", id="bare page number"),
        pytest.param("\n\nF-3\n<PAGE>\n\n", id="lettered page number and page mark"),
        pytest.param("\n\nPage 3 of 10\n\nTable of Contents\n\n", id="running line"),
        pytest.param("\nITEM 1. BUSINESS (CONTINUED).\n", id="heading continued"),
        pytest.param("\n" + "-" * 300 + "\n", id="rule"),
        pytest.param("\nIndex to Financial Statements ", id="running line glued to the text"),
        pytest.param(" ---- ", id="rule within the line"),
        pytest.param("\x0c", id="form feed"),
        pytest.param("\r", id="carriage return"),
    ],
)
def test_a_sentence_goes_on_over_page_furniture(between: str) -> None:
    start = "The Company has made lamps since 1950. The Company sells lamps to hotels and"
    text = f"Products\n{start}{between}to restaurants in eleven states. It has no other business.\n"
    assert sentences(text) == ["The Company has made lamps since 1950.", WHOLE, "It has no other business."]


def test_a_sentence_goes_on_in_capitals_when_it_evidently_does() -> None:
    start = "Under a consent order that it signed in 1991, the Company pays for tests of groundwater by the California"
    text = f"{start}\n- 4 -\nEnvironmental Protection Agency at its plant in Reno.\n"
    assert sentences(text) == [f"{start} Environmental Protection Agency at its plant in Reno."]


def test_running_lines_are_known_by_coming_back() -> None:
    page = "The Company sells lamp number {0} to\n\nHOLLOWAY LAMP CORP.   {0}\n\nhotels and inns in the state of Ohio."
    text = "\n\n".join(page.format(number) for number in (1, 2, 3))
    assert sentences(text) == [
        f"The Company sells lamp number {n} to hotels and inns in the state of Ohio." for n in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Holloway Lamps, Inc. sells lamps in the U.S. and Canada. Its No. 1 customer is Orrin Corp. of Ohio.",
            ["Holloway Lamps, Inc. sells lamps in the U.S. and Canada.", "Its No. 1 customer is Orrin Corp. of Ohio."],
            id="abbreviations",
        ),
        pytest.param(
            "See \u201cItem 8. Financial Statements.\u201d Sales rose.",
            ["See \u201cItem 8. Financial Statements.\u201d", "Sales rose."],
            id="an item is no end",
        ),
        pytest.param(
            "Fees paid (see Note 3. Related Parties) were $2.5 million in 1996. 1995 fees were $2.1 million.",
            ["Fees paid (see Note 3. Related Parties) were $2.5 million in 1996.", "1995 fees were $2.1 million."],
            id="parentheses and figures",
        ),
        pytest.param(
            "Lumo! Inc. makes bulbs. It issued stock. Under the terms, holders may vote.",
            ["Lumo! Inc. makes bulbs.", "It issued stock.", "Under the terms, holders may vote."],
            id="a name with a mark, a word like an abbreviation",
        ),
        pytest.param(
            "We call it \x93the lamp.\x94 It sells.", ["We call it \x93the lamp.\x94", "It sells."], id="broken quotes"
        ),
        pytest.param(
            "A wholly- owned unit has short- and long-term debt.",
            ["A wholly-owned unit has short- and long-term debt."],
            id="hyphens",
        ),
        pytest.param(
            "(a) The Registrant sells lamps. (vi) It sells bulbs.",
            ["The Registrant sells lamps.", "It sells bulbs."],
            id="numbering",
        ),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


WRAPPED = """\
                                     PART I

ITEM 1.   BUSINESS

                            General Development of
                                   the Company

     Holloway Lamps, Inc. (the "Company") designs, makes and sells lamps, lamp
shades and bulbs. The Company was formed in Ohio in 1950 and has its offices in
Dayton, Ohio. It sells to hotels through its wholly-
owned subsidiary, Orrin Lighting Corp., and - since it bought Brightwell Inns
- to the public.

     The Company has three lines:

     o    Table lamps, which it makes in Dayton and sells under the names Holloway
          and Brightwell;

     o    bulbs.

                                        2
<PAGE>
     Net sales were $12.3 million, $11.4 million and $10.2 million in fiscal
1996, 1995 and 1994, respectively. Of these, sales to the three largest
customers were the most.

<TABLE>
<CAPTION>
                                    1996          1995
                                    ----          ----
<S>                                 <C>           <C>
Table lamps . . . . . . . . . .     $7,100        $6,800
Bulbs . . . . . . . . . . . . .      5,200         4,600
</TABLE>

Competition. The lamp industry is competitive. Many companies are larger than
the Company.
"""


def test_wrapped_text_as_in_old_filings() -> None:
    document = document_from_text(WRAPPED)
    assert [section.path for section in document.sections] == [
        ("PART I",),
        ("ITEM 1. BUSINESS",),
        ("ITEM 1. BUSINESS", "General Development of the Company"),
    ]
    assert [(sentence.text, sentence.label, sentence.lead_in) for sentence in document.sentences] == [
        ('Holloway Lamps, Inc. (the "Company") designs, makes and sells lamps, lamp shades and bulbs.', None, None),
        ("The Company was formed in Ohio in 1950 and has its offices in Dayton, Ohio.", None, None),
        (
            "It sells to hotels through its wholly-owned subsidiary, Orrin Lighting Corp., and - since it bought"
            " Brightwell Inns - to the public.",
            None,
            None,
        ),
        ("The Company has three lines:", None, None),
        ("Table lamps, which it makes in Dayton and sells under the names Holloway and Brightwell;", None, 3),
        ("bulbs.", None, 3),
        (
            "Net sales were $12.3 million, $11.4 million and $10.2 million in fiscal 1996, 1995 and 1994,"
            " respectively.",
            None,
            None,
        ),
        ("Of these, sales to the three largest customers were the most.", None, None),
        ("1996 1995", None, None),
        ("Table lamps $7,100 $6,800", None, None),
        ("Bulbs 5,200 4,600", None, None),
        ("The lamp industry is competitive.", "Competition", None),
        ("Many companies are larger than the Company.", None, None),
    ]


@pytest.mark.parametrize("mark", ["\u25cf | ", "\u2022", "\u2022\n", "o ", "o    ", "- ", "\u25cf |\n", "(1) "])
def test_bullets_know_what_introduces_them(mark: str) -> None:
    items = ["lamps for hotels;", "bulbs; and", "Shades. Each is made by hand."]
    document = document_from_text(
        "We sell:\n" + "".join(f"{mark}{item}\n" for item in items) + "We make most of them.\n"
    )
    read = [(document.blocks[s.block].kind, s.text, s.lead_in, s.label) for s in document.sentences]
    assert read == [
        ("paragraph", "We sell:", None, None),
        ("bullet", "lamps for hotels;", 0, None),
        ("bullet", "bulbs; and", 0, None),
        ("bullet", "Each is made by hand.", 0, "Shades"),
        ("paragraph", "We make most of them.", None, None),
    ]


@pytest.mark.parametrize(
    ("text", "label", "first"),
    [
        ("Hotel Market - The hotel market uses table lamps.", "Hotel Market", "The hotel market uses table lamps."),
        ("Table Lamps: Holloway Corp. makes table lamps.", "Table Lamps", "Holloway Corp. makes table lamps."),
        ("Sales and Marketing. We sell lamps to inns.", "Sales and Marketing", "We sell lamps to inns."),
        ("Bulbs\u2014We sell bulbs.", "Bulbs", "We sell bulbs."),
        ("Ease of use. Our lamps need no tools.", "Ease of use", "Our lamps need no tools."),
        ("Hotel market: Orrin, Brightwell and Lumo.", None, "Hotel market: Orrin, Brightwell and Lumo."),
        ("Leonard A. Holloway is chairman.", None, "Leonard A. Holloway is chairman."),
        ("Sales rose. We sell lamps.", None, "Sales rose."),
    ],
)
def test_run_in_headings(text: str, label: str | None, first: str) -> None:
    sentence = document_from_text(text).sentences[0]
    assert (sentence.label, sentence.text) == (label, first)


def test_rows_of_a_table_that_ran_together() -> None:
    line = "Lamps................. 26% Bulbs............................ 24 Shades and stands....... 50 100%"
    document = document_from_text(f"Sales by line were as follows:\n{line}\nWe sell to inns.\n")
    assert [(document.blocks[s.block].kind, s.text) for s in document.sentences] == [
        ("paragraph", "Sales by line were as follows:"),
        ("table", "Lamps 26%"),
        ("table", "Bulbs 24"),
        ("table", "Shades and stands 50"),
        ("table", "100%"),
        ("paragraph", "We sell to inns."),
    ]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        pytest.param(
            ["Lamps $159,000 $422,000 Bulbs 69,000 137,000"],
            ["Lamps $159,000 $422,000", "Bulbs 69,000 137,000"],
            id="no leaders",
        ),
        pytest.param(
            ["Country  Staff  Share", "Norway  12  40%"], ["Country Staff Share", "Norway 12 40%"], id="columns"
        ),
        pytest.param(
            ["Orrin", "Lumo", "Wick", "Tallow", "Snuff", "Ember"],
            ["Orrin", "Lumo", "Wick", "Tallow", "Snuff", "Ember"],
            id="cells",
        ),
    ],
)
def test_tables(lines: list[str], rows: list[str]) -> None:
    document = document_from_text("\n".join(["Our customers are:", *lines, "We sell most lamps to inns and hotels."]))
    assert [s.text for s in document.sentences if document.blocks[s.block].kind == "table"] == rows


def test_headings_and_what_they_stand_under() -> None:
    text = (
        "Item 1. Business.\nThe Lamps Segment\nOverview\nWe make lamps.\nCompetition\nMany make lamps.\n"
        "The Bulbs Segment\nOverview\nWe make bulbs.\nCompetition\nFew make bulbs.\n"
        "Sources of our revenue\nWe earn nearly all of our revenue in the fall, when the days grow short.\n"
    )
    document = document_from_text(text)
    item = "Item 1. Business."
    assert [section.path for section in document.sections] == [
        (item,),
        (item, "The Lamps Segment"),
        (item, "The Lamps Segment", "Overview"),
        (item, "The Lamps Segment", "Competition"),
        (item, "The Bulbs Segment"),
        (item, "The Bulbs Segment", "Overview"),
        (item, "The Bulbs Segment", "Competition"),
        (item, "Sources of our revenue"),
    ]
    assert document.heading_of(text.index("Few make")) == (item, "The Bulbs Segment", "Competition")
    assert [block for block in blocks(document) if block[0] == "paragraph"][-1][1].startswith("We earn nearly all")


def test_a_list_that_lost_its_bullets() -> None:
    text = "We sell:\n\nlamps to hotels;\n\nbulbs; and\n\nshades.\n\nWe make most of them."
    document = document_from_text(text)
    assert [(document.blocks[s.block].kind, s.text, s.lead_in) for s in document.sentences] == [
        ("paragraph", "We sell:", None),
        ("bullet", "lamps to hotels;", 0),
        ("bullet", "bulbs; and", 0),
        ("bullet", "shades.", 0),
        ("paragraph", "We make most of them.", None),
    ]


def test_a_table_of_contents_opens_no_sections() -> None:
    text = "Item 1. Business ........ 3\nItem 2. Properties ...... 9\n\nItem 1. Business\n\nWe sell lamps.\n"
    assert [section.heading for section in document_from_text(text).sections] == ["Item 1. Business"]


def test_a_text_without_headings_is_read() -> None:
    document = document_from_text("we sell lamps.")
    assert document.sections == ()
    assert document.sentences[0].section is None
    assert document.heading_of(3) == ()


def test_time_grows_as_the_text_does() -> None:
    once = WRAPPED * 30
    seconds(document_from_text, fresh(once))
    assert within(13 * seconds(document_from_text, fresh(once)), document_from_text, fresh(once * 10))


@pytest.mark.parametrize(
    "unit", [". ", "-", " ", "$", "A", "(", "\n", "....1 A", "<page ", "a- ", "A. B ", "\u2022\n", "a  b\n"]
)
def test_odd_text_does_not_stall(unit: str) -> None:
    assert within(5, document_from_text, fresh(unit * (200_000 // len(unit))))
