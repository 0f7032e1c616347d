"""A text as the rules of grounding see it: its words with stems and groups, its clauses, figures and periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractor.figures.assign import Dated, dated_numbers
from extractor.figures.lexing import Token, tokenize
from extractor.figures.periods import When, scan_periods
from extractor.grounding.lexicon import lexeme, name_groups, phrases_from

_CLAUSE_MARKS = frozenset(",;:()—–")
_SENTENCE_MARKS = frozenset(".!?;")


@dataclass(frozen=True, slots=True, eq=False)
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


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text analysed: everything that the rules look up."""

    text: str
    words: tuple[Word, ...]
    lowers: frozenset[str]
    acronyms: frozenset[str]  # folded
    capitals: frozenset[str]  # folded words that stand capitalized
    stems: frozenset[str]
    groups: frozenset[int]
    phrases: tuple[tuple[int, int, int], ...]  # first word, last word (exclusive), group
    numbers: tuple[Dated, ...]
    periods: tuple[When, ...]
    sentence_ends: tuple[int, ...]  # offsets of the marks that end its sentences


@lru_cache(maxsize=1024)
def read_closely(text: str) -> Reading:
    """Return the analysis of `text`."""
    tokens = tokenize(text)
    words = tuple(_words(tokens))
    phrases = tuple(_phrases(words))
    groups: set[int] = {group for _, _, group in phrases}
    for word in words:
        groups |= word.groups
    return Reading(
        text,
        words,
        frozenset(word.lower for word in words),
        frozenset(filter(None, map(_acronym, words))),
        frozenset(word.lower.removesuffix("'s") for word in words if word.text[0].isupper() or not word.text.islower()),
        frozenset(word.stem for word in words),
        frozenset(groups),
        phrases,
        dated_numbers(text),
        scan_periods(text),
        tuple(token.start for token in tokens if token.text in _SENTENCE_MARKS),
    )


def _words(tokens: tuple[Token, ...]) -> Iterator[Word]:
    clause = sentence = 0
    opens = True
    for token in tokens:
        if not token.text[0].isalpha() and not (token.text[0].isdigit() and token.text[-1].isalpha()):
            if token.text in _SENTENCE_MARKS:
                sentence += 1
                opens = True
            if token.text in _CLAUSE_MARKS or token.text in _SENTENCE_MARKS:
                clause += 1
            continue
        lower = "u.s" if token.text == "US" else token.lower.rstrip(".")
        known = lexeme(lower)
        yield Word(
            token.text, lower, known.stem, known.groups, known.content, known.weak and (opens or token.text.islower()),
            token.start, token.end, clause, sentence, opens,
        )  # fmt: skip
        opens = False


def _phrases(words: tuple[Word, ...]) -> Iterator[tuple[int, int, int]]:
    for i, word in enumerate(words):
        for phrase in phrases_from(word.stem):
            length = len(phrase.stems)
            if i + length <= len(words) and all(
                words[i + n].stem == phrase.stems[n] for n in range(1, length)
            ):
                yield i, i + length, phrase.group


def covered_words(statement: Reading, passage: Reading, *, names: bool = False) -> frozenset[Word]:
    """Return the words of the statement inside a phrase that something in the passage answers; of names only, if asked."""
    covered = {
        word
        for first, last, group in statement.phrases
        if group in passage.groups and (not names or group in name_groups())
        for word in statement.words[first:last]
    }
    for acronym in passage.acronyms:
        covered.update(_spelled_out(acronym, statement))
    for acronym in statement.acronyms:
        if _spelled_out(acronym, passage) or _spelled_out(acronym, statement):
            covered.update(word for word in statement.words if _acronym(word) == acronym)
    for acronym in statement.acronyms & passage.lowers:
        covered.update(_spelled_out(acronym, statement))
    return frozenset(covered)


def _acronym(word: Word) -> str:
    """Return the folded letters of an acronym: "cmo" for "CMOs", "" for any other word."""
    letters = word.text.removesuffix("s") if word.text[:-1].isupper() else word.text
    return letters.lower() if len(letters) > 1 and letters.isupper() and letters.isalpha() else ""


def _spelled_out(acronym: str, reading: Reading) -> tuple[Word, ...]:
    """Return the words whose initials an acronym takes, small words passed over: "surface mount technology" for "smt"."""
    words = [word for word in reading.words if word.lower not in ("of", "and", "the", "for", "in")]
    for i in range(len(words) - len(acronym) + 1):
        if all(words[i + n].lower[0] == letter for n, letter in enumerate(acronym)):
            return tuple(words[i : i + len(acronym)])
    return ()
