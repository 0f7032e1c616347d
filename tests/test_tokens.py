"""Token counts: by tiktoken, from the shipped vocabulary, without a network."""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path

import pytest
import tiktoken
from hypothesis import given
from hypothesis import strategies as st

from extractor import UsageError, count_tokens
from extractor.resources import vocabulary_dir
from extractor.tokens import load_encoding

# The SHA-256 that tiktoken itself asks of the vocabulary of o200k_base.
O200K_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
# Counts that OpenAI's own tokenizer gives.
COUNTS = [
    pytest.param("", 0, id="empty"),
    pytest.param("Net sales rose 12%.", 6, id="sentence"),
    pytest.param("hello world", 2, id="words"),
    pytest.param("<|endoftext|>", 7, id="special-token-as-text"),
]


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if nothing had been loaded before, by us or by tiktoken."""
    load_encoding.cache_clear()
    monkeypatch.setattr(tiktoken.registry, "ENCODINGS", {})


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_counts(text: str, expected: int) -> None:
    assert count_tokens(text) == expected


def test_the_shipped_vocabulary_is_the_real_one() -> None:
    (vocabulary,) = vocabulary_dir().iterdir()
    assert hashlib.sha256(vocabulary.read_bytes()).hexdigest() == O200K_SHA256


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("setting", [None, "elsewhere", ""], ids=["unset", "set", "empty"])
def test_counting_needs_no_network_and_leaves_the_users_setting(
    setting: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if setting is None:
        monkeypatch.delenv("TIKTOKEN_CACHE_DIR", raising=False)
    else:
        monkeypatch.setenv("TIKTOKEN_CACHE_DIR", setting)
    reader = tiktoken.load.read_file
    assert count_tokens("hello world") == 2
    assert os.environ.get("TIKTOKEN_CACHE_DIR") == setting
    assert tiktoken.load.read_file is reader


@pytest.mark.usefixtures("fresh")
def test_another_encoding_counts_where_tiktoken_holds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vocabulary of single bytes stands in for the real one: each byte is then one token."""
    address = "https://vocabulary.invalid/bytes.tiktoken"
    lines = "".join(f"{_base64(bytes([b]))} {b}\n" for b in range(256))
    (tmp_path / hashlib.sha1(address.encode()).hexdigest()).write_text(lines)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))

    def constructor() -> dict[str, object]:
        ranks = tiktoken.load.load_tiktoken_bpe(address)
        return {"name": "p50k_base", "pat_str": r"\w+|\W+", "mergeable_ranks": ranks, "special_tokens": {}}

    tiktoken.list_encoding_names()
    monkeypatch.setattr(
        tiktoken.registry,
        "ENCODING_CONSTRUCTORS",
        {**(tiktoken.registry.ENCODING_CONSTRUCTORS or {}), "p50k_base": constructor},
    )
    assert count_tokens("hello", "p50k_base") == 5


@pytest.mark.usefixtures("fresh")
def test_an_encoding_that_is_not_held_is_never_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    with pytest.raises(UsageError, match=r"'r50k_base' is not on this machine and is never downloaded"):
        count_tokens("hello", "r50k_base")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_encoding_names_those_that_there_are() -> None:
    with pytest.raises(UsageError, match=r"unknown encoding 'o200k': use one of .*o200k_base"):
        count_tokens("hello", "o200k")


@given(st.text())
def test_a_text_has_at_most_as_many_tokens_as_bytes(text: str) -> None:
    assert 0 <= count_tokens(text) <= len(text.encode())


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
