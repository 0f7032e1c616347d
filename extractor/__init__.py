"""Typed facts and one grounded paragraph from the business section of an annual report.

>>> from extractor import brief
>>> brief("filing.txt").narrative.text  # doctest: +SKIP

The names below are imported when they are first used, so that `itemone --help` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from extractor.batch.work import Outcome as Outcome
    from extractor.batch.work import Recipe as Recipe
    from extractor.batch.work import Source as Source
    from extractor.batch.work import brief_one as brief_one
    from extractor.checking import Finding as Finding
    from extractor.checking import check as check
    from extractor.document import Document as Document
    from extractor.document import Span as Span
    from extractor.engines.llm import Settings as Settings
    from extractor.engines.llm import llm as llm
    from extractor.errors import InputError as InputError
    from extractor.errors import ItemoneError as ItemoneError
    from extractor.errors import ModelError as ModelError
    from extractor.errors import NetworkError as NetworkError
    from extractor.errors import UsageError as UsageError
    from extractor.grounding import Context as Context
    from extractor.grounding import judge as judge
    from extractor.pipeline import brief as brief
    from extractor.reading import Selection as Selection
    from extractor.reading import document_from_text as document_from_text
    from extractor.reading import read as read
    from extractor.report import to_html as to_html
    from extractor.schema import Brief as Brief
    from extractor.tokens import count_tokens as count_tokens

_HOMES = {
    "Brief": "extractor.schema",
    "Context": "extractor.grounding",
    "Document": "extractor.document",
    "Finding": "extractor.checking",
    "InputError": "extractor.errors",
    "ItemoneError": "extractor.errors",
    "ModelError": "extractor.errors",
    "Settings": "extractor.engines.llm",
    "NetworkError": "extractor.errors",
    "Outcome": "extractor.batch.work",
    "Recipe": "extractor.batch.work",
    "Selection": "extractor.reading",
    "Source": "extractor.batch.work",
    "Span": "extractor.document",
    "UsageError": "extractor.errors",
    "brief": "extractor.pipeline",
    "brief_one": "extractor.batch.work",
    "check": "extractor.checking",
    "count_tokens": "extractor.tokens",
    "document_from_text": "extractor.reading",
    "judge": "extractor.grounding",
    "llm": "extractor.engines.llm",
    "read": "extractor.reading",
    "to_html": "extractor.report",
}

__all__ = [
    "Brief",
    "Context",
    "Document",
    "Finding",
    "InputError",
    "ItemoneError",
    "ModelError",
    "NetworkError",
    "Outcome",
    "Recipe",
    "Selection",
    "Settings",
    "Source",
    "Span",
    "UsageError",
    "__version__",
    "brief",
    "brief_one",
    "check",
    "count_tokens",
    "document_from_text",
    "judge",
    "llm",
    "read",
    "to_html",
]


if not TYPE_CHECKING:  # a type checker should refuse names that are not above

    def __getattr__(name: str) -> object:
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(home), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
