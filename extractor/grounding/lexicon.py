"""The word tables of grounding, read once from the data files beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from extractor.grounding.stems import stem

_NO_GROUPS: frozenset[int] = frozenset()


class Lexeme(NamedTuple):
    """What the tables know of a word form."""

    stem: str
    groups: frozenset[int]  # numbers of its lines in equivalents.txt
    content: bool
    weak: bool


# A member of several words of an equivalents line, by its stems, and the number of the line.
Phrase = tuple[list[str], int]


def _data(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _tables() -> dict[str, str]:
    return tomllib.loads(_data("words.toml"))


@lru_cache(maxsize=64)
def word_class(name: str) -> frozenset[str]:
    """Return the forms that words.toml lists under `name`."""
    return frozenset(_tables()[name].split())


@lru_cache(maxsize=64)
def stem_class(name: str) -> frozenset[str]:
    """Return the stems of the forms that words.toml lists under `name`."""
    return frozenset(map(stem, word_class(name)))


# Marks a form whose inflections are not meant: "=owned", but not "its own".
_FORM_ONLY = "="


@lru_cache(maxsize=8)
def opposites(name: str) -> dict[str, frozenset[tuple[int, int]]]:
    """Return, by form and by stem, the (pair, side) numbers of the opposites of a table that it stands in."""
    found: dict[str, set[tuple[int, int]]] = {}
    for pair, line in enumerate(_tables()[name].strip().splitlines()):
        for side, words in enumerate(line.split("|")):
            for word in words.split():
                found.setdefault(word.removeprefix(_FORM_ONLY), set()).add((pair, side))
                if not word.startswith(_FORM_ONLY):
                    found.setdefault(stem(word), set()).add((pair, side))
    return {word: frozenset(sides) for word, sides in found.items()}


def _lines() -> list[str]:
    return [line for line in _data("equivalents.txt").splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def name_groups() -> frozenset[int]:
    """Return the groups of names (their lines hold capitals): "Europe, European"."""
    return frozenset(group for group, line in enumerate(_lines()) if line != line.lower())


@lru_cache(maxsize=1)
def _equivalents() -> tuple[dict[str, frozenset[int]], dict[str, dict[str, list[Phrase]]]]:
    single: dict[str, set[int]] = {}
    phrases: dict[str, dict[str, list[Phrase]]] = {}
    for group, line in enumerate(_lines()):
        for member in line.split(","):
            stems = list(map(stem, member.lower().replace("-", " ").split()))
            if len(stems) == 1:
                single.setdefault(stems[0], set()).add(group)
            elif stems:
                phrases.setdefault(stems[0], {}).setdefault(stems[1], []).append((stems, group))
    return {word: frozenset(groups) for word, groups in single.items()}, phrases


def groups_of(stems: Iterable[str]) -> frozenset[int]:
    """Return the groups that words of these stems stand in by themselves."""
    known = _equivalents()[0]
    return frozenset().union(*(known.get(root, _NO_GROUPS) for root in stems))


def phrases_by_opening() -> dict[str, dict[str, list[Phrase]]]:
    """Return the phrases of equivalents.txt by their first stem and by their second."""
    return _equivalents()[1]


_AGENTS = ("er", "ers", "or", "ors")


@lru_cache(maxsize=65536)
def lexeme(word: str) -> Lexeme:
    """Return what the tables know of a folded word."""
    root = stem(word)
    content = word not in word_class("function") and len(word) > 1
    weak = root in stem_class("weak") and word not in word_class("exacting")
    if weak and word.endswith(_AGENTS):  # "dealers" tells more than "deal"
        weak = word in word_class("weak")
    return Lexeme(root, _equivalents()[0].get(root, _NO_GROUPS), content, weak)
