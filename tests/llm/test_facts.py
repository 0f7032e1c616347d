"""From a well-formed answer to the record: what is kept, placed, typed, refused, mended and told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from extractor import Document, ModelError, check
from extractor.record import all_facts
from extractor.schema import ModelEngine, RevenueSource
from tests.llm.conftest import COMPANY, FACILITY, FALSE, GOOD, LARGEST, PRODUCTS, SALES, SHARE, Ask, fact
from tests.llm.server import Answer, Body, ScriptedServer, facts


def mended(*entries: Body) -> Answer:
    return Answer(json.dumps({"facts": entries}))


def mend(entry: Body, number: int = 1, **changes: Any) -> Body:
    """An entry of a repair's answer."""
    worded = {name: entry[name] for name in ("passages", "subject", "predicate", "items", "details")}
    return {"fact": number, **worded, **changes}


def test_good_facts_become_a_record_that_checks(ask: Ask, document: Document) -> None:
    with ScriptedServer(facts(*GOOD)) as server:
        record = ask(server)
    assert check(record, document) == []
    assert record.rejected == []
    assert len(server.requests) == 1
    assert record.narrative.text == (
        "Bramblewick Tools, Inc., headquartered in Dayton, Ohio, designs, makes and sells hand tools for gardeners. "
        "Its net sales were $48.2 million in fiscal 1998, compared with $43.9 million in fiscal 1997. "
        "Pruning shears accounted for 61% of net sales in fiscal 1998. "
        "Harwell Home Centers accounted for 22% of net sales in fiscal 1998. "
        "Bramblewick Tools makes pruning shears, spades and garden forks. "
        "It has a $12.0 million revolving credit facility with Tallow Creek Bank."
    )


def test_facts_are_typed_and_their_figures_have_spans(ask: Ask, document: Document) -> None:
    with ScriptedServer(facts(*GOOD)) as server:
        record = ask(server)
    company, total, part = record.facts.company, *record.facts.revenue_sources
    assert company is not None
    assert (company.name, company.headquarters) == ("Bramblewick Tools, Inc.", "Dayton, Ohio")
    assert isinstance(total, RevenueSource)
    assert (total.kind, total.amount and total.amount.amount) == ("total", 48_200_000)
    assert (part.kind, part.share and part.share.value) == ("part", 61)
    assert record.facts.customer_concentration[0].customer == "Harwell Home Centers"
    facility = record.facts.financing[0]
    assert (facility.kind, facility.counterparty) == ("credit_facility", "Tallow Creek Bank")
    for found in all_facts(record.facts):
        for figure in found.figures:
            assert document.text[figure.start : figure.end] == figure.text


def test_the_record_says_what_it_took(ask: Ask) -> None:
    with ScriptedServer(facts(*GOOD)) as server:
        engine = ask(server).engine
    assert isinstance(engine, ModelEngine)
    assert (engine.model, engine.served, engine.mode) == ("m", "m-served", "json_schema")
    assert (engine.requests, engine.retries, engine.repairs, engine.cached_answers) == (1, 0, 0, 0)
    assert (engine.prompt_tokens, engine.cached_tokens, engine.completion_tokens) == (1000, 64, 100)


def test_a_fact_that_fails_is_asked_for_anew_with_its_reasons_and_its_sentences_alone(ask: Ask) -> None:
    good = mend(FALSE, predicate="has a $12.0 million revolving credit facility with Tallow Creek Bank")
    with ScriptedServer(facts(COMPANY, SALES, FALSE), mended(good)) as server:
        record = ask(server)
    assert record.rejected == []
    assert [f.predicate for f in record.facts.financing] == [good["predicate"]]
    system, user = (message["content"] for message in server.requests[1]["messages"])
    assert "mend" in system
    assert "figure_not_in_quote" in user
    assert "13 The Company has a $12.0 million" in user
    assert "14 In March 1998" in user
    assert "pruning shears" not in user
    assert isinstance(record.engine, ModelEngine)
    assert (record.engine.requests, record.engine.repairs) == (2, 1)


def test_what_fails_again_stands_in_rejected(ask: Ask) -> None:
    still = mend(FALSE, predicate="has a $13.0 million revolving credit facility with Tallow Creek Bank")
    with ScriptedServer(facts(COMPANY, FALSE), mended(still)) as server:
        record = ask(server)
    (rejected,) = record.rejected
    assert "$13.0 million" in rejected.statement
    assert rejected.reasons[0].code == "figure_not_in_quote"
    assert len(server.requests) == 2


@pytest.mark.parametrize(("repairs", "requests"), [(0, 1), (1, 2), (3, 4)])
def test_repairs_are_as_many_as_asked_for(repairs: int, requests: int, ask: Ask) -> None:
    with ScriptedServer(facts(COMPANY, FALSE), mended(mend(FALSE))) as server:
        assert len(ask(server, repairs=repairs).rejected) == 1
    assert len(server.requests) == requests


def test_a_repair_that_brings_nothing_changes_nothing(ask: Ask) -> None:
    with ScriptedServer(facts(*GOOD, FALSE), Answer("I would rather not.")) as server:
        record = ask(server, retries=0)
    assert len(all_facts(record.facts)) == len(GOOD)
    assert len(record.rejected) == 1


@pytest.mark.parametrize(
    ("passage", "found"),
    [
        pytest.param((9, "accounted for 22% of net sales"), True, id="part-of-a-sentence"),
        pytest.param((3, "Harwell Home Centers, the Company's largest customer, accounted for 22% of net sales"),
                     True, id="another-number"),
        pytest.param((99, "Harwell Home Centers, the Company’s largest customer, accounted for 22% of net sales"),
                     True, id="typographic"),
        pytest.param((9, "Harwell Home Centers accounts for nearly a quarter of all sales"), False, id="own-words"),
        pytest.param((9, "Harwell Home Centers, the Company's largest customer, accounted for 27% of net sales"),
                     False, id="changed-digit"),
        pytest.param((9, ""), False, id="empty"),
    ],
)  # fmt: skip
def test_quotes_are_located_or_the_fact_is_refused(
    passage: tuple[int, str], found: bool, ask: Ask, document: Document
) -> None:
    entry = {**LARGEST, "passages": [{"sentence": passage[0], "quote": passage[1]}]}
    with ScriptedServer(facts(COMPANY, entry), mended()) as server:
        record = ask(server)
    assert bool(record.facts.customer_concentration) is found
    if found:
        (evidence,) = record.facts.customer_concentration[0].evidence
        assert document.text[evidence.start : evidence.end] == evidence.quote
    else:
        assert [reason.code for reason in record.rejected[0].reasons] == ["quote_not_found"]


def test_a_short_quote_that_does_not_carry_the_fact_is_widened_to_its_sentence(ask: Ask) -> None:
    entry = {**LARGEST, "passages": [{"sentence": 9, "quote": "accounted for 22% of net sales"}]}
    with ScriptedServer(facts(COMPANY, entry)) as server:
        record = ask(server)
    (evidence,) = record.facts.customer_concentration[0].evidence
    assert evidence.quote.split()[:3] == ["Harwell", "Home", "Centers,"]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"predicate": "sells our shears"}, id="first-person"),
        pytest.param({"predicate": " . "}, id="no-predicate"),
        pytest.param({"passages": []}, id="no-passage"),
        pytest.param({"items": ["pruning shears", "lawn mowers"]}, id="invented-item"),
        pytest.param({"details": ["the best in the world"]}, id="invented-detail"),
        pytest.param({"subject": "Fernhook Robotics"}, id="invented-name"),
    ],
)
def test_facts_that_may_not_be_told_are_refused(changes: Body, ask: Ask) -> None:
    with ScriptedServer(facts(COMPANY, {**PRODUCTS, **changes}), mended()) as server:
        record = ask(server)
    assert record.facts.products == []
    assert len(record.rejected) == 1


def test_names_that_the_quotes_do_not_hold_are_left_out(ask: Ask, document: Document) -> None:
    entry = {**FACILITY, "names": ["Gilded Bank"]}
    with ScriptedServer(facts(COMPANY, entry, {**PRODUCTS, "names": ["spades", "Rakes"]})) as server:
        record = ask(server)
    assert record.facts.financing[0].counterparty is None
    assert record.facts.products[0].names == ["spades"]
    assert check(record, document) == []


def test_the_same_fact_twice_is_told_once(ask: Ask) -> None:
    nearly = {**SHARE, "subject": "the pruning shears", "importance": 2}
    with ScriptedServer(facts(COMPANY, SHARE, SHARE, nearly, COMPANY)) as server:
        record = ask(server)
    assert len(all_facts(record.facts)) == 2


def test_entries_that_are_no_facts_are_set_aside(ask: Ask) -> None:
    odd = ["x", None, {"area": "weather"}, {**SHARE, "importance": 9}, {**SHARE, "passages": "none"}]
    with ScriptedServer(Answer(json.dumps({"facts": [*GOOD, *odd]}))) as server:
        record = ask(server)
    assert len(all_facts(record.facts)) == len(GOOD)
    assert isinstance(record.engine, ModelEngine)
    assert record.engine.malformed == len(odd)


def test_a_kind_that_the_record_has_not_is_read_from_the_words(ask: Ask) -> None:
    with ScriptedServer(facts(COMPANY, {**FACILITY, "kind": "loan shark"})) as server:
        assert ask(server).facts.financing[0].kind == "credit_facility"


def test_facts_copied_from_the_examples_of_the_prompt_are_refused(ask: Ask) -> None:
    with ScriptedServer(facts(*GOOD)) as server:
        ask(server)
        system = server.requests[0]["messages"][0]["content"]
    copied = json.loads(system[system.index('{"facts"') :])["facts"]
    assert len(copied) >= 3
    with ScriptedServer(facts(*GOOD, *copied), mended()) as server:
        record = ask(server)
    assert len(record.rejected) == len(copied)
    assert "Pellam" not in record.narrative.text


def test_ten_thousand_facts_are_too_many(ask: Ask) -> None:
    many = [{**SHARE, "predicate": f"accounted for {n}% of net sales in fiscal 1998"} for n in range(10_000)]
    with ScriptedServer(facts(*GOOD, *many), mended()) as server:
        record = ask(server)
    assert isinstance(record.engine, ModelEngine)
    assert len(all_facts(record.facts)) == len(GOOD)
    assert record.engine.malformed > 9_000
    assert len(record.rejected) < 200


def test_an_answer_of_five_megabytes(ask: Ask) -> None:
    long = [{**PRODUCTS, "details": ["x" * 400] * 30}] * 400
    with ScriptedServer(facts(*GOOD, {**SHARE, "predicate": "y" * 5_000_000}, *long), mended()) as server:
        record = ask(server)
    assert len(all_facts(record.facts)) == len(GOOD)


def test_no_good_fact_at_all_is_told(ask: Ask) -> None:
    with ScriptedServer(facts(FALSE), mended()) as server, pytest.raises(Exception, match="no statements") as raised:
        ask(server)
    assert not isinstance(raised.value, ModelError)


def test_a_second_look_asks_about_what_is_missing(ask: Ask) -> None:
    count = fact(
        "customers", "the company", "had 1,140 customers at June 30, 1998",
        (10, "The Company had 1,140 customers at June 30, 1998"),
    )  # fmt: skip
    channels = fact(
        "channels", "the company", "sells its products through",
        (11, "sells its products through 14 independent sales representatives and through a mail-order catalog"),
        items=["14 independent sales representatives", "a mail-order catalog"], kind="agent",
    )  # fmt: skip
    with ScriptedServer(facts(COMPANY, SALES, PRODUCTS, FACILITY), facts(count, channels)) as server:
        record = ask(server, passes=2)
    first, second = (request["messages"] for request in server.requests)
    assert first[0] == second[0]  # the system part is the same, so that a provider's cache serves it
    asked = second[1]["content"]
    assert "14 In March 1998" in asked
    assert "11 The Company sells its products through" in asked
    assert "7 Net sales were" not in asked
    assert "channels" in asked
    assert [f.count and f.count.value for f in record.facts.customers] == [1140]
    assert len(record.facts.channels) == 1
