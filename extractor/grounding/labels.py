"""The rule of labels: a figure called "available", or told "each", is the one that the passage calls so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from extractor.grounding.amounts import Match
from extractor.grounding.analysis import Reading
from extractor.grounding.reasons import reason
from extractor.schema import Reason

# Right behind a figure: "$5 million was available", "at $10 each", "$10.00 per share".
_LABEL = re.compile(
    r"\s+(?:(?:was|were|is|are|remained|remains)\s+)?(?:(?:then|still|currently)\s+)?"
    r"(?P<label>available|outstanding|unused|each|per\s+(?:common\s+)?share)\b(?!\s+to\s+(?!borrow|us\b|it\b|the\s+company))",
    re.IGNORECASE,
)
_LABELS = frozenset(("available", "outstanding", "unused", "each", "per"))
_SAME = {"unused": "available", "each": "per"}


def label_reason(statement: Reading, passage: Reading, matches: Sequence[Match]) -> Reason | None:
    """Return a reason where the statement gives a money figure the label of another in the passage."""
    if statement.lowers.isdisjoint(_LABELS) or len(passage.numbers) < 2:
        return None
    said = _labelled(statement)
    if not said:
        return None
    given = _labelled(passage)
    for match in matches:
        label = said.get(match.said)
        if label is None or any(label in _labels_shared(passage, k) for k in match.given):
            continue
        rivals = [k for k, other in given.items() if other == label]
        if rivals:
            number, other = statement.numbers[match.said].number, passage.numbers[rivals[0]].number
            shown, theirs = statement.text[number.start : number.end], passage.text[other.start : other.end]
            return reason("attribution", f'says {shown} is "{label}"; the passage says so of {theirs}')
    return None


@lru_cache(maxsize=4)
def _labelled(reading: Reading) -> dict[int, str]:
    """Return the labels right behind the money figures of a text, by their indexes."""
    found: dict[int, str] = {}
    if reading.lowers.isdisjoint(_LABELS):
        return found
    for k, (number, _) in enumerate(reading.numbers):
        label = _LABEL.match(reading.text, number.end) if number.kind == "money" else None
        if label:
            word = label["label"].lower().split()[0]
            found[k] = _SAME.get(word, word)
    return found


def _labels_shared(passage: Reading, k: int) -> set[str]:
    """Return the labels of a figure: its own, and else the next one's in its sentence, and words that stand alone."""
    labels = _labelled(passage)
    ends = passage.sentence_ends
    start = passage.numbers[k].number.start
    sentence = bisect_left(ends, start)
    for other in range(k, len(passage.numbers)):
        if bisect_left(ends, passage.numbers[other].number.start) != sentence:
            break
        if other in labels:
            return {labels[other]}
    return set()
