"""What a user may wish of a run, apart from how its filings are worked on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """The file of records: a record a line, or a table with a row for each."""

    jsonl = "jsonl"
    parquet = "parquet"

    @property
    def file(self) -> str:
        return f"briefs.{self.value}"


class Resume(StrEnum):
    """What becomes of results of other settings, or of a filing that has changed: the run ends, or they are redone."""

    refuse = "refuse"
    redo = "redo"


class Show(StrEnum):
    """How far a run is: `auto` is a bar on a terminal and nothing elsewhere, `json` a line a second."""

    auto = "auto"
    json = "json"


class RepairIn(StrEnum):
    """How what answers of a batch leave to ask is asked: at once, at the full price, or in the next batch."""

    live = "live"
    batch = "batch"


@dataclass(frozen=True)
class Wishes:
    """What is written of a run and shown of it, and whether it may do anew what was done otherwise."""

    format: Format = Format.jsonl
    narratives: bool = False
    resume: Resume = Resume.refuse
    show: Show = Show.auto
