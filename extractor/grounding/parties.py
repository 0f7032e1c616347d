"""The rule of parties: who sells does not buy, who lends does not borrow."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.grounding.analysis import Reading, Word
from extractor.grounding.lexicon import opposites
from extractor.grounding.reasons import reason
from extractor.schema import Reason

# How far behind its verb a party may stand: "sell substantially all of the finished goods that they need to the maker".
_REACH = 14
_PARTY_WORDS = 3
_OWN = frozenset(("company", "us", "it", "registrant", "we"))


def converse_reason(statement: Reading, passage: Reading) -> Reason | None:
    """Return a reason where a party that the passage sells to is said to sell, or the reverse."""
    said = list(_roles(statement))
    if not said:
        return None
    for party, takes, shown in said:
        for other, gets, given in _roles(passage):
            if takes != gets and party & other:
                return reason("polarity", f'says "{shown}"; the passage says "{given}"')
    return None


def _roles(reading: Reading) -> Iterator[tuple[frozenset[str], bool, str]]:
    """Yield parties with whether they receive: "sold to X" and "lent to X" make X the taker, "buy from X" the giver."""
    table = opposites("converses")
    for i, word in enumerate(reading.words):
        sides = table.get(word.lower) or table.get(word.stem)
        if not sides or word.lower in ("sales", "sale", "seller", "sellers", "buyer", "buyers"):
            continue
        side = min(sides)[1]
        for j in range(i + 1, min(i + _REACH, len(reading.words))):
            other = reading.words[j]
            if other.sentence != word.sentence or table.get(other.lower):
                break
            if other.lower == ("from" if side == 0 else "to"):
                yield _party(reading.words[j + 1 : j + 1 + _PARTY_WORDS]), side == 1, f"{word.text} {other.text}"
                break


def _party(words: tuple[Word, ...]) -> frozenset[str]:
    return frozenset("company" if w.lower in _OWN or w.stem == "compani" else w.stem for w in words if w.content or w.lower in _OWN)
