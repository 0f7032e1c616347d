"""Full submissions, and JSON as EDGAR-CORPUS and EDGAR-CRAWLER have it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.reading import Selection, read
from tests.conftest import FILING, Itemone

CORPUS = {
    "filename": "9000003_1998.txt",
    "cik": "9000003",
    "year": "1998",
    "section_1": FILING,
    "section_2": "One plant.",
}
CRAWLER = {
    "cik": "9000003",
    "company": "Bramblewick Tools, Inc.",
    "filing_type": "10-K",
    "period_of_report": "1998-06-30",
    "complete_text_filing_link": "https://www.sec.gov/Archives/edgar/data/9000003/0009000003-98-000007.txt",
    "item_1": FILING,
    "item_1A": "",
    "item_7": "Sales rose because gardeners bought more spades.",
}


def submission(*documents: tuple[str, str]) -> bytes:
    parts = "".join(f"<DOCUMENT>\n<TYPE>{kind}\n<TEXT>\n{text}\n</TEXT>\n</DOCUMENT>\n" for kind, text in documents)
    header = "<SEC-HEADER>\nCONFORMED SUBMISSION TYPE:\t10-K405\n\t\tCENTRAL INDEX KEY:\t\t0009000003\n</SEC-HEADER>\n"
    return f"<SEC-DOCUMENT>0009000003-98-000007.txt : 19980901\n{header}{parts}</SEC-DOCUMENT>\n".encode()


@pytest.mark.parametrize("record", [pytest.param(CORPUS, id="corpus"), pytest.param(CRAWLER, id="crawler")])
def test_item_1_of_a_record(record: dict[str, str]) -> None:
    document = read(json.dumps(record).encode())
    assert (document.text, document.part, document.filing.cik) == (FILING, "item 1", "9000003")


def test_a_records_metadata_is_the_filings() -> None:
    filing = read(json.dumps(CRAWLER).encode()).filing
    assert (filing.company, filing.form, filing.period) == ("Bramblewick Tools, Inc.", "10-K", "1998-06-30")
    assert filing.accession == "0009000003-98-000007"


def test_half_of_a_utf_16_pair_in_a_record_is_replaced(itemone: Itemone) -> None:
    halved = {"company": "Bramblewick\ud83d", "item_1": FILING.replace("gardeners", "gardeners \udcc8")}
    document = read(json.dumps(halved).encode())
    assert "gardeners \ufffd." in document.text
    assert document.filing.company == "Bramblewick\ufffd"
    for format in ("text", "json", "html"):
        assert itemone("brief", "-", "--format", format, stdin=json.dumps(halved).encode()).code == 0


def test_another_item_or_all_of_a_record() -> None:
    data = json.dumps(CRAWLER).encode()
    assert read(data, selection=Selection(item="7")).text.startswith("Sales rose")
    assert read(data, selection=Selection(whole=True)).text == f"{FILING}\n\n{CRAWLER['item_7']}"
    with pytest.raises(InputError, match=r"no text of item 1A \(items in it: 1, 7\)"):
        read(data, selection=Selection(item="1A"))


def test_one_of_json_lines_is_picked_and_checked(itemone: Itemone, tmp_path: Path) -> None:
    lines = tmp_path / "filings.jsonl"
    lines.write_text("\n".join(json.dumps(record) for record in ({"item_1": "None."}, CORPUS)))
    record = tmp_path / "brief.json"
    assert itemone("brief", lines, "--pick", "2", "--format", "json", "-o", record).code == 0
    assert json.loads(record.read_text())["document"]["pick"] == 2
    assert itemone("check", record, "--source", lines).code == 0
    unpicked = itemone("brief", lines)
    assert (unpicked.code, unpicked.out) == (2, "")
    assert "it holds 2 filings; choose one with --pick 1 to 2" in unpicked.err
    assert itemone("brief", lines, "--pick", "3").code == 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b'{"item_1": "We sell', "looks like JSON but cannot be read", id="cut off"),
        pytest.param(b'[{"a":' * 100_000, "looks like JSON but cannot be read", id="deep"),
        pytest.param(b'["We sell spades."]', "this JSON holds no filing", id="no object"),
        pytest.param(b"[]", "this JSON holds no filing", id="empty list"),
        pytest.param(b'{"name": "Spades"}', "no text of item 1 (items in it: none)", id="another object"),
        pytest.param(b'{"item_1": ["We sell."]}', "no text of item 1", id="no text"),
    ],
)
def test_json_that_is_no_filing(data: bytes, says: str) -> None:
    with pytest.raises(InputError) as refused:
        read(data, name="filing.json")
    assert says in str(refused.value)


def test_the_annual_report_of_a_submission_is_taken() -> None:
    document = read(submission(("EX-99", "A letter."), ("10-K405", FILING), ("EX-13", "Our annual report.")))
    assert document.text.strip() == FILING.strip()
    assert (document.filing.form, document.filing.cik) == ("10-K405", "0009000003")


def test_html_within_a_submission() -> None:
    page = f"<html><body>{''.join(f'<p>{line}</p>' for line in FILING.split(chr(10) * 2))}</body></html>"
    assert read(submission(("10-K", page))).text.startswith("PART I\n\nItem 1. Business\n\nGeneral\n\nBramblewick")


def test_a_document_without_a_header() -> None:
    assert read(f"<DOCUMENT>\n<TYPE>10-K\n<TEXT>\n{FILING}</TEXT>".encode()).filing.form == "10-K"


def test_a_pdf_within_a_submission_is_refused() -> None:
    with pytest.raises(InputError, match="a PDF encoded as text"):
        read(submission(("10-K", "<PDF>\nbegin 644 report.pdf\nM)5!$1BTQ")))
