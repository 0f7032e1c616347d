"""What tests of several rooms share: an invented filing, the command in this process, and no network at all."""

from __future__ import annotations

import io
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from extractor import Brief, Document, brief, read
from extractor.cli import main

FILING = """\
PART I

Item 1. Business

General

Bramblewick Tools, Inc. (the "Company") designs, makes and sells hand tools for gardeners. The Company was incorporated
in Ohio in 1961. The Company's headquarters are in Dayton, Ohio.

Products

The Company makes pruning shears, spades and garden forks. Its main line of pruning shears is sold under the name
Fernhook. Pruning shears accounted for 61% of net sales in fiscal 1998 and 58% of net sales in fiscal 1997.

Sales and Customers

Net sales were $48.2 million in fiscal 1998, compared with $43.9 million in fiscal 1997. The Company's customers are
home improvement chains, garden centers and hardware wholesalers in the United States and Canada. Harwell Home Centers,
the Company's largest customer, accounted for 22% of net sales in fiscal 1998. The Company had 1,140 customers at
June 30, 1998.

Distribution

The Company sells its products through 14 independent sales representatives and through a mail-order catalog. The
Company ships its products from a warehouse in Dayton.

Financing

The Company has a $12.0 million revolving credit facility with Tallow Creek Bank, of which $3.5 million was borrowed at
June 30, 1998. In March 1998, the Company sold $8.0 million of its 7.5% senior notes due 2006.
"""


# Processes that tests start keep what they compile, as a user's do; else each would compile the whole program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@dataclass(frozen=True)
class Run:
    """What a run of the command gave: its exit code and both streams."""

    code: int
    out: str
    err: str


Itemone = Callable[..., Run]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is tested may reach for the network."""

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Help looks the same whatever the terminal or the build server: no colours, 100 columns."""
    for setting in ("FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS"):
        monkeypatch.delenv(setting, raising=False)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def itemone(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Itemone:
    """Runs the command in this process: itemone("brief", path, stdin=b"...")."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Run:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Run(code, out.decode(), err.decode())

    return run


@pytest.fixture
def filing(tmp_path: Path) -> Path:
    """The invented filing as a file."""
    path = tmp_path / "bramblewick.txt"
    path.write_text(FILING, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def document() -> Document:
    """The invented filing as read."""
    return read(FILING.encode(), name="bramblewick.txt")


@pytest.fixture(scope="session")
def record(document: Document) -> Brief:
    """The brief of the invented filing."""
    return brief(document)
