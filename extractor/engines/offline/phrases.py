"""The tables of phrases.toml, compiled."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

_TABLES: dict[str, list[str]] = tomllib.loads(
    resources.files("extractor.engines.offline").joinpath("phrases.toml").read_text("utf-8")
)


def _any_of(table: str, *, before: str = "", after: str = "") -> re.Pattern[str]:
    longest_first = sorted(_TABLES[table], key=len, reverse=True)
    return re.compile(f"{before}(?:{'|'.join(longest_first)}){after}", re.IGNORECASE)


def _any_word_of(table: str) -> re.Pattern[str]:
    r"""The table with the "\b" that most of it begins with said once, by which it is found several times faster."""
    begin = [entry.removeprefix(r"\b") for entry in _TABLES[table] if entry.startswith(r"\b") and "|\\b" not in entry]
    others = [entry for entry in _TABLES[table] if not entry.startswith(r"\b") or "|\\b" in entry]
    return re.compile(f"\\b(?:{'|'.join(begin)})|{'|'.join(others)}", re.IGNORECASE)


OPENING = _any_of("openings", before="^", after=r",\s+")
# A part of a longer pattern. Not one of two coordinated adjectives: "flexible and innovative".
PRAISE = (
    rf"(?<!\band )(?<!\bor )(?:{'|'.join(sorted(_TABLES['praise'], key=len, reverse=True))})\b"
    r"(?!\s+(?:and|or|ways|categories|forms|methods|means|factors)\b),?\s*"
)
REFUSED = _any_word_of("refused")
IDLE_HEADING = _any_of("idle_headings")
RISK_HEADING = _any_of("risk_headings")
DANGLING = _any_of("dangling", before="^", after=r"\b")
# What a clause tells that is no part of how the business runs now.
AIM = _any_of("aims", before=r"\b", after=r"\b")
OUTLOOK = _any_of("outlooks", before=r"\b", after=r"\b")
PLAN = _any_of("plans", before=r"\b", after=r"\b")
PURCHASE = _any_of("purchases", before=r"\b", after=r"\b")
IDLE_TAIL = _any_of("idle_tails", before="^", after=r"\b")
