"""A language model's answers about the invented filings, replayed: most of it is kept, and the paragraph reads well."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from extractor import Brief, Document, check, read
from extractor.context import Reader
from extractor.record import all_facts
from tests.llm.conftest import Ask
from tests.llm.server import Answer, Body, ScriptedServer
from tests.mutations import digit, figures, scale, subjects, year

RECORDED = Path(__file__).with_name("recorded")
FIXTURES = Path(__file__).parents[2] / "fixtures"
# Facts told, where lists and comparisons take the room of the twenty-fifth.
TOLD = {"larkspur-therapeutics": 23, "meridian-holdings": 23}
NAMES = sorted(path.stem for path in RECORDED.glob("*.json") if ".repair" not in path.name)


def replayed(name: str) -> Answer:
    return Answer((RECORDED / f"{name}.json").read_text("utf-8"))


def repaired(name: str, body: Body) -> Answer:
    """The recorded wording of each fact that the repair asks about."""
    known: Body = json.loads((RECORDED / f"{name}.repair.json").read_text("utf-8"))
    asked = re.findall(r"^Fact (\d+), citing [\d, ]+: (.+)$", body["messages"][1]["content"], re.MULTILINE)
    entries = [{"fact": int(number), **known[statement]} for number, statement in asked if statement in known]
    return Answer(json.dumps({"facts": entries}))


def made(name: str, ask: Ask) -> tuple[Brief, Document]:
    document = read(FIXTURES / f"{name}.txt")
    with ScriptedServer(replayed(name), lambda body: repaired(name, body)) as server:
        return ask(server, document), document


@pytest.mark.parametrize("name", NAMES)
def test_the_record_holds_nearly_all_that_the_model_said(name: str, ask: Ask) -> None:
    record, document = made(name, ask)
    said = len(json.loads((RECORDED / f"{name}.json").read_text("utf-8"))["facts"])
    assert check(record, document) == []
    assert len(record.rejected) <= 0.08 * said
    assert len(all_facts(record.facts)) >= 0.9 * said
    assert not [r for r in record.rejected if r.reasons[0].code == "quote_not_found"]


@pytest.mark.parametrize("name", NAMES)
def test_the_paragraph_is_one_dense_paragraph(name: str, ask: Ask) -> None:
    record, _ = made(name, ask)
    narrative = record.narrative
    told = {id_ for sentence in narrative.sentences for id_ in sentence.facts}
    assert 490 <= narrative.tokens <= 512
    assert len(told) >= TOLD.get(name, 25)
    assert {id_[:3] for id_ in told} == {fact.id[:3] for fact in all_facts(record.facts)}
    important = [fact.id for fact in all_facts(record.facts) if fact.importance == 3]
    assert len(set(important) - told) <= 0.1 * len(important)
    assert not re.search(r"\b(?:we|our|us)\b|\.\.|,,| ,|\s\s", narrative.text)
    assert max(len(sentence.text.split()) for sentence in narrative.sentences) <= 45


CAUGHT = 0.99  # of the changed sentences
FEWEST = 300


def test_the_paragraphs_sentences_changed_are_refused(ask: Ask) -> None:
    missed, made_false = [], 0
    for name in NAMES:
        record, document = made(name, ask)
        reader, facts = Reader.of(document), {fact.id: fact for fact in all_facts(record.facts)}
        for sentence in record.narrative.sentences:
            told = [facts[id_] for id_ in sentence.facts]
            evidence = [passage for fact in told for passage in fact.evidence]
            quotes = "\n\n".join(passage.quote for passage in evidence)
            changed = [c for mutate in (digit, scale, year, figures) for c in mutate(sentence.text, quotes)]
            changed += subjects(sentence.text, [fact.subject for fact in told])
            made_false += len(changed)
            for change in changed:
                if change.codes.isdisjoint(reason.code for reason in reader.judge(change.statement, evidence)):
                    missed.append(change.statement)
    assert made_false >= FEWEST
    assert len(missed) <= (1 - CAUGHT) * made_false, missed
