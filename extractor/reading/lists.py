"""Lists whose bullets were lost: paragraphs that end with semicolons after one that ends with a colon."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.reading.layout import Draft

# "... lamps for hotels;", "... bulbs; and"
ITEM_END = re.compile(r";(?:\s+(?:and|or|and/or))?$")
_ITEM_TAIL = 10
"""How much of an item's end is looked at."""


def mark_items(text: str, drafts: Iterable[Draft]) -> None:
    """Makes bullets of the paragraphs that are the items of a list: all that end with ";", and the one after them."""
    introduced = in_list = False
    for draft in drafts:
        end = draft.pieces[-1][1]
        if draft.kind == "paragraph" and (introduced or in_list):
            introduced = False
            is_item = ITEM_END.search(text[max(end - _ITEM_TAIL, 0) : end]) is not None
            if is_item or in_list:
                draft.kind = "bullet"
            in_list = is_item
        else:
            in_list = False
        if draft.kind == "paragraph":
            introduced = text[end - 1] == ":"
        elif draft.kind != "bullet":
            introduced = False
