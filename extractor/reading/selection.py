"""Which part of a file is read: what the user asks for, and what was taken."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.document import WHOLE, Filing
from extractor.errors import InputError, UsageError
from extractor.reading.items import Contents, Item, default_item, is_reference
from extractor.reading.lines import scan

_PAGE_END = 1_000
"""Page numbers and running lines after an item's last sentence take fewer characters."""
_ITEM = re.compile(r"(\d{1,2}[A-C]?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Selection:
    """`item` by its number ("1", "1A", "7"), or the `whole` file; `pick` is which of a file's filings, from 1.

    With neither item nor whole it is the item that describes the business: 1 of a 10-K, 4 of a 20-F.
    """

    item: str | None = None
    whole: bool = False
    pick: int | None = None

    def __post_init__(self) -> None:
        if self.item is not None and not _ITEM.fullmatch(self.item):
            raise UsageError(f"there is no item {self.item!r}; name one by its number, as 1, 1A or 7")
        if self.item is not None and self.whole:
            raise UsageError("an item and the whole file cannot both be chosen; leave one out")
        if self.item is not None:
            object.__setattr__(self, "item", self.item.upper().lstrip("0"))

    @classmethod
    def of_part(cls, part: str, pick: int | None = None) -> Selection:
        """What takes the same part again: "items 1 and 2", "whole"."""
        item = _ITEM.search(part)
        return cls(item=item[1] if item else None, whole=part == WHOLE, pick=pick)


@dataclass(frozen=True, slots=True)
class Selected:
    """The text of the part that was taken, and what is known of its filing."""

    text: str
    filing: Filing
    part: str = WHOLE
    pick: int | None = None
    note: str | None = None


def select(text: str, filing: Filing, selection: Selection, name: str) -> Selected:
    """The part of a filing's text that is asked for; InputError where it is not there."""
    if selection.whole:
        return Selected(text, filing)
    wanted = selection.item or default_item(filing.form)
    contents = Contents(text)
    item = contents.find(wanted)
    if item is None and selection.item is not None:
        there = ", ".join(contents.names) or "none"
        raise InputError(f"{name}: no heading of item {wanted} was found (found: {there}); --whole takes all of it")
    if item is None:
        return Selected(text, filing, note=f"no heading of item {wanted} was found: the whole text is used")
    if is_reference(text, item):
        raise InputError(
            f"{name}: {item.label} is incorporated by reference to another document, often the annual report to "
            "shareholders (Exhibit 13); give that document with --whole"
        )
    if contents.holds_only(item):
        return Selected(text, filing, item.label)
    return Selected(_trimmed(text, item), filing, item.label)


def _trimmed(text: str, item: Item) -> str:
    """The item's text without the page's end after it; a plain text's is otherwise as it stands in the file."""
    tail = max(item.start, item.end - _PAGE_END)
    kept = [line.end for line in scan(text[tail : item.end]) if line.kind not in ("blank", "furniture")]
    return text[item.start : tail + kept[-1] if kept else item.end].strip() + "\n"
