"""A batch on Ray, in processes of their own, as a user has it: on this machine alone, and on a cluster of two cores."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from extractor.batch.wishes import Format
from tests.batch.conftest import Batch, lines_of, other_filing, results_of
from tests.conftest import Itemone

Command = list[str | Path]
BATCH: Command = [sys.executable, "-m", "extractor", "batch"]
CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Head:
    """A cluster's address, and the process that its workers descend from."""

    address: str
    pid: int


@pytest.fixture(scope="module")
def head() -> Iterator[Head]:
    """A cluster that the tests of this module share; who does not have its token may not use it."""
    command = [sys.executable, "-m", "tests.batch.head_of_ray"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_AUTH_MODE", "token")
        patch.setenv("RAY_AUTH_TOKEN", secrets.token_hex())
        with subprocess.Popen(
            command, text=True, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            assert process.stdout is not None
            yield Head(process.stdout.readline().strip(), process.pid)
            process.communicate()


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Sixteen filings and one that is none, as Parquet."""
    path = tmp_path / "rows.parquet"
    texts = [other_filing(number) for number in range(16)]
    texts.insert(7, "%PDF-1.7\n")
    table = {"cik": [f"cik-{number}" for number in range(17)], "section_1": texts}
    pyarrow.parquet.write_table(pyarrow.table(table), path)
    return path


def test_the_same_as_with_processes(filings: Path, rows: Path, tmp_path: Path) -> None:
    named: Command = [filings, rows, "--id", "cik", "--text", "section_1", "--narratives", "--jobs", "2"]
    ran = subprocess.run(
        [*BATCH, *named, "--out", tmp_path / "ray", "--on", "ray"], capture_output=True, text=True, check=False
    )
    told = f"itemone: 2 of 22 filings failed; {tmp_path}/ray/failures.jsonl says why\n"
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", told)
    assert [failure["code"] for failure in lines_of(tmp_path / "ray/failures.jsonl")] == ["unusable", "unusable"]
    subprocess.run([*BATCH, *named, "--out", tmp_path / "processes"], stderr=subprocess.DEVNULL, check=False)
    assert results_of(tmp_path / "ray") == results_of(tmp_path / "processes")


def test_its_workers_may_be_killed(head: Head, tmp_path: Path, batch: Batch) -> None:
    many = tmp_path / "many.jsonl"
    records = ({"filename": f"{number}.txt", "section_1": other_filing(number)} for number in range(40))
    many.write_text("".join(json.dumps(record) + "\n" for record in records))
    named: Command = [many, "--format", "parquet", "--jobs", "2"]
    command = [*BATCH, *named, "--out", tmp_path / "ray", "--on", f"ray:{head.address}", "--progress", "json"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as ran:
        assert ran.stderr is not None
        assert ran.stdout is not None
        first = json.loads(ran.stderr.readline())
        killed = ray_workers(head.pid)
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        *_, last = (json.loads(line) for line in ran.stderr)
        assert ran.stdout.read() == ""
    assert ran.returncode == 0
    assert first["done"] < 40
    assert killed
    assert last["done"] == 40
    batch(many, format=Format.parquet, out=tmp_path / "here")
    assert results_of(tmp_path / "ray") == results_of(tmp_path / "here")


def ray_workers(ancestor: int) -> list[int]:
    """The processes that Ray has working on tasks for a process."""
    parents, titles = {}, {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(place.name)] = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            titles[int(place.name)] = (place / "cmdline").read_bytes()
        except OSError:  # it has just ended
            continue

    def descends(pid: int) -> bool:
        return pid == ancestor or (pid in parents and descends(parents[pid]))

    return [pid for pid, title in titles.items() if title.startswith(b"ray::Map") and descends(pid)]


def test_who_kills_each_worker_is_listed_and_workers_that_differ_are_refused(head: Head, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-m", "tests.batch.deadly_on_ray", head.address]
    told = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert told.stderr == ""
    *outcomes, refused = told.stdout.splitlines()
    assert sorted(outcomes) == ["0 done", "1 worker_died", "2 done", "3 done"]
    assert refused.startswith("Ray's workers have itemone ")
    assert refused.endswith(", not 0: they would give other records")


def test_no_cluster_answers(filings: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    started = time.monotonic()
    ran = subprocess.run(
        [*BATCH, filings, "--out", tmp_path / "out", "--on", f"ray:127.0.0.1:{port}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (4, "")
    assert ran.stderr.startswith(f"itemone: no Ray answers at 127.0.0.1:{port} (Connection refused); check the address")
    assert ran.stderr.count("\n") == 1
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("on", ["spark", "ray:", "ray:here", "ray:host:port", "ray:ray://host:10001"])
def test_other_places(on: str, itemone: Itemone, filing: Path, tmp_path: Path) -> None:
    ran = itemone("batch", filing, "--out", tmp_path / "out", "--on", on)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"itemone: --on {on}: name it ray, ray:HOST:PORT (of a cluster's head) or ray:auto\n"


def test_without_ray(itemone: Itemone, filing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    ran = itemone("batch", filing, "--out", tmp_path / "out", "--on", "ray")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == 'itemone: itemone batch --on ray needs: pip install "itemone[ray]"\n'
    assert not (tmp_path / "out").exists()
