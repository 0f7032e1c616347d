"""Which facts are told, and how much of each, within the budget."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from extractor.record import located_facts
from extractor.schema import Area, Company, Fact, Facts, RevenueSource
from extractor.wording import FIRST_ITEMS, opened, sentence, verb_phrase, whole_list

_RANK_STEP = 0.03  # what each place further down in its area's list costs a fact of its importance
_THRIFT = 0.5  # what a longer telling must be worth more: its tokens to this power
_LONG = 45  # words: the longest sentence that reads well
_WEIGHT = {3: 3.0, 2: 0.6, 1: 0.2}  # what an importance is worth in choosing: one of 3 before several of 2
_COMPARED = 0.22  # what a comparison with another year is worth, of its fact's worth
_DETAIL = 0.1  # what any other detail is
_ITEM = 0.08  # what one more member of a list is
_NEWS = 0.2  # how much it counts that words have not been said: their part of the telling's, to this power
_STEM = 6  # letters that tell a word from others, whatever its ending
# A detail without which its fact would say more than the text does.
_LIMIT = re.compile(r"(?:but|except|excluding|if|only|other than|provided|subject to|to the extent|unless|without)\b")
_WORD = re.compile(r"[\w.,]*\w")


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


@dataclass(frozen=True)
class _Step:
    """A fact told, or told more fully: the telling after it, what that costs in tokens, and what it is worth for them.

    Steps of a smaller `turn` go before all others.
    """

    telling: Telling
    turn: int
    cost: int
    worth: float
    words: frozenset[str]


@dataclass
class _Choice:
    """The steps taken, in order, and for each fact those that may follow."""

    waiting: dict[str, list[_Step]]
    taken: list[_Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._facts_with = Counter(word for steps in self.waiting.values() for word in steps[-1].words)

    def tellings(self) -> list[Telling]:
        return list({step.telling.fact.id: step.telling for step in self.taken}.values())

    def take(self, room: int) -> bool:
        """True where steps were taken: the best, one after another, as long as any costs no more than `room`."""
        before = len(self.taken)
        said = {word for step in self.taken for word in step.words}
        while ready := [steps[0] for steps in self.waiting.values() if steps and steps[0].cost <= room]:
            best = min(ready, key=lambda step: (step.turn, -step.worth * self._news(step, said), step.telling.fact.id))
            self.waiting[best.telling.fact.id].pop(0)
            self.taken.append(best)
            said |= best.words
            room -= best.cost
        return len(self.taken) > before

    def undo(self) -> None:
        """Without the last step, for good."""
        self.waiting[self.taken.pop().telling.fact.id].clear()

    def _news(self, step: _Step, said: set[str]) -> float:
        """How much of what a step tells was not said before; a word counts for less the more facts have it."""
        whole = sum(1 / self._facts_with[word] for word in step.words)
        return (sum(1 / self._facts_with[word] for word in step.words - said) / whole) ** _NEWS if whole else 1.0


def packed(
    facts: Facts, max_tokens: int, cost: Callable[[str], int], length: Callable[[list[Telling]], int]
) -> list[Telling]:
    """The tellings that fit `max_tokens`: the company and each area's best fact, then the facts and further details
    and items that are worth most for the room they take.

    `cost` gives the tokens of a stretch, `length` those of the paragraph, which merging makes shorter.
    """
    choice = _Choice(_steps(facts, cost))
    used = 0
    while choice.take(max_tokens - used):
        used = length(choice.tellings())
        while used > max_tokens:
            choice.undo()
            used = length(choice.tellings())
    return choice.tellings()


def _steps(facts: Facts, cost: Callable[[str], int]) -> dict[str, list[_Step]]:
    found: dict[str, list[_Step]] = {}
    ranks: Counter[Area] = Counter()
    for core in _cores(facts):
        if len(core.text.split()) > _LONG:
            continue
        rank = ranks[core.area]
        ranks[core.area] += 1
        turn = 0 if isinstance(core.fact, Company) else 1 if rank == 0 else 2
        worth = _WEIGHT[core.fact.importance] * (1 - _RANK_STEP * min(rank, 20))
        spent = cost(core.text)
        steps = found[core.fact.id] = [_step(core, turn, spent, worth)]
        for fuller, share in _fuller(core):
            if len(fuller.text.split()) > _LONG:
                break
            steps.append(_step(fuller, 2, max(1, cost(fuller.text) - spent), worth * share))
            spent = cost(fuller.text)
    return found


def _step(telling: Telling, turn: int, cost: int, worth: float) -> _Step:
    words = (word for word in _WORD.findall(telling.text) if len(word) > 3 or not word[0].islower())
    return _Step(telling, turn, cost, worth / cost**_THRIFT, frozenset(word.lower()[:_STEM] for word in words))


def _cores(facts: Facts) -> Iterator[Telling]:
    for place, fact in located_facts(facts):
        area: Area = place.removeprefix("facts.").partition("[")[0]  # type: ignore[assignment]
        limited = max((n for n, detail in enumerate(fact.details, 1) if _LIMIT.match(detail)), default=0)
        first = len(fact.items) if whole_list(fact.predicate, fact.details) else FIRST_ITEMS
        telling = Telling(area, fact, limited, min(len(fact.items), first))
        fuller = replace(telling, details=max(limited, 1))
        wanted = (telling.total and _compares(fact.details[:1])) or (isinstance(fact, Company) and fact.details)
        yield fuller if wanted and len(fuller.text.split()) <= _LONG else telling


def _compares(details: list[str]) -> bool:
    """True where a detail is a figure's comparison."""
    return any(d.startswith(("against ", "compared ", "up from ", "down from ")) for d in details)


def _fuller(telling: Telling) -> Iterator[tuple[Telling, float]]:
    """The telling with a detail more, and so on, then a member of its list more, each with its part of the worth."""
    for n in range(telling.details, len(telling.fact.details)):
        telling = replace(telling, details=n + 1)
        yield telling, _COMPARED if _compares(telling.fact.details[n : n + 1]) else _DETAIL
    for n in range(telling.items, len(telling.fact.items)):
        telling = replace(telling, items=n + 1)
        yield telling, _ITEM
