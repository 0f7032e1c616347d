"""A text as the rules of grounding see it: its words with stems and groups, its clauses, figures and periods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache

from extractor.figures.assign import Dated, dated_numbers
from extractor.figures.lexing import tokenize
from extractor.figures.periods import When, scan_periods
from extractor.grounding.lexicon import lexeme, name_groups, phrases_by_opening

_CLAUSE_MARKS = frozenset(",;:()—–•")
_SENTENCE_MARKS = frozenset(".!?;")
# The dots that lead to a table's figure end no sentence: "Hardware........ 24".
_LEADERS = re.compile(r"\.{4,}")


@dataclass(slots=True, eq=False)
class Word:
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


@dataclass(slots=True, eq=False)
class Reading:
    """A text analysed: everything that the rules look up, and no rule changes.

    Not frozen, nor are its words: two of them are made for every claim, and a frozen one costs twice as much to make.
    """

    text: str
    words: tuple[Word, ...]
    named: tuple[Word, ...]  # those that are not all in small letters
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


@lru_cache(maxsize=4)
def read_closely(text: str) -> Reading:
    """Return the analysis of `text`."""
    words, sentence_ends = _words(_LEADERS.sub(lambda dots: " " * len(dots.group()), text) if "...." in text else text)
    stems = [word.stem for word in words]
    named = [word for word in words if not word.text.islower()]
    phrases = tuple(_phrases(stems))
    groups = frozenset([group for _, _, group in phrases])
    return Reading(
        text,
        tuple(words),
        tuple(named),
        tuple([word.start for word in words]),
        frozenset([word.lower for word in words]),
        frozenset(filter(None, [_acronym(word.text) for word in named if not word.text[1:2].islower()])),
        frozenset([word.lower.removesuffix("'s") for word in named if word.content]),
        frozenset(stems),
        groups.union(*[word.groups for word in words if word.groups]),
        phrases,
        dated_numbers(text),
        scan_periods(text),
        sentence_ends,
    )


def _words(text: str) -> tuple[list[Word], tuple[int, ...]]:
    """Return the words of a text, and the offsets of the marks that end its sentences."""
    found: list[Word] = []
    ends: list[int] = []
    clause = sentence = 0
    opens = True
    for token in tokenize(text):
        shown = token.text
        known = _word_form("u.s" if shown == "US" else token.lower)
        if known is None:
            if shown in _SENTENCE_MARKS:
                ends.append(token.start)
                sentence += 1
                clause += 1
                opens = True
            elif shown in _CLAUSE_MARKS:
                clause += 1
            continue
        lower, root, groups, content, weak = known
        if weak and not opens:
            weak = shown.islower()
        found.append(Word(shown, lower, root, groups, content, weak, token.start, token.end, clause, sentence, opens))
        opens = False
    return found, tuple(ends)


@lru_cache(maxsize=65536)
def _word_form(token: str) -> tuple[str, str, frozenset[int], bool, bool] | None:
    """Return a folded token without the last point of "u.s.", and its lexeme; None for a mark or numeral."""
    if not token[0].isalpha() and not (token[0].isdigit() and token[-1].isalpha()):
        return None
    word = token.rstrip(".")
    return word, *lexeme(word)


def _phrases(stems: list[str]) -> Iterator[tuple[int, int, int]]:
    opened = phrases_by_opening()
    for i, root in enumerate(stems):
        if root in opened:
            for phrase, group in opened[root].get(stems[i + 1] if i + 1 < len(stems) else "", ()):
                last = i + len(phrase)
                if stems[i:last] == phrase:
                    yield i, last, group


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
    if not statement.phrases and not passage.acronyms and not statement.acronyms:
        return set()
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
