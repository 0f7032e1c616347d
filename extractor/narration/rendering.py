"""Sentences by templates: the subject as the reader meets it, then what is told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from extractor.identity import Identity, spelled
from extractor.narration.grouping import Group
from extractor.templating import load_template, render
from extractor.wording import COMPANY, OTHER_PARTY, opened

# Common nouns that filings define as a party's name; the reader of one paragraph has not seen the definition.
_COMMON_TERMS = frozenset(
    "Bank Savings Bank Partnership Trust Fund Association Subsidiary Insurer Manager Adviser Parent Operator "
    "Holding".split()
)
_LONGEST_NAME = 8  # words
_LEGAL_FORM = re.compile(r",? (?:Inc|Corp|Ltd|LLC|Co|L\.P|N\.A)\b\.?")
_PLURAL_END = re.compile(r"(?<=[b-hj-rtv-z])s$")  # of "vehicles", not of "cholangitis", "status" or "process"
# Short forms that need no words.
_KNOWN_TO_ALL = frozenset(
    "US UK EU IT PC PCs CEO OEM OEMs TV TVs AI GPU GPUs CPU CPUs ISDN DSL ADSL FTP URL USB LCD LED DVD CD GPS SMS LAN "
    "LANs WAN WANs FDA SEC IRS ATM ATMs".split()
)
# Behind a name that stands by itself, not before a noun that it describes: "FHLB advances".
_ALONE = r"(?: \([A-Z]+\))?(?:[.,;)]|\s(?:in|on|at|for|to|and|or|is|was|has|had|of|under|by)\b)"
# Names that take an article.
_BODY = re.compile(
    r"\b(?:Administration|Commission|Department|Agency|Association|Board|Organization|Bureau|Service|Institute|"
    r"Authority|Council|League|Bank|Corporation|Union|Office|Court)$"
)
_OWN = COMPANY + "'s "


def _full(term: str, name: str, identity: Identity) -> str | None:
    """What a term is told as at its first use; None for one that needs no more, or whose definition is not sure."""
    words = name.split()
    if name in identity.aliases or term in identity.aliases or len(words) > _LONGEST_NAME:
        return None
    if term in _COMMON_TERMS:
        return f"{name} (the {term})" if term not in words[:-1] else None
    if name.startswith(f"{term} "):
        return name
    if not term.removesuffix("s").isupper() or term in _KNOWN_TO_ALL:
        return None
    told = spelled(_LEGAL_FORM.sub("", name), term)
    if not told:
        return None
    if told.islower() and not term.endswith("s"):
        return f"{_PLURAL_END.sub('', told)} ({term})"  # "autonomous vehicles, or AV": "its AV solution"
    return f"{name[name.find(told) :] if told in name else told} ({term})"


class _Term(NamedTuple):
    """A defined term: the word itself, its full name, alone and as it is told at first, and the patterns of its uses.

    `again` is what it is told as where the reader has met the name but not the term.
    """

    word: str
    name: str
    full: str
    again: str
    known: re.Pattern[str]  # where the reader has met it
    used: re.Pattern[str]
    article: re.Pattern[str] | None  # where its name, once told in full, asks for one

    def told_in(self, text: str) -> bool:
        """True where `text` has the name itself, or gives the term as the short form of what it says."""
        return self.name.casefold() in text.casefold() or f"({self.word})" in text or f"({self.word}s)" in text


def _term(term: str, full: str) -> _Term:
    name = full.partition(" (")[0]
    word = re.escape(term)
    before = "[Tt]he " if term in _COMMON_TERMS else "(?:[Tt]he )?"
    # "Orion Lamps" is no "Orion", and a segment is called what it is called
    behind = r"(?![\w’'-])" if full.endswith(")") else r"(?![\w-]|(?:['’]s)? [A-Z]| segment\b| division\b)"
    asks = re.compile(rf"\b(by|from|with|of|to|in|and) (?={re.escape(name)}{_ALONE})") if _BODY.search(name) else None
    common = term in _COMMON_TERMS
    known = rf"\b[Tt]he {word}(?![\w-])" if common else rf"(?<![\w’'-]){word}s?(?![\w-])"
    used = rf"(?<![\w’'-]){before}{word}{behind}"
    return _Term(term, name, full, full if common else name, re.compile(known), re.compile(used), asks)


class Renderer:
    """Writes a group as a sentence by the template "sentence.j2", the user's where `templates` has one."""

    def __init__(self, identity: Identity, templates: Path | None) -> None:
        self._template = load_template("sentence.j2", templates)
        self._short = identity.short
        told = ((term, _full(term, name, identity)) for term, name in identity.terms.items())
        self._terms = [_term(term, full) for term, full in told if full]

    def sentence(self, group: Group, previous: list[Group], said: str) -> str:
        """The sentence of `group` after the groups before it and what they said; one line."""
        subject = self._subject(group, previous)
        text = render(self._template, group=group, opening=opened(group.opening, ""), subject=subject)
        return self._introduced(" ".join(text.split()), said)

    def _introduced(self, text: str, said: str) -> str:
        """`text` with what the reader has not met given its full name: "First Bank (the Bank)", "Orion Mutual"."""
        for term in self._terms:
            if term.word in text and not term.told_in(text) and not term.known.search(said):
                told = term.again if term.name in said else term.full
                text = term.used.sub(told.replace("\\", r"\\"), text, count=1)
                text = text[:1].upper() + text[1:]
                if term.article is not None:
                    text = term.article.sub(r"\1 the ", text, count=1)
        return text

    def _subject(self, group: Group, previous: list[Group]) -> str:
        """The subject as it is said here: the company by name, as "it", or as "the company", in turn."""
        subject = group.subject
        run = _run(previous)
        if subject == COMPANY:
            own = bool(previous) and (previous[-1].subject == COMPANY or previous[-1].tellings[0].area == "company")
            return self._short if run == 0 else "it" if own and run % 2 else COMPANY
        if subject.startswith(_OWN) and run:
            return "its " + subject[len(_OWN) :]
        if subject.removeprefix("the ") in _COMMON_TERMS and _same_before(subject, previous) % 2:
            return "it"
        return subject


def _same_before(subject: str, previous: list[Group]) -> int:
    """How many sentences in a row, up to here, had this very subject."""
    return next((i for i, group in enumerate(reversed(previous)) if group.subject != subject), len(previous))


def _run(previous: list[Group]) -> int:
    """How many sentences in a row, up to here, spoke of the company as their subject."""
    count = 0
    for group in reversed(previous):
        own = group.subject.startswith(_OWN) and not OTHER_PARTY.search(group.subject)
        if group.subject != COMPANY and not own and group.tellings[0].area != "company":
            break
        count += 1
    return count
