"""What is done for each filing, wherever it runs: in a process, a thread or on another machine. No state, no output."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import InputError, ItemoneError, ModelError, NetworkError, RunStoppedError, UsageError
from extractor.reading import Selection, bytes_of, read
from extractor.tokens import DEFAULT_ENCODING, DEFAULT_MAX_TOKENS

if TYPE_CHECKING:
    from extractor.batch.remote import Remote
    from extractor.document import Document
    from extractor.engines import Engine
    from extractor.engines.llm import Settings
    from extractor.schema import Brief

_LONGEST_LINE = 500
PASSING = ("model", "network", "worker_died")
"""Codes of failures that are none of the filing's own: it is tried again when the run goes on."""


@dataclass(frozen=True, slots=True)
class Source:
    """A filing to work on: its file at `path`, or its bytes in `data`; of JSON lines, `pick` is which it is, from 1."""

    id: str
    path: Path | Remote | None = None
    data: bytes | None = field(default=None, repr=False)
    pick: int | None = None

    def read(self) -> bytes:
        """The filing's bytes; InputError says why they cannot be read."""
        if self.data is not None:
            return self.data
        if self.path is None:
            raise InputError(f"{self.id}: there is no text of it")
        return bytes_of(self.path)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How each filing is worked on; it can be pickled, and the engine is built from it where the work is done.

    `model` has the settings of the language model that finds the facts; None is the offline engine.
    """

    max_tokens: int = DEFAULT_MAX_TOKENS
    encoding: str = DEFAULT_ENCODING
    templates: Path | None = None
    selection: Selection = field(default_factory=Selection)
    model: Settings | None = None

    def engine(self) -> Engine:
        """The engine that finds the facts; UsageError where the model's settings cannot be used."""
        if self.model is None:
            from extractor.pipeline import offline

            return offline
        from extractor.engines.llm import llm

        return llm(self.model, templates=self.templates)

    def document(self, source: Source, data: bytes) -> Document:
        """The part of a filing that is worked on, under the filing's id; InputError where it cannot be used."""
        try:
            document = read(data, name=source.id, selection=self.selection)
        except UsageError as error:  # of a choice that only one filing at a time leaves to the user
            raise InputError(f"{source.id}: it holds several filings; give them as JSON lines (.jsonl)") from error
        return replace(document, pick=source.pick) if source.pick else document

    def brief(self, document: Document, engine: Engine) -> Brief:
        """The record of a document, its facts found by `engine`."""
        from extractor.pipeline import brief

        return brief(
            document, max_tokens=self.max_tokens, encoding=self.encoding, templates=self.templates, engine=engine
        )


@dataclass(frozen=True, slots=True)
class Briefed:
    """What became of a filing: its paragraph, the run's figures on it, and its record, as JSON that zlib has packed."""

    narrative: str
    tokens: int
    facts: int
    rejected: int
    unclaimed: int
    requests: int
    prompt_tokens: int
    completion_tokens: int
    packed: bytes = field(repr=False)

    @classmethod
    def of(cls, record: Brief) -> Briefed:
        from extractor.record import all_facts, to_line
        from extractor.schema import ModelEngine

        engine = record.engine if isinstance(record.engine, ModelEngine) else None
        return cls(
            narrative=record.narrative.text,
            tokens=record.narrative.tokens,
            facts=len(all_facts(record.facts)),
            rejected=len(record.rejected),
            unclaimed=len(record.unclaimed),
            requests=engine.requests if engine else 0,
            prompt_tokens=engine.prompt_tokens if engine else 0,
            completion_tokens=engine.completion_tokens if engine else 0,
            packed=zlib.compress(to_line(record).encode()),
        )

    @property
    def record(self) -> bytes:
        """The record as one line of JSON in UTF-8, without the line's end."""
        return zlib.decompress(self.packed)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no record of a filing: `code` is stable, `line` says in one line what is wrong."""

    code: str
    line: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the work on one filing gave: a brief, or a failure, or neither where its bytes are those already done.

    `sha256` is of the filing's bytes; None where they could not be read.
    """

    id: str
    sha256: str | None
    brief: Briefed | None = None
    failure: Failure | None = None

    @property
    def unchanged(self) -> bool:
        return self.brief is None and self.failure is None


def brief_one(recipe: Recipe, source: Source, done: str | None = None, engine: Engine | None = None) -> Outcome:
    """The outcome of one filing; whatever is wrong with the filing is in the outcome and not raised.

    `done` is the SHA-256 of bytes whose outcome is known: nothing is done where the filing still has them. `engine`
    takes the place of the recipe's own. Raises UsageError where the recipe cannot be used for any filing, and
    RunStoppedError where the engine says that no other filing would fare better.
    """
    sha256 = None
    try:
        data = source.read()
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 == done:
            return Outcome(source.id, sha256)
        record = recipe.brief(recipe.document(source, data), engine or recipe.engine())
        return Outcome(source.id, sha256, brief=Briefed.of(record))
    except (
        UsageError,
        RunStoppedError,
        MemoryError,
    ):  # without memory the process is given up, and the filing tried in another one
        raise
    except Exception as error:  # one filing costs one line, whatever it made go wrong
        return Outcome(source.id, sha256, failure=_failure(source.id, error))


def _failure(id: str, error: Exception) -> Failure:
    told = str(error) if isinstance(error, ItemoneError) else f"{id}: {type(error).__name__}: {error}"
    line = " ".join(told.split())[:_LONGEST_LINE]
    return Failure(_code(error), line.encode("utf-8", "backslashreplace").decode())


def _code(error: Exception) -> str:
    if isinstance(error, ModelError):
        return "model"
    if isinstance(error, NetworkError):
        return "network"
    return "unusable" if isinstance(error, ItemoneError) else "internal"
