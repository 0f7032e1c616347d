"""Spans of a document, the way back from clean text, and finding quotes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Document, Span
from extractor.errors import InputError
from extractor.reading import document_from_text

FILING = """\
Item 1. Business

We sell lamps to hotels
and inns \u2013 \u201cour guests\u201d \u2013 in the U.S. We had 412 customers in fiscal 2003 and 398 in

- 2 -

fiscal 2002. We had 12 employees. We had 14 employees. We rent a hall.
Our lamps light halls. We rent a hall. Our plant lies near Dayton, Ohio.
"""

FRAGMENTS = st.sampled_from(
    "Item 1. Business|\n|\n\n|- 2 -\n|<PAGE>\n|Table of Contents\n|We sell lamps.|Acme Inc. |the U.S. |to|  |\t"
    "|\u2022|o |\u25cf |:|----------|......... 12 |$4.2 million|Lamps  12  40%\n|COMPETITION\n|Sales. We sell "
    "|wholly-\nowned |(a) |\u00a0|\u200b|\u2028|\u201c|\u201d|\u00e2\u20ac\u0153|\x93|\x0c|\r|No. 1|1\n|,|;|e.g. |A "
    "|\U0001f4a1|e\u0301|\u0130".split("|")
)
ANYTHING = st.lists(FRAGMENTS | st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=40).map(
    "".join
)


@given(ANYTHING)
@settings(max_examples=400, deadline=None)
def test_every_span_lies_in_the_text_and_in_order(text: str) -> None:
    document = document_from_text(text)
    size = len(text)
    assert document.text == text
    for part in (document.blocks, document.sentences):
        ends = [0]
        for span in part:
            assert ends[-1] <= span.start < span.end <= size
            ends.append(span.end)
    for section, after in zip(document.sections, [*document.sections[1:], None], strict=False):
        assert section.end == (after.start if after else size)
        assert section.path[-1] == section.heading
    for index, sentence in enumerate(document.sentences):
        block = document.blocks[sentence.block]
        assert sentence.index == index
        assert block.kind != "heading"
        assert block.start <= sentence.start < sentence.end <= block.end
        assert sentence.lead_in is None or sentence.lead_in < index
        assert sentence.section is None or document.sections[sentence.section].start <= sentence.start


@given(ANYTHING, st.data())
@settings(max_examples=400, deadline=None)
def test_clean_text_leads_back_to_its_source(text: str, data: st.DataObject) -> None:
    document = document_from_text(text)
    for sentence in document.sentences:
        assert sentence.text == sentence.text.strip()
        assert not re.search(r"\s\s|[^\S ]", sentence.text)
        assert sentence.to_source(0, len(sentence.text)) == Span(sentence.start, sentence.end)
        for position, character in enumerate(sentence.text):
            source = sentence.to_source(position, position + 1)
            assert character == " " or text[source.start : source.end] == character
    if document.sentences:
        sentence = data.draw(st.sampled_from(document.sentences))
        start = data.draw(st.integers(0, len(sentence.text)))
        end = data.draw(st.integers(start, len(sentence.text)))
        source = sentence.to_source(start, end)
        wanted = sentence.text[start:end].split()
        # All its words stand in the source slice, in order; what the slice holds besides is furniture.
        assert re.search(
            ".*?".join(r"[\W_]*".join(map(re.escape, word)) for word in wanted), text[source.start : source.end], re.S
        )


@given(ANYTHING, st.data())
@settings(max_examples=200, deadline=None)
def test_an_exact_quote_is_located(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))].strip()
    found = document_from_text(text).locate(quote)
    if quote:
        assert found is not None
        assert text[found.start : found.end] == quote
        assert found.start == text.index(quote)
    else:
        assert found is None


@given(ANYTHING, st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_whatever_is_looked_for_a_span_is_within_the_text(text: str, quote: str) -> None:
    found = document_from_text(text).locate(quote)
    assert found is None or 0 <= found.start < found.end <= len(text)


@pytest.fixture
def filing() -> Document:
    return document_from_text(FILING)


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        pytest.param("412 customers", "412 customers", id="exact"),
        pytest.param("lamps to hotels and inns", "lamps to hotels\nand inns", id="white space folded"),
        pytest.param(
            'inns - "our guests" -', "inns \u2013 \u201cour guests\u201d \u2013", id="quotes and dashes folded"
        ),
        pytest.param("398 in fiscal 2002.", "398 in\n\n- 2 -\n\nfiscal 2002.", id="over page furniture"),
        pytest.param("We had 412 custumers in fiscal 2003", "We had 412 customers in fiscal 2003", id="near"),
        pytest.param("We had 421 customers in fiscal 2003", None, id="near, another figure"),
        pytest.param("We rent a hall.", "We rent a hall.", id="exact, twice: the first"),
        pytest.param("We had so many employees.", None, id="near to two"),
        pytest.param("Our plants lie in Toledo, Spain", None, id="too far"),
        pytest.param("lamps to motels", None, id="too short to be near"),
        pytest.param("  ", None, id="blank"),
        pytest.param("", None, id="empty"),
    ],
)
def test_locate(filing: Document, quote: str, source: str | None) -> None:
    found = filing.locate(quote)
    assert (found and filing.text[found.start : found.end]) == source
    if source:
        assert found is not None
        assert found.start == FILING.index(source)


def test_a_near_quote_with_two_equal_candidates_is_not_located() -> None:
    text = "The company sells red lamps to inns.\nThe company sells tin lamps to inns.\n"
    assert document_from_text(text).locate("The company sells ash lamps to inns.") is None


def test_to_source_refuses_what_lies_outside(filing: Document) -> None:
    sentence = filing.sentences[0]
    with pytest.raises(ValueError, match="not within a sentence"):
        sentence.to_source(0, len(sentence.text) + 1)


def test_headings_of_an_offset(filing: Document) -> None:
    assert filing.heading_of(FILING.index("We rent")) == ("Item 1. Business",)


def test_a_text_that_utf_8_cannot_hold_is_refused() -> None:
    with pytest.raises(InputError, match="half of a UTF-16 pair at 8"):
        document_from_text("We sell \ud83d.")
