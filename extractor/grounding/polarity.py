"""The rule of polarity: what the passage denies is not affirmed, what rises does not fall."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from extractor.grounding.analysis import Reading
from extractor.grounding.lexicon import word_class
from extractor.grounding.negation import antecedents, denial_of, denied, negations
from extractor.grounding.parties import converse_reason, exchanged_reason, turned_trade_reason
from extractor.grounding.reasons import cut, reason
from extractor.grounding.reversals import has_opposites, opposite, sides
from extractor.grounding.stems import stem
from extractor.grounding.trends import trend_reason, turned_round_reason
from extractor.grounding.turns import negation_reason, turned_reason
from extractor.schema import Reason

# So many words that the passage only denies make an affirmation of them a reversal.
_FEWEST_DENIED = 2
# Words that deny by their form: "unsecured", "nonrecourse", "fabless".
_NEGATIVE_FORM = re.compile(r"(?:un|non)(?P<base>[a-z]{4,})|(?P<stock>[a-z]{3,})less")
# What is left is what was not there before: "the half that it did not own" of "the remaining half".
_REMAINDERS = frozenset(("remaining", "rest"))


def polarity_reasons(statement: Reading, passage: Reading, own: Set[str]) -> Iterator[Reason]:
    """Yield a reason where the statement says the opposite of the passage."""
    reversal = _reversal(statement, passage, own)
    if reversal is not None:
        yield reversal
        return
    exchanged = exchanged_reason(statement, passage, own)
    if exchanged is not None:
        yield exchanged
    denial = _denial(statement, passage) or negation_reason(statement, passage)
    if denial is not None:
        yield denial


def _reversal(statement: Reading, passage: Reading, own: Set[str]) -> Reason | None:
    """Return a reason where the statement has an opposite of the passage's words, or of what its figures show."""
    found: Reason | None = None
    if has_opposites(statement) and has_opposites(passage):
        reversed_pair = opposite(statement, passage)
        if reversed_pair:
            said, given = reversed_pair
            return reason("polarity", f'says "{said.text}"; the passage says "{given.text}"')
        found = (
            converse_reason(statement, passage)
            or turned_trade_reason(statement, passage, own)
            or turned_reason(statement, passage)
        )
    return found or trend_reason(statement, passage) or turned_round_reason(statement)


def _denial(statement: Reading, passage: Reading) -> Reason | None:
    """Return a reason where the statement denies what the passage does not, or affirms what the passage denies."""
    said_denied, given_denied = denied(statement), denied(passage)
    if said_denied and not given_denied and not _answered(statement, passage, said_denied):
        return reason("polarity", f'denies "{cut(_words(statement, said_denied))}"; the passage does not')
    if said_denied and given_denied:
        words = _denied_only_here(statement, passage, said_denied, given_denied)
        return reason("polarity", f'denies "{cut(words)}"; the passage affirms it') if words else None
    if given_denied and not said_denied:
        words = _affirmed(statement, passage, given_denied)
        return reason("polarity", f'affirms "{cut(words)}"; the passage says "{denial_of(passage)}"') if words else None
    return None


def _answered(statement: Reading, passage: Reading, said: frozenset[int]) -> bool:
    """Say whether the passage holds the statement's denial in other words: an opposite, a form, or the same verb."""
    for name in ("opposites", "degrees", "beside"):
        given = sides(passage, name)
        for (pair, side), words in sides(statement, name).items():
            if (pair, 1 - side) in given and not said.isdisjoint(words):
                return True
    if passage.lowers & _REMAINDERS:
        return True
    for word in passage.words:
        form = _NEGATIVE_FORM.fullmatch(word.lower)
        if form and stem(form["base"] or form["stock"]) in statement.stems:
            return True
    for i in negations(statement):
        word = statement.words[i]
        plain = word.lower in word_class("negators")
        if word.stem in passage.stems or (not plain and word.groups & passage.groups):
            return True
    return False


def _denied_only_here(statement: Reading, passage: Reading, said: frozenset[int], given: frozenset[int]) -> str:
    """Return the words that the statement denies and the passage only affirms, "" where it denies any of them."""
    denied_stems = {passage.words[i].stem for i in given} | antecedents(passage)
    telling = [passage.words[i] for i in given if passage.words[i].content and not passage.words[i].weak]
    denied_groups = {group for word in telling for group in word.groups}
    reversed_words = []
    for i in sorted(said):
        word = statement.words[i]
        if not word.content or word.weak:
            continue
        if word.stem in denied_stems or word.groups & denied_groups:
            return ""
        if word.stem in passage.stems:
            reversed_words.append(word.text)
    return " ".join(reversed_words) if len(reversed_words) >= _FEWEST_DENIED else ""


def _affirmed(statement: Reading, passage: Reading, given: frozenset[int]) -> str:
    """Return the words that the statement affirms and the passage only denies, "" where they are too few."""
    free_stems = {w.stem for i, w in enumerate(passage.words) if i not in given and w.content}
    denied_stems = {passage.words[i].stem for i in given if passage.words[i].content}
    denied_groups = {group for i in given if passage.words[i].content for group in passage.words[i].groups}
    exact: list[str] = []
    loose: list[str] = []
    order: list[bool] = []  # of the matched words, whether the passage denies them
    kept = 0
    for word in statement.words:
        if not word.content or word.lower in word_class("months"):
            continue
        if word.stem in free_stems:
            kept += not word.weak
            order.append(False)
        elif word.stem in denied_stems:
            exact.append(word.text)
            order.append(True)
        elif word.groups & denied_groups and not word.weak:
            loose.append(word.text)
    if (len(exact) >= _FEWEST_DENIED and not _only_subject(order)) or (exact and len(exact) + len(loose) > kept):
        return " ".join(exact + loose)
    return ""


def _only_subject(order: list[bool]) -> bool:
    """Say whether what is denied only opens the statement, and all that it says of it is affirmed."""
    denials = sum(order)
    return denials < len(order) and all(order[:denials])


def _words(reading: Reading, indexes: frozenset[int]) -> str:
    return " ".join(reading.words[i].text for i in sorted(indexes))
