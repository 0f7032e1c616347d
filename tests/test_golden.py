"""Every fixture's brief is its golden brief, byte for byte; `python -m tests.make_golden` writes them anew."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from tests.make_golden import EXAMPLE, FIXTURES, GOLDEN, README, golden_of, made, readme_with_example, write

_SHOWN = 40  # lines of a difference that are worth reading in a failure


@pytest.mark.parametrize("filing", FIXTURES, ids=lambda path: path.stem)
def test_the_brief_is_the_golden_one(filing: Path) -> None:
    golden = golden_of(filing)
    assert golden.is_file(), "no golden brief: python -m tests.make_golden writes it"
    found, expected = made(filing), golden.read_bytes()
    if found != expected:
        lines = difflib.unified_diff(expected.decode().splitlines(), found.decode().splitlines(), "golden", "made", n=1)
        pytest.fail("\n".join(list(lines)[:_SHOWN]), pytrace=False)


def test_every_golden_brief_has_its_fixture() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == {path.stem for path in FIXTURES}


def test_writing_them_anew(tmp_path: Path) -> None:
    filing = FIXTURES[0]
    (tmp_path / "gone.json").write_text("{}")
    assert write([filing.stem], tmp_path) == [tmp_path / f"{filing.stem}.json"]
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [made(filing)]


def test_the_readme_shows_what_the_quick_start_prints() -> None:
    readme = README.read_text("utf-8")
    assert readme.count(f"fixtures/{EXAMPLE.name}") >= 1
    assert readme == readme_with_example()
