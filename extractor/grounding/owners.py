"""The rule of owners: what the passage says of a subsidiary's sales is not said of the company's."""

from __future__ import annotations

import re
from collections.abc import Set

from extractor.grounding.analysis import Reading
from extractor.grounding.reasons import reason
from extractor.grounding.stems import stem
from extractor.schema import Reason

_WHAT = (
    r"(?:[\w-]+\s+){0,2}?(?P<what>revenues?|sales|income|earnings|profits?|premiums|deposits|assets|loans|employees|"
    r"customers|backlog|expenses?|purchases|orders)\b"
)
# "Larkfield's title premiums"
_OWNED = re.compile(rf"(?P<owner>[A-Z][\w&-]*(?:\s[A-Z][\w&-]*)*)['’]s?\s+{_WHAT}")
# "the company's revenue", "its net sales"
_OWN = re.compile(rf"\b(?:the\s+company['’]s|its)\s+{_WHAT}", re.IGNORECASE)
_OURS = re.compile(rf"\b(?:our|the\s+Company['’]s)\s+{_WHAT}")
_COMPANY = frozenset(("company", "registrant", "corporation"))


def owner_reason(statement: Reading, passage: Reading, own: Set[str]) -> Reason | None:
    """Return a reason where the statement gives the company what the passage gives another by name.

    Only where the company's names are known (`own`, folded words): without them any name may be the company's.
    """
    said = _OWN.search(statement.text) if own else None
    if said is None:
        return None
    what = stem(said["what"].lower())
    if any(stem(given["what"].lower()) == what for given in _OURS.finditer(passage.text)):
        return None
    for given in _OWNED.finditer(passage.text):
        owner = given["owner"].lower().split()
        if not _COMPANY.isdisjoint(owner):
            continue
        if (
            stem(given["what"].lower()) == what
            and own.isdisjoint(owner)
            and statement.lowers.isdisjoint([*owner, *(f"{word}'s" for word in owner)])
        ):
            return reason("scope", f'says "{said.group()}"; the passage says "{given.group()}"')
    return None
