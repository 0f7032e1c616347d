"""Figures on the focus areas that no fact cites: what a reviewer should look at besides the facts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from extractor.document import Document, Sentence
from extractor.figures import find_figures
from extractor.schema import Area, Count, Evidence, Figure, Unclaimed

# What a sentence speaks of, by its first cue: "Net sales were $4.1 million", "40 customers", "a $10 million facility".
_CUES: tuple[tuple[Area, re.Pattern[str]], ...] = (
    (
        "customer_concentration",
        re.compile(r"\b(?:largest|single|one|no|ten|five|major|significant) customers?\b", re.IGNORECASE),
    ),
    (
        "revenue_sources",
        re.compile(r"\b(?:revenues?|net sales|sales|backlog|royalt(?:y|ies)|subscription fees?)\b", re.IGNORECASE),
    ),
    (
        "customers",
        re.compile(r"\b(?:customers?|clients?|subscribers?|patients?|members?|policyholders?)\b", re.IGNORECASE),
    ),
    (
        "financing",
        re.compile(
            r"\b(?:credit facility|line of credit|notes?|borrow(?:ed|ings?)|loans?|deposits?|debt|debentures?|proceeds"
            r"|net (?:loss|income)|cash|dividends?|financ(?:ed|ing))\b",
            re.IGNORECASE,
        ),
    ),
)
# Things whose number tells of the business: "1,990 stores", "40 customers".
_COUNTED = re.compile(
    r"\b(?:customers|clients|subscribers|members|patients|stores|branches|restaurants|outlets|dealers|distributors"
    r"|resellers|franchisees|locations)\b",
    re.IGNORECASE,
)


def unclaimed_figures(document: Document, cited: Iterable[Evidence]) -> list[Unclaimed]:
    """The figures on the focus areas in sentences that none of the `cited` passages touches, in the text's order."""
    touched = _Spans(cited)
    return [
        _unclaimed(document, sentence, area, figure)
        for sentence in document.sentences
        if not touched.overlap(sentence.start, sentence.end) and (area := _area_of(sentence.text))
        for figure in find_figures(sentence.text)
        if not isinstance(figure, Count) or _COUNTED.search(figure.unit or "")
    ]


def _area_of(sentence: str) -> Area | None:
    return next((area for area, cue in _CUES if cue.search(sentence)), None)


def _unclaimed(document: Document, sentence: Sentence, area: Area, figure: Figure) -> Unclaimed:
    return Unclaimed(
        area=area,
        kind=figure.kind,
        figure=figure.text,
        quote=document.text[sentence.start : sentence.end],
        start=sentence.start,
        end=sentence.end,
    )


class _Spans:
    """Passages in order, so that whether one is touched is found by halving."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        ordered = sorted((e.start, e.end) for e in evidence)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def overlap(self, start: int, end: int) -> bool:
        before_end = bisect_right(self._starts, end - 1)
        return before_end > 0 and self._reach[before_end - 1] > start
