"""Filings as collections hold them: JSON of EDGAR-CORPUS (`section_1`) and EDGAR-CRAWLER (`item_1`)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from extractor.document import WHOLE, Filing
from extractor.errors import InputError, UsageError
from extractor.reading.cover import iso_date
from extractor.reading.items import default_item
from extractor.reading.selection import Selected, Selection

_PREFIXES = ("section_", "item_")
_HALF = re.compile("[\ud800-\udfff]")


def is_json(text: str) -> bool:
    """Whether a text is a JSON object or a list of them, whole or cut off."""
    start = text[:200].lstrip()
    return start.startswith(("{", "[")) and start[1:].lstrip().startswith(('"', "{", "}", "]"))


def from_json(text: str, name: str, selection: Selection) -> Selected:
    """The chosen item of the chosen filing; InputError where there is none, UsageError for a choice left open."""
    records = _records(text, name)
    if selection.pick is None and len(records) > 1:
        raise UsageError(f"{name}: it holds {len(records)} filings; choose one with --pick 1 to {len(records)}")
    if not 1 <= (selection.pick or 1) <= len(records):
        raise UsageError(f"{name}: it holds {len(records)} filing(s), so there is no --pick {selection.pick}")
    record = records[(selection.pick or 1) - 1]
    items = {
        key.removeprefix(prefix).upper(): value
        for prefix in _PREFIXES
        for key, value in record.items()
        if key.startswith(prefix) and isinstance(value, str) and value.strip()
    }
    filing = _filing(record)
    if selection.whole:
        chosen, part = "\n\n".join(items.values()), WHOLE
    else:
        item = selection.item or default_item(filing.form)
        chosen, part = items.get(item, ""), f"item {item}"
    if not chosen:
        there = ", ".join(sorted(items)) or "none"
        raise InputError(f"{name}: this JSON has no text of {part} (items in it: {there}); choose one with --item")
    return Selected(_whole(chosen).replace("\r\n", "\n"), filing, part, selection.pick)


def name_of(record: Mapping[str, Any]) -> str | None:
    """What a collection calls one of its filings: the name of its file, else its accession number."""
    name = record.get("filename")
    return name.strip() if isinstance(name, str) and name.strip() else _filing(record).accession


def _records(text: str, name: str) -> list[Mapping[str, Any]]:
    """The objects in a JSON text: one, a list of them, or one a line."""
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        try:
            loaded = [json.loads(line) for line in text.split("\n") if line.strip()]
        except (ValueError, RecursionError) as error:
            raise InputError(f"{name}: this looks like JSON but cannot be read as such ({error})") from error
    records = loaded if isinstance(loaded, list) else [loaded]
    if not records or not all(isinstance(record, dict) for record in records):
        raise InputError(f"{name}: this JSON holds no filing; item_1 or section_1 should hold its text")
    return records


def _filing(record: Mapping[str, Any]) -> Filing:
    def field(key: str) -> str | None:
        value = record.get(key)
        return _whole(str(value)) if isinstance(value, str | int) and str(value).strip() else None

    period = field("period_of_report")
    return Filing(
        company=field("company"),
        cik=field("cik"),
        form=field("filing_type"),
        period=iso_date(period) if period else None,
        accession=field("accession_number") or _accession(field("complete_text_filing_link") or ""),
    )


def _whole(text: str) -> str:
    """The text with U+FFFD for each half of a UTF-16 pair that stands alone: JSON can escape it, UTF-8 has none."""
    return _HALF.sub("\ufffd", text)


def _accession(link: str) -> str | None:
    """ ".../0000320193-21-000105.txt" names the submission "0000320193-21-000105"."""
    name = link.rpartition("/")[2].removesuffix(".txt")
    return name if len(name) == 20 and name.replace("-", "").isdigit() else None
