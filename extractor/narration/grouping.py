"""Which tellings become one sentence, and in what order the sentences stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from extractor.narration.packing import Telling
from extractor.schema import Area
from extractor.wording import COMPANY, verb_phrase

ORDER: tuple[Area, ...] = (
    "company", "revenue_sources", "customer_concentration", "customers", "products", "channels", "financing",
)  # fmt: skip
_JOINED_WORDS = 30  # the longest sentence that joining two may make
_NEIGHBOURS = 3  # characters between two sentences that stand side by side
_NAMED_WORDS = 40
_LONGEST = 45  # words of a sentence that reads well
_UNEVEN = 2  # words by which the names of two parts of one measure may differ in length
_IS_A = re.compile(r"^is an? (?!.*\b(?:and|or|that|which|who)\b)[^;,]+$")
# What a thing is, not what it has a part in
_IS = re.compile(
    r"^is (?:an?|the|one of)\b(?!.{0,30}"
    r"\b(?:stockholder|shareholder|member|party|licen[sc]ee|tenant|participant|product)\b)"
)
_IS_COMPANY = re.compile(
    r"^is an? [^,;]*"
    r"\b(?:company|corporation|firm|bank|group|organization|retailer|manufacturer|provider|supplier|producer)\b"
)
_BUSINESS = re.compile(r"^the company's (?:primary |principal )?business$")
_NAMED = re.compile(r"^(?:[Tt]he )?[A-Z0-9][\w&’'.-]*(?: [A-Z0-9][\w&’'.-]*){0,4}$")
# "accounted for approximately 44% of net sales in fiscal 2013, against 41% in fiscal 2012": verb, figure, what it is a
# share of, and the share before
_AMOUNT = r"\$[\d.,]+(?: million| billion)?"
_SHARE = re.compile(
    r"^(?P<verb>accounted for|represented|contributed|comprised|constituted) (?P<figure>(?:approximately |"
    rf"about |over )?(?:[\d.,]+(?:%| percent)(?: \({_AMOUNT}\))?|{_AMOUNT}|[\d,]+)) (?P<of>(?:of|to) .+?)"
    rf"(?:, (?:against|compared with|up from|down from) (?P<before>[\d.,]+(?:%| percent)|{_AMOUNT}|[\d,]+) "
    r"(?P<when>in (?:fiscal )?\d{4}|at [A-Z][a-z]+ \d{1,2}, \d{4}))?$"
)
# "were $84.8 million in fiscal year 2002": the same measure of several parts
_MEASURE = re.compile(
    rf"^(?P<verb>was|were) (?P<figure>(?:approximately |about )?{_AMOUNT}) "
    rf"(?P<of>in (?:the )?(?:fiscal )?(?:year )?(?P<year>\d{{4}})"
    r"|at [A-Z][a-z]+ \d{1,2}, \d{4})(?P<before>)(?P<when>)$"
)


@dataclass(frozen=True)
class Group:
    """Tellings told in one sentence: alone, as verb phrases of one subject, as one list, as shares of one thing, or as
    names.

    "named": "The XP10 is a smartphone, the XP5 a feature phone and the XP3 a clamshell phone".
    """

    tellings: tuple[Telling, ...]
    kind: Literal["plain", "predicates", "list", "shares", "named"]

    @property
    def subject(self) -> str:
        return self.tellings[0].fact.subject

    @property
    def opening(self) -> str | None:
        return self.tellings[0].fact.opening

    @property
    def list_phrase(self) -> str:
        """The verb phrase of a "list" group, with the members of all its tellings."""
        last = self.tellings[-1]
        items = [item for t in self.tellings for item in t.fact.items[: t.items]]
        return verb_phrase(last.fact.predicate, items, last.fact.details[: last.details])

    @property
    def shares(self) -> list[tuple[str, str]]:
        """Subject and figure of each telling of a "shares" group, with the figure before: "18% (34%)"."""
        found: list[tuple[str, str]] = []
        for telling in self.tellings:
            match = _measured(telling)
            assert match is not None
            before = f" ({match.group('before')})" if found and match.group("before") else ""
            subject = telling.fact.subject
            if found and subject.split()[0] == found[0][0].split()[0] and match.re is _MEASURE:
                subject = subject[0].lower() + subject[1:]  # "Sales in Ohio were $4, sales in Utah $3"
            found.append((subject, match.group("figure") + before))
        return found

    @property
    def named(self) -> list[tuple[str, str]]:
        """Subject and what it is, of each telling of a "named" group: ("the XP5", "a feature phone")."""
        return [(t.fact.subject, t.phrase.partition(" ")[2]) for t in self.tellings]

    @property
    def share_verb(self) -> str:
        match = _measured(self.tellings[0])
        assert match is not None
        return match.group("verb")

    @property
    def share_of(self) -> str:
        match = _measured(self.tellings[0])
        assert match is not None
        before = f" ({match.group('before')} {match.group('when')})" if match.group("before") else ""
        return match.group("of") + before


def grouped(tellings: list[Telling], place: Mapping[str, int]) -> list[Group]:
    """The sentences of the paragraph in its order: areas as in ORDER, within an area as `place` has the facts by their
    id, or as the filing tells them where it has none, what a thing is before what is said of it."""
    found: list[Group] = []
    for area in ORDER:
        own = sorted((t for t in tellings if t.area == area), key=lambda t: _position(t, place))
        groups = _joined(own, told_in_order=bool(place))
        found += groups if place else _defined_first(groups)
    return found


def _defined_first(groups: list[Group]) -> list[Group]:
    """An area's groups with what the company is at their head, and what a named thing is before its first use."""
    found = list(groups)
    for group in groups:
        if group.kind == "plain" and not group.opening and group.tellings[0].area != "company":
            place = found.index(group)
            found.insert(_first_use(group, found[:place]), found.pop(place))
    return found


def _first_use(group: Group, before: list[Group]) -> int:
    """Where a definition belongs among the sentences before it; behind them all where it is none, or stands right."""
    phrase = group.tellings[0].phrase
    if _BUSINESS.match(group.subject) or (group.subject == COMPANY and _IS_COMPANY.match(phrase)):
        return 0
    if group.subject == COMPANY or not (_IS.match(phrase) and _NAMED.match(group.subject)):
        return len(before)
    name = re.compile(rf"(?<![\w-]){re.escape(group.subject.removeprefix('the '))}(?![\w-])")
    used = (n for n, g in enumerate(before) if any(name.search(t.text) for t in g.tellings))
    return next(used, len(before))


def _position(telling: Telling, place: Mapping[str, int]) -> tuple[int, int, int]:
    """Totals first, then by place; facts of one place, as the rows of a table, in the record's order."""
    fact = telling.fact
    number = int(fact.id.rpartition("-")[2])
    return (0 if telling.total else 1, place.get(fact.id, fact.evidence[0].start), number)


def _joined(tellings: list[Telling], told_in_order: bool) -> list[Group]:
    groups: list[Group] = []
    for telling in _together(tellings):
        last = groups[-1] if groups else None
        if last and _same_share(last.tellings[0], telling) and _share_words((*last.tellings, telling)) <= _LONGEST:
            groups[-1] = Group((*last.tellings, telling), "shares")
        elif last and last.kind in ("plain", "named") and _names_both(last, telling):
            groups[-1] = Group((*last.tellings, telling), "named")
        elif last and last.kind in ("plain", "list") and _lists_more(last.tellings[-1], telling):
            groups[-1] = Group((*last.tellings, telling), "list")
        elif last and last.kind in ("plain", "predicates") and _can_join(last.tellings, telling, told_in_order):
            groups[-1] = Group((*last.tellings, telling), "predicates")
        else:
            groups.append(Group((telling,), "plain"))
    return groups


def _together(tellings: list[Telling]) -> list[Telling]:
    """The tellings in order, those that share a measure or say what named things are brought next to their first."""
    found: list[Telling] = []
    for telling in tellings:
        if telling not in found:
            found.append(telling)
            found += [t for t in tellings if t not in found and _akin(telling, t)]
    return found


def _akin(first: Telling, second: Telling) -> bool:
    return _same_share(first, second) or _names_both(Group((first,), "plain"), second)


def _measured(telling: Telling) -> re.Match[str] | None:
    return _SHARE.match(telling.phrase) or _MEASURE.match(telling.phrase)


def _same_share(first: Telling, second: Telling) -> bool:
    a, b = _measured(first), _measured(second)
    if first.fact.opening != second.fact.opening:
        return False
    if a is None or b is None or first.fact.subject == second.fact.subject:
        return False
    if a.re is _MEASURE or b.re is _MEASURE:
        return a.re is b.re and _same_measure(first.fact.subject, second.fact.subject) and _when(a) == _when(b)
    same = all(a.group(part) == b.group(part) for part in ("verb", "of"))
    return same and b.group("when") in (None, a.group("when"))


def _share_words(tellings: tuple[Telling, ...]) -> int:
    """Words of the sentence that tells shares: the first whole, of the others the subject and the figure."""
    return len(tellings[0].text.split()) + sum(len(t.fact.subject.split()) + 2 for t in tellings[1:])


def _same_measure(first: str, second: str) -> bool:
    """True for "sales in the radar market" and "sales in the medical market", or two segments' revenues."""
    a, b = first.removeprefix("the company's ").split(), second.removeprefix("the company's ").split()
    return len(a) > 1 and len(b) > 1 and (a[-1] == b[-1] or a[:2] == b[:2]) and abs(len(a) - len(b)) <= _UNEVEN


def _when(measure: re.Match[str]) -> str:
    """The period that a measure is of: "fiscal year 2002" is "fiscal 2002"."""
    return measure["of"].replace("fiscal year ", "fiscal ")


def _names_both(group: Group, telling: Telling) -> bool:
    """True where a sentence that says what a named thing is can say it of one more."""
    all_of = (*group.tellings, telling)
    words = sum(len(t.text.split()) for t in all_of)
    subjects = {t.fact.subject for t in all_of}
    return (
        words <= _NAMED_WORDS
        and not any(one != other and one in other for one in subjects for other in subjects)
        and len(subjects) == len(all_of)
        and not telling.fact.opening
        and all(_IS_A.match(t.phrase) and _NAMED.match(t.fact.subject) for t in all_of)
    )


def _lists_more(first: Telling, second: Telling) -> bool:
    """True where two tellings list members of one thing in the same words."""
    a, b = first.fact, second.fact
    same = (a.subject, a.predicate, a.opening) == (b.subject, b.predicate, b.opening)
    words = len(first.text.split()) + len(" ".join(b.items[: second.items]).split())
    return same and bool(first.items and second.items) and not first.details and words <= _NAMED_WORDS


def _can_join(before: tuple[Telling, ...], telling: Telling, told_in_order: bool) -> bool:
    """True for short tellings of one subject, side by side in the filing or in the order that their engine tells them
    in, whose joining cannot be misread."""
    last = before[-1].fact
    if telling.area == "company" or last.subject != telling.fact.subject or telling.fact.opening:
        return False
    near = -1 <= telling.fact.evidence[0].start - last.evidence[-1].end <= _NEIGHBOURS
    if not (near or last.evidence == telling.fact.evidence or told_in_order):
        return False
    words = sum(len(t.phrase.split()) for t in (*before, telling)) + 3
    return words <= _JOINED_WORDS and all(_plain(t) for t in before)


def _plain(telling: Telling) -> bool:
    """True for a verb phrase that another can follow: no list, and no "and" near its end."""
    phrase = telling.phrase
    return not telling.details and not telling.items and "," not in phrase and " and " not in phrase[-60:]
