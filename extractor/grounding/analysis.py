"""A text as the rules of grounding see it: its words with stems and groups, its clauses, figures and periods."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from extractor.figures.assign import Dated, dated_numbers
from extractor.figures.lexing import Token, tokenize
from extractor.figures.periods import When, scan_periods
from extractor.grounding.lexicon import lexeme, name_groups, phrases_by_key

_CLAUSE_MARKS = frozenset(",;:()—–•")
_SENTENCE_MARKS = frozenset(".!?;")


class Word(NamedTuple):
    """A word of a text with what the tables know of it; `clause` and `sentence` number those it stands in."""

    text: str
    lower: str
    stem: str
    groups: frozenset[int]
    content: bool
    weak: bool
    start: int
    end: int
    clause: int
    sentence: int
    opens: bool  # the first word of its sentence


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text analysed: everything that the rules look up."""

    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]  # of its words
    lowers: frozenset[str]
    acronyms: frozenset[str]  # folded
    capitals: frozenset[str]  # folded words that stand capitalized
    stems: frozenset[str]
    groups: frozenset[int]
    phrases: tuple[tuple[int, int, int], ...]  # first word, last word (exclusive), group
    numbers: tuple[Dated, ...]
    periods: tuple[When, ...]
    sentence_ends: tuple[int, ...]  # offsets of the marks that end its sentences


@lru_cache(maxsize=16)
def read_closely(text: str) -> Reading:
    """Return the analysis of `text`."""
    tokens = tokenize(text)
    words = tuple(_words(tokens))
    named = [word for word in words if not word.text.islower()]
    phrases = tuple(_phrases(words))
    groups = frozenset(group for _, _, group in phrases).union(*(word.groups for word in words))
    return Reading(
        text,
        words,
        tuple([word.start for word in words]),
        frozenset([word.lower for word in words]),
        frozenset(filter(None, [_acronym(word.text) for word in named])),
        frozenset([word.lower.removesuffix("'s") for word in named if word.content]),
        frozenset([word.stem for word in words]),
        groups,
        phrases,
        dated_numbers(text),
        scan_periods(text),
        tuple(token.start for token in tokens if token.text in _SENTENCE_MARKS),
    )


def _words(tokens: tuple[Token, ...]) -> list[Word]:
    found: list[Word] = []
    clause = sentence = 0
    opens = True
    for text, lower, start, end in tokens:
        if not text[0].isalpha() and not (text[0].isdigit() and text[-1].isalpha()):
            if text in _SENTENCE_MARKS:
                sentence += 1
                clause += 1
                opens = True
            elif text in _CLAUSE_MARKS:
                clause += 1
            continue
        if text[-1] == ".":
            lower = lower.rstrip(".")
        root, groups, content, weak = lexeme("u.s" if text == "US" else lower)
        lower = "u.s" if text == "US" else lower
        weak = weak and (opens or text.islower())
        found.append(Word(text, lower, root, groups, content, weak, start, end, clause, sentence, opens))
        opens = False
    return found


def _phrases(words: tuple[Word, ...]) -> Iterator[tuple[int, int, int]]:
    stems = tuple(word.stem for word in words)
    keyed = phrases_by_key()
    for i, root in enumerate(stems):
        if root in keyed:
            for phrase in keyed[root]:
                first = i - phrase.key
                last = first + len(phrase.stems)
                if first >= 0 and stems[first] == phrase.stems[0] and stems[first:last] == phrase.stems:
                    yield first, last, phrase.group


# A reason shows so many words of either side.
_MOST_SHOWN = 5


def in_words(reading: Reading, stems: Set[str], near: int = 0) -> str:
    """Return the text's own words of these stems, the nearest to an offset: "dealer ... forestry equipment"."""
    found: dict[str, Word] = {}
    for word in reading.words:
        if word.stem in stems and word.content:
            known = found.get(word.stem)
            if known is None or abs(word.start - near) < abs(known.start - near):
                found[word.stem] = word
    words = sorted(found.values(), key=lambda word: word.start)[:_MOST_SHOWN]
    shown = ""
    for before, word in zip((None, *words), words, strict=False):
        gap = reading.text[before.end : word.start] if before else ""
        shown += (gap if len(gap) <= 1 else " ... " if before else "") + word.text
    return shown


def covered_words(statement: Reading, passage: Reading, *, names: bool = False) -> set[int]:
    """Return the offsets of the statement's words inside a phrase that something in the passage answers.

    With `names`, only phrases that are names count: "United States" for "American".
    """
    covered = {
        word.start
        for first, last, group in statement.phrases
        if group in passage.groups and (not names or group in name_groups())
        for word in statement.words[first:last]
    }
    for acronym in passage.acronyms:
        covered.update(_spelled_out(acronym, statement))
    for acronym in statement.acronyms - passage.lowers:
        if _spelled_out(acronym, passage) or _spelled_out(acronym, statement):
            covered.update(word.start for word in statement.words if _acronym(word.text) == acronym)
    return covered


def _acronym(text: str) -> str:
    """Return the folded letters of an acronym: "cmo" for "CMOs", "" for any other word."""
    letters = text[:-1] if text[-1] == "s" else text
    return letters.lower() if len(letters) > 1 and letters.isupper() and letters.isalpha() else ""


# Small words that an acronym passes over.
_PASSED_OVER = frozenset(("of", "and", "the", "for", "in"))


def _spelled_out(acronym: str, reading: Reading) -> list[int]:
    """Return the offsets of the words whose initials an acronym takes: "surface mount technology" for "smt"."""
    words = [word for word in reading.words if word.lower not in _PASSED_OVER]
    initials = "".join(word.lower[0] for word in words)
    at = initials.find(acronym)
    return [] if at < 0 else [word.start for word in words[at : at + len(acronym)]]
