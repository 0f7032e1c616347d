"""Words to stems: inflections and common derivations of a word fall together."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

# "ations" goes before "ions", the longer first; each leaves a stem of at least so many letters.
_ENDINGS: dict[int, str] = {
    3: "ing ies ed es ly e s",
    4: "izations ization isations isation fulness iveness ousness ational ations ators ities ation ative ments ingly "
    "ively ously ility ically ional ator ated ates ting ions ment ings able ible ness ical izes ized izing ally less "
    "ate ive ize ion ity ous ers ors ial ful ism ist al er or ic",
    5: "ance ence ises ship ant ent",
}
_KEPT = {"ting": "t", "ies": "y", "ises": "is"}  # what an ending leaves behind
_SUFFIXES: tuple[tuple[str, int], ...] = tuple(
    sorted(
        ((ending, least) for least, endings in _ENDINGS.items() for ending in endings.split()),
        key=lambda rule: (-len(rule[0]), rule[0]),
    )
)
_DOUBLED = frozenset("bdgklmnprt")


# Behind these a verb keeps an ending that its bare form loses: "represented" is of "represent".
_VERBAL = frozenset(("ed", "ing", "ting"))
_KEPT_BY_VERBS = {"ment": 4, "ent": 5, "ant": 5}


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in (files(__package__) / "irregular.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            base, _, forms = line.partition(":")
            found.update((form, base) for form in forms.split())
    return found


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a folded word: "distributors", "distribution" and "distributes" give "distribut"."""
    word = word.removesuffix("'s").removesuffix("'")
    base = _irregular().get(word)
    if base is not None:
        return _strip(base)
    if len(word) <= 3 or not word.isascii():
        return word
    return _strip(word)


def _without_noun_ending(word: str) -> str:
    for ending, least in _KEPT_BY_VERBS.items():
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: len(word) - len(ending)]
    return word


def _strip(word: str) -> str:
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
        base = _irregular().get(word)
        if base is not None:
            word = base
    for suffix, least in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= least:
            word = word[: len(word) - len(suffix)] + _KEPT.get(suffix, "")
            if suffix in _VERBAL:
                word = _without_noun_ending(word)
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] in _DOUBLED:
        word = word[:-1]
    if len(word) > 3 and word[-1] in "ey":
        word = word[:-1] if word[-1] == "e" else word[:-1] + "i"
    return word
