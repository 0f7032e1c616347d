"""Mutated and made-up files: nothing but the documented outcomes, each within seconds and a bounded memory."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import Brief, brief, check, read
from extractor.errors import ItemoneError
from tests.conftest import FILING

SLOWEST = 10.0
"""Processor seconds that no file may take."""
MOST_MEMORY = 1_000_000
"""Kilobytes that no file may take."""
BATCHES = 10
INPUTS = 220
"""Inputs of a batch: over all batches more than 2,000."""

FIXTURES = Path(__file__).parent.parent / "fixtures"
SHORT = FILING[: FILING.index("Products")] + FILING[FILING.index("Financing") :]
PAGE = "".join(f"<p>{part}</p>\n" for part in SHORT.replace("$", "<b>$</b>").split("\n\n"))
ROWS = "<table><tr><td>&#8226;</td><td>Spades</td></tr><tr><td>Forks</td><td>$</td><td>1.5</td></tr></table>"
TAIL = "<p>Item 1A. Risk Factors</p><p>There are some.</p><p>Item 2. Properties</p><p>One plant.</p>"
HTML = f"<html><head><title>10-K</title></head><body>{PAGE}<ul><li>Hoes</li></ul>{ROWS}{TAIL}</body></html>"
SUBMISSION = (
    f"<SEC-DOCUMENT>\n<SEC-HEADER>\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>10-K\n<TEXT>\n{HTML}\n</TEXT>\n</DOCUMENT>\n"
)
SEEDS = [
    SHORT.encode(),
    (SHORT + "\nItem 2. Properties\n\nOne plant.\n\nItem 3. Legal Proceedings\n\nNone.\n").encode(),
    HTML.encode(),
    SUBMISSION.encode(),
    json.dumps({"cik": "1", "item_1": SHORT, "item_7": "Sales rose."}).encode(),
    "\n".join(json.dumps({"section_1": SHORT}) for _ in range(2)).encode(),
    (FIXTURES / "millbrook-savings.txt").read_bytes()[:6000],
]
HOSTILE = [
    b"\0", b"\xff\xfe", b"\x80\x81", b"&#xFFFFFFFF;", b"&nbsp", b"<!--", b"]]>", b"<", b">", b"<table><tr><td>",
    b"</div>", b"<div>" * 50, b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\r", b"\x0c", b"{", b'"', b"\\", b"PART II\n",
    b"Item 1. Business\n", b"<script>", b"<pre>", b"<?xml", b"<SEC-DOCUMENT>", b"</TEXT>", b"$1,", b"(" * 30,
    b"\n" * 30, b"%PDF-", b"{{ 7 }}",
]  # fmt: skip
Mutation = Callable[[bytes, random.Random], bytes]


def cut(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[start:end] if chance.random() < 0.5 else data[:start] + data[end:]


def doubled(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:end] + data[start:]


def shuffled(data: bytes, chance: random.Random) -> bytes:
    by = chance.choice([b"\n", b"<", b" ", b"."])
    parts = data.split(by)
    chance.shuffle(parts)
    return by.join(parts)


def encoded_anew(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    encoding = chance.choice(["utf-16", "utf-16-le", "cp1252", "latin-1", "utf-8-sig", "cp037", "utf-7", "shift-jis"])
    return text.encode(encoding, "replace")


def damaged(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(HOSTILE) + data[at + chance.randrange(4) :]
    return data


MUTATIONS: list[Mutation] = [cut, doubled, shuffled, encoded_anew, damaged]


def outcome(data: bytes, *, checked: bool) -> Brief | None:
    """The brief of a file, None where it is refused in one line; any other outcome fails the test."""
    begin = time.process_time()
    document, record, refusal = None, None, "none"
    try:
        document = read(data)
        record = brief(document, max_tokens=64)
    except ItemoneError as error:
        refusal = str(error)
    assert time.process_time() - begin < SLOWEST
    assert len(refusal.splitlines()) == 1
    if checked and record and document:
        assert check(record, document) == []
    return record


@pytest.mark.parametrize("batch", range(BATCHES))
def test_mutated_files(batch: int) -> None:
    chance = random.Random(batch)
    briefs = 0
    for number in range(INPUTS):
        data = chance.choice(SEEDS)
        for mutation in chance.choices(MUTATIONS, k=chance.randrange(1, 4)):
            data = mutation(data, chance)
        briefs += outcome(data, checked=number % 20 == 0) is not None
    assert briefs > INPUTS // 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < MOST_MEMORY


FRAGMENTS = st.one_of(
    st.sampled_from([piece.decode("latin-1") for piece in HOSTILE]),
    st.sampled_from(
        ["<p>", "</p>", "<td>", "<li>", "<br>", "Item 2. Properties\n", "We sell spades. ", "Net sales were $4."]
    ),
    st.text(max_size=12),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.lists(FRAGMENTS, max_size=30), st.sampled_from(["", "<html><body>", "<DOCUMENT>\n<TEXT>\n", '{"item_1": "']))
def test_made_up_files(fragments: list[str], start: str) -> None:
    outcome((start + "".join(fragments)).encode("utf-8", "replace"), checked=False)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
def test_bytes(data: bytes) -> None:
    outcome(data, checked=False)


ITEM = b"<html><body><p>Item 1. Business</p>"
SENTENCE = b"<p>We sell spades to gardeners, and net sales were $48.2 million in fiscal 1998.</p>\n"
LARGE = [
    pytest.param(ITEM + SENTENCE * 500 + b"<p>Item 2. Properties</p>" + SENTENCE * 320_000, 0, id="30 MB"),
    pytest.param(ITEM + b"<div>" * 1_000_000 + SENTENCE * 20, 0, id="a million nested tags"),
    pytest.param(ITEM + b"<table><tr><td>" * 300_000 + SENTENCE * 20, 0, id="nested tables"),
    pytest.param(ITEM + b"<div>" * 20_000 + b"</span>" * 1_000_000, 3, id="ends without starts"),
    pytest.param(ITEM + b"<" * 10_000_000, 3, id="angles"),
    pytest.param(b"<!-- x -->" * 1_500 + b"<p>" * 100, 3, id="comments"),
    pytest.param(b"Item 1. Business\n" * 500_000, 3, id="headings"),
    pytest.param((b"Item 1" + b" " * 200) * 20_000, 3, id="white space"),
]
RUN = """\
import sys, time
from extractor.cli import main
code = main(sys.argv[1:])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(peak.split()[1], time.process_time(), file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read where Linux has it")
@pytest.mark.parametrize(("data", "code"), LARGE)
def test_large_and_hostile_files(data: bytes, code: int, tmp_path: Path) -> None:
    path = tmp_path / "filing.html"
    path.write_bytes(data)
    run = subprocess.run([sys.executable, "-c", RUN, "text", path], capture_output=True, text=True, check=False)
    assert run.returncode == code, run.stderr
    memory, seconds = run.stderr.splitlines()[-1].split()
    assert float(seconds) < SLOWEST
    assert int(memory) < MOST_MEMORY
