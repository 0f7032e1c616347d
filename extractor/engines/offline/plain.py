"""A sentence made plain: definitions, marks, praise and joining words left out, its opening adverbial taken off."""

from __future__ import annotations

import re

from extractor.engines.offline.phrases import OPENING, PRAISE
from extractor.wording import joined

# ("Sonim" or the "Company") / (together with its subsidiaries, ...) / (NYSE: TSN): an aside without figures
_ASIDE = re.compile(
    r"\s*\((?!(?:included|including|excluding|before|after|net of|other than)\b)(?![^()]*\d)[^()]*\)|"
    r"\s*\((?:NYSE|NASDAQ|Nasdaq|see)[^()]*\)|\s*\((?:the\s+)?[\"“][^()]*\)"
)
# Praise with the article before it; "leading" only behind "a": "one of the leading providers" needs its word.
_ARTICLE_PRAISE = re.compile(
    rf"\b(?:(?P<article>[Aa]n?)\s+)?(?:{PRAISE})|\b(?P<of_leading>[Aa])\s+leading\s+(?=(?:\w+ )?(?:provider|"
    rf"manufacturer|"
    r"supplier|producer|developer|designer|marketer|retailer|distributor|operator|publisher)\b)",
    re.IGNORECASE,
)
_FORMER_NAME = re.compile(r", formerly [^,]{3,80},")
_MARKS = re.compile(r"[®™©†‡]|\((?:R|TM|SM|r|tm)\)|'TM'|'r'|\*+(?=\s|$)")
# "sold under names including: Fernhook, Ashby and Thorn" / "The brands are: Fernhook and Ashby"
# "serves two groups - schools and families - and has found ways to meet their needs:"
_DASHED = re.compile(r"(?<=s) [—–-] (?P<list>[^—–]+?) [—–-] (?:and|which|that)\b[^—–]*$")
_COUNT_BEFORE = re.compile(r"\b(?:two|three|four|five|six) (?:[\w-]+ ){0,3}[\w-]+s$")
# "attracts deposits and invests such funds"
_SUCH_FUNDS = re.compile(
    r"(?P<what>\b(?:deposits|proceeds|borrowings|collections|payments)\b)"
    r"(?P<between>[^.;]*?) such (?=funds|amounts|proceeds)"
)
_BARE_COLON = re.compile(r"\b(including|such as|includes?|consists? of|are|were):(?= [A-Za-z])")
# "operates in three segments: Lamps; Tools; Other businesses."
_SEMICOLONS = re.compile(r"(?<=: )(?P<list>[^:;,.]+(?:; (?!and\b|or\b)[^:;,.]+){2,})(?=\.?$)")
# "Export sales were: 1994-$2,000; 1993-$1,000"
_AMOUNT = r"\$[\d,.]*\d(?: [mb]illion)?"
_BY_YEAR = re.compile(
    rf"\b(?P<verb>were|was):? (?P<latest>(?:19|20)\d\d)\s?[-–—:]\s?(?P<amount>{_AMOUNT})"
    rf"(?P<others>(?:[;,](?: and)? (?:19|20)\d\d\s?[-–—:]\s?{_AMOUNT})+)"
)
_YEAR_AND_AMOUNT = re.compile(rf"((?:19|20)\d\d)\s?[-–—:]\s?({_AMOUNT})")
# "Original Equipment Manufacturers OEMs": a short form with its parentheses lost
_REPEATED = re.compile(r"\b(?P<name>(?:[A-Z][a-z]+ ){2,5})(?P<short>[A-Z]{2,5})s?\b")
# "In addition there was no single customer who accounted for more than 10%"
_THERE_WAS = re.compile(
    r"^(?:In addition,? )?[Tt]here (?:is|was|are|were) (?=(?:no|one|two|three|four|five|only)\b)(?P<who>[^,;.]{4,60}?) "
    r"(?:who|that|which) "
    r"(?=(?:(?:each|individually) )?(?:account|represent|contribut|compris|exceed|provid|generat|had\b|purchas))"
)
_SHARE_COMMA = re.compile(r"(?<=\d%), (?=of (?:the|its|our|net|total|sales|revenues?)\b)")
_LOST_APOSTROPHE = re.compile(r"(?<=\b[Tt]he Company)(?=s\s[a-z])")
_ENUMERATOR = re.compile(r"^(?:\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)|\d{1,2}\.)\s+")
# "As of January 31, 1995, " / "For the years ended December 31, 2022 and 2021, " / "In fiscal 2013, "
_TIME_LEAD = re.compile(
    r"^((?:Also\s+|Effective\s+)?(?:In|During|For|As of|At|Since|On|By|Through|Throughout|Effective|At the end "
    r"of|As at|Prior to|Before|Until)\s"
    r"[^;:]{0,90}?(?:19|20)\d\d(?:,? and (?:19|20)\d\d|, (?:19|20)\d\d)*(?: and (?:19|20)\d\d)?(?: fiscal "
    r"years?)?),?\s+(?=[A-Za-z\d$])"
)
_PLACE_LEAD = re.compile(
    r"^((?:Through|With) (?:our|its|the Company['’]s) [^,;:]{0,50}\bsubsidiar(?:y|ies), [A-Z][^,;:]{1,40}"
    r"(?=,\s(?:we|the Company)\s)|(?:Excluding|In|Within|Outside|Through|Under|For|At|By|With|From|On|During|"
    r"Prior to|Notwithstanding)\s[^,;:]{2,70}|(?:Pursuant|Subject) to\s[^;:]{2,90}?|"
    r"Through\s[^,;:]{2,60}, [A-Z][^,;:]{1,60}|"
    r"As (?:consideration|security|collateral)\s[^,;:]{2,70}|"
    r"(?:In|For|Within|Outside)\s[^;:]{2,90}?(?=,\s(?:we|the Company)\s)),\s+(?=[A-Za-z])"
)
# "Founded in 1935 by its owner and grown since, the Company has ...": what a sentence about the company opens with
_PARTICIPLE_LEAD = re.compile(
    r"^(?!Excluding|Including|During|Following|According|Beginning|Pending)(?:[A-Z][a-z]+(?:ing|ed)|With|As "
    r"(?:a|an|the)|As part)\b(?:[^.;:]|(?<= [A-Z])\.){3,160}?,\s+(?=(?:we|the Company|the company)\s)"
)
_ADVERB_LEAD = re.compile(
    r"^(?:([A-Z][a-z]+ly|In general|Often|Sometimes),|(Generally|Typically|Historically|Traditionally|Normally|"
    r"Usually|Currently|Presently))\s+(?=[a-zA-Z])"
)
# The full stop, with what stands around it; the stop of an abbreviation ("U.S.", "Inc.") stays.
SENTENCE_END = re.compile(
    r"[;,]\s*(?:and|or)[\s.]*$|(?<!\b[A-Z])(?<!\bInc)(?<!\bLtd)(?<!\bCorp)(?<!\bCo)\.[\s;:,]*$|[\s;:,]+$"
)
_SHORTEST_CLAUSE = 15  # characters: what is left of a sentence without its opening


def plain(sentence: str) -> str:
    """The sentence without definitions, marks, enumerators and praise."""
    text = _MARKS.sub("", _ASIDE.sub("", _ENUMERATOR.sub("", _LOST_APOSTROPHE.sub("'", sentence))))
    text = re.sub(r"\s+([,;:]|\.(?!\d))", r"\1", re.sub(r"\s+", " ", text)).strip()
    text = _SUCH_FUNDS.sub(r"\g<what>\g<between> the ", _without_dashes(text))
    text = _BY_YEAR.sub(_compared, _SHARE_COMMA.sub(" ", _FORMER_NAME.sub("", text)))
    text = _REPEATED.sub(_said_once, _SEMICOLONS.sub(_listed, _BARE_COLON.sub(r"\1", text)))
    previous = None
    while previous != text:
        previous = text
        text = capitalised(OPENING.sub("", text))
    return capitalised(_ARTICLE_PRAISE.sub(_unpraised, _THERE_WAS.sub(r"\g<who> ", text)))


def without_participle(text: str) -> str:
    """The sentence without a participle phrase in front: "Founded in 1935, the Company has" -> "The Company has"."""
    return capitalised(_PARTICIPLE_LEAD.sub("", text))


def without_lead(text: str) -> tuple[str, str]:
    """The sentence without its opening adverbial, and that adverbial in lower case: "in 2022", "generally"."""
    for pattern in (_TIME_LEAD, _PLACE_LEAD, _ADVERB_LEAD):
        match = pattern.match(text)
        if match and len(text) - match.end() > _SHORTEST_CLAUSE:
            lead = match.group(match.lastindex or 1)
            return capitalised(text[match.end() :]), lead[0].lower() + lead[1:]
    return text, ""


def _unpraised(match: re.Match[str]) -> str:
    """What stands before praise, with "a" or "an" as the word after the praise asks: "a superior oil" -> "an oil"."""
    article = match.group("article") or match.group("of_leading")
    if article is None:
        return ""
    vowel = re.match(r"(?!one\b|uni|use|eu)[aeiou]", match.string[match.end() :], re.IGNORECASE)
    return f"{article[0]}n " if vowel else f"{article[0]} "


def _listed(match: re.Match[str]) -> str:
    return joined(match["list"].split("; "))


def _compared(match: re.Match[str]) -> str:
    """ "were: 1994-$2; 1993-$1" as "were $2 in 1994, compared to $1 in 1993"."""
    before = [f"{amount} in {year}" for year, amount in _YEAR_AND_AMOUNT.findall(match["others"])]
    return f"{match['verb']} {match['amount']} in {match['latest']}, compared to {joined(before)}"


def _said_once(match: re.Match[str]) -> str:
    """ "Original Equipment Manufacturers OEMs" without the short form."""
    initials = "".join(word[0] for word in match["name"].split())
    return match["name"].rstrip() if initials.endswith(match["short"]) else match.group()


def _without_dashes(text: str) -> str:
    """The sentence with counted things told after a colon, without what else is said of them after a dash."""
    dashed = _DASHED.search(text)
    if dashed is None or not _COUNT_BEFORE.search(text, 0, dashed.start()):
        return text
    return f"{text[: dashed.start()]}: {dashed['list']}"


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
