"""Grounding against readers' claims: true and false ones in words other than the passages', of invented filings."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from extractor.grounding import judge

CLAIMS = Path(__file__).parent / "claims.toml"
CAUGHT = 0.9  # of the false claims
CODED = 0.8  # of the false claims, with the code that names what is false
REFUSED = 0.05  # of the true claims


class Claim(NamedTuple):
    """A statement about a passage; `code` is why it is false, "" where it is true."""

    statement: str
    passage: str
    code: str


def claims() -> list[Claim]:
    found: list[Claim] = []
    for row in tomllib.loads(CLAIMS.read_text(encoding="utf-8"))["passage"]:
        found += [Claim(statement, row["text"], "") for statement in row["true"]]
        found += [Claim(statement, row["text"], code) for statement, code in row["false"]]
    return found


def test_false_claims_are_caught_with_their_code() -> None:
    false = [claim for claim in claims() if claim.code]
    codes = {claim: {r.code for r in judge(claim.statement, [claim.passage])} for claim in false}
    missed = [claim.statement for claim in false if not codes[claim]]
    coded = [claim for claim in false if claim.code in codes[claim]]
    assert len(false) >= 60
    assert len(missed) <= (1 - CAUGHT) * len(false), missed
    assert len(coded) >= CODED * len(false)


def test_true_claims_are_accepted() -> None:
    true = [claim for claim in claims() if not claim.code]
    refused = [claim.statement for claim in true if judge(claim.statement, [claim.passage])]
    assert len(true) >= 45
    assert len(refused) <= REFUSED * len(true), refused
