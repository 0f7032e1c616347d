"""The LLM engine: facts from a language model, each judged as the offline engine's are, those refused asked for anew.

Nothing is sent unless a model is named. The model sees numbered sentences and cites them; offsets are computed here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from extractor.document import Document
from extractor.engines import Engine, Extraction, Judge
from extractor.engines.llm.settings import Settings, load_settings
from extractor.errors import UsageError

__all__ = ["Settings", "llm", "load_settings"]

T = TypeVar("T")


Http = Callable[..., Any]


def llm(settings: Settings | None = None, *, templates: Path | None = None, http: Http | None = None) -> Engine:
    """The engine of the model that `settings` name, by default those of the environment and of `.env`.

    `templates` is a folder of your own prompts; `http` makes the client that requests are sent with. The engine raises
    ModelError where model or network give nothing of use. UsageError where no model is named, or no key for a server
    that will want one.
    """
    chosen = settings or load_settings()
    if not chosen.model:
        raise UsageError("no model is named: give --model NAME or set ITEMONE_MODEL")
    if chosen.wants_key and not chosen.key:
        raise UsageError("no key: set OPENAI_API_KEY, or name a server of your own with --base-url")

    def engine(document: Document, judge: Judge) -> Extraction:
        return _run(_extract(document, judge, chosen, templates, http))

    return engine


async def _extract(
    document: Document, judge: Judge, settings: Settings, templates: Path | None, http: Http | None
) -> Extraction:
    from extractor.engines.llm.exchange import Exchange  # what these import takes a second to load
    from extractor.engines.llm.prompts import Prompts
    from extractor.engines.llm.server import Server
    from extractor.engines.llm.session import Session

    async with Server(settings, http=http) as server:
        return await Session(document, judge, settings, Prompts(templates), Exchange(server)).extraction()


def _run(work: Coroutine[object, object, T]) -> T:
    """The result of `work`, also where the caller is in an event loop of its own, as a notebook is."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
