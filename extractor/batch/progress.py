"""How far a run is: a bar on a terminal, lines of JSON for machines, nothing in a pipe."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from extractor.batch.wishes import Show

_PAUSE = 1.0  # seconds between two lines of JSON


@dataclass
class Progress:
    """Counts of a run as it goes: `kept` of the done are outcomes of an earlier run, `tokens` those a model took."""

    total: int | None = None
    done: int = 0
    failed: int = 0
    kept: int = 0
    tokens: int = 0
    show: Callable[[Progress], None] = lambda _: None
    _started: float = field(default_factory=time.monotonic)

    def step(self, *, failed: bool, kept: bool, tokens: int) -> None:
        """One more filing is done with."""
        self.done += not failed
        self.failed += failed
        self.kept += kept
        self.tokens += tokens
        self.show(self)

    @property
    def rate(self) -> float:
        """Filings worked on a second; those of an earlier run took none of this time."""
        return (self.done + self.failed - self.kept) / max(time.monotonic() - self._started, 0.001)

    @property
    def seconds_left(self) -> float | None:
        """None where it cannot be told."""
        left = None if self.total is None else max(self.total - self.done - self.failed, 0)
        if left is None or (left and not self.rate):
            return None
        return left / self.rate if left else 0.0


@contextmanager
def shown(show: Show, count: Callable[[], int | None]) -> Iterator[Progress]:
    """The progress of a run, shown as wished; filings are counted only where the count is shown."""
    if show is Show.json:
        progress = Progress(count(), show=_Lines())
        yield progress
        _print(progress)
    elif sys.stderr is not None and sys.stderr.isatty():
        with _bar(Progress(count())) as progress:
            yield progress
    else:
        yield Progress()


class _Lines:
    """A line of JSON now and then."""

    def __init__(self) -> None:
        self._next = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        if (now := time.monotonic()) >= self._next:
            self._next = now + _PAUSE
            _print(progress)


def _print(progress: Progress) -> None:
    left = progress.seconds_left
    line = {
        "done": progress.done,
        "failed": progress.failed,
        "total": progress.total,
        "rate": round(progress.rate, 3),
        "seconds_left": None if left is None else round(left, 1),
        "tokens": progress.tokens,
    }
    print(json.dumps(line), file=sys.stderr, flush=True)


@contextmanager
def _bar(progress: Progress) -> Iterator[Progress]:
    from datetime import timedelta

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = TextColumn("{task.fields[told]}")
    with Bar(BarColumn(), MofNCompleteColumn(), columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=progress.total, told="")

        def show(progress: Progress) -> None:
            left = progress.seconds_left
            told = [
                f"{progress.failed} failed" if progress.failed else "",
                f"{progress.rate:.1f}/s",
                f"{timedelta(seconds=round(left))} left" if left is not None else "",
                f"{progress.tokens:,} tokens" if progress.tokens else "",
            ]
            bar.update(task, completed=progress.done + progress.failed, told=", ".join(filter(None, told)))

        progress.show = show
        yield progress
