"""Whatever the bytes: a brief that holds, or one of the documented errors; nothing else."""

from __future__ import annotations

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from extractor import Brief, ItemoneError, brief, read
from extractor.record import all_facts
from extractor.tokens import count_tokens

OPENING = 'Bramblewick Tools, Inc. ("Bramblewick" or the "Company") makes hand tools for gardeners in Ohio.'
# Pieces of filings: what the engine looks for, torn out of its place.
WORDS = (
    "We we our us The Company the Company's Bramblewick it its they This these such Item 1. Business sells sell makes "
    "operates represented has was were are accounted for of to in and or but , ; : . ... ( ) [ ] “ ” \" ' ’ — - -- • "
    "* net sales revenue customers products stores deposits notes credit facility Tallow Creek Bank Harwell Inc. U.S. "
    "respectively approximately no not which that including as well as compared with against $4.1 million $54 12% 22 "
    "percent 1,140 one-third 1998 1997 fiscal December 31, 2022 2021 one two largest customer(s) {{ }} {% %} {# | \\ ` "
    "<PAGE> <TABLE> </p> &amp; <S> <C> (1) Page 3 PART I GENERAL www.tools.example"
).split()
LINES = [
    "Net sales were $48.2 million in fiscal 1998, compared with $43.9 million in fiscal 1997.",
    "Harwell and Brill accounted for 22% and 15%, respectively, of net sales in fiscal 1998.",
    "The Company's customers include garden centers, hardware stores, schools and hospitals.",
    "We sell our products through 38 independent distributors, which resell them, in Canada.",
    "The Company has a $12.0 million revolving credit facility with Tallow Creek Bank.",
    "In 1998, we, together with our subsidiaries, sold (and leased back) “two mills” for $1.2 million; it was small.",
    "As of June 30, 1998 and 1997, we had borrowings of $3.5 million and $1.0 million, respectively.",
]
ODD = "\x00\x0c\x1a\x85\xa0\xad\u200b\u2028\u202e\ufeff\ufffd\U0001f600\u0301ßİ½٣①\r\t"

# A failure is told as found: making it shorter takes minutes, as each try reads and writes a whole filing.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)

pieces = st.sampled_from(WORDS) | st.sampled_from(LINES) | st.text(st.characters() | st.sampled_from(ODD), max_size=12)
joints = st.sampled_from([" ", " ", " ", "\n", "\n\n", "\r\n", "  ", "", ". "])
texts = st.lists(st.tuples(pieces, joints), max_size=60).map(lambda parts: "".join(a + b for a, b in parts))


def holds(data: bytes, max_tokens: int) -> Brief | None:
    """The brief of `data`, whose spans index their quotes and whose paragraph keeps its budget; None if refused."""
    try:
        record = brief(data, max_tokens=max_tokens)
    except ItemoneError:
        return None
    document = read(data)
    assert record.document.length == len(document.text)
    for fact in all_facts(record.facts):
        assert all(document.text[e.start : e.end] == e.quote for e in fact.evidence)
        assert all(document.text[f.start : f.end] == f.text for f in fact.figures)
    for unclaimed in record.unclaimed:
        assert document.text[unclaimed.start : unclaimed.end] == unclaimed.quote
    narrative = record.narrative
    assert count_tokens(narrative.text) == narrative.tokens <= max_tokens
    assert all(narrative.text[s.start : s.end] == s.text for s in narrative.sentences)
    assert len(narrative.text.splitlines()) <= 1
    assert Brief.model_validate_json(record.model_dump_json()) == record
    return record


@settings(max_examples=120, deadline=None, phases=PHASES)
@example("", "utf-8", 32)
@example("\n".join(LINES), "utf-8", 512)
@given(texts, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"]), st.integers(32, 512))
def test_any_text(text: str, encoding: str, max_tokens: int) -> None:
    holds(text.encode(encoding, "replace"), max_tokens)


@settings(max_examples=60, deadline=None, phases=PHASES)
@given(texts, st.integers(32, 512))
def test_any_text_in_a_filing(text: str, max_tokens: int) -> None:
    data = f"Item 1. Business\n\n{OPENING}\n\n{text}\n\n{LINES[0]}\n".encode("utf-8", "replace")
    holds(data, max_tokens)


@settings(max_examples=60, deadline=None, phases=PHASES)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    holds(data, 64)


@settings(max_examples=20, deadline=None, phases=PHASES)
@given(texts)
def test_the_same_bytes_give_the_same_brief(text: str) -> None:
    data = f"{OPENING}\n\n{text}\n\n{LINES[0]}".encode("utf-8", "replace")
    assert holds(data, 256) == holds(data, 256)


@pytest.mark.parametrize("piece", ["(", "“", "a ", "$1,", "1 and ", "We ", ", which ", ". ", "the Company's "])
def test_a_long_line_of_one_thing_ends_in_time(piece: str) -> None:
    data = f"{OPENING}\n\n{piece * (20_000 // len(piece))}\n\n{LINES[0]}".encode()
    assert holds(data, 128) is not None
