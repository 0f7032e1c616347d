"""What the processes of `test_pool` are given to do; they import it from here."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from extractor.errors import UsageError


def doubled(number: int) -> int:
    return number * 2


def deadly(number: int) -> int:
    """Dies of every number that 5 divides."""
    if number % 5 == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def deadly_once(mark: Path) -> str:
    """Dies where the file is not there yet."""
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return mark.name


def deadly_in_company(folder: Path) -> int:
    """Dies where another is at work too; how many are."""
    mark = folder / str(os.getpid())
    mark.touch()
    time.sleep(0.2)
    company = len(list(folder.iterdir()))
    if company > 1:
        time.sleep(0.3)
        mark.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    mark.unlink()
    return company


class Deadly:
    """An answer that kills its process while it is sent."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __reduce__(self) -> tuple[type[Deadly], tuple[int]]:
        if self.number == 3:
            os.kill(os.getpid(), signal.SIGSEGV)
        return Deadly, (self.number,)


def deadly_answer(number: int) -> Deadly:
    return Deadly(number)


def process_of(_: int) -> int:
    time.sleep(0.05)
    return os.getpid()


def without_memory(number: int) -> int:
    if number == 2:
        raise MemoryError
    return number


def unusable(number: int) -> int:
    raise UsageError(f"{number} cannot be used")


def slow(number: int) -> int:
    time.sleep(0.3)
    return number
