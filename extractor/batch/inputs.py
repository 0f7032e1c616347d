"""What the names on the command line stand for: one Source after another, read as they are asked for.

Memory holds one filing at a time, and the names of the files of one folder or glob.
"""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from extractor.batch.outputs import OWN_FILES
from extractor.batch.parquet import parquet
from extractor.batch.remote import Remote, is_remote
from extractor.batch.work import Source
from extractor.errors import InputError, UsageError
from extractor.reading.datasets import name_of

LISTED = "-"
_JSON = (".json", ".jsonl", ".ndjson")
_PARQUET = ".parquet"
File = Path | Remote
SUFFIXES = (".txt", ".htm", ".html", ".xhtml", *_JSON, _PARQUET)
"""Of a folder, files of these are taken."""
_ROWS = 16  # of a Parquet file that are in memory at a time
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Inputs:
    """Filings by their names: files, folders, globs, JSON lines, Parquet, or "-" for a list of paths in `listed`.

    A name may be a URL. `id` and `text` are the columns of Parquet files. Files that a run itself writes to `out` are
    left out.
    """

    names: Sequence[str]
    out: Path
    id: str = "id"
    text: str = "text"
    listed: BinaryIO | None = None

    def check(self) -> None:
        """InputError for a name that stands for nothing, UsageError for columns that are not there."""
        for name in self.names:
            if name == LISTED:
                continue
            first = next(self._files(name), None)
            if first is None:
                raise InputError(f"{name}: {_nothing(name)}")
            if first.suffix.lower() == _PARQUET:
                self._parquet(first).close()

    def __iter__(self) -> Iterator[Source]:
        for name in self.names:
            for path in self._listed() if name == LISTED else self._files(name):
                yield from self._sources(path)

    def count(self) -> int | None:
        """How many filings there are, a file named twice counted twice; None where only reading a list would tell."""
        if LISTED in self.names:
            return None
        return sum(self._count(path) for name in self.names for path in self._files(name))

    def _files(self, name: str) -> Iterator[File]:
        if is_remote(name):
            with _told(Remote(name)):
                yield from Remote(name).files(SUFFIXES)
            return
        found = [name] if os.path.exists(name) else sorted(glob.glob(name, recursive=True))
        own = self.out.resolve()
        for each in found:
            for file in _walked(Path(each)) if os.path.isdir(each) else [Path(each)]:
                if not (file.name.startswith(OWN_FILES) and file.parent.resolve() == own):
                    yield file

    def _listed(self) -> Iterator[File]:
        for line in self.listed or []:
            if is_remote(name := os.fsdecode(line.strip(b"\r\n"))):
                yield Remote(name)
            elif name:
                yield from self._files(name) if os.path.isdir(name) else [Path(name)]

    def _sources(self, path: File) -> Iterator[Source]:
        if isinstance(path, Path) and not os.path.isfile(path):
            yield Source(_id_of(path), path=path)  # who reads it will say what it is
        elif path.suffix.lower() == _PARQUET:
            yield from self._rows(path)
        elif _holds_lines(path):
            yield from _lines(path)
        else:
            yield Source(_id_of(path), path=path)

    def _count(self, path: File) -> int:
        if path.suffix.lower() == _PARQUET:
            with self._parquet(path) as file:
                return int(file.metadata.num_rows)
        return _lines_in(path) if _holds_lines(path) else 1

    def _rows(self, path: File) -> Iterator[Source]:
        row = 0
        with self._parquet(path) as file, _told(path):
            for batch in file.iter_batches(_ROWS, columns=[self.id, self.text]):
                columns = batch.to_pydict()
                for id, text in zip(columns[self.id], columns[self.text], strict=True):
                    row += 1
                    data = text.encode() if isinstance(text, str) else text if isinstance(text, bytes) else None
                    yield Source(f"{_id_of(path)}:{row}" if id is None else str(id), data=data)

    def _parquet(self, path: File) -> Any:
        pyarrow = parquet()
        with _told(path):
            file = pyarrow.ParquetFile(path if isinstance(path, Path) else path.open(), pre_buffer=False)
        there = file.schema_arrow.names
        for option, column in (("--id", self.id), ("--text", self.text)):
            if column not in there:
                file.close()
                raise UsageError(f"{path}: it has no column {column!r} ({option}); there are: {', '.join(there)}")
        return file


def _nothing(name: str) -> str:
    """What is told of a name that stands for no file."""
    if os.path.isdir(name):
        return f"this folder holds no filings ({', '.join(SUFFIXES)})"
    return "no file matches; check the pattern" if glob.has_magic(name) else "there is no such file; check the path"


def _walked(folder: Path) -> Iterator[Path]:
    """The filings in a folder and in those under it, in the order of their names; hidden ones are left out."""
    for place, folders, files in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                yield Path(place, name)


def _refuse(error: OSError) -> None:
    """A folder that cannot be looked into is not passed over in silence."""
    raise InputError(f"{error.filename}: cannot be read ({error.strerror})") from error


@contextmanager
def _told(path: File) -> Iterator[None]:
    """Trouble with a file that holds many filings, as an InputError."""
    try:
        yield
    except (OSError, ValueError) as error:  # pyarrow's own errors are ValueErrors
        raise InputError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from error


def _id_of(path: File) -> str:
    """The path as it was named, with what UTF-8 has not written out."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()


def _holds_lines(path: File) -> bool:
    """Whether a file holds a filing in each of its lines: a .json may, or be a filing itself."""
    suffix = path.suffix.lower()
    if suffix != ".json":
        return suffix in _JSON
    try:
        with path.open("rb") as file:
            first = file.readline().strip()
            return first.startswith(b"{") and first.endswith(b"}") and any(line.strip() for line in file)
    except OSError:
        return False  # who reads the filing will say so


def _lines(path: File) -> Iterator[Source]:
    """The filings of JSON lines, by the names that the collection has for them, else by their numbers."""
    number = 0
    with _told(path), path.open("rb") as file:
        for line in file:
            if line.strip():
                number += 1
                yield Source(_name_in(line) or f"{_id_of(path)}:{number}", data=line, pick=number)


def _name_in(line: bytes) -> str | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):  # who reads the filing will say so
        return None
    name = name_of(record) if isinstance(record, dict) else None
    return name and name.encode("utf-8", "backslashreplace").decode()


def _lines_in(path: File) -> int:
    """The lines of a file, the empty ones too, without taking them apart."""
    count, end = 0, b"\n"
    with _told(path), path.open("rb") as file:
        while block := file.read(_BLOCK):
            count += block.count(b"\n")
            end = block
    return count + (not end.endswith(b"\n"))
