"""What a figure's clause points back to: "the City, whose accounts were 3.9%", "a note ... The note bears 6%"."""

from __future__ import annotations

import re
from bisect import bisect_left

from extractor.grounding.analysis import Reading

Stretch = tuple[int, int]  # of the text, from one offset to another, exclusive

RELATIVES = frozenset(("which", "whose", "who", "whom"))
# Where a relative clause begins: ", whose accounts", ", the estimated cost of which"; the comma comes first.
_RELATIVE = re.compile(r",\s+(?:the\s+(?:[a-z]+\s+){1,3}of\s+)?(?:which|whose|who|whom)\b")
# So long is the longest of them, from its comma to its pronoun.
_OPENING = 60
# What stands before its comma begins behind one of these.
_NEAREST_PARTS = re.compile(r"[,;:]\s|\b(?:and|or|while|but)\s")
# Before a figure that only measures what a relative clause is of: "An addition of 5,000 square feet, which".
_MEASURING = re.compile(r"\b(?:of|an?)\s+(?:(?:approximately|about)\s+)?$", re.IGNORECASE)
# A sentence that goes on with a thing: "The note bears interest at".
_DEFINITE = re.compile(r"[\s.]*(?:The|This|These|Those|Such)\s+(?P<head>[a-z]+)\b")
# Further back, in words, nothing is pointed to.
_REACH = 60
# What parts the things that one sentence tells, of which one is pointed to.
_JOINTS = frozenset(("and", "or", "while", "whereas", "but", "plus"))


def relative_antecedent(text: str, before: Stretch, figure_before: Stretch | None) -> Stretch | None:
    """Return what a relative clause is of, where the words before a figure (`before`) stand in one.

    `figure_before` holds the words before the figure that precedes, where one does in the same sentence.
    """
    start = max(0, before[0] - _OPENING)
    if figure_before is not None:
        start = max(start, figure_before[1])
    clause = next((m for m in _RELATIVE.finditer(text, start, before[1]) if m.end() >= before[0]), None)
    if clause is None:
        return None
    low = max(figure_before[1] if figure_before is not None else 0, clause.start() - _OPENING)
    parts = [part.end() for part in _NEAREST_PARTS.finditer(text, low, clause.start())]
    if not parts and figure_before is not None and _MEASURING.search(text[slice(*figure_before)]):
        return figure_before[0], clause.start()
    return parts[-1] if parts else low, clause.start()


def definite_antecedent(reading: Reading, before: Stretch) -> Stretch | None:
    """Return where the thing that a figure's sentence goes on with was told, if that was once: "a note of Vega"."""
    opening = _DEFINITE.match(reading.text, *before)
    if opening is None:
        return None
    words, at = reading.words, bisect_left(reading.starts, opening.start("head"))
    head = words[at]
    told = [k for k in range(max(0, at - _REACH), at) if words[k].stem == head.stem]
    if len(told) != 1 or words[told[0]].sentence == head.sentence:
        return None
    first = last = told[0]
    while first and words[first - 1].sentence == words[first].sentence and words[first - 1].lower not in _JOINTS:
        first -= 1
    while words[last + 1].sentence == words[last].sentence and words[last + 1].lower not in _JOINTS:
        last += 1
    return words[first].start, words[last].end
