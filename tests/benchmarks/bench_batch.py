"""Speed and memory of a batch, and what becomes of one that is killed again and again.

Its tests run with the others on a few filings; `python -m tests.benchmarks.bench_batch FOLDER` measures 2,000 filings,
the texts of the folder under different ids, on one process and on two, and kills a run of 300 twenty times.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import FILING

FILINGS = 2_000
KILLED = 300
KILLS = 20
SPEED_UP = 1.8  # of two processes over one, at least
GROWTH = 1.2  # of memory at the end over that at one tenth, at most
RESULTS = ("briefs.jsonl", "failures.jsonl", "run.json", "narratives.csv")


@dataclass
class Measured:
    """A run: seconds from its first filing to its last, processor seconds of all its processes, memory as it went."""

    seconds: float = 0
    rate: float = 0
    memory: list[tuple[int, float]] = field(default_factory=list)
    """(filings done, megabytes of all its processes)"""

    def growth(self) -> float:
        """Memory at the end over that at one tenth."""
        last = self.memory[-1][0]
        tenth = next(megabytes for done, megabytes in self.memory if done >= last / 10)
        return self.memory[-1][1] / tenth


def filings(texts: list[Path], count: int, folder: Path) -> Path:
    """A folder of so many filings: the texts over and over, each under an id of its own."""
    folder.mkdir()
    for number, text in zip(range(count), itertools.cycle(texts)):
        shutil.copyfile(text, folder / f"{number:06d}{text.suffix}")
    return folder


def command(source: Path, out: Path, *options: str) -> list[str | Path]:
    return [sys.executable, "-m", "extractor", "batch", source, "--out", out, "--narratives", *options]


def measured(source: Path, out: Path, jobs: int) -> Measured:
    """A run of so many processes, watched by what it tells of itself and by what the system does."""
    result = Measured()
    watched = [*command(source, out, "--jobs", str(jobs)), "--progress", "json"]
    started = time.perf_counter()
    with subprocess.Popen(watched, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        for line in run.stderr:
            told = json.loads(line)
            if told["done"] < told["total"]:
                result.memory.append((told["done"], megabytes(run.pid)))
            result.rate = told["rate"]
    assert run.returncode == 0
    result.seconds = time.perf_counter() - started
    return result


def megabytes(pid: int) -> float:
    """Memory of a process and its children; what several share counts once in all."""
    children = map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return sum(_own_kilobytes(each) for each in (pid, *children)) / 1024


def _own_kilobytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):  # it has just ended
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def killed_again_and_again(source: Path, out: Path, kills: int, longest: float) -> int:
    """Starts a run so often and kills it at a random moment, at most so many seconds later, then lets it end.

    How many kills met it before it had ended.
    """
    chance = random.Random(7)
    met = 0
    for _ in range(kills):
        with subprocess.Popen(command(source, out), stderr=subprocess.DEVNULL) as run:
            time.sleep(chance.uniform(_SHORTEST, longest))
            run.kill()
        met += run.returncode == -signal.SIGKILL
    subprocess.run(command(source, out), check=False)
    return met


_SHORTEST = 0.2  # seconds in which a run has begun


def on_a_disk_too_small(source: Path, place: Path) -> Path | None:
    """What a run writes to a disk that is full half-way and is then made larger; None where none may be mounted."""
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", place], check=False).returncode:
        return None
    try:
        run = subprocess.run(command(source, place), stderr=subprocess.PIPE, text=True, check=False)
        print(f"on a full disk: exit code {run.returncode}, {run.stderr.strip()}")
        subprocess.run(["mount", "-o", "remount,size=1g", place], check=True)
        subprocess.run(command(source, place), check=True)
        return Path(shutil.copytree(place, place.with_name("from-a-small-disk")))
    finally:
        subprocess.run(["umount", place], check=True)


def same_results(one: Path, other: Path) -> bool:
    return all((one / name).read_bytes() == (other / name).read_bytes() for name in RESULTS)


def test_killed_at_any_moment_it_gives_what_an_undisturbed_run_does(tmp_path: Path) -> None:
    """Twenty kills in one run of 300 short filings, of which one in ten is none."""
    lines = tmp_path / "filings.jsonl"
    with lines.open("w") as file:
        for number in range(KILLED):
            text = FILING.replace("1,140 customers", f"{1_000 + number:,} customers") if number % 10 else "No business."
            file.write(json.dumps({"filename": f"{number}.txt", "section_1": text}) + "\n")
    assert subprocess.run(command(lines, tmp_path / "undisturbed"), check=False).returncode == 1
    assert killed_again_and_again(lines, tmp_path / "killed", KILLS, longest=1.3) >= KILLS / 2
    assert same_results(tmp_path / "killed", tmp_path / "undisturbed")


def texts_of(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob("*.txt"))
    yield from sorted((Path(__file__).parents[2] / "fixtures").glob("*.txt"))


def main(folder: Path) -> int:
    """1 where a bound is not kept."""
    texts = list(texts_of(folder))
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        source = filings(texts, FILINGS, place / "filings")
        runs = {jobs: measured(source, place / f"out-{jobs}", jobs) for jobs in (2, 1)}
        for jobs, run in runs.items():
            print(f"{FILINGS} filings, {jobs} process(es): {run.rate:.2f} a second, {run.seconds:.0f} s, ", end="")
            print(f"{run.memory[-1][1]:.0f} MB at the end, {run.growth():.2f} times that at one tenth")
        speed_up = runs[2].rate / runs[1].rate
        print(f"two processes do {speed_up:.2f} times what one does; load {os.getloadavg()[0]:.1f}")
        few = filings(texts, KILLED, place / "few")
        undisturbed = measured(few, place / "undisturbed", 2)
        killed = place / "killed"
        met = killed_again_and_again(few, killed, KILLS, longest=2 * undisturbed.seconds / KILLS + 1)
        same = same_results(killed, place / "undisturbed")
        print(f"{KILLED} filings, killed {met} times: the results are {'the same' if same else 'others'}")
        small = on_a_disk_too_small(few, place / "small")
        if small is None:
            print("no disk could be mounted to be filled")
        else:
            same = same and same_results(small, place / "undisturbed")
    kept = speed_up >= SPEED_UP and all(run.growth() <= GROWTH for run in runs.values()) and same
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
