"""Small changes that make a true statement false, one kind of change after another.

A change is left out where a rule says that it may leave the statement true; each function states its rule. No
statement and no word of a statement is left out by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from extractor.figures import find_periods


class Mutation(NamedTuple):
    """A statement changed, and the codes either of which names the change."""

    statement: str
    codes: frozenset[str]


Mutate = Callable[[str, str], Iterator[Mutation]]

_FIGURE = frozenset(("figure_not_in_quote", "unit", "name_not_in_quote"))
_AMOUNT = frozenset(("figure_not_in_quote", "unit"))
_PERIOD = frozenset(("period",))
_PARTY = frozenset(("name_not_in_quote", "attribution"))
_PAIRED = frozenset(("attribution", "period"))
_POLARITY = frozenset(("polarity",))

_DIGITS = re.compile(r"\d[\d,.]*\d|\d")
_AMOUNT_SCALED = re.compile(r"\$(?P<digits>[\d,.]*\d) (?P<scale>million|billion)")
_PERCENT = re.compile(r"(?P<digits>[\d.]*\d)%")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?![,.]\d|-)")


def _replaced(text: str, match: re.Match[str], new: str) -> str:
    return f"{text[: match.start()]}{new}{text[match.end() :]}"


def _year_spans(text: str) -> list[tuple[int, int]]:
    return [(found.start, found.end) for found in find_periods(text)]


def digit(statement: str, passage: str) -> Iterator[Mutation]:
    """Another first digit in every figure; not the digits of a period, nor where the passage has the new ones too."""
    periods = _year_spans(statement)
    for match in _DIGITS.finditer(statement):
        if any(start <= match.start() < end for start, end in periods):
            continue
        old = match.group()
        new = str(int(old[0]) % 9 + 1) + old[1:]
        if not re.search(rf"(?<![\d,.]){re.escape(new)}(?![\d,.]*\d)", passage):
            yield Mutation(_replaced(statement, match, new), _FIGURE)


def scale(statement: str, _passage: str) -> Iterator[Mutation]:
    """Million for billion and the reverse, none, an amount for a share and the reverse."""
    for match in _AMOUNT_SCALED.finditer(statement):
        other = "billion" if match["scale"] == "million" else "million"
        yield Mutation(_replaced(statement, match, f"${match['digits']} {other}"), _AMOUNT)
        yield Mutation(_replaced(statement, match, f"${match['digits']} thousand"), _AMOUNT)
        yield Mutation(_replaced(statement, match, f"{match['digits']}%"), _AMOUNT)
    for match in _PERCENT.finditer(statement):
        yield Mutation(_replaced(statement, match, f"${match['digits']} million"), _AMOUNT)


def year(statement: str, passage: str) -> Iterator[Mutation]:
    """A year that the passage does not name; and one that it does name, with the statement's figure of another value.

    A year that the statement has too may only exchange the order of a list: it is left out.
    """
    years = {match.group() for match in _YEAR.finditer(passage)}
    said = {match.group() for match in _YEAR.finditer(statement)}
    for match in _YEAR.finditer(statement):
        strange = next(str(y) for y in range(int(match.group()) + 1, 2100) if str(y) not in years)
        yield Mutation(_replaced(statement, match, strange), _PERIOD)
    figures = [m for m in _DIGITS.finditer(statement) if not _YEAR.fullmatch(m.group()) and len(m.group()) > 1]
    if len(said) == 1 and figures and "respectively" in passage:
        for match in _YEAR.finditer(statement):
            for other in sorted(years - said):
                yield Mutation(_replaced(statement, match, other), _PERIOD)


# A name: capitalized words that go on, with its legal form; not an initial of "U.S." nor a letter of "5G".
_NAME = re.compile(
    r"(?<![\w.-])[A-Z][\w’'&-]+(?: (?:& )?[A-Z][\w’'&-]+)*"
    r"(?:\.?,? (?:Inc|Ltd|Co|Corp|LLC|plc|N\.A|F\.S\.B|L\.P)\b\.?)*"
)
_POSSESSIVE = re.compile(r"['’]s?$")
# What opens a sentence before a name, no part of it: "In May", "The Bank".
_OPENER = re.compile(r"(?:The|In|On|At|As|By|For|From|Of|Under|Through|During|Since|With)\s+")
_CALENDAR = frozenset(
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
# Only a list's words between two names, or a parenthesis that tells the first one's short form.
_PLAIN_JOINT = re.compile(r"[\s\"”“’,;]*(?:and|or)?[\s\"”“,]*(?:the |in |of |a )?[\"“]?|\.? \((?:the )?")
# Two who do this do the same when they are exchanged: "Orion entered into an agreement with Vega".
_MUTUAL = re.compile(r"\bentered into\b.*\bwith\b")


def names(statement: str, passage: str) -> Iterator[Mutation]:
    """Two names exchanged; months and days of the week name nobody.

    Left out are two of a plain list, whose order says nothing, two parties to one agreement, a name with its own short
    form ("Orion Bank", "the Bank"), and a lone word that opens the statement, unless the passage has it capitalized
    within a sentence.
    """
    found = [_without_opener(match) for match in _NAME.finditer(statement)]
    found = [
        (at, name)
        for at, name in found
        if name not in _CALENDAR and (not _opens(statement, at) or _named_within(name, passage))
    ]
    for (start, first), (other, second) in pairwise(found):
        between = statement[start + len(first) : other]
        words = set(re.findall(r"\w+", first)), set(re.findall(r"\w+", second))
        if words[0] <= words[1] or words[1] <= words[0] or _PLAIN_JOINT.fullmatch(between) or _MUTUAL.search(between):
            continue
        yield Mutation(_exchanged(statement, (start, start + len(first)), (other, other + len(second))), _PARTY)


def _without_opener(match: re.Match[str]) -> tuple[int, str]:
    opener = _OPENER.match(match.group())
    skipped = opener.end() if opener else 0
    return match.start() + skipped, _POSSESSIVE.sub("", match.group()[skipped:])


def _exchanged(text: str, one: tuple[int, int], other: tuple[int, int]) -> str:
    return text[: one[0]] + text[slice(*other)] + text[one[1] : other[0]] + text[slice(*one)] + text[other[1] :]


def _opens(statement: str, at: int) -> bool:
    return not at or statement[:at].endswith((". ", "! ", "? "))


def _named_within(name: str, passage: str) -> bool:
    return " " in name or bool(re.search(rf"[a-z,] {re.escape(name)}\b", passage))


# Only a list of figures between two of them.
_FIGURE_JOINT = re.compile(r"(?:[\d.,$% ]|\b(?:and|million|billion)\b)*")


def figures(statement: str, _passage: str) -> Iterator[Mutation]:
    """Two amounts or two shares exchanged, the names left.

    Left out are the ends of a range, which stays the same range, and two of one plain list that is given to nobody
    "respectively": its order says nothing.
    """
    for kind in (re.compile(r"\$[\d,.]*\d(?: million| billion)?"), re.compile(r"[\d.]*\d%")):
        for first, second in combinations(kind.finditer(statement), 2):
            between = statement[first.end() : second.start()]
            if first.group() == second.group() or between == " to ":
                continue
            if "respectively" not in statement and _FIGURE_JOINT.fullmatch(between):
                continue
            yield Mutation(_exchanged(statement, first.span(), second.span()), _PAIRED)


def subjects(statement: str, known: Iterable[str]) -> Iterator[Mutation]:
    """Two of the known subjects exchanged, what is said of them left; not two of which the very same is said."""
    folded = statement.lower()
    places = [(folded.index(s.lower()), len(s)) for s in dict.fromkeys(known) if folded.count(s.lower()) == 1]
    spans = sorted((at, at + length) for at, length in places)
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        return  # one within another
    said = [statement[end:start].strip(" ,;.") for (_, end), (start, _) in pairwise([*spans, (len(statement), 0)])]
    for (one, first), (other, second) in combinations(zip(spans, said, strict=True), 2):
        if first != second:
            yield Mutation(_exchanged(statement, one, other), _PARTY)


_AUXILIARY = re.compile(r"\b(?:is|are|was|were|has been|have been|will|can|may|must|could|would)\b(?! not\b)")
_NOT = re.compile(r"\b(?:(?:does|do|did) not|not|no|never|neither|nor|without|none|cannot)\b ?")


def added_not(statement: str, _passage: str) -> Iterator[Mutation]:
    """A "not" behind an auxiliary verb; not before another negation, which it would undo."""
    for match in _AUXILIARY.finditer(statement):
        if _NOT.match(statement, match.end() + 1):
            continue
        yield Mutation(f"{statement[: match.end()]} not{statement[match.end() :]}", _POLARITY)


def dropped_not(statement: str, _passage: str) -> Iterator[Mutation]:
    """A negation left out; not of several, nor of "no more than", a bound."""
    found = list(_NOT.finditer(statement))
    for match in found:
        if re.match(r"(?:more|less|fewer|later|earlier|longer|only)\b", statement[match.end() :]):
            continue
        yield Mutation(_replaced(statement, match, ""), _POLARITY)


_DIRECTIONS = (
    "rise/fall", "rose/fell", "rises/falls", "risen/fallen", "rising/falling", "increase/decrease",
    "increased/decreased", "increases/decreases", "increasing/decreasing", "grew/shrank", "growing/shrinking",
    "growth/decline", "higher/lower", "highest/lowest", "high/low", "more/less", "more/fewer", "most/least",
    "before/after", "include/exclude", "includes/excludes", "included/excluded", "including/excluding",
    "largest/smallest", "larger/smaller", "large/small", "longer/shorter", "greater/lesser", "better/worse",
    "above/below", "domestic/foreign", "internal/external",
    "direct/indirect", "directly/indirectly", "early/late", "earlier/later", "first/last", "strong/weak",
    "improved/worsened", "buys/sells", "bought/sold", "buy/sell", "purchase/sell", "purchases/sells",
)  # fmt: skip


# Opposites where a figure follows, with or without "the next"; elsewhere they tell a place or a manner.
_BOUNDS = ("over/under", "at least/at most", "up to/at least", "up/down", "up from/down from")
_BEFORE_FIGURE = (
    r"(?= (?:the (?:next|last|past) )?(?:\$?\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b))"
)


def direction(statement: str, _passage: str) -> Iterator[Mutation]:
    """A word of direction, degree or order for its opposite; bounds only where a figure follows."""
    pairs = [(pair, "") for pair in _DIRECTIONS] + [(pair, _BEFORE_FIGURE) for pair in _BOUNDS]
    for pair, behind in pairs:
        one, other = pair.split("/")
        for old, new in ((one, other), (other, one)):
            for match in re.finditer(rf"(?<![\w-]){old}(?![\w-]){behind}", statement):
                yield Mutation(_replaced(statement, match, new), _POLARITY | {"scope"})


KINDS: dict[str, Mutate] = {
    "digit": digit, "scale": scale, "year": year, "names": names, "figures": figures,
    "added not": added_not, "dropped not": dropped_not, "direction": direction,
}  # fmt: skip
