"""`check`: a record that holds is clean, and each way of tampering with one is found where it is."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor import Brief, Document, InputError, check
from extractor.record import to_json
from tests.conftest import FILING

Json = dict[str, Any]


def tampered(record: Brief, change: Callable[[Json], object], folder: Path) -> Path:
    """The path of the record's JSON after `change`."""
    data = copy.deepcopy(json.loads(to_json(record)))
    change(data)
    path = folder / "brief.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def sales(data: Json) -> Json:
    """The fact that states the net sales of fiscal 1998."""
    facts: list[Json] = data["facts"]["revenue_sources"]
    return next(fact for fact in facts if "48.2" in fact["statement"])


def customer(data: Json) -> Json:
    """The fact that names the largest customer."""
    facts: list[Json] = data["facts"]["customer_concentration"]
    return facts[0]


def first_figure(data: Json) -> Json:
    figures: list[Json] = sales(data)["figures"]
    return figures[0]


def swap_quotes(data: Json) -> None:
    fact = sales(data)
    quote = fact["evidence"][0]["quote"]
    fact["evidence"][0]["quote"] = quote.replace("48.2", "84.2")


def move_evidence(data: Json) -> None:
    passage = sales(data)["evidence"][0]
    passage["start"] += 1
    passage["end"] += 1


def lengthen_sentence(data: Json) -> None:
    narrative = data["narrative"]
    narrative["text"] += " All is well."


def invent_in_narrative(data: Json) -> None:
    narrative = data["narrative"]
    narrative["text"] = narrative["text"].replace("48.2", "84.2")
    for sentence in narrative["sentences"]:
        sentence["text"] = sentence["text"].replace("48.2", "84.2")


def set_in(*path: str | int, value: object) -> Callable[[Json], None]:
    """A change that sets the value at a path."""

    def change(data: Json) -> None:
        place: Any = data
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


# (change, where the finding stands, its code)
TAMPERED = [
    pytest.param(set_in("document", "sha256", value="0" * 64), "document.sha256", "document", id="sha256"),
    pytest.param(set_in("document", "length", value=7), "document.length", "document", id="length"),
    pytest.param(swap_quotes, ".evidence[0]", "quote_not_found", id="quote"),
    pytest.param(move_evidence, ".evidence[0]", "quote_not_found", id="span"),
    pytest.param(
        lambda data: sales(data).update(statement="Net sales were $84.2 million in fiscal 1998."),
        ".statement", "figure_not_in_quote", id="statement",
    ),
    pytest.param(lambda data: first_figure(data).update(text="$84.2 million"), ".figures[0]", "span", id="figure-text"),
    pytest.param(
        lambda data: first_figure(data).update(start=0, end=4, text=FILING[:4]),
        ".figures[0]", "figure", id="figure-elsewhere",
    ),
    pytest.param(lambda data: first_figure(data).update(amount=84_200_000), ".figures[0]", "figure", id="figure-value"),
    pytest.param(
        set_in("facts", "company", "name", value="Nettlewick Tools, Inc."),
        "facts.company.name", "name_not_in_quote", id="company",
    ),
    pytest.param(
        lambda data: customer(data).update(customer="Nettlewick"), ".customer", "name_not_in_quote", id="customer"
    ),
    pytest.param(lambda data: sales(data).update(id="rev-99"), "narrative.", "id", id="id-unknown"),
    pytest.param(lambda data: sales(data).update(id="pro-1"), ".id", "id", id="id-twice"),
    pytest.param(lengthen_sentence, "narrative.text", "narrative", id="more-than-its-sentences"),
    pytest.param(invent_in_narrative, "narrative.sentences[", "figure_not_in_quote", id="narrative-figure"),
    pytest.param(
        lambda data: data["narrative"]["sentences"][0].update(start=1, end=2),
        "narrative.sentences[0]", "span", id="offsets",
    ),
    pytest.param(set_in("narrative", "tokens", value=3), "narrative.tokens", "tokens", id="tokens"),
    pytest.param(set_in("narrative", "max_tokens", value=5), "narrative.tokens", "tokens", id="budget"),
    pytest.param(set_in("narrative", "encoding", value="none"), "narrative.encoding", "tokens", id="encoding"),
    pytest.param(set_in("narrative", "omitted", value=["pro-77"]), "narrative.omitted", "omitted", id="omitted"),
    pytest.param(
        lambda data: sales(data)["evidence"][0].update(quote="short"),
        ".evidence[0]", "schema", id="quote-of-other-length",
    ),
    pytest.param(lambda data: sales(data).update(note="x"), ".note", "schema", id="unknown-field"),
    pytest.param(lambda data: sales(data).update(importance="3"), ".importance", "schema", id="wrong-type"),
    pytest.param(lambda data: sales(data).update(evidence=[]), ".evidence", "schema", id="no-evidence"),
]  # fmt: skip


def test_a_record_that_holds_is_clean(record: Brief, document: Document, filing: Path, tmp_path: Path) -> None:
    assert check(record, document) == []
    assert check(tampered(record, lambda data: None, tmp_path), filing) == []


@pytest.mark.parametrize(("change", "where", "code"), TAMPERED)
def test_tampering_is_found(
    change: Callable[[Json], object], where: str, code: str, record: Brief, document: Document, tmp_path: Path
) -> None:
    findings = check(tampered(record, change, tmp_path), document)
    assert any(where in finding.where and finding.code == code for finding in findings), findings


def test_a_finding_is_one_line(record: Brief, document: Document, tmp_path: Path) -> None:
    for finding in check(tampered(record, swap_quotes, tmp_path), document):
        assert str(finding).startswith(f"{finding.where}: {finding.code}: ")
        assert "\n" not in str(finding)


def test_another_filing_does_not_hold(record: Brief, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(FILING.replace("48.2", "47.1"), encoding="utf-8")
    codes = {finding.code for finding in check(record, other)}
    assert {"document", "quote_not_found"} <= codes


def test_a_record_of_another_version_is_refused(record: Brief, document: Document, tmp_path: Path) -> None:
    path = tampered(record, set_in("schema_version", value="2"), tmp_path)
    with pytest.raises(InputError, match="not a record of schema version 1"):
        check(path, document)
