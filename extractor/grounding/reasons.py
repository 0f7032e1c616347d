"""Reasons worded in one plain line of bounded length."""

from __future__ import annotations

from extractor.schema import Reason, ReasonCode

# Longest detail of a reason, and longest piece of either text in it: what fits a line of a report.
DETAIL_LENGTH = 160
PIECE_LENGTH = 70


def reason(code: ReasonCode, detail: str) -> Reason:
    """Return the reason, its detail cut to `DETAIL_LENGTH`."""
    return Reason(code=code, detail=cut(detail, DETAIL_LENGTH))


def cut(text: str, length: int = PIECE_LENGTH) -> str:
    """Return `text` on one line, cut to `length` with "..." where it is longer."""
    if len(text) > length:
        text = text[: length * 2]
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 3].rstrip()}..."
