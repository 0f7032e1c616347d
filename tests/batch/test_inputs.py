"""What the names on the command line stand for, in which order and under which ids."""

from __future__ import annotations

import io
import json
import os
import tracemalloc
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from extractor.batch.inputs import Inputs
from extractor.batch.work import Recipe, Source, brief_one
from extractor.errors import InputError, UsageError
from tests.batch.conftest import Batch, lines_of
from tests.conftest import FILING, Itemone


def inputs(*names: str | Path, out: Path = Path("out"), listed: bytes = b"", **columns: str) -> Inputs:
    return Inputs([str(name) for name in names], out, listed=io.BytesIO(listed), **columns)


def ids(found: Inputs) -> list[str]:
    return [source.id for source in found]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the names are relative to: filings in two years' folders, and files that are none."""
    monkeypatch.chdir(tmp_path)
    for name in ("2020/b.txt", "2020/a.HTM", "2019/c.txt", "2019/.hidden.txt", "2019/notes.md", ".git/d.txt"):
        path = tmp_path / "filings" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FILING)
    return tmp_path


def parquet(path: Path, **columns: list[object]) -> Path:
    pyarrow.parquet.write_table(pyarrow.table(columns), path)
    return path


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(["filings/2019/notes.md"], ["filings/2019/notes.md"], id="a file of any kind"),
        pytest.param(["filings"], ["filings/2019/c.txt", "filings/2020/a.HTM", "filings/2020/b.txt"], id="a folder"),
        pytest.param(["filings/*/*.txt"], ["filings/2019/c.txt", "filings/2020/b.txt"], id="a glob"),
        pytest.param(["filings/20*"], ["filings/2019/c.txt", "filings/2020/a.HTM", "filings/2020/b.txt"], id="folders"),
        pytest.param(["filings/**/b.txt"], ["filings/2020/b.txt"], id="a glob of all depths"),
        pytest.param(["filings/2020/b.txt", "filings/2019"], ["filings/2020/b.txt", "filings/2019/c.txt"], id="order"),
    ],
)
def test_files_by_their_names(folder: Path, names: list[str], expected: list[str]) -> None:
    found = inputs(*names)
    found.check()
    assert ids(found) == expected
    assert found.count() == len(expected)


def test_a_list_of_paths(folder: Path) -> None:
    listed = b"filings/2020/b.txt\r\n\nfilings/2019\nfilings/none.txt"
    found = inputs("-", listed=listed)
    assert found.count() is None
    assert ids(found) == ["filings/2020/b.txt", "filings/2019/c.txt", "filings/none.txt"]


def test_a_listed_file_that_is_not_there_is_one_failure(folder: Path) -> None:
    (source,) = inputs("-", listed=b"filings/none.txt")
    failure = brief_one(Recipe(), source).failure
    assert failure is not None
    assert (failure.code, failure.line) == ("unusable", "filings/none.txt: there is no such file; check the path")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        pytest.param("none.txt", "none.txt: there is no such file; check the path", id="no file"),
        pytest.param("x" * 300, "x" * 300 + ": there is no such file; check the path", id="too long"),
        pytest.param("*.xml", "*.xml: no file matches; check the pattern", id="no match"),
        pytest.param(".git/objects", ".git/objects: this folder holds no filings (.txt, ", id="empty"),
    ],
)
def test_names_that_stand_for_nothing(folder: Path, name: str, says: str) -> None:
    (folder / ".git/objects").mkdir(parents=True)
    with pytest.raises(InputError) as refused:
        inputs("filings", name).check()
    assert str(refused.value).startswith(says)


@pytest.mark.parametrize("name", ["corpus.jsonl", "corpus.ndjson", "corpus.json"])
def test_json_lines_go_by_the_collections_names(folder: Path, name: str) -> None:
    records = [
        {"filename": "718413_1993.txt", "section_1": FILING},
        {"item_1": FILING, "complete_text_filing_link": "https://x.y/edgar/0009000003-98-000007.txt"},
        {"item_1": FILING.replace("tools", "tools\u2028\x85")},
    ]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (folder / name).write_text("\n\n".join([*lines, "{broken"]), encoding="utf-8", newline="\n")
    found = inputs(name)
    assert ids(found) == ["718413_1993.txt", "0009000003-98-000007", f"{name}:3", f"{name}:4"]
    outcomes = [brief_one(Recipe(), source) for source in found]
    assert [bool(outcome.brief) for outcome in outcomes] == [True, True, True, False]
    assert [json.loads(outcome.brief.record)["document"]["pick"] for outcome in outcomes if outcome.brief] == [1, 2, 3]


def test_a_record_of_a_line_holds_against_its_file(folder: Path, batch: Batch, itemone: Itemone) -> None:
    (folder / "c.jsonl").write_text(f"{json.dumps({'item_1': 'We sell.'})}\n{json.dumps({'item_1': FILING})}\n")
    batch("c.jsonl", out=folder / "out")
    (folder / "brief.json").write_bytes((folder / "out/briefs.jsonl").read_bytes())
    assert itemone("check", folder / "brief.json", "--source", "c.jsonl").code == 0


def test_a_json_file_of_one_filing_is_a_file(folder: Path) -> None:
    for name, indent in (("a.json", None), ("b.json", 1)):
        (folder / name).write_text(json.dumps({"item_1": FILING, "filename": "x"}, indent=indent) + "\n")
    (folder / "c.json").write_text(json.dumps([{"item_1": FILING}, {"item_1": FILING}]))
    found = list(inputs("a.json", "b.json", "c.json"))
    assert [source.id for source in found] == ["a.json", "b.json", "c.json"]
    outcomes = [brief_one(Recipe(), source) for source in found]
    assert [bool(outcome.brief) for outcome in outcomes] == [True, True, False]
    assert "it holds several filings; give them as JSON lines" in str(outcomes[2].failure)


def test_parquet_by_its_columns(folder: Path) -> None:
    table = parquet(folder / "t.parquet", cik=["7", None, 3 * "x"], body=[FILING, FILING, None], other=[1, 2, 3])
    found = inputs(table.name, id="cik", text="body")
    assert ids(found) == ["7", "t.parquet:2", "xxx"]
    assert found.count() == 3
    outcomes = [brief_one(Recipe(), source) for source in found]
    assert [bool(outcome.brief) for outcome in outcomes] == [True, True, False]
    assert "xxx: there is no text of it" in str(outcomes[2].failure)


def test_parquet_that_breaks_off(folder: Path) -> None:
    table = parquet(folder / "t.parquet", id=[1, 2], text=[FILING, "x" * 9])
    data = bytearray(table.read_bytes())
    data[4:200] = bytes(196)
    table.write_bytes(data)
    found = inputs(table.name)
    found.check()
    with pytest.raises(InputError, match=r"t\.parquet: cannot be read \("):
        list(found)


def test_numbers_as_ids_and_bytes_as_texts(folder: Path) -> None:
    table = parquet(folder / "t.parquet", id=[7, 8], text=[FILING.encode(), b""])
    first, second = inputs(table.name)
    assert (first.id, first.read()) == ("7", FILING.encode())
    assert second.read() == b""


def test_parquet_without_the_columns(folder: Path) -> None:
    table = parquet(folder / "t.parquet", cik=["7"], text=[FILING])
    with pytest.raises(UsageError, match=r"t.parquet: it has no column 'id' \(--id\); there are: cik, text"):
        inputs(table.name).check()


def test_parquet_that_is_none(folder: Path) -> None:
    (folder / "t.parquet").write_text("no table")
    with pytest.raises(InputError, match=r"t.parquet: cannot be read \(Parquet"):
        inputs("t.parquet").check()


def test_results_are_no_inputs(filings: Path, batch: Batch) -> None:
    """A run into the folder of its own filings takes them alone, the second time too."""
    for _ in range(2):
        totals = batch(filings, out=filings, narratives=True)
    assert totals.filings == 5


def test_a_file_named_twice_is_done_once(filings: Path, batch: Batch, tmp_path: Path) -> None:
    assert batch(filings, filings / "1.txt", f"{filings}/*.txt").filings == 5
    assert len({record["document"]["name"] for record in lines_of(tmp_path / "out/briefs.jsonl")}) == 4  # type: ignore[index]


def test_an_id_that_comes_again_is_made_another(folder: Path, batch: Batch) -> None:
    lines = [json.dumps({"filename": "a.txt", "section_1": text}) for text in (FILING, FILING[:900], FILING[:800])]
    (folder / "c.jsonl").write_text("\n".join(lines))
    (folder / "a.txt").write_text(FILING)
    for _ in range(2):
        assert batch("c.jsonl", "a.txt", "./a.txt", out=folder / "out").filings == 4
    names = [record["document"]["name"] for record in lines_of(folder / "out/briefs.jsonl")]  # type: ignore[index]
    assert names == ["a.txt", "a.txt#2", "a.txt#3", "a.txt#4"]


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
def test_a_name_that_is_no_utf8(folder: Path, batch: Batch) -> None:
    path = Path(os.fsdecode(b"filings/\xff.txt"))
    path.write_text(FILING)
    batch("filings/*.txt", out=folder / "out")
    (record,) = lines_of(folder / "out/briefs.jsonl")
    assert record["document"]["name"] == "filings/\\udcff.txt"  # type: ignore[index]


def test_lines_are_read_one_at_a_time(folder: Path) -> None:
    line = json.dumps({"section_1": "x" * 100_000})
    with (folder / "large.jsonl").open("w") as file:
        file.writelines(f"{line}\n" for _ in range(200))
    tracemalloc.start()
    try:
        assert sum(isinstance(source, Source) for source in inputs("large.jsonl")) == 200
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
