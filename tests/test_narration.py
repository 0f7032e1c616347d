"""The paragraph: its budget, its sentences and what they rest on, its order, and the user's own templates."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import Brief, Document, UsageError, brief, document_from_text, read
from extractor.engines.offline.areas import TYPED
from extractor.engines.offline.draft import Draft
from extractor.narration import narrate
from extractor.record import ID_PREFIX, all_facts
from extractor.schema import Evidence, Fact, Facts, Narrative
from extractor.tokens import count_tokens
from extractor.wording import Wording

FIXTURES = sorted((Path(__file__).parents[1] / "fixtures").glob("*.txt"))
NAMES = [path.stem for path in FIXTURES]
FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|ourselves)\b", re.IGNORECASE)
# What no copy editor lets stand: doubled commas, a comma before the stop, spaces before marks, "and and".
SLIPS = re.compile(r",\s*[,.;]|\s[,;]|\s\.(?!\d)|\.\.|\b(\w+) \1\b(?<!had had)(?<!that that)| (?:and|or|of|the|a)\.")
ORDER = list(ID_PREFIX.values())


@cache
def document_of(name: str) -> Document:
    return read(FIXTURES[NAMES.index(name)])


@cache
def record_of(name: str) -> Brief:
    return brief(document_of(name))


def holds(narrative: Narrative, facts: Facts) -> None:
    """Asserts what must be true of every narrative of `facts`."""
    assert narrative.tokens == count_tokens(narrative.text) <= narrative.max_tokens
    assert "\n" not in narrative.text
    assert narrative.text == " ".join(sentence.text for sentence in narrative.sentences)
    assert all(narrative.text[s.start : s.end] == s.text for s in narrative.sentences)
    told = [id_ for sentence in narrative.sentences for id_ in sentence.facts]
    assert len(told) == len(set(told))
    assert narrative.omitted == [fact.id for fact in all_facts(facts) if fact.id not in told]
    assert set(told) <= {fact.id for fact in all_facts(facts)}
    places = [ORDER.index(id_.partition("-")[0]) for id_ in told]
    assert places == sorted(places)


def some_of(facts: Facts, kept: frozenset[int]) -> Facts:
    """`facts` without those whose place in the record is not in `kept`."""
    ids = {fact.id for i, fact in enumerate(all_facts(facts)) if i in kept}
    areas = {area: [f for f in getattr(facts, area) if f.id in ids] for area in list(ID_PREFIX)[1:]}
    company = facts.company if facts.company and facts.company.id in ids else None
    return Facts(company=company, **areas)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(NAMES), st.integers(32, 512), st.frozensets(st.integers(0, 59)) | st.just(frozenset(range(60))))
def test_any_facts_within_any_budget(name: str, max_tokens: int, kept: frozenset[int]) -> None:
    facts = some_of(record_of(name).facts, kept)
    narrative = narrate(facts, document_of(name), max_tokens=max_tokens)
    assert narrative.max_tokens == max_tokens
    holds(narrative, facts)


@pytest.mark.parametrize("name", NAMES)
class TestFixtures:
    def test_each_area_keeps_its_best_fact(self, name: str) -> None:
        facts = record_of(name).facts
        told = {id_ for sentence in record_of(name).narrative.sentences for id_ in sentence.facts}
        best = {getattr(facts, area)[0].id for area in list(ID_PREFIX)[1:] if getattr(facts, area)}
        assert best - told == set()
        assert facts.company is None or facts.company.id in told

    def test_the_room_is_used(self, name: str) -> None:
        narrative = record_of(name).narrative
        assert narrative.tokens > 450 or not narrative.omitted

    def test_third_person(self, name: str) -> None:
        assert not FIRST_PERSON.search(record_of(name).narrative.text)

    def test_sentences_are_sentences(self, name: str) -> None:
        for sentence in record_of(name).narrative.sentences:
            assert sentence.text[0].isupper() or not sentence.text[0].isalpha(), sentence.text
            assert sentence.text.endswith((".", ".”", '."')), sentence.text
            assert not SLIPS.search(sentence.text), sentence.text
            assert sentence.text.count("(") == sentence.text.count(")"), sentence.text
            assert len(sentence.text.split()) >= 4, sentence.text

    def test_sentences_vary(self, name: str) -> None:
        openings = [sentence.text.split()[0] for sentence in record_of(name).narrative.sentences]
        assert ("It", "It") not in set(pairwise(openings))

    def test_nothing_is_said_twice(self, name: str) -> None:
        sentences = [sentence.text for sentence in record_of(name).narrative.sentences]
        assert len(sentences) == len(set(sentences))

    def test_the_same_facts_give_the_same_words(self, name: str) -> None:
        record = record_of(name)
        assert narrate(record.facts, document_of(name)) == record.narrative

    def test_less_room_tells_less(self, name: str) -> None:
        facts, document = record_of(name).facts, document_of(name)
        told = [len(narrate(facts, document, max_tokens=n).sentences) for n in (48, 160, 512)]
        assert told == sorted(told)
        assert told[0] >= 1


def test_no_facts_no_words() -> None:
    narrative = narrate(Facts(), document_of(NAMES[0]))
    assert (narrative.text, narrative.tokens, narrative.sentences, narrative.omitted) == ("", 0, [], [])


SHARES = """\
Item 1. Business

Bramblewick Tools, Inc. ("Bramblewick" or the "Company") makes hand tools for gardeners in Ohio.

Bramblewick's largest customer is Harwell. Harwell accounted for 22% of net sales in fiscal 1998. Brill accounted for
15% of net sales in fiscal 1998. Tansy accounted for 11% of net sales in fiscal 1998. Bramblewick grows.
"""


def test_shares_of_one_thing_stand_in_one_sentence() -> None:
    narrative = brief(document_from_text(SHARES)).narrative
    (sentence,) = [s for s in narrative.sentences if "Harwell accounted" in s.text]
    assert len(sentence.facts) == 3
    assert sentence.text.count("net sales in fiscal 1998") == 1
    assert re.search(r"Harwell accounted for 22% .*\bBrill for 15%.* and Tansy for 11%", sentence.text)


TABLED = """\
Item 1. Business

Bramblewick Tools, Inc. ("Bramblewick" or the "Company") makes hand tools for gardeners in Ohio.

The following table shows net sales by product line:

(in thousands)  1998  1997
Spades, forks and hoes  $61,480  $57,215
Shears  48,225  41,360
Watering cans and hoses  10,400  10,400

Bramblewick sells its tools through garden centers. Bramblewick's customers are gardeners and nurseries in Ohio.
"""


def test_rows_of_a_table_stand_in_one_sentence_each_with_the_year_before() -> None:
    narrative = brief(document_from_text(TABLED)).narrative
    told = [s.text for s in narrative.sentences if "net sales" in s.text]
    assert told == [
        "Spades, forks and hoes accounted for $61.5 million of net sales in 1998 ($57.2 million in 1997), shears for "
        "$48.2 million ($41.4 million) and watering cans and hoses for $10.4 million."
    ]


def test_the_company_is_called_by_its_short_name_or_a_pronoun() -> None:
    text = brief(document_from_text(SHARES)).narrative.text
    assert text.startswith("Bramblewick Tools, Inc. makes hand tools")
    assert "the Company" not in text


BANK = """\
Item 1. Business

Bramblewick Bancorp, Inc. (the "Company") is the holding company of Bramblewick Savings Bank, F.S.B. (the "Bank").

The Bank had deposits of $12.6 million at June 30, 1996. The Bank conducts its business from five branch offices in
Ohio.
The Bank offers passbook savings accounts and mortgage loans to families in Ohio.
"""


def test_what_a_defined_bank_does_is_told() -> None:
    narrative = brief(document_from_text(BANK)).narrative
    assert narrative.omitted == []
    assert "Bramblewick Savings Bank" in narrative.text
    assert {"$12.6", "five", "passbook"} <= set(narrative.text.split())


def test_a_bank_told_by_its_name_is_called_the_bank_from_there_on() -> None:
    text = brief(document_from_text(BANK)).narrative.text
    assert text.count("Bramblewick Savings Bank (the Bank)") <= 1
    assert "(the Bank)" in text.partition("the Bank")[0] + "(the Bank)"


DEFINED = """\
Item 1. Business

Bramblewick Tools, Inc. ("Bramblewick" or the "Company") makes hand tools for gardeners in Ohio.

Products

Fernhook includes a leather case and two spare blades of steel. Bramblewick sells numerically controlled lathe ("NCL")
kits. The Company sells NCL kits to 40 schools. Fernhook is a pair of shears for roses. Fernhook Gold is a pair of
shears for hedges that cost $90.
"""


def test_what_a_thing_is_stands_before_its_use() -> None:
    text = brief(document_from_text(DEFINED)).narrative.text
    assert -1 < text.index("Fernhook is a pair of shears for roses") < text.index("Fernhook includes a leather case")


MEASURED = """\
Item 1. Business

Bramblewick Tools, Inc. ("Bramblewick" or the "Company") makes hand tools for gardeners in Ohio.

Revenue

Sales in the garden market were $84.8 million in fiscal year 1998. Sales in the school market were $93.2 million in
fiscal 1998. Sales in the farm market were $6.7 million in fiscal 1998. Sales in the club market were $2.1 million in
fiscal 1997.
"""


def test_the_same_measure_of_several_parts_stands_in_one_sentence() -> None:
    told = [s.text for s in brief(document_from_text(MEASURED)).narrative.sentences]
    assert (
        "Sales in the garden market were $84.8 million in fiscal year 1998, sales in the school market $93.2 million "
        "and sales in the farm market $6.7 million."
    ) in told
    assert "Sales in the club market were $2.1 million in fiscal 1997." in told


SHORT_FORMS = """\
Item 1. Business

Bramblewick Tools, Inc. ("Bramblewick" or the "Company") carries less than half loads (“LTHL”) of tools for gardeners.

Products

Some of what is written here of hand tools (“HT”) is long, and much of it would not be told at all, as it is of no
use. The Company sells HT kits to 40 schools in Ohio. The Company rents HT kits to 12 clubs in Utah.
"""


def test_a_short_form_is_told_with_its_words_once() -> None:
    text = brief(document_from_text(SHORT_FORMS)).narrative.text
    assert "hand tool (HT) kits" in text
    assert text.count("(HT)") == 1


def own_templates(folder: Path, text: str | bytes) -> Path:
    (folder / "sentence.j2").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def test_a_template_of_ones_own_is_used(document: Document, tmp_path: Path) -> None:
    own = own_templates(tmp_path, "{{ ('Briefly, ' ~ subject ~ ' ' ~ group.tellings[0].phrase) | sentence }}\n")
    narrative = brief(document, templates=own).narrative
    assert narrative.sentences
    assert all(sentence.text.startswith("Briefly, ") for sentence in narrative.sentences)


def test_a_template_that_runs_over_lines_still_gives_one_line(document: Document, tmp_path: Path) -> None:
    own = own_templates(tmp_path, "{{ subject | capitalize }}\n\n  {{ group.tellings[0].phrase }}\n.\n")
    assert "\n" not in brief(document, templates=own).narrative.text


def test_a_folder_without_the_template_changes_nothing(document: Document, record: Brief, tmp_path: Path) -> None:
    assert brief(document, templates=tmp_path) == record


BROKEN = [
    pytest.param("{% if %}", id="syntax"),
    pytest.param("{{ nothing }}", id="unknown-name"),
    pytest.param("{{ group.nothing }}", id="unknown-attribute"),
    pytest.param("{{ subject | nothing }}", id="unknown-filter"),
    pytest.param("{% include 'nothing.j2' %}", id="missing-include"),
    pytest.param("{{ subject + 1 }}", id="wrong-types"),
    pytest.param("{{ 1 / 0 }}", id="division-by-zero"),
    pytest.param(b"\xff\xfe{{ subject }}", id="not-utf-8"),
]
UNSAFE = [
    pytest.param("{{ ''.__class__.__mro__ }}", id="class"),
    pytest.param("{{ group.__init__.__globals__ }}", id="globals"),
    pytest.param("{{ group.subject.__class__.__subclasses__() }}", id="subclasses"),
    pytest.param("{{ listed.__globals__['__builtins__'].open('/etc/passwd').read() }}", id="builtins"),
    pytest.param("{% include '/etc/passwd' %}", id="file"),
    pytest.param("{% include '../../secret.j2' %}", id="folder-above"),
    pytest.param("{{ group.tellings[0].fact.details.append('more') }}", id="changes-a-fact"),
    pytest.param("{% for i in range(10 ** 9) %}a{% endfor %}", id="without-end"),
]


@pytest.mark.parametrize("template", BROKEN + UNSAFE)
def test_a_template_that_cannot_be_used_is_an_error_of_use(
    template: str | bytes, document: Document, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=r"sentence\.j2"):
        brief(document, templates=own_templates(tmp_path, template))


def test_no_folder(document: Document, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a folder"):
        brief(document, templates=tmp_path / "missing")
    with pytest.raises(UsageError, match="not a folder"):
        brief(document, templates=own_templates(tmp_path, "") / "sentence.j2")


ORDERED = """\
Item 1. Business

Bramblewick Tools, Inc. ("Bramblewick" or the "Company") makes hand tools for gardeners in Ohio.

At December 31, 1998 Bramblewick operated 14 shops, nine nurseries, six kiosks, four schools and two museums.

Bramblewick has four workshops, which stand in Dover, Lima, Marion and Tiffin. Its tools carry the brands Thornwick,
Mossgate, Fernhill and Dapple, and its lines are spades, forks, hoes, rakes, shears and trowels.

Customers may return tools at any time, except tools that were made to order. Harwell, Brill and Tansy took 22%, 15%
and 11% of net sales in fiscal 1998, respectively. Bramblewick leases its offices. Bramblewick owns its workshops.
"""


def worded(area: str, number: int, quote: str, subject: str, predicate: str, **parts: Any) -> Fact:
    """A fact of ORDERED as a model words it."""
    wording = Wording(subject, predicate, tuple(parts.get("details", ())), tuple(parts.get("items", ())))
    start = ORDERED.index(quote)
    evidence = (Evidence(quote=quote, start=start, end=start + len(quote)),)
    draft = Draft(wording, evidence, [], 0.0, parts.get("importance", 3), area)  # type: ignore[arg-type]
    return TYPED[area](draft).model_copy(update={"id": f"{ID_PREFIX[area]}-{number}"})  # type: ignore[index]


def told_of(*facts: Fact, max_tokens: int = 512) -> list[str]:
    areas: dict[str, list[Fact]] = {}
    for fact in facts:
        areas.setdefault(next(a for a, prefix in ID_PREFIX.items() if fact.id.startswith(prefix)), []).append(fact)
    narrative = narrate(Facts(**areas), document_from_text(ORDERED), max_tokens=max_tokens, ordered=True)  # type: ignore[arg-type]
    return [sentence.text for sentence in narrative.sentences]


OPERATED = (
    "At December 31, 1998 Bramblewick operated 14 shops, nine nurseries, six kiosks, four schools and two museums."
)


def test_lists_in_the_same_words_are_one_list_and_the_period_stands_behind_it() -> None:
    predicate = "operated at December 31, 1998"
    first = worded("channels", 1, OPERATED, "the company", predicate, items=["14 shops", "nine nurseries"])
    second = worded("channels", 2, OPERATED, "the company", predicate, items=["six kiosks", "four schools"])
    assert told_of(first, second) == [
        "Bramblewick operated 14 shops, nine nurseries, six kiosks and four schools at December 31, 1998."
    ]


def test_a_counted_list_is_told_whole_or_not_at_all() -> None:
    quote = "Bramblewick has four workshops, which stand in Dover, Lima, Marion and Tiffin"
    towns = ["Dover", "Lima", "Marion", "Tiffin"]
    fact = worded("products", 1, quote, "the company", "has four workshops", items=towns)
    assert told_of(fact) == ["Bramblewick has four workshops: Dover, Lima, Marion and Tiffin."]
    assert told_of(fact, max_tokens=12) == []


def test_other_lists_are_cut_where_there_is_no_room() -> None:
    quote = "its lines are spades, forks, hoes, rakes, shears and trowels"
    lines = ["spades", "forks", "hoes", "rakes", "shears", "trowels"]
    fact = worded("products", 1, quote, "the company's lines", "include", items=lines)
    assert told_of(fact) == ["The company's lines include spades, forks, hoes, rakes, shears and trowels."]
    assert told_of(fact, max_tokens=12) == ["The company's lines include spades, forks and hoes."]


def test_a_limit_is_never_left_out() -> None:
    quote = "Customers may return tools at any time, except tools that were made to order"
    fact = worded(
        "customers", 1, quote, "customers", "may return tools at any time", details=["except tools made to order"]
    )
    assert told_of(fact) == ["Customers may return tools at any time, except tools made to order."]
    assert told_of(fact, max_tokens=10) == []


def test_what_its_engine_tells_in_a_row_of_one_subject_is_one_sentence() -> None:
    leases = worded("financing", 1, "Bramblewick leases its offices", "the company", "leases its offices")
    owns = worded("financing", 2, "Bramblewick owns its workshops", "the company", "owns its workshops")
    assert told_of(leases, owns) == ["Bramblewick leases its offices and owns its workshops."]


def test_a_list_that_a_detail_counts_is_told_whole() -> None:
    quote = "Bramblewick has four workshops, which stand in Dover, Lima, Marion and Tiffin"
    towns = ["Dover", "Lima", "Marion", "Tiffin"]
    fact = worded("products", 1, quote, "the company", "works in", items=towns, details=["its four workshops"])
    assert told_of(fact, max_tokens=16) == ["Bramblewick works in Dover, Lima, Marion and Tiffin."]
    assert told_of(fact, max_tokens=10) == []


def test_of_a_joined_sentence_that_is_refused_the_rest_stays_joined() -> None:
    quote = "Harwell, Brill and Tansy took 22%, 15%\nand 11% of net sales in fiscal 1998, respectively"
    shares = [("Harwell", "22%"), ("Brill", "15%"), ("Tansy", "11%"), ("Nettle", "9%")]
    facts = [
        worded("customer_concentration", n, quote, name, f"accounted for {share} of net sales in fiscal 1998")
        for n, (name, share) in enumerate(shares, 1)
    ]
    assert told_of(*facts) == [
        "Harwell accounted for 22% of net sales in fiscal 1998, Brill for 15% and Tansy for 11%."
    ]
