"""The claims command's lines, in and out."""

from __future__ import annotations

import json

import pytest

from extractor.errors import InputError
from extractor.grounding.claims import judge_claims

TRUE = {"id": "a", "statement": "It makes lamps.", "quote": "We make lamps."}
FALSE = {"id": "b", "statement": "It had sales of $5 million.", "quote": ["We make lamps.", "Sales were $4 million."]}


def test_a_verdict_for_each_line() -> None:
    verdicts = list(judge_claims([json.dumps(TRUE), "\n", json.dumps(FALSE)]))
    assert verdicts[0] == {"id": "a", "supported": True, "reasons": []}
    assert verdicts[1]["id"] == "b"
    assert verdicts[1]["supported"] is False
    assert verdicts[1]["reasons"] == [
        {"code": "figure_not_in_quote", "detail": "says $5 million; the passage has $4 million"}
    ]


def test_verdicts_come_as_lines_are_read() -> None:
    verdicts = judge_claims(iter([json.dumps(TRUE), "not json"]))
    assert next(verdicts)["supported"] is True
    with pytest.raises(InputError, match="line 2"):
        next(verdicts)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '"text"',
        '{"id": "a", "statement": "It makes lamps."}',
        '{"id": 1, "statement": "It makes lamps.", "quote": "We make lamps."}',
        '{"id": "a", "statement": null, "quote": "We make lamps."}',
        '{"id": "a", "statement": "It makes lamps.", "quote": []}',
        '{"id": "a", "statement": "It makes lamps.", "quote": ["We make lamps.", 3]}',
    ],
)
def test_a_line_that_is_no_claim_is_named(line: str) -> None:
    with pytest.raises(InputError, match="line 3") as caught:
        list(judge_claims([json.dumps(TRUE), json.dumps(TRUE), line]))
    assert "\n" not in str(caught.value)
