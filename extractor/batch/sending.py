"""Requests on their way to a server's Batch API: gathered in files within its limits, each sent once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from extractor.batch.batches import BatchServer, Limits, RefusedError, line_of
from extractor.batch.ledger import Batch, Ledger, Request
from extractor.errors import InputError


def spool(folder: Path) -> BinaryIO:
    """A file in `folder` without a name, which ends with the process, however that ends."""
    with told(folder):
        return tempfile.TemporaryFile(dir=folder)


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Trouble with the disk as an InputError."""
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{folder}: requests or answers cannot be written ({error.strerror or error}); nothing is lost: make room "
            "and give the same command again"
        ) from error


class Post:
    """Gathers requests and sends a file of them whenever it is full; `sent` are the ids of batches made.

    A file is first planned in the ledger, then uploaded under a name of its own, then made a batch that bears the
    run's name and the file's number, and each step is written down once it is done. So `recover` can tell, whatever
    ended a run, how far a planned file came: the server lists batches with what they bear and files with their names.
    """

    def __init__(self, ledger: Ledger, server: BatchServer, folder: Path, limits: Limits) -> None:
        self.sent: list[str] = []
        self.requests = 0
        self._ledger = ledger
        self._server = server
        self._folder = folder
        self._limits = limits
        self._file = spool(folder)
        self._held: list[Request] = []

    def recover(self) -> None:
        """Goes on with files that were planned and are no batches yet; those the server has nothing of are let go."""
        for batch in self._ledger.open_batches():
            if batch.id is not None:
                continue
            made = self._server.created(self._ledger.sender, batch.number)
            if made is not None:
                self._ledger.created(batch, made)
            elif (file := batch.file or self._server.uploaded(self._name(batch))) is not None:
                with self._dropped_if_refused(batch):
                    self._create(batch, file)
            else:
                self._ledger.dropped(batch)

    def add(self, request: Request, body: bytes) -> None:
        """Takes a request; `body` is its JSON."""
        line = line_of(request.custom_id, body)
        if self._held and (
            len(self._held) == self._limits.requests or self._file.tell() + len(line) > self._limits.bytes
        ):
            self.send()
        with told(self._folder):
            self._file.write(line)
        self._held.append(request)

    def send(self) -> None:
        """Sends what is held."""
        if not self._held:
            return
        batch = self._ledger.plan(self._held)
        with self._dropped_if_refused(batch), told(self._folder):
            file = self._server.upload(self._name(batch), self._file)
            self._ledger.uploaded(batch, file)
            self._create(batch, file)
        self.requests += len(self._held)
        self._held = []
        self._file.close()
        self._file = spool(self._folder)

    def close(self) -> None:
        with suppress(OSError):  # it is of no use any more, and a full disk was told of
            self._file.close()

    def _create(self, batch: Batch, file: str) -> None:
        id = self._server.create(file, self._ledger.sender, batch.number)
        self._ledger.created(batch, id)
        self.sent.append(id)

    @contextmanager
    def _dropped_if_refused(self, batch: Batch) -> Iterator[None]:
        try:
            yield
        except RefusedError:
            self._ledger.dropped(batch)
            raise

    def _name(self, batch: Batch) -> str:
        return f"itemone-{self._ledger.sender}-{batch.number}.jsonl"
