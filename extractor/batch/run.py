"""A run: filings in, results in a folder, and what it takes to go on after whatever ended it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch.fingerprint import Values, settings_of, versions_of
from extractor.batch.inputs import Inputs
from extractor.batch.ledger import refuse_open
from extractor.batch.outputs import write_outputs
from extractor.batch.parquet import parquet
from extractor.batch.pool import spread
from extractor.batch.progress import Progress, shown
from extractor.batch.store import Store, Task, Totals
from extractor.batch.wishes import Format, Wishes
from extractor.batch.work import Failure, Outcome, Recipe, brief_one
from extractor.errors import InputError
from extractor.files import remove_partial
from extractor.tokens import load_encoding

if TYPE_CHECKING:
    from extractor.engines.llm.usage import Usage

Workers = Callable[[Iterable[Task]], Generator[tuple[Task, Outcome], None, None]]
"""What takes tasks as it needs them and gives each with its outcome, as they come; closing it ends the work."""


def processes(recipe: Recipe, jobs: int) -> Workers:
    """Workers that are so many processes of this machine."""
    return partial(_over_processes, recipe, jobs)


@dataclass(frozen=True)
class Begun:
    """A run that is under way: its state, and what its results are written with."""

    store: Store
    folder: Path
    format: Format
    narratives: bool
    settings: Values
    versions: Values

    def results(self) -> Totals:
        """Writes what became of all filings; counts."""
        self.store.finish()
        return write_outputs(
            self.store,
            self.folder,
            self.format,
            narratives=self.narratives,
            settings=self.settings,
            versions=self.versions,
        )


@contextmanager
def begun(inputs: Inputs, recipe: Recipe, wishes: Wishes) -> Iterator[Begun]:
    """A run, begun or gone on with in its folder. ItemoneError says what is wrong before anything is done."""
    load_encoding(recipe.encoding)
    recipe.engine()
    if wishes.format is Format.parquet:
        parquet()
    inputs.check()
    folder = _made(inputs.out)
    settings, versions = settings_of(recipe), versions_of(recipe)
    with Store.opened(folder, settings | versions, wishes.resume) as store:
        remove_partial(folder)
        yield Begun(store, folder, wishes.format, wishes.narratives, settings, versions)


def run(inputs: Inputs, recipe: Recipe, workers: Workers, wishes: Wishes, usage: Usage | None = None) -> Totals:
    """Works on every filing of `inputs` that has no outcome yet in its folder, then writes the results there; counts.

    `usage` is where `workers` count the tokens of all that they ask; those that earlier runs took are put before them.
    ItemoneError says what is wrong before anything is done, or what broke off the run; the same again goes on.
    """
    with begun(inputs, recipe, wishes) as under_way:
        refuse_open(under_way.store)
        with shown(wishes.show, inputs.count) as progress:
            _work(under_way.store, inputs, workers, progress, usage)
        return under_way.results()


def _work(store: Store, inputs: Inputs, workers: Workers, progress: Progress, usage: Usage | None) -> None:
    if usage is not None:
        usage.prompt_tokens = store.spent()
    before = usage.spent if usage is not None else 0
    try:
        with closing(workers(store.admitted(inputs))) as outcomes:
            for task, outcome in outcomes:
                store.put(task, outcome)
                brief = outcome.brief
                taken = brief.prompt_tokens + brief.completion_tokens if brief else 0
                if usage is not None:
                    store.spend(usage.spent)
                    taken = usage.spent - before - progress.tokens
                progress.step(
                    failed=task.failed if outcome.unchanged else brief is None, kept=outcome.unchanged, tokens=taken
                )
    finally:
        if usage is not None:
            with suppress(InputError):  # where the state cannot be kept, that has been told, or will be
                store.spend(usage.spent)


def _over_processes(recipe: Recipe, jobs: int, tasks: Iterable[Task]) -> Generator[tuple[Task, Outcome], None, None]:
    return spread(partial(brief_task, recipe), tasks, jobs, died)


def brief_task(recipe: Recipe, task: Task) -> Outcome:
    """What a worker does."""
    return brief_one(recipe, task.source, task.done)


def died(task: Task) -> Outcome:
    """The outcome of a filing whose process died, twice."""
    id = task.source.id
    line = f"{id}: the process that worked on it died, and did again with no other at work; it may need more memory"
    return Outcome(id, None, failure=Failure("worker_died", line))


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: this folder cannot be made ({error.strerror or error})") from error
    return folder
