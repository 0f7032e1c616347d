"""What is known of requests that were sent in batches: a part of a run's state, in tables beside those of its filings.

A request is of one filing, in one slot (see `engines.llm.replay`), and is in one of these states:

    out       in a file that is, or is about to be, a batch of the server
    answered  its answer is here
    lost      it got no answer of its own: an error that may pass, or the batch expired before its turn
    unsent    its batch as a whole came to nothing (failed, cancelled), which is no fault of the request

A file is written down here as planned before it is uploaded, then with the server's id of the file, then with that of
the batch; what is between two of these steps when a run is ended is found again by the names that the server has of it.
"""

from __future__ import annotations

import sqlite3
import uuid
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.batch.store import Store
from extractor.errors import InputError

if TYPE_CHECKING:
    from extractor.engines.llm.replay import Reply


@dataclass(frozen=True, slots=True)
class Request:
    """A request of the filing numbered `filing`; `sha256` is of the filing's bytes that it was made of."""

    filing: int
    slot: str
    sha256: str | None

    @property
    def custom_id(self) -> str:
        """What it is told by in a batch."""
        return f"{self.filing}.{self.slot}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one filing is: its slots in each state but answered, the answers, whether it has an outcome.

    `sha256` is of the bytes that its requests were made of; None where it has no requests.
    """

    out: frozenset[str]
    lost: frozenset[str]
    unsent: frozenset[str]
    answers: dict[str, Reply] = field(repr=False)
    sha256: str | None
    settled: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """A file of requests: its number in this run, and the server's ids of file and batch as far as they are known."""

    number: int
    file: str | None
    id: str | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A line of a batch's results: its `custom_id`, the reply, and whether asking again may mend it."""

    custom_id: str
    reply: Reply
    passing: bool


class Ledger:
    """The requests of the run that `store` holds the state of; every change is on the disk when its method returns."""

    def __init__(self, store: Store) -> None:
        self._store = store
        with self._written() as db:
            db.execute("COMMIT")
            db.execute("PRAGMA synchronous=FULL")  # what the server was sent must not be forgotten with the power
            db.execute("BEGIN IMMEDIATE")
            if not db.execute("SELECT 1 FROM sender").fetchone():
                db.execute("INSERT INTO sender VALUES (?)", (uuid.uuid4().hex,))
            (self.sender,) = db.execute("SELECT name FROM sender").fetchone()

    @contextmanager
    def _written(self) -> Iterator[sqlite3.Connection]:
        """The connection, what is changed with it kept at the end; none of it where that fails."""
        with self._store.kept() as db:
            yield db
            self._store.commit()

    def standing(self, filing: int, pick: int | None) -> Standing:
        """How far a filing is; its outcome counts as one if it was at the same place of its file."""
        from extractor.engines.llm.replay import Reply  # it loads the libraries that ask a model

        with self._store.kept() as db:
            rows = db.execute(
                "SELECT slot, sha256, state, status, answer FROM request WHERE filing = ?", (filing,)
            ).fetchall()
            settled = db.execute("SELECT 1 FROM outcome WHERE key = ? AND pick IS ?", (filing, pick)).fetchone()
        out, lost, unsent = (
            frozenset(slot for slot, _, state, *_ in rows if state == wanted) for wanted in ("out", "lost", "unsent")
        )
        answers = {
            slot: Reply(status, zlib.decompress(answer))
            for slot, _, state, status, answer in rows
            if state == "answered"
        }
        return Standing(out, lost, unsent, answers, rows[0][1] if rows else None, settled is not None)

    def plan(self, requests: Sequence[Request]) -> Batch:
        """Writes down that a file of these is about to be sent; their filings have no outcome any more."""
        with self._written() as db:
            number = db.execute("INSERT INTO batch (ended) VALUES (0)").lastrowid or 0
            db.executemany(
                "INSERT INTO request VALUES (?, ?, ?, 'out', ?, 1, NULL, NULL) ON CONFLICT (filing, slot) DO UPDATE "
                "SET state = 'out', batch = excluded.batch, tries = tries + 1, sha256 = excluded.sha256, "
                "status = NULL, answer = NULL",
                [(request.filing, request.slot, request.sha256, number) for request in requests],
            )
            db.executemany("DELETE FROM outcome WHERE key = ?", {(request.filing,) for request in requests})
        return Batch(number, None, None)

    def uploaded(self, batch: Batch, file: str) -> None:
        with self._written() as db:
            db.execute("UPDATE batch SET file = ? WHERE number = ?", (file, batch.number))

    def created(self, batch: Batch, id: str) -> None:
        with self._written() as db:
            db.execute("UPDATE batch SET id = ? WHERE number = ?", (id, batch.number))

    def dropped(self, batch: Batch) -> None:
        """A file that never became a batch."""
        with self._written() as db:
            db.execute("UPDATE batch SET ended = 1 WHERE number = ?", (batch.number,))  # its name is not used again
            db.execute(
                "UPDATE request SET state = 'unsent', batch = NULL, tries = tries - 1 WHERE batch = ?", (batch.number,)
            )

    def open_batches(self) -> list[Batch]:
        """Those whose results are not here yet, in the order in which they were sent."""
        with self._store.kept() as db:
            rows = db.execute("SELECT number, file, id FROM batch WHERE NOT ended ORDER BY number").fetchall()
        return [Batch(*row) for row in rows]

    def ended(self, batch: Batch, results: Iterable[Answered], *, whole: bool) -> None:
        """Takes the results of a batch that has ended; one that came to nothing as a whole is `whole`."""
        rest = "unsent" if whole else "lost"
        with self._written() as db:
            for result in results:
                filing, _, slot = result.custom_id.partition(".")
                db.execute(
                    "UPDATE request SET state = ?, status = ?, answer = ? "
                    "WHERE filing = ? AND slot = ? AND batch = ? AND state = 'out'",
                    (
                        rest if result.passing else "answered", result.reply.status, zlib.compress(result.reply.body),
                        filing, slot, batch.number,
                    ),
                )  # fmt: skip
            db.execute("UPDATE request SET state = ? WHERE batch = ? AND state = 'out'", (rest, batch.number))
            db.execute("UPDATE batch SET ended = 1 WHERE number = ?", (batch.number,))

    def give_up(self, tries: int, unanswered: Reply) -> None:
        """Requests that were lost more than `tries` times are answered by their last error, or by `unanswered`."""
        with self._written() as db:
            db.execute(
                "UPDATE request SET state = 'answered', status = ifnull(status, ?), answer = ifnull(answer, ?) "
                "WHERE state = 'lost' AND tries > ?",
                (unanswered.status, zlib.compress(unanswered.body), tries),
            )

    def forget(self, filing: int, *, outcome: bool = False) -> None:
        """Lets go of all that was asked of a filing, and of its outcome too where that no longer holds."""
        with self._written() as db:
            db.execute("DELETE FROM request WHERE filing = ?", (filing,))
            if outcome:
                db.execute("DELETE FROM outcome WHERE key = ?", (filing,))

    def out(self) -> int:
        """How many requests are out."""
        with self._store.kept() as db:
            (count,) = db.execute("SELECT count(*) FROM request WHERE state = 'out'").fetchone()
        return int(count)


def refuse_open(store: Store) -> None:
    """InputError where requests are out, or their answers are not used yet: who asks the same now pays for it twice."""
    with store.kept() as db:
        (count,) = db.execute("SELECT count(*) FROM request").fetchone()
    if count:
        raise InputError(f"{count} requests of this run were sent in batches: go on with --collect, or --submit")
