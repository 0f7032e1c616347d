"""The rule of parties: who sells does not buy, who lends does not borrow."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Set
from functools import lru_cache

from extractor.grounding.analysis import Reading, Word
from extractor.grounding.lexicon import opposites, stem_class, word_class
from extractor.grounding.reasons import cut, reason
from extractor.grounding.reversals import sides
from extractor.schema import Reason

# How far behind its verb a party may stand: "sell substantially all of the finished goods that they need to the maker".
_REACH = 14
_PARTY_WORDS = 3
_COMPANY = frozenset(("company",))
_NOBODY: frozenset[str] = frozenset()
_OWN = frozenset(("company", "us", "it", "registrant", "we"))


def converse_reason(statement: Reading, passage: Reading) -> Reason | None:
    """Return a reason where a party that the passage sells to is said to sell, or the reverse."""
    said = list(_roles(statement))
    if not said:
        return None
    theirs: dict[tuple[str, bool], str] = {}
    for party, takes, shown in _roles(passage):
        for word in party:
            theirs.setdefault((word, takes), shown)
    for party, takes, shown in said:
        given = next((theirs[word, not takes] for word in sorted(party) if (word, not takes) in theirs), None)
        if given is not None:
            return reason("polarity", f'says "{shown}"; the passage says "{given}"')
    return None


def does_its_part(statement: Reading, i: int, passage: Reading) -> bool:
    """Say whether the one who does verb `i` is who the passage names behind its converse: "Vega sold", "from Vega"."""
    table = opposites("converses")
    word = statement.words[i]
    sides = table.get(word.lower) or table.get(word.stem)
    agent = _around(statement, i, passage, _NOBODY)[0] - _COMPANY if sides else _NOBODY
    if not sides or not agent:
        return False
    takes = min(sides)[1] == 0
    return any(party & agent and taking == takes for party, taking, _ in _roles(passage))


def _roles(reading: Reading) -> Iterator[tuple[frozenset[str], bool, str]]:
    """Yield parties with whether they receive: "sold to X" and "lent to X" make X the taker, "buy from X" the giver."""
    if reading.lowers.isdisjoint(("from", "to")):
        return
    table = opposites("converses")
    for i, word in enumerate(reading.words):
        sides = table.get(word.lower) or table.get(word.stem)
        if word.stem in stem_class("either_way"):
            yield from _given_or_taken(reading, i)
        if not sides or word.lower in _TRADE_NOUNS:
            continue
        side = min(sides)[1]
        for j in range(i + 1, min(i + _REACH, len(reading.words))):
            other = reading.words[j]
            if other.sentence != word.sentence or table.get(other.lower):
                break
            if other.lower == ("from" if side == 0 else "to"):
                yield _party(reading.words[j + 1 : j + 1 + _PARTY_WORDS]), side == 1, f"{word.text} {other.text}"
                break


def _given_or_taken(reading: Reading, i: int) -> Iterator[tuple[frozenset[str], bool, str]]:
    """Yield the party that a verb of both directions names: "licensed from X" makes X the giver, "licensed to" not."""
    for j in range(i + 1, min(i + _NEAR, len(reading.words))):
        other = reading.words[j]
        if other.sentence != reading.words[i].sentence:
            return
        named = reading.words[j + 1 : j + 1 + _PARTY_WORDS]
        if other.lower in ("from", "to") and named and (named[0].text[0].isupper() or named[0].lower in _OWN):
            yield _party(named), other.lower == "to", f"{reading.words[i].text} {other.text}"
            return


# The party of such a verb stands so close behind it.
_NEAR = 6


def _party(words: tuple[Word, ...]) -> frozenset[str]:
    return frozenset(
        "company" if w.lower in _OWN or w.stem == "compani" else w.stem for w in words if w.content or w.lower in _OWN
    )


_TRADE_NOUNS = frozenset("sale sales seller sellers buyer buyers".split())
_SELVES = frozenset("we it company registrant".split())


def turned_trade_reason(statement: Reading, passage: Reading, own: Set[str]) -> Reason | None:
    """Return a reason where the company does what the passage has it do the converse of: "it buys" for "we sell"."""
    said = _own_trades(statement, own)
    if not said:
        return None
    given = _own_trades(passage, own)
    for (pair, side), shown in said.items():
        if (pair, 1 - side) in given and (pair, side) not in sides(passage, "converses"):
            return reason("polarity", f'says "{shown}"; the passage says "{given[pair, 1 - side]}"')
    return None


def _own_trades(reading: Reading, own: Set[str]) -> dict[tuple[int, int], str]:
    """Return the sides of the trades that the company, named right before the verb, does: "we sell", "it buys"."""
    found: dict[tuple[int, int], str] = {}
    for side, places in sides(reading, "converses").items():
        for i in places:
            before, word = reading.words[max(0, i - 1)], reading.words[i]
            if (before.lower in _SELVES or before.lower in own) and word.lower not in _TRADE_NOUNS:
                found.setdefault(side, f"{before.text} {word.text}")
    return found


_NOUN_ENDINGS = tuple(
    ending + plural for ending in "er or tion ment ity ness ance ence".split() for plural in ("", "s")
)
_POSSESSIVE = frozenset(("our", "company's"))
_OWN_FORMS = _OWN | _POSSESSIVE
_FEWEST_PARTIES = 2
# No verb of a statement is set against more of the passage's.
_MOST_COMPARED = 20
# The parties of a verb stand within so many words of it.
_VERB_REACH = 8


def exchanged_reason(statement: Reading, passage: Reading, own: Set[str]) -> Reason | None:
    """Return a reason where two parties have changed places around a verb: "A insures B" for "B insures A"."""
    if len(statement.capitals) + len(statement.lowers & _OWN_FORMS) < _FEWEST_PARTIES:
        return None
    named = [i for i, word in enumerate(statement.words) if word.lower in _OWN_FORMS or word.text[0].isupper()]
    parties = [i for i in named if _named_party(statement.words[i], passage, own)]
    if len(parties) < _FEWEST_PARTIES:
        return None
    for i in range(parties[0] + 1, parties[-1]):
        verb = statement.words[i]
        if not verb.content or verb.weak or not _between(i, parties) or not _may_be_verb(verb):
            continue
        alike = _alike(verb, passage)
        if not alike:
            continue
        agent, patient = _around(statement, i, passage, own)
        if not agent or not patient or agent & patient:
            continue
        around = [_around(passage, k, passage, own) for k in alike]
        if any(agent & first and (patient & second or not second) for first, second in around):
            continue
        for first, second in around:
            if (
                agent & second
                and not agent & first
                and (
                    patient & first
                    or (not first and patient == _COMPANY)
                    or (first == _COMPANY != agent and second <= agent)
                )
            ):
                return _turned(statement, i)
    return None


def _between(i: int, parties: list[int]) -> bool:
    """Say whether parties stand within reach on both sides of word `i`."""
    k = bisect_left(parties, i)
    return 0 < k < len(parties) and i - parties[k - 1] <= _VERB_REACH and parties[k] - i <= _VERB_REACH


def _turned(statement: Reading, i: int) -> Reason:
    shown = cut(" ".join(word.text for word in statement.words[max(0, i - 2) : i + 3]))
    return reason("attribution", f'says "{shown}"; the passage has it the other way round')


def _alike(verb: Word, passage: Reading) -> list[int]:
    """Return where the passage has the verb, or one that says the same."""
    table = opposites("converses")
    sides = table.get(verb.lower) or table.get(verb.stem)
    if not sides and verb.stem not in passage.stems:
        return []
    verbs = _verbs(passage)
    same = [verb.stem] if not sides else [stem for stem in verbs if table.get(stem) == sides]
    return [k for stem in same for k in verbs.get(stem, ())][:_MOST_COMPARED]


def _may_be_verb(word: Word) -> bool:
    return not word.text[0].isupper() and not word.lower.endswith(_NOUN_ENDINGS)


@lru_cache(maxsize=4)
def _verbs(passage: Reading) -> dict[str, list[int]]:
    """Return where a passage has each word that may be a verb, by its stem."""
    found: dict[str, list[int]] = {}
    for k, word in enumerate(passage.words):
        if _may_be_verb(word) and len(found.setdefault(word.stem, [])) < _MOST_COMPARED:
            found[word.stem].append(k)
    return found


def _around(reading: Reading, i: int, passage: Reading, own: Set[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the parties named nearest before and nearest behind word `i`, none where the verb is passive."""
    sentence = reading.words[i].sentence
    before = behind = _NOBODY
    for j in range(i - 1, max(-1, i - 1 - _VERB_REACH), -1):
        word = reading.words[j]
        if word.sentence != sentence or word.lower in ("by", "from"):
            return _NOBODY, _NOBODY
        if word.lower in word_class("months"):  # whoever stands beyond a date is not of this verb
            break
        before |= _NOBODY if word.lower in _POSSESSIVE else _named_party(word, passage, own)
        if before and (before == _COMPANY or not _goes_on(reading, j - 1, j)):
            break
    for j in range(i + 1, min(len(reading.words), i + 1 + _VERB_REACH)):
        word = reading.words[j]
        if word.sentence != sentence or word.lower in ("by", "from"):
            return _NOBODY, _NOBODY
        if word.lower in word_class("months"):
            break
        behind |= _named_party(word, passage, own)
        if behind and (behind == _COMPANY or not _goes_on(reading, j, j + 1)):
            break
    return before, behind


def _goes_on(reading: Reading, i: int, j: int) -> bool:
    """Say whether words `i` and `j` are of one name."""
    if i < 0 or j >= len(reading.words):
        return False
    first, second = reading.words[i], reading.words[j]
    return first.text[0].isupper() and second.text[0].isupper() and first.clause == second.clause


def _named_party(word: Word, passage: Reading, own: Set[str]) -> frozenset[str]:
    if word.lower in _OWN_FORMS:
        return _COMPANY
    if not (word.text[0].isupper() and word.content) or word.lower in word_class("months"):
        return _NOBODY
    bare = word.lower.removesuffix("'s")
    if bare in own or bare in _OWN:
        return _COMPANY
    return frozenset((word.stem,)) if not word.opens or bare in passage.capitals else _NOBODY
