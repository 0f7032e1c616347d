"""The work of a batch on Ray: the same function for each filing, mapped by Ray Data over a cluster or this machine.

The state stays with the process that runs the batch: it takes filings from the inputs, has them mapped some at a time,
and keeps each outcome as its row comes back. So nothing about going on, order or results is other than with processes.
Ray is told not to try again what died with its worker: which filings it had is known by the rows that do not come, and
each of them is tried once more alone.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import re
import socket
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, islice
from typing import Any, cast

from extractor.batch.fingerprint import settings_of, versions_of
from extractor.batch.run import Workers, brief_task, died
from extractor.batch.store import Task
from extractor.batch.work import Outcome, Recipe
from extractor.collecting import collect_rarely
from extractor.errors import ItemoneError, NetworkError, UsageError

_ON = re.compile(r"ray(?::(?P<address>auto|[^:/\s]+:\d{1,5}))?")
_TASKS = 256  # for each worker that are mapped at a time: only at their end are there idle ones
_MOST_TASKS = 10_000
_IN_A_BLOCK = 8  # filings that a worker takes at once, and that a death concerns: each block costs the driver 5 ms
_BYTES = 128 << 20  # of filings, at most so many at a time
_PATIENCE = 5.0  # seconds for a cluster to take a connection
_ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",  # it would tell its makers
    "RAY_TASK_MAX_RETRIES": "0",  # what is tried again is decided here
    "RAY_task_oom_retries": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # what it would warn of
}


@dataclass(frozen=True)
class Cluster:
    """Where Ray runs: at an address ("auto" is that of the cluster this machine is in), or, without one, only here."""

    address: str | None = None

    @classmethod
    def named(cls, on: str) -> Cluster:
        """From "ray", "ray:auto" or "ray:HOST:PORT"; UsageError for anything else."""
        if not (found := _ON.fullmatch(on)):
            raise UsageError(f"--on {on}: name it ray, ray:HOST:PORT (of a cluster's head) or ray:auto")
        return cls(found["address"])

    def __str__(self) -> str:
        return f"the cluster {self.address}" if self.address else "this machine"


def cluster(recipe: Recipe, where: Cluster, jobs: int | None) -> Workers:
    """Workers that are Ray's, `jobs` at a time, else as many as it has cores; UsageError where it is not installed."""
    _ray()

    def work(tasks: Iterable[Task]) -> Generator[tuple[Task, Outcome], None, None]:
        return _over_ray(recipe, where, jobs, tasks)

    return work


def _over_ray(
    recipe: Recipe, where: Cluster, jobs: int | None, tasks: Iterable[Task]
) -> Generator[tuple[Task, Outcome], None, None]:
    waiting = iter(tasks)
    first = list(islice(waiting, 1))
    if not first:
        return
    waiting = chain(first, waiting)
    with _connected(where, jobs) as cores:
        work = _Work.of(recipe, jobs or int(cores), cores)
        work.check()
        while taken := _taken(waiting, min(_TASKS * work.jobs, _MOST_TASKS)):
            answered = set()
            for place, outcome in work.outcomes(taken):
                answered.add(place)
                yield taken[place], outcome
            for task in (task for place, task in enumerate(taken) if place not in answered):
                alone = [outcome for _, outcome in work.outcomes([task])]
                yield task, alone[0] if alone else died(task)


def _taken(waiting: Iterator[Task], most: int) -> list[Task]:
    """The next tasks, as many as may be handed over at a time."""
    taken: list[Task] = []
    size = 0
    while len(taken) < most and size < _BYTES and (following := next(waiting, None)):
        taken.append(following)
        size += len(following.source.data or b"")
    return taken


@dataclass(frozen=True)
class _Work:
    """What is sent to Ray's workers, packed; how many there are, and how many cores and filings each of them takes."""

    packed: bytes = field(repr=False)
    jobs: int
    cores: float
    in_a_block: int

    @classmethod
    def of(cls, recipe: Recipe, jobs: int, cores: float) -> _Work:
        """How to work, what must be there as it is here, and the folder that names of files start from.

        More workers than cores share them: those that ask a model wait, and what it gave is not to be lost with others.
        """
        packed = pickle.dumps((recipe, settings_of(recipe) | versions_of(recipe), os.getcwd()))
        return cls(packed, jobs, min(1.0, cores / jobs), 1 if recipe.model else _IN_A_BLOCK)

    def check(self) -> None:
        """UsageError where the workers are not as this process is."""
        ray = _ray()
        try:
            ray.get(ray.remote(num_cpus=self.cores)(_prepare).remote(self.packed))
        except ray.exceptions.RayTaskError as error:
            if isinstance(error.cause, ItemoneError):
                raise error.cause from None
            raise UsageError(f"Ray's workers cannot run itemone ({_last_line(error)}); install it there too") from error

    def outcomes(self, tasks: list[Task]) -> Iterator[tuple[int, Outcome]]:
        """Each task's place with its outcome, as they come; without those whose worker died."""
        rows = [{"place": place, "task": pickle.dumps(task)} for place, task in enumerate(tasks)]
        in_a_block = max(1, min(self.in_a_block, len(rows) // (4 * self.jobs)))
        blocks = -(-len(rows) // in_a_block)
        mapped = (
            _ray()
            .data.from_items(rows, override_num_blocks=blocks)
            .map(_worked, fn_args=(self.packed,), num_cpus=self.cores, concurrency=min(self.jobs, blocks))
        )
        for row in mapped.iter_rows():
            outcome = pickle.loads(row["outcome"])
            if isinstance(outcome, ItemoneError):
                raise outcome
            yield row["place"], outcome


def _prepare(packed: bytes) -> None:
    _recipe(packed)


def _worked(row: dict[str, Any], packed: bytes) -> dict[str, Any]:
    """The row of a task, where the work is done: its outcome, or an ItemoneError that ends the run."""
    try:
        outcome: Outcome | ItemoneError = brief_task(_recipe(packed), pickle.loads(row["task"]))
    except ItemoneError as error:
        outcome = error
    return {"place": row["place"], "outcome": pickle.dumps(outcome)}


@cache
def _recipe(packed: bytes) -> Recipe:
    """The recipe, once for each process; UsageError where what it gives would be other than on the other side."""
    recipe, expected, folder = pickle.loads(packed)
    with contextlib.suppress(OSError):  # a machine that has no such folder is asked for files that it has
        os.chdir(folder)
    there = settings_of(recipe) | versions_of(recipe)
    for name, here in expected.items():
        if there[name] != here:
            raise UsageError(f"Ray's workers have {name} {there[name]}, not {here}: they would give other records")
    collect_rarely()
    return cast("Recipe", recipe)


@contextlib.contextmanager
def _connected(where: Cluster, jobs: int | None) -> Iterator[float]:
    """Ray, for as long as it is worked on; gives its cores. NetworkError where it is out of reach, or goes away."""
    _reach(where)
    ray = _ray()
    options = {"address": where.address} if where.address else {**_HERE, "num_cpus": jobs}
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):  # where it tells of workers that die
        try:
            ray.init(log_to_driver=False, logging_level=logging.CRITICAL, **options)
        except (ConnectionError, TimeoutError, RuntimeError, ValueError) as error:
            raise NetworkError(f"Ray cannot be had on {where} ({_last_line(error)})") from error
        try:
            _configure(ray.data.DataContext.get_current())
            yield ray.cluster_resources().get("CPU", 1.0)
        except ray.exceptions.RayError as error:
            raise NetworkError(f"Ray gave up on {where} ({_last_line(error)}); the same command goes on") from error
        finally:
            ray.shutdown()


_HERE = {"address": "local", "include_dashboard": False}


def _configure(data: Any) -> None:
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    data.enable_progress_bars = False
    data.max_errored_blocks = -1  # a worker that dies leaves a gap, which is seen to
    data.op_resource_reservation_enabled = False  # it would keep half of two cores for other steps; there are none


def _reach(where: Cluster) -> None:
    """Ray itself waits for minutes."""
    if where.address in (None, "auto"):
        return
    host, _, port = str(where.address).rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=_PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise NetworkError(
            f"no Ray answers at {where.address} ({getattr(error, 'strerror', None) or error}); check the address and "
            "that the cluster is up, or name --on ray for this machine alone"
        ) from error


def _last_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[-1]


def _ray() -> Any:
    os.environ.update(_ENVIRONMENT)  # before it is loaded: some are read but once
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise UsageError('itemone batch --on ray needs: pip install "itemone[ray]"') from error
    return ray
