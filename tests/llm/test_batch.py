"""A batch with a model: nothing lost whatever the server does, nothing asked twice, limits that all filings share."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.batch.conftest import lines_of, other_filing, results_of
from tests.batch.test_command import heeding_ctrl_c
from tests.conftest import Itemone, Run
from tests.llm.conftest import FALSE, GOOD, KEY
from tests.llm.misbehaving import misbehaving
from tests.llm.server import Answer, Body, Reply, ScriptedServer, Step, error, facts

FINE = facts(*GOOD)
TAKEN = 1_100  # tokens of each answer, as the server says


def filings(folder: Path, count: int) -> Path:
    """So many filings as JSON lines."""
    path = folder / "filings.jsonl"
    records = ({"filename": f"{number}.txt", "section_1": other_filing(number)} for number in range(count))
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def asked_about(server: ScriptedServer) -> list[str]:
    """The number by which each request's filing is known, in the order in which they came."""
    return [re.findall(r"([\d,]+) customers", json.dumps(body["messages"]))[-1] for body in server.requests]


class Batch:
    """Runs `itemone batch` with the model of a server."""

    def __init__(self, itemone: Itemone, folder: Path) -> None:
        self._itemone = itemone
        self.out = folder / "out"

    def __call__(self, server: ScriptedServer, source: Path, *options: object) -> Run:
        model = ("--model", "m", "--base-url", server.url)
        return self._itemone("batch", source, "--out", self.out, *model, *map(str, options))

    @property
    def done(self) -> list[str]:
        records = lines_of(self.out / "briefs.jsonl")
        return [record["document"]["name"] for record in records]  # type: ignore[index]


@pytest.fixture
def batch(itemone: Itemone, tmp_path: Path) -> Batch:
    return Batch(itemone, tmp_path)


def test_many_at_a_time_in_the_order_of_the_inputs(batch: Batch, tmp_path: Path) -> None:
    with ScriptedServer(replace(FINE, delay=0.2)) as server:
        run = batch(server, filings(tmp_path, 20), "--concurrency", 5, "--progress", "json")
    assert run.code == 0
    assert server.most_at_once == 5
    assert len(server.requests) == 20
    assert batch.done == [f"{number}.txt" for number in range(20)]
    told = json.loads(run.err.splitlines()[-1])
    assert (told["done"], told["tokens"]) == (20, 20 * TAKEN)
    whole = json.loads((batch.out / "run.json").read_text())
    assert (whole["requests"], whole["prompt_tokens"], whole["completion_tokens"]) == (20, 20_000, 2_000)


def test_a_server_that_fails_in_every_way(batch: Batch, tmp_path: Path) -> None:
    with ScriptedServer(misbehaving(delay=0.05)) as server:
        run = batch(server, filings(tmp_path, 100), "--timeout", 2, "--retries", 3)
    listed = lines_of(batch.out / "failures.jsonl")
    assert run.code == (1 if listed else 0)
    assert len(batch.done) + len(listed) == 100
    assert {failure["code"] for failure in listed} <= {"model"}
    assert len(listed) <= 2  # four failures in a row
    assert not {*batch.done} & {str(failure["id"]) for failure in listed}


def test_what_failed_is_listed_and_tried_again(batch: Batch, tmp_path: Path) -> None:
    def step(body: Body) -> Answer | Reply:
        return error(500, "oops") if "1,003 customers" in json.dumps(body["messages"]) else FINE

    source = filings(tmp_path, 6)
    with ScriptedServer(step) as server:
        run = batch(server, source, "--retries", 1)
        assert (run.code, len(server.requests)) == (1, 7)
        (failure,) = lines_of(batch.out / "failures.jsonl")
        assert (failure["id"], failure["code"]) == ("3.txt", "model")
        assert "answered 500" in str(failure["line"])
        server.script = (FINE,)
        run = batch(server, source, "--retries", 1)
    assert (run.code, run.err) == (0, "")
    assert asked_about(server)[7:] == ["1,003"]


@pytest.mark.parametrize(
    ("step", "says"),
    [
        pytest.param(error(401, f"no such key: {KEY}"), "it does not take the key", id="key"),
        pytest.param(error(404, "no such model"), "there is no such model or no such address", id="model"),
        pytest.param(error(429, "You exceeded your quota"), "answered 429", id="quota"),
        pytest.param(
            Reply(body=b"<html>Welcome</html>", headers={"content-type": "text/html"}), "no usable", id="page"
        ),
    ],
)
def test_what_no_filing_would_fare_better_with_ends_the_run(
    step: Reply, says: str, batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    if step.status == 429:
        step = replace(step, body=step.body.replace(b'"code": null', b'"code": "insufficient_quota"'))
    source = filings(tmp_path, 40)
    with ScriptedServer(step) as server:
        run = batch(server, source, "--concurrency", 4, "--retries", 0)
        assert (run.code, run.out) == (4, "")
        assert run.err.count("\n") == 1
        assert says in run.err
        assert f"what is done is kept in {batch.out}" in run.err
        assert len(server.requests) <= 4
        assert results_of(batch.out) == {}
        server.script = (FINE,)
        assert batch(server, source).code == 0
    assert len(batch.done) == 40


def test_nobody_there_ends_the_run(batch: Batch, tmp_path: Path) -> None:
    with ScriptedServer(FINE) as server:
        pass
    run = batch(server, filings(tmp_path, 40), "--retries", 0)
    assert (run.code, run.err.count("\n")) == (4, 1)
    assert "is the address right?" in run.err


def test_a_key_refused_half_way_ends_the_run_and_what_was_done_stays(batch: Batch, tmp_path: Path) -> None:
    source = filings(tmp_path, 20)
    with ScriptedServer(*[FINE] * 10, error(401, "revoked")) as server:
        assert batch(server, source, "--concurrency", 2).code == 4
        before = len(server.requests)
        assert before <= 12
        server.script = (FINE,)
        assert batch(server, source).code == 0
    assert len(server.requests) - before in (10, 11)  # one answer may have been under way
    assert len(batch.done) == 20


def test_the_tokens_of_the_whole_run(batch: Batch, tmp_path: Path) -> None:
    """They count over runs that go on, too; what is begun is done, and what is done is not asked for again."""
    source = filings(tmp_path, 20)
    with ScriptedServer(replace(FINE, delay=0.05)) as server:
        for limit, least, most in ((14_000, 10, 12), (14_000, 10, 12), (21_000, 16, 18)):
            run = batch(server, source, "--concurrency", 2, "--max-cost-tokens", limit)
            assert (run.code, run.out, run.err.count("\n")) == (4, "", 1)
            assert f"--max-cost-tokens allows {limit} for the whole run" in run.err
            assert least <= len(server.requests) <= most
            assert len(server.requests) * TAKEN <= limit
            assert results_of(batch.out) == {}
        assert f"{len(server.requests) * TAKEN} are spent" in run.err
        assert batch(server, source, "--max-cost-tokens", 60_000).code == 0
    assert len(server.requests) == len({*asked_about(server)}) == 20
    assert len(batch.done) == 20


def test_what_failures_took_counts_too(batch: Batch, tmp_path: Path) -> None:
    source = filings(tmp_path, 4)
    with ScriptedServer(Answer("no")) as server:
        assert batch(server, source, "--retries", 1).code == 1
        assert len(server.requests) == 8
        run = batch(server, source, "--max-cost-tokens", 8 * TAKEN)
    assert run.code == 4
    assert f"{8 * TAKEN} are spent" in run.err


def test_a_limit_too_low_for_one_request(batch: Batch, tmp_path: Path) -> None:
    with ScriptedServer(FINE) as server:
        run = batch(server, filings(tmp_path, 4), "--max-cost-tokens", 500)
    assert (run.code, server.requests) == (4, [])


class Timed:
    """Good answers, and when each was asked for; the third request is told to come back later."""

    def __init__(self, later: Reply | None = None) -> None:
        self.times: list[float] = []
        self._later = later

    def __call__(self, body: Body) -> Answer | Reply:
        self.times.append(time.monotonic())
        return self._later if self._later and len(self.times) == 3 else FINE


def test_all_wait_where_one_is_told_to(batch: Batch, tmp_path: Path) -> None:
    server_s = Timed(error(429, "too fast", Retry_After="2"))
    with ScriptedServer(server_s) as server:
        assert batch(server, filings(tmp_path, 20), "--concurrency", 2).code == 0
    told = server_s.times[2]
    under_way = [at for at in server_s.times[3:] if at < told + 1.9]
    assert len(under_way) <= 1
    assert len(server_s.times) == 21


def test_a_server_that_is_too_busy_for_long_costs_no_filing(batch: Batch, tmp_path: Path) -> None:
    busy = [error(429, "too fast", Retry_After="0.05")] * 30
    with ScriptedServer(*busy, FINE) as server:
        assert batch(server, filings(tmp_path, 10), "--retries", 1).code == 0
    assert len(batch.done) == 10


def test_requests_in_a_minute(batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.engines.llm.gate.MINUTE", 1.0)
    for option, limit in (("--requests-per-minute", 4), ("--tokens-per-minute", 4 * TAKEN)):
        timed = Timed()
        with ScriptedServer(timed) as server:
            assert batch(server, filings(tmp_path, 8), option, limit).code == 0
        for start in timed.times:
            assert len([at for at in timed.times if start <= at < start + 0.6]) <= 4  # they arrive a little later
        shutil.rmtree(batch.out)


def test_killed_it_asks_nothing_again_for_what_is_done(tmp_path: Path) -> None:
    source, out, undisturbed = filings(tmp_path, 16), tmp_path / "out", tmp_path / "undisturbed"
    with ScriptedServer(replace(FINE, delay=0.3)) as server:

        def command(folder: Path) -> list[str]:
            model = ["--model", "m", "--base-url", server.url, "--concurrency", "3", "--progress", "json"]
            return [sys.executable, "-m", "extractor", "batch", str(source), "--out", str(folder), *model]

        with subprocess.Popen(command(out), stderr=subprocess.PIPE, text=True) as run:
            assert run.stderr is not None
            while (told := json.loads(run.stderr.readline()))["done"] < 4:
                pass
            run.kill()
        assert run.returncode == -signal.SIGKILL
        before = asked_about(server)
        assert len(before) < 16
        subprocess.run(command(out), check=True, stderr=subprocess.DEVNULL)
        after = asked_about(server)[len(before) :]
        server.script = (FINE,)
        subprocess.run(command(undisturbed), check=True, stderr=subprocess.DEVNULL)
    known = 16 - len(after)
    assert known >= told["done"]
    assert len(before) - known <= 3  # those under way
    assert len({*before, *after}) == 16
    assert results_of(out) == results_of(undisturbed)


def test_ctrl_c_does_not_wait_for_the_server(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with ScriptedServer(replace(FINE, delay=60)) as server:
        command = [sys.executable, "-m", "extractor", "batch", str(filings(tmp_path, 9)), "--out", str(out)]
        model = ["--model", "m", "--base-url", server.url]
        with subprocess.Popen([*command, *model], stderr=subprocess.PIPE, text=True, preexec_fn=heeding_ctrl_c) as run:
            while len(server.requests) < 8:
                time.sleep(0.05)
            started = time.monotonic()
            run.send_signal(signal.SIGINT)
            _, told = run.communicate()
    assert time.monotonic() - started < 10
    assert run.returncode == 130
    assert told == f"itemone: stopped; what is done is kept in {out}: give the same command again to go on\n"


@pytest.mark.parametrize(
    "script",
    [
        pytest.param((facts(*GOOD, FALSE),), id="good"),
        pytest.param((FINE, error(500, f"key {KEY} is tired")), id="500"),
        pytest.param((FINE, error(401, f"no such key: {KEY}")), id="echo"),
        pytest.param((FINE, Answer(None, refusal=f"Not for {KEY}.")), id="refusal"),
        pytest.param((FINE, Answer(FINE.content, tool=KEY)), id="tool"),
        pytest.param((FINE, Reply(body=b"<html>" + KEY.encode())), id="html"),
    ],
)
def test_the_key_is_nowhere_to_be_found(
    script: tuple[Step, ...], batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with ScriptedServer(*script) as server:
        run = batch(server, filings(tmp_path, 4), "--cache", batch.out / "cache", "--retries", 0, "-v")
    assert server.requests
    assert "asking m at" in run.err
    assert KEY not in run.out + run.err
    written = [path for path in batch.out.rglob("*") if path.is_file()]
    assert {"state.sqlite", "cache.db"} <= {path.name for path in written}
    for path in written:
        assert KEY.encode() not in path.read_bytes()
