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


class Renderer:
    """Writes a group as a sentence by the template "sentence.j2", the user's where `templates` has one."""

    def __init__(self, identity: Identity, templates: Path | None) -> None:
        self._template = _template(templates)
        self._short = identity.short
        self._terms = {t: n for t, n in identity.terms.items() if t in _COMMON_TERMS and t not in n.split()[:-1]}

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
        """`text` with a defined term given its full name where the reader has not met it: "First Bank (the Bank)"."""
        for term, name in self._terms.items():
            if name in said or name in text or f"the {term}" in said.replace("The ", "the "):
                continue
            text = re.sub(rf"\b[Tt]he {re.escape(term)}(?![\w’'])", f"{name} (the {term})", text, count=1)
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
