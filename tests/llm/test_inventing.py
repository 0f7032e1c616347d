"""A model that makes things up: whatever it says, nothing false is told."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from extractor import Brief, Document, InputError, check, read
from extractor.engines.llm.answer import KINDS
from extractor.schema import Area
from tests.llm.conftest import Ask
from tests.llm.server import Answer, Body, ScriptedServer

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").glob("*.txt"))
RUNS = 200
_AREAS: list[Area] = [
    "company",
    "revenue_sources",
    "customer_concentration",
    "customers",
    "products",
    "channels",
    "financing",
]
_NAMES = "Zephyrine Zanthol Quorvex Ulmarion Brixatel Vandoro Yttrica Oskelby".split()
_VERBS = "was is had sold makes accounted has acquired borrowed sells lost".split()


def invented(chance: random.Random, document: Document) -> Body:
    """A fact in the right shape: real sentence numbers, quotes real or not, and words and figures of all sorts."""
    sentence = chance.choice(document.sentences)
    words = sentence.text.split()
    start = chance.randrange(len(words))
    quote = " ".join(words[start : start + chance.randint(1, 15)])
    others = chance.choice(document.sentences).text.split()
    figure = chance.choice(
        [f"${chance.randint(1, 999)}.{chance.randint(0, 9)} million", f"{chance.randint(1, 99)}%", "7,301"]
    )
    year = chance.choice([f"in {chance.randint(1988, 2031)}", "in fiscal 1997", ""])
    tail = " ".join(chance.sample(others, min(len(others), chance.randint(1, 6))))
    return {
        "area": chance.choice(_AREAS),
        "kind": chance.choice([kind for kinds in KINDS.values() for kind in kinds]),
        "importance": chance.choice([3, 2, 1]),
        "passages": [{"sentence": sentence.index + 1, "quote": quote if chance.random() < 0.9 else tail}],
        "subject": chance.choice(["the company", "its revenue", chance.choice(_NAMES), " ".join(others[:3]) or "it"]),
        "predicate": f"{chance.choice(_VERBS)} {chance.choice([figure, tail, chance.choice(_NAMES)])} {year}".strip(),
        "items": chance.sample([*_NAMES, *others], chance.choice([0, 0, 3])),
        "details": [f"against {figure}"] if chance.random() < 0.2 else [],
        "names": [chance.choice(_NAMES)],
    }  # fmt: skip


def copied(chance: random.Random, document: Document) -> Body:
    """A fact that is true, as a sentence about the company is copied whole."""
    own = [s for s in document.sentences if s.text.startswith(("The Company ", "We ")) and " our " not in s.text]
    sentence = chance.choice(own)
    predicate = sentence.text.removeprefix("The Company ").removeprefix("We ")
    passages = [{"sentence": sentence.index + 1, "quote": sentence.text}]
    true = {"subject": "the company", "predicate": predicate, "passages": passages}
    return {**invented(chance, document), "items": [], "details": [], "area": "products", **true}


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [read(path) for path in FIXTURES]


def _numbers(text: str) -> set[str]:
    return {number.replace(",", "").rstrip(".") for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def _assert_true(record: Brief, document: Document) -> None:
    text = record.narrative.text
    assert _numbers(text) <= _numbers(document.text)
    assert not [name for name in _NAMES if name in text]
    assert check(record, document) == []  # every quote at its place, every sentence and statement carried by its quotes


def test_nothing_that_is_made_up_is_told(ask: Ask, documents: list[Document]) -> None:
    chance = random.Random(20_240)
    told = 0
    for run in range(RUNS):
        document = documents[run % len(documents)]
        entries = [*(invented(chance, document) for _ in range(12)), copied(chance, document)]
        with ScriptedServer(Answer(json.dumps({"facts": entries}))) as server:
            try:
                record = ask(server, document, repairs=0)
            except InputError:  # nothing of it holds
                continue
        told += 1
        _assert_true(record, document)
    assert told > RUNS / 2  # or the test would show nothing
