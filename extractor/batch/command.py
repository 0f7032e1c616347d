"""The command `itemone batch`: its options, and what it prints."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor import options
from extractor.batch.wishes import Format, RepairIn, Resume, Show, Wishes
from extractor.errors import ModelError, RunStoppedError, UsageError
from extractor.tokens import DEFAULT_ENCODING, DEFAULT_MAX_TOKENS

if TYPE_CHECKING:
    from extractor.batch.inputs import Inputs
    from extractor.batch.run import Workers
    from extractor.batch.store import Totals
    from extractor.batch.work import Recipe

EXIT_FAILURES = 1
EXIT_NOT_YET = 75  # EX_TEMPFAIL of sysexits.h: nothing is wrong, try again later
DEFAULT_CONCURRENCY = 8

_DEFERRED = "With OpenAI's Batch API"


def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            show_default=False,
            help="Files, folders, globs, JSON lines, Parquet, or - for a list of paths on standard input.",
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", file_okay=False, help="The folder of results, and of the run.")],
    format: Annotated[Format, typer.Option(help="The file of records.")] = Format.jsonl,
    narratives: Annotated[bool, typer.Option("--narratives", help="Write narratives.csv too.")] = False,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", show_default=False, help="Processes, where no model is asked."),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            metavar="ray[:ADDRESS]",
            show_default=False,
            help="Work on Ray: on this machine, or a cluster by its address.",
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(metavar="URL", show_default=False, help="Copy the results there, as s3://bucket/briefs."),
    ] = None,
    resume: Annotated[
        Resume, typer.Option(help="What to do where settings or filings differ from what is in DIR.")
    ] = Resume.refuse,
    progress: Annotated[Show, typer.Option(help="A bar on a terminal, or lines of JSON.")] = Show.auto,
    id: Annotated[str, typer.Option(metavar="COLUMN", help="The column of Parquet with each filing's id.")] = "id",
    text: Annotated[
        str, typer.Option(metavar="COLUMN", help="The column of Parquet with each filing's text.")
    ] = "text",
    max_tokens: options.MaxTokens = DEFAULT_MAX_TOKENS,
    encoding: options.Encoding = DEFAULT_ENCODING,
    templates: options.Templates = None,
    item: options.Item = None,
    whole: options.Whole = False,
    model: options.Model = None,
    base_url: options.BaseUrl = None,
    context_tokens: options.ContextTokens = None,
    full_text: options.FullText = None,
    repairs: options.Repairs = None,
    retries: options.Retries = None,
    passes: options.Passes = None,
    partial: options.Partial = None,
    timeout: options.Timeout = None,
    max_cost_tokens: options.MaxCostTokens = None,
    cache: options.Cache = None,
    no_cache: options.NoCache = False,
    concurrency: Annotated[
        int, typer.Option(min=1, max=1000, metavar="N", rich_help_panel=options.PANEL, help="Filings at a time.")
    ] = DEFAULT_CONCURRENCY,
    requests_per_minute: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", rich_help_panel=options.PANEL, help="Requests in any minute at most."),
    ] = None,
    tokens_per_minute: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", rich_help_panel=options.PANEL, help="Tokens in any minute at most."),
    ] = None,
    verbose: options.Verbose = False,
    submit: Annotated[
        bool, typer.Option("--submit", rich_help_panel=_DEFERRED, help="Send what is to be asked, as batches.")
    ] = False,
    collect: Annotated[
        bool, typer.Option("--collect", rich_help_panel=_DEFERRED, help="Take the answers of batches that are done.")
    ] = False,
    repair_in: Annotated[
        RepairIn,
        typer.Option(rich_help_panel=_DEFERRED, help="With --collect: what is left to ask goes out at once, or later."),
    ] = RepairIn.live,
) -> None:
    """Do many filings, and lose none: the same command goes on where it was, whatever ended it."""
    from extractor.batch import remote
    from extractor.batch.conversing import conversations
    from extractor.batch.inputs import LISTED, Inputs
    from extractor.batch.outputs import RESULTS
    from extractor.batch.run import run
    from extractor.batch.work import Recipe
    from extractor.files import standard_input
    from extractor.reading import Selection

    settings = options.named_model(
        no_cache=no_cache,
        model=model, base_url=base_url, context_tokens=context_tokens, full_text=full_text, repairs=repairs,
        retries=retries, passes=passes, partial=partial, timeout=timeout, max_cost_tokens=max_cost_tokens, cache=cache,
    )  # fmt: skip
    live = settings is not None and not (submit or collect or on)
    _refuse_idle(on, jobs, live, submit, collect, limited=bool(requests_per_minute or tokens_per_minute))
    recipe = Recipe(max_tokens, encoding, templates, Selection(item=item, whole=whole), settings)
    filings = Inputs(inputs, out, id, text, listed=standard_input() if LISTED in inputs else None)
    wishes = Wishes(format, narratives, resume, progress)
    to = None if to is None else remote.made(to.rstrip("/"))
    try:
        with options.told(verbose):
            if submit:
                _submit(filings, recipe, jobs, wishes)
                return
            if collect:
                totals = _collect(filings, recipe, jobs, wishes, repair_in)
            elif settings is None or on is not None:
                totals = run(filings, recipe, _workers(on, recipe, jobs), wishes)
            else:
                talks = conversations(recipe, settings, concurrency, requests_per_minute, tokens_per_minute)
                totals = run(filings, recipe, talks, wishes, talks.usage)
    except RunStoppedError as error:
        raise type(error)(f"{error}; what is done is kept in {out}: mend that, and the same command goes on") from None
    except KeyboardInterrupt:
        _tell(f"stopped; what is done is kept in {out}: give the same command again to go on")
        raise
    if to is not None:
        remote.copy(out, RESULTS, to)
    if failed := totals.filings - totals.briefs:
        _tell(f"{failed} of {totals.filings} filings failed; {out / 'failures.jsonl'} says why")
        raise typer.Exit(EXIT_FAILURES)


def _refuse_idle(on: str | None, jobs: int | None, live: bool, submit: bool, collect: bool, *, limited: bool) -> None:
    """UsageError for options that would have no part in the run."""
    if submit and collect:
        raise UsageError("--submit and --collect: first the one, then the other")
    if on is not None and (submit or collect):
        raise UsageError("--on: batches are sent and collected from this machine; leave it out")
    if live and jobs is not None:
        raise UsageError("--jobs: with --model, --concurrency says how many filings at a time")
    if limited and not live:
        raise UsageError("--requests-per-minute and --tokens-per-minute: they are for --model on this machine alone")


def _workers(on: str | None, recipe: Recipe, jobs: int | None) -> Workers:
    if on is None:
        from extractor.batch.pool import cores
        from extractor.batch.run import processes

        return processes(recipe, jobs or cores())
    from extractor.batch.on_ray import Cluster, cluster

    return cluster(recipe, Cluster.named(on), jobs)


def _submit(inputs: Inputs, recipe: Recipe, jobs: int | None, wishes: Wishes) -> None:
    from extractor.batch import asking, deferred
    from extractor.batch.pool import cores

    sent = deferred.submit(inputs, recipe, asking.processes(jobs or cores()), wishes)
    new = f"sent {sent.requests} requests ({', '.join(sent.batches)})" if sent.batches else "nothing to send"
    _tell(f"{new}; {sent.out} requests are out: the same command with --collect, not --submit, takes the answers")


def _collect(inputs: Inputs, recipe: Recipe, jobs: int | None, wishes: Wishes, repair_in: RepairIn) -> Totals:
    from extractor.batch import asking, deferred
    from extractor.batch.pool import cores

    collected = deferred.collect(
        inputs, recipe, asking.processes(jobs or cores()), wishes, _tell, live=repair_in is RepairIn.live
    )
    if collected.totals is None:
        left = f"{collected.waiting} filings wait for their batch, and {collected.unsent} for --submit"
        if collected.failed:
            raise ModelError(f"of the batches {collected.failed} failed, as told above; {left}, which sends again")
        _tell(f"not yet: {left}; no results are written")
        raise typer.Exit(EXIT_NOT_YET)
    return collected.totals


def _tell(line: str) -> None:
    print(f"itemone: {line}", file=sys.stderr)
