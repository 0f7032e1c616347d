"""The dictionary of word forms that lemminflect ships, without the rest of it.

What it imports for words that no dictionary knows, numpy and models, and how it reads this one take a fifth of a cold
start. In lemminflect 0.2 a line of its files is "form,category,base", with "/" between several base forms; in the
overrides, which replace, "#" begins a comment.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Literal

Category = Literal["noun", "verb", "aux", "adj", "adv"]


def base_of(form: str, *categories: Category) -> str | None:
    """The first base form of a word in lower case, by the first of the categories that has it: "sells" gives "sell"."""
    bases = _bases()
    for category in categories:
        if found := bases.get(f"{form},{category}"):
            return found.partition("/")[0].lower()
    return None


@cache
def _bases() -> dict[str, str]:
    """Base forms by "form,category"."""
    spec = find_spec("lemminflect")  # which imports nothing
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).with_name("resources")
    dictionary = gzip.decompress((folder / "lemma_lu.csv.gz").read_bytes()).decode()
    overrides = (folder / "lemma_overrides.csv").read_text(encoding="utf-8").lower()
    pairs = (line.strip().rpartition(",") for line in chain(dictionary.split("\n"), overrides.split("\n")))
    return {form: base for form, _, base in pairs if form and not form.startswith("#")}
