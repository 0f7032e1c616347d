"""What the LLM engine costs: prompt tokens of the whole exchange, repair included, and 64 filings at 16 at a time.

Runs with the tests on the fixtures; `python -m tests.benchmarks.bench_llm FOLDER` measures a folder of texts, beside
langextract on the same texts and server where that is installed (`pip install -e ".[bench]"`).
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from extractor import Document, Settings, brief, count_tokens, llm, read
from tests.llm.conftest import only_loopback
from tests.llm.server import Answer, Body, ScriptedServer

ROOT = Path(__file__).parents[2]
FIXTURES = sorted((ROOT / "fixtures").glob("*.txt"))
TEXT_SHARE = 1.2  # prompt tokens of an exchange, for each token of the filing's text,
CONSTANT = 2_500  # and besides
REPAIR_SHARE = 0.15  # of the first request's tokens
FILINGS, AT_ONCE, ANSWER_AFTER = 64, 16, 1.0  # seconds
OVER_IDEAL = 1.15  # times as long as if nothing but the server took time


@dataclass(frozen=True)
class Exchange:
    """Prompt tokens of the requests of one filing, and the time that they took."""

    name: str
    text: int
    requests: list[int]
    seconds: float

    @property
    def within(self) -> bool:
        repair = self.requests[1] if len(self.requests) > 1 else 0
        limit = TEXT_SHARE * self.text + CONSTANT
        return sum(self.requests) <= limit and repair <= REPAIR_SHARE * self.requests[0]


def prompt_tokens(request: Body) -> int:
    """Tokens of all that a request holds for the model to read: messages and schema."""
    schema = request.get("response_format") or request.get("tools")
    return sum(count_tokens(message["content"]) for message in request["messages"]) + count_tokens(json.dumps(schema))


def answer(document: Document) -> Answer:
    """An answer of 40 facts: words of the filing, every third with a figure besides, so that a repair is asked for."""
    chance = random.Random(7)
    chosen = chance.sample(document.sentences, min(40, len(document.sentences)))
    return Answer(json.dumps({"facts": [_fact(s.index + 1, s.text, n) for n, s in enumerate(chosen)]}))


def _fact(number: int, text: str, n: int) -> Body:
    words = text.split()[:12]
    predicate = " ".join(["was", *words]) + (f" and ${n}.77 million" if n % 3 == 0 else "")
    return {
        "area": "company" if n == 0 else "products",
        "kind": "other",
        "importance": 1 + n % 3,
        "passages": [{"sentence": number, "quote": " ".join(words)}],
        "subject": "the company",
        "predicate": predicate,
        "items": [],
        "details": [],
        "names": [],
    }


def _settings(server: ScriptedServer) -> Settings:
    return Settings(model="m", base_url=server.url)


def exchanges(paths: Sequence[Path]) -> Iterator[Exchange]:
    for path in paths:
        document = read(path)
        with ScriptedServer(answer(document), Answer('{"facts": []}')) as server:
            start = time.perf_counter()
            try:
                brief(document, engine=llm(_settings(server)))
            finally:
                seconds = time.perf_counter() - start
        yield Exchange(path.name, count_tokens(document.text), [prompt_tokens(r) for r in server.requests], seconds)


@contextmanager
def slow_server() -> Iterator[str]:
    """The address of a server in a process of its own, as servers are, that answers after ANSWER_AFTER."""
    command = [sys.executable, "-m", "tests.llm.server", str(ANSWER_AFTER)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate()


def time_of_many(paths: Sequence[Path]) -> float:
    """Wall time of asking about FILINGS filings, AT_ONCE at a time, as a share of the server's own time."""
    documents = [read(paths[n % len(paths)]) for n in range(FILINGS)]
    with slow_server() as url:
        engine = llm(Settings(model="m", base_url=url))
        engine(documents[0], lambda _: [])  # what is imported once
        start = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda document: engine(document, lambda _: []), documents))
        seconds = time.perf_counter() - start
    return seconds / (FILINGS / AT_ONCE * ANSWER_AFTER)


def langextract_exchange(path: Path) -> Exchange:
    """langextract on the same text and server, as its own documentation calls it, with one example."""
    import langextract
    from langextract.providers.openai import OpenAILanguageModel

    text = read(path).text
    example = langextract.data.ExampleData(
        text="In fiscal 1998 our sales came to $31.4 million.",
        extractions=[langextract.data.Extraction("revenue", "$31.4 million", attributes={"period": "fiscal 1998"})],
    )
    with ScriptedServer(Answer('{"extractions": []}')) as server:
        start = time.perf_counter()
        langextract.extract(
            text,
            prompt_description="Extract revenue, customers, products, channels and financing, in order of appearance.",
            examples=[example],
            model=OpenAILanguageModel(model_id="m", api_key="none", base_url=server.url),
            show_progress=False,
        )
        seconds = time.perf_counter() - start
    return Exchange(path.name, count_tokens(text), [prompt_tokens(r) for r in server.requests], seconds)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback alone may be reached."""
    only_loopback(monkeypatch)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_prompt_tokens_keep_to_their_share(path: Path) -> None:
    (found,) = exchanges([path])
    assert len(found.requests) == 2  # the repair is counted too
    assert found.within


def test_many_filings_wait_for_the_server_and_not_for_each_other() -> None:
    assert time_of_many(FIXTURES) <= 2 * OVER_IDEAL  # one after another would be 16; what else runs takes its share


def main(folder: Path) -> int:
    paths = sorted(folder.glob("*.txt"))
    ours = list(exchanges(paths))
    for found in ours:
        total = sum(found.requests)
        share, mark = (total - CONSTANT) / found.text, "" if found.within else "  TOO MANY"
        print(f"{found.name:30} text {found.text:6}  requests {found.requests}  besides {CONSTANT}: {share:5.2f}{mark}")
    print_sum("itemone", ours)
    try:
        print_sum("langextract", [langextract_exchange(path) for path in paths])
    except ImportError:
        print('langextract is not installed: pip install -e ".[bench]"')
    share = time_of_many(paths)
    print(f"{FILINGS} filings, {AT_ONCE} at a time: {share:.2f} of the server's own time (at most {OVER_IDEAL})")
    return int(not all(found.within for found in ours) or share > OVER_IDEAL)


def print_sum(name: str, found: Sequence[Exchange]) -> None:
    requests = sum(len(one.requests) for one in found)
    tokens = sum(sum(one.requests) for one in found)
    print(f"{name:12} {requests} requests, {tokens} prompt tokens, {sum(one.seconds for one in found):.1f} s")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
