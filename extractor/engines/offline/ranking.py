"""How much a sentence is worth to a brief, and to which area: a linear model with learned weights."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from importlib import resources
from typing import Any

from extractor.document import Document, Sentence
from extractor.engines.offline.cues import NEEDED, cues_of
from extractor.engines.offline.features import clause_features, context_features, text_features
from extractor.schema import Area
from extractor.wording import Wording

# weights.json, by tools/learn_ranker.py: {"columns": [...areas, "any"], "bias": [...], "weights": {feature: [...]}}
_MODEL: dict[str, Any] = json.loads(
    resources.files("extractor.engines.offline").joinpath("weights.json").read_text("utf-8")
)
_COLUMNS: list[str] = _MODEL["columns"]
_BIAS: dict[str, float] = dict(zip(_COLUMNS, _MODEL["bias"], strict=True))
_WEIGHTS: dict[str, dict[str, float]] = {
    column: {feature: weights[i] for feature, weights in _MODEL["weights"].items()} for i, column in enumerate(_COLUMNS)
}
_ANY = "any"  # the column of a sentence's worth to any area
CLAUSE = "clause"  # the column of a clause's worth


@dataclass(frozen=True)
class Ranked:
    """A sentence with its worth; `context` holds the features of its place, for the clauses cut from it."""

    sentence: Sentence
    score: float
    context: frozenset[str]


def ranked(document: Document, short_name: str) -> list[Ranked]:
    """The sentences of `document`, the most worthy first; equals in the document's order."""
    found = []
    for sentence in document.sentences:
        context = context_features(document, sentence, short_name)
        found.append(Ranked(sentence, worth(text_features(sentence.text) | context), context))
    return sorted(found, key=lambda r: (-r.score, r.sentence.index))


def worth(features: frozenset[str], column: str = _ANY) -> float:
    """The model's output, for any area or one: the expected importance divided by 3."""
    weights = _WEIGHTS[column]
    return math.fsum((_BIAS[column], *(weights[f] for f in features if f in weights)))  # exact, so in any order


def clause_worth(wording: Wording, area: Area, context: frozenset[str]) -> float:
    """The model's output for a clause: the importance, divided by 3, of all that it is expected to tell."""
    return worth(clause_features(wording, area) | context, CLAUSE)


# What a clause plainly speaks of outweighs the words around it: cue, area, and what the cue adds to the area's score.
_PLAIN: tuple[tuple[str, Area, float], ...] = (
    ("concentration.no_single", "customer_concentration", 0.5),
    ("concentration.accounted", "customer_concentration", 0.2),
    ("concentration.party", "customer_concentration", 0.3),
    ("products.policies", "products", 0.15),
    ("concentration.largest", "customer_concentration", 0.15),
    ("concentration.loss_of", "customer_concentration", 0.2),
    ("company.is_a", "products", 0.3),
    ("company.business_of", "products", 0.2),
    ("financing.loss", "financing", 0.4),
    ("financing.credit", "financing", 0.4),
    ("financing.deposits", "financing", 0.5),
    ("financing.financed", "financing", 0.05),
    ("financing.cash", "financing", 0.4),
    ("financing.paid", "financing", 0.4),
    ("customers.intended", "customers", 0.3),
    ("financing.returned", "financing", 0.45),
    ("channels.stores", "channels", 0.2),
    ("channels.available", "channels", 0.15),
    ("products.research", "products", 0.3),
    ("revenue.total", "revenue_sources", 0.25),
    ("revenue.backlog", "revenue_sources", 0.3),
    ("channels.through", "channels", 0.1),
    ("channels.indirect", "channels", 0.05),
    ("channels.direct", "channels", 0.05),
    ("channels.marketing", "channels", 0.05),
    ("customers.are", "customers", 0.25),
    ("customers.serves", "customers", 0.1),
    ("customers.count", "customers", 0.3),
    ("products.include", "products", 0.1),
    ("products.makes", "products", 0.05),
    ("products.manufacturing", "products", 0.05),
    ("products.launch", "products", 0.1),
)
_AREAS: tuple[Area, ...] = (
    "revenue_sources", "customer_concentration", "customers", "products", "channels", "financing",
)  # fmt: skip


def area_of(text: str, context: frozenset[str]) -> Area:
    """The area that a clause belongs to, the company's own excepted."""
    features = text_features(text) | context
    found: dict[Area, float] = {area: worth(features, area) for area in _AREAS}
    shown = cues_of(text)
    for cue, area, gain in _PLAIN:
        if cue in shown:
            found[area] += gain
    open_to = [area for area in _AREAS if area not in NEEDED or NEEDED[area].search(text)]
    return max(open_to, key=lambda area: found[area])
