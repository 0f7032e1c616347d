"""Scores on the collection of real filings against the floors: `scores.py SHARED_DIR FLOORS.toml`.

Writes the brief of every text with the installed command, checks every one, judges all claims, lets the collection's
own programs score both, and prints a table. The exit code is 1 at any fault or any figure below its floor.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ITEMONE = Path(sys.executable).with_name("itemone")
VOCABULARY = Path(__file__).resolve().parents[1] / "extractor" / "vocabulary"
# "polarity     caught  31 of  39  0.79"
KIND = re.compile(r"^(\w+) +caught +\d+ of +\d+ +([\d.]+)$", re.MULTILINE)
# "caught 0.812 of 276 false claims; refused 0.034 of 881 true ones; balanced accuracy 0.889"
OVERALL = re.compile(r"^caught ([\d.]+) of \d+ false claims; refused ([\d.]+) of", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """A figure and the bound it must keep: at least `floor`, or at most where `ceiling` is set."""

    name: str
    value: float
    bound: float
    ceiling: bool = False

    @property
    def holds(self) -> bool:
        return self.value <= self.bound if self.ceiling else self.value >= self.bound

    def __str__(self) -> str:
        sign = "<=" if self.ceiling else ">="
        return f"{self.name:28} {self.value:8.3f}  {sign} {self.bound:.3f}  {'ok' if self.holds else 'BELOW'}"


def write_briefs(corpus: Path, briefs: Path) -> int:
    """Number of texts whose brief could not be written or does not hold; the briefs stand in `briefs`."""
    wrong = 0
    for text in sorted(corpus.glob("*.txt")):
        record = briefs / f"{text.stem}.json"
        brief = subprocess.run([ITEMONE, "brief", text, "--format", "json", "-o", record], check=False)
        checked = subprocess.run(
            [ITEMONE, "check", record, "--source", text], check=False, capture_output=True, text=True
        )
        if brief.returncode or checked.returncode:
            wrong += 1
            print(f"{text.name}: brief {brief.returncode}, check {checked.returncode}")
            print(checked.stdout + checked.stderr, end="")
    return wrong


def run(*command: str | Path) -> str:
    """Standard output of a command that must succeed; the score programs count tokens with the shipped vocabulary."""
    environment = {**os.environ, "TIKTOKEN_CACHE_DIR": str(VOCABULARY)}
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8", env=environment).stdout


def brief_rows(shared: Path, floors: dict[str, float]) -> Iterator[Row]:
    """The score of the briefs of all texts; faults are listed as they are met."""
    with tempfile.TemporaryDirectory() as folder:
        wrong = write_briefs(shared / "corpus", Path(folder))
        program = shared / "score" / "score.py"
        scored: dict[str, Any] = json.loads(
            run(sys.executable, program, "--json", "--gold", shared / "gold", "--corpus", shared / "corpus", folder)
        )
    for name, filing in scored["filings"].items():
        if filing["faults"]:
            print(f"{name}: {filing['faults']}")
    yield Row("briefs that do not hold", wrong, 0, ceiling=True)
    yield Row("faults", scored["faults"], 0, ceiling=True)
    for name, floor in floors.items():
        yield Row(name, scored["mean"][name], floor)


def claim_rows(shared: Path, floors: dict[str, Any]) -> Iterator[Row]:
    """The score of the verdicts on all claims: false ones caught, overall and by kind, and true ones refused."""
    program = shared / "score" / "claims.py"
    with tempfile.TemporaryDirectory() as folder:
        claims, verdicts = Path(folder, "claims.jsonl"), Path(folder, "verdicts.jsonl")
        claims.write_text(run(sys.executable, program, "write", shared / "gold"), encoding="utf-8")
        verdicts.write_text(run(ITEMONE, "claims", claims), encoding="utf-8")
        report = run(sys.executable, program, "score", shared / "gold", verdicts)
    overall = OVERALL.search(report)
    if overall is None:
        raise SystemExit(f"the score of the claims has another form than expected:\n{report}")
    yield Row("claims caught", float(overall[1]), floors["caught"])
    yield Row("claims refused", float(overall[2]), floors["refused_max"], ceiling=True)
    kinds = {kind: float(rate) for kind, rate in KIND.findall(report)}
    for kind, floor in floors["kinds"].items():
        yield Row(f"claims caught: {kind}", kinds[kind], floor)


def main() -> int:
    shared, floors = Path(sys.argv[1]), tomllib.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    rows = [*brief_rows(shared, floors["briefs"]), *claim_rows(shared, floors["claims"])]
    for row in rows:
        print(row)
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
