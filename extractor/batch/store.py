"""The state of a run, in one SQLite file of its folder: what was asked, and what became of each filing so far.

Each outcome is committed by itself, in SQLite's write-ahead log: a process that is killed loses what it had not
finished, a machine that loses power perhaps the last outcomes too, which are then worked out anew; neither leaves half
of one behind. The file is held in SQLite's exclusive mode, so that a second run on the same folder is refused; the
system lets go of it with the process, however that ends.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from extractor.batch.fingerprint import Values
from extractor.batch.wishes import Resume
from extractor.batch.work import PASSING, Briefed, Failure, Outcome, Source
from extractor.errors import InputError

STATE = "state.sqlite"

_FIGURES = ", ".join(field.name for field in fields(Briefed))
_SCHEMA = f"""
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE filing (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, path TEXT, run INTEGER, place INTEGER);
CREATE INDEX filing_in_order ON filing (run, place);
CREATE TABLE outcome (
  key INTEGER PRIMARY KEY REFERENCES filing, sha256 TEXT, pick INTEGER, code TEXT, line TEXT, {_FIGURES}
);
CREATE TABLE run (number INTEGER PRIMARY KEY, spent INTEGER NOT NULL DEFAULT 0);
CREATE TABLE sender (name TEXT NOT NULL);
CREATE TABLE batch (number INTEGER PRIMARY KEY, file TEXT, id TEXT, ended INTEGER NOT NULL);
CREATE TABLE request (
  filing INTEGER, slot TEXT, sha256 TEXT, state TEXT NOT NULL, batch INTEGER, tries INTEGER NOT NULL, status INTEGER,
  answer BLOB, PRIMARY KEY (filing, slot)
) WITHOUT ROWID;
CREATE INDEX request_in_batch ON request (batch);
"""
"""The last three are what `ledger` keeps of requests that were sent in batches."""


@dataclass(frozen=True, slots=True)
class Task:
    """A filing to work on, under an id that no other has; `done` is the SHA-256 of bytes whose outcome is known."""

    source: Source
    done: str | None = None
    failed: bool = False
    """Whether the outcome that is known is a failure."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of a run's outcomes, and what its model took."""

    filings: int
    briefs: int
    failures: dict[str, int]
    requests: int
    prompt_tokens: int
    completion_tokens: int


class Store:
    """The state of the run in a folder; `opened` gives one."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, resume: Resume) -> None:
        self._folder = folder
        self._db = connection
        self._resume = resume
        self._run = 0
        self._keys: dict[str, int] = {}  # of the filings that are being worked on

    @classmethod
    @contextmanager
    def opened(cls, folder: Path, settings: Values, resume: Resume) -> Iterator[Store]:
        """The state in `folder`, begun or gone on with; InputError where it is in use or was begun otherwise."""
        with _told(folder):
            connection = sqlite3.connect(folder / STATE, timeout=0, isolation_level=None)
            try:
                connection.executescript(
                    "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; BEGIN IMMEDIATE"
                )
                store = cls(folder, connection, resume)
                store._begin(settings)
                yield store
            finally:
                connection.close()

    def admitted(self, sources: Iterable[Source]) -> Iterator[Task]:
        """The filings in order, each under an id of its own; a file that was named before is left out.

        An id that comes again with other filings gets "#2", "#3" and so on.
        """
        for place, source in enumerate(sources):
            with _told(self._folder):
                task = self._admitted(source, place)
            if task is not None:
                yield task

    def put(self, task: Task, outcome: Outcome) -> None:
        """Keeps what became of a filing. InputError where it has changed since, and that is to be refused."""
        key = self.leave(task)
        if outcome.unchanged:
            return
        if task.done is not None:
            self.refuse_changed(task)
        failure = outcome.failure
        row = (
            key, outcome.sha256, task.source.pick, failure.code if failure else None, failure.line if failure else None,
            *(astuple(outcome.brief) if outcome.brief else (None,) * len(fields(Briefed))),
        )  # fmt: skip
        with _told(self._folder):
            self._db.execute(f"REPLACE INTO outcome VALUES ({', '.join('?' * len(row))})", row)
            self.commit()

    def key(self, task: Task) -> int:
        """The number of a filing that is being worked on; it stays the same from run to run."""
        return self._keys[task.source.id]

    def leave(self, task: Task) -> int:
        """Lets a filing go without an outcome, or with the one it has; its number."""
        return self._keys.pop(task.source.id)

    def refuse_changed(self, task: Task) -> None:
        """InputError for a filing whose bytes are others than before, unless it is to be done anew."""
        if self._resume is Resume.refuse:
            raise InputError(
                f"{task.source.id}: this filing has changed since it was done; --resume redo does it anew, or name "
                "another --out"
            )

    @contextmanager
    def kept(self) -> Iterator[sqlite3.Connection]:
        """The connection, for tables that others keep beside these; what is changed is kept by `commit`."""
        with _told(self._folder):
            yield self._db

    def commit(self) -> None:
        """Keeps what was changed."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def spent(self) -> int:
        """Tokens that a model took in all runs here, for filings that failed or were broken off too."""
        with _told(self._folder):
            return int(self._db.execute("SELECT max(spent) FROM run").fetchone()[0])

    def spend(self, spent: int) -> None:
        """Keeps how many tokens a model has taken in all runs here."""
        with _told(self._folder):
            self._db.execute("UPDATE run SET spent = ? WHERE number = ?", (spent, self._run))
            if self._db.in_transaction:  # not where Ctrl-C came between the end of one and the next
                self._db.execute("COMMIT")
            self._db.execute("BEGIN IMMEDIATE")

    def finish(self) -> None:
        """Lets go of filings that this run does not name. InputError where there are any, and that is to be refused."""
        with _told(self._folder):
            (others,) = self._db.execute(
                "SELECT count(*) FROM filing WHERE run <> ? "
                "AND (key IN (SELECT key FROM outcome) OR key IN (SELECT filing FROM request))",
                (self._run,),
            ).fetchone()
            if others and self._resume is Resume.refuse:
                raise InputError(
                    f"{self._folder}: {others} filing(s) done here before are not among those named now; name them "
                    "too, or another --out, or leave them out by --resume redo"
                )
            self._db.execute("DELETE FROM outcome WHERE key IN (SELECT key FROM filing WHERE run <> ?)", (self._run,))
            self._db.execute(
                "DELETE FROM request WHERE filing IN (SELECT key FROM filing WHERE run <> ?)", (self._run,)
            )
            self._db.execute("DELETE FROM filing WHERE run <> ?", (self._run,))
            self.commit()

    def outcomes(self) -> Iterator[Outcome]:
        """What became of each filing, in the order in which they were named."""
        with _told(self._folder):
            for id, sha256, code, line, *figures in self._db.execute(
                f"SELECT id, sha256, code, line, {_FIGURES} FROM filing JOIN outcome USING (key) ORDER BY run, place"
            ):
                if code is None:
                    yield Outcome(id, sha256, brief=Briefed(*figures))
                else:
                    yield Outcome(id, sha256, failure=Failure(code, line))

    def totals(self) -> Totals:
        """Counts of all outcomes."""
        with _told(self._folder):
            counted = self._db.execute("SELECT code, count(*) FROM outcome GROUP BY code ORDER BY code").fetchall()
            taken = self._db.execute(
                "SELECT total(requests), total(prompt_tokens), total(completion_tokens) FROM outcome"
            ).fetchone()
        failures = {code: count for code, count in counted if code is not None}
        filings = sum(count for _, count in counted)
        requests, prompt_tokens, completion_tokens = map(int, taken)
        return Totals(filings, filings - sum(failures.values()), failures, requests, prompt_tokens, completion_tokens)

    def _begin(self, settings: Values) -> None:
        if not self._db.execute("SELECT 1 FROM sqlite_master").fetchone():
            self._create(settings)
        begun = {name: json.loads(value) for name, value in self._db.execute("SELECT name, value FROM setting")}
        if begun != settings:
            if self._resume is Resume.refuse:
                raise InputError(f"{self._folder}: {_difference(begun, settings)}")
            for (table,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                self._db.execute(f"DROP TABLE {table}")
            self._create(settings)
        self._run = self._db.execute("INSERT INTO run DEFAULT VALUES").lastrowid or 0
        self.commit()

    def _create(self, settings: Values) -> None:
        for statement in _SCHEMA.split(";"):
            self._db.execute(statement)
        self._db.executemany(
            "INSERT INTO setting VALUES (?, ?)", [(name, json.dumps(value)) for name, value in settings.items()]
        )

    def _admitted(self, source: Source, place: int) -> Task | None:
        path = source.id if source.path else None
        id, again = source.id, 1
        known = self._known(id)
        while known and known.run == self._run:
            if path and known.path == path:
                return None
            again += 1
            id = f"{source.id}#{again}"
            known = self._known(id)
        self._keys[id] = self._db.execute(
            "INSERT INTO filing (id, path, run, place) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
            "SET path = excluded.path, run = excluded.run, place = excluded.place RETURNING key",
            (id, path, self._run, place),
        ).fetchone()[0]
        named = source if id == source.id else Source(id, source.path, source.data, source.pick)
        if known is None or known.code in PASSING or known.pick != source.pick:
            return Task(named)
        return Task(named, known.sha256, known.code is not None)

    def _known(self, id: str) -> _Known | None:
        found = self._db.execute(
            "SELECT run, path, sha256, pick, code FROM filing LEFT JOIN outcome USING (key) WHERE id = ?", (id,)
        ).fetchone()
        return _Known(*found) if found else None


@dataclass(frozen=True, slots=True)
class _Known:
    run: int
    path: str | None
    sha256: str | None
    pick: int | None
    code: str | None


def _difference(begun: Values, settings: Values) -> str:
    """What is told of the first setting that differs."""
    name = next(name for name in {**begun, **settings} if begun.get(name) != settings.get(name))
    was, now = (values.get(name) for values in (begun, settings))
    return (
        f"what is here was begun with {name} {was}, not {now}; give the same options, name another --out, or do all "
        "of it anew by --resume redo"
    )


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Trouble with the state as an InputError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorname", "") or ""
        if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise InputError(f"{folder}: another run is at work here; wait for it, or name another --out") from error
        raise InputError(
            f"{folder / STATE}: the state of the run cannot be kept ({error}); what is done is safe: make room, or see "
            "to the disk, and give the same command again"
        ) from error
