"""Bytes from files, results to standard output or to a file that is either whole or untouched."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from extractor.errors import InputError

PARTIAL = ".itemone-"
"""What the name of a file begins with while it is written."""

CLOSED_PIPE = 141  # what a shell reports of a program that a closed pipe ended: 128 + SIGPIPE


def read_bytes(path: Path) -> bytes:
    """What the file holds; InputError says why it cannot be read."""
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({_reason(error)})") from error


def standard_input() -> BinaryIO:
    """The bytes that are piped in; InputError where nothing can be."""
    if sys.stdin is None:
        raise InputError("standard input is closed: name a file")
    return sys.stdin.buffer


def write_result(text: str, output: Path | None) -> None:
    """Write `text` in UTF-8 to `output`, or to standard output where none is named."""
    data = text.encode("utf-8")
    if output is None:
        _write_to_stdout(data)
    else:
        write_file(output, data)


def write_file(path: Path, data: bytes) -> None:
    """Replace the file at `path` by `data` at once; whatever goes wrong, what stood there before stands there still."""
    try:
        if path.is_dir():
            raise InputError(f"{path}: cannot be written (it is a folder); name a file in it")
        if path.exists() and not path.is_file():  # a device or a pipe is written to, never replaced
            path.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(path)), data)  # a link keeps pointing at the file
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({_reason(error)})") from error


@contextmanager
def replaced(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of the one at `path` at the end, on the disk; if that fails, none does."""
    partial = path.with_name(f"{PARTIAL}{os.getpid()}.partial")
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, partial)
        os.replace(partial, path)
    except BaseException:  # an interrupt too must leave nothing half-written behind
        partial.unlink(missing_ok=True)
        raise


def remove_partial(folder: Path) -> None:
    """Removes what a killed process may have left half-written in a folder that no other one writes to."""
    for partial in folder.glob(f"{PARTIAL}*.partial"):
        partial.unlink(missing_ok=True)


def _reason(error: Exception) -> str:
    """ "No such file or directory", rather than that with a number and the path again."""
    return (isinstance(error, OSError) and error.strerror) or str(error)


def _replace(path: Path, data: bytes) -> None:
    if path.exists() and not os.access(path, os.W_OK):  # replacing would go round the file's own permission
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    with replaced(path) as file:
        file.write(data)


def _write_to_stdout(data: bytes) -> None:
    """The same bytes whatever encoding the terminal's settings name; ends the program where nobody reads any more."""
    if sys.stdout is None:
        raise InputError("standard output is closed")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _give_up_stdout()
        raise SystemExit(CLOSED_PIPE) from None
    except OSError as error:
        _give_up_stdout()
        raise InputError(f"standard output: cannot be written ({_reason(error)})") from error


def _give_up_stdout() -> None:
    """What is still buffered goes nowhere, or the interpreter would complain about it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
