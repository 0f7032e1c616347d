"""The fixtures as EDGAR has filings: what is read of them, and that their briefs are those of the plain text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from extractor import Document, brief, read
from extractor.schema import Evidence
from tests.conftest import Itemone
from tests.make_filings import FILINGS, FIXTURES, filings

PERIODS = {
    "quillstone-software.html": ("Quillstone Software, Inc.", "0009000001", "2021-12-31", None),
    "harrow-instruments.html": ("Harrow Instruments, Inc.", "0009000001", "2023-12-31", None),
    "larkspur-therapeutics.html": ("Larkspur Therapeutics, Inc.", "0009000001", "2021-12-31", None),
    "copperline-stores-submission.txt": ("COPPERLINE STORES INC", "0009000002", "2006-01-28", "0009000002-06-000012"),
}


def plain_of(name: str) -> Path:
    return FIXTURES / f"{re.sub(r'(-submission)?[.].*', '', name)}.txt"


def folded(text: str) -> str:
    """Without white space and the bars between a table's cells."""
    return re.sub(r"[\s|]+", "", text)


def content(value: Any, document: Document) -> Any:
    """A fact's content: spans left out, evidence as the sentences that it stands in, text folded."""
    if isinstance(value, Evidence):
        near = (s for s in document.sentences if s.start < value.end and value.start < s.end)
        return [folded(sentence.text) for sentence in near]
    if isinstance(value, list):
        return [content(item, document) for item in value]
    if hasattr(value, "model_fields_set"):
        fields = {name: getattr(value, name) for name in type(value).model_fields if name not in ("start", "end")}
        return {name: content(field, document) for name, field in fields.items()}
    return folded(value) if isinstance(value, str) else value


def test_the_filings_are_those_that_the_script_makes() -> None:
    assert {path.name: path.read_bytes() for path in FILINGS.iterdir()} == filings()


@pytest.mark.parametrize("name", PERIODS)
def test_facts_and_narrative_are_those_of_the_plain_text(name: str) -> None:
    plain, filed = read(plain_of(name)), read(FILINGS / name)
    from_plain, from_filed = brief(plain), brief(filed)
    assert from_filed.narrative.text == from_plain.narrative.text
    assert content(from_filed.facts, filed) == content(from_plain.facts, plain)


@pytest.mark.parametrize("name", PERIODS)
def test_it_is_item_1_and_nothing_else(name: str) -> None:
    text = read(FILINGS / name).text
    assert re.match(r"item 1\. business", text, re.IGNORECASE)
    assert folded(text).endswith(folded(plain_of(name).read_text("cp1252" if "larkspur" in name else "utf-8"))[-60:])
    assert not re.search(r"item 1a\. risk|us-gaap|contextRef|var period|</?\w+>", text, re.IGNORECASE)
    assert "Table of Contents" not in text or name.endswith(".txt")  # a plain text is left as it stands


@pytest.mark.parametrize(("name", "says"), PERIODS.items())
def test_the_record_says_what_the_filing_says_of_itself(name: str, says: tuple[str | None, ...]) -> None:
    info = brief(FILINGS / name).document
    assert (info.company, info.cik, info.period, info.accession) == says
    assert (info.form, info.part, info.note) == ("10-K", "item 1", None)


@pytest.mark.parametrize("name", PERIODS)
def test_text_and_check_agree_with_the_record(name: str, itemone: Itemone, tmp_path: Path) -> None:
    record = tmp_path / "brief.json"
    assert itemone("brief", FILINGS / name, "--format", "json", "-o", record).code == 0
    assert itemone("check", record, "--source", FILINGS / name).out == "brief.json: all holds\n"
    text = itemone("text", FILINGS / name).out
    for fact in json.loads(record.read_text())["facts"]["revenue_sources"]:
        for evidence in fact["evidence"]:
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_another_item_is_read_and_checked(itemone: Itemone, tmp_path: Path) -> None:
    page = FILINGS / "quillstone-software.html"
    assert itemone("text", page, "--item", "1a").out.startswith("Item 1A. Risk Factors\n\nOur results could suffer")
    assert itemone("text", page, "--whole").out.startswith("UNITED STATES\n\nSECURITIES AND EXCHANGE COMMISSION")
    record = tmp_path / "brief.json"
    assert itemone("brief", page, "--whole", "--format", "json", "-o", record).code == 0
    assert json.loads(record.read_text())["document"]["part"] == "whole"
    assert itemone("check", record, "--source", page).code == 0


def test_an_item_that_is_not_there(itemone: Itemone) -> None:
    run = itemone("text", FILINGS / "quillstone-software.html", "--item", "9A")
    assert (run.code, run.out) == (3, "")
    assert "no heading of item 9A was found (found: 1, 1A, 1B, 2, 3, 5, 7)" in run.err


@pytest.mark.parametrize("options", [["--item", "business"], ["--item", "1", "--whole"], ["--pick", "2"]])
def test_a_choice_that_makes_no_sense_is_wrong_usage(options: list[str], itemone: Itemone) -> None:
    run = itemone("text", FILINGS / "quillstone-software.html", *options)
    assert (run.code, run.out) == (2, "")
    assert run.err.count("\n") == 1
