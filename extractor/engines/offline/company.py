"""The company itself: what it is, where it sits, when and where it was founded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from extractor.document import Document, Sentence
from extractor.engines.offline.draft import Draft
from extractor.identity import Identity
from extractor.schema import Company, Evidence

_IS = re.compile(
    r"^(?:is|are|has become)\s+(?:(?:now|currently|primarily|principally)\s+)?(?:an?|the|one of|among|"
    r"\S+['’]s)\b.{0,90}?\b(?:company|corporation|firm|partnership|fund|trust|provider|supplier|retailer|"
    r"wholesaler|distributor|manufacturer|"
    r"producer|maker|designer|developer|marketer|operator|owner|publisher|broadcaster|carrier|utility|bank|"
    r"insurer|reinsurer|lender|builder|processor|"
    r"leader|pioneer|group|organization|enterprise|business|service|services|franchisor|brewer|airline|"
    r"airlines|refiner|contractor|specialist|manufacturers|providers|retailers)\b",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"^(?:(?:primarily|principally|currently)\s+)?(?:designs?|develops?|manufactures?|makes|produces|provides|"
    r"offers|sells|markets|operates|acquires|"
    r"engages|is (?:primarily |principally )?engaged|delivers|distributes|owns|processes|packs|freezes|bottles|"
    r"brews|refines|grows|raises|mines|explores|drills|generates|transports|ships|leases|rents|insures|writes|"
    r"underwrites|invests|lends|finances|licenses|builds|assembles|installs|conducts|runs|serves|buys|"
    r"purchases|supplies|pioneered|constructs|creates|publishes)\b"
)
_FORMED = re.compile(r"^(?:was|is) (?:originally )?(?:formed|organized|incorporated|established)\b")
_NOT_IS = re.compile(
    r"\b(?:incorporated|headquartered|whose principal|subject to|party to|member of|committed|not a|result of|"
    r"employer)\b"
)
# "is headquartered in San Diego, California" / "executive offices are located at 1 Main Street, Austin, Texas 78758"
_STATE = (
    r"(?!January|February|March|April|May|June|July|August|September|October|November|December)"
    r"[A-Z][a-z]+(?:\s[A-Z][a-z]+)?"
)
_OFFICES = re.compile(
    rf"(?:headquarter\w*|principal (?:executive )?offices?|executive offices?|corporate "
    rf"offices?)[^;]{{0,120}}?\b(?:in|at|,)\s+(?P<place>(?:St\. |Ft\. |Mt\. "
    rf")?[A-Z][a-z]+(?:[ -][A-Z][a-z]+){{0,2}}, {_STATE})(?=[\s.,;]|$)"
)
_UNDER = (
    rf"(?:(?:in|on)\s+[^.;]{{0,20}}?\d{{4}}\s+)?(?:in|under the laws of)\s+(?:the\s+)?(?:[Ss]tate of\s+)?"
    rf"(?P<state>{_STATE})"
)
_REINCORPORATED = re.compile(rf"\breincorporated\s+{_UNDER}")
_INCORPORATED = re.compile(rf"\b(?:incorporated|organized|formed)\s+{_UNDER}")
_CORPORATION = re.compile(rf"\ba\s+(?P<state>{_STATE})\s+corporation\b")
_FOUNDED = re.compile(
    r"\b(?:founded|incorporated|organized|formed|established|began "
    r"operations)\b[^.;]{0,60}?\b(?P<year>1[89]\d\d|20\d\d)\b"
)
_SEAT = re.compile(
    r"^(?:(?:is|are|was) (?:originally )?(?:headquartered|located|incorporated|formed|organized|founded|"
    r"reincorporated)|(?:maintains?|has|have) (?:its|their) (?:principal|corporate|executive|headquarters))\b"
)
_IS_CORPORATION = re.compile(
    rf"^(?:is|are|was|were) (?:an? )?{_STATE} (?:corporations?|limited \w+)"
    r"(?: (?:formed|that was|which was|organized|incorporated)\b.*)?$"
)
_OWN_SEAT = re.compile(r"^the company's (?:[a-z]+ )*(?:offices?|headquarters)$")
_OPENING = 0.25  # of the document: where a filing says what the company is
_EARLIEST_BONUS, _IS_BONUS = 0.5, 1.0  # in the ranker's units, where a fact of importance 3 is worth 1


def describes_company(draft: Draft) -> bool:
    """True for a draft that says what the company is or does as a whole."""
    predicate = draft.wording.predicate
    return (
        draft.wording.company and not _NOT_IS.search(predicate) and bool(_IS.match(predicate) or _DOES.match(predicate))
    )


def says_seat(draft: Draft) -> bool:
    """True for a draft that only says where the company sits or was incorporated, which the company's fact holds."""
    only_seat = _IS_CORPORATION.match(draft.wording.predicate) or draft.wording.predicate.startswith("is headquartered")
    if _OWN_SEAT.match(draft.wording.subject) or only_seat:
        return True
    return "company" in draft.wording.subject and bool(_SEAT.match(draft.wording.predicate))


def company_of(document: Document, identity: Identity, drafts: Iterable[Draft]) -> Company | None:
    """The company's fact: the best early draft that says what it is, with its seat and founding where told."""
    chosen = _chosen(document, drafts)
    if chosen is None:
        return None
    seat = _first(document, _OFFICES)
    home = _first(document, _REINCORPORATED) or _first(document, _INCORPORATED) or _first(document, _CORPORATION)
    founded = _first(document, _FOUNDED)
    evidence = [*chosen.evidence]
    subject = identity.name
    if seat:
        subject = f"{identity.name}, headquartered in {seat[0].group('place')},"
        _cite(evidence, document, seat[1])
    for found in (home, founded):
        if found:
            _cite(evidence, document, found[1])
    wording = replace(chosen.wording, subject=subject)
    draft = replace(chosen, wording=wording, evidence=tuple(evidence), importance=3)
    return Company(
        **draft.base(),
        name=identity.name,
        aliases=sorted(identity.aliases - {identity.name}),
        headquarters=seat[0].group("place") if seat else None,
        incorporated_in=home[0].group("state") if home else None,
        founded=int(founded[0].group("year")) if founded else None,
    )


def _chosen(document: Document, drafts: Iterable[Draft]) -> Draft | None:
    limit = len(document.text) * _OPENING
    early = [d for d in drafts if d.evidence[0].start <= limit]
    fitting = [d for d in early if describes_company(d)] or [
        d for d in early if _FORMED.match(d.wording.predicate) and d.wording.company
    ]
    return max(fitting, key=lambda d: (_worth(d, limit), -d.evidence[0].start), default=None)


def _worth(draft: Draft, limit: float) -> float:
    early = 1 - draft.evidence[0].start / max(limit, 1)
    return draft.score + _EARLIEST_BONUS * early + (_IS_BONUS if _IS.match(draft.wording.predicate) else 0)


def _first(document: Document, pattern: re.Pattern[str]) -> tuple[re.Match[str], Sentence] | None:
    for sentence in document.sentences[:80]:
        match = pattern.search(sentence.text)
        if match:
            return match, sentence
    return None


def _cite(evidence: list[Evidence], document: Document, sentence: Sentence) -> None:
    if all(not (e.start <= sentence.start < e.end) for e in evidence):
        evidence.append(
            Evidence(quote=document.text[sentence.start : sentence.end], start=sentence.start, end=sentence.end)
        )
