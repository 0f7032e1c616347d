"""Filings and results by URL, played by those of files."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from extractor.batch.inputs import Inputs
from extractor.batch.remote import is_remote
from tests.batch.conftest import lines_of, other_filing
from tests.conftest import FILING, Itemone


@pytest.mark.parametrize("name", ["s3://bucket/a.txt", "gs://b", "hdfs://host:8020/a", "memory://a", "abfss://a@b/c"])
def test_urls(name: str) -> None:
    assert is_remote(name)


@pytest.mark.parametrize("name", ["a.txt", "/a//b", "C:\\a", "-", "edgar:SONM", "a/b://c"])
def test_names_that_are_none(name: str) -> None:
    assert not is_remote(name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two filings, two lines, two rows, and what is to be left out."""
    folder = tmp_path / "there"
    (folder / "more").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    for name in ("b.txt", "more/a.txt", "more/a.csv", ".hidden/c.txt", ".d.txt"):
        (folder / name).write_text(FILING)
    records = ({"filename": f"line-{number}", "section_1": other_filing(number)} for number in range(2))
    (folder / "lines.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    table = pyarrow.table({"id": ["row-0", None], "text": [FILING, FILING]})
    pyarrow.parquet.write_table(table, folder / "rows.parquet")
    return folder


def test_a_folder(folder: Path, tmp_path: Path) -> None:
    inputs = Inputs([folder.as_uri()], tmp_path / "out")
    inputs.check()
    there = folder.as_uri()
    ids = [source.id for source in inputs]
    assert ids == [f"{there}/b.txt", "line-0", "line-1", f"{there}/more/a.txt", "row-0", f"{there}/rows.parquet:2"]
    assert inputs.count() == 6
    assert FILING.encode() in [source.read() for source in inputs]


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        pytest.param("b.txt", ["b.txt"], id="file"),
        pytest.param("*.txt", ["b.txt"], id="pattern"),
        pytest.param("*/*.txt", ["more/a.txt"], id="pattern of folders"),
        pytest.param("**/[ab].txt", ["b.txt", "more/a.txt"], id="pattern of any folders"),
        pytest.param("more/", ["more/a.txt"], id="folder"),
    ],
)
def test_names(name: str, ids: list[str], folder: Path, tmp_path: Path) -> None:
    there = folder.as_uri()
    assert [source.id for source in Inputs([f"{there}/{name}"], tmp_path)] == [f"{there}/{id}" for id in ids]


def test_a_list_of_them(folder: Path, tmp_path: Path) -> None:
    url = f"{folder.as_uri()}/b.txt"
    (source,) = Inputs(["-"], tmp_path, listed=io.BytesIO(f"{url}\n".encode()))
    assert (source.id, source.read()) == (url, FILING.encode())


def test_results_are_copied(itemone: Itemone, folder: Path, tmp_path: Path) -> None:
    there, out = tmp_path / "results" / "of tonight", tmp_path / "out"
    run = itemone("batch", f"{folder.as_uri()}/more", "--out", out, "--jobs", "1", "--to", there.as_uri() + "/")
    assert (run.code, run.out, run.err) == (0, "", "")
    copied = {path.name: path.read_bytes() for path in there.iterdir()}
    assert copied == {path.name: path.read_bytes() for path in out.iterdir() if path.suffix != ".sqlite"}
    assert "run.json" in copied
    (record,) = lines_of(there / "briefs.jsonl")
    assert record["document"]["name"] == f"{folder.as_uri()}/more/a.txt"  # type: ignore[index]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        pytest.param(["{there}/none.txt"], 3, "none.txt: there is no such file; check the path", id="no file"),
        pytest.param(["{there}/*.htm"], 3, "*.htm: no file matches; check the pattern", id="no match"),
        pytest.param(["nosuch://a/b"], 2, "nosuch://a/b: Unrecognized filesystem type in URI", id="no such scheme"),
        pytest.param(["{there}", "--to", "file:///proc/none"], 3, "none: this folder cannot be made", id="no folder"),
    ],
)
def test_what_is_wrong_with_them(
    arguments: list[str], code: int, says: str, itemone: Itemone, folder: Path, tmp_path: Path
) -> None:
    named = [argument.format(there=folder.as_uri()) for argument in arguments]
    run = itemone("batch", *named, "--out", tmp_path / "out")
    assert (run.code, run.out) == (code, "")
    assert says in run.err
    assert run.err.count("\n") == 1


def test_a_copy_that_breaks_off(itemone: Itemone, filing: Path, tmp_path: Path) -> None:
    """A folder stands where a file is to come."""
    there, out = tmp_path / "results", tmp_path / "out"
    (there / "briefs.jsonl" / "other").mkdir(parents=True)
    command = ("batch", filing, "--out", out, "--jobs", "1", "--to", there.as_uri())
    run = itemone(*command)
    assert run.code == 3
    assert "cannot be written" in run.err
    assert run.err.endswith(f"the results are in {out}\n")
    assert not (there / "run.json").exists()
    (there / "briefs.jsonl" / "other").rmdir()
    (there / "briefs.jsonl").rmdir()
    assert itemone(*command).code == 0
    assert (there / "briefs.jsonl").read_bytes() == (out / "briefs.jsonl").read_bytes()
