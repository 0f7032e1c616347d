"""The rule of scope: some is not all, mostly is not only, the largest four are not the largest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractor.grounding.analysis import Reading
from extractor.grounding.lexicon import lexeme, name_groups, word_class
from extractor.grounding.reasons import cut, reason
from extractor.schema import Reason

_WHOLES_OF_ALL = frozenset(("no", "none", "all", "every", "any"))
# "No other customer", "none of the other segments": those left out were told before.
_OTHERS = re.compile(r"\b(?:no|none of the|none of its|none of our|all|every)\s+other\b", re.IGNORECASE)
# "only about 5%" weighs a figure; it shuts nothing out.
_ONLY_FIGURE = re.compile(r"\b(?:only|just)\s+(?:about|approximately|around|some|roughly|[$\d])", re.IGNORECASE)
_SINGLY = frozenset(("each", "every", "respectively"))
# "above all", "at all", "not all"
_BEFORE_IDLE_ALL = frozenset(("above", "at", "after", "not"))
_AS_ONE = re.compile(r"\bas\s+(?:one|a\s+single)\b", re.IGNORECASE)
_MOST = re.compile(r"\b(?:most\s+(?:of|\w+s\b)|majority|mostly)\b", re.IGNORECASE)
_MOST_FORMS = frozenset(("most", "majority", "mostly"))

_TOP_FORMS = frozenset("largest biggest leading top oldest fastest best highest greatest".split())
_TOP = "(?:largest|biggest|leading|top|oldest|fastest|best|highest|greatest)"
_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|\d+)"
# "the largest customer", "Orion's largest customer"; not "the largest customers"
_ALONE_AT_THE_TOP = re.compile(
    rf"\b(?:the|its|single|our|['’]s)\s+(?:single\s+)?{_TOP}\b(?!\s+(?:\w+\s+)?\w*[^s\W]s\b)", re.IGNORECASE
)
# "one of the largest", "four largest", "top four"
_AMONG_THE_TOP = re.compile(
    rf"\b{_TOP}\s+{_COUNT}\b"
    rf"|\b(?:one\s+of\s+(?:the|our|its)|among\s+the|{_COUNT})\s+(?:\w+['’]s\s+)?(?:single\s+)?{_TOP}\b",
    re.IGNORECASE,
)
_RANKED = re.compile(r"\b(?P<rank>second|third|fourth|fifth)[- ](?:largest|biggest|highest|oldest)\b", re.IGNORECASE)


def scope_reasons(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where the statement claims more, or of a wider whole, than the passage."""
    yield from _left_out(statement, passage)
    yield from _wider(statement, passage)
    yield from _first_rank(statement, passage)
    yield from _whole(statement, passage)
    yield from _praise(statement, passage)
    if "consolidated" in statement.lowers and "consolid" not in passage.stems:
        yield reason("scope", 'says "consolidated"; the passage does not')


def _left_out(statement: Reading, passage: Reading) -> Iterator[Reason]:
    other = _OTHERS.search(passage.text) if "other" in passage.lowers else None
    if other and not statement.lowers & word_class("others") and _counts_what_others_are(statement, passage):
        yield reason("scope", f'leaves out "other"; the passage says "{other.group()}"')
    summed = statement.lowers & word_class("summed")
    if summed and "each" in passage.lowers and not passage.lowers & word_class("summed"):
        yield reason("scope", f'says "{min(summed)}"; the passage says "each"')
    together = passage.lowers & word_class("summed")
    if together and "each" in statement.lowers and not passage.lowers & _SINGLY and not statement.lowers & together:
        yield reason("scope", f'says "each"; the passage says "{min(together)}"')


def _counts_what_others_are(statement: Reading, passage: Reading) -> bool:
    """Say whether the statement says "no" or "all" of what the passage says it of the others of: "no customer"."""
    others = {_counted(passage, k) for k, word in enumerate(passage.words) if word.lower == "other"}
    return any(
        word.lower in _WHOLES_OF_ALL and _counted(statement, i) in others for i, word in enumerate(statement.words)
    )


def _wider(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where the statement speaks of the world, the country or most, and the passage does not."""
    for name in ("world", "home"):
        words = statement.lowers & word_class(name)
        enough = word_class(name) | word_class(f"enough_for_{name}")
        if words and not passage.lowers & enough and not _answered(statement, passage, words):
            yield reason("scope", f'says "{min(words)}"; the passage does not')
    most = _MOST.search(statement.text) if statement.lowers & _MOST_FORMS else None
    shares = any(dated.number.kind == "percent" for dated in passage.numbers)
    if most and not shares and not passage.lowers & word_class("enough_for_most"):
        yield reason("scope", f'says "{most.group()}"; the passage does not')


def _answered(statement: Reading, passage: Reading, words: frozenset[str]) -> bool:
    return any(word.lower in words and word.groups & passage.groups & name_groups() for word in statement.words)


def _first_rank(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where one of several at the top is told as the first, or a rank is not the passage's."""
    if not statement.lowers & _TOP_FORMS:
        return
    top, among = _ALONE_AT_THE_TOP.search(statement.text), _AMONG_THE_TOP.search(passage.text)
    if top and among and not _ALONE_AT_THE_TOP.search(passage.text) and not _AMONG_THE_TOP.search(statement.text):
        yield reason("scope", f'says "{top.group()}"; the passage says "{among.group()}"')
    ranked = _RANKED.search(statement.text)
    if ranked and ranked["rank"].lower() not in passage.lowers:
        yield reason("scope", f'says "{ranked.group()}"; the passage does not')


def _praise(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where the statement puts something first and the passage has no such word."""
    words = statement.lowers & word_class("foremost")
    if words and not passage.lowers & (word_class("foremost") | word_class("enough_for_foremost")):
        yield reason("scope", f'says "{min(words)}"; the passage does not')


def _whole(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where the statement says "all" or "only" and nothing in the passage is enough for it."""
    universal, only = word_class("universal"), word_class("only")
    if not statement.lowers & (universal | only):
        return
    if _ONLY_FIGURE.search(statement.text):
        only = frozenset()
    for i, word in enumerate(statement.words):
        following = statement.words[i + 1].lower if i + 1 < len(statement.words) else ""
        if word.lower == "all" and i and statement.words[i - 1].lower in _BEFORE_IDLE_ALL:
            continue
        if (word.lower in universal and not _enough_for_all(statement, i, following, passage)) or (
            word.lower in only and not _enough_for_only(following, passage)
        ):
            shown = cut(" ".join(other.text for other in statement.words[i : i + _SHOWN]))
            yield reason("scope", f'says "{shown}"; {_how_much(passage)}')
            return


# How many words of a text say enough of how much it claims.
_SHOWN = 4


def _how_much(passage: Reading) -> str:
    """Return what the passage says of less than a whole, where it does."""
    short = word_class("partial") | word_class("mainly")
    k = next((k for k, word in enumerate(passage.words) if word.lower in short), None)
    if k is None:
        return "the passage does not say so"
    return f'the passage says "{cut(" ".join(word.text for word in passage.words[k : k + _SHOWN]))}"'


def _enough_for_all(statement: Reading, i: int, following: str, passage: Reading) -> bool:
    word = statement.words[i].lower
    if word == "each" or (word == "every" and following in word_class("times")):
        return True
    if word in ("whole", "entire") and (following not in word_class("wholes") or _AS_ONE.search(passage.text)):
        return True
    counted = _counted(statement, i)
    if counted and counted in _numbered(passage) - _counted_by(passage, "enough_for_universal"):
        return False
    if counted and counted in _counted_by(passage, "partial") - _counted_by(passage, "enough_for_universal"):
        return False
    return bool(passage.lowers & word_class("enough_for_universal")) or "100%" in passage.text


def _counted(reading: Reading, i: int) -> str:
    """Return the stem of the first telling word behind word `i`: "markets" behind "all of its markets"."""
    clause = reading.words[i].clause
    for word in reading.words[i + 1 : i + 1 + _COUNTED_REACH]:
        if word.clause != clause:
            break
        if word.content and word.stem != "compani":
            return word.stem
    return ""


# "all of the company's own": small words between a quantity and what it counts.
_COUNTED_REACH = 5


@lru_cache(maxsize=4)
def _counted_by(passage: Reading, name: str) -> frozenset[str]:
    quantities = word_class(name)
    return frozenset(_counted(passage, k) for k, word in enumerate(passage.words) if word.lower in quantities)


@lru_cache(maxsize=4)
def _numbered(passage: Reading) -> frozenset[str]:
    """Return the stems of what the passage counts in figures: "780 hourly employees"."""
    units = [dated.number.unit or "" for dated in passage.numbers if dated.number.kind == "count"]
    return frozenset(lexeme(word).stem for unit in units for word in unit.lower().split())


def _enough_for_only(following: str, passage: Reading) -> bool:
    if passage.lowers & word_class("mainly") and not passage.lowers & word_class("only"):
        return False
    if following in word_class("after_soft_only"):
        return True
    return _shuts_out(passage)


@lru_cache(maxsize=4)
def _shuts_out(passage: Reading) -> bool:
    # a capital makes it part of a name: "Orion Company Limited"
    return any(word.lower in word_class("enough_for_only") and word.text.islower() for word in passage.words)
