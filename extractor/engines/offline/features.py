"""What the ranker sees of a sentence: readable features, each by name."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from extractor.document import Document, Sentence
from extractor.engines.offline.cues import cues_of
from extractor.schema import Area
from extractor.wording import FIRST_ITEMS, Wording

_WORD = re.compile(r"[A-Za-z][A-Za-z&'’-]+")
_SUBJECT = re.compile(r"^(?:We|The Company|Our|The Registrant|The Corporation|The Bank)\b")
_MONEY = re.compile(r"[$€£]\s?\d")
_PERCENT = re.compile(r"\d\s?%|\bpercent\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# "The Sonim XP10 is an ...": a named thing and what it is; "LENSCRAFTERS operates ..."
_NAMED_IS = re.compile(
    r"^(?:The |Our )?(?:[A-Z][\w&’'-]*\s+){0,3}[A-Z0-9][\w&’'-]*(?:\s+[a-z]+)?\s+(?:is|are)\s+(?:an?|the|our)\b"
)
_NAMED_DOES = re.compile(
    r"^(?!The Company|We\b|Our\b|This\b|These\b|In\b|Each\b|All\b|It\b)(?:The "
    r")?(?:[A-Z][\w&’'-]*\s+){1,4}(?:also\s+)?(?:offers|provides|operates|sells|makes|manufactures|includes|"
    r"serves|focuses)\b"
)
_LISTED_NAMES = re.compile(r"(?:[A-Z][\w&’'.-]+(?:\s[A-Z][\w&’'.-]+)*,\s+){2,}(?:and|or)?\s*[A-Z]")
_MAY = re.compile(r"\b(?:may|could|might)\b")
_SUFFIXES = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ing", ""),
    ("ed", ""),
    ("ly", ""),
    ("es", "e"),
    ("s", ""),
)
# Words without a subject of their own; the rest of the vocabulary is learned.
_STOP = frozenset(
    "the of and to in a for is are as by on at an be with that or from it its this was were has have had not "
    "which their".split()
)
NAMED_IS = "x:named is"  # the feature of "The XP10 is a smartphone"
_LONG, _SHORT = 45, 8  # words
_FIGURE = re.compile(r"\d[\d,.]*")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w&]+")
_STEP = 10  # words
_MANY = 4  # and more


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word's crude stem: "markets", "marketed" and "marketing" give "market"."""
    lower = word.lower().replace("’", "'").removesuffix("'s")
    for suffix, instead in _SUFFIXES:
        if lower.endswith(suffix) and len(lower) - len(suffix) >= 3:
            return (lower[: -len(suffix)] + instead).rstrip("e") if suffix != "ies" else lower[: -len(suffix)] + instead
    return lower.rstrip("e")


def features(document: Document, sentence: Sentence, short_name: str) -> frozenset[str]:
    """The features of one sentence: those of its text and those of its place and shape."""
    return text_features(sentence.text) | context_features(document, sentence, short_name)


@lru_cache(maxsize=4096)  # a filing's sentences and the clauses cut from them, each asked for several times
def text_features(text: str) -> frozenset[str]:
    """The features of a text's words: "w:" and their stems."""
    return frozenset(_stems("w", text))


def context_features(document: Document, sentence: Sentence, short_name: str) -> frozenset[str]:
    """The features of a sentence's place: "h0:" stems of its heading, "h1:" of the one above, "x:" its shape."""
    found = _shape(document, sentence, short_name)
    path = document.sections[sentence.section].path if sentence.section is not None else ()
    for depth, heading in enumerate(reversed(path[-2:])):
        found += _stems(f"h{depth}", heading)
    return frozenset(found + _stems("h0", sentence.label or ""))


def core(wording: Wording) -> str:
    """What a narrative tells of a clause before there is room to spare: no details, and the first items."""
    return replace(wording, details=(), items=wording.items[:FIRST_ITEMS]).clause()


def clause_features(wording: Wording, area: Area) -> frozenset[str]:
    """The features of a clause's core: those of its words, and "c:" what it holds and speaks of."""
    statement = core(wording)
    figures, names = len(_FIGURE.findall(statement)), len(_NAME.findall(statement))
    shape = {
        "c:money": bool(_MONEY.search(statement)),
        "c:percent": bool(_PERCENT.search(statement)),
        "c:year": bool(_YEAR.search(statement)),
        "c:list": bool(wording.items),
    }
    shown = [name for name, is_shown in shape.items() if is_shown]
    shown += [f"c:figures {min(figures, _MANY)}", f"c:names {min(names, _MANY)}"]
    shown.append(f"c:words {min(len(statement.split()) // _STEP, _MANY)}")
    shown += [f"c:area {area}", f"c:verb {wording.predicate.partition(' ')[0]}", f"c:subject {_subject(wording)}"]
    return text_features(statement).union(shown, cues_of(statement))


def _subject(wording: Wording) -> str:
    if wording.company:
        return "company"
    if wording.subject.startswith("the company's"):
        return "own"
    return "name" if wording.subject[:1].isupper() else "other"


def _stems(prefix: str, text: str) -> list[str]:
    return [f"{prefix}:{stem(word)}" for word in _WORD.findall(text) if word.lower() not in _STOP]


def _shape(document: Document, sentence: Sentence, short_name: str) -> list[str]:
    text, total = sentence.text, max(len(document.sentences), 1)
    words = _WORD.findall(text)
    position = sentence.index / total
    capitals = sum(w[0].isupper() for w in words[1:])
    shape = {
        "x:first tenth": position < 0.1,
        "x:first fifth": position < 0.2,
        "x:second half": position > 0.5,
        "x:last quarter": position > 0.75,
        "x:first ten sentences": sentence.index < 10,
        "x:own subject": bool(_SUBJECT.match(text)),
        "x:name subject": text.startswith(short_name),
        "x:money": bool(_MONEY.search(text)),
        "x:percent": bool(_PERCENT.search(text)),
        "x:year": bool(_YEAR.search(text)),
        "x:two years": len(set(_YEAR.findall(text))) > 1,
        "x:list": text.count(",") >= 3,
        "x:capitals": capitals >= 3,
        "x:many capitals": capitals >= 7,
        "x:long": len(words) > _LONG,
        "x:short": len(words) < _SHORT,
        "x:bullet": document.blocks[sentence.block].kind == "bullet",
        "x:table": document.blocks[sentence.block].kind == "table",
        NAMED_IS: bool(_NAMED_IS.match(text)),
        "x:named does": bool(_NAMED_DOES.match(text)),
        "x:listed names": bool(_LISTED_NAMES.search(text)),
        "x:colon list": ": " in text and text.count(",") >= 1,
        "x:own possessive": text.startswith(("Our ", "The Company's ", "The Company’s ")),
        "x:may": bool(_MAY.search(text)),
        "x:opens section": _opens_section(document, sentence),
    }
    return [name for name, shown in shape.items() if shown]


def _opens_section(document: Document, sentence: Sentence) -> bool:
    return sentence.index == 0 or document.sentences[sentence.index - 1].section != sentence.section
