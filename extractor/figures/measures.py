"""What a number measures, and whom the text gives it to, where the wording is plain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.figures.number import Number

# How far around a number its measure and subject are looked for.
_REACH = 160
_OWNERS = r"(?:our|its|their|the\s+company['’]s|the\s+[A-Z][\w&-]*['’]s|[A-Z][\w&.-]*['’]s|the|total|all|consolidated)"
_MEASURE = (
    r"(?:(?:net|gross|total|consolidated|annual|finance|operating|interest|product|service|export|average|"
    r"net\s+patient|pro\s+forma|comparable|advertising|subscription|license|retail|wholesale)\s+){0,3}"
    r"(?:sales|revenues?|income|loss(?:es)?|earnings|profits?|collections|receivables|deposits|assets|loans|"
    r"borrowings|backlog|expenses?|expenditures?|costs?|equity|capital|cash|dividends|purchases|proceeds|"
    r"merchandise|shares|stock|indebtedness|debt|margin|production|orders|bookings)"
)
# "42% of our net revenue", "$10.2 million in net sales"
_AFTER = re.compile(rf"\s+(?:of|in)\s+(?:{_OWNERS}\s+){{0,3}}(?P<of>{_MEASURE})\b", re.IGNORECASE)
# "net sales were $10.2 million", "revenue of approximately $69.8 million", "revenue increased 12% to"
_BEFORE = re.compile(
    rf"\b(?P<of>{_MEASURE})(?:\s+(?:for|in|during)\s[^.;$%]{{1,50}})?,?\s+"
    r"(?:of|was|were|is|are|totall?ed|amounted\s+to|came\s+to|reached|increased(?:\s+by)?|decreased(?:\s+by)?|rose(?:\s+by)?|"
    r"fell(?:\s+by)?|grew(?:\s+by)?|declined(?:\s+by)?)(?:\s+(?:to|approximately|about|over|nearly|more\s+than))*\s*$",
    re.IGNORECASE,
)
_GIVES = (
    r"(?:accounted|accounts|account)\s+for|represented|represents|represent|contributed|contributes|generated|"
    r"generates|comprised|comprises|constituted|constitutes|made\s+up|provided|provides"
)
# "Motorola accounted for approximately 18%"
_GIVER = re.compile(
    rf"(?P<whose>[^.,;:()%$]{{2,70}}?)\s+(?:{_GIVES})\s+(?:for\s+)?(?:approximately|about|over|nearly|roughly|more\s+than|an?|the|\s)*$",
    re.IGNORECASE,
)
# "18% of net sales came from Motorola"
_FROM = re.compile(
    r"[^.;%$]{0,80}?\b(?:from|attributable\s+to|derived\s+from|(?:was|were|is|are)\s+to)\s+(?:sales\s+(?:to|of)\s+)?(?P<whose>[^.,;:()%$]{2,60})",
    re.IGNORECASE,
)
# "Three customers, Orion (certain units), Vega and Lyra Works, accounted for"
_NAMES_BEFORE = re.compile(
    rf"(?:^|[\s,])(?P<names>[^.;:%$]{{3,200}}?),?\s+(?:each\s+)?(?:{_GIVES})\s+(?:approximately\s+|about\s+)?$",
    re.IGNORECASE,
)
_PARENTHESES = re.compile(r"\s*\([^()]{0,120}\)")
_LIST_JOINT = re.compile(r"\s*,\s+(?:and\s+)?|\s+and\s+")
_OPENERS = re.compile(
    r"^(?:(?:in|during|for)\s+(?:fiscal\s+)?(?:the\s+)?[\w\s]{0,30}?(?:19|20)\d\d,?\s+|and\s+|the\s+)", re.IGNORECASE
)


# Words that a match of `_BEFORE` ends with, and verbs among the last three of `_NAMES_BEFORE`: searched for first, as
# most numbers have none.
_VERB_ENDS = frozenset(
    "of was were is are totaled totalled to reached increased decreased rose fell grew declined by approximately about "
    "over nearly than".split()
)
_GIVING = frozenset(
    "accounted accounts account represented represents represent contributed contributes generated generates comprised "
    "comprises constituted constitutes made provided provides".split()
)


def _ends_with(text: str, most: int, words: frozenset[str]) -> bool:
    """Say whether one of the last `most` words of a text is one of these."""
    return not words.isdisjoint(text.lower().rsplit(None, most)[-most:])


def measure_of(text: str, number: Number) -> str | None:
    """Return what the number measures or is a share of: "net sales" for "24% of the Company's net sales"."""
    after = _AFTER.match(text, number.end, min(len(text), number.end + _REACH))
    if after:
        return " ".join(after["of"].split())
    window = text[max(0, number.start - _REACH) : number.start]
    before = _BEFORE.search(window) if _ends_with(window, 1, _VERB_ENDS) else None
    return " ".join(before["of"].split()) if before else None


def subjects_of(text: str, run: Sequence[Number]) -> list[str | None]:
    """Return for each number of one list whom the text gives it to: "A, B and C accounted for 24%, 18% and 15%"."""
    first = run[0]
    window = text[max(0, first.start - 2 * _REACH) : first.start]
    if len(run) > 1:
        listed = _NAMES_BEFORE.search(window) if _ends_with(window, 3, _GIVING) else None
        names = _listed_names(listed["names"]) if listed else []
        if len(names) >= len(run):
            return list(names[len(names) - len(run) :])
        return [None] * len(run)
    giver = _GIVER.search(window)
    if giver:
        return [_OPENERS.sub("", giver["whose"].strip()) or None]
    came = _FROM.match(text, first.end, min(len(text), first.end + _REACH)) if first.kind == "percent" else None
    return [came["whose"].strip() if came else None]


# "One customer, Lathrop, a wholesaler with 112 branches": one thing described, not a list
_APPOSED = re.compile(r"(?:an?|its|our|the)\s", re.IGNORECASE)


def _listed_names(text: str) -> list[str]:
    names = [name.strip() for name in _LIST_JOINT.split(_PARENTHESES.sub("", text)) if name.strip()]
    described = any(_APPOSED.match(name) for name in names)
    return [] if described or any(name[:1].isdigit() and name.isdigit() for name in names) else names
