"""Counts: what they are counts of, and which of them a passage need not show because they follow from it."""

from __future__ import annotations

import re
from itertools import combinations

from extractor.figures.number import Number
from extractor.grounding.analysis import Reading
from extractor.grounding.basis import FREQUENCIES
from extractor.grounding.lexicon import lexeme

# Units of time and measure: a count of one is never a count of another.
_MEASURES = {
    form: name
    for name, forms in {
        "minute": "minute minutes", "hour": "hour hours hourly", "half-hour": "half-hour half-hours",
        "day": "day days daily", "week": "week weeks weekly", "month": "month months monthly",
        "quarter": "quarter quarters quarterly", "year": "year years yearly", "square foot": "square sq",
        "mile": "mile miles", "acre": "acre acres", "pound": "pound pounds lb lbs", "ton": "ton tons tonne tonnes",
        "gallon": "gallon gallons", "barrel": "barrel barrels", "share": "share shares",
        "employee": "employee employees", "customer": "customer customers", "country": "country countries",
        "state": "state states",
    }.items()
    for form in forms.split()
}  # fmt: skip
# Before another noun these tell of what kind it is: "customer support employees" counts no customers.
_MODIFIERS = frozenset(("share", "employee", "customer", "country", "state"))
# A small number in words may have been counted up: "three segments" over a list of three.
_COUNTABLE = 12
# Of more counts than this, as in a table, some two make up nearly any number.
_MOST_ADDED = 4


def unit_measure(unit: str | None) -> str | None:
    """Return the measure that a counted noun phrase names, "month" for "calendar months", None where it names none."""
    if not unit:
        return None
    for n, word in enumerate(reversed(unit.lower().split())):
        if n and (word in FREQUENCIES or word in _MODIFIERS):  # "hourly employees" counts no hours
            continue
        measure = _MEASURES.get(word)
        if measure is None and "-" in word:
            measure = _MEASURES.get(word.rpartition("-")[2])
        if measure:
            return measure
    return None


def is_measure(number: Number) -> bool:
    """Say whether a number counts a unit of time or measure."""
    return number.kind == "count" and unit_measure(number.unit) is not None


def excused(passage: Reading, number: Number) -> bool:
    """Say whether a figure that the passage does not show may follow from it: counted up, or a word's paraphrase."""
    if number.kind == "percent" and number.worded:
        if number.bound == "over":
            return bool(
                passage.lowers & {"most", "majority", "primarily", "mainly", "principally", "largely", "predominantly"}
            ) or any(other.number.kind == "percent" and other.number.value > number.value for other in passage.numbers)
        return bool(passage.lowers & {"half"})
    if number.kind == "count" and not number.joined_to_next and _worked_out(number, passage):
        return True
    if number.kind != "count" or number.value > _COUNTABLE or number.value != int(number.value):
        return False
    if number.value == 1 and number.worded:
        return True
    if number.value == _COUNTABLE and (number.unit or "").startswith("month"):
        return True
    unit = _unit_stems(number)
    rivals = any(
        other.number.kind == "count" and not unit.isdisjoint(_unit_stems(other.number)) for other in passage.numbers
    )
    if rivals or not (number.worded or number.value == 1):
        return False
    return number.value == 2 or _listed(passage.text) >= number.value


def _worked_out(said: Number, passage: Reading) -> bool:
    """Say whether a count is the sum or the difference of two of the passage's: 28 bureaus, nine here, so 19 abroad.

    A sum of two things is no number of one of them; an hour is no sum but of hours.
    """
    counts = [other.number for other in passage.numbers if other.number.kind == "count"]
    if len(counts) > _MOST_ADDED:
        return False
    unit, measure = _unit_stems(said), unit_measure(said.unit)
    for a, b in combinations(counts, 2):
        if min(a.value, b.value) <= 1 or (measure and not measure == unit_measure(a.unit) == unit_measure(b.unit)):
            continue
        alike = unit.isdisjoint(_unit_stems(a)) == unit.isdisjoint(_unit_stems(b))
        if said.value == abs(a.value - b.value) or (alike and said.value == a.value + b.value):
            return True
    return False


def _unit_stems(number: Number) -> frozenset[str]:
    return frozenset(lexeme(word).stem for word in (number.unit or "").lower().replace("-", " ").split())


_LIST_MARK = re.compile(r"[,;•\n]|\band\b|\bor\b")


def _listed(text: str) -> int:
    return len(_LIST_MARK.findall(text)) + 1
