"""Batches in this process, without others to start: the same run, its filings worked on one after another."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable
from pathlib import Path

import pytest

from extractor.batch.inputs import Inputs
from extractor.batch.run import run
from extractor.batch.store import Task, Totals
from extractor.batch.wishes import Resume, Wishes
from extractor.batch.work import Outcome, Recipe, brief_one
from tests.conftest import FILING

Batch = Callable[..., Totals]


def other_filing(number: int) -> str:
    """The invented filing with another number of customers."""
    return FILING.replace("1,140 customers", f"{1000 + number:,} customers")


_RECIPE = Recipe()


class Interrupted(BaseException):
    """What ends a run in the middle, as Ctrl-C does."""


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    """Runs a batch: batch(*names, out=..., stop=3) is broken off before its third filing."""

    def do(
        *names: str | Path,
        out: Path = tmp_path / "out",
        recipe: Recipe = _RECIPE,
        stop: int | None = None,
        resume: Resume = Resume.refuse,
        **wishes: object,
    ) -> Totals:
        def here(tasks: Iterable[Task]) -> Generator[tuple[Task, Outcome], None, None]:
            for number, task in enumerate(tasks, start=1):
                if number == stop:
                    raise Interrupted
                yield task, brief_one(recipe, task.source, task.done)

        return run(Inputs([str(name) for name in names], out), recipe, here, Wishes(resume=resume, **wishes))  # type: ignore[arg-type]

    return do


@pytest.fixture
def filings(tmp_path: Path) -> Path:
    """A folder of four filings and of one that is none."""
    folder = tmp_path / "filings"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(other_filing(number))
    (folder / "2b.htm").write_bytes(b"%PDF-1.7\n")
    return folder


def lines_of(path: Path) -> list[dict[str, object]]:
    """The objects of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def results_of(out: Path) -> dict[str, bytes]:
    """What a run wrote, without its state."""
    return {path.name: path.read_bytes() for path in out.iterdir() if not path.name.startswith("state")}
