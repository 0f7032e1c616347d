"""How many tokens a text has, counted by tiktoken without a network.

The vocabulary of `o200k_base` is shipped in the package. Other encodings count where tiktoken already holds their
vocabulary on this machine; nothing is ever downloaded.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from extractor.errors import UsageError
from extractor.resources import vocabulary_dir

if TYPE_CHECKING:
    from tiktoken import Encoding

DEFAULT_ENCODING = "o200k_base"
MIN_TOKENS = 32  # one short sentence with a name and a figure; below that there is no paragraph to write
DEFAULT_MAX_TOKENS = 512  # the length that the request which this program answers asks for

_CACHE_VARIABLE = "TIKTOKEN_CACHE_DIR"  # the folder that tiktoken reads vocabularies from, named by their URL's SHA-1
_loading = threading.RLock()  # the environment and tiktoken's reader are changed for the time of one load


def count_tokens(text: str, encoding: str = DEFAULT_ENCODING) -> int:
    """Number of tokens of `text`; what looks like a special token ("<|endoftext|>") counts as the text it is.

    >>> count_tokens("Net sales rose 12%.")
    6
    """
    return len(load_encoding(encoding).encode(text, disallowed_special=()))


@cache
def load_encoding(name: str) -> Encoding:
    """The encoding of that name, from the shipped vocabulary or else from tiktoken's own folder on this machine."""
    import tiktoken

    known = tiktoken.list_encoding_names()
    if name not in known:
        raise UsageError(f"unknown encoding {name!r}: use one of {', '.join(sorted(known))}")
    with _loading, _no_download():
        for folder in (str(vocabulary_dir()), os.environ.get(_CACHE_VARIABLE)):
            with _cache_folder(folder):
                try:
                    return tiktoken.get_encoding(name)
                except _NotHeldError:
                    continue
    raise UsageError(
        f"the vocabulary of {name!r} is not on this machine and is never downloaded by this program: use "
        f"{DEFAULT_ENCODING!r}, or let tiktoken fetch it once and name its folder in {_CACHE_VARIABLE}"
    )


class _NotHeldError(Exception):
    """tiktoken asked for a vocabulary that it does not hold."""


def _refuse(blobpath: str) -> bytes:
    raise _NotHeldError(blobpath)


@contextmanager
def _no_download() -> Iterator[None]:
    """tiktoken's reader of addresses refuses, as nothing may be sent anywhere; files it holds it reads as always."""
    import tiktoken.load

    reader = tiktoken.load.read_file
    tiktoken.load.read_file = _refuse
    try:
        yield
    finally:
        tiktoken.load.read_file = reader


@contextmanager
def _cache_folder(folder: str | None) -> Iterator[None]:
    """tiktoken reads `folder` (None: where it looks by itself); afterwards the user's own setting stands again."""
    before = os.environ.get(_CACHE_VARIABLE)
    _set_cache_folder(folder)
    try:
        yield
    finally:
        _set_cache_folder(before)


def _set_cache_folder(folder: str | None) -> None:
    if folder is None:
        os.environ.pop(_CACHE_VARIABLE, None)
    else:
        os.environ[_CACHE_VARIABLE] = folder
