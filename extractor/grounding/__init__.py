"""Grounding: whether a statement follows from the passages that it cites, and if not, why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extractor.grounding.amounts import figures_reasons
from extractor.grounding.analysis import Reading, read_closely
from extractor.grounding.content import content_reasons
from extractor.grounding.dates import period_reasons
from extractor.grounding.exchanges import exchange_reasons
from extractor.grounding.labels import label_reason
from extractor.grounding.names import names_reasons
from extractor.grounding.naming import former_reason, seat_reason
from extractor.grounding.owners import owner_reason
from extractor.grounding.pairs import pair_reasons
from extractor.grounding.plans import plan_reason
from extractor.grounding.polarity import polarity_reasons
from extractor.grounding.respective import respective_reason
from extractor.grounding.roles import roles_reasons
from extractor.grounding.scope import scope_reasons
from extractor.grounding.swaps import swap_reasons
from extractor.schema import Reason

__all__ = ["Context", "judge"]


@dataclass(frozen=True)
class Context:
    """What a reader of the passage knows: the company's names, the filing's defined terms, the headings above."""

    names: frozenset[str] = frozenset()
    terms: Mapping[str, str] = field(default_factory=dict)
    headings: tuple[str, ...] = ()


_NO_CONTEXT = Context()


_WORD = re.compile(r"[^\W_]+")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _name_words(name: str) -> list[str]:
    """Return the words of the company's name and its initials, by which it may be called."""
    words = _words(name)
    initials = "".join(word[0] for word in words)
    return [*words, initials] if len(words) > 1 else words


def _known_words(said: Reading, passage: Reading, context: Context) -> frozenset[str]:
    """Return the words of the headings, and those of the terms, and what they stand for, that the texts use."""
    if not context.terms and not context.headings:
        return frozenset()
    texts = f"{said.text}\n{passage.text}".lower()
    used = [pair for pair in context.terms.items() if any(side.lower() in texts for side in pair)]
    known = [*context.headings, *(side for pair in used for side in pair)]
    return frozenset(word for text in known for word in _words(text))


# Between a page's last line and the next one's first: "sales of\n\n  -4-\n<PAGE>\n\nlamps".
_PAGE_BREAK = re.compile(r"\s*\n[ \t]*(?:-?[ \t]*\d{1,3}[ \t]*-?)?\s*<PAGE>(?:[ \t]*\d{1,3})?\s+(?=[a-z])")


def _joined(quotes: Sequence[str]) -> str:
    """Return the passages as one text, sentences that go on over a page's end in one piece."""
    text = "\n\n".join(quotes)
    return _PAGE_BREAK.sub("\n", text) if "<PAGE>" in text else text


def judge(statement: str, quotes: Sequence[str], context: Context = _NO_CONTEXT) -> list[Reason]:
    """Return why `statement` does not follow from `quotes` taken together: [] where it does."""
    said = read_closely(statement)
    passage = read_closely(_joined(quotes))
    own = frozenset(word for name in context.names for word in _name_words(name))
    terms = _known_words(said, passage, context)
    reasons, figures = figures_reasons(said, passage)
    periods, figures = period_reasons(said, passage, figures)
    reasons += periods
    named, own_words = names_reasons(said, passage, own, terms)
    reasons += named
    reasons += roles_reasons(said, passage, figures)
    reasons += pair_reasons(said, passage)
    reasons += scope_reasons(said, passage)
    reasons += polarity_reasons(said, passage, own_words)
    known = {found.code for found in reasons}
    reasons += [found for found in exchange_reasons(said, passage) if found.code not in known]
    if "attribution" not in known:
        reasons += swap_reasons(said, passage, own)
    rest = (
        label_reason(said, passage, figures),
        respective_reason(said, passage, figures),
        owner_reason(said, passage, own),
        seat_reason(said, passage),
        former_reason(said, passage),
        plan_reason(said, passage),
    )
    reasons += [found for found in rest if found is not None]
    reasons += content_reasons(said, passage, own_words, terms)
    return reasons
