"""The reviewer's page as a file: what stands in it, that it is the text, and that nothing else can get in."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Brief, Document, InputError, document_from_text, read, to_html
from extractor.record import to_json
from extractor.report.source import Mark, Region, lay_out, pieces_of
from extractor.schema import Area, ReasonCode
from tests.conftest import FILING, Itemone
from tests.report.conftest import TRICKS, evidence, fact, made

TEMPLATES = Path(__file__).parents[2] / "templates" / "report"
FIXTURES = Path(__file__).parents[2] / "fixtures"
VOID = {"meta", "br", "input"}


class Parsed(HTMLParser):
    """The page as a parser sees it: its tags, the text under each id, and what its style and scripts hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self.raw: list[tuple[str, str]] = []
        self.open: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("id")))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] in ("style", "script"):
            self.raw.append((self.open[-1][1] or self.open[-1][0], data))
        for _, id_ in self.open:
            if id_:
                self.texts[id_] = self.texts.get(id_, "") + data

    def shown(self, id_: str) -> str:
        return " ".join(self.texts[id_].split())


def flat(regions: list[Region]) -> str:
    return "".join(flat(list(region.regions)) + "".join(piece.text for piece in region.pieces) for region in regions)


def test_the_command_writes_the_page(itemone: Itemone, filing: Path, tmp_path: Path, record: Brief) -> None:
    target = tmp_path / "brief.html"
    run = itemone("brief", filing, "--format", "html", "-o", target)
    assert (run.code, run.out, run.err) == (0, "", "")
    page = target.read_text(encoding="utf-8")
    assert page == itemone("brief", filing, "--format", "html").out == to_html(record, read(filing))
    assert page.startswith("<!DOCTYPE html>\n")


def test_a_record_read_back_and_its_text_make_the_same_page(record: Brief, document: Document) -> None:
    again = Brief.model_validate_json(to_json(record))
    assert to_html(again, document.text) == to_html(record, document)


def test_another_text_is_refused(record: Brief) -> None:
    for text in (FILING + " ", FILING.replace("1998", "1999"), "\ud83d"):
        with pytest.raises(InputError, match=r"bramblewick\.txt: this is not the text that the record is of"):
            to_html(record, text)


def test_the_policy_allows_the_pages_own_style_and_script_alone(hostile: tuple[Brief, Document]) -> None:
    page = Parsed(to_html(*hostile))
    policies = [a["content"] or "" for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    directives = dict(directive.split(" ", 1) for directive in policies[0].split("; "))
    hashes = {tag: f"'sha256-{b64encode(hashlib.sha256(data.encode()).digest()).decode()}'" for tag, data in page.raw}
    assert [tag for tag, _ in page.raw] == ["style", "record", "script"]
    assert directives["default-src"] == directives["base-uri"] == directives["form-action"] == "'none'"
    assert (directives["style-src"], directives["script-src"]) == (hashes["style"], hashes["script"])


def test_nothing_on_the_page_loads_runs_or_leads_away(hostile: tuple[Brief, Document]) -> None:
    page = Parsed(to_html(*hostile))
    assert {tag for tag, _ in page.tags}.isdisjoint("img link iframe object embed base form svg video audio".split())
    for tag, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "src", "srcset")], tag
        assert (attributes.get("href") or "#").startswith("#")
    assert "url(" not in (TEMPLATES / "page.css").read_text("utf-8")
    assert "@import" not in (TEMPLATES / "page.css").read_text("utf-8")


def test_ids_are_one_of_a_kind_and_marks_lead_to_facts(hostile: tuple[Brief, Document]) -> None:
    page = Parsed(to_html(*hostile))
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    links = {(a["href"] or "")[1:] for tag, a in page.tags if tag == "a"}
    assert links <= set(ids)
    assert "fact-1" in ids  # the id of the first fact cannot stand in an address


@pytest.mark.parametrize("source", sorted(FIXTURES.glob("*.txt")) + sorted(FIXTURES.glob("filings/*.html")), ids=str)
def test_the_source_is_the_text_with_nothing_left_out(source: Path) -> None:
    document = read(source)
    assert flat(lay_out(document, [])) == document.text


def test_the_hostile_text_stands_as_it_is(hostile: tuple[Brief, Document]) -> None:
    record, document = hostile
    page = Parsed(to_html(record, document))
    assert page.texts["text"] == document.text
    assert page.shown("narrative").startswith("Narrative " + " ".join(" ".join(TRICKS).split()))
    assert json.loads(dict(page.raw)["record"]) == json.loads(to_json(record))


def test_what_html_cannot_hold_is_shown_as_replaced() -> None:
    document = read(json.dumps({"section_1": "We sell lamps \ud83d in \0 Ohio. We sell."}).encode(), name="a.json")
    assert document.text == "We sell lamps \ufffd in \0 Ohio. We sell."
    assert (
        Parsed(to_html(made(document, facts={}), document)).texts["text"]
        == "We sell lamps \ufffd in \ufffd Ohio. We sell."
    )


@given(st.text(alphabet="ab \n\u2022.A1-|\t\r\U0001f4c8", max_size=200), st.data())
def test_any_text_and_any_passages_are_laid_out_whole(text: str, data: st.DataObject) -> None:
    document = document_from_text(text)
    offset = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(offset, offset).map(sorted), max_size=8))
    marks = [Mark(f"pro-{i}.1", "pro", *span) for i, span in enumerate(spans) if span[0] < span[1]]
    assert flat(lay_out(document, marks)) == text
    for mark in marks:
        pieces = [piece for piece in pieces_of(text, marks) if mark in piece.marks]
        assert "".join(piece.text for piece in pieces) == text[mark.start : mark.end]
        assert [piece.start for piece in pieces if mark.key in piece.opens] == [mark.start]


def test_blocks_are_laid_out_as_what_they_are() -> None:
    document = document_from_text(
        "Item 1. Business\n\nProducts\n\nDurability. Our lamps last. We sell them in many\n\n- 3 -\n<PAGE>\n\nplaces "
        "that the trade knows well:\n\n\u2022 lamps\n\u2022 shades\n\nWe also repair what we sold to our customers.\n"
    )
    regions = [region for region in lay_out(document, []) if region.kind != "space"]
    assert [region.kind for region in regions] == ["heading", "heading", "paragraph", "list", "paragraph"]
    assert [region.level for region in regions[:2]] == [1, 4]
    settings = {piece.setting: piece.text.strip() for piece in regions[2].pieces if piece.setting}
    assert settings == {"label": "Durability.", "aside": "- 3 -\n<PAGE>"}
    items = [flat([item]) for item in regions[3].regions if item.kind == "bullet"]
    assert items == ["\u2022 lamps", "\u2022 shades"]


def test_rows_that_lost_their_lines_get_lines_of_their_own() -> None:
    document = document_from_text(
        "Item 1. Business\n\nStores by state:\n\nOhio........ 24 Iowa........ 11 Utah........ 9\n"
    )
    (table,) = [region for region in lay_out(document, []) if region.kind == "table"]
    assert {document.text[row:].split(".")[0] for row in table.rows} == {"Iowa", "Utah"}


def test_the_template_is_small() -> None:
    assert sum(path.stat().st_size for path in TEMPLATES.iterdir()) < 60_000


def test_the_same_record_gives_the_same_page(record: Brief, document: Document) -> None:
    assert to_html(record, document) == to_html(record, document)


def test_what_it_is_made_from(lamps: tuple[Brief, Document]) -> None:
    shown = Parsed(to_html(*lamps)).shown("provenance")
    for words in (
        "lamps.txt", lamps[0].document.sha256, "lantern-7b, served as lantern-7b-q4, by itemone 0.1.0",
        "12,345 of prompts (45 cached), 678 of answers; 2 requests", "1 repair", "1 rejected; 1 figure unclaimed",
        "9 of at most 512 tokens (o200k_base)", "itemone check lamps.brief.json --source lamps.txt",
    ):  # fmt: skip
        assert words in shown


def test_typed_fields_and_figures_are_shown(lamps: tuple[Brief, Document]) -> None:
    page = Parsed(to_html(*lamps))
    assert "kind part share 61% of net sales rev-1" in page.shown("rev-1")
    assert "kind distributor partners dealers" in page.shown("cha-1")


def test_a_passage_that_is_not_there_is_said_to_be_missing_and_not_marked(lamps: tuple[Brief, Document]) -> None:
    html = to_html(*lamps)
    assert "not in the source at 30–46It owes nothing." in Parsed(html).shown("fin-1")
    assert 'data-k="fin-1' not in html


def test_overlapping_passages_are_cut_where_they_begin_and_end(lamps: tuple[Brief, Document]) -> None:
    record, document = lamps
    mark = r'<a class="m ([^"]+)" href="[^"]+" title="([^"]+)" data-k="([^"]+)">([^<]+)</a>'
    found = re.findall(mark, to_html(record, document))
    assert ("pro", "pro-2", "pro-2.1", "shades. ") in found
    assert ("pro u-rev", "pro-2, rev-1", "pro-2.1 rev-1.1", "Lamps accounted for 61%") in found
    assert ("rev", "rev-1", "rev-1.1", " of net sales in 2021") in found


@pytest.mark.parametrize("code", get_args(ReasonCode))
def test_every_reason_has_plain_words(document: Document, code: ReasonCode) -> None:
    rejected = {
        "area": "products",
        "statement": "It sells.",
        "evidence": [],
        "reasons": [{"code": code, "detail": "-"}],
    }
    shown = Parsed(to_html(made(document, facts={}, rejected=[rejected]), document)).shown("rej-1")
    assert re.search(rf"[A-Z][a-z ,:]+\. - {code}", shown)


@pytest.mark.parametrize("area", get_args(Area))
def test_every_area_has_its_name(document: Document, area: Area) -> None:
    quote = evidence(document, "Net sales were $48.2 million in fiscal 1998")[0]
    unclaimed = [{"area": area, "kind": "money", "figure": "$48.2 million", **quote}]
    page = to_html(made(document, facts={}, unclaimed=unclaimed), document)
    assert "<strong>$48.2 million</strong>" in page
    assert re.search(r"unc-1 [A-Z][a-z]+ ", Parsed(page).shown("unc-1"))


def test_facts_of_one_id_are_told_apart(document: Document) -> None:
    passages = evidence(document, "garden forks")
    facts = {"products": [fact("pro-1", "it sells forks", passages), fact("pro-1", "it sells rakes", passages)]}
    page = Parsed(to_html(made(document, facts=facts, sentences=[("It sells.", ["pro-1", "pro-9"])]), document))
    assert "rakes" in page.shown("fact-2")
    (sentence,) = [a for _, a in page.tags if a.get("class") == "s"]
    assert sentence["data-facts"] == "pro-1 fact-2"


def test_a_page_of_ones_own(itemone: Itemone, filing: Path, tmp_path: Path) -> None:
    for name, content in (("page.css", ":root { --ink: black }\n"), ("page.html.j2", "{{ record.nothing.more }}")):
        (tmp_path / name / "report").mkdir(parents=True)
        (tmp_path / name / "report" / name).write_text(content)
    styled = itemone("brief", filing, "--format", "html", "--templates", tmp_path / "page.css")
    assert styled.code == 0
    assert "<style>:root { --ink: black }\n</style>" in styled.out
    refused = itemone("brief", filing, "--format", "html", "--templates", tmp_path / "page.html.j2")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("itemone: template report/page.html.j2: ")
