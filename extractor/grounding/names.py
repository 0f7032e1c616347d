"""The rule of names: a statement names nobody and nothing that the passage does not."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from typing import NamedTuple

from extractor.grounding.analysis import Reading, Word, covered_words
from extractor.grounding.lexicon import name_groups, word_class
from extractor.grounding.reasons import cut, reason
from extractor.schema import Reason

# Words of names that name nobody by themselves.
GENERIC = frozenset(
    "company corporation corp inc incorporated co llc ltd limited plc group holdings the of and & fiscal item notes "
    "i ii iii iv vs no bank partnership trust fund n.a".split()
)


class Name(NamedTuple):
    """A run of capitalized words of a statement."""

    words: tuple[Word, ...]
    opens: bool  # at the very beginning of the statement
    partial: bool = False  # other words of the same run stand in the passage


@lru_cache(maxsize=4)
def names_of(reading: Reading) -> list[Name]:
    """Return the names of a statement, in order."""
    names = [Name(run, run[0].opens) for run in capital_runs(reading)]
    return [name for name in map(_without_opener, names) if not _ordinary(name)]


@lru_cache(maxsize=4)
def capital_runs(reading: Reading) -> list[tuple[Word, ...]]:
    """Return the runs of capitalized words, those that only open a sentence among them."""
    runs: list[list[Word]] = []
    for word in filter(_capital, reading.named):
        if runs and _joined(reading, runs[-1][-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return list(map(tuple, runs))


def _without_opener(name: Name) -> Name:
    """Return the name without an ordinary word that only opens the sentence: "Leading" of "Leading OEMs"."""
    first = name.words[0]
    if name.opens and len(name.words) > 1 and first.groups and first.text[1:].islower():
        return Name(name.words[1:], opens=True)
    return name


# What may stand inside a name: "AT&T", "Procter & Gamble", "3Com/Primary Access", the end of a line.
_JOINTS = frozenset(("", " ", "&", " & ", "-", "/", ". ", "\n", " \n", "\r\n", " &\n"))


def _joined(reading: Reading, before: Word, word: Word) -> bool:
    """Say whether two capitalized words are of one name: not over a possessive, "Orion's Power Segment"."""
    return reading.text[before.end : word.start] in _JOINTS and not before.lower.endswith(("'s", "s'"))


def _capital(word: Word) -> bool:
    if word.opens and not word.content:
        return False
    return not word.text.islower() and word.lower not in word_class("months")


def _ordinary(name: Name) -> bool:
    """Say whether a lone capital opens a sentence, not a name: "Tablets carry"."""
    if not name.opens or len(name.words) > 1:
        return False
    word = name.words[0]
    return word.text[1:].islower() or len(word.text) == 1


def names_reasons(
    statement: Reading, passage: Reading, own: Set[str], terms: Set[str]
) -> tuple[list[Reason], frozenset[str]]:
    """Return a reason for the first name that the passage lacks, and the words taken for the company's own name.

    Without a context, one unknown name may be the company's own where it stands like a subject: at the beginning or as
    a possessive.
    """
    unknown: list[Name] = []
    covered: set[int] | None = None
    for name in names_of(statement):
        missing = [word for word in name.words if not _known(word, passage, terms)]
        if missing:
            covered = covered_words(statement, passage, names=True) if covered is None else covered
            missing = [word for word in missing if word.start not in covered]
        if missing:
            strange = {word.start for word in missing}
            partial = any(word.start not in strange and _bare(word) in passage.capitals for word in name.words)
            unknown.append(Name(tuple(missing) if partial else name.words, name.opens, partial))
    opener = _party_opening(statement, passage)
    if opener is not None and opener.lower not in terms:
        unknown.insert(0, Name((opener,), opens=True, partial=True))
    identifier = _other_identifier(statement, passage)
    if identifier:
        return [reason("name_not_in_quote", f'names "{identifier}"; the passage does not')], frozenset()
    own_words = _own_name(statement, passage, [name for name in unknown if not name.partial], own)
    for name in unknown:
        strangers = [word for word in name.words if _bare(word) not in own_words]
        if strangers:
            return [reason("name_not_in_quote", f'names "{_shown(statement, name)}"; the passage does not')], own_words
    return [], own_words


def _shown(statement: Reading, name: Name) -> str:
    return cut(statement.text[name.words[0].start : name.words[-1].end])


# Digits that count nothing: "ISO 9002", "Model 222".
_DIGITS = re.compile(r"\d[\d.,:]*\d|\d")


@lru_cache(maxsize=4)
def _digits(reading: Reading) -> frozenset[str]:
    found = _DIGITS.findall(reading.text)
    return frozenset((*found, *(digits.replace(",", "") for digits in found)))


def _other_identifier(statement: Reading, passage: Reading) -> str:
    """Return the first digits of a name or provision that the passage does not hold, "" where there are none."""
    found = list(_DIGITS.finditer(statement.text))
    if not found:
        return ""
    taken = [(d.number.start, d.number.end) for d in statement.numbers]
    taken += [(when.start, when.end) for when in statement.periods]
    spans = iter(sorted(taken))
    span = next(spans, None)
    for match in found:
        while span is not None and span[1] <= match.start():
            span = next(spans, None)
        if (span is None or match.start() < span[0]) and match.group() not in _digits(passage):
            return match.group()
    return ""


def _bare(word: Word) -> str:
    return word.lower.removesuffix("'s").removesuffix("s'")


def _known(word: Word, passage: Reading, terms: Set[str]) -> bool:
    bare = _bare(word)
    return (
        word.lower in passage.lowers
        or bare in passage.lowers
        or word.stem in passage.stems
        or bool(word.groups & passage.groups & name_groups())
        or bare in GENERIC
        or bare in terms
        or not word.content
        or (bare.endswith("s") and bare[:-1] in passage.lowers)
        or any(part and part in passage.lowers for part in (bare + "'s", bare + "s"))
    )


def _own_name(statement: Reading, passage: Reading, unknown: list[Name], own: Set[str]) -> frozenset[str]:
    if own:
        return frozenset(own)
    opening = _opening_name(statement, passage)
    if opening is not None and (len(opening.words) > 1 or not unknown or unknown == [opening]):
        return frozenset(_bare(word) for word in opening.words)
    if not unknown:
        return frozenset()
    company = _THE_COMPANY.search(statement.text)
    if company is not None:
        unknown = [name for name in unknown if name.words[0].start < company.start() and _subject_like(name, statement)]
    candidates = [name for name in unknown if _possessive(name, statement)]
    if not candidates:
        candidates = [name for name in unknown if _subject_like(name, statement)]
    if not candidates and (passage.lowers & _STRONG_SELF or not names_of(passage)) and not statement.lowers & _PRONOUNS:
        candidates = [name for name in unknown if _object_like(name, statement)]
    if not candidates and opening is not None:
        candidates = [opening]
    return frozenset(_bare(word) for word in candidates[0].words) if candidates else frozenset()


_PRONOUNS = frozenset("it its itself".split())


def _opening_name(statement: Reading, passage: Reading) -> Name | None:
    """Return the unknown name that a statement begins with, where it may be the company's own."""
    first = statement.words[0] if statement.words else None
    if first is None or not _capital(first):
        return None
    name = next((n for n in names_of(statement) if n.words[0] is first), Name((first,), opens=True))
    if len(name.words) == 1 and (first.groups or first.stem in passage.stems):
        return None
    if _PARTY.match(statement.text, name.words[-1].end):
        return None
    known = [word for word in name.words if _bare(word) in passage.capitals and word.lower not in GENERIC]
    if _in_a_list(name, statement) or len(known) == len(name.words):
        return None
    return None if known and not passage.lowers & _STRONG_SELF else name


# What a company does not say of itself: that it is its own customer, or makes up a share of its own sales.
_PARTY = re.compile(
    r"(?:['’]s)?,?\s+(?:(?:is|was|were|are|remained|became)\s+(?:the|an?|its|our|one|\w+['’]s)\s+(?:[\w’'-]+\s+){0,5}?(?:customers?|clients?|suppliers?|distributors?|vendors?|"
    r"competitors?|lenders?|licensees?|licensors?|landlords?|division|segment|brand)\b"
    r"|(?:(?:had|has|have|also|each)\s+)?(?:accounted|accounts|represented|contributed|made\s+up|generated|brought\s+in|supplied|provided)"
    r"\s+(?:for\s+)?(?:\w+\s+){0,2}?[\d.]+\s*%\s+of)|(?:\s+and\s+\w+)?\s+(?:divisions?|segments?|brands?|units?)\b"
)


def _party_opening(statement: Reading, passage: Reading) -> Word | None:
    """Return the unknown opening word that is not the company: "Rigel accounted for 24% of sales"."""
    first = statement.words[0] if statement.words else None
    if first is None or not _capital(first) or first.groups or _known(first, passage, frozenset()):
        return None
    return first if _PARTY.match(statement.text, first.end) else None


_STRONG_SELF = frozenset("we our us ours company company's registrant".split())


_THE_COMPANY = re.compile(r"\bthe company\b", re.IGNORECASE)
_PREPOSITION_BEFORE = re.compile(
    r"\b(?:in|of|from|by|with|to|for|at|on|through|selected|including|and|or|than|as|the|an?)\s$", re.IGNORECASE
)


# "For Europe and Japan, Orion intends": what stands before the comma is no list that the name goes on.
_FRONTED = re.compile(r"(?:In|For|At|Through|Under|With|On|By|As|After|Before|During|When|While|If|Since|To)\b")


def _subject_like(name: Name, statement: Reading) -> bool:
    """Say whether a name stands where a subject does: behind no preposition, before a word in small letters."""
    before = statement.text[max(0, name.words[0].start - _LOOK_BACK) : name.words[0].start]
    after = statement.text[name.words[-1].end : name.words[-1].end + 2]
    if _FRONTED.match(statement.text) and before.endswith(", ") and after[1:].islower():
        return True
    return not _PREPOSITION_BEFORE.search(before) and not _in_a_list(name, statement) and after[1:].islower()


_OWN_PREPOSITION = re.compile(
    r"\b(?:by|from|for|to|than|cost|costs|makes?|made|gives?|gave|lets?|allows?|owes?|pays?|paid)\s$"
)


def _object_like(name: Name, statement: Reading) -> bool:
    """Say whether a lone name stands where the company itself may: "bought by Orion", "cost Orion"."""
    before = statement.text[max(0, name.words[0].start - _LOOK_BACK) : name.words[0].start]
    return not _in_a_list(name, statement) and bool(_OWN_PREPOSITION.search(before))


def _possessive(name: Name, statement: Reading) -> bool:
    last = name.words[-1]
    return last.lower.endswith(("'s", "s'")) or statement.text[last.end : last.end + 1] in ("'", "’")


def _in_a_list(name: Name, statement: Reading) -> bool:
    """Say whether a name stands beside another: "Orion and Vega", "Orion, Vega"."""
    before = statement.text[max(0, name.words[0].start - _LOOK_BACK) : name.words[0].start]
    return bool(_LIST_BEFORE.search(before) or _LIST_AFTER.match(statement.text, name.words[-1].end))


# How far before a name its joint to another is looked for.
_LOOK_BACK = 40
_LIST_AFTER = re.compile(r"(?:,| and| or|,? as well as) (?:the )?[A-Z]")
_LIST_BEFORE = re.compile(r"[A-Z][\w.&'’-]*(?:,| and| or|, and) $")
