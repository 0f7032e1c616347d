"""The rules of what a name can be: a company is no place, and a former name stays with its bearer."""

from __future__ import annotations

import re

from extractor.grounding.analysis import Reading
from extractor.grounding.reasons import reason
from extractor.schema import Reason

# "headquartered in Orion Works, Inc.": a company is no place.
_SEATED = ("headquartered", "based", "located")
_SEAT = re.compile(
    rf"\b(?:{'|'.join(_SEATED)})\s+(?:in|at)\s+(?P<name>(?:[A-Z][\w.&'’-]*,?\s+){{1,5}}?"
    r"(?:Inc|Incorporated|Corp|Corporation|Company|Co|LLC|Ltd|Limited|plc)\b)"
)


def seat_reason(statement: Reading, passage: Reading) -> Reason | None:
    """Return a reason where the statement places something in a company and the passage does not."""
    seat = None if statement.lowers.isdisjoint(_SEATED) else _SEAT.search(statement.text)
    if seat is None or _SEAT.search(passage.text):
        return None
    return reason("attribution", f'places something in "{seat["name"]}"; the passage does not')


# "Orion Works, Inc. (formerly Vega)", "Orion, once called Vega"
_FORMERLY = re.compile(
    r"(?P<now>[A-Z][\w&’'-]*(?:\s(?:&\s)?[A-Z][\w&’'-]*){0,5})(?:,?\s(?:Inc|Corp|Co|Ltd|LLC)\b\.?)?[,\s(]+"
    r"(?:formerly|previously|once|earlier)(?:\s(?:known\sas|called|named))?\s(?P<was>[A-Z][\w&’'-]*)"
)


def former_reason(statement: Reading, passage: Reading) -> Reason | None:
    """Return a reason where a former name is given to another than the passage gives it to."""
    said = None if statement.lowers.isdisjoint(_FORMER) else _FORMERLY.search(statement.text)
    if said is None:
        return None
    for given in _FORMERLY.finditer(passage.text):
        if given["was"] == said["was"] and not set(given["now"].split()) & set(said["now"].split()):
            return reason(
                "attribution", f'says "{said["now"]}" was "{said["was"]}"; the passage says so of "{given["now"]}"'
            )
    return None


_FORMER = ("formerly", "previously", "once", "earlier")
