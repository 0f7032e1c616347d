"""The public names, what `brief` gives for what it is given, and what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import extractor
from extractor import Brief, Document, InputError, UsageError, brief, check, read
from extractor.record import ID_PREFIX, all_facts, to_json

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


def test_a_figure_that_no_fact_cites_is_unclaimed(record: Brief, document: Document) -> None:
    cited = [(e.start, e.end) for fact in all_facts(record.facts) for e in fact.evidence]
    for figure in record.unclaimed:
        assert document.text[figure.start : figure.end] == figure.quote
        assert not any(start < figure.end and figure.start < end for start, end in cited)


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
