"""The golden briefs of the fixtures: what the offline engine makes of each, as JSON, byte for byte.

`python -m tests.make_golden` writes them anew after a change that was meant, and the README's example with them; the
difference that git then shows is what the change did. `python -m tests.make_golden harrow-instruments` writes one.
tests/test_golden.py compares them.
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from extractor import brief
from extractor.record import to_json

FIXTURES = sorted((Path(__file__).parents[1] / "fixtures").glob("*.txt"))
GOLDEN = Path(__file__).with_name("golden")
README = Path(__file__).parents[1] / "README.md"
EXAMPLE = next(filing for filing in FIXTURES if filing.stem == "quillstone-software")
_BEGIN, _END = "<!-- example -->", "<!-- /example -->"
_SHOWN = ("id", "importance", "statement", "evidence", "customer_count", "share", "share_of")


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


def readme_with_example() -> str:
    """The README with what the quick start prints between its marks, and one fact of the record."""
    made_of = brief(EXAMPLE)
    paragraph = textwrap.fill(made_of.narrative.text, 120, initial_indent="> ", subsequent_indent="> ")
    counted = next(fact for fact in made_of.facts.customer_concentration if fact.customer_count and fact.share)
    fields = {name: value for name, value in counted.model_dump(mode="json").items() if name in _SHOWN}
    facts = sum(len(area) for area in made_of.facts.model_dump().values() if isinstance(area, list)) + 1
    said = f"One of the {facts} facts of its record (`--format json`), some fields left out:"
    code = json.dumps(fields, indent=1, ensure_ascii=False)
    before, _, rest = README.read_text("utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    return f"{before}{_BEGIN}\n{paragraph}\n\n{said}\n\n```json\n{code}\n```\n{_END}{after}"


if __name__ == "__main__":
    for path in write(sys.argv[1:]):
        print(path)
    README.write_text(readme_with_example(), "utf-8")
