"""Who the filing company is: its name, the short names that the filing gives it, and other defined terms."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from extractor.document import Document
from extractor.verbs import is_adverb, is_noun, verb_lemma

_QUOTES = "\"“”'‘’"
_SUFFIX = (
    r"(?:Inc|Incorporated|Corp|Corporation|Co|Company|Companies|Ltd|Limited|LLC|L\.L\.C|L\.P|LP|PLC|plc|N\.V|S\.A|Bancorp|"
    r"Bancshares|Holdings?|Group|Trust|Partners(?:hip)?|Fund|Institution|Association|Bank|"
    r"INC|CORPORATION|CORP|COMPANY|COMPANIES|CO|LTD|BANCORP|HOLDINGS|GROUP)"
)
# "Asta Funding, Inc." / "THE UNITED STATES SHOE CORPORATION" / "The Estée Lauder Companies Inc."
_NAME = re.compile(
    rf"(?:The\s+)?(?:[A-Z][\w&'’.-]*(?:,)?\s+(?:(?:of|and|&|the|"
    rf"for)\s+)?){{0,6}}?[A-Z][\w&'’.-]*,?\s+{_SUFFIX}\b\.?(?:\s+of\s+[A-Z]\w+)?(?:,?\s+(?:(?:Inc|Ltd|Corp|"
    rf"INC)\b\.?|plc|PLC|LLC))?"
)
# ("XeTel" or the "Company") / (together with its subsidiaries, the “Company,” “we,” “us”)
_DEFINITION = re.compile(rf"\(([^()]{{0,240}}[{_QUOTES}][^()]{{0,240}})\)")
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,60}?)[,.]?[\"”]|(?<!\w)[‘']([^'‘’]{2,60}?)[,.]?[’'](?!\w)")
_LEGAL_FORM = re.compile(r",?\s+(?:Inc|Incorporated|Corp|Corporation|Co|Ltd|Limited|LLC|PLC|plc)\.?$")
_COMMON_FIRST = frozenset(
    "United American National First General International Federal New Great North South East West Central "
    "Pacific Atlantic Global the".split()
)
_GENERIC = frozenset(
    "company companies we us our corporation registrant issuer partnership fund trust firm bank holding "
    "holdings group".split()
)
# First Federal Savings Bank ("First Federal" or the "Bank"): a name and what it is called from there on
_DEFINED_TERM = re.compile(
    r"(?P<name>(?:[A-Z][\w&'’.-]*,?\s+(?:(?:of|and|for|the|"
    r"&)\s+){0,2}){0,8}[A-Z][\w&'’.-]*),?\s*\((?P<called>[^()]{0,30}[\"“][^()]{2,80})\)"
)
_UNNAMED = "the company"
_WEB_SITE = re.compile(r"\bwww\.(?P<name>[a-z][a-z0-9]{2,})\.(?:com|net|org)\b")
_USED = 3  # times that a filing must use a name which only its web site tells
# "less-than-truckload (“LTL”)" / "original equipment manufacturers, or OEMs,": a short form behind its words
_SHORT_FORM = re.compile(
    r",?\s*\([\"“]?(?P<bracketed>[A-Z]{2,6}s?)[,.]?[\"”]?\)|,?\s+or\s+(?P<named>[A-Z]{2,6}s?)(?=[,.;])"
)
_INITIAL = re.compile(r"[A-Za-z][A-Za-z]*")
_WITHOUT_INITIAL = frozenset("of and the for in to a on".split())
_MOST_SPELLED = 90  # characters before a short form that are looked at


@dataclass(frozen=True)
class Identity:
    """The company as the filing names it: `name` in full, `short` for the reader, `aliases` for the matcher."""

    name: str
    short: str
    aliases: frozenset[str]
    terms: dict[str, str] = field(default_factory=dict)
    subject: re.Pattern[str] = field(default=re.compile("$^"), compare=False)


@lru_cache(maxsize=2)  # engine, grounding and narration ask for the same document one after another
def identify(document: Document) -> Identity:
    """The filing company of `document`; the name is "the company" where none is found."""
    opening = [s.text for s in document.sentences[:40]]
    name, definition = _named(opening)
    filed = document.filing.company
    if filed and not _shares_word(name, filed):  # another party's name, or a head that says it better
        name, definition = _most_named(opening[:12]), ""
        name = name if _shares_word(name, filed) else filed.title() if filed.isupper() else filed
    if name == _UNNAMED:
        name = _of_web_site(document.text) or name
    aliases = {
        alias for alias in _quoted(definition) if not set(alias.lower().removeprefix("the ").split()) <= _GENERIC
    }
    short = _short_name(name, aliases, document.text)
    names = {n for n in (name, short, *aliases) if n != _UNNAMED and not _is_place(n, document.text)}
    return Identity(name, short, frozenset(names), _terms(document), _subject_pattern(names))


def _shares_word(name: str, filed: str) -> bool:
    """True where a name of the text is that of the filing's head: "Orion" of "ORION LAMPS INC"."""
    words = set(re.findall(r"\w+", filed.casefold())) - _GENERIC - {"the", "of", "and", "inc", "corp", "co", "ltd"}
    return not words.isdisjoint(re.findall(r"\w+", name.casefold()))


def _named(sentences: list[str]) -> tuple[str, str]:
    """The company's full name and the text of its definition: the first defined name, else the most frequent."""
    first = other = ""
    for text in sentences:
        for match in _NAME.finditer(text):
            if set(match.group().lower().split()) <= _GENERIC | {"the"}:
                continue
            if match.start() == 0:
                first = first or match.group().strip(" ,")
            other = other or match.group().strip(" ,")
            definition = _DEFINITION.match(text, _skip_space(text, match.end()))
            if definition and re.search(
                r"company|we\b|registrant|corporation|holding", definition.group(1), re.IGNORECASE
            ):
                return match.group().strip(" ,"), definition.group(1)
    for text in sentences:
        meant = re.search(r"(?:refers?|means?|references?)\b.{0,80}?\bto\s+(.*)", text)
        named = _NAME.search(meant.group(1)) if meant else None
        if named and re.search(r"\b(?:we|our|us|company)\b", text, re.IGNORECASE):
            return named.group().strip(" ,"), text
    if first:
        return first, _definition_after(first, sentences)
    return _most_named(sentences[:12]) or other or _UNNAMED, ""


# "Nuance provides" / "Internet America is": a capitalised subject of a business verb
_NAMED_SUBJECT = re.compile(
    r"^((?:[A-Z][\w&’'-]+\s+){0,2}?[A-Z][\w&’'-]+)\s+(?:is|was|has|offers|provides|sells|designs|operates|"
    r"believes|pioneered|makes|develops|serves)\b"
)


def _most_named(sentences: list[str]) -> str:
    """The capitalised subject that opens most sentences, where at least one, and that is no common noun, does."""
    found = Counter(match.group(1) for text in sentences for match in [_NAMED_SUBJECT.match(text)] if match)
    names = [
        name
        for name, _ in found.most_common()
        if " " in name or not (is_noun(name) or is_adverb(name) or verb_lemma(name))
    ]
    plain = [
        name
        for name in names
        if name.split()[0] not in ("The", "Our", "We", "In", "This", "These", "It", "Each", "No", "Most", "All")
    ]
    return plain[0] if plain else ""


def _of_web_site(text: str) -> str:
    """The name that a filing's first web address spells, as the text writes it: "Orion" of "www.orion.com"."""
    site = _WEB_SITE.search(text)
    if site is None:
        return ""
    spelling = re.compile(rf"(?<![\w./@-]){' ?'.join(site['name'])}(?![\w@-]|\.\w)", re.IGNORECASE)
    found = Counter(m.group() for m in spelling.finditer(text) if m.group()[0].isupper())
    name, uses = found.most_common(1)[0] if found else ("", 0)
    return name if uses >= _USED else ""


def _definition_after(name: str, sentences: list[str]) -> str:
    for text in sentences:
        at = text.find(name)
        if at >= 0:
            definition = _DEFINITION.match(text, _skip_space(text, at + len(name)))
            if definition:
                return definition.group(1)
    return ""


def _skip_space(text: str, i: int) -> int:
    while i < len(text) and text[i] in " ,":
        i += 1
    return i


def _quoted(definition: str) -> list[str]:
    return [(a or b).strip(" ,.") for a, b in _QUOTED.findall(definition)]


def _short_name(name: str, aliases: set[str], text: str) -> str:
    """The alias that the filing uses most, else the name without its legal form where the filing uses that."""
    bare = _LEGAL_FORM.sub("", re.sub(r"^The\s+", "", name))
    aliases = {alias for alias in aliases if not _is_place(alias, text)}
    counted = sorted(aliases, key=lambda a: (-len(re.findall(rf"\b{re.escape(a)}\b", text)), a))
    if counted and len(re.findall(rf"\b{re.escape(counted[0])}\b", text)) >= 2:
        return counted[0]
    for candidate in (re.sub(rf"\s+{_SUFFIX}$", "", bare), bare.split()[0]):
        distinct = not _is_place(candidate, text) and (
            " " in candidate or not (is_noun(candidate) or verb_lemma(candidate) or candidate in _COMMON_FIRST)
        )
        if distinct and len(re.findall(rf"\b{re.escape(candidate)}\b(?!,?\s+{_SUFFIX})", text)) >= 3:
            return candidate
    return bare


def _is_place(alias: str, text: str) -> bool:
    """True for an alias that the text uses as a town's name too: "Peekskill, New York"."""
    return (
        re.search(rf"\b(?:in|at|of|near|Street|Avenue|Road|Park),?\s+{re.escape(alias)}, [A-Z][a-z]+", text) is not None
    )


def _terms(document: Document) -> dict[str, str]:
    """Defined terms, the first definition of each: `Federal Home Loan Bank ("FHLB")` gives FHLB its name."""
    found: dict[str, str] = {}
    for sentence in document.sentences:
        for match in _SHORT_FORM.finditer(sentence.text):
            short = match["bracketed"] or match["named"]
            name = spelled(sentence.text[: match.start()], short)
            if name:
                found.setdefault(short, name)
        for match in _DEFINED_TERM.finditer(sentence.text):
            for term in _quoted(match.group("called")):
                if term[:1].isupper():
                    found.setdefault(term, match.group("name").partition(",")[0].strip())
    return found


def spelled(text: str, short: str) -> str | None:
    """The words that end `text` whose initials make the short form: "ships less-than-truckload" for "LTL"."""
    begin = max(len(text) - _MOST_SPELLED, 0)
    letters = list(short.removesuffix("s").lower())
    for word in reversed(list(_INITIAL.finditer(text, begin))):
        if word.group()[0].lower() == letters[-1]:
            letters.pop()
        elif word.group().lower() not in _WITHOUT_INITIAL:
            return None
        if not letters:
            return text[word.start() :].strip()
    return None


def _subject_pattern(names: set[str]) -> re.Pattern[str]:
    """Matches the company where it stands as a subject at a clause's start: "We", "The Company", "Sonim"."""
    listed = "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n)))
    own = f"|(?:{listed})|The\\s+(?:{listed})" if listed else ""
    return re.compile(
        rf"(?:[Ww]e|[Oo]ur Company|[Tt]he\s+(?:Company|Registrant|Corporation|Partnership|Trust|Fund|company|"
        rf"Issuer)|The\s+Firm|Registrant{own})(?![\w’'-])"
        r"(?:(?:,?\s+(?:and|together with)|,)\s+its\s+(?:[\w-]+\s+){0,2}subsidiaries(?=\s(?:is|was|has)\b))?"
        r"(?!\s+(?:and|or)\b)"
    )
