"""Grounding: whether a statement follows from the passages that it cites, and if not, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extractor.grounding.amounts import figures_reasons
from extractor.grounding.analysis import read_closely
from extractor.grounding.content import content_reasons
from extractor.grounding.dates import period_reasons
from extractor.grounding.names import names_reasons
from extractor.grounding.pairs import pair_reasons
from extractor.grounding.plans import plan_reason
from extractor.grounding.polarity import polarity_reasons
from extractor.grounding.roles import roles_reasons
from extractor.grounding.scope import scope_reasons
from extractor.schema import Reason

__all__ = ["Context", "judge"]


@dataclass(frozen=True)
class Context:
    """What a reader of the passage knows: the company's names, the filing's defined terms, the headings above."""

    names: frozenset[str] = frozenset()
    terms: Mapping[str, str] = field(default_factory=dict)
    headings: tuple[str, ...] = ()


_NO_CONTEXT = Context()


def judge(statement: str, quotes: Sequence[str], context: Context = _NO_CONTEXT) -> list[Reason]:
    """Return why `statement` does not follow from `quotes` taken together: [] where it does."""
    said = read_closely(statement)
    passage = read_closely("\n\n".join(quotes))
    own = {word for name in context.names for word in name.lower().replace("'s", "").split()}
    terms = {word for pair in context.terms.items() for text in pair for word in text.lower().split()}
    terms |= {word for heading in context.headings for word in heading.lower().split()}
    reasons, figures = figures_reasons(said, passage)
    reasons += period_reasons(said, passage, figures)
    named, own_words = names_reasons(said, passage, own, terms)
    reasons += named
    reasons += roles_reasons(said, passage, figures)
    reasons += pair_reasons(said, passage)
    reasons += scope_reasons(said, passage)
    reasons += polarity_reasons(said, passage, own_words)
    planned = plan_reason(said, passage)
    reasons += [planned] if planned else []
    reasons += content_reasons(said, passage, own_words, terms)
    return reasons
