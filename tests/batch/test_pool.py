"""Processes that work, die and are replaced."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.batch.pool import cores, spread
from extractor.errors import UsageError
from tests.batch import working


def died(_: object) -> int:
    return -1


@pytest.fixture(autouse=True)
def _none_left() -> Iterator[None]:
    """No process outlives the work."""
    yield
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("jobs", [1, 3])
def test_every_task_is_answered_once(jobs: int) -> None:
    assert sorted(spread(working.doubled, range(20), jobs, died)) == [(number, number * 2) for number in range(20)]


def test_no_tasks() -> None:
    assert list(spread(working.doubled, [], 2, died)) == []


def test_so_many_processes_and_no_more() -> None:
    assert len({pid for _, pid in spread(working.process_of, range(20), 2, died)}) == 2


def test_tasks_are_taken_when_they_are_needed() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(1_000):
            taken.append(number)
            yield number

    work = spread(working.doubled, tasks(), 2, died)
    next(work)
    assert len(taken) <= 4
    work.close()


def test_who_dies_of_every_attempt_is_answered_for() -> None:
    results = dict(spread(working.deadly, range(1, 12), 2, died))
    assert results == {number: -1 if number % 5 == 0 else number for number in range(1, 12)}


def test_who_dies_once_is_tried_again(tmp_path: Path) -> None:
    marks = [tmp_path / str(number) for number in range(4)]
    assert dict(spread(working.deadly_once, marks, 2, lambda _: "died")) == {mark: mark.name for mark in marks}


def test_it_is_tried_again_with_no_other_at_work(tmp_path: Path) -> None:
    folders = [tmp_path] * 2
    assert [result for _, result in spread(working.deadly_in_company, folders, 2, died)] == [1, 1]


def test_a_death_while_an_answer_is_sent() -> None:
    answers = dict(spread(working.deadly_answer, range(6), 2, lambda _: working.Deadly(-1)))
    assert {task: answer.number for task, answer in answers.items()} == {0: 0, 1: 1, 2: 2, 3: -1, 4: 4, 5: 5}


def test_who_has_no_memory_is_as_good_as_dead() -> None:
    assert dict(spread(working.without_memory, range(4), 2, died)) == {0: 0, 1: 1, 2: -1, 3: 3}


def test_errors_of_the_whole_work_end_it() -> None:
    with pytest.raises(UsageError, match="cannot be used"):
        list(spread(working.unusable, range(4), 2, died))


def test_processes_that_cannot_start() -> None:
    script = "from extractor.batch.pool import spread; list(spread(abs, range(9), 1, abs))"
    run = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True, check=False)
    assert run.stderr.endswith('under if __name__ == "__main__"\n')
    assert run.stderr.count("No such file or directory: ") == 3


def test_processes_killed_from_outside() -> None:
    """Whatever is at work is killed again and again, and every task is answered once."""
    end = threading.Event()

    def kill() -> None:
        while not end.wait(0.7):
            for process in multiprocessing.active_children():
                if process.pid:
                    os.kill(process.pid, signal.SIGKILL)
                break

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        answers = list(spread(working.slow, range(20), 2, died))
    finally:
        end.set()
        killer.join()
    assert sorted(task for task, _ in answers) == list(range(20))
    assert {answer for task, answer in answers if answer != task} <= {-1}


def test_closing_it_ends_the_processes_at_once() -> None:
    work = spread(working.slow, range(100), 2, died)
    next(work)
    start = time.monotonic()
    work.close()
    assert time.monotonic() - start < 1


def test_cores_are_counted() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)
