"""How long this program's own work takes, so measured that nothing else on the machine or in the process counts.

It is processor time, the best of several: what else runs only ever adds to it.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_ROUNDS = 3
_NUMBERS = count()


def fresh(text: str) -> Iterator[str]:
    """The text some times over, each with another end: none is one that a cache has met."""
    return (f"{text} {number}" for number in islice(_NUMBERS, _ROUNDS))


def seconds(work: Callable[[T], object], inputs: Iterable[T]) -> float:
    """Processor seconds of `work` on the quickest of the inputs."""
    return min(_each(work, inputs))


def within(bound: float, work: Callable[[T], object], inputs: Iterable[T]) -> bool:
    """Whether `work` takes no more processor seconds than the bound; further inputs are tried only where it does."""
    return any(took <= bound for took in _each(work, inputs))


def _each(work: Callable[[T], object], inputs: Iterable[T]) -> Iterator[float]:
    for each in inputs:
        with _only_own_garbage():
            started = time.process_time()
            work(each)
            took = time.process_time() - started
        yield took


@contextmanager
def _only_own_garbage() -> Iterator[None]:
    """The garbage collector passes over what was there before: after many tests a round over it takes half a second."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def command_seconds(*arguments: str | Path) -> float:
    """Processor seconds of Python with these arguments, once, in a process of its own; its output is dropped."""
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return used.ru_utime + used.ru_stime
