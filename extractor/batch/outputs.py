"""What a finished run writes: each file whole or not at all, in the order of the inputs, with no clock in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from extractor.batch.fingerprint import Values
from extractor.batch.parquet import parquet
from extractor.batch.store import STATE, Store, Totals
from extractor.batch.wishes import Format
from extractor.batch.work import Briefed, Outcome
from extractor.errors import InputError
from extractor.files import PARTIAL, replaced

FAILURES = "failures.jsonl"
NARRATIVES = "narratives.csv"
RUN = "run.json"
_ROWS = 256  # of a Parquet file that are in memory at a time
_FIGURES = ("tokens", "facts", "rejected", "unclaimed", "requests", "prompt_tokens", "completion_tokens")


RESULTS = (*(format.file for format in Format), NARRATIVES, FAILURES, RUN)
"""In the order in which they are written; which of them there are is as wished."""
OWN_FILES = (STATE, *RESULTS, PARTIAL)
"""What the names of a run's files begin with."""


def write_outputs(
    store: Store, folder: Path, format: Format, *, narratives: bool, settings: Values, versions: Values
) -> Totals:
    """Writes what became of all filings, and removes files of an earlier run that this one has not; counts."""
    totals = store.totals()
    writers = {format.file: _write_records if format is Format.jsonl else _write_table, FAILURES: _write_failures}
    if narratives:
        writers[NARRATIVES] = _write_narratives
    try:
        for name, write in writers.items():
            with replaced(folder / name) as file:
                write(store.outcomes(), file)
        for name in {Format.jsonl.file, Format.parquet.file, NARRATIVES} - set(writers):
            (folder / name).unlink(missing_ok=True)
        with replaced(folder / RUN) as file:  # last: where it stands, all of it does
            file.write(_told(settings, versions, totals))
    except OSError as error:
        raise InputError(
            f"{folder}: the results cannot be written ({error.strerror or error}); the work on them is kept: make "
            "room and give the same command again"
        ) from error
    return totals


def _briefs(outcomes: Iterable[Outcome]) -> Iterator[tuple[str, Briefed]]:
    return ((outcome.id, outcome.brief) for outcome in outcomes if outcome.brief)


def _write_records(outcomes: Iterable[Outcome], file: BinaryIO) -> None:
    for _, brief in _briefs(outcomes):
        file.write(brief.record + b"\n")


def _write_failures(outcomes: Iterable[Outcome], file: BinaryIO) -> None:
    for outcome in outcomes:
        if outcome.failure:
            told = {"id": outcome.id, "code": outcome.failure.code, "line": outcome.failure.line}
            file.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")


def _write_narratives(outcomes: Iterable[Outcome], file: BinaryIO) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("id", "narrative"))
    table.writerows((id, brief.narrative) for id, brief in _briefs(outcomes))
    text.detach()


def _write_table(outcomes: Iterable[Outcome], file: BinaryIO) -> None:
    """Columns: id, narrative, the figures of the run on this filing, and the record as JSON."""
    import pyarrow

    words = [(name, pyarrow.string()) for name in ("id", "narrative")]
    figures = [(name, pyarrow.int64()) for name in _FIGURES]
    schema = pyarrow.schema([*words, *figures, ("record", pyarrow.large_string())])
    briefs = _briefs(outcomes)
    with parquet().ParquetWriter(file, schema, compression="zstd") as table:
        while rows := [
            {
                "id": id,
                "narrative": brief.narrative,
                **{name: getattr(brief, name) for name in _FIGURES},
                "record": brief.record.decode(),
            }
            for id, brief in islice(briefs, _ROWS)
        ]:
            table.write_batch(pyarrow.RecordBatch.from_pylist(rows, schema=schema))


def _told(settings: Values, versions: Values, totals: Totals) -> bytes:
    """Settings, versions, counts and what a model took; no clock, so that a run that was interrupted tells the same."""
    told = {
        "settings": settings,
        "versions": versions,
        "filings": totals.filings,
        "briefs": totals.briefs,
        "failures": totals.failures,
        "requests": totals.requests,
        "prompt_tokens": totals.prompt_tokens,
        "completion_tokens": totals.completion_tokens,
    }
    return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()
