"""The cues of cues.toml, compiled: which of them a sentence shows."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources

_TABLE: dict[str, dict[str, str]] = tomllib.loads(
    resources.files("extractor.engines.offline").joinpath("cues.toml").read_text("utf-8")
)
CUES: dict[str, re.Pattern[str]] = {
    f"{area}.{name}": re.compile(pattern)
    for area, patterns in _TABLE.items()
    if area != "needed"
    for name, pattern in patterns.items()
}
# What a clause must speak of to belong to an area; the areas without a pattern take what is left.
NEEDED: dict[str, re.Pattern[str]] = {
    area: re.compile(pattern, re.IGNORECASE) for area, pattern in _TABLE["needed"].items()
}


@lru_cache(maxsize=4096)
def cues_of(text: str) -> frozenset[str]:
    """The names of the cues that `text` shows: {"channels.direct", ...}."""
    lower = text.lower()
    return frozenset(name for name, pattern in CUES.items() if pattern.search(lower))


def shows_cue(text: str) -> bool:
    """True where `text` shows any cue: where it speaks of a business."""
    lower = text.lower()
    return any(pattern.search(lower) for pattern in CUES.values())
