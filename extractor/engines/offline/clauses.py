"""The facts that a sentence can be worded as: its clauses, each with subject, predicate, details and items.

"As of January 31, 1995, the Company operated 1,990 stores, which it owns." gives the subject "the company", the
predicate "operated 1,990 stores as of January 31, 1995" and the detail "which it owns".
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.engines.offline.cutting import cut
from extractor.engines.offline.phrases import DANGLING, REFUSED
from extractor.engines.offline.plain import SENTENCE_END, capitalised, plain, without_lead, without_participle
from extractor.engines.offline.refusing import accepted
from extractor.engines.offline.respectively import Distributed, distributed
from extractor.engines.offline.subjects import governs, split_predicates, split_subject, without_aside
from extractor.engines.offline.voice import AS_OTHER, AS_SUBJECT, conjugate_from_start, to_third_person
from extractor.identity import Identity
from extractor.wording import COMPANY, OTHER_PARTY, Wording

_LONG_PREDICATE = 20  # words: a shorter one is told whole rather than its subject twice
_SERIES = 2  # commas before ", and" that may be a list's
_FOOTNOTE = re.compile(r"^\(\d\)|^\[|^\*")
# Where a second main clause may begin: ", and our net loss was ..."; it must prove to have a finite verb.
_CLAUSE_JOINT = re.compile(
    r"(?:[;,]\s+and|[;,]\s+but|;)\s+(?=(?:we|our|the|its|each|any|no|one|all|most|some|approximately|"
    r"about|sales|revenues?|(?:in|during|as of|at|on)\s[^,]{3,30}(?:, (?:19|20)\d\d)?, (?:we|the Company))\s)"
)
# "While we primarily sell through carriers, we also sell through distributors."
_CONCESSION = re.compile(r"^((?:While|Although|Though|Whereas)\s+[^,]+(?:,[^,]+)??),\s+(.+)$")
_IT = re.compile(r"It\s")
_COMPANY_OBJECT = re.compile(
    r"\b(?:[Oo]ur [Cc]ompany|[Tt]he (?:Company|Registrant|Corporation|Issuer)|Registrant|"
    r"(?<=\b[a-z]{2} )Company(?=['’]s))"
    r"(?:['’]s)?(?=[^\w]|$)"
)
# "arrange for Company services by a Company nurse"
_ATTRIBUTIVE = re.compile(r"(?<![\w’'-])(?!(?:the|our)\b)(?P<before>[a-z]+) Company(?= [a-z])")
_OWN_PLURAL = re.compile(r"^Company (?=(?:[a-z]+ )?[a-z]+s )")  # "Company employees provided"
_BOTH_KINDS = re.compile(r", (?:both|whether) [^,]+,?$")  # "sales, both direct and through dealers,": all of them
_ARTICLES = frozenset("a an each any every no one some certain all other such".split())
_LATER_OWN = re.compile(r"(?<=\S )the company's\b")
_FOREIGN_IT = re.compile(
    r"\b(?:believes?|estimates?|expects?|anticipates?|thinks?|plans?)\s+(?:that\s+)?(?:it|they)\b", re.IGNORECASE
)
_FUNCTION_WORDS = frozenset(
    "The A An Each Most Some All Both Every Any No Certain Many Several Other Another Approximately About "
    "Substantially".split()
)


def words_of(sentence: str, identity: Identity, lower_words: frozenset[str]) -> list[Wording]:
    """The facts that `sentence` can be worded as, in its order; [] where none can be worded safely.

    `lower_words` are the words that the filing writes in lower case: those lose the capital of a sentence's start.
    """
    text = plain(sentence)
    if (
        not text
        or _FOOTNOTE.match(sentence)
        or REFUSED.search(text)
        or _FOREIGN_IT.search(text)
        or text.endswith((":", "?", "…"))
    ):
        return []
    text, lead = without_lead(without_participle(text))
    concession = _CONCESSION.match(text)
    if concession:
        text, lead = capitalised(concession.group(2)), _conceded(concession.group(1), identity)
        if _IT.match(text) and identity.subject.match(concession.group(1).partition(" ")[2]):
            text = f"The Company {text[3:]}"
    found = []
    for whole in _clauses(text):
        clause, own_lead = without_lead(whole)
        for part in distributed(SENTENCE_END.sub("", clause), own_lead or lead):
            found += _worded(part, identity, lower_words)
    return found


def _clauses(text: str) -> list[str]:
    """The main clauses of a sentence, each with a subject and a finite verb of its own."""
    parts, last = [], 0
    for joint in _CLAUSE_JOINT.finditer(text):
        left = text[last : joint.start()]
        if left.count(", ") >= _SERIES and "respectively" not in left:
            continue  # the joint may close a list
        if split_subject(left) and split_subject(without_lead(capitalised(text[joint.end() :]))[0]):
            parts.append(text[last : joint.start()])
            last = joint.end()
    return [capitalised(part) for part in (*parts, text[last:])]


def _conceded(text: str, identity: Identity) -> str:
    """The conceding clause as an opening: "while it primarily sells through carriers"."""
    word, _, clause = text.partition(" ")
    company = identity.subject.match(clause)
    if company and clause[: company.end()].lower() != "we":
        clause = "it" + clause[company.end() :]
    own = _third_person_object(clause, "its", "it")
    return f"{word.lower()} {to_third_person(own, AS_SUBJECT)}"


def _worded(part: Distributed, identity: Identity, lower_words: frozenset[str]) -> list[Wording]:
    clause = part.clause
    company = identity.subject.match(clause)
    if company and governs(clause[company.end() :], named=clause[: company.end()].lower() not in ("we", "the company")):
        part = replace(part, lead=_third_person_object(to_third_person(part.lead, AS_SUBJECT), "its", "it"))
        wordings = _company_wordings(clause, company.end(), part.lead.startswith(("while ", "although ", "though ")))
    elif DANGLING.match(clause):
        return []
    else:
        part = replace(
            part, lead=_third_person_object(to_third_person(part.lead, AS_OTHER), "the company's", "the company")
        )
        wordings = _other_wordings(clause, identity, lower_words)
    found = (accepted(cut(wording, part)) for wording in wordings)
    return [wording for wording in found if wording is not None]


def _company_wordings(clause: str, end: int, conceded: bool) -> list[Wording]:
    """One wording for each verb phrase: "was formed in 1995 and is headquartered in Austin" gives two."""
    rest = without_aside(clause[end:])
    if clause[:end].lower() == "we":
        rest = conjugate_from_start(rest)
    rest = _third_person_object(rest, "its", "it")
    return [
        Wording(COMPANY, predicate if conceded else _without_also(predicate))
        for predicate in split_predicates(to_third_person(rest, AS_SUBJECT))
    ]


def _other_wordings(clause: str, identity: Identity, lower_words: frozenset[str]) -> list[Wording]:
    text = to_third_person(_OWN_PLURAL.sub("The Company's ", clause), AS_OTHER)
    text = _third_person_object(text, "the company's", "the company")
    parts = split_subject(text)
    if parts is None:
        return []
    subject, predicate = _BOTH_KINDS.sub("", parts[0]), parts[1]
    if "the company" in subject.lower() and not OTHER_PARTY.search(subject):
        predicate = predicate.replace("the company's", "its")
        subject = _owned_once(subject)
    first, _, others = subject.partition(" ")
    plain_first = first in _FUNCTION_WORDS or (
        first.lower() in lower_words and not first.isupper() and not others[:1].isupper()
    )
    subject = first.lower() + subject[len(first) :] if plain_first else subject
    told = split_predicates(predicate) if len(predicate.split()) > _LONG_PREDICATE else [predicate]
    return [Wording(subject, _without_also(part)) for part in told]


def _owned_once(subject: str) -> str:
    """ "the company's ability to provide the company's members" with "its members"."""
    again = _LATER_OWN.search(subject)
    if again is None or not subject.lower().startswith(COMPANY) or OTHER_PARTY.search(subject[: again.start()]):
        return subject
    return _LATER_OWN.sub("its", subject)


def _without_also(predicate: str) -> str:
    """The predicate without "also": to what, the paragraph may not tell."""
    return re.sub(r"^(is |are |was |were |has |have |will |can |may )?also ", r"\1", predicate)


def _third_person_object(text: str, possessive: str, objective: str) -> str:
    """`text` with "the Company" and "the Company's" said as a pronoun or in lower case."""
    text = _ATTRIBUTIVE.sub(lambda m: f"{m['before']} {'company' if m['before'] in _ARTICLES else possessive}", text)
    return _COMPANY_OBJECT.sub(lambda m: possessive if m.group()[-2:] in ("'s", "’s") else objective, text)
