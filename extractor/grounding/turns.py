"""The rule of turns: in the same place as its opposite, or under a negation added or dropped, a word is turned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractor.grounding.analysis import Reading
from extractor.grounding.lexicon import stem_class, word_class
from extractor.grounding.parties import does_its_part
from extractor.grounding.places import Path, Span, path_of, shared_around, steps_by_stem
from extractor.grounding.reasons import cut, reason
from extractor.grounding.reversals import OPPOSITES, sides
from extractor.schema import Reason

# The words shared around a place weigh at least so much where they say what stands there.
_FEWEST_AROUND = 1.5
# Each word is set against at most so many of the passage.
_MOST_COMPARED = 20


def turned_reason(statement: Reading, passage: Reading) -> Reason | None:
    """Return a reason where a word stands in the place of its opposite."""
    for name in OPPOSITES:
        said_sides = sides(statement, name)
        given_sides = sides(passage, name) if said_sides else {}
        for (pair, side), mine in said_sides.items():
            others = given_sides.get((pair, 1 - side))
            if not others:
                continue
            same = given_sides.get((pair, side), ())
            for i in mine[:_MOST_COMPARED]:
                if name == "converses" and does_its_part(statement, i, passage):
                    continue
                around, k = _likest(statement, i, passage, others)
                if around >= _FEWEST_AROUND and around > _likest(statement, i, passage, same)[0]:
                    said, given = statement.words[i].text, passage.words[k].text
                    return reason("polarity", f'says "{said}"; the passage says "{given}"')
    return None


def _likest(statement: Reading, i: int, passage: Reading, words: Sequence[int]) -> tuple[float, int]:
    """Return how much of what stands around word `i` stands around the likest of these words, and that word."""
    path, other = path_of(statement), path_of(passage)
    here = path.span(statement.words[i].start, statement.words[i].end)
    found = [(-1.0, 0)]
    for k in words[:_MOST_COMPARED]:
        there = other.span(passage.words[k].start, passage.words[k].end)
        if here is not None and there is not None:
            found.append((sum(shared_around(path, here, other, there)), k))
    return max(found)


def negation_reason(statement: Reading, passage: Reading) -> Reason | None:
    """Return a reason where the statement denies what the passage has, in the same place, undenied, or the reverse."""
    negators = word_class("negators")
    if not (_may_deny(statement, negators) or _may_deny(passage, negators)):
        return None
    path, other = path_of(statement), path_of(passage)
    added, dropped = _mismatched(path, other), _mismatched(other, path)
    if added is not None and dropped is None:
        return reason("polarity", f'denies "{_shown(statement, path, added[0])}"; the passage does not')
    if dropped is not None and added is None:
        return reason("polarity", f'affirms "{_shown(statement, path, dropped[1])}"; the passage denies it')
    return None


# How many words show what is denied.
_SHOWN = 5


def _shown(reading: Reading, path: Path, k: int) -> str:
    end = path.starts[k + _SHOWN] if k + _SHOWN < len(path.starts) else len(reading.text)
    return cut(reading.text[path.starts[k] : end])


def _may_deny(reading: Reading, negators: frozenset[str]) -> bool:
    return not reading.lowers.isdisjoint(negators) or "n't" in reading.text.replace("’", "'")


# A negation is looked for before so many words that only one of the texts has, and behind a verb of belief so far off.
_INSERTED = 3
_BELIEF_REACH = 8


def _denied_at(path: Path, k: int, before: float) -> bool:
    """Say whether a negation stands before a step, before words inserted there, or before a verb of belief."""
    if k in path.denied or (not before and any(n in path.denied for n in range(k - _INSERTED, k))):
        return True
    return any(n in path.denied and path.stems[n] in stem_class("belief") for n in range(k - _BELIEF_REACH, k))


def _mismatched(denying: Path, other: Path) -> tuple[int, int] | None:
    """Return a step that one text denies and its like in the other, which has it between the same words undenied."""
    mine, theirs = (Counter(path.stems[i] for i in path.denied) for path in (denying, other))
    for i in sorted(denying.denied):
        if mine[denying.stems[i]] <= theirs[denying.stems[i]]:
            continue
        found: list[tuple[float, bool, int]] = [(0.0, True, 0)]
        for k in steps_by_stem(other).get(denying.stems[i], ())[:_MOST_COMPARED]:
            before, behind = shared_around(denying, Span(i, i + 1), other, Span(k, k + 1))
            found.append((before + behind, _denied_at(other, k, before), k))
        around, denied, k = max(found)
        if around >= _FEWEST_AROUND and not denied:
            return i, k
    return None
