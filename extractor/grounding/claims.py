"""The claims command's lines: {"id", "statement", "quote"} in, {"id", "supported", "reasons"} out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypedDict

from extractor.errors import InputError
from extractor.grounding import judge


class ReasonRow(TypedDict):
    """A reason as it is printed."""

    code: str
    detail: str


class Verdict(TypedDict):
    """One line of output."""

    id: str
    supported: bool
    reasons: list[ReasonRow]


def judge_claims(lines: Iterable[str]) -> Iterator[Verdict]:
    """Yield a verdict for each line; blank lines are passed over; `quote` is a string or a list of strings."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        id_, statement, quotes = _claim(line, number)
        reasons = judge(statement, quotes)
        yield Verdict(
            id=id_,
            supported=not reasons,
            reasons=[ReasonRow(code=r.code, detail=r.detail) for r in reasons],
        )


def _claim(line: str, number: int) -> tuple[str, str, list[str]]:
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError) as error:  # nested too deeply to be read
        raise InputError(f"line {number} is not JSON: {error}") from None
    if not isinstance(row, dict):
        raise InputError(f'line {number} is not an object: give {{"id", "statement", "quote"}}')
    for key in ("id", "statement"):
        if not isinstance(row.get(key), str):
            raise InputError(f"line {number}: {key!r} must be a string, not {row.get(key)!r}"[:200])
    quote = row.get("quote")
    quotes = [quote] if isinstance(quote, str) else quote
    if not isinstance(quotes, list) or not quotes or not all(isinstance(q, str) for q in quotes):
        raise InputError(f"line {number}: 'quote' must be a string or a list of strings, not {quote!r}"[:200])
    return row["id"], row["statement"], quotes
