"""The work on one filing whose answers come by batch: an outcome where they are here, else the requests to send."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

from extractor.batch.pool import spread
from extractor.batch.run import died
from extractor.batch.store import Task
from extractor.batch.work import Outcome, Recipe, brief_one
from extractor.engines.llm import llm
from extractor.engines.llm.replay import Deferred, Replay, Reply
from extractor.errors import ItemoneError


@dataclass(frozen=True, slots=True)
class Asked:
    """A filing under its number, the answers that are here, and the SHA-256 of the bytes that they are about.

    `out` are the slots of requests that wait for their answers.
    """

    task: Task
    filing: int
    answers: Mapping[str, Reply] = field(default_factory=dict, repr=False)
    sha256: str | None = None
    out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Worked:
    """An outcome, or without one the bodies of requests by slot, or neither where the filing has changed.

    `blameless` are the answers where a failure is not theirs: of the server just now, or of the machine.
    """

    sha256: str | None = None
    outcome: Outcome | None = None
    requests: dict[str, bytes] = field(default_factory=dict, repr=False)
    changed: bool = False
    blameless: bool = False


Work = Callable[[Asked], Worked]
Workers = Callable[[Work, Iterable[Asked]], Generator[tuple[Asked, Worked], None, None]]
"""What has the work done on each of the filings, as it needs them; closing it ends the work."""


def processes(jobs: int) -> Workers:
    """Workers that are so many processes of this machine."""
    return partial(_spread, jobs)


def work_on(recipe: Recipe, asked: Asked, *, live: bool) -> Worked:
    """Works on a filing with the answers that are here; what is asked besides is sent at once if `live`, else noted."""
    source, sha256 = asked.task.source, None
    with suppress(ItemoneError):  # who works on it will say so
        data = source.read()
        sha256 = hashlib.sha256(data).hexdigest()
        source = replace(source, data=data)
    if asked.sha256 is not None and asked.sha256 != sha256:
        return Worked(sha256, changed=True)
    replay = Replay(asked.answers, live=live)
    outcome = None
    with suppress(Deferred):
        outcome = brief_one(
            recipe, source, asked.task.done, llm(recipe.model, templates=recipe.templates, http=replay.client)
        )
    if replay.deferred:  # also where another request of the filing came to grief
        return Worked(sha256, requests=replay.deferred)
    return Worked(sha256, outcome, blameless=replay.went_live)


def _spread(jobs: int, work: Work, filings: Iterable[Asked]) -> Generator[tuple[Asked, Worked], None, None]:
    return spread(work, filings, jobs, _died)


def _died(asked: Asked) -> Worked:
    return Worked(asked.sha256, died(asked.task), blameless=True)
