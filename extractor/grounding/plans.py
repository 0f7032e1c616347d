"""The rule of plans: what the passage only plans, or says may be, is not told as done."""

from __future__ import annotations

import re
from bisect import bisect_left

from extractor.grounding.analysis import Reading
from extractor.grounding.lexicon import word_class
from extractor.grounding.reasons import cut, reason
from extractor.schema import Reason

# "intends to open", "may use": not "will", which agreements use of what they bind to, nor the month.
_PLAN = re.compile(
    r"\b(?:(?:[Pp]lans?|[Ii]ntends?|[Ee]xpects?|[Pp]roposes?|[Hh]opes?|[Aa]nticipates?|right|option|ability)\s+to|may|might|could)\b(?!\s+be\s+(?:used|made))"
)
# So far a plan reaches behind its verb.
_REACH = 12
# So many words that stand under a plan only make a statement of them, as of a fact, a reversal.
_FEWEST = 2


def plan_reason(statement: Reading, passage: Reading) -> Reason | None:
    """Return a reason where the statement tells as fact what the passage holds only as plan or possibility."""
    if statement.lowers & word_class("modal"):
        return None
    if passage.lowers.isdisjoint(word_class("plans")):
        return None
    planned: set[str] = set()
    governed: set[int] = set()
    for match in _PLAN.finditer(passage.text):
        for k in _governed(passage, match.end()):
            governed.add(k)
            planned.add(passage.words[k].stem)
    if not planned:
        return None
    free = {word.stem for k, word in enumerate(passage.words) if k not in governed}
    words = [word for word in statement.words if word.content and not word.weak and word.stem in passage.stems]
    told = [word.text for word in words if word.stem not in free]
    if len(told) < _FEWEST or len(told) < len(words):
        return None
    return reason("period", f'tells "{cut(" ".join(told))}" as done; the passage holds it as a plan or possibility')


def _governed(passage: Reading, start: int) -> range:
    """Return the indexes of the words that a plan ending at `start` governs: the rest of its sentence, within reach."""
    first = bisect_left(passage.starts, start)
    last = first
    while (
        last < len(passage.words)
        and last - first < _REACH
        and passage.words[last].sentence == passage.words[first].sentence
    ):
        last += 1
    return range(first, last)
