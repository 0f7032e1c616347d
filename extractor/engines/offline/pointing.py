"""Sentences that open with a pronoun, given the noun of the sentence before."""

from __future__ import annotations

import re

from extractor.engines.offline.phrases import DANGLING
from extractor.engines.offline.plain import plain, without_lead
from extractor.engines.offline.subjects import split_subject

_IT = re.compile(
    r"^It\s+(?!is (?:estimated|possible|expected|likely|anticipated|difficult|important|believed|also possible))"
)
_MOST_DESCRIBING = 3  # words
# An adjective or a noun, not a verb: "limited", "sales", but not "makes"
_DESCRIBES = re.compile(r"(?:[a-z][a-z-]*(?:[a-rt-z]|ss)|sales|savings|goods)$")
# What stands before a noun and does not describe it.
_PLAIN = frozenset(
    "two three four five six seven eight nine ten "
    "a an the our its their his these those such any all some many most both each other of to in on at by for "
    "from with through under over as and or various several certain different own is are was were has have include "
    "includes including offers offer provides provide sells sell".split()
)
_PLURAL = re.compile(r"\band\b|(?<!s)s$")
_SHORT_SUBJECT = 6  # words of a subject that "It" in the next sentence can stand for
# "These channels consist", "These five bottling partners combined represented": the noun last, before its verb
_POINTER = re.compile(
    r"^(?P<lead>(?:[A-Z][^,;]{0,40}, )?)(?:[Tt]hese|[Tt]hose)\s+(?P<noun>(?:[a-z-]+\s+){0,3}?[a-z-]+s)\s+(?!of\b)"
)


def resolved(sentence: str, previous: str) -> str | None:
    """`sentence` with "It" or "These five partners" at its start made the noun that stands in the sentence before.

    None where it does not open so, or the noun is not there.
    """
    if _IT.match(sentence):
        before = split_subject(without_lead(plain(previous))[0])
        return f"{before[0]}{sentence[2:]}" if before and _is_one_thing(*before) else None
    pointer = _POINTER.match(sentence)
    if pointer is None:
        return None
    *telling, noun = pointer.group("noun").split()
    if not telling:  # "these channels": which, the sentence before must show
        called = _called(noun, previous)
        article = "The " if not pointer.group("lead") else "the "
        return f"{pointer.group('lead')}{article}{called}{sentence[pointer.end('noun') :]}" if called else None
    if not re.search(rf"\b{re.escape(noun)}\b", previous, re.IGNORECASE):
        return None
    start = pointer.start("noun")
    article = "The " if not pointer.group("lead") else "the "
    return f"{pointer.group('lead')}{article}{sentence[start:]}"


def _called(noun: str, previous: str) -> str | None:
    """A plural with the words that describe it in the sentence before: "limited distribution channels"."""
    words = [re.sub(r"[^\w'’-]", "", token) for token in previous.split()]
    places = [n for n, word in enumerate(words) if word.lower() == noun]
    if len(places) != 1:
        return None
    first = place = places[0]
    while (
        first
        and place - first < _MOST_DESCRIBING
        and _DESCRIBES.match(words[first - 1])
        and words[first - 1] not in _PLAIN
    ):
        first -= 1
    return " ".join(words[first : place + 1]) if first < place else None


# "Sales in this market": the one that the sentence before is about
_THIS_MARKET = re.compile(r"(?<=[a-z] )this (?P<noun>market|segment|division|business)\b")


def of_this_market(sentence: str, previous: str) -> str | None:
    """`sentence` with "this market" made "the toy market", which the sentence before has as its subject; else None."""
    pointer = _THIS_MARKET.search(sentence)
    subject = re.match(rf"The (?:[a-z-]+ ){{1,3}}?{pointer['noun']}(?= [a-z]+s\b)", previous) if pointer else None
    if pointer is None or subject is None:
        return None
    return f"{sentence[: pointer.start()]}t{subject.group()[1:]}{sentence[pointer.end() :]}"


# "During these same years": those that the sentence before opens with
_SAME_YEARS = re.compile(r"^(?:During|In|For|Over) (?:these|the|those) same (?:fiscal )?(?:years|periods),? ")
_OF_YEARS = re.compile(r"\b(?:19|20)\d\d$")


def of_same_years(sentence: str, previous: str) -> str | None:
    """`sentence` with the years of the sentence before in place of "these same years"; None where it has none."""
    same = _SAME_YEARS.match(sentence)
    lead = without_lead(plain(previous))[1]
    return f"{lead[0].upper()}{lead[1:]}, {sentence[same.end() :]}" if same and _OF_YEARS.search(lead) else None


# What has been spoken of as the company's own just before: "these losses" of "our operating losses"
_OBJECT = re.compile(r"(?<=[a-z] )(?:these|those|such) (?P<noun>[a-z]{4,}s)\b(?! (?:as|of|that|who|which)\b)")


def named_again(sentence: str, previous: str) -> str | None:
    """`sentence` with "these losses" made "our operating losses", as the sentence before has them; None without any."""
    pointer = _OBJECT.search(sentence)
    if pointer is None or _OBJECT.search(sentence, pointer.end()):
        return None
    own = re.findall(rf"\b((?:[Oo]ur|[Ii]ts|[Tt]he Company['’]s) (?:[a-z-]+ ){{0,2}}{pointer['noun']})\b", previous)
    return (
        f"{sentence[: pointer.start()]}{own[0][0].lower()}{own[0][1:]}{sentence[pointer.end() :]}"
        if len(own) == 1
        else None
    )


# "Lynx Lamps - Desk lamps and shades.": what a part of the business makes, with no verb
_NAME = re.compile(r"[A-Z][\w&'’-]+(?: [A-Z&][\w&'’-]*){0,3}$")
_LEAST_USES = 3  # of a name, by which the filing shows that it is one of its parts
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|may|can|must|includes?|consists?|we|it|they|see|not)\b|:", re.IGNORECASE
)


def of_part(sentence: str, label: str, text: str) -> str | None:
    """What stands without a verb behind a part's name, as "Lynx Lamps comprises desk lamps and shades."; else None."""
    if not _NAME.match(label) or _FINITE.search(sentence) or split_subject(sentence.partition(";")[0]):
        return None
    if len(re.findall(rf"\b{re.escape(label)}\b", text)) < _LEAST_USES:
        return None
    return f"{label} comprises {sentence[0].lower()}{sentence[1:]}"


# "These customers are": customers of the kind that the heading just above names
_HEADED = re.compile(
    r"^(?:These|Those)\s+(?P<noun>[a-z]+s)\s+(?=(?:are|include|have|were|can|may|will|typically|generally|primarily)\b)"
)
_HEADING_ASIDE = re.compile(r"\s*\([^()]*\)|[.:]$")


def headed(sentence: str, heading: str) -> str | None:
    """`sentence` with "These customers" at its start made what the heading calls them: "School Customers".

    None where it does not open so, or the heading does not end with the noun.
    """
    pointer = _HEADED.match(sentence)
    *telling, noun = _HEADING_ASIDE.sub("", heading).split() or [""]
    if pointer is None or not 0 < len(telling) < _SHORT_SUBJECT or noun.lower() != pointer["noun"]:
        return None
    return f"{' '.join(telling)} {pointer['noun']} {sentence[pointer.end() :]}"


def _is_one_thing(subject: str, predicate: str) -> bool:
    """True for a short subject in the singular, which "It" in the next sentence can stand for."""
    if len(subject.split()) > _SHORT_SUBJECT or DANGLING.match(subject):
        return False
    return not _PLURAL.search(subject) and predicate.split()[0] not in ("are", "were", "have")
