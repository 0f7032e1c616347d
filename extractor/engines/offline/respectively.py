"""Values listed for years or names "respectively", given each to its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.wording import members

_BOUND = r"(?:(?:approximately|about|over|nearly|almost|more than|less than|roughly)\s+)?"
_VALUE = rf"{_BOUND}(?:US)?[$€£]?\d[\d,]*(?:\.\d+)?(?:%|\s+percent|\s+(?:million|billion|thousand|trillion))?"
_VALUES = re.compile(rf"(?P<values>{_VALUE}(?:,\s+{_VALUE})*,?\s+and\s+{_VALUE})(?![\d%])")
_ONE_VALUE = re.compile(_VALUE)
# The comma behind it stays before a clause ("respectively, a decline ...") and goes before a phrase ("of our sales").
_RESPECTIVELY = re.compile(r",?\s*respectively\b(?:,(?=\s*(?:of|in|for|during|to|at|from|as|on|by)\b)|(,?))")
# What stood between commas before it is gone: "spent $5, on development".
_LEFT_COMMA = r"\s*,(?=\s(?:of|in|for|during|to|at|from|as|on|by)\b)"
# "experienced growth rates in net revenues of 4%": what several values left in the plural
_PLURAL_RATE = re.compile(
    r"\b(?:(?P<before>had|experienced|achieved|recorded|reported|realized|at|with|to|by) "
    r"(?=(?:[a-z-]+ ){0,3}?(?:rate|ratio|margin)s)"
    r"(?P<words>(?:[a-z-]+ )*?))?(?P<what>rate|ratio|margin)s\b"
    r"(?P<rest>(?: (?:in|on|of) (?:[a-z']+ ){0,4}?[a-z]+)? (?:of|was|were)) (?=[\d$]|approximately|about)"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
# "for the years ended December 31, 2022 and 2021" / "in fiscal 2013, 2012 and 2011" / "at June 30, 1997 and 1996"
_YEARS = re.compile(
    rf",?\s*\b(?P<head>(?:(?:for|in|during|at|as of|of|through|to)\s+)?(?:(?:each of "
    rf")?(?:the\s+)?)?(?:(?:fiscal\s+)?years?\s+(?:ended\s+)?|fiscal\s+|"
    rf"calendar\s+(?:years?\s+)?)?(?:{_MONTH}\s+\d{{1,2}},\s+)?)"
    r"(?P<years>(?:19|20)\d\d(?:,\s+(?:fiscal(?:\s+year)?\s+)?(?:19|20)\d\d)*,?\s+and\s+(?:fiscal(?:\s+year)?\s+)?"
    r"(?:19|20)\d\d)",
    re.IGNORECASE,
)
_NUMBERS = {word: n for n, word in enumerate("two three four five six seven eight nine ten".split(), start=2)}
# "the segment's three largest customers accounted for 8.6%, 7.5% and 4.8%": as many values as are counted, none named
_COUNTED = re.compile(
    rf"^[^,\d]*\b(?P<number>{'|'.join(_NUMBERS)})\s+(?:largest|top|major|principal|other|[a-z]+)\s?[a-z]*\s+"
    rf"(?:each\s+)?(?:accounted for|represented|contributed)\s+(?P<values>{_VALUE}(?:,\s+{_VALUE})*,?\s+and\s+{_VALUE})"
    rf",?\s+respectively,?(?=\s+of\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# "Motorola, Westinghouse and 3Com" + "accounted for" + "18%, 15% and 24%" + "of net sales in fiscal 1996"
_NAMED_SHARES = re.compile(
    rf"^(?P<names>.+?),?\s+(?P<verb>(?:each\s+)?(?:accounted for|represented|contributed|comprised|constituted|"
    rf"were))\s+(?P<values>{_VALUE}(?:,\s+{_VALUE})*,?\s+and\s+{_VALUE})(?P<rest>.*?)"
    rf"(?P<second>,? and (?P<others>{_VALUE}(?:,\s+{_VALUE})*,?\s+and\s+{_VALUE})(?P<then>[^\d]*(?:19|20)\d\d))?$"
)


# "Three of the Company's customers, Motorola, Westinghouse and 3Com": the names alone
_COUNT_OF = re.compile(r"^(?:two|three|four|five|six|seven|eight|nine|ten)\b[^,]*,\s+(?=[A-Z])", re.IGNORECASE)


def _one_rate(match: re.Match[str]) -> str:
    what, rest = f"{match['words'] or ''}{match['what']}", re.sub(r"\bwere$", "was", match["rest"])
    if match["before"]:
        what = f"{match['before']} {'an' if what[0] in 'aeiou' else 'a'} {what}"
    return f"{what}{rest} "


@dataclass(frozen=True, slots=True)
class Distributed:
    """A clause with one value in place of the list, what it stands against, and the adverbial of its period."""

    clause: str
    lead: str
    against: tuple[str, ...] = ()


def distributed(clause: str, lead: str) -> list[Distributed]:
    """The clauses that `clause` says with "respectively", or itself alone where it says nothing so.

    "our revenue was $69.8 million and $54.6 million, respectively", led by "for the years ended December 31, 2022 and
    2021", gives "our revenue was $69.8 million", led by "in 2022", against "$54.6 million in 2021".
    """
    if not _RESPECTIVELY.search(clause):
        return [Distributed(clause, lead)]
    clause = _of_one_count(clause)
    return _over_years(clause, lead) or _over_names(clause, lead) or [Distributed(clause, lead)]


def _of_one_count(clause: str) -> str:
    """ "its three largest customers accounted for 9%, 8% and 5%, respectively, of sales" without "respectively"."""
    counted = _COUNTED.match(clause)
    mark = _RESPECTIVELY.search(clause)
    if (
        counted is None
        or mark is None
        or len(_ONE_VALUE.findall(counted.group("values"))) != _NUMBERS[counted["number"]]
    ):
        return clause
    return clause[: mark.start()] + clause[mark.end() :]


def _over_years(clause: str, lead: str) -> list[Distributed]:
    mark = _RESPECTIVELY.search(clause)
    if mark is None or re.search(r"\d", clause[mark.end() :]):
        return []  # what comes after has figures of its own: whose period would be a guess
    bare = _RESPECTIVELY.sub(r"\1", clause).strip()
    values = [m for m in _VALUES.finditer(bare) if not _YEARS.match(bare, m.start()) and not _is_year_list(m.group())]
    if len(values) > 1:
        return _latest_of_each(bare, values, lead)
    in_lead, in_clause = _YEARS.search(lead), _YEARS.search(bare)
    years = in_lead or in_clause
    if len(values) != 1 or years is None:
        return []
    amounts = _ONE_VALUE.findall(values[0].group("values"))
    names = _YEAR.findall(years.group("years"))
    if len(amounts) != len(names) or len(names) > 4:
        return []
    latest = max(range(len(names)), key=lambda i: names[i])
    clause = bare[: values[0].start()] + amounts[latest] + bare[values[0].end() :]
    if years is in_clause:
        clause = clause.replace(years.group(), "", 1)
    clause = _PLURAL_RATE.sub(_one_rate, clause)
    clause = (
        re.sub(re.escape(amounts[latest]) + _LEFT_COMMA, amounts[latest], clause)
        if clause.count(amounts[latest]) == 1
        else clause
    )
    others = sorted((i for i in range(len(names)) if i != latest), key=lambda i: names[i], reverse=True)
    plain = period_of(years.group("head"), "")
    against = [
        f"{'against' if n == 0 else 'and'} {amounts[i]} {other_period(plain, names[i])}" for n, i in enumerate(others)
    ]
    return [
        Distributed(
            re.sub(r"\s+", " ", clause).strip(" ,"), period_of(years.group("head"), names[latest]), tuple(against)
        )
    ]


def _latest_of_each(clause: str, values: list[re.Match[str]], lead: str) -> list[Distributed]:
    """A clause of several lists with the latest year's value of each: "75% was made here and 25% abroad"."""
    years = _YEARS.search(lead)
    names = _YEAR.findall(years.group("years")) if years else []
    lists = [_ONE_VALUE.findall(match.group("values")) for match in values]
    if years is None or any(len(amounts) != len(names) for amounts in lists):
        return []
    latest = names.index(max(names))
    for match, amounts in zip(reversed(values), reversed(lists), strict=True):
        clause = clause[: match.start()] + amounts[latest] + clause[match.end() :]
    return [Distributed(clause, period_of(years.group("head"), names[latest]))]


def _is_year_list(text: str) -> bool:
    return any(re.fullmatch(r"(?:19|20)\d\d", value) for value in _ONE_VALUE.findall(text))


def period_of(head: str, year: str) -> str:
    """The adverbial of one year out of a list's head: "for the years ended December 31," + 2022 -> "in 2022"."""
    lower = re.sub(r"\s+", " ", head).strip().lower()
    dated = re.search(rf"{_MONTH}\s+\d{{1,2}},", head, re.IGNORECASE)
    if "fiscal" in lower and not dated:
        return f"in fiscal {year}".strip()
    if dated and "year" in lower:
        return (
            f"in {year}".strip()
            if dated.group().startswith("December 31")
            else f"in the year ended {dated.group()} {year}".strip()
        )
    if dated:
        return f"at {dated.group()} {year}".strip()
    return f"in {year}".strip()


def other_period(plain: str, year: str) -> str:
    """The adverbial of another year of the list, `plain` being the first one's without its year: "in 2021"."""
    return f"in {year}" if plain.startswith("in the year ended") else f"{plain} {year}"


def _over_names(clause: str, lead: str) -> list[Distributed]:
    match = _NAMED_SHARES.match(_RESPECTIVELY.sub(r"\1", clause).strip())
    if match is None:
        return []
    named = _COUNT_OF.sub("", match.group("names"))
    names = members(named.rpartition(": ")[2]) or _pair(named)
    amounts = _ONE_VALUE.findall(match.group("values"))
    others = _ONE_VALUE.findall(match.group("others") or "")
    if len(names) != len(amounts) or (others and len(others) != len(names)):
        return []
    verb, then = match.group("verb").replace("each ", ""), match.group("then") or ""
    against: list[tuple[str, ...]] = [(f"against {other}{then}",) for other in others] or [()] * len(names)
    return [
        Distributed(f"{name} {_agreeing(verb, name)} {amount}{match.group('rest')}".strip(" ,"), lead, compared)
        for name, amount, compared in zip(names, amounts, against, strict=True)
    ]


def _agreeing(verb: str, name: str) -> str:
    return "was" if verb == "were" and not name.endswith("s") else verb


def _pair(text: str) -> list[str]:
    parts = re.split(r"\s+and\s+", text)
    return parts if len(parts) == 2 else []
