"""First person to third: "We design and sell phones" -> "It designs and sells phones"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from extractor.verbs import MODALS, PLAIN_VERBS, is_adverb, is_base, is_noun, is_past, third_person

_WORD = re.compile(r"[A-Za-z][\w’'&-]*|\d[\w.,%-]*|[^\w\s]")
# What follows a verb rather than a noun: "and sell them", "and market our", "and operate in".
_AFTER_VERB = frozenset(
    "not the a an our its their his these those this that such all any each most many some certain various "
    "several both "
    "to in on at with through by from for under over into as primarily directly them it us approximately about "
    "more less no one two three four five six seven eight nine ten substantially high new other".split()
)
_PLURAL_AUXILIARIES = frozenset("are were have do don't don’t haven't haven’t aren't aren’t".split())
_DETERMINERS = frozenset("the a an our its their all any each them it".split())
_CLAUSE_END = frozenset(
    "that which who whom whose where when while because if although since unless than whether".split()
)


@dataclass(frozen=True, slots=True)
class Reference:
    """How the company is spoken of inside a sentence: as its subject ("it", "its") or by noun ("the company")."""

    nominative: str
    possessive: str
    objective: str


AS_SUBJECT = Reference("it", "its", "it")
AS_OTHER = Reference("the company", "the company's", "the company")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower()


def _tokens(text: str) -> list[_Token]:
    return [_Token(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]


def _cased(new: str, old: str) -> str:
    return new[0].upper() + new[1:] if old[0].isupper() else new


def to_third_person(text: str, reference: Reference) -> str:
    """`text` with first person words replaced and the verbs that they govern in the third person singular.

    "we" takes its verbs along ("we also design, make and sell" -> "it also designs, makes and sells"); a verb after a
    modal or an infinitive stays as it is.
    """
    tokens = _tokens(text)
    edits: dict[int, str] = {}
    for i, token in enumerate(tokens):
        if token.text == "US":
            continue
        if token.lower == "we":
            edits[i] = _cased(reference.nominative, token.text)
            _conjugate(tokens, i + 1, edits)
        elif token.lower == "our":
            edits[i] = _cased(reference.possessive, token.text)
        elif token.lower == "us":
            edits[i] = reference.objective
        elif token.lower == "ours":
            edits[i] = reference.possessive + " own" if reference is AS_SUBJECT else reference.possessive
        elif token.lower == "ourselves":
            edits[i] = "itself"
    return _apply(text, tokens, edits)


def conjugate_from_start(text: str) -> str:
    """`text`, a verb phrase whose subject was plural, with its verbs in the third person singular."""
    tokens = _tokens(text)
    edits: dict[int, str] = {}
    _conjugate(tokens, 0, edits)
    return _apply(text, tokens, edits)


def _apply(text: str, tokens: list[_Token], edits: dict[int, str]) -> str:
    parts, last = [], 0
    for i in sorted(edits):
        parts += [text[last : tokens[i].start], edits[i]]
        last = tokens[i].end
    return "".join(parts) + text[last:]


def _conjugate(tokens: list[_Token], i: int, edits: dict[int, str]) -> None:
    """Puts the verb at `i`, adverbs and an aside passed over, and those coordinated with it in the third person."""
    i = _skip_to_verb(tokens, i)
    if i >= len(tokens) or tokens[i].lower in ("and", "or") or tokens[i].lower in MODALS:
        return
    if _is_plural_verb(tokens[i]):
        edits[i] = third_person(tokens[i].text)
    elif not is_past(tokens[i].text):
        return
    auxiliary = tokens[i].lower in ("have", "are", "were", "do")
    # "plan to design ... and sell": all infinitives
    infinitive = tokens[i].lower.startswith("do") or any(t.lower == "to" for t in tokens[i + 1 : i + 3])
    if i not in edits:  # a past tense: what follows in a base form goes with its infinitive, where it has one
        infinitive = any(a.lower == "to" and is_base(b.text) for a, b in pairwise(tokens[i:]))
    for j in range(i + 1, len(tokens)):
        word = tokens[j].lower
        if word in _CLAUSE_END or word == ";" or word == "we":
            return
        if _is_coordinated(tokens, j, edits, auxiliary, infinitive):
            edits[j] = third_person(tokens[j].text)


def _is_plural_verb(token: _Token) -> bool:
    return token.lower in _PLURAL_AUXILIARIES or (token.text.islower() and is_base(token.text))


def _skip_to_verb(tokens: list[_Token], i: int) -> int:
    while i < len(tokens) and ((is_adverb(tokens[i].text) and not is_base(tokens[i].text)) or tokens[i].lower == "not"):
        i += 1
    if i < len(tokens) and tokens[i].text in (",", "("):
        closing = ")" if tokens[i].text == "(" else ","
        ends = [k for k in range(i + 1, min(i + 25, len(tokens))) if tokens[k].text == closing]
        return _skip_to_verb(tokens, ends[0] + 1) if ends else len(tokens)
    return i


def _is_coordinated(tokens: list[_Token], j: int, edits: dict[int, str], auxiliary: bool, infinitive: bool) -> bool:
    """True for a verb that shares the subject of the first: "design, MAKE and SELL", "operate stores and SELL them"."""
    token = tokens[j]
    if not (token.text.islower() and _is_plural_verb(token)):
        return False
    before = j - 1
    while before > 0 and is_adverb(tokens[before].text):
        before -= 1
    if tokens[before].lower not in (",", "and", "or", "but", "then", "/"):
        return False
    if is_adverb(tokens[before - 1].text) and tokens[before].lower == "and":
        return False  # "to quickly and easily develop": the conjunction joins adverbs
    serial = tokens[before].lower in ("and", "or", "but") and tokens[before - 1].text == ","
    if before - (2 if serial else 1) in edits and not auxiliary:
        return True
    return not infinitive and _goes_on(tokens, j, before)


def _goes_on(tokens: list[_Token], j: int, before: int) -> bool:
    """True where the word at `j`, after a comma or conjunction at `before`, has an object as a verb has."""
    token = tokens[j]
    following = tokens[j + 1].lower if j + 1 < len(tokens) else "."
    if tokens[before].text == ",":
        return following in _DETERMINERS
    if is_base(tokens[before - 1].text) and tokens[before - 2].lower == "to":
        return False  # "to stock and display": both infinitives
    if token.lower in PLAIN_VERBS:
        return True
    if following == "and" and j + 2 < len(tokens) and is_base(tokens[j + 2].text):
        return not is_noun(token.text) or (j + 3 < len(tokens) and tokens[j + 3].lower in _DETERMINERS)
    ambiguous = following in ("in", "for", "with", "as", "to", "by") and is_noun(token.text)
    return following in _AFTER_VERB and not ambiguous
