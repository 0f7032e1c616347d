"""Numbers in words: "twenty-five", "one hundred and fifty", "two-thirds", "a majority"."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.figures.lexing import Token
from extractor.figures.naming import word_of_a_name
from extractor.figures.number import Number, classified
from extractor.figures.numerals import DOZENS, HYPHENS, PARTS, SCALES, UNITS


def words_at(tokens: Sequence[Token], i: int) -> Number | None:
    """Return the number that words name from token `i` on: "twenty-five", "two million", "two-thirds", "a majority"."""
    word, before = tokens[i].lower, tokens[i - 1].lower if i else ""
    if word in ("majority", "half"):
        return _share_at(tokens, i, before)
    if not (word in UNITS or word in DOZENS or (word in SCALES and before in ("a", "one"))):
        return None
    if word_of_a_name(tokens, i):
        return None
    value, last = _spelled(tokens, i)
    part = _part_after(tokens, last)
    if part is not None:
        points, last = part
        return Number("percent", value * points, tokens[i].start, tokens[last - 1].end, i, last, worded=True)
    if value == 1 and _indefinite(tokens, last, before):
        return None
    return classified(tokens, value, i, last, worded=True)


def _share_at(tokens: Sequence[Token], i: int, before: str) -> Number | None:
    """Return "a majority" as over 50 percent and "half" as 50; not "a vast majority", nor "the second half"."""
    share = Number("percent", 50, tokens[i].start, tokens[i].end, i, i + 1, worded=True)
    if tokens[i].lower == "majority":
        return None if before == "vast" else share._replace(bound="over")
    follower = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    return share if follower in _AFTER_HALF or before in _BEFORE_HALF else None


_AFTER_HALF = frozenset(("of", "the", "our", "its"))
_BEFORE_HALF = frozenset(("one", "-", "about", "than", "approximately", "over", "nearly"))
# "no one", "that one": pronouns
_BEFORE_PRONOUN = frozenset(("no", "any", "every", "another", "this", "that", "the"))


def _indefinite(tokens: Sequence[Token], last: int, before: str) -> bool:
    """Say whether "one" counts nothing: "one of the lenders", "no one"; it does in "one or more"."""
    following = [token.lower for token in tokens[last : last + 2]]
    if following[:1] == ["or"]:
        return following[1:] not in (["more"], ["two"])
    return following[:1] in (["of"], ["another"]) or before in _BEFORE_PRONOUN


def _spelled(tokens: Sequence[Token], i: int) -> tuple[int, int]:
    """Return the value of a run of number words and the index after it: "one hundred and fifty" is 150."""
    total, current, last = 0, 0, i
    while i < len(tokens):
        word = tokens[i].lower
        if word in UNITS:
            if current % 100 and not (current % 10 == 0 and UNITS[word] < 10):
                break
            current += UNITS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in SCALES:
            total += max(current, 1) * SCALES[word]
            current = 0
        elif word in DOZENS:
            current = max(current, 1) * DOZENS[word]
        elif (word in HYPHENS or (word == "and" and current >= 100)) and i + 1 < len(tokens):
            following = tokens[i + 1].lower
            if not (following in UNITS or following in SCALES):
                break
            i += 1
            continue
        else:
            break
        i += 1
        last = i
    return total + current, last


def _part_after(tokens: Sequence[Token], i: int) -> tuple[float, int] | None:
    """Return the points of a part and the index after it, where "one-third" goes on at token `i`."""
    if i < len(tokens) and tokens[i].text in HYPHENS:
        i += 1
    if i >= len(tokens) or tokens[i].lower not in PARTS:
        return None
    if tokens[i].lower.startswith(("quarter", "fourth", "fifth", "tenth")):
        following = tokens[i + 1].lower if i + 1 < len(tokens) else ""
        if following != "of":
            return None
    return PARTS[tokens[i].lower], i + 1
