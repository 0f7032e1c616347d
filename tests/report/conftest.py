"""What the tests of the reviewer's page share: records that hold everything a page can show, and one Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from extractor import Brief, Document, brief, document_from_text, read, to_html
from extractor.record import info_of
from tests.report.chromium import AXE, chromium, lacking, watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}

# What would be markup, script, a template or a trick of the eye if it were anything but text.
TRICKS = (
    "<script>window.tricked = 1</script>",
    "</script><script>window.tricked = 2</script>",
    "<!-- <script>",
    "</p></div></section><h1>Bigger</h1>",
    '"><img src=x onerror="window.tricked=3">',
    "<a href='javascript:window.tricked=4'>here</a>",
    "{{ 7 * 7 }} {% raw %} {# gone #}",
    "&lt;b&gt; &amp;amp; &#60;",
    "\u202eright to left\u202c and \u2066isolated \u202e without an end",
    "a line\u2028and a paragraph\u2029end, a form feed\x0c and a return\rhere, \ufffd and \U0001f4c8",
)


def hostile_text() -> str:
    paragraphs = "\n\n".join(f"We sell lamps to {trick} for $4.2 million in 2021." for trick in TRICKS)
    items = "\n".join(f"\u2022 {trick}" for trick in TRICKS)
    rows = "\n".join(f"{trick}   12   34   56" for trick in TRICKS[:4])
    return f"Item 1. Business\n\n{paragraphs}\n\nWe also sell:\n\n{items}\n\n</SCRIPT> Lamps\n\n{rows}\n\nThe end.\n"


def evidence(document: Document, *quotes: str) -> list[dict[str, Any]]:
    starts = [document.text.index(quote) for quote in quotes]
    return [{"quote": q, "start": s, "end": s + len(q)} for q, s in zip(quotes, starts, strict=True)]


def fact(id_: str, statement: str, passages: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "importance": 2,
        "subject": "it",
        "predicate": "sells",
        "statement": statement,
        "evidence": passages,
        **more,
    }


def made(document: Document, **parts: Any) -> Brief:
    """A record of a document as parts of its JSON say."""
    sentences = parts.pop("sentences", [])
    text = " ".join(words for words, _ in sentences)
    starts = [0, *accumulate(len(words) + 1 for words, _ in sentences)]
    narrative = {
        "text": text, "tokens": 9, "max_tokens": 512, "encoding": "o200k_base", "omitted": [],
        "sentences": [
            {"text": words, "start": start, "end": start + len(words), "facts": facts}
            for (words, facts), start in zip(sentences, starts, strict=False)
        ],
    }  # fmt: skip
    usual = {"document": info_of(document), "engine": {"name": "offline", "version": "0.1.0"}, "narrative": narrative}
    return Brief.model_validate({**usual, **parts})


@pytest.fixture(scope="session")
def hostile() -> tuple[Brief, Document]:
    """A record whose every string holds tricks, as a model that is up to no good might fill it."""
    document = document_from_text(hostile_text(), name="</title><script>window.tricked=5</script>\u202e.txt")
    trick = " ".join(TRICKS)
    passages = [evidence(document, quote) for quote in TRICKS]
    figure = {
        "kind": "count", "text": TRICKS[0], "start": 0, "end": 5, "value": 3, "unit": TRICKS[1], "of": TRICKS[2],
        "whose": TRICKS[3], "period": {"kind": "year", "text": TRICKS[4], "year": 2021},
    }  # fmt: skip
    names = {"names": list(TRICKS), "figures": [figure]}
    products = [fact(f"pro-{i}", f"it sells {t}", passages[i - 1], **names) for i, t in enumerate(TRICKS, start=1)]
    company = fact("rev-1' onclick='window.tricked=6", trick, passages[0], name=trick, aliases=list(TRICKS))
    rejected = {
        "area": "products", "statement": trick, "evidence": passages[1],
        "reasons": [{"code": "scope", "detail": trick}],
    }  # fmt: skip
    sentence = "We sell lamps to <script>window.tricked = 1</script> for $4.2 million in 2021."
    start = document.text.index(sentence)
    unclaimed = {
        "area": "products", "kind": "money", "figure": "$4.2 million", "quote": sentence, "start": start,
        "end": start + len(sentence),
    }  # fmt: skip
    record = made(
        document,
        facts={"company": company, "products": products},
        rejected=[rejected],
        unclaimed=[unclaimed],
        sentences=[(trick, [company["id"], "pro-1"]), ("It sells {{ lamps }}.", ["pro-7"])],
        engine={"name": "llm", "version": "0.1.0", "model": trick, "served": trick, "partial": trick},
    )
    return record, document


LAMPS = """\
Item 1. Business

Products

The Company makes lamps, lanterns and shades. Lamps accounted for 61% of net sales in 2021. It sells
lamps through 14 dealers. Net sales were $48.2 million in 2021. Lamps come from Ohio.

Financing

The Company has a $12.0 million credit facility with Tallow Creek Bank. It had 1,140 customers in 2021.
"""


@pytest.fixture(scope="session")
def lamps() -> tuple[Brief, Document]:
    """A small record with what pages seldom hold at once: overlaps, several passages, a rejection, a lost quote."""
    document = document_from_text(LAMPS, name="lamps.txt")
    share = "Lamps accounted for 61% of net sales in 2021"
    at = document.text.index("61%")
    percent = {"kind": "percent", "text": "61%", "start": at, "end": at + 3, "value": 61, "of": "net sales"}
    dealers = "lamps through 14 dealers"
    facts = {
        "revenue_sources": [
            fact("rev-1", "lamps accounted for 61% of net sales in 2021", evidence(document, share),
                 kind="part", share=percent, figures=[percent]),
            fact("rev-2", "net sales were $48.2 million in 2021",
                 evidence(document, "Net sales were $48.2 million in 2021"), kind="total"),
        ],
        "products": [
            fact("pro-1", "the company makes lamps from Ohio",
                 evidence(document, "The Company makes lamps", "Lamps come from Ohio", dealers)),
            fact("pro-2", "it sells shades, and lamps too", evidence(document, "shades. Lamps accounted for 61%")),
        ],
        "channels": [
            fact("cha-1", "it sells lamps through 14 dealers", evidence(document, f"It sells\n{dealers}"),
                 kind="distributor", partners=["dealers"]),
        ],
        "financing": [
            fact("fin-1", "it owes nothing", [{"quote": "It owes nothing.", "start": 30, "end": 46}], kind="other"),
        ],
    }  # fmt: skip
    rejected = {
        "area": "financing",
        "statement": "it has a $21.0 million credit facility",
        "evidence": evidence(document, "a $12.0 million credit facility"),
        "reasons": [{"code": "figure_not_in_quote", "detail": "$21.0 million is not in the quotes"}],
    }
    (customers,) = evidence(document, "It had 1,140 customers in 2021.")
    record = made(
        document,
        facts=facts,
        rejected=[rejected],
        unclaimed=[{"area": "customers", "kind": "count", "figure": "1,140", **customers}],
        sentences=[
            ("The company makes lamps from Ohio.", ["pro-1"]),
            ("Lamps accounted for 61% of net sales of $48.2 million in 2021.", ["rev-1", "rev-2"]),
        ],
        engine={
            "name": "llm", "version": "0.1.0", "model": "lantern-7b", "served": "lantern-7b-q4", "requests": 2,
            "prompt_tokens": 12345, "cached_tokens": 45, "completion_tokens": 678, "repairs": 1,
        },
    )  # fmt: skip
    return record, document


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all tests of the page; it ends with them, and so does its event loop."""
    if reason := lacking():
        pytest.skip(reason)
    with chromium() as launched:
        yield launched


Open = Callable[..., "Page"]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens the page of a record: opened(record, document, "#rev-1"). Nothing may go wrong in it, or leave it."""
    told: list[list[str]] = []
    file = tmp_path / "brief.html"

    def page_of(record: Brief, document: Document, fragment: str = "", **options: Any) -> Page:
        file.write_text(to_html(record, document), encoding="utf-8")
        page = browser.new_page(**{"viewport": WIDE, **options})
        page.set_default_timeout(5_000)
        told.append(watch(page, file))
        page.goto(file.as_uri() + fragment)
        return page

    yield page_of
    for context in browser.contexts:
        context.close()
    assert [line for lines in told for line in lines] == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which ITEMONE_AXE names."""
    if not AXE.is_file():
        pytest.skip(
            "needs axe-core: npm install --prefix DIR axe-core; ITEMONE_AXE=DIR/node_modules/axe-core/axe.min.js"
        )
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def quillstone() -> tuple[Brief, Document]:
    """The record and document of a filing as long as they are."""
    document = read(Path(__file__).parents[2] / "fixtures" / "quillstone-software.txt")
    return brief(document), document
