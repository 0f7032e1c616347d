"""Answers kept on disk, so that what was asked once costs nothing again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from types import TracebackType

from extractor.errors import InputError


class AnswerCache:
    """Answers by everything that was sent for them; the key of the account is no part of that and is never stored.

    Without a folder it keeps nothing. Values are JSON, so that reading a cache runs no code.
    """

    def __init__(self, folder: Path | None) -> None:
        self._store = None
        if folder is None:
            return
        import sqlite3

        from diskcache import Cache, JSONDisk

        try:
            self._store = Cache(str(folder), disk=JSONDisk)
        except (OSError, sqlite3.Error) as error:
            raise InputError(f"{folder}: cannot hold a cache ({error})") from error

    def __enter__(self) -> AnswerCache:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._store is not None:
            self._store.close()

    def get(self, asked: object) -> str | None:
        """The answer to what was asked, as JSON; None where there is none."""
        found = self._store.get(_digest(asked)) if self._store is not None else None
        return found if isinstance(found, str) else None

    def put(self, asked: object, answer: str) -> None:
        """Keep an answer, JSON, to what was asked."""
        if self._store is not None:
            self._store.set(_digest(asked), answer)


def _digest(asked: object) -> str:
    return hashlib.sha256(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()
