"""What the tests of the LLM engine share: loopback alone, no settings but their own, answers to the invented filing."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openai._base_client
import pytest

from extractor import Brief, Document, Settings, brief, document_from_text, llm
from tests.conftest import FILING
from tests.llm.server import Body, ScriptedServer

KEY = "sk-secret-0123456789abcdef"

Ask = Callable[..., Brief]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback alone may be reached."""
    only_loopback(monkeypatch)


def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def to_loopback(self: socket.socket, address: Any) -> None:
        assert address[0] in ("127.0.0.1", "::1"), f"a connection to {address!r} was asked for"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", to_loopback)


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine, no .env of the folder, no proxy; and no waiting between tries."""
    import os

    for name in list(os.environ):
        if name.startswith(("ITEMONE_", "OPENAI_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(openai._base_client, "INITIAL_RETRY_DELAY", 0.01)


# A page of nothing in particular, so that a repair, which may take a seventh of the first request, has room.
ASIDE = "\n\nCompetition\n\n" + "\n\n".join(
    f"Gardeners of the {place} choose a tool by its weight, its balance, its price and what their neighbors say of it. "
    "Other makers of hand tools offer a wider range and spend more on advertising, and some make their tools abroad."
    for place in ("North", "South", "East", "West", "coast", "plains", "hills", "valleys", "suburbs", "islands")
)


@pytest.fixture(scope="session")
def document() -> Document:
    """The invented filing, with room for repairs."""
    return document_from_text(FILING + 4 * ASIDE, name="bramblewick.txt")


@pytest.fixture
def ask(document: Document) -> Ask:
    """The brief of the invented filing, or of `source`, by the model of a server: ask(server, retries=0)."""

    def asked(server: ScriptedServer, source: Document | None = None, **settings: Any) -> Brief:
        chosen: dict[str, Any] = {"model": "m", "base_url": server.url, "api_key": KEY, "timeout": 5.0, **settings}
        return brief(source or document, engine=llm(Settings(**chosen)))

    return asked


def fact(area: str, subject: str, predicate: str, *passages: tuple[int, str], **more: Any) -> Body:
    """An entry of an answer; `more` overrides what is usual."""
    return {
        "area": area,
        "kind": "other",
        "importance": 3,
        "passages": [{"sentence": number, "quote": quote} for number, quote in passages],
        "subject": subject,
        "predicate": predicate,
        "items": [],
        "details": [],
        "names": [],
        **more,
    }


COMPANY = fact(
    "company", "Bramblewick Tools, Inc., headquartered in Dayton, Ohio,",
    "designs, makes and sells hand tools for gardeners",
    (1, "designs, makes and sells hand tools for gardeners"), (3, "The Company's headquarters are in Dayton, Ohio"),
)  # fmt: skip
PRODUCTS = fact(
    "products", "it", "makes", (4, "The Company makes pruning shears, spades and garden forks"),
    items=["pruning shears", "spades", "garden forks"], kind="product",
)  # fmt: skip
SHARE = fact(
    "revenue_sources", "pruning shears", "accounted for 61% of net sales in fiscal 1998",
    (6, "Pruning shears accounted for 61% of net sales in fiscal 1998"), kind="part",
)  # fmt: skip
SALES = fact(
    "revenue_sources", "its net sales", "were $48.2 million in fiscal 1998",
    (7, "Net sales were $48.2 million in fiscal 1998"),
    details=["compared with $43.9 million in fiscal 1997"], kind="total",
)  # fmt: skip
LARGEST = fact(
    "customer_concentration", "Harwell Home Centers", "accounted for 22% of net sales in fiscal 1998",
    (9, "Harwell Home Centers, the Company's largest customer, accounted for 22% of net sales in fiscal 1998"),
    names=["Harwell Home Centers"],
)  # fmt: skip
FACILITY = fact(
    "financing", "the company", "has a $12.0 million revolving credit facility with Tallow Creek Bank",
    (13, "The Company has a $12.0 million revolving credit facility with Tallow Creek Bank"),
    kind="credit_facility", names=["Tallow Creek Bank"],
)  # fmt: skip
GOOD = (COMPANY, SALES, SHARE, LARGEST, PRODUCTS, FACILITY)
FALSE = fact(
    "financing", "the company", "has a $21.0 million revolving credit facility with Tallow Creek Bank",
    (13, "The Company has a $12.0 million revolving credit facility with Tallow Creek Bank"), kind="credit_facility",
)  # fmt: skip
