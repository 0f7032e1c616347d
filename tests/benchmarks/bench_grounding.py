"""Speed of grounding: claims judged a second, in one process.

Runs with the tests on invented claims; `python -m tests.benchmarks.bench_grounding CLAIMS.jsonl` measures a file of
claims, one {"id","statement","quote"} a line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from extractor.grounding.claims import judge_claims
from tests.timing import seconds

CLAIMS_A_SECOND = 1500  # half of what an idle machine does: a shared one must not fail it
TIMES = 3  # the best of so many runs: what else the machine does only ever adds to a time
SOME = 1000


def invented_claims() -> Iterator[str]:
    """Claims of the length of a reader's, no two alike, true and false in turn."""
    for n in range(SOME):
        year, share, amount = 1980 + n % 40, 11 + n % 80, n * 7 + 3
        passage = (
            f"In fiscal {year}, the Company had net sales of ${amount / 10} million, of which approximately {share}% "
            f"came from lamps sold through {n + 2} independent dealers in the United States, Canada and Peru."
        )
        statement = f"Lamps sold by {n + 2 + n % 2} dealers brought in about {share}% of fiscal {year} net sales."
        yield json.dumps({"id": str(n), "statement": statement, "quote": passage})


def claims_a_second(lines: list[str]) -> float:
    """The rate of the best of `TIMES` runs; each run sees texts that it has not seen."""

    def judged(run: int) -> None:
        for _ in judge_claims(line.replace('"statement": "', '"statement": "' + " " * run) for line in lines):
            pass

    return len(lines) / seconds(judged, range(TIMES))


def test_claims_a_second() -> None:
    assert claims_a_second(list(invented_claims())) > CLAIMS_A_SECOND


if __name__ == "__main__":
    print(f"{claims_a_second(Path(sys.argv[1]).read_text(encoding='utf-8').splitlines()):.0f} claims a second")
