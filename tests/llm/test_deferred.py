"""Filings by the Batch API: the same results as of a live run, each request sent once, whatever comes between."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import pytest

from extractor import Settings
from extractor.batch.asking import Asked, Work, Worked
from extractor.batch.batches import Limits
from extractor.batch.deferred import Collected, Sent, collect, submit
from extractor.batch.inputs import Inputs
from extractor.batch.run import run
from extractor.batch.store import Store, Task, Totals
from extractor.batch.wishes import Resume, Wishes
from extractor.batch.work import Outcome, Recipe, brief_one
from extractor.errors import InputError, ModelError
from tests.batch.conftest import Interrupted, lines_of, other_filing, results_of
from tests.conftest import Itemone
from tests.llm.batches import STATES, BatchingServer
from tests.llm.conftest import ASIDE, FACILITY, FALSE, GOOD, KEY
from tests.llm.server import Answer, Body, Reply, error, facts

R = TypeVar("R")


def answered(body: Body) -> Answer | Reply:
    """A fact that is false in each first answer, mended when it is asked for anew."""
    if body["response_format"]["json_schema"]["name"] == "Mended":
        worded = {name: FACILITY[name] for name in ("subject", "predicate", "items", "details", "passages")}
        return Answer(json.dumps({"facts": [{"fact": 1, **worded}]}))
    return facts(*GOOD[:-1], FALSE)


def about(number: int, body: Body) -> bool:
    """Whether a request is about the filing of this number."""
    return f"{1000 + number:,} customers" in body["messages"][1]["content"]


@pytest.fixture
def server() -> Iterator[BatchingServer]:
    with BatchingServer(answered) as server:
        yield server


@pytest.fixture
def filings(tmp_path: Path) -> Path:
    """A folder of three filings and of one that is none."""
    folder = tmp_path / "filings"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(other_filing(number) + 4 * ASIDE)
    (folder / "1b.htm").write_bytes(b"%PDF-1.7\n")
    return folder


class Deferred:
    """A run in a folder, in this process: `submit`, `collect`, and for comparison `live`."""

    def __init__(self, filings: Path, out: Path, server: BatchingServer, **settings: Any) -> None:
        self.out = out
        self.inputs = Inputs([str(filings)], out)
        given = {"model": "m", "base_url": server.url, "api_key": KEY, "timeout": 5.0, **settings}
        self.recipe = Recipe(model=Settings(**given))
        self.told: list[str] = []
        self.wishes = Wishes()

    def submit(self, **limits: int) -> Sent:
        return submit(self.inputs, self.recipe, _here, self.wishes, Limits(**limits))

    def collect(self, *, live: bool = True) -> Collected:
        return collect(self.inputs, self.recipe, _here, self.wishes, self.told.append, live=live)

    def live(self) -> Totals:
        def here(tasks: Iterable[Task]) -> Generator[tuple[Task, Outcome], None, None]:
            for task in tasks:
                yield task, brief_one(self.recipe, task.source, task.done)

        return run(self.inputs, self.recipe, here, self.wishes)

    def rounds(self, *, live: bool) -> int:
        """Submits and collects until all is done; how often."""
        for number in range(1, 8):
            self.submit()
            for _ in STATES:
                if self.collect(live=live).totals is not None:
                    return number
        raise AssertionError("it comes to no end")


def _here(work: Work, filings: Iterable[Asked]) -> Generator[tuple[Asked, Worked], None, None]:
    for asked in filings:
        yield asked, work(asked)


@pytest.fixture
def deferred(filings: Path, tmp_path: Path, server: BatchingServer) -> Deferred:
    return Deferred(filings, tmp_path / "out", server)


def live_results(filings: Path, tmp_path: Path, server: BatchingServer, **settings: Any) -> dict[str, bytes]:
    """What a live run gives on the same filings."""
    live = Deferred(filings, tmp_path / "live", server, **settings)
    live.live()
    return results_of(live.out)


def test_the_requests_are_those_of_a_live_run(deferred: Deferred, server: BatchingServer) -> None:
    sent = deferred.submit()
    assert (sent.batches, sent.requests, sent.out) == (["batch_1"], 3, 3)
    assert server.requests == []
    asked = [line["body"] for line in server.lines(server.batches["batch_1"])]
    Deferred(Path(deferred.inputs.names[0]), deferred.out.with_name("live"), server, repairs=0).live()
    assert asked == server.requests


@pytest.mark.parametrize(("live", "rounds"), [(True, 1), (False, 2)])
@pytest.mark.parametrize("settings", [{}, {"passes": 2}, {"shape": "text"}, {"context_tokens": 4000}], ids=str)
def test_the_results_are_those_of_a_live_run(
    live: bool,
    rounds: int,
    settings: dict[str, Any],
    filings: Path,
    tmp_path: Path,
    server: BatchingServer,
) -> None:
    if settings == {"shape": "text"}:
        server.script = (facts(*GOOD),)
        rounds = 1
    deferred = Deferred(filings, tmp_path / "out", server, **settings)
    assert deferred.rounds(live=live) == rounds + (not live and "passes" in settings)
    assert bool(server.requests) == (live and "shape" not in settings)
    assert results_of(deferred.out) == live_results(filings, tmp_path, server, **settings)
    assert [failure["code"] for failure in lines_of(deferred.out / "failures.jsonl")] == ["unusable"]


def test_what_was_sent_is_not_sent_again(deferred: Deferred, server: BatchingServer) -> None:
    deferred.submit()
    assert deferred.submit() == Sent([], 0, 3)
    assert deferred.collect() == Collected(None, waiting=3)
    assert deferred.submit() == Sent([], 0, 3)
    assert (len(server.files), len(server.batches)) == (1, 1)
    assert results_of(deferred.out) == {}
    for _ in STATES:
        deferred.collect()
    assert deferred.told == [
        "batch_1: validating, 0 of 3 answered, 0 failed",
        "batch_1: in_progress, 0 of 3 answered, 0 failed",
        "batch_1: finalizing, 0 of 3 answered, 0 failed",
        "batch_1: completed, 3 of 3 answered, 0 failed",
    ]
    done = results_of(deferred.out)
    asked = len(server.requests)
    assert deferred.submit() == Sent([], 0, 0)
    assert deferred.collect().totals is not None
    assert (results_of(deferred.out), len(server.requests), len(server.batches)) == (done, asked, 1)


@pytest.mark.parametrize(("limits", "sizes"), [({"requests": 2}, [2, 1]), ({"bytes": 25_000}, [1, 1, 1])])
def test_files_within_the_limits(
    limits: dict[str, int], sizes: list[int], deferred: Deferred, server: BatchingServer
) -> None:
    assert len(deferred.submit(**limits).batches) == len(sizes)
    assert [len(server.lines(batch)) for batch in server.batches.values()] == sizes
    if most := limits.get("bytes"):
        assert all(len(data) <= most for _, data in server.files.values())
    assert deferred.rounds(live=True) == 1


def troubled(trouble: Answer | Reply, times: int) -> Any:
    """As `answered`, but the second filing is given trouble so many times first."""
    met = 0

    def step(body: Body) -> Answer | Reply:
        nonlocal met
        if about(1, body) and met < times:
            met += 1
            return trouble
        return answered(body)

    return step


@pytest.mark.parametrize("live", [True, False], ids=["live", "batch"])
@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(error(500, "oops"), id="error"),
        pytest.param(error(429, "too fast"), id="429"),
        pytest.param(Answer("Certainly! Here are the facts."), id="not-json"),
        pytest.param(Answer(facts(*GOOD).content, finish="length"), id="cut"),
        pytest.param(Answer(None, refusal="I cannot."), id="refusal"),
    ],
)
def test_trouble_that_passes_is_got_over(
    trouble: Answer | Reply, live: bool, filings: Path, tmp_path: Path, deferred: Deferred, server: BatchingServer
) -> None:
    server.script = (troubled(trouble, 1),)
    deferred.rounds(live=live)
    server.script = (troubled(trouble, 1),)
    expected = live_results(filings, tmp_path, server)
    ours, theirs = (lines_of(out / "briefs.jsonl") for out in (deferred.out, tmp_path / "live"))
    assert len(ours) == 3
    if isinstance(trouble, Answer):  # an answer, if of no use: asked for again as a live run does
        assert results_of(deferred.out) == expected
    for record in (*ours, *theirs):
        record.pop("engine")
    assert ours == theirs


@pytest.mark.parametrize("live", [True, False], ids=["live", "batch"])
def test_a_shape_that_is_not_taken_is_asked_for_otherwise(
    live: bool, filings: Path, tmp_path: Path, deferred: Deferred, server: BatchingServer
) -> None:
    def without_schemas(body: Body) -> Answer | Reply:
        return error(400, "response_format is not supported") if "response_format" in body else facts(*GOOD)

    server.script = (without_schemas,)
    assert deferred.rounds(live=live) == (1 if live else 2)
    assert results_of(deferred.out) == live_results(filings, tmp_path, server)


@pytest.mark.parametrize("live", [True, False], ids=["live", "batch"])
def test_an_expired_batch_gives_what_it_has(
    live: bool, filings: Path, tmp_path: Path, deferred: Deferred, server: BatchingServer
) -> None:
    server.states = ["in_progress", "expired"]
    server.skips = lambda body: about(2, body)
    deferred.submit()
    server.skips = lambda body: False
    deferred.collect()
    server.skips = lambda body: about(2, body)
    collected = deferred.collect(live=live)
    assert deferred.told[-1] == "batch_1: expired, 2 of 3 answered, 1 failed"
    server.skips = lambda body: False
    if not live:
        assert collected == Collected(None, waiting=0, unsent=3)
        server.states = ["completed"]
        assert deferred.rounds(live=False) == 2
        assert [len(server.lines(batch)) for batch in server.batches.values()] == [3, 3, 1]
    assert results_of(deferred.out) == live_results(filings, tmp_path, server)


def test_a_filing_in_parts_is_asked_again_for_the_part_that_is_missing(
    filings: Path, tmp_path: Path, server: BatchingServer
) -> None:
    deferred = Deferred(filings, tmp_path / "out", server, context_tokens=4000)
    server.states = ["expired"]
    server.skips = lambda body: about(1, body)
    sent = deferred.submit()
    parts = sent.requests // 3
    assert (parts > 1, sent.requests) == (True, 3 * parts)
    deferred.collect(live=False)
    server.skips = lambda body: False
    again = deferred.submit()
    assert len([line for line in server.lines(server.batches["batch_2"]) if about(1, line["body"])]) == 1
    assert again.requests == 3  # that part, and the repairs of the others
    deferred.rounds(live=False)
    assert results_of(deferred.out) == live_results(filings, tmp_path, server, context_tokens=4000)


@pytest.mark.parametrize("status", ["failed", "cancelled"])
def test_a_batch_that_came_to_nothing_is_sent_again_and_not_asked_live(
    status: str, filings: Path, tmp_path: Path, deferred: Deferred, server: BatchingServer
) -> None:
    server.states, server.skips = [status], lambda body: True
    deferred.submit()
    assert deferred.collect() == Collected(None, waiting=0, unsent=3, failed=status == "failed")
    assert server.requests == []
    if status == "failed":
        assert deferred.told == ["batch_1: failed, 0 of 3 answered, 0 failed (Enqueued token limit reached)"]
    server.states, server.skips = ["completed"], lambda body: False
    assert deferred.rounds(live=True) == 1
    assert len(server.batches) == 2
    assert results_of(deferred.out) == live_results(filings, tmp_path, server)


@pytest.mark.parametrize("trouble", [error(500, "oops"), error(403, "not yours"), Answer("no")], ids=str)
def test_trouble_that_stays_is_listed_and_asked_anew(
    trouble: Answer | Reply, deferred: Deferred, server: BatchingServer
) -> None:
    server.script = (troubled(trouble, 99),)
    deferred.rounds(live=False)
    assert [failure["code"] for failure in lines_of(deferred.out / "failures.jsonl")] == ["model", "unusable"]
    done = results_of(deferred.out)
    assert deferred.collect().totals is not None
    assert results_of(deferred.out) == done
    server.script = (answered,)
    deferred.rounds(live=False)
    assert [failure["code"] for failure in lines_of(deferred.out / "failures.jsonl")] == ["unusable"]
    assert len(lines_of(deferred.out / "briefs.jsonl")) == 3


def test_answers_outlast_a_server_that_cannot_repair(
    filings: Path, tmp_path: Path, deferred: Deferred, server: BatchingServer
) -> None:
    server.states = ["completed"]
    deferred.submit()
    server.script = (lambda body: error(503, "busy") if "Mended" in json.dumps(body) else answered(body),)
    deferred.recipe.model.retries = 0  # type: ignore[union-attr]
    totals = deferred.collect().totals
    assert totals is not None
    assert totals.failures == {"model": 3, "unusable": 1}
    server.script = (answered,)
    deferred.collect()
    assert (len(server.batched), len(server.requests)) == (3, 6)
    assert results_of(deferred.out) == live_results(filings, tmp_path, server)


def test_a_filing_that_changed_while_its_requests_were_out(
    filings: Path, tmp_path: Path, deferred: Deferred, server: BatchingServer
) -> None:
    server.states = ["completed"]
    deferred.submit()
    (filings / "1.txt").write_text(other_filing(7) + 4 * ASIDE)
    with pytest.raises(InputError, match=r"1\.txt: this filing has changed"):
        deferred.collect()
    assert not [body for body in server.requests if about(7, body)]
    deferred.wishes = Wishes(resume=Resume.redo)
    assert deferred.collect() == Collected(None, waiting=0, unsent=1)
    assert deferred.rounds(live=True) == 1
    assert results_of(deferred.out) == live_results(filings, tmp_path, server)
    (filings / "2.txt").write_text(other_filing(8) + 4 * ASIDE)
    deferred.wishes = Wishes()
    for again in (deferred.submit, deferred.collect):
        with pytest.raises(InputError, match=r"2\.txt: this filing has changed"):
            again()
    assert len(server.batches) == 2
    deferred.wishes = Wishes(resume=Resume.redo)
    assert deferred.rounds(live=True) == 1
    assert results_of(deferred.out)["briefs.jsonl"].count(b"1,008 customers") > 0


def test_other_settings_are_refused_or_begun_anew(deferred: Deferred, filings: Path, server: BatchingServer) -> None:
    deferred.submit()
    other = Deferred(filings, deferred.out, server, repairs=0)
    for again in (other.submit, other.collect):
        with pytest.raises(InputError, match="begun with repairs 1, not 0"):
            again()
    other.wishes = Wishes(resume=Resume.redo)
    other.submit()
    assert len(server.batches) == 2
    assert other.rounds(live=True) == 1


def test_a_live_run_does_not_ask_for_what_was_sent(deferred: Deferred, server: BatchingServer) -> None:
    server.states = ["completed"]
    deferred.submit()
    for _ in range(2):  # while requests are out, and while their answers wait for repairs
        with pytest.raises(InputError, match="3 requests of this run were sent in batches: go on with --collect"):
            deferred.live()
        deferred.collect(live=False)
    assert server.requests == []
    deferred.collect()
    assert deferred.live().briefs == 3


def test_nothing_secret_is_kept(deferred: Deferred) -> None:
    deferred.submit()
    deferred.collect()
    held = b"".join(path.read_bytes() for path in deferred.out.rglob("*") if path.is_file())
    assert KEY.encode() not in held
    assert deferred.rounds(live=True) == 1
    held = b"".join(path.read_bytes() for path in deferred.out.rglob("*") if path.is_file())
    assert KEY.encode() not in held
    assert sorted(path.name for path in deferred.out.iterdir()) == [
        "briefs.jsonl", "failures.jsonl", "run.json", "state.sqlite",
    ]  # fmt: skip


@pytest.mark.parametrize("step", ["POST /files", "POST /batches"])
@pytest.mark.parametrize("lost", [error(503, "busy"), Reply(body=b"{}", cut=1)], ids=["503", "broken"])
def test_a_batch_whose_making_was_not_confirmed_is_found(
    step: str, lost: Reply, deferred: Deferred, server: BatchingServer
) -> None:
    """The server does what it is asked, and its answer does not arrive."""
    left = [lost]
    server.interrupt = lambda seen, after: left.pop() if left and after and seen == step else None
    assert len(deferred.submit().batches) == 1
    assert len(server.batches) == 1
    assert deferred.rounds(live=True) == 1


def test_a_batch_that_is_refused(deferred: Deferred, server: BatchingServer) -> None:
    server.interrupt = lambda seen, after: error(400, "no room") if seen == "POST /batches" else None
    for _ in range(2):
        with pytest.raises(ModelError, match=r"m at http://127.*/v1: the server answered 400 \(no room\)"):
            deferred.submit()
    assert deferred.collect() == Collected(None, waiting=0, unsent=3)
    server.interrupt = lambda seen, after: None
    assert deferred.rounds(live=True) == 1
    assert len(server.batches) == 1


@pytest.mark.parametrize("file", ["output", "error"])
def test_results_that_the_server_no_longer_has(file: str, deferred: Deferred, server: BatchingServer) -> None:
    server.states = ["completed"]
    server.script = (troubled(error(404, "no such model"), 1),)
    deferred.submit()
    server.interrupt = lambda seen, after: (
        error(404, "gone") if seen.endswith("content") and server.seen.count(seen) == (1 if file == "output" else 2)
        else None
    )  # fmt: skip
    assert deferred.collect().unsent == (3 if file == "output" else 1)
    assert deferred.told[-1] == "batch_1: the server no longer has its results; --submit sends its requests again"
    server.interrupt = lambda seen, after: None
    assert deferred.rounds(live=True) == 1
    assert len(lines_of(deferred.out / "briefs.jsonl")) == 3


def test_a_batch_of_another_key(deferred: Deferred, server: BatchingServer) -> None:
    deferred.submit()
    kept = server.batches.copy()
    server.batches.clear()
    with pytest.raises(ModelError, match="no batch batch_1 for this key; use the key of the project"):
        deferred.collect()
    server.batches.update(kept)
    assert deferred.rounds(live=True) == 1


def again(step: Callable[[], R]) -> R:
    """The result of what may be interrupted, once."""
    try:
        return step()
    except Interrupted:
        return step()


@pytest.mark.parametrize(("live", "filings", "batches"), [(True, 2, 2), (False, 1, 2)], ids=["live", "batch"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_ended_between_any_two_steps(
    after: bool, live: bool, filings: int, batches: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is written down of what was just done, or after it and before the next thing is done."""
    folder = tmp_path / "filings"
    folder.mkdir()
    for number in range(filings):
        (folder / f"{number}.txt").write_text(other_filing(number) + 4 * ASIDE)
    commit = Store.commit
    committed, ending = 0, 0

    def interrupted(store: Store) -> None:
        nonlocal committed
        committed += 1
        if committed == ending and not after:
            raise Interrupted
        commit(store)
        if committed == ending and after:
            raise Interrupted

    monkeypatch.setattr(Store, "commit", interrupted)
    undisturbed: dict[str, bytes] = {}
    for ending in count():
        committed = 0
        with BatchingServer(answered) as server:
            server.states = ["completed"]
            deferred = Deferred(folder, tmp_path / f"out-{ending}", server)
            done = False
            while not done:
                again(partial(deferred.submit, requests=1))
                done = again(partial(deferred.collect, live=live)).totals is not None
        results = results_of(deferred.out)
        del results["run.json"]  # it names the server
        undisturbed = undisturbed or results
        assert results == undisturbed
        assert len(server.batches) == len(server.files) - len(server.batches) == batches
        lines = [line for batch in server.batches.values() for line in server.lines(batch)]
        assert len({line["custom_id"] for line in lines}) == len(lines) == len(server.batches)
        if ending > committed:
            break
    assert ending > 10


def test_killed_at_any_step(filings: Path, tmp_path: Path, server: BatchingServer) -> None:
    """`kill -9` while the server has done what it was asked and has not said so."""
    out = tmp_path / "out"
    server.states = ["completed"]
    command: list[str | Path] = [sys.executable, "-m", "extractor", "batch", filings, "--out", out, "--jobs", "1"]
    command += ["--model", "m", "--base-url", server.url]
    with_key = {**os.environ, "OPENAI_API_KEY": KEY}
    running: list[subprocess.Popen[bytes]] = []

    def kill(step: str, seen: str, after: bool) -> None:
        if after and seen.startswith(step):
            running[-1].kill()
            running[-1].wait()

    def go(flag: str, step: str = "nothing") -> int:
        server.interrupt = lambda seen, after: kill(step, seen, after)
        running.append(subprocess.Popen([*command, flag], stderr=subprocess.PIPE, env=with_key))
        running[-1].communicate()
        return running[-1].returncode

    assert go("--submit", "POST /files") == -signal.SIGKILL
    assert go("--submit", "POST /batches") == -signal.SIGKILL
    assert (len(server.files), len(server.batches)) == (1, 1)
    assert go("--collect", "GET /files/file-/content") == -signal.SIGKILL
    assert go("--collect") == 1
    assert [batch.file for batch in server.batches.values()] == ["file-1"]
    assert (len(server.batched), len(server.requests)) == (3, 3)
    assert results_of(out) == live_results(filings, tmp_path, server)


def test_the_command(itemone: Itemone, filings: Path, tmp_path: Path, server: BatchingServer) -> None:
    (filings / "1b.htm").unlink()
    server.states = ["in_progress", "completed"]
    out = tmp_path / "out"
    batch = partial(itemone, "batch", filings, "--out", out, "--base-url", server.url, "--jobs", "1")
    asked = partial(batch, "--model", "m")
    sent = asked("--submit")
    assert (sent.code, sent.out) == (0, "")
    assert sent.err == (
        "itemone: sent 3 requests (batch_1); 3 requests are out: the same command with --collect, not --submit, takes "
        "the answers\n"
    )
    early = asked("--collect", "--repair-in", "batch")
    assert (early.code, early.out) == (75, "")
    assert early.err == (
        "itemone: batch_1: in_progress, 0 of 3 answered, 0 failed\n"
        "itemone: not yet: 3 filings wait for their batch, and 0 for --submit; no results are written\n"
    )
    assert asked("--collect", "--repair-in", "batch").err == (
        "itemone: batch_1: completed, 3 of 3 answered, 0 failed\n"
        "itemone: not yet: 0 filings wait for their batch, and 3 for --submit; no results are written\n"
    )
    done = asked("--collect")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert len(lines_of(out / "briefs.jsonl")) == 3
    assert asked("--submit").err.startswith("itemone: nothing to send; 0 requests are out")
    both = asked("--submit", "--collect")
    assert (both.code, both.err) == (2, "itemone: --submit and --collect: first the one, then the other\n")
    unnamed = batch("--collect")
    assert (unnamed.code, "name it by --model NAME" in unnamed.err) == (2, True)


def test_a_batch_that_failed_ends_the_command_with_what_it_says(
    itemone: Itemone, filings: Path, tmp_path: Path, server: BatchingServer
) -> None:
    server.states = ["failed"]
    batch = partial(itemone, "batch", filings, "--out", tmp_path / "out", "--base-url", server.url, "--jobs", "1")
    batch("--model", "m", "--submit")
    failed = batch("--model", "m", "--collect")
    assert (failed.code, failed.out) == (4, "")
    assert failed.err == (
        "itemone: batch_1: failed, 0 of 3 answered, 0 failed (Enqueued token limit reached)\n"
        "itemone: of the batches 1 failed, as told above; 0 filings wait for their batch, and 3 for --submit, which "
        "sends again\n"
    )


def test_filings_that_are_no_longer_named(
    filings: Path, tmp_path: Path, deferred: Deferred, server: BatchingServer
) -> None:
    server.states = ["completed"]
    deferred.submit()
    (filings / "1.txt").unlink()
    with pytest.raises(InputError, match=r"1 filing\(s\) done here before are not among those named now"):
        deferred.collect()
    deferred.wishes = Wishes(resume=Resume.redo)
    deferred.collect()
    assert results_of(deferred.out) == live_results(filings, tmp_path, server)


def test_a_filing_that_is_not_there(filings: Path, deferred: Deferred, server: BatchingServer) -> None:
    server.states = ["completed"]
    listed = f"{filings}/0.txt\n{filings}/none.txt\n".encode()

    def do(step: Callable[[], R]) -> R:
        deferred.inputs = Inputs(["-"], deferred.out, listed=io.BytesIO(listed))
        return step()

    assert do(deferred.submit).requests == 1
    for _ in range(2):
        totals = do(deferred.collect).totals
        assert totals is not None
        assert (totals.briefs, totals.failures) == (1, {"unusable": 1})


@pytest.mark.parametrize("step", ["submit", "collect"])
def test_no_room(step: str, deferred: Deferred, server: BatchingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    server.states = ["completed"]
    if step == "collect":
        deferred.submit()
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "TemporaryFile", full)
        with pytest.raises(InputError, match=r"cannot be written \(No space left on device\); nothing is lost"):
            getattr(deferred, step)()
    assert deferred.rounds(live=True) == 1
    assert len(server.batches) == 1


def test_a_key_that_is_refused(deferred: Deferred, server: BatchingServer) -> None:
    server.interrupt = lambda seen, after: error(401, f"Incorrect API key provided: {KEY}")
    with pytest.raises(ModelError, match=r"answered 401: it does not take the key") as raised:
        deferred.submit()
    assert KEY not in str(raised.value)
    server.interrupt = lambda seen, after: None
    assert deferred.rounds(live=True) == 1
    assert len(server.batches) == 1
