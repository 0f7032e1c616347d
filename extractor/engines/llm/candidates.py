"""Entries of an answer to candidate facts: worded as the record words them, typed, and judged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractor.document import Document
from extractor.engines import Judge
from extractor.engines.llm.answer import KINDS, AnsweredFact
from extractor.engines.llm.citing import cited, readings
from extractor.engines.offline.areas import TYPED
from extractor.engines.offline.draft import Draft, figures_told
from extractor.grounding.analysis import read_closely
from extractor.grounding.content import unmatched
from extractor.identity import Identity, identify
from extractor.record import NAME_FIELDS, folded
from extractor.schema import Area, Company, Evidence, Fact, Reason, Rejected
from extractor.wording import COMPANY, Wording

_KIND_FIELD: dict[Area, str] = {
    "revenue_sources": "kind",
    "products": "category",
    "channels": "kind",
    "financing": "kind",
}
_NAMES_FIELD: dict[Area, str] = {"customers": "named", "products": "names", "channels": "partners"}
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Oo]urs|us|[Mm]y)\b")
_UNFINISHED = re.compile(r"\b(?:the|an?|of|and|or|to|from|by|with|for|than|its|include|includes|including)[ .,;:]*$")
_WORD = re.compile(r"\w+")
_CAPITALISED = re.compile(r"(?<=\s)[A-Z]\w+")
_DIGIT = re.compile(r"\d")
_SEAT = re.compile(r",\s+(?:headquartered|based|located) in (?P<place>[^,]+, [^,]+|[^,]+),?$")
_STATE = re.compile(r"\b(?:incorporated|organized|reincorporated|formed)\b[^,;]*? in (?P<state>[A-Z][\w ]+?)(?= in |$)")
# "Ardentis Consulting Group, the largest reseller", "the new lamp, with one buyer": what follows needs the second comma
_APPOSITION = re.compile(
    r"(, (?:(?:the|an?|its|one of|formerly|headquartered|based|made|sold|buying|mainly|mostly|primarily|on|at|in|under)"
    r" (?:(?!, | and ).)+|(?:which|who|whose|with|including) (?:(?!, ).)+))$"
)
_FOUNDED = re.compile(r"\b(?:founded|established|incorporated|organized|formed)\b.*?\b(?P<year>1[89]\d\d|20\d\d)\b")


@dataclass(frozen=True)
class Candidate:
    """An entry of an answer, the fact made of it where it cites the text, and why it is refused, if it is."""

    answered: AnsweredFact
    fact: Fact | None
    evidence: list[Evidence]
    reasons: list[Reason]

    @property
    def statement(self) -> str:
        return self.fact.statement if self.fact else _wording(self.answered).clause()

    @property
    def rejected(self) -> Rejected:
        """The candidate as the record keeps it among those refused."""
        return Rejected(area=self.answered.area, statement=self.statement, evidence=self.evidence, reasons=self.reasons)


def candidate(document: Document, judge: Judge, answered: AnsweredFact) -> Candidate:
    """The entry as a fact of `document`, judged.

    A fact that its quotes do not carry, and the sentences they stand in or the next ones do, cites those sentences.
    """
    identity = identify(document)
    evidence, reasons = cited(document, answered.passages)
    if not reasons:
        reasons = _wording_reasons(answered) or _unwritten(document, answered)
    if reasons:
        return Candidate(answered, None, evidence, reasons)
    wording = replace(_wording(answered), subject=_subject(answered, identity))
    for passages in readings(document, evidence):
        fact = _typed(document, answered, wording, passages, identity)
        found = judge(fact) or _invented(wording, passages, identity)
        if not found:
            return Candidate(answered, fact, passages, [])
        reasons = reasons or found
    return Candidate(answered, fact, evidence, reasons)


def _wording(answered: AnsweredFact) -> Wording:
    return Wording(
        subject=answered.subject,
        predicate=answered.predicate.rstrip(" .,:;"),
        details=tuple(detail for phrase in answered.details if (detail := phrase.strip(" .,;"))),
        items=tuple(item for member in answered.items if (item := _member(member))),
    )


def _member(item: str) -> str:
    """A member of a list without the joint that belongs to the list."""
    return re.sub(r"^(?:and|or)\s+", "", item.strip(" .,;"))


def _wording_reasons(answered: AnsweredFact) -> list[Reason]:
    if not answered.subject or not answered.predicate.rstrip(" .,:;"):
        return [Reason(code="unsupported_content", detail="it has no subject or no predicate")]
    if not answered.items and _UNFINISHED.search(answered.predicate):
        return [Reason(code="unsupported_content", detail="the predicate breaks off")]
    spoken = _FIRST_PERSON.search(_wording(answered).clause())
    if spoken:
        return [Reason(code="unsupported_content", detail=f"{spoken.group()!r} is not the third person")]
    return []


def _unwritten(document: Document, answered: AnsweredFact) -> list[Reason]:
    """A reason where the fact has a capitalised word that stands nowhere in the text, in whatever case."""
    written = _words_of(document)
    for word in _CAPITALISED.findall(_wording(answered).clause()):
        if word.casefold() not in written:
            return [Reason(code="name_not_in_quote", detail=f"the filing nowhere writes {word!r}")]
    return []


@lru_cache(maxsize=2)  # one document's facts come one after another
def _words_of(document: Document) -> frozenset[str]:
    return frozenset(_WORD.findall(document.text.casefold()))


def _invented(wording: Wording, evidence: Sequence[Evidence], identity: Identity) -> list[Reason]:
    """Reasons where the subject, the predicate, a member or a detail has not one word that the quotes answer.

    A statement as a whole may hold a word or two of the model's own; a member that is all its own is an addition. What
    holds a figure is left to the judge, who has asked for the figure.
    """
    passage = read_closely("\n\n".join(e.quote for e in evidence))
    own = frozenset(folded(f"{identity.name} {' '.join(identity.aliases)} company").split())
    for part in (wording.subject, wording.predicate.partition(" ")[2], *wording.items, *wording.details):
        said = read_closely(part)
        content = [word for word in said.words if word.content and not word.weak]
        if content and not _DIGIT.search(part) and len(unmatched(said, passage, own, frozenset())) == len(content):
            return [Reason(code="unsupported_content", detail=f"nothing in the passage answers {part!r}")]
    return []


def _subject(answered: AnsweredFact, identity: Identity) -> str:
    """The subject as the record words it: the company is "the company", what is its own "the company's ..."."""
    subject = answered.subject.rstrip(" ;:")
    if answered.area == "company":
        name = _name(subject)
        return subject + "," if name != subject and not subject.endswith(",") else subject
    subject = _APPOSITION.sub(r"\1,", subject.rstrip(","))
    own = "|".join(re.escape(n) for n in sorted({identity.name, identity.short, *identity.aliases}, key=len)[::-1])
    subject = re.sub(rf"^(?:it|the company|{own})(?=$|[’']s\b)", COMPANY, subject, flags=re.IGNORECASE)
    subject = re.sub(r"^[Ii]ts ", f"{COMPANY}'s ", subject)
    return re.sub(r"^The (?=[a-z])", "the ", subject).replace("the company’s", f"{COMPANY}'s")


def _name(subject: str) -> str:
    """The name in a company's subject: "Acme, Inc., headquartered in Ames, Iowa," gives "Acme, Inc."."""
    return _SEAT.sub("", subject).rstrip(" ,")


def _typed(
    document: Document, answered: AnsweredFact, wording: Wording, evidence: list[Evidence], identity: Identity
) -> Fact:
    statement = wording.clause()
    figures = figures_told(evidence, statement)
    draft = Draft(wording, tuple(evidence), figures, 0.0, answered.importance, answered.area)
    if answered.area == "company":
        return _company(document, draft, identity)
    fact = TYPED[answered.area](draft)
    update: dict[str, object] = {}
    if answered.kind in KINDS.get(answered.area, ()) and answered.kind != "other":
        update[_KIND_FIELD[answered.area]] = answered.kind
    if answered.area in _NAMES_FIELD:
        update[_NAMES_FIELD[answered.area]] = answered.names
    elif answered.area == "financing" and answered.names:
        update["counterparty"] = answered.names[0]
    return _with_cited_names(fact.model_copy(update=update), evidence)


def _with_cited_names(fact: Fact, evidence: Sequence[Evidence]) -> Fact:
    """The fact with those of its names that its quotes hold."""
    passage = folded(" ".join(e.quote for e in evidence))
    update: dict[str, object] = {}
    for field in NAME_FIELDS:
        value = getattr(fact, field, None)
        if isinstance(value, list):
            update[field] = [name for name in dict.fromkeys(value) if name and folded(name) in passage]
        elif isinstance(value, str) and folded(value) not in passage:
            update[field] = None
    return fact.model_copy(update=update)


def _company(document: Document, draft: Draft, identity: Identity) -> Company:
    subject, told = draft.wording.subject, f"{draft.wording.subject} {' '.join(draft.wording.details)}"
    name, seat = _name(subject), _SEAT.search(subject)
    state, founded = _STATE.search(told), _FOUNDED.search(told)
    return Company(
        **draft.base(),
        name=name if folded(name) in folded(document.text) else identity.name,
        aliases=sorted(identity.aliases - {identity.name, name}),
        headquarters=seat.group("place") if seat else None,
        incorporated_in=state.group("state") if state else None,
        founded=int(founded.group("year")) if founded else None,
    )
