"""The public names, what `brief` gives for what it is given, and what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import extractor
from extractor import Brief, Document, InputError, UsageError, brief, check, document_from_text, read
from extractor.record import ID_PREFIX, all_facts, to_json
from extractor.schema import Evidence
from extractor.unclaimed import unclaimed_figures

FIXTURES = sorted((Path(__file__).parents[1] / "fixtures").glob("*.txt"))


@pytest.mark.parametrize("name", extractor.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(extractor, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = extractor.nothing  # type: ignore[attr-defined]


def test_importing_the_package_imports_nothing_heavy() -> None:
    heavy = "pydantic tiktoken nupunkt rapidfuzz jinja2 lemminflect numpy typer"
    script = f"import extractor, sys; print([m for m in {heavy.split()} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_path_its_bytes_and_its_document_give_one_brief(filing: Path) -> None:
    by_path = brief(filing)
    assert brief(str(filing)) == by_path
    assert brief(read(filing)) == by_path
    by_bytes = brief(filing.read_bytes())
    assert by_bytes.facts == by_path.facts
    assert by_bytes.narrative == by_path.narrative


def test_the_record_is_typed_cited_and_numbered(record: Brief, document: Document) -> None:
    assert record.document.sha256 == document.sha256
    assert record.document.length == len(document.text)
    assert record.engine.name == "offline"
    assert record.engine.version == extractor.__version__
    for area, prefix in ID_PREFIX.items():
        facts = getattr(record.facts, area)
        listed = facts if isinstance(facts, list) else [facts] if facts else []
        assert [fact.id for fact in listed] == [f"{prefix}-{i}" for i in range(1, len(listed) + 1)]
    for fact in all_facts(record.facts):
        assert all(document.text[e.start : e.end] == e.quote for e in fact.evidence)


def test_what_the_filing_says_is_in_the_record(record: Brief) -> None:
    assert record.facts.company
    assert record.facts.company.name.startswith("Bramblewick Tools")
    amounts = {source.amount.amount for source in record.facts.revenue_sources if source.amount}
    assert 48_200_000 in amounts
    assert {
        concentration.share.value for concentration in record.facts.customer_concentration if concentration.share
    } == {22}
    assert "Tallow Creek Bank" in record.narrative.text


UNCLAIMED = [
    pytest.param(
        "Net sales were $4.1 million, up 12%.",
        [("revenue_sources", "$4.1 million"), ("revenue_sources", "12%")],
        id="revenue",
    ),
    pytest.param("The bank borrowed $2.0 million.", [("financing", "$2.0 million")], id="financing"),
    pytest.param(
        "Its three largest customers buy 40% of it.",
        [("customer_concentration", "three"), ("customer_concentration", "40%")],
        id="concentration",
    ),
    pytest.param("The Company serves 1,140 customers.", [("customers", "1,140")], id="count"),
    pytest.param("The Company has 310 employees.", [], id="another-subject"),
    pytest.param("Its customers waited three years.", [], id="another-count"),
]


@pytest.mark.parametrize(("text", "expected"), UNCLAIMED)
def test_figures_that_no_fact_cites(text: str, expected: list[tuple[str, str]]) -> None:
    document = document_from_text(text)
    found = unclaimed_figures(document, [])
    assert [(figure.area, figure.figure) for figure in found] == expected
    assert all(document.text[figure.start : figure.end] == figure.quote == text for figure in found)
    assert unclaimed_figures(document, [Evidence(quote=text[4:8], start=4, end=8)]) == []


def test_json_holds_the_whole_record(record: Brief) -> None:
    text = to_json(record)
    assert Brief.model_validate_json(text) == record
    assert text == json.dumps(json.loads(text), indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("filing", FIXTURES, ids=lambda path: path.stem)
def test_every_fixture_gives_a_brief_that_holds(filing: Path) -> None:
    record = brief(filing)
    assert check(record, filing) == []
    assert record.narrative.tokens <= 512
    assert to_json(brief(filing)) == to_json(record)


@pytest.mark.parametrize("max_tokens", [32, 64, 128, 2048])
def test_the_budget_is_kept(max_tokens: int, document: Document) -> None:
    short = brief(document, max_tokens=max_tokens)
    assert short.narrative.tokens <= max_tokens
    assert short.narrative.max_tokens == max_tokens
    assert check(short, document) == []


def test_a_budget_that_holds_no_sentence_is_refused(document: Document) -> None:
    with pytest.raises(UsageError, match="max_tokens is 31: it must be 32 or more"):
        brief(document, max_tokens=31)


def test_a_text_without_a_business_is_refused() -> None:
    poem = b"The rain fell on the hill all night. In the morning the fox was gone, and nobody had seen it go.\n"
    with pytest.raises(
        InputError, match=r"no statements about a business were found; check that the file holds Item 1"
    ):
        brief(poem)
