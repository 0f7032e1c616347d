"""Work spread over processes, each task to be answered once, whatever becomes of a process.

Each worker has a pipe of its own that no other process holds an end of: when it dies, however that happens and
whatever it was writing, the end of its pipe is read here, and it is known which task it had. The executors of the
standard library share one queue among all workers: there a death breaks all of them, and one in the middle of an answer
leaves the others waiting. That no other process holds the pipe's ends is why processes are spawned, never forked; nor
does a fork agree with the threads that libraries start.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from extractor.collecting import collect_rarely
from extractor.errors import ItemoneError

T = TypeVar("T")
R = TypeVar("R")

_FAILED_STARTS = 3  # in a row: it is no chance then


def cores() -> int:
    """How many processes can run at once: the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    work: Callable[[T], R], tasks: Iterable[T], jobs: int, died: Callable[[T], R]
) -> Generator[tuple[T, R], None, None]:
    """Each task with its result, as they come, worked on by at most `jobs` processes; tasks are taken when needed.

    `work`, tasks and results are pickled. A task whose process dies is tried once more with no other at work; if that
    process dies too, its result is that of `died`. An ItemoneError that `work` raises is raised here, and one where
    processes die as they start. Closing the iterator ends the processes.
    """
    pool = _Pool(work, jobs)
    suspects: deque[T] = deque()
    waiting = iter(tasks)
    upcoming = list(islice(waiting, 1))
    try:
        while upcoming or suspects or pool.busy:
            while upcoming and not suspects and pool.has_room:
                pool.give(upcoming[0])
                upcoming = list(islice(waiting, 1))  # read while the others are at work
            if suspects and not pool.busy:
                task = suspects.popleft()
                pool.give(task)
                while not (ended := list(pool.ended())):
                    pass
                ((_, results),) = ended
                yield task, results[0] if results else died(task)
                continue
            for task, results in pool.ended():
                if results:
                    yield task, results[0]
                else:
                    suspects.append(task)
    finally:
        pool.close()


class _Worker(Generic[T]):
    """A process at its end of a pipe, and the task that it has."""

    def __init__(self, work: Callable[[T], object]) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.task: list[T] = []
        self.started = False
        self._process = context.Process(target=_serve, args=(theirs, work), daemon=True)
        with _interrupts_held():
            self._process.start()
        theirs.close()

    def give(self, task: T) -> None:
        """Has the task worked on, as soon as the process has started: a pipe that is not read holds only so much."""
        self.task = [task]
        if self.started:
            self._send()

    def start(self) -> None:
        self.started = True
        self._send()

    def _send(self) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # it is dead: reading its pipe will tell
            self.pipe.send(self.task[0])

    def message(self) -> list[object]:
        """What has come through the pipe: first that it has started; nothing where it died."""
        try:
            return [self.pipe.recv()]
        except (EOFError, OSError):
            return []

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self.pipe.close()


class _Pool(Generic[T, R]):
    """Workers, started when they are first needed and when one has died."""

    def __init__(self, work: Callable[[T], R], jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        self._workers: list[_Worker[T]] = []
        self._failed_starts = 0

    @property
    def busy(self) -> list[_Worker[T]]:
        return [worker for worker in self._workers if worker.task]

    @property
    def has_room(self) -> bool:
        return len(self.busy) < self._jobs

    def give(self, task: T) -> None:
        idle = [worker for worker in self._workers if not worker.task]
        if not idle:
            idle = [_Worker(self._work)]
            self._workers += idle
        idle[0].give(task)

    def ended(self) -> Iterator[tuple[T, list[R]]]:
        """Waits for news; each task that has ended with its result, or without where its process has died."""
        busy = {worker.pipe: worker for worker in self.busy}
        for pipe in wait(list(busy)):
            worker = busy[pipe]  # type: ignore[index]  # a pipe is what was given
            (task,) = worker.task
            results = worker.message()
            if not results:
                self._workers.remove(worker)
                worker.end()
            if worker.started:
                worker.task = []
                yield task, [_checked(result) for result in results]
            elif results:
                self._failed_starts = 0
                worker.start()
            else:
                self._start_again(task)

    def _start_again(self, task: T) -> None:
        """Another process for a task whose own died before it had begun."""
        self._failed_starts += 1
        if self._failed_starts == _FAILED_STARTS:
            raise ItemoneError(
                "processes die as they start: there may be no memory for them, or they are started by a script of "
                'Python that does not do so under if __name__ == "__main__"'
            )
        self.give(task)

    def close(self) -> None:
        for worker in self._workers:
            worker.end()


def _serve(pipe: Connection, work: Callable[[T], object]) -> None:
    """The life of a worker: until the other end of its pipe is closed, as it also is when that process is killed."""
    collect_rarely()
    pipe.send(None)  # it has started
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        try:
            answer = work(task)
        except ItemoneError as error:
            answer = error
        except MemoryError:  # given back with the process
            return
        try:
            pipe.send(answer)
        except (BrokenPipeError, ConnectionResetError):
            return


def _checked(result: Any) -> Any:
    """What `work` returned; what it raised is raised here."""
    if isinstance(result, ItemoneError):
        raise result
    return result


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A process started here never sees Ctrl-C, which a terminal sends to all of them: it is ended from here."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
