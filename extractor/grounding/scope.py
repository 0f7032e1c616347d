"""The rule of scope: some is not all, mostly is not only, the largest four are not the largest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.grounding.analysis import Reading
from extractor.grounding.lexicon import name_groups
from extractor.grounding.reasons import reason
from extractor.schema import Reason

_UNIVERSAL = frozenset(
    "all every each entire entirely whole wholly always fully completely everyone everything throughout".split()
)
_ONLY = frozenset("only solely exclusively sole".split())
_WIDE = frozenset(
    "all every each any entire entirely whole wholly always fully complete completely everyone everything throughout full both total"
    " exclusively solely".split()
)


_TIMES = frozenset("year month week day quarter hour season morning night time weekday".split())
_SOFT_ONLY = frozenset("in partial after when if a an at until for with".split())
_LONE = frozenset(
    "one single no not limited exclusively without few only sole solely exclusive alone lone just".split()
)


def scope_reasons(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where the statement claims more, or of a wider whole, than the passage."""
    other = _OTHERS.search(passage.text) if "other" in passage.lowers else None
    if other and statement.lowers & {"no", "none", "all", "every", "any"} and not statement.lowers & _ELSE:
        yield reason("scope", f'leaves out "other"; the passage says "{other.group()}"')
        return
    if "each" in passage.lowers and statement.lowers & _SUMMED and not passage.lowers & _SUMMED:
        yield reason("scope", 'says "together"; the passage says "each"')
        return
    yield from _wider(statement, passage)
    for word, following in _pairs(statement):
        if word in _UNIVERSAL and not passage.lowers & _WIDE and not _excused(word, following, passage):
            yield reason("scope", f'says "{word}"; the passage does not')
            return
        if (
            word in _ONLY
            and not _ONLY_FIGURE.search(statement.text)
            and following not in _SOFT_ONLY
            and not _LONE & {w.lower for w in passage.words if w.text.islower()}
        ):
            yield reason("scope", f'says "{word}"; the passage does not')
            return


# "No other customer", "none of the other segments": what is left out was said before.
_OTHERS = re.compile(r"\b(?:no|none of the|none of its|none of our|all|every)\s+other\b", re.IGNORECASE)
_ELSE = frozenset("other others else another remaining rest besides apart beyond further except".split())
_SUMMED = frozenset("together combined jointly collectively altogether".split())


# "only about 5%" weighs a figure; it does not shut anything out
_ONLY_FIGURE = re.compile(r"\b(?:only|just)\s+(?:about|approximately|around|some|roughly|[$\d])", re.IGNORECASE)
_WORLD = frozenset(
    "worldwide world world's global globally international internationally countries nations continents multinational".split()
)
_HOME = frozenset("nationwide nationally".split())
_HOME_WORDS = frozenset(
    "domestic domestically nationwide nationally national u.s united nation country states state american america north".split()
)
_MOST = re.compile(r"\b(?:most\s+(?:of|\w+s\b)|majority|mostly)\b", re.IGNORECASE)
_MOST_WORDS = frozenset(
    "most majority mostly primarily principally mainly largely predominantly chiefly substantially nearly almost all generally typically usually"
    " principal primary main much bulk virtually every each highly heavily significant normally often large".split()
)
# "the largest customer" where the passage has "four largest customers" or "one of the largest"
_SUPERLATIVE = r"(?P<top>largest|biggest|leading|top|oldest|fastest|best|highest|greatest)"
_ALONE_AT_THE_TOP = re.compile(
    rf"\b(?:the|its|single|our|['’]s)\s+(?:single\s+)?{_SUPERLATIVE}\b(?!\s+(?:\w+\s+)?\w*[^s\W]s\b)", re.IGNORECASE
)
_AMONG_THE_TOP = re.compile(
    rf"\b(?:top|largest|biggest|leading|major)\s+(?:two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|\d+)\b"
    rf"|\b(?:one\s+of\s+(?:the|our|its)|among\s+the|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|\d+)\s+(?:\w+['’]s\s+)?(?:single\s+)?{_SUPERLATIVE}\b",
    re.IGNORECASE,
)
_MOST_FORMS = frozenset(("most", "majority", "mostly"))
_TOP_FORMS = frozenset("largest biggest leading top oldest fastest best highest greatest".split())
_RANKED = re.compile(r"\b(?:second|third|fourth|fifth)[- ](?:largest|biggest|highest|oldest)\b", re.IGNORECASE)


def _wider(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where the statement speaks of the world, the country, most or the first, and the passage of less."""
    for said, enough in ((_WORLD, _WORLD | {"foreign", "overseas", "abroad", "country"}), (_HOME, _HOME_WORDS)):
        words = statement.lowers & said
        if words and not passage.lowers & enough and not _answers(statement, passage, words):
            yield reason("scope", f'says "{min(words)}"; the passage does not')
    most = _MOST.search(statement.text) if statement.lowers & _MOST_FORMS else None
    if most and not passage.lowers & _MOST_WORDS and not any(d.number.kind == "percent" for d in passage.numbers):
        yield reason("scope", f'says "{most.group()}"; the passage does not')
    if not statement.lowers & _TOP_FORMS:
        return
    top, among = _ALONE_AT_THE_TOP.search(statement.text), _AMONG_THE_TOP.search(passage.text)
    if top and among and not _ALONE_AT_THE_TOP.search(passage.text) and not _AMONG_THE_TOP.search(statement.text):
        yield reason("scope", f'says "{top.group()}"; the passage says "{among.group()}"')
    ranked = _RANKED.search(statement.text)
    if ranked and not re.search(r"\b" + ranked.group()[:5], passage.text, re.IGNORECASE):
        yield reason("scope", f'says "{ranked.group()}"; the passage does not')


def _answers(statement: Reading, passage: Reading, words: frozenset[str]) -> bool:
    return any(word.lower in words and word.groups & passage.groups & name_groups() for word in statement.words)


def _pairs(statement: Reading) -> Iterator[tuple[str, str]]:
    words = statement.words
    for i, word in enumerate(words):
        yield word.lower, words[i + 1].lower if i + 1 < len(words) else ""


def _excused(word: str, following: str, passage: Reading) -> bool:
    if word in ("each", "every") and (following in _TIMES or word == "each"):
        return True
    return "100%" in passage.text or (word in ("whole", "entire") and bool(passage.lowers & {"one", "single"}))
