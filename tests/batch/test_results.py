"""What a run writes, and what it goes on with when it is given again."""

from __future__ import annotations

import csv
import json
import pickle
from pathlib import Path

import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import extractor
from extractor import Brief, Document, Selection, brief
from extractor.batch import run as batch_run
from extractor.batch.inputs import Inputs
from extractor.batch.store import STATE, Store
from extractor.batch.wishes import Format, Resume, Wishes
from extractor.batch.work import Failure, Recipe, Source, brief_one
from extractor.engines import Engine, Extraction
from extractor.errors import InputError, UsageError
from tests.batch.conftest import Batch, Interrupted, lines_of, other_filing, results_of
from tests.conftest import FILING


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def test_records_in_the_order_of_the_inputs(filings: Path, out: Path, batch: Batch) -> None:
    batch(filings)
    records = [Brief.model_validate_json(line) for line in (out / "briefs.jsonl").read_bytes().splitlines()]
    assert [record.document.name for record in records] == [f"{filings}/{number}.txt" for number in range(4)]
    for number, record in enumerate(records):
        alone = brief(filings / f"{number}.txt")
        assert (record.facts, record.narrative) == (alone.facts, alone.narrative)


def test_failures_with_their_codes(filings: Path, out: Path, batch: Batch) -> None:
    assert batch(filings).failures == {"unusable": 1}
    (failure,) = lines_of(out / "failures.jsonl")
    assert (failure["id"], failure["code"]) == (f"{filings}/2b.htm", "unusable")
    assert str(failure["line"]).endswith("2b.htm: this is a PDF, not a filing; save it as HTML or plain text")


def test_what_is_told_of_a_run(filings: Path, out: Path, batch: Batch) -> None:
    batch(filings, recipe=Recipe(max_tokens=100))
    told = json.loads((out / "run.json").read_text())
    assert (told["filings"], told["briefs"], told["failures"]) == (5, 4, {"unusable": 1})
    assert (told["settings"]["max_tokens"], told["settings"]["model"]) == (100, None)
    assert told["versions"]["itemone"] == extractor.__version__
    assert (told["requests"], told["prompt_tokens"], told["completion_tokens"]) == (0, 0, 0)


def test_narratives_as_a_table(filings: Path, out: Path, batch: Batch) -> None:
    batch(filings, narratives=True)
    with (out / "narratives.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["id"], row["narrative"]) for row in rows] == [
        (record["document"]["name"], record["narrative"]["text"])  # type: ignore[index]
        for record in lines_of(out / "briefs.jsonl")
    ]


def test_parquet_holds_the_same_records(filings: Path, out: Path, batch: Batch) -> None:
    batch(filings)
    records = (out / "briefs.jsonl").read_text(encoding="utf-8").splitlines()
    batch(filings, format=Format.parquet)
    assert not (out / "briefs.jsonl").exists()
    rows = pyarrow.parquet.read_table(out / "briefs.parquet").to_pylist()
    assert [row["record"] for row in rows] == records
    first, record = rows[0], json.loads(records[0])
    assert (first["id"], first["narrative"]) == (f"{filings}/0.txt", record["narrative"]["text"])
    assert (first["tokens"], first["requests"]) == (record["narrative"]["tokens"], 0)
    assert first["rejected"] == len(record["rejected"])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stops=st.lists(st.integers(1, 6), max_size=4))
def test_a_run_that_is_broken_off_gives_what_an_undisturbed_one_does(
    stops: list[int], filings: Path, batch: Batch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    undisturbed, broken = tmp_path_factory.mktemp("out"), tmp_path_factory.mktemp("out")
    batch(filings, out=undisturbed)
    for stop in stops:
        try:
            batch(filings, out=broken, stop=stop)
        except Interrupted:
            assert not (broken / "run.json").exists() or results_of(broken) == results_of(undisturbed)
    batch(filings, out=broken)
    assert results_of(broken) == results_of(undisturbed)


def test_what_is_done_is_not_done_again(filings: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Interrupted):
        batch(filings, stop=3)
    worked: list[str] = []
    whole = Recipe.brief

    def watched(recipe: Recipe, document: Document, engine: Engine) -> Brief:
        worked.append(Path(document.name).name)
        return whole(recipe, document, engine)

    monkeypatch.setattr(Recipe, "brief", watched)
    batch(filings)
    assert worked == ["2.txt", "3.txt"]


def test_other_settings_are_refused_or_done_anew(filings: Path, out: Path, batch: Batch) -> None:
    batch(filings)
    before = results_of(out)
    with pytest.raises(InputError, match="begun with max_tokens 512, not 100; give the same options, name another"):
        batch(filings, recipe=Recipe(max_tokens=100))
    assert results_of(out) == before
    batch(filings, recipe=Recipe(max_tokens=100), resume=Resume.redo)
    assert {record["narrative"]["max_tokens"] for record in lines_of(out / "briefs.jsonl")} == {100}  # type: ignore[index]


@pytest.mark.parametrize(
    "recipe",
    [
        pytest.param(Recipe(selection=Selection(whole=True)), id="whole"),
        pytest.param(Recipe(selection=Selection(item="7")), id="item"),
        pytest.param(Recipe(encoding="gpt2"), id="encoding"),
        pytest.param(Recipe(model=extractor.Settings(model="m", base_url="http://127.0.0.1:1/v1")), id="model"),
    ],
)
def test_each_setting_counts(recipe: Recipe, filings: Path, out: Path, batch: Batch) -> None:
    batch(filings)
    with pytest.raises((InputError, UsageError), match=r"was begun with|not on this machine"):
        batch(filings, recipe=recipe)


def test_templates_that_have_changed_count(filings: Path, batch: Batch, tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    batch(filings, recipe=Recipe(templates=own))
    (own / "note.txt").write_text("new")
    with pytest.raises(InputError, match="begun with templates"):
        batch(filings, recipe=Recipe(templates=own))


def test_a_filing_that_has_changed_is_refused_or_done_anew(filings: Path, out: Path, batch: Batch) -> None:
    batch(filings)
    (filings / "1.txt").write_text(other_filing(41))
    with pytest.raises(InputError, match=r"1\.txt: this filing has changed since it was done; --resume redo"):
        batch(filings)
    batch(filings, resume=Resume.redo)
    assert "1,041" in (out / "briefs.jsonl").read_text()
    assert "1,001 customers" not in (out / "briefs.jsonl").read_text()


def test_filings_no_longer_named_are_refused_or_left_out(filings: Path, out: Path, batch: Batch) -> None:
    batch(filings)
    before = results_of(out)
    with pytest.raises(InputError, match=r"4 filing\(s\) done here before are not among those named now"):
        batch(filings / "3.txt")
    assert results_of(out) == before
    assert batch(filings / "3.txt", resume=Resume.redo).filings == 1
    assert len(lines_of(out / "briefs.jsonl")) == 1


def test_filings_that_are_new_are_added_in_their_place(filings: Path, out: Path, batch: Batch) -> None:
    batch(filings)
    (filings / "0b.txt").write_text(FILING)
    batch(filings)
    names = [Path(record["document"]["name"]).name for record in lines_of(out / "briefs.jsonl")]  # type: ignore[index]
    assert names == ["0.txt", "0b.txt", "1.txt", "2.txt", "3.txt"]


def test_a_filing_that_could_not_be_read_is_tried_again(filings: Path, out: Path, batch: Batch) -> None:
    gone = filings / "gone.txt"
    gone.symlink_to(filings / "nowhere.txt")
    assert batch(filings).failures == {"unusable": 2}
    gone.unlink()
    gone.write_text(FILING)
    assert batch(filings).failures == {"unusable": 1}


@pytest.mark.parametrize(
    ("error", "code", "again"),
    [
        pytest.param(extractor.ModelError("m: out of reach"), "model", True, id="model"),
        pytest.param(extractor.NetworkError("offline"), "network", True, id="network"),
        pytest.param(ZeroDivisionError("division by zero"), "internal", False, id="internal"),
    ],
)
def test_failures_of_the_work(
    error: Exception, code: str, again: bool, filing: Path, out: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What passes is tried again by the next run; what does not would only be the same."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Recipe, "brief", fail)
    assert batch(filing).failures == {code: 1}
    (failure,) = lines_of(out / "failures.jsonl")
    assert str(error) in str(failure["line"])
    monkeypatch.undo()
    assert batch(filing).failures == ({} if again else {code: 1})


def test_the_work_on_one_filing_takes_another_engine() -> None:
    def silent(*_: object) -> Extraction:
        raise extractor.ModelError("no answer")

    outcome = brief_one(Recipe(), Source("a", data=FILING.encode()), engine=silent)
    assert outcome.failure == Failure("model", "no answer")
    assert pickle.loads(pickle.dumps(outcome)) == outcome


def test_two_runs_on_one_folder(filings: Path, out: Path, batch: Batch) -> None:
    out.mkdir()
    with (
        Store.opened(out, {}, Resume.refuse),
        pytest.raises(InputError, match="out: another run is at work here; wait for it, or name another --out"),
    ):
        batch(filings)


def test_a_state_that_is_none(filings: Path, out: Path, batch: Batch) -> None:
    out.mkdir()
    (out / STATE).write_text("This is no database, and it is longer than the header of one, which has 100 bytes. " * 3)
    with pytest.raises(InputError, match=r"state\.sqlite: the state of the run cannot be kept"):
        batch(filings)


def test_recipes_that_cannot_be_used_are_told_before_anything_is_done(filings: Path, out: Path, batch: Batch) -> None:
    with pytest.raises(UsageError, match="unknown encoding 'none'"):
        batch(filings, recipe=Recipe(encoding="none"))
    with pytest.raises(UsageError, match="no key"):
        batch(filings, recipe=Recipe(model=extractor.Settings(model="m", api_key=None)))
    assert not out.exists()


def test_parquet_without_pyarrow(filings: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    with pytest.raises(UsageError, match=r'Parquet needs pyarrow: pip install "itemone\[parquet\]"'):
        batch(filings, format=Format.parquet)


def test_a_run_is_open_to_callers(filings: Path, tmp_path: Path) -> None:
    """The same run with processes, from Python."""
    recipe = Recipe(max_tokens=64)
    workers = batch_run.processes(recipe, jobs=2)
    totals = batch_run.run(Inputs([str(filings)], tmp_path / "out"), recipe, workers, Wishes())
    assert (totals.filings, totals.briefs) == (5, 4)
