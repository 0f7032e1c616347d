"""A sentence cut to what a fact needs: subject, predicate, details and items.

"As of January 31, 1995, the Company operated 1,990 stores, which it owns." gives subject "the company", predicate
"operated 1,990 stores as of January 31, 1995" and the detail "which it owns".
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.identity import Identity
from extractor.wording import COMPANY, Wording, members, split_outside, verb_phrase
from extractor.engines.offline.phrases import DANGLING, IDLE_TAIL, OPENING, PRAISE, REFUSED
from extractor.engines.offline.respectively import Distributed, distributed
from extractor.engines.offline.subjects import governs, split_predicates, split_subject, without_aside
from extractor.engines.offline.voice import AS_OTHER, AS_SUBJECT, conjugate_from_start, to_third_person

_MAX_WORDS = 44  # of a sentence without its details: longer ones are not read
_MIN_PREDICATE_WORDS = 3
_TELLING_WORDS = 5  # a shorter predicate without figure or list says too little: "calculates the purchase price"
_SERIES = 2  # commas before ", and" that may be a list's
_SHORTEST_CORE = 9  # words: a shorter core says too little without its first detail
_NEEDS_TAIL = re.compile(r"\ban? (?:\w+ )?(?:joint venture|agreement|contract|program|partnership|arrangement|transaction)\b")
_MAX_FIRST_DETAIL = 25
_CLOSE_ENOUGH = 14  # words: past that a closing adverbial is read as part of what it follows
_SHORTEST_TAIL = 12  # characters: "in which" and "many of which" are one opening, not two

# ("Sonim" or the "Company") / (together with its subsidiaries, ...) / (NYSE: TSN): an aside without figures
_ASIDE = re.compile(r"\s*\((?!(?:included|including|excluding|before|after|net of|other than)\b)(?![^()]*\d)[^()]*\)|\s*\((?:NYSE|NASDAQ|Nasdaq|see)[^()]*\)|\s*\((?:the\s+)?[\"“][^()]*\)")
_ARTICLE_PRAISE = re.compile(
    rf"\b(?:(?P<article>[Aa]n?)\s+)?(?:{PRAISE}|leading\s+(?=(?:global |worldwide |national |independent |\w+ )?(?:provider|manufacturer|supplier|producer|developer|designer|marketer|retailer|distributor|operator|publisher)s?\b)(?<!of the leading\s))",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[®™©†‡]|\((?:R|TM|SM|r|tm)\)|'TM'|'r'|\*+(?=\s|$)")
_FOOTNOTE = re.compile(r"^\(\d\)|^\[|^\*")
_ENUMERATOR = re.compile(r"^(?:\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)|\d{1,2}\.)\s+")
# "As of January 31, 1995, " / "For the years ended December 31, 2022 and 2021, " / "In fiscal 2013, "
_TIME_LEAD = re.compile(
    r"^((?:Also\s+|Effective\s+)?(?:In|During|For|As of|At|Since|On|By|Through|Throughout|Effective|At the end of|As at)\s"
    r"[^;:]{0,90}?(?:19|20)\d\d(?:,? and (?:19|20)\d\d|, (?:19|20)\d\d)*(?: and (?:19|20)\d\d)?(?: fiscal years?)?),?\s+(?=[A-Za-z\d$])"
)
_PLACE_LEAD = re.compile(r"^((?:Excluding|In|Within|Outside|Through|Under|For|At|By|With|From|On)\s[^,;:]{2,70}),\s+(?=[A-Za-z])")
# "Founded in 1935 by its owner and grown since, the Company has ...": what a sentence about the company opens with
_PARTICIPLE_LEAD = re.compile(r"^(?!Excluding|Including|During|Following|According|Beginning|Pending)(?:[A-Z][a-z]+(?:ing|ed)|With|As (?:a|an|the)|As part|As consideration)\b[^.;:]{3,160}?,\s+(?=(?:we|the Company|the company)\s)")
_ADVERB_LEAD = re.compile(r"^(?:([A-Z][a-z]+ly|In general|Often|Sometimes),|(Generally|Typically|Historically|Traditionally|Normally|Usually|Currently|Presently))\s+(?=[a-zA-Z])")
# The full stop, with what stands around it; the stop of an abbreviation ("U.S.", "Inc.") stays.
_SENTENCE_END = re.compile(r"[;,]\s*(?:and|or)[\s.]*$|(?<!\b[A-Z])(?<!\bInc)(?<!\bLtd)(?<!\bCorp)(?<!\bCo)\.[\s;:,]*$|[\s;:,]+$")
# Where a tail may be cut off: a comma or semicolon that opens a subordinate phrase, or a bare purpose.
_TAIL_OPENER = re.compile(
    r"(?:,|;)\s+(?=(?:formerly|(?:many|most|all|some|each|both|one|two|three|none|several) of which|(?:in|of|under|for|to|from|with|by|at|on|through) which|which|who|whose|whom|where|whereby|while|whereas|although|though|because|since|as|but|so|due|"
    r"resulting|thereby|enabling|allowing|helping|providing|making|giving|offering|designed|based|meaning|representing|compared|"
    r"including|such as|particularly|especially|primarily|principally|mainly|each of|most of|all of|many of|some of|"
    r"through|with|under|from|up|down|an increase|a decrease|net of|followed|together|or approximately|using|consisting|ranging|and (?:it|the company|therefore|thus|accordingly|believes?)|"
    r"in (?:order|part|an effort|addition|each case|connection)|among other|to (?:help|enable|enhance|improve|ensure|meet|assist|support|maximize|minimize|reduce|allow))\b)"
    r"|\s+(?=(?:in order to|so that|so as to|because|in an effort to|with the goal of|in an attempt to|for the purpose of|as compared (?:to|with)|compared (?:to|with)|"
    r"(?:in|under|through|pursuant to) which|designed (?:to|for)|intended (?:to|for)|that (?:allows?|enables?|helps?|are designed|is designed|provides?|meets?))\b)"
)
# Where a second main clause may begin: ", and our net loss was ..."; it must prove to have a finite verb.
_CLAUSE_JOINT = re.compile(r"(?:[;,]\s+and|[;,]\s+but|;)\s+(?=(?:we|our|the|its|each|any|no|one|another|all|most|some|approximately|about|sales|revenues?|(?:in|during|as of|at|on)\s[^,]{3,30}(?:, (?:19|20)\d\d)?, (?:we|the Company))\s)")
# "While we primarily sell through carriers, we also sell through distributors."
_CONCESSION = re.compile(r"^((?:While|Although|Though|Whereas)\s+[^,]+(?:,[^,]+)??),\s+(.+)$")
_COMPANY_OBJECT = re.compile(r"\b(?:[Tt]he (?:Company|Registrant|Corporation|Issuer)|Registrant)(?:['’]s)?(?=[^\w]|$)")


# "...were charged to it", "from doing so", "estimates that it affects": what "it" is stands in another sentence
_POINTS_BACK = re.compile(r"\b(?:it|them|him|her|doing so|do so|does so)$|^\w+ly (?:that )?(?:it|they)\b")
_FOREIGN_IT = re.compile(r"\b(?:believes?|estimates?|expects?|anticipates?|thinks?|plans?)\s+(?:that\s+)?(?:it|they)\b", re.IGNORECASE)
# Words that point back to a sentence that the reader does not see.
_ANAPHOR = re.compile(r"\b(?:this|these|said|aforementioned|foregoing|latter|above|below|herein|hereof|thereto)\b", re.IGNORECASE)
_SUBJECT_ANAPHOR = re.compile(r"\bthe (?:segment|division|award|program)\b(?! of)|\b(?:this|these|those|such(?! as\b)|their|latter|former|that (?!is|are|it|the company))\b", re.IGNORECASE)
# "is an Android-based 5G smartphone that is certified ...": what a named thing is, and more about it
_NAMED_IS = re.compile(r"^(?P<what>(?:is|are) an? (?:[^\s,]+\s){2,9}?[^\s,]+)\s+(?P<more>(?:that (?:is|are|has|have|can|offers|was|provides|combines|delivers)|designed|featuring|for use)\s.+)$")
_FUNCTION_WORDS = frozenset("The A An Each Most Some All Both Every Any No Certain Many Several Other Another Approximately About Substantially".split())
# "reports in two segments", told without the segments; "was originally organized", without what became of it
_MAY_ONLY = re.compile(r"^(?:may|might|could|would|should)\b")
_COUNTED_ONLY = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|\d) (?:\w+ ){0,2}(?:segments|markets|categories|groups|levels|areas|types|divisions|units|sources|phases|steps|programs)$"
    r"|^\w+ (?:originally|initially|formerly)\b"
)
_HANGING = frozenset("and or but of to by with the a an for in on at from as chiefly mainly only including than that which who is are was were".split())
# "carriers: AT&T" of "carriers: AT&T, T-Mobile and Verizon, ...": a list whose last member is still to come
_OPEN_COLON = re.compile(r": (?:(?!\s(?:and|or)\s).)*$")
# "... 58%, foodservice 27%, industrial customers 9% and exports": the last member's figure is still to come
_OPEN_SERIES = re.compile(r"\d%, [^%]*\d% and [a-z ]+$")
# A denial without its condition or its relative clause denies too much: it is told whole.
_DENIAL = re.compile(r"\b(?:no|not|none|neither|nor|never|cannot|only|unless|if)\b", re.IGNORECASE)
_BELIEF = re.compile(r"^(?:\w+ly )?(?:believes|expects|anticipates|estimates) that (?P<what>.+)$")
# Subjects that speak of others than the company: its industry, its rivals, the law.
_OTHERS = re.compile(
    r"\b(?:industry|competitors?|operators|providers|agenc(?:y|ies)|governments?|congress|legislation|acts?|laws?|economy|population|count(?:y|ies)|city|"
    r"residents|employers|analysts|institutes?|associations?|surveys?|forecasts?|stud(?:y|ies)|legislature|court|commission|treasury|congress|regulators?|(?-i:HHS|HCFA|FDA|SEC|FCC|OTS|FDIC|FERC|EPA|IRS|CMS|DOT)|department of|administration|tax(?:es)?|markets? for|global market|rules?|standards?|consumers|institutions)\b",
    re.IGNORECASE,
)


def words_of(sentence: str, identity: Identity, lower_words: frozenset[str]) -> list[Wording]:
    """The facts that `sentence` can be worded as, in its order; [] where none can be worded safely.

    `lower_words` are the words that the filing writes in lower case: those lose the capital of a sentence's start.
    """
    text = _plain(sentence)
    if not text or _FOOTNOTE.match(sentence) or REFUSED.search(text) or _FOREIGN_IT.search(text) or text.endswith((":", "?", "…")):
        return []
    text, lead = _without_lead(_capitalised(_PARTICIPLE_LEAD.sub("", text)))
    concession = _CONCESSION.match(text)
    if concession:
        text, lead = _capitalised(concession.group(2)), _conceded(concession.group(1), identity)
    found = []
    for whole in _clauses(text):
        clause, own_lead = _without_lead(whole)
        for part in distributed(_SENTENCE_END.sub("", clause), own_lead or lead):
            found += _worded(part, identity, lower_words)
    return found


_IT = re.compile(r"^It\s+(?!is (?:estimated|possible|expected|likely|anticipated|difficult|important|believed|also possible))")
_SHORT_SUBJECT = 6  # words of a subject that "It" in the next sentence can stand for


# "These channels consist", "These five bottling partners combined represented": the noun last, before its verb
_POINTER = re.compile(r"^(?P<lead>(?:[A-Z][^,;]{0,40}, )?)(?:[Tt]hese|[Tt]hose)\s+(?P<noun>(?:[a-z-]+\s+){0,3}?[a-z-]+s)\s+(?!of\b)")


def resolved(sentence: str, previous: str) -> str | None:
    """`sentence` with "It" or "These channels" at its start made the noun that stands in the sentence before.

    None where it does not open so, or the noun is not there.
    """
    if _IT.match(sentence):
        before = split_subject(_without_lead(_plain(previous))[0])
        plain = before and len(before[0].split()) <= _SHORT_SUBJECT and not DANGLING.match(before[0])
        singular = before and not re.search(r"\band\b|(?<!s)s$", before[0]) and before[1].split()[0] not in ("are", "were", "have")
        return f"{before[0]}{sentence[2:]}" if before and plain and singular else None
    pointer = _POINTER.match(sentence)
    if pointer is None:
        return None
    noun = pointer.group("noun").split()[-1]
    if not re.search(rf"\b{re.escape(noun)}\b", previous, re.IGNORECASE):
        return None
    start = pointer.start("noun")
    article = "The " if not pointer.group("lead") else "the "
    return f"{pointer.group('lead')}{article}{sentence[start:]}"


def _conceded(text: str, identity: Identity) -> str:
    """The conceding clause as an opening: "while it primarily sells through carriers"."""
    word, _, clause = text.partition(" ")
    company = identity.subject.match(clause)
    if company and clause[: company.end()].lower() != "we":
        clause = "it" + clause[company.end() :]
    own = _COMPANY_OBJECT.sub(lambda m: "its" if m.group()[-2:] in ("'s", "’s") else "it", clause)
    return f"{word.lower()} {to_third_person(own, AS_SUBJECT)}"


def _clauses(text: str) -> list[str]:
    """The main clauses of a sentence, each with a subject and a finite verb of its own."""
    parts, last = [], 0
    for joint in _CLAUSE_JOINT.finditer(text):
        left = text[last : joint.start()]
        if left.count(", ") >= _SERIES and "respectively" not in left:
            continue  # the joint may close a list
        if split_subject(left) and split_subject(_without_lead(_capitalised(text[joint.end() :]))[0]):
            parts.append(text[last : joint.start()])
            last = joint.end()
    return [_capitalised(part) for part in (*parts, text[last:])]


def _plain(sentence: str) -> str:
    """The sentence without definitions, marks, enumerators and praise."""
    text = _MARKS.sub("", _ASIDE.sub("", _ENUMERATOR.sub("", sentence)))
    text = re.sub(r"\s+([,;:]|\.(?!\d))", r"\1", re.sub(r"\s+", " ", text)).strip()
    previous = None
    while previous != text:
        previous = text
        text = _capitalised(OPENING.sub("", text))
    return _capitalised(_ARTICLE_PRAISE.sub(_unpraised, text))


def _unpraised(match: re.Match[str]) -> str:
    """What stands before praise, with "a" or "an" as the word after the praise asks: "a superior oil" -> "an oil"."""
    article = match.group("article")
    if article is None:
        return ""
    vowel = re.match(r"(?!one\b|uni|use|eu)[aeiou]", match.string[match.end() :], re.IGNORECASE)
    return f"{article[0]}n " if vowel else f"{article[0]} "


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _without_lead(text: str) -> tuple[str, str]:
    """The sentence without its opening adverbial, and that adverbial in lower case: "in 2022", "generally"."""
    for pattern in (_TIME_LEAD, _PLACE_LEAD, _ADVERB_LEAD):
        match = pattern.match(text)
        if match and len(text) - match.end() > 15:
            lead = match.group(match.lastindex or 1)
            return _capitalised(text[match.end() :]), lead[0].lower() + lead[1:]
    return text, ""


def _worded(part: Distributed, identity: Identity, lower_words: frozenset[str]) -> list[Wording]:
    clause = part.clause
    company = identity.subject.match(clause)
    if company and governs(clause[company.end() :], named=clause[: company.end()].lower() not in ("we", "the company")):
        wordings = _company_wordings(clause, company.end(), part.lead.startswith(("while ", "although ", "though ")))
    elif DANGLING.match(clause):
        return []
    else:
        wordings = _other_wording(clause, identity, lower_words)
    found = (_checked(_with_parts(wording, part)) for wording in wordings)
    return [wording for wording in found if wording is not None]


def _company_wordings(clause: str, end: int, conceded: bool) -> list[Wording]:
    """One wording for each verb phrase of the company's: "was formed in 1995 and is headquartered in Austin" gives two."""
    rest = without_aside(clause[end:])
    if clause[:end].lower() == "we":
        rest = conjugate_from_start(rest)
    rest = _COMPANY_OBJECT.sub(lambda m: "its" if m.group()[-2:] in ("'s", "’s") else "it", rest)
    return [
        Wording(COMPANY, predicate if conceded else re.sub(r"^also ", "", predicate))  # "also" to what may not be told
        for predicate in split_predicates(to_third_person(rest, AS_SUBJECT))
    ]


def _other_wording(clause: str, identity: Identity, lower_words: frozenset[str]) -> list[Wording]:
    text = to_third_person(clause, AS_OTHER)
    text = _COMPANY_OBJECT.sub(
        lambda m: "the company's" if m.group()[-2:] in ("'s", "’s") else "the company", text
    )
    parts = split_subject(text)
    if parts is None:
        return []
    subject, predicate = parts
    if "the company" in subject.lower():
        predicate = predicate.replace("the company's", "its")
    first, _, others = subject.partition(" ")
    plain_first = first in _FUNCTION_WORDS or first.lower() in lower_words and not first.isupper() and not others[:1].isupper()
    return [Wording(first.lower() + subject[len(first) :] if plain_first else subject, predicate)]


def _with_parts(wording: Wording, part: Distributed) -> Wording:
    """The wording with its tail cut into details, its list into items, and its lead and periods in place."""
    named = _NAMED_IS.match(wording.predicate) if not wording.company else None
    if named and named.group("more"):
        wording = replace(wording, predicate=named.group("what"))
        part = replace(part, against=(*part.against, named.group("more")))
    denies = _DENIAL.search(wording.subject) or _DENIAL.search(wording.predicate)
    core, details = (wording.predicate, []) if denies else _cut(wording.predicate)
    items: tuple[str, ...] = ()
    opening: str | None = None
    if part.lead:
        core, opening = _placed(core, part.lead)
    elif not part.against and not details:
        core, items = _with_items(core)
    listed = _LISTING.match(details[0]) if details else None
    if _NEEDS_TAIL.search(core) and details:
        core, details = verb_phrase(core, [], details), []
    if listed and (found := members(_MEMBER_TAIL.sub("", listed.group("list")))):
        core, items, details = f"{core}, {listed.group('opening')}", tuple(found), []
    elif details and (listed or len(core.split()) < _SHORTEST_CORE) and len(details[0].split()) <= _MAX_FIRST_DETAIL:
        core, details = verb_phrase(core, [], details[:1]), details[1:]
    return replace(wording, predicate=core.rstrip(" ,;"), details=part.against + tuple(details), items=items, opening=opening)


def _placed(core: str, lead: str) -> tuple[str, str | None]:
    """The core with the adverbial that opened its sentence, or the core and that adverbial as its opening.

    A bare period may close a short plain clause; behind anything that it could be taken to belong to, it would mislead.
    """
    if _MANNER.match(lead):
        first, _, rest = core.partition(" ")
        return (f"{first} {lead} {rest}" if first in _AUXILIARIES else f"{lead} {core}"), None
    year = lead.rpartition(" ")[2]
    if year.isdigit() and re.search(rf"\b{year}\b", core):
        return core, None  # the period is there already
    plain = not _ATTACHES.search(core) and len(core.split()) <= _CLOSE_ENOUGH
    return (f"{core} {lead}", None) if plain and _PERIOD_LEAD.match(lead) else (core, lead)


_MANNER = re.compile(r"^(?:\w+ly|often|sometimes|in general)$")
_AUXILIARIES = frozenset("is are was were has have will may can does do".split())
_PERIOD_LEAD = re.compile(r"^(?:in|during|at|as of|for|on|since|at the end of)\s.*\b(?:19|20)\d\d$")
# What a closing adverbial could be taken to belong to instead of the clause.
_ATTACHES = re.compile(r",|\b(?:that|which|who|whose|where|to [a-z]+|\w+ing|(?:19|20)\d\d|while|when)\b")


def _cut(predicate: str) -> tuple[str, list[str]]:
    """The predicate up to its first subordinate tail, and the tails that say something, in order."""
    cuts = [m for m in _TAIL_OPENER.finditer(predicate) if _outside(predicate, m.start()) and _ends_well(predicate[: m.start()])]
    cuts = [m for n, m in enumerate(cuts) if n == 0 or m.start() - cuts[n - 1].end() > _SHORTEST_TAIL]
    if not cuts:
        return predicate, []
    core = predicate[: cuts[0].start()]
    details = []
    for here, following in zip(cuts, [*cuts[1:], None], strict=True):
        tail = predicate[here.end() : following.start() if following else len(predicate)].strip()
        if IDLE_TAIL.match(tail):
            break
        details.append(_SENTENCE_END.sub("", tail))
    return core, [d for d in details if d]


def _ends_well(core: str) -> bool:
    """False where a cut would leave a phrase hanging ("convertible notes and") or a list without its end."""
    return core.rpartition(" ")[2].lower() not in _HANGING and not _OPEN_COLON.search(core) and not _OPEN_SERIES.search(core)


def _outside(text: str, at: int) -> bool:
    before = text[:at]
    return before.count("(") == before.count(")") and before.count("“") == before.count("”") and before.count('"') % 2 == 0


# "including A, B and C" as a detail: a list that may be shortened
_LISTING = re.compile(r"^(?P<opening>including|such as|consisting (?:primarily |principally )?of)\s+(?P<list>.+)$")
# "... and domestic distributors who serve restaurants": what follows the last member of a list
_MEMBER_TAIL = re.compile(r"(?<=[a-z])\s+(?:who|that|which|where)\s[^,;]*$")


def _stand_alone(listed: list[str]) -> bool:
    """False where only the last member has the noun of all: "construction, hospitality and transportation entities"."""
    alone = sum(m.endswith("s") or any(w[:1].isupper() for w in m.split()) or " of " in m for m in listed[:-1])
    return not listed[-1].endswith("s") or alone >= len(listed[:-1]) / 2


_PREPOSITION = re.compile(r"\s(?:to|for|through|from|in|at|by|with|under|on|into|within)\s")


def _with_items(core: str) -> tuple[str, tuple[str, ...]]:
    """The core up to the list that ends it, and that list's members; a counted list ("four segments: ...") stays whole."""
    first = split_outside(core, ", ")
    if len(first) < 3:
        return core, ()
    match = re.match(r"^(.*?\b(?:include|includes|including|such as|consists? of|comprises?|are|serves?|offers?|sells?|provides?|to|through|as|manufactures?|markets?|produces?))\s+(?=\S)(.+)$", first[0])
    if match is None or re.search(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b", match.group(1)):
        return core, ()
    listed = members(_MEMBER_TAIL.sub("", core[len(match.group(1)) + 1 :]))
    if len(listed) < 3 or not _stand_alone(listed) or _PREPOSITION.search(listed[-1]) and not any(_PREPOSITION.search(m) for m in listed[:-1]):
        return core, ()  # "shears, spades and hoes to garden centers": the last is more than a member
    return match.group(1), tuple(listed)


def _checked(wording: Wording) -> Wording | None:
    if len(wording.predicate.split()) > _MAX_WORDS and ": " in wording.predicate:
        wording = replace(wording, predicate=wording.predicate.partition(": ")[0])
    length = len(wording.predicate.split()) + len(wording.items)
    whole_length = length + len(wording.subject.split()) + len((wording.opening or "").split())
    if length < _MIN_PREDICATE_WORDS or whole_length > _MAX_WORDS:
        return None
    parts = (wording.opening or "", wording.subject, wording.predicate, *wording.details, *wording.items)
    whole = " ".join(parts)
    if len(wording.predicate.split()) < _TELLING_WORDS and not (wording.details or wording.items or re.search(r"\d", whole)):
        return None
    belief = _BELIEF.match(wording.predicate)
    if belief and split_subject(belief.group("what")) is None:
        return None
    if wording.opening and _SUBJECT_ANAPHOR.search(wording.opening) or _COUNTED_ONLY.search(wording.predicate):
        return None
    if _SUBJECT_ANAPHOR.search(wording.subject) or _ANAPHOR.search(wording.predicate):
        return None
    if not wording.company and _POINTS_BACK.search(wording.predicate):
        return None
    if re.search(r"\bcompetitors?\b", wording.subject):
        return None
    if not wording.company and _MAY_ONLY.match(wording.predicate) and not re.search(r"\d", wording.predicate):
        return None
    if "company" not in wording.subject and _OTHERS.search(wording.subject) and not re.search(r"\d", wording.subject):
        return None
    wording = replace(wording, details=tuple(d for d in wording.details if not _ANAPHOR.search(d)))
    if whole.count("(") != whole.count(")") or whole.count("“") != whole.count("”") or whole.count('"') % 2:
        return None
    if re.search(r"\b(?:we|our|ours|us)\b", whole) or "respectively" in wording.predicate and not wording.predicate.endswith("respectively"):
        return None
    return wording
