"""Sentences by templates: the subject as the reader meets it, then what is told."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.loaders import ChoiceLoader, FileSystemLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment

from extractor.errors import UsageError
from extractor.identity import Identity
from extractor.narration.grouping import Group
from extractor.resources import templates_dir
from extractor.wording import COMPANY, joined, opened, sentence

# Common nouns that filings define as a party's name; the reader of one paragraph has not seen the definition.
_COMMON_TERMS = frozenset(
    "Bank Savings Bank Partnership Trust Fund Association Subsidiary Insurer Manager Adviser Parent Operator "
    "Holding".split()
)
_LONGEST_NAME = 8  # words
_LEGAL_FORM = re.compile(r"(?:Inc|Corp|Ltd|LLC|Co|L\.P|N\.A)\b")
# Names that take an article.
_BODY = re.compile(
    r"\b(?:Administration|Commission|Department|Agency|Association|Board|Organization|Bureau|Service|Institute|"
    r"Authority|Council|League|Bank|Corporation|Union|Office|Court)$"
)
_OWN = COMPANY + "'s "


@lru_cache(maxsize=8)
def _template(folder: Path | None) -> Template:
    if folder is not None and not folder.is_dir():
        raise UsageError(f"{folder}: not a folder of templates")
    loaders = [FileSystemLoader(f) for f in (folder, templates_dir()) if f]
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(loaders), undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(listed=joined, sentence=sentence)
    try:
        return environment.get_template("sentence.j2")
    except (TemplateError, UnicodeDecodeError) as error:
        raise _unusable(error) from error


def _unusable(error: Exception) -> UsageError:
    return UsageError(f"template sentence.j2: {' '.join(str(error).split()) or type(error).__name__}")


def _full(term: str, name: str, identity: Identity) -> str | None:
    """What a term is told as at its first use; None for one that needs no more, or whose definition is not sure."""
    words = name.split()
    if name in identity.aliases or term in identity.aliases or len(words) > _LONGEST_NAME:
        return None
    if term in _COMMON_TERMS:
        return f"{name} (the {term})" if term not in words[:-1] else None
    if name.startswith(f"{term} "):
        return name
    large = [word for word in words if word[0].isupper() and not _LEGAL_FORM.match(word)]
    if not term.isupper() or "".join(word[0] for word in large[-len(term) :]) != term:
        return None
    name = name[name.index(large[-len(term)]) :]
    return f"{'the ' if _BODY.search(name) else ''}{name} ({term})"


class Renderer:
    """Writes a group as a sentence by the template "sentence.j2", the user's where `templates` has one."""

    def __init__(self, identity: Identity, templates: Path | None) -> None:
        self._template = _template(templates)
        self._short = identity.short
        self._terms = {t: full for t, n in identity.terms.items() if (full := _full(t, n, identity))}

    def sentence(self, group: Group, previous: list[Group], said: str) -> str:
        """The sentence of `group` after the groups before it and what they said; one line."""
        try:
            text = self._template.render(
                group=group, opening=opened(group.opening, ""), subject=self._subject(group, previous)
            )
        except Exception as error:  # a user's template may fail in any way that an expression can
            raise _unusable(error) from error
        return self._introduced(" ".join(text.split()), said)

    def _introduced(self, text: str, said: str) -> str:
        """`text` with what the reader has not met given its full name: "First Bank (the Bank)", "Orion Mutual"."""
        for term, full in self._terms.items():
            name = full.partition(" (")[0].removeprefix("the ")
            if (
                name not in said
                and name not in text
                and not re.search(rf"(?<![\w’'-]){re.escape(term)}(?![\w-])", said)
            ):
                article = "[Tt]he " if term in _COMMON_TERMS else "(?:[Tt]he )?"
                behind = r"(?![\w’'-])" if full.endswith(")") else r"(?![\w-])"
                text = re.sub(rf"(?<![\w’'-]){article}{re.escape(term)}{behind}", full, text, count=1)
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
        return subject


def _run(previous: list[Group]) -> int:
    """How many sentences in a row, up to here, spoke of the company as their subject."""
    count = 0
    for group in reversed(previous):
        if group.subject != COMPANY and not group.subject.startswith(_OWN) and group.tellings[0].area != "company":
            break
        count += 1
    return count
