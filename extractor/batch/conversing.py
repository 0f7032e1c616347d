"""Filings that a language model reads, many at a time: their conversations share a loop, a client and its limits."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.batch.store import Task
from extractor.batch.work import Outcome, Recipe, brief_one
from extractor.errors import InputError, RunLimitError, RunStoppedError

if TYPE_CHECKING:
    from extractor.engines.llm.gate import Limits
    from extractor.engines.llm.settings import Settings
    from extractor.engines.llm.sharing import SharedServer
    from extractor.engines.llm.usage import Usage


@dataclass(frozen=True)
class Conversations:
    """Workers that are so many filings at a time, asking one server; `usage` counts what all of them take.

    It is called with the tasks, and `usage` then has what earlier runs took: `usage.limit` is that of them all. Raises
    RunStoppedError where no other filing can fare better, once those that have their answers are done; those that have
    not have no outcome then.
    """

    recipe: Recipe
    settings: Settings
    usage: Usage
    limits: Limits
    concurrency: int

    def __call__(self, tasks: Iterable[Task]) -> Generator[tuple[Task, Outcome], None, None]:
        from extractor.engines.llm.gate import Turnstile
        from extractor.engines.llm.sharing import SharedServer

        gate = Turnstile(self.limits, self.usage)
        settings = self.settings.model_copy(update={"max_cost_tokens": None})  # it is the run's, not each filing's
        with (
            SharedServer(settings, gate, self.recipe.templates) as server,
            ThreadPoolExecutor(self.concurrency, thread_name_prefix="filing") as threads,
        ):
            try:
                yield from _Round(self.recipe, server, threads, self.concurrency).outcomes(tasks)
            finally:
                server.leave()


def conversations(
    recipe: Recipe, settings: Settings, concurrency: int, requests_per_minute: int | None, tokens_per_minute: int | None
) -> Conversations:
    """Workers for a recipe with a model; `settings.max_cost_tokens` is for all filings together."""
    from extractor.engines.llm.gate import Limits
    from extractor.engines.llm.usage import Usage

    usage = Usage(settings.max_cost_tokens)
    return Conversations(recipe, settings, usage, Limits(requests_per_minute, tokens_per_minute), concurrency)


@dataclass
class _Round:
    """The filings under way."""

    recipe: Recipe
    server: SharedServer
    threads: ThreadPoolExecutor
    most: int
    under_way: dict[Future[Outcome], Task] = field(default_factory=dict)
    stopped: RunStoppedError | None = None

    def outcomes(self, tasks: Iterable[Task]) -> Generator[tuple[Task, Outcome], None, None]:
        """Each task with its outcome, as they come; where the run is stopped, of those under way that still end."""
        waiting = iter(tasks)
        while True:
            while not self.stopped and len(self.under_way) < self.most and (task := next(waiting, None)) is not None:
                self._begin(task)
            if not self.under_way:
                break
            for done in wait(self.under_way, return_when=FIRST_COMPLETED).done:
                task = self.under_way.pop(done)
                if outcome := self._outcome(task, done):
                    yield task, outcome
        if self.stopped:
            raise self.stopped

    def _outcome(self, task: Task, done: Future[Outcome]) -> Outcome | None:
        """None where the run was stopped before there was one."""
        try:
            return done.result()
        except RunStoppedError as error:
            self.stopped = self.stopped or error
            if not isinstance(error, RunLimitError):
                self.server.leave()
        except CancelledError:  # the server was left
            pass
        except MemoryError:
            raise InputError(f"{task.source.id}: there is no memory for it; lower --concurrency") from None
        return None

    def _begin(self, task: Task) -> None:
        work = self.threads.submit(brief_one, self.recipe, task.source, task.done, self.server.engine)
        self.under_way[work] = task
