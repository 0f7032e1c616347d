"""Files that are named by a URL, on any file system that Ray reads: those of pyarrow (S3, Google Cloud, Azure, HDFS),
and through it those of fsspec."""

from __future__ import annotations

import glob
import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from extractor.batch.parquet import parquet
from extractor.errors import InputError, UsageError
from extractor.files import PARTIAL

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://")
_BLOCK = 4 << 20


def is_remote(name: str) -> bool:
    """Whether a name is a URL."""
    return bool(_SCHEME.match(name))


@dataclass(frozen=True)
class Remote:
    """A file or folder by its URL; what can be wrong with it is an OSError."""

    url: str

    def __str__(self) -> str:
        return self.url

    def as_posix(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        return PurePosixPath(self.url).name

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.url).suffix

    def is_file(self) -> bool:
        return True  # those that are not are known when they are read

    def open(self, mode: str = "rb") -> BinaryIO:
        """Its bytes, to read from any place."""
        system, path = _system(self.url)
        return cast("BinaryIO", io.BufferedReader(system.open_input_file(path)))

    def files(self, suffixes: tuple[str, ...]) -> Iterator[Remote]:
        """The file itself; of a folder, or of those that match a pattern, all with such names in the order of them."""
        from pyarrow.fs import FileSelector, FileType

        pattern = glob.has_magic(self.url)
        base = self.url[: re.search(r"[*?[]", self.url).start()].rpartition("/")[0] if pattern else self.url  # type: ignore[union-attr]
        system, path = _system(base)
        (found,) = system.get_file_info([path])
        if found.type == FileType.File:
            yield self
        if found.type != FileType.Directory:
            return
        root = base.rstrip("/")
        for info in sorted(system.get_file_info(FileSelector(path, recursive=True)), key=lambda info: info.path):
            below = info.path[len(path.rstrip("/")) :].lstrip("/")
            url = f"{root}/{below}"
            hidden = any(part.startswith(".") for part in below.split("/"))
            wanted = _matches(url.split("/"), self.url.split("/")) if pattern else below.lower().endswith(suffixes)
            if info.type == FileType.File and wanted and not hidden:
                yield Remote(url)


def _matches(parts: list[str], patterns: list[str]) -> bool:
    """As in a glob: "*" stays within a folder, and "**" is for any of them, or none."""
    if not patterns:
        return not parts
    if patterns[0] == "**":
        return any(_matches(parts[start:], patterns[1:]) for start in range(len(parts)))
    return bool(parts) and fnmatchcase(parts[0], patterns[0]) and _matches(parts[1:], patterns[1:])


def made(url: str) -> str:
    """A folder, made where there is none; InputError where it cannot be."""
    try:
        system, path = _system(url)
        system.create_dir(path, recursive=True)
    except OSError as error:
        raise InputError(f"{url}: this folder cannot be made ({' '.join(str(error).split())})") from error
    return url


def copy(folder: Path, names: tuple[str, ...], url: str) -> None:
    """Copies those files of a folder that there are to that of a URL, each one whole or not at all."""
    try:
        system, path = _system(url)
        for name in names:
            if not (folder / name).exists():
                continue
            partial = f"{path}/{PARTIAL}{name}"
            with (folder / name).open("rb") as file, system.open_output_stream(partial) as there:
                shutil.copyfileobj(file, there, _BLOCK)
            system.move(partial, f"{path}/{name}")
    except OSError as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{url}: cannot be written ({reason}); the results are in {folder}") from error


def _system(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path in it."""
    parquet()  # which says what to install
    from pyarrow import fs

    try:
        return cast("tuple[Any, str]", fs.FileSystem.from_uri(url))
    except ValueError as error:  # none of its own
        try:
            import fsspec.core

            system, path = fsspec.core.url_to_fs(url)
        except (ImportError, ValueError):
            raise UsageError(f"{url}: {' '.join(str(error).split())}") from error
        return fs.PyFileSystem(fs.FSSpecHandler(system)), path
