"""A predicate cut to its core: subordinate tails become details, the list that ends it becomes items."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from extractor.engines.offline.phrases import IDLE_TAIL
from extractor.engines.offline.plain import SENTENCE_END
from extractor.engines.offline.respectively import Distributed
from extractor.wording import FIRST_ITEMS, Wording, joined, members, split_outside, verb_phrase

_SHORTEST_CORE = 9  # words: a shorter core says too little without its first detail
_NEEDS_TAIL = re.compile(
    r"\ban? (?:\w+ )?(?:joint venture|agreement|contract|program|partnership|arrangement|transaction)\b"
)
_MAX_FIRST_DETAIL = 25
_FIGURE = re.compile(r"[$€£]\s?\d|\d%")
_COMPARISON = re.compile(r"(?:as )?compared (?:to|with)|against|(?:up|down) from")
_IN_YEAR = (
    r"(?:approximately |about )?(?:[\d.]+%|\$[\d.,]*\d(?: [mb]illion)?)(?: (?:of|to) [a-z' ]+?)? in "
    r"(?:(?:fiscal|calendar)(?: year)? )?(?:19|20)\d\d"
)
_BARE_WHOLE = re.compile(r"(?<=\d%) (?=(?:the company's|its|total|net|consolidated) [a-z])")  # "80.6% our net revenues"
# "was 39% of sales in fiscal 2006, 51% in fiscal 2005, and 58% in fiscal 2004"
_YEARS = re.compile(rf"(?P<latest>[a-z ]+ {_IN_YEAR}),?(?: and)? (?P<before>{_IN_YEAR}(?:,? and {_IN_YEAR})?)$")
# "39% of the company's net revenues in fiscal 2006, 51% of the company's net revenues in fiscal 2005"
_WHOLE = re.compile(r"(?<=\d%) (?P<of>of (?:the company's |its |the )?[a-z]+(?: [a-z]+){0,2}?)(?= (?:in|for)\b)")
_CLOSE_ENOUGH = 14  # words: past that a closing adverbial is read as part of what it follows
_SHORTEST_TAIL = 12  # characters: "in which" and "many of which" are one opening, not two
# Where a tail may be cut off: a comma or semicolon that opens a subordinate phrase, or a bare purpose.
_TAIL_OPENER = re.compile(
    r"(?:,|;)\s+(?=(?:formerly|(?:many|most|all|some|each|both|one|two|three|none|several) of which|(?:in|of|"
    r"under|for|to|from|with|by|at|on|through) which|which|who|whose|whom|where|whereby|while|whereas|although|"
    r"though|because|since|as|but|so|due|"
    r"resulting|thereby|enabling|allowing|helping|providing|making|giving|offering|designed|based|meaning|"
    r"representing|compared|"
    r"including|such as|particularly|especially|primarily|principally|mainly|each of|most of|all of|many of|some of|"
    r"through|with|under|from|up|down|an (?:increase|improvement)|"
    r"a (?:decrease|decline|rise|drop|reduction)|net of|followed|or approximately|using|"
    r"consisting|ranging|and (?:it|the company|therefore|thus|accordingly|believes?)|"
    r"in (?:order|part|an effort|addition|each case|connection)|among other|to (?:help|enable|enhance|improve|"
    r"ensure|meet|assist|support|maximize|minimize|reduce|allow))\b)"
    r"|\s+(?=(?:in order to|so that|so as to|because|in an effort to|with the goal of|in an attempt to|for the "
    r"purpose of|as compared (?:to|with)|compared (?:to|with)|"
    r"in connection with|(?:in|under|through|pursuant to) which|"
    r"designed (?:to|for)|intended (?:to|for)|that (?:allows?|enables?|"
    r"helps?|are designed|is designed|provides?|meets?))\b)"
)
# "is an Android-based 5G smartphone that is certified ...": what a named thing is, and more about it
_NAMED_IS = re.compile(
    r"^(?P<what>(?:is|are) an? (?:[^\s,]+\s){2,9}?[^\s,]+)\s+(?P<more>(?:that (?:is|are|has|have|can|offers|"
    r"was|provides|combines|delivers)|designed|featuring|for use)\s.+)$"
)
_SERIES_OPEN = re.compile(r",\s(?!and\b|or\b)[^,]*$")
_OPEN_LIST = 2  # commas that make a list of what stands before "as well as"
_SERIES_CLOSE = re.compile(r"[^,;.]*,\s+(?:and|or)\s")
_ALTERNATIVE = re.compile(r"(?:^|\s)(?:or|nor|and/or)\s")
HANGING = frozenset(
    "and or but of to by with the a an for in on at from as chiefly mainly only including than that which who "
    "is are was were".split()
)
# "carriers: AT&T" of "carriers: AT&T, T-Mobile and Verizon, ...": a list whose last member is still to come
_OPEN_COLON = re.compile(r": (?:(?!\s(?:and|or)\s).)*$")
# "... 58%, foodservice 27%, industrial customers 9% and exports": the last member's figure is still to come
_OPEN_SERIES = re.compile(r"\d%, [^%]*\d% and [a-z ]+$")
# "the trademark rights used": for what, is still to come
_BARE_PARTICIPLE = re.compile(
    r"(?<!\bis)(?<!\bare)(?<!\bbe)(?<!been)(?<!\bwas)(?<!were) (?:used|needed|required|associated|incurred|involved)$"
)
# A denial without its condition or its relative clause denies too much: it is told whole.
_DENIAL = re.compile(r"\b(?:no|not|none|neither|nor|never|cannot|only|unless|if)\b", re.IGNORECASE)
# "including A, B and C" as a detail: a list that may be shortened
_LISTING = re.compile(r"^(?P<opening>including|such as|consisting (?:primarily |principally )?of)\s+(?P<list>.+)$")
# "... and domestic distributors who serve restaurants": what follows the last member of a list
_MEMBER_TAIL = re.compile(r"(?<=[a-z])\s+(?:(?:that|which|where)\s[^,;]*|who\s[^;]*)$")
_PREPOSITION = re.compile(r"\s(?:to|for|through|from|in|at|by|with|under|on|into|within)\s")
_MANNER = re.compile(r"^(?:(?!domestically|internationally|geographically|globally|nationally)\w+ly|often|sometimes)$")
_IN_GENERAL = re.compile(r"^in general$")
# What hedges a whole clause is not said before what hedges it already: "in general ... sold for the most part"
_HEDGE = re.compile(r"^(?:in general|generally|typically|normally|usually|traditionally|historically)$")
_HEDGED = re.compile(
    r"\b(?:for the most part|in general|generally|typically|normally|usually|primarily|principally|mainly|chiefly)\b"
)
# A relative clause right behind the core: a period put between them would be taken for what it speaks of.
_CLOSE = re.compile(r"(?:in|under|through|pursuant to) which\b|that\b")
_AUXILIARIES = frozenset("is are was were has have will may can does do".split())
_PERIOD_LEAD = re.compile(r"^(?:in|during|at|as of|for|on|since|at the end of)\s.*\b(?:19|20)\d\d$")
# What a closing adverbial could be taken to belong to instead of the clause.
_ATTACHES = re.compile(r",|\b(?:that|which|who|whose|where|to [a-z]+|\w+ing|(?:19|20)\d\d|while|when)\b")
_HEAD_WORD = (
    r"\b(?:include|includes|including|such as|consists? of|comprises?|are|serves?|offers?|sells?|"
    r"provides?|to|through|as|"
    r"manufactures?|markets?|produces?)"
)
_LIST_HEAD = re.compile(rf"^(.*?{_HEAD_WORD})\s+(?=\S)(.+)$")
_LAST_HEAD = re.compile(rf"^(.*{_HEAD_WORD})\s+(?=\S)(.+)$")
# "its other companies with | sales, marketing, technology": what stands before all members
_SHARED_OPENING = re.compile(r"[^,]*? with(?= )")
# A noun that the members before it may share: "information technology, customer service and billing services"
_SHARED_NOUN = re.compile(
    r"\b(?:services|support|functions|operations|activities|capabilities|entities|industries|markets|sectors|segments|"
    r"applications|purposes|companies|organizations|connectivity)$"
)
_PLAIN_MEMBER = 5  # words
_NO_MEMBER = re.compile(r"[\d:;()%$]|\b(?:and|or|which|that|who|whose|where|is|are|was|were|including|such)\b")
_COUNTED = re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b")


def cut(wording: Wording, part: Distributed) -> Wording:
    """The wording with its tail cut into details, its list into items, and its lead and periods in place."""
    wording = replace(wording, predicate=_said_once(wording.predicate))
    years = _YEARS.match(wording.predicate)
    if years and not part.against:
        wording = replace(wording, predicate=years.group("latest"))
        part = replace(part, against=(f"against {years.group('before')}",))
    named = _NAMED_IS.match(wording.predicate) if not wording.company else None
    if named and named.group("more"):
        wording = replace(wording, predicate=named.group("what"))
        part = replace(part, against=(*part.against, named.group("more")))
    denies = _DENIAL.search(wording.subject) or _DENIAL.search(wording.predicate)
    core, details = (wording.predicate, []) if denies else _tails(wording.predicate)
    items: tuple[str, ...] = ()
    opening: str | None = None
    if part.lead and not (_HEDGE.match(part.lead) and _HEDGED.search(core)):
        core, opening = _placed(core, part.lead) if not (details and _CLOSE.match(details[0])) else (core, part.lead)
    elif not part.against and not details:
        core, items = _with_items(core)
    listed = _LISTING.match(details[0]) if details else None
    if _NEEDS_TAIL.search(core) and details:
        core, details = verb_phrase(core, [], details), []
    if listed and (found := _all_of(_MEMBER_TAIL.sub("", listed.group("list")))):
        core, items, details = f"{core}, {listed.group('opening')}", tuple(found), []
    elif details and (listed or _says_little(core, details[0])) and len(details[0].split()) <= _MAX_FIRST_DETAIL:
        core, details = verb_phrase(core, [], details[:1]), details[1:]
    return replace(
        wording, predicate=core.rstrip(" ,;"), details=part.against + tuple(details), items=items, opening=opening
    )


def _says_little(core: str, detail: str) -> bool:
    """True for a core that needs its first detail; a figure needs no figure of another year beside it."""
    return len(core.split()) < _SHORTEST_CORE and not (_FIGURE.search(core) and _COMPARISON.match(detail))


def _said_once(predicate: str) -> str:
    """The predicate with the whole of several shares named once: "39% of its sales in 2006, 51% in 2005"."""
    predicate = _BARE_WHOLE.sub(" of ", predicate)
    whole = _WHOLE.search(predicate)
    if whole is None:
        return predicate
    again = re.compile(rf"(?<=\d%) {re.escape(whole.group('of'))}(?=[ ,]|$)")
    return predicate[: whole.end()] + again.sub("", predicate[whole.end() :])


def _placed(core: str, lead: str) -> tuple[str, str | None]:
    """The core with the adverbial that opened its sentence, or the core and that adverbial as its opening.

    A bare period may close a short plain clause; behind anything that it could be taken to belong to, it would mislead.
    """
    lead = _IN_GENERAL.sub("generally", lead)
    if _MANNER.match(lead):
        first, _, rest = core.partition(" ")
        return (f"{first} {lead} {rest}" if first in _AUXILIARIES else f"{lead} {core}"), None
    plain = not _ATTACHES.search(core) and len(core.split()) <= _CLOSE_ENOUGH
    return (f"{core} {lead}", None) if plain and _PERIOD_LEAD.match(lead) else (core, lead)


def _tails(predicate: str) -> tuple[str, list[str]]:
    """The predicate up to its first subordinate tail, and the tails that say something, in order."""
    cuts = [
        m
        for m in _TAIL_OPENER.finditer(predicate)
        if _outside(predicate, m.start())
        and _ends_well(predicate[: m.start()])
        and not _in_series(predicate, m)
        and not _in_list(predicate, m)
    ]
    cuts = [m for n, m in enumerate(cuts) if n == 0 or m.start() - cuts[n - 1].end() > _SHORTEST_TAIL]
    if not cuts:
        return predicate, []
    core = predicate[: cuts[0].start()]
    details = []
    for here, following in zip(cuts, [*cuts[1:], None], strict=True):
        tail = predicate[here.end() : following.start() if following else len(predicate)].strip()
        if IDLE_TAIL.match(tail):
            break
        details.append(SENTENCE_END.sub("", tail))
    return core, [d for d in details if d]


# What a predicate that is too long is told without, in this order.
_SPARE = (
    re.compile(r"\s\((?!(?:other than|except|excluding|unless|net of|subject to)\b)[^()]*\)"),
    re.compile(
        r",\s(?:an?|the)\s[^,;:]{3,90}(?=,\s(?:to|for|in|under|which)\b),"
    ),  # "X, a subsidiary of Y, to develop"
    re.compile(r":\s.*$"),
    re.compile(
        r",\s(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)(?:\s\w+)?\s(?:in|located in|of which)\s.*$"
    ),
)


def shortened(predicate: str, most: int) -> str:
    """The predicate within `most` words where asides, appositions or a breakdown that ends it can be spared for it."""
    for spare in _SPARE:
        if len(predicate.split()) <= most:
            break
        predicate = spare.sub("", predicate)
    return predicate if len(predicate.split()) <= most else _first_of_list(predicate)


def _first_of_list(predicate: str) -> str:
    """The predicate with the first members of the list that ends it: "sells to A, B and C, among others"."""
    whole, *others = split_outside(predicate, "; ")
    if others and len(whole.split()) >= _SHORTEST_CORE and not re.search(r"\b(?:that|which|who)\b", whole):
        return f"{whole}, among others"
    first, *rest = split_outside(predicate, ", ")
    head = _LAST_HEAD.match(first)
    told = list(takewhile(_is_plain_member, rest[: FIRST_ITEMS - 1]))
    if head is None or len(rest) < FIRST_ITEMS or len(told) < FIRST_ITEMS - 1 or not _is_plain_member(head.group(2)):
        return predicate
    return f"{head.group(1)} {joined([head.group(2), *told])}, among others"


def _is_plain_member(part: str) -> bool:
    return len(part.split()) <= _PLAIN_MEMBER and not _NO_MEMBER.search(part)


def _in_series(predicate: str, cut: re.Match[str]) -> bool:
    """True where a cut would end a list before its last member: "phones that float, cases | that fit, and tools"."""
    before, behind = predicate[: cut.start()], predicate[cut.end() :]
    return bool(_SERIES_OPEN.search(before) and _SERIES_CLOSE.match(behind)) and not cut.group().startswith(",")


def _in_list(predicate: str, cut: re.Match[str]) -> bool:
    """True where "as well as" stands for the "and" of a list: "lamps, saws, spades, | as well as hoes"."""
    *others, last = predicate[: cut.start()].split(", ")
    open_list = len(others) >= _OPEN_LIST and not re.search(r"\b(?:and|or)\b", last)
    return open_list and predicate.startswith("as well as ", cut.end())


def _ends_well(core: str) -> bool:
    """False where a cut would leave a phrase hanging ("convertible notes and") or a list without its end."""
    return (
        core.rpartition(" ")[2].lower() not in HANGING
        and not _OPEN_COLON.search(core)
        and not _BARE_PARTICIPLE.search(core)
        and not _OPEN_SERIES.search(core)
    )


def _outside(text: str, at: int) -> bool:
    before = text[:at]
    return (
        before.count("(") == before.count(")") and before.count("“") == before.count("”") and before.count('"') % 2 == 0
    )


def _with_items(core: str) -> tuple[str, tuple[str, ...]]:
    """The core up to the list that ends it, and its members; a counted list ("four segments: ...") stays whole."""
    first = split_outside(core, ", ")
    if len(first) < 3:
        return core, ()
    match = _LIST_HEAD.match(first[0])
    if match is None or _COUNTED.search(match.group(1)):
        return core, ()
    head = match.group(1) + (_SHARED_OPENING.match(core, len(match.group(1)) + 1) or [""])[0].rstrip()
    listed = _all_of(_MEMBER_TAIL.sub("", core[len(head) + 1 :]))
    if (
        len(listed) < 3
        or not _stand_alone(listed)
        or (_PREPOSITION.search(listed[-1]) and not any(_PREPOSITION.search(m) for m in listed[:-1]))
    ):
        return core, ()  # "shears, spades and hoes to garden centers": the last is more than a member
    return head, tuple(listed)


def _all_of(phrase: str) -> list[str]:
    """The members of a list of things that are all meant; [] for alternatives, which are never told with "and"."""
    return [] if _ALTERNATIVE.search(phrase.rpartition(", ")[2]) else members(phrase)


def _stand_alone(listed: list[str]) -> bool:
    """False where a later member has the noun of all: "construction, hospitality and transportation entities"."""
    shared = [n for n, m in enumerate(listed) if n and _SHARED_NOUN.search(m)]
    holder = shared[-1] if shared else len(listed) - 1
    alone = sum(m.endswith("s") or any(w[:1].isupper() for w in m.split()) or " of " in m for m in listed[:holder])
    return not (shared or listed[holder].endswith("s")) or alone >= (holder + bool(shared)) / 2
