"""Wordings that would mislead or mean nothing alone: what is refused, and why."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.engines.offline.cutting import HANGING, shortened
from extractor.engines.offline.subjects import split_subject
from extractor.verbs import verb_lemma
from extractor.wording import Wording

_MAX_WORDS = 44  # of a sentence without its details: longer ones are not read
_MIN_PREDICATE_WORDS = 3
_TELLING_WORDS = 5  # a shorter predicate without figure or list says too little: "calculates the purchase price"
# "...were charged to it", "from doing so", "estimates that it affects": what "it" is stands in another sentence
_POINTS_BACK = re.compile(r"\b(?:it|them|him|her|doing so|do so|does so)$|^\w+ly (?:that )?(?:it|they)\b")
# Words that point back to a sentence that the reader does not see.
_ANAPHOR = re.compile(
    r"\b(?:this|these|those(?! (?:of|who|that|which|with|in|for|from)\b)|said|aforementioned|foregoing|latter|above|"
    r"below|herein|hereof|thereto|such (?!as\b|an?\b))\b"
    r"|(?P<others>\b(?:the company's|its) (?:other|remaining) (?:businesses|segments|companies|operations|divisions)\b)"
    r"|\b(?:under|by|from|after|before|with|during|upon) the (?:award|grant|transaction|acquisition|merger|offering|"
    r"settlement|plan|trial|study|venture)\b(?! (?:of|to|with|for|between|by)\b)",
    re.IGNORECASE,
)
# "such customers", "these new products": the noun that must stand before
_POINTED_TO = re.compile(r"(?:such|these|those) (?:[a-z-]+ )??(?P<noun>[a-z]{4,})\b(?! (?:or|and) )")
_SUBJECT_ANAPHOR = re.compile(
    r"^\s*an? (?:second|secondary|third|further|related|similar)\b|"
    r"^\s*(?:a|the) continuation\b|\bthe (?:segment|division|award|program)\b(?! of)|"
    r"\b(?:this|these|those|such(?! as\b)|their|latter|"
    r"the former(?= (?:is|was|are|were|has|had)\b)|that (?!is|are|it|the company))\b",
    re.IGNORECASE,
)
# "reports in two segments", told without the segments; "was originally organized", without what became of it
_MAY_ONLY = re.compile(r"^(?:(?:may|might|could|would|should)\b|can (?:vary|change|differ|fluctuate|decline)\b)")
_COUNTED_ONLY = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|\d) (?:\w+ ){0,2}(?:segments|markets|categories|groups|levels|"
    r"areas|types|divisions|units|sources|phases|steps|programs)$"
    r"|^\w+ (?:originally|initially|formerly)\b"
)
_BELIEF = re.compile(r"^(?:\w+ly )?(?:believes|expects|anticipates|estimates) that (?P<what>.+)$")
# Subjects that speak of others than the company: its industry, its rivals, the law.
_OTHERS = re.compile(
    r"\b(?:industry|competitors?|operators|providers|agenc(?:y|ies)|governments?|congress|legislation|acts?|"
    r"laws?|(?-i:economy)|population|count(?:y|ies)|city|"
    r"residents|employers|analysts|decade|century|recession|institutes?|associations?|surveys?|forecasts?|stud(?:y|ies)|legislature|"
    r"court|commission|treasury|congress|regulators?|(?-i:HHS|HCFA|FDA|SEC|FCC|OTS|FDIC|FERC|EPA|IRS|CMS|DOT)|"
    r"department of|administration|tax(?:es)?|markets? for|global market|rules?|standards?|consumers|"
    r"institutions)\b",
    re.IGNORECASE,
)
# A business that has been given up, told as if it were run: "the company's previous Lamps segment provides lamps"
_GIVEN_UP = re.compile(
    r"\b(?:previous|former|prior|discontinued|divested)\s(?:[\w&-]+\s){0,4}(?:segments?|business(?:es)?|divisions?|operations?|"
    r"units?|lines?|subsidiar(?:y|ies))\b",
    re.IGNORECASE,
)
# "Intersecting the company's clubs and stores are the company's kiosks": the verb before its subject
_INVERTED = re.compile(r"^\w+ing\b")
_INVERTED_VERB = re.compile(r"^(?:are|were) (?:the|its|our)\b")
# What is said of the place that a company is named after.
_TOWN = re.compile(r"(?:is|was|are|were) (?:\w+ly )?an? (?:\w+ ){0,2}(?:town|city|village|county|suburb|community)\b")
# How many people work for the company says nothing of its business; who sells for it does.
_STAFF = re.compile(
    r"^(?:\w+ly )?(?:employ(?:s|ed)?|hired|had|has) (?:(?:a total of|approximately|about|over|nearly|some|more than) )*"
    r"[\d,]+\b.*?\b(?:employees|associates|team members|persons|people|workers|full-time|part-time)\b"
)
_SELLING = re.compile(r"\b(?:sales|sell|marketing|recruiters|engineers|technicians|support|service)\b")
_COMPETES = re.compile(r"(?:\w+ly )?competes?\b")
_OWN_HEAD = re.compile(r"\b(?:sales|revenues?|securities|loans|contracts|customers|orders|backlog)\b")
# What the company depends on may be told as a possibility.
_LOSS_OF = re.compile(
    r"^the loss of\b.*\b(?:customers?|clients?|distributors?|suppliers?|contracts?|referral|licen[sc]es?)\b"
)
_INCHES = re.compile(r"(?<=\d)\"")
# "another 22%", "the remaining 8%" of a sentence before; "supplied 31%" of what stands there; "38% of segment sales"
_ANOTHER = re.compile(
    r"\b(?:another|a further|an additional|the remaining|the balance of) (?:approximately |about )?[$\d]"
)
_BARE_SHARE = re.compile(r"\d%$")
_OF_WHAT = re.compile(
    r"\b(?:of|by|to|at|from|than|over|under|rates?|yields?|interest|margins?|growth|grew|rose|fell|increased|decreased)\b"
)
_OF_SEGMENT = re.compile(r"\bof (?:the )?segment(?:['’]s)? (?:\w+ )?(?:sales|revenues?|income|profits?)\b")
# "approximately 40% of its schedule": whose, another sentence says
_OWN_OF_OTHERS = re.compile(r"^[^A-Z]*\b(?:its|their|his|her)\b")
_DISAGREES = re.compile(r"(?:is|was)\b.*, and (?:are|were)\b")  # two clauses that the text itself has run together
_LAST_RELATIVE = re.compile(r"\b(?:which|who|whom|where)\b(?P<rest>(?:(?!\b(?:which|who|whom|where)\b).)*)$")
_DIGIT = re.compile(r"\d")
_FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us)\b")


def accepted(wording: Wording) -> Wording | None:
    """The wording, without details that point to another sentence, or None where it cannot stand alone."""
    around = len(wording.subject.split()) + len((wording.opening or "").split())
    wording = replace(wording, predicate=shortened(wording.predicate, _MAX_WORDS - around))
    wording = replace(wording, details=tuple(d for d in wording.details if not _ANAPHOR.search(d)))
    refusals = (_is_too_short_or_long, _points_elsewhere, _is_of_others, _is_broken)
    return None if any(refuses(wording) for refuses in refusals) else wording


def _is_too_short_or_long(wording: Wording) -> bool:
    predicate = len(wording.predicate.split())
    length = predicate + len(wording.items)
    whole = length + len(wording.subject.split()) + len((wording.opening or "").split())
    told_figure = bool(_DIGIT.search(wording.predicate))
    if (length < _MIN_PREDICATE_WORDS and not told_figure) or whole > _MAX_WORDS:
        return True
    bare = not (wording.opening or wording.items or _DIGIT.search(wording.subject + wording.predicate))
    return (predicate < _TELLING_WORDS and bare) or bool(_COUNTED_ONLY.search(wording.predicate))


def _points_elsewhere(wording: Wording) -> bool:
    """True where "these", "it" or "the above" stands for something of another sentence."""
    if _SUBJECT_ANAPHOR.search(f"{wording.opening or ''} {wording.subject}"):
        return True
    named = wording.subject[:1].isupper()  # beside which the company's other businesses are all but that one
    if any(
        not (anaphor["others"] and named) and not _named_before(wording.predicate, anaphor)
        for anaphor in _ANAPHOR.finditer(wording.predicate)
    ):
        return True
    if _ANOTHER.search(wording.predicate) or (
        _BARE_SHARE.search(wording.predicate) and not _OF_WHAT.search(wording.clause())
    ):
        return True
    if _OF_SEGMENT.search(wording.predicate) and "segment" not in wording.subject:
        return True
    if not wording.company and _OWN_OF_OTHERS.search(wording.subject):
        return True
    return not wording.company and bool(_POINTS_BACK.search(wording.predicate))


def _named_before(predicate: str, anaphor: re.Match[str]) -> bool:
    """True where the clause itself names what "such" points to: "makes a purchase order, and ships such orders"."""
    noun = _POINTED_TO.match(predicate, anaphor.start())
    stem = noun.group("noun").removesuffix("s") if noun else ""
    return bool(stem) and re.search(rf"\b{re.escape(stem)}s?\b", predicate[: anaphor.start()]) is not None


def _is_of_others(wording: Wording) -> bool:
    """True for what is said of rivals, authorities and the world at large, and for mere possibilities."""
    if re.search(r"\bcompetitors?\b", wording.subject):
        return True
    if "company" not in wording.subject and _COMPETES.match(wording.predicate):
        return True
    if not wording.company and _MAY_ONLY.match(wording.predicate) and not _DIGIT.search(wording.predicate):
        return not _LOSS_OF.match(wording.subject)
    if _TOWN.match(wording.predicate) or _GIVEN_UP.search(wording.subject):
        return True
    if _STAFF.match(wording.predicate) and not _SELLING.search(wording.predicate):
        return True
    return (
        "company" not in wording.subject
        and not _DIGIT.search(wording.subject)
        and not _OWN_HEAD.search(wording.subject)
        and bool(_OTHERS.search(wording.subject))
    )


def _is_broken(wording: Wording) -> bool:
    """True where a cut left half a parenthesis or quotation, a list "respectively" or a belief without its verb."""
    whole = " ".join((wording.opening or "", wording.subject, wording.predicate, *wording.details, *wording.items))
    whole = _INCHES.sub("", whole)
    if whole.count("(") != whole.count(")") or whole.count("“") != whole.count("”") or whole.count('"') % 2:
        return True
    belief = _BELIEF.match(wording.predicate)
    if belief and split_subject(belief.group("what")) is None:
        return True
    if not wording.items and wording.predicate.rpartition(" ")[2].lower() in HANGING:
        return True
    relative = _LAST_RELATIVE.search(wording.predicate)
    if relative and not any(word.islower() and verb_lemma(word) for word in relative.group("rest").split()):
        return True  # "in which its retail division", cut before the verb
    if _DISAGREES.match(wording.predicate):
        return True
    if _INVERTED.match(wording.subject) and _INVERTED_VERB.match(wording.predicate):
        return True
    told = "respectively" in wording.predicate and not wording.predicate.endswith("respectively")
    return told or bool(_FIRST_PERSON.search(whole))
