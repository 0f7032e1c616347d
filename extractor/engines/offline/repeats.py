"""Near-repeats of a fact made one, with the evidence of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extractor.engines.offline.draft import Draft
from extractor.engines.offline.features import text_features

_SAME = 0.6  # share of the smaller statement's stems that the other holds too, above which they say the same


def merged(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts without those that a better one says already; its evidence is added to the better one's.

    Two drafts are the same when most of their stems are and neither has a figure that the other lacks.
    """
    kept: list[tuple[Draft, frozenset[str], frozenset[str]]] = []
    for draft in drafts:
        stems = text_features(draft.statement)
        figures = frozenset(f.text for f in draft.figures)
        for i, (other, its_stems, its_figures) in enumerate(kept):
            if _same(stems, its_stems) and figures <= its_figures:
                evidence = (*other.evidence, *(e for e in draft.evidence if e not in other.evidence))
                kept[i] = (replace(other, evidence=evidence), its_stems, its_figures)
                break
        else:
            kept.append((draft, stems, figures))
    return [draft for draft, _, _ in kept]


def _same(a: frozenset[str], b: frozenset[str]) -> bool:
    smaller = min(len(a), len(b))
    return smaller > 0 and len(a & b) > _SAME * smaller and len(a & b) > _SAME * len(a)
