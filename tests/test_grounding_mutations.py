"""Grounding under change: a statement made false by one small change is refused, with the code of that change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extractor import brief, read
from extractor.context import Reader
from extractor.grounding import judge
from extractor.record import all_facts
from extractor.schema import Evidence, Fact, Reason
from tests.mutations import KINDS, Mutation, subjects

FOLDER = Path(__file__).parent.parent / "fixtures"
FIXTURES = sorted(FOLDER.glob("*.txt"))
FILINGS = sorted((FOLDER / "filings").iterdir())
CAUGHT = 0.99  # of the changed statements of each kind, each with a code that names the change
FEWEST = 70  # changed statements of a kind: fewer would show little
DENIALS = 60  # the fixtures' briefs deny no more often
BUDGETS = (512, 1000, 4000)  # tokens: as printed, and with room for more facts, so with more told in one sentence
MERGED = 2  # sentences of so many facts or more say of each what is not to be said of the others

NAMES = ("Orion", "Vega", "Rigel", "Lyra", "Altair", "Deneb")
GOODS = ("lamps", "shades", "bulbs", "chairs", "tables", "mirrors")
RISES = {"increased": "decreased", "rose": "fell", "grew": "declined"}

names = st.permutations(NAMES)
goods = st.permutations(GOODS)
shares = st.lists(st.integers(min_value=11, max_value=97), min_size=3, max_size=3, unique=True)
tenths = st.integers(min_value=11, max_value=989)
years = st.integers(min_value=1985, max_value=2024)


def codes(statement: str, passage: str) -> list[str]:
    return [reason.code for reason in judge(statement, [passage])]


def listed(values: list[str]) -> str:
    return f"{', '.join(values[:-1])} and {values[-1]}"


@given(tenths, tenths, years)
def test_a_digit_changed(amount: int, other: int, year: int) -> None:
    assume(amount != other)
    passage = f"In fiscal {year}, our revenue was ${amount / 10} million."
    assert judge(f"Revenue was ${amount / 10} million in fiscal {year}.", [passage]) == []
    assert codes(f"Revenue was ${other / 10} million in fiscal {year}.", passage) == ["figure_not_in_quote"]


@given(tenths, st.sampled_from(["thousand", "billion", "trillion"]))
def test_a_scale_changed(amount: int, scale: str) -> None:
    passage = f"Our revenue was ${amount / 10} million."
    assert codes(f"Revenue was ${amount / 10} {scale}.", passage) == ["unit"]


@given(st.integers(min_value=2, max_value=99))
def test_an_amount_for_a_share(share: int) -> None:
    passage = f"Lamps accounted for {share}% of our revenue."
    assert judge(f"Lamps accounted for {share}% of revenue.", [passage]) == []
    assert codes(f"Lamps accounted for ${share} million of revenue.", passage) == ["unit"]


@given(tenths, tenths, years)
def test_a_year_changed(first: int, second: int, year: int) -> None:
    assume(first != second)
    passage = f"Revenue was ${first / 10} million in {year} and ${second / 10} million in {year - 1}."
    assert judge(f"Revenue was ${first / 10} million in {year}.", [passage]) == []
    assert codes(f"Revenue was ${first / 10} million in {year - 1}.", passage) == ["period"]
    assert "period" in codes(f"Revenue was ${first / 10} million in {year - 2}.", passage)


@given(shares, years)
def test_a_respectively_list_over_years_swapped(values: list[int], year: int) -> None:
    when = listed([str(year - n) for n in range(3)])
    passage = f"Lamps were {listed([f'{v}%' for v in values])} of sales in {when}, respectively."
    for n, value in enumerate(values):
        assert judge(f"Lamps were {value}% of sales in {year - n}.", [passage]) == []
        assert codes(f"Lamps were {value}% of sales in {year - (n + 1) % 3}.", passage) == ["period"]


@given(shares, names)
def test_a_respectively_list_over_names_swapped(values: list[int], order: list[str]) -> None:
    who = order[:3]
    passage = f"{listed(who)} accounted for {listed([f'{v}%' for v in values])} of the Company's sales, respectively."
    for n, value in enumerate(values):
        assert judge(f"{who[n]} accounted for {value}% of sales.", [passage]) == []
        assert codes(f"{who[(n + 1) % 3]} accounted for {value}% of sales.", passage) == ["attribution"]


@given(shares, goods)
def test_shares_of_two_products_swapped(values: list[int], things: list[str]) -> None:
    one, other = things[:2]
    passage = f"{one.title()} accounted for {values[0]}% of net sales and {other} accounted for {values[1]}%."
    assert judge(f"{other.title()} accounted for {values[1]}% of net sales.", [passage]) == []
    assert codes(f"{other.title()} accounted for {values[0]}% of net sales.", passage) == ["attribution"]


@given(names)
def test_a_name_exchanged_in_a_list(order: list[str]) -> None:
    passage = f"We sell our lamps through {order[0]}, {order[1]} and {order[2]}."
    assert judge(f"Its lamps are sold through {order[0]} and {order[2]}.", [passage]) == []
    assert codes(f"Its lamps are sold through {order[0]} and {order[3]}.", passage) == ["name_not_in_quote"]


@given(goods, st.sampled_from(["sell", "make", "import"]))
def test_a_not_added_or_dropped(things: list[str], verb: str) -> None:
    affirmed, denied = f"We {verb} {things[0]} to hotels.", f"We do not {verb} {things[0]} to hotels."
    assert judge(f"It {verb}s {things[0]} to hotels.", [affirmed]) == []
    assert judge(f"It does not {verb} {things[0]} to hotels.", [denied]) == []
    assert codes(f"It does not {verb} {things[0]} to hotels.", affirmed) == ["polarity"]
    assert codes(f"It {verb}s {things[0]} to hotels.", denied) == ["polarity"]


@given(st.sampled_from(sorted(RISES)), st.integers(min_value=2, max_value=98), years)
def test_a_direction_reversed(rise: str, share: int, year: int) -> None:
    fall = RISES[rise]
    assert judge(f"Sales {rise} by {share}% in {year}.", [f"In {year}, our sales {rise} by {share}%."]) == []
    assert codes(f"Sales {fall} by {share}% in {year}.", f"In {year}, our sales {rise} by {share}%.") == ["polarity"]
    assert codes(f"Sales {rise} by {share}% in {year}.", f"In {year}, our sales {fall} by {share}%.") == ["polarity"]


@given(tenths, tenths, years)
def test_a_direction_against_two_figures(first: int, second: int, year: int) -> None:
    assume(first != second)
    passage = f"Backlog was ${first / 10} million at June 30, {year} and ${second / 10} million at June 30, {year - 1}."
    right, wrong = ("rose", "fell") if first > second else ("fell", "rose")
    assert judge(f"The backlog {right} in {year}.", [passage]) == []
    assert codes(f"The backlog {wrong} in {year}.", passage) == ["polarity"]


@given(goods, st.sampled_from(["all", "every one"]))
def test_some_told_as_all(things: list[str], quantity: str) -> None:
    passage = f"Some of our {things[0]} are made in Ohio."
    assert judge(f"Some of its {things[0]} are made in Ohio.", [passage]) == []
    assert codes(f"{quantity.capitalize()} of its {things[0]} are made in Ohio.", passage) == ["scope"]


@given(st.integers(min_value=2, max_value=99), st.sampled_from([("over", "under"), ("at least", "up to")]))
def test_a_bound_reversed(share: int, bounds: tuple[str, str]) -> None:
    for said, given_bound in (bounds, bounds[::-1]):
        passage = f"Lamps accounted for {given_bound} {share}% of our sales."
        assert judge(f"Lamps accounted for {given_bound} {share}% of sales.", [passage]) == []
        assert codes(f"Lamps accounted for {said} {share}% of sales.", passage)[:1] == ["scope"]


Verdict = tuple[Mutation, list[Reason]]


@cache
def verdicts() -> dict[tuple[str, str], list[Verdict]]:
    """Every change of every statement of the fixtures' briefs, judged within its document and by its quotes alone."""
    found: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for path in FIXTURES:
        document = read(path)
        reader = Reader.of(document)
        for fact in all_facts(brief(document).facts):
            quotes = list(dict.fromkeys(evidence.quote for evidence in fact.evidence))
            for kind, mutate in KINDS.items():
                for changed in mutate(fact.statement, "\n\n".join(quotes)):
                    found[kind, "document"].append((changed, reader.judge(changed.statement, fact.evidence)))
                    found[kind, "quotes"].append((changed, judge(changed.statement, quotes)))
    return found


@pytest.mark.parametrize("within", ["document", "quotes"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_fixtures_statements_changed(kind: str, within: str) -> None:
    judged = verdicts()[kind, within]
    missed = [changed.statement for changed, reasons in judged if not changed.codes & {r.code for r in reasons}]
    assert len(judged) >= (DENIALS if kind == "dropped not" else FEWEST)
    assert len(missed) <= (1 - CAUGHT) * len(judged), missed


class Told(NamedTuple):
    """A sentence of a narrative, by the one who judges it, with its facts and the passages of all of them."""

    reader: Reader
    text: str
    facts: list[Fact]

    @property
    def evidence(self) -> list[Evidence]:
        return [evidence for fact in self.facts for evidence in fact.evidence]

    def changed(self, kind: str) -> Iterator[Mutation]:
        if kind == "subjects":
            return subjects(self.text, [fact.subject for fact in self.facts])
        return KINDS[kind](self.text, "\n\n".join(evidence.quote for evidence in self.evidence))


@cache
def told() -> list[Told]:
    """The sentences of the fixtures' narratives, those of the same facts in both budgets once."""
    found: dict[tuple[Path, str], Told] = {}
    for path in (*FIXTURES, *FILINGS):
        document = read(path)
        reader = Reader.of(document)
        for max_tokens in BUDGETS:
            record = brief(document, max_tokens=max_tokens)
            facts = {fact.id: fact for fact in all_facts(record.facts)}
            for sentence in record.narrative.sentences:
                found[path, sentence.text] = Told(reader, sentence.text, [facts[id_] for id_ in sentence.facts])
    return list(found.values())


def test_the_narratives_sentences_hold() -> None:
    refused = {sentence.text: sentence.reader.judge(sentence.text, sentence.evidence) for sentence in told()}
    assert not [text for text, reasons in refused.items() if reasons]


@pytest.mark.parametrize("kind", [*KINDS, "subjects"])
def test_the_narratives_sentences_changed(kind: str) -> None:
    judged = [
        (changed, sentence.reader.judge(changed.statement, sentence.evidence), len(sentence.facts) >= MERGED)
        for sentence in told()
        for changed in sentence.changed(kind)
    ]
    missed = [
        (changed.statement, of_many) for changed, why, of_many in judged if not changed.codes & {r.code for r in why}
    ]
    of_many = sum(merged for _, _, merged in judged)
    assert len(judged) >= FEWEST
    assert len(missed) <= (1 - CAUGHT) * len(judged), missed
    assert sum(merged for _, merged in missed) <= (1 - CAUGHT) * of_many, missed
    assert of_many >= FEWEST or kind not in ("digit", "scale", "figures", "subjects")
