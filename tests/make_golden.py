"""The golden briefs of the fixtures: what the offline engine makes of each, as JSON, byte for byte.

`python -m tests.make_golden` writes them anew after a change that was meant; the difference that git then shows is what
the change did. `python -m tests.make_golden harrow-instruments` writes one. tests/test_golden.py compares them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from extractor import brief
from extractor.record import to_json

FIXTURES = sorted((Path(__file__).parents[1] / "fixtures").glob("*.txt"))
GOLDEN = Path(__file__).with_name("golden")


def golden_of(filing: Path, folder: Path = GOLDEN) -> Path:
    """Where the golden brief of a fixture stands."""
    return folder / f"{filing.stem}.json"


def made(filing: Path) -> bytes:
    """The brief of `filing` as the command writes it."""
    return to_json(brief(filing)).encode("utf-8")


def write(names: Sequence[str] = (), folder: Path = GOLDEN) -> list[Path]:
    """The golden briefs written, of the fixtures named or of all; those whose fixtures are gone are removed."""
    filings = [filing for filing in FIXTURES if not names or filing.stem in names]
    folder.mkdir(exist_ok=True)
    for filing in filings:
        golden_of(filing, folder).write_bytes(made(filing))
    for stale in set(folder.glob("*.json")) - {golden_of(filing, folder) for filing in FIXTURES}:
        stale.unlink()
    return [golden_of(filing, folder) for filing in filings]


if __name__ == "__main__":
    for path in write(sys.argv[1:]):
        print(path)
