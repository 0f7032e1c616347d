"""Filings by a server's Batch API: what the engine asks is sent in files, and answered within a day at half the price.

The requests are the engine's own. It works on each filing as it always does, but what it asks is noted instead of sent
(`engines.llm.replay`); once the answers are here it works on the filing again and meets them where it asks. What it
asks then for the first time, such as the repair of facts, is sent at once or goes into the next batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from openai.types import Batch as State

from extractor.batch.asking import Asked, Worked, Workers, work_on
from extractor.batch.batches import FINAL, WHOLE, BatchServer, GoneError, Limits, unanswered
from extractor.batch.inputs import Inputs
from extractor.batch.ledger import Batch, Ledger, Request
from extractor.batch.progress import Progress, shown
from extractor.batch.run import begun
from extractor.batch.sending import Post, spool, told
from extractor.batch.store import Store, Totals
from extractor.batch.wishes import Wishes
from extractor.batch.work import PASSING, Recipe
from extractor.engines.llm import Settings
from extractor.errors import UsageError

Tell = Callable[[str], None]

_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent, and how many requests are out with it."""

    batches: list[str]
    requests: int
    out: int


@dataclass(frozen=True, slots=True)
class Collected:
    """The counts of a run that is done; else how many filings wait for a batch, and how many have something to send.

    `failed` counts batches that the server refused as a whole.
    """

    totals: Totals | None
    waiting: int = 0
    unsent: int = 0
    failed: int = 0


def submit(inputs: Inputs, recipe: Recipe, workers: Workers, wishes: Wishes, limits: Limits = _LIMITS) -> Sent:
    """Sends what is to be asked of all filings that have no outcome and wait for no answer; nothing twice.

    ItemoneError says what went wrong; the same again goes on.
    """
    settings = _model(recipe)
    with begun(inputs, recipe, wishes) as under_way, BatchServer(settings) as server:
        store = under_way.store
        ledger = Ledger(store)
        with closing(Post(ledger, server, under_way.folder, limits)) as post:
            post.recover()
            with shown(wishes.show, inputs.count) as progress:
                work = partial(work_on, recipe, live=False)
                with closing(workers(work, _to_send(store, ledger, inputs, progress))) as results:
                    for asked, result in results:
                        if result.changed:
                            store.refuse_changed(asked.task)
                            ledger.forget(asked.filing, outcome=True)
                            result = work(replace(asked, answers={}, sha256=None, out=frozenset()))
                        _sent(store, post, ledger, asked, result)
                        _step(progress, asked, result)
            post.send()
            return Sent(post.sent, post.requests, ledger.out())


def collect(inputs: Inputs, recipe: Recipe, workers: Workers, wishes: Wishes, tell: Tell, *, live: bool) -> Collected:
    """Takes the answers of batches that have ended, and writes the results once every filing has its outcome.

    What an answer leaves to ask is asked at once if `live`, else left to the next `submit`. `tell` is given a line on
    each batch. ItemoneError says what went wrong; the same again goes on.
    """
    settings = _model(recipe)
    with begun(inputs, recipe, wishes) as under_way, BatchServer(settings) as server:
        store = under_way.store
        ledger = Ledger(store)
        fetched = [_fetch(ledger, server, batch, under_way.folder, tell) for batch in ledger.open_batches()]
        if not live:
            ledger.give_up(settings.retries, unanswered("its batches ended without an answer to it"))
        with shown(wishes.show, inputs.count) as progress:
            answered = _Answered(store, ledger, live)
            work = partial(work_on, recipe, live=live)
            with closing(workers(work, answered.filings(inputs))) as results:
                for asked, result in results:
                    if result.changed:
                        store.refuse_changed(asked.task)
                        ledger.forget(asked.filing, outcome=True)
                    if result.outcome is None:
                        store.leave(asked.task)
                        answered.unsent += 1
                    else:
                        _settle(store, ledger, asked, result)
                        _step(progress, asked, result)
        if answered.waiting or answered.unsent:
            return Collected(None, answered.waiting, answered.unsent, fetched.count("failed"))
        return Collected(under_way.results())


def _model(recipe: Recipe) -> Settings:
    if recipe.model is None:
        raise UsageError("--submit and --collect are of a language model: name it by --model NAME")
    return recipe.model


def _to_send(store: Store, ledger: Ledger, inputs: Inputs, progress: Progress) -> Iterator[Asked]:
    """The filings that something may be to send of."""
    for task in store.admitted(inputs):
        filing = store.key(task)
        standing = ledger.standing(filing, task.source.pick)
        if standing.out and not (standing.lost or standing.unsent):
            store.leave(task)
            progress.step(failed=False, kept=True, tokens=0)
            continue
        yield Asked(task, filing, standing.answers, standing.sha256, standing.out)


def _sent(store: Store, post: Post, ledger: Ledger, asked: Asked, result: Worked) -> None:
    """Posts the requests of a filing, or keeps the outcome that it has without them."""
    if result.outcome is not None:
        _settle(store, ledger, asked, result)
        return
    if asked.task.done is not None:
        store.refuse_changed(asked.task)
    store.leave(asked.task)
    for slot, body in result.requests.items():
        if slot not in asked.out:
            post.add(Request(asked.filing, slot, result.sha256), body)


class _Answered:
    """The filings that can be worked on with the answers that are here; counts those that cannot."""

    def __init__(self, store: Store, ledger: Ledger, live: bool) -> None:
        self.waiting = 0
        self.unsent = 0
        self._store = store
        self._ledger = ledger
        self._live = live

    def filings(self, inputs: Inputs) -> Iterator[Asked]:
        for task in self._store.admitted(inputs):
            filing = self._store.key(task)
            standing = self._ledger.standing(filing, task.source.pick)
            if standing.out:
                self.waiting += 1
            elif standing.unsent or (standing.lost and not self._live):
                self.unsent += 1
            elif standing.sha256 is not None:
                yield Asked(task, filing, standing.answers, standing.sha256)
                continue
            elif task.done is not None:  # a look whether it has changed
                yield Asked(task, filing, sha256=task.done)
                continue
            elif not standing.settled:
                self.unsent += 1
            self._store.leave(task)


def _settle(store: Store, ledger: Ledger, asked: Asked, result: Worked) -> None:
    """Keeps an outcome, and lets go of the answers unless they can still be of use.

    They are where a failure is not theirs: the next time only what is missing is asked. Where an answer itself is the
    failure, the filing is to be asked about anew.
    """
    assert result.outcome is not None
    failure = result.outcome.failure
    store.put(asked.task, result.outcome)
    if asked.sha256 is not None and not (failure and failure.code in PASSING and result.blameless):
        ledger.forget(asked.filing)


def _fetch(ledger: Ledger, server: BatchServer, batch: Batch, folder: Path, tell: Tell) -> str | None:
    """Asks how far a batch is, and takes its results where it has ended; its state, None where it was not sent."""
    id = batch.id or server.created(ledger.sender, batch.number)
    if id is None:
        tell(f"file {batch.number} of this run was not sent to its end: --submit goes on with it")
        return None
    if batch.id is None:
        ledger.created(batch, id)
    state = server.state(id)
    tell(f"{id}: {_said(state)}")
    if state.status in FINAL:
        try:
            with told(folder):
                results = server.results(state, partial(spool, folder))
                ledger.ended(batch, results, whole=state.status in WHOLE)
        except GoneError:
            tell(f"{id}: the server no longer has its results; --submit sends its requests again")
            ledger.ended(batch, (), whole=True)
    return state.status


def _said(state: State) -> str:
    counts = state.request_counts
    answered = f", {counts.completed} of {counts.total} answered, {counts.failed} failed" if counts else ""
    errors = (state.errors.data if state.errors else None) or []
    return f"{state.status}{answered}" + (f" ({errors[0].message})" if errors else "")


def _step(progress: Progress, asked: Asked, result: Worked) -> None:
    outcome = result.outcome
    kept = outcome is not None and outcome.unchanged
    brief = outcome.brief if outcome else None
    progress.step(
        failed=asked.task.failed if kept else outcome is not None and brief is None,
        kept=kept,
        tokens=brief.prompt_tokens + brief.completion_tokens if brief else 0,
    )
