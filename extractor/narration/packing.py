"""Which facts are told, and how much of each, within the budget."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from extractor.record import located_facts
from extractor.schema import Area, Company, Fact, Facts, RevenueSource
from extractor.wording import FIRST_ITEMS, opened, sentence, verb_phrase

_RANK_STEP = 0.04  # what each place further down in its area's list costs a fact of its importance
_THRIFT = 0.7  # what a long telling must be worth more: its tokens to this power
_WORTHY = 2  # the importance of facts whose details and items come before the cores of the rest
_LONG = 45  # words: the longest sentence that reads well
_WEIGHT = {3: 3.0, 2: 0.8, 1: 0.3}  # what an importance is worth in choosing: one of 3 before several of 2


@dataclass(frozen=True)
class Telling:
    """How much of a fact is told: the first `details` of its details and the first `items` of its items."""

    area: Area
    fact: Fact
    details: int = 0
    items: int = 0

    @property
    def phrase(self) -> str:
        """The verb phrase with what is told of its items and details."""
        return verb_phrase(self.fact.predicate, self.fact.items[: self.items], self.fact.details[: self.details])

    @property
    def total(self) -> bool:
        """True for the revenue of the whole company."""
        return isinstance(self.fact, RevenueSource) and self.fact.kind == "total"

    @property
    def text(self) -> str:
        """The fact as a sentence of its own, for its length."""
        return sentence(opened(self.fact.opening, f"{self.fact.subject} {self.phrase}"))


def packed(
    facts: Facts, max_tokens: int, cost: Callable[[str], int], length: Callable[[list[Telling]], int]
) -> list[Telling]:
    """The tellings that fit `max_tokens`: each area's best fact and the important ones, their details and items, the
    cores of the rest, and theirs.

    `cost` gives the tokens of a stretch, `length` those of the paragraph, which merging makes shorter.
    """
    candidates = [t for t in _cores(facts) if len(t.text.split()) <= _LONG]
    waiting = _by_worth(candidates, cost)
    first = {t.area: t for t in reversed(candidates)}
    worthy = [t for t in waiting if t.fact.importance >= _WORTHY or t is first[t.area]]
    chosen = _filled(_packed([], worthy, max_tokens, cost, length), worthy, max_tokens, cost, length)
    return _filled(_packed(chosen, waiting, max_tokens, cost, length), waiting, max_tokens, cost, length)


def _packed(
    chosen: list[Telling],
    waiting: list[Telling],
    max_tokens: int,
    cost: Callable[[str], int],
    length: Callable[[list[Telling]], int],
) -> list[Telling]:
    """`chosen` and the cores of those waiting that fit besides."""
    room = max_tokens - length(chosen) + sum(cost(t.text) for t in chosen) if chosen else max_tokens
    while True:
        added = _added(chosen, waiting, room, cost)
        used = length(added)
        while used > max_tokens and added:
            dropped = _least(added, waiting)
            added.remove(dropped)
            waiting = [t for t in waiting if t.fact.id != dropped.fact.id]
            used = length(added)
        if len(added) == len(chosen):
            return chosen
        chosen = added
        room = max_tokens - used + sum(cost(t.text) for t in chosen)


def _cores(facts: Facts) -> list[Telling]:
    found = []
    for place, fact in located_facts(facts):
        area: Area = place.removeprefix("facts.").partition("[")[0]  # type: ignore[assignment]
        telling = Telling(area, fact, 0, min(len(fact.items), FIRST_ITEMS))
        if (telling.total and _against(fact)) or (isinstance(fact, Company) and fact.details):
            telling = replace(telling, details=1)
        found.append(telling if len(telling.text.split()) <= _LONG else replace(telling, details=0))
    return found


def _against(fact: Fact) -> bool:
    """True where the first detail is a figure's comparison."""
    return bool(fact.details) and fact.details[0].startswith(("against ", "compared ", "up from ", "down from "))


def _by_worth(candidates: list[Telling], cost: Callable[[str], int]) -> list[Telling]:
    """The company and each area's best fact first, then by worth for the room that they take."""
    place: dict[Area, int] = {}
    keyed = []
    for telling in candidates:
        rank = place.get(telling.area, 0)
        place[telling.area] = rank + 1
        worth = _WEIGHT[telling.fact.importance] * (1 - _RANK_STEP * min(rank, 20)) / cost(telling.text) ** _THRIFT
        keyed.append(
            (0 if isinstance(telling.fact, Company) else 1 if rank == 0 else 2, -worth, telling.fact.id, telling)
        )
    return [entry[3] for entry in sorted(keyed, key=lambda entry: entry[:3])]


def _added(chosen: list[Telling], waiting: list[Telling], room: int, cost: Callable[[str], int]) -> list[Telling]:
    """`chosen` and those waiting that fit the room left, the worthiest first."""
    found = list(chosen)
    ids = {t.fact.id for t in chosen}
    left = room - sum(cost(t.text) for t in chosen)
    for telling in waiting:
        price = cost(telling.text)
        if telling.fact.id not in ids and price <= left:
            found.append(telling)
            left -= price
    return found


def _least(chosen: list[Telling], waiting: list[Telling]) -> Telling:
    order = {t.fact.id: i for i, t in enumerate(waiting)}
    return max(chosen, key=lambda t: order.get(t.fact.id, -1))


def _filled(
    chosen: list[Telling],
    waiting: list[Telling],
    max_tokens: int,
    cost: Callable[[str], int],
    length: Callable[[list[Telling]], int],
) -> list[Telling]:
    """`chosen` with further details and items, those of the worthiest facts first, as long as they fit."""
    order = {t.fact.id: i for i, t in enumerate(waiting)}
    current = sorted(chosen, key=lambda t: order.get(t.fact.id, -1))
    left = max_tokens - length(current)
    for i in range(len(current)):
        for fuller in _fuller(current[i]):
            extra = cost(fuller.text) - cost(current[i].text)
            if extra > left or len(fuller.text.split()) > _LONG:
                break
            attempt = [*current[:i], fuller, *current[i + 1 :]]
            used = length(attempt)
            if used > max_tokens:
                break
            current, left = attempt, max_tokens - used
    return current


def _fuller(telling: Telling) -> Iterator[Telling]:
    """The telling with one detail more, and so on, then with all its items."""
    for n in range(telling.details + 1, len(telling.fact.details) + 1):
        telling = replace(telling, details=n)
        yield telling
    if telling.items < len(telling.fact.items):
        yield replace(telling, items=len(telling.fact.items))
