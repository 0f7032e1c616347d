"""The command `itemone batch`: what it prints where, its exit codes, and what ends it."""

from __future__ import annotations

import json
import os
import pty
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.batch.conftest import lines_of, other_filing, results_of
from tests.conftest import FILING, Itemone

Command = list[str | Path]
ITEMONE: Command = [sys.executable, "-m", "extractor"]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty filings as JSON lines."""
    path = tmp_path_factory.mktemp("many") / "many.jsonl"
    records = ({"filename": f"{number}.txt", "section_1": other_filing(number)} for number in range(40))
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


@pytest.fixture(scope="module")
def undisturbed(many: Path) -> dict[str, bytes]:
    """What a run on the forty filings writes that nothing interrupts."""
    out = many.with_name("undisturbed")
    subprocess.run([*ITEMONE, "batch", many, "--out", out], check=True)
    return results_of(out)


def test_a_batch_with_a_failure(itemone: Itemone, filings: Path, tmp_path: Path) -> None:
    run = itemone("batch", filings, "--out", tmp_path / "out", "--jobs", "2")
    told = f"itemone: 1 of 5 filings failed; {tmp_path}/out/failures.jsonl says why\n"
    assert (run.code, run.out, run.err) == (1, "", told)
    assert len(lines_of(tmp_path / "out/briefs.jsonl")) == 4
    again = itemone("batch", filings, "--out", tmp_path / "out", "--jobs", "1")
    assert (again.code, again.out, again.err) == (1, "", told)


def test_a_batch_without_one_says_nothing(itemone: Itemone, filing: Path, tmp_path: Path) -> None:
    run = itemone("batch", "-", "--out", tmp_path / "out", "--max-tokens", "64", stdin=bytes(filing))
    assert (run.code, run.out, run.err) == (0, "", "")
    (record,) = lines_of(tmp_path / "out/briefs.jsonl")
    assert record["narrative"]["max_tokens"] == 64  # type: ignore[index]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        pytest.param(["none.txt", "--out", "out"], 3, "none.txt: there is no such file", id="no file"),
        pytest.param(["{filing}", "--out", "{filing}/out"], 3, "this folder cannot be made", id="no folder"),
        pytest.param(["{filing}", "--out", "out", "--item", "x"], 2, "there is no item 'x'", id="item"),
        pytest.param(["{filing}", "--out", "out", "--model", "m"], 2, "no key", id="model"),
        pytest.param(["{filing}", "--out", "out", "--encoding", "x"], 2, "unknown encoding 'x'", id="encoding"),
        pytest.param(["{filing}", "--out", "out", "--jobs", "0"], 2, "'--jobs'", id="jobs"),
        pytest.param(["{filing}"], 2, "--out", id="no out"),
    ],
)
def test_wrong_usage(
    arguments: list[str], code: int, says: str, itemone: Itemone, filing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(filing.parent)
    run = itemone("batch", *[argument.format(filing=filing) for argument in arguments])
    assert (run.code, run.out) == (code, "")
    assert says in run.err
    assert not Path("out").exists()


def test_progress_for_machines(itemone: Itemone, filings: Path, tmp_path: Path) -> None:
    run = itemone("batch", filings, "--out", tmp_path / "out", "--progress", "json", "--jobs", "1")
    *told, failed = run.err.splitlines()
    first, last = (json.loads(line) for line in (told[0], told[-1]))
    assert list(first) == ["done", "failed", "total", "rate", "seconds_left", "tokens"]
    assert (last["done"], last["failed"], last["total"], last["seconds_left"]) == (4, 1, 5, 0)
    assert last["rate"] > 0
    assert failed.startswith("itemone: 1 of 5 filings failed")


def test_progress_on_a_terminal(filings: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command: Command = [*ITEMONE, "batch", filings, "--out", tmp_path / "out", "--jobs", "1"]
    with subprocess.Popen(command, stderr=theirs, stdout=subprocess.PIPE, env={**os.environ, "TERM": "xterm"}) as run:
        os.close(theirs)
        shown = b""
        while True:
            try:
                shown += os.read(ours, 4096)
            except OSError:  # its end, on Linux
                break
    os.close(ours)
    assert run.returncode == 1
    assert b"5/5" in shown
    assert b"1 failed" in shown


def heeding_ctrl_c() -> None:
    """Also where the tests themselves are run in the background, where shells have it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_stops_it_cleanly_and_it_goes_on(many: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    command: Command = [*ITEMONE, "batch", many, "--out", out, "--jobs", "2", "--progress", "json"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=heeding_ctrl_c
    ) as run:
        assert run.stderr is not None
        first = run.stderr.readline()
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does, to all of them
        rest = run.stderr.read()
    assert json.loads(first)["done"] == 1
    assert run.returncode == 130
    *_, last = rest.splitlines()
    assert last == f"itemone: stopped; what is done is kept in {out}: give the same command again to go on"
    assert "Traceback" not in rest
    assert results_of(out) == {}
    subprocess.run([*ITEMONE, "batch", many, "--out", out], check=True)
    assert results_of(out) == undisturbed


def test_its_processes_end_with_it(many: Path, tmp_path: Path) -> None:
    command: Command = [*ITEMONE, "batch", many, "--out", tmp_path / "out", "--jobs", "2", "--progress", "json"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        run.stderr.readline()
        children = workers(run.pid)
        run.kill()
    assert len(children) == 2
    patience = time.monotonic() + 20
    while any(Path(f"/proc/{child}/exe").exists() for child in children):
        assert time.monotonic() < patience
        time.sleep(0.05)


def workers(pid: int) -> list[int]:
    """The processes that a run has working for it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def test_its_processes_may_be_killed(many: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    command: Command = [*ITEMONE, "batch", many, "--jobs", "2", "--out"]
    with subprocess.Popen([*command, out, "--progress", "json"], stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        run.stderr.readline()
        killed = workers(run.pid)
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        *_, last = run.stderr
    assert run.returncode == 0
    assert len(killed) == 2
    assert json.loads(last)["done"] == 40
    assert results_of(out) == undisturbed


def test_no_room(many: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    """Files that may grow no larger, as a full disk plays it; then there is room, and the run goes on."""
    out = tmp_path / "out"
    command: Command = [*ITEMONE, "batch", many, "--jobs", "2", "--out"]
    for size in (20_000, 100_000, 200_000):  # no state, some of it, more of it
        assert "state.sqlite: the state of the run cannot be kept" in refused_room([*command, out], size)
        assert results_of(out) == {}
    subprocess.run([*command, out], check=True)
    (out / "briefs.jsonl").unlink()
    assert "the results cannot be written (File too large)" in refused_room([*command, out], 400_000)
    assert "briefs.jsonl" not in results_of(out)
    subprocess.run([*command, out], check=True)
    assert results_of(out) == undisturbed


def refused_room(command: Command, size: int) -> str:
    """The line that a run ends with where files may have no more bytes."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    run = subprocess.run(command, preexec_fn=limit, stderr=subprocess.PIPE, text=True, check=False)
    assert run.returncode == 3
    assert run.stderr.startswith("itemone: ")
    assert run.stderr.endswith("give the same command again\n")
    assert run.stderr.count("\n") == 1
    return run.stderr


def test_it_has_an_example_of_itself(itemone: Itemone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("filings").mkdir()
    Path("filings/a.txt").write_text(FILING)
    assert "itemone batch filings/ --out briefs" in itemone("batch", "--help").out
    assert itemone("batch", "filings/", "--out", "briefs").code == 0
