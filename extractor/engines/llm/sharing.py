"""One event loop, one client and one gate for the filings of many threads."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from pydantic import BaseModel

from extractor.document import Document
from extractor.engines import Extraction, Judge
from extractor.engines.llm.exchange import Exchange, Messages
from extractor.engines.llm.gate import Gate
from extractor.engines.llm.prompts import Prompts
from extractor.engines.llm.server import Server
from extractor.engines.llm.session import Session
from extractor.engines.llm.settings import Settings

T = TypeVar("T")
Model = TypeVar("Model", bound=BaseModel)


class SharedServer:
    """A model's server that several threads ask at once, each by calling `engine`. Use it in `with`.

    What is asked goes over one event loop in a thread of its own. What else a filing takes (choosing what to ask,
    judging the facts) is done in the thread that called, so that the loop and the other filings need not wait for it.
    """

    def __init__(self, settings: Settings, gate: Gate, templates: Path | None = None) -> None:
        self._settings = settings
        self._gate = gate
        self._prompts = Prompts(templates)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="model", daemon=True)
        self._asked: set[Future[Any]] = set()
        self._left = False

    def __enter__(self) -> SharedServer:
        self._thread.start()
        try:
            self._server = self.there(self._opened()).result()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.there(self._closed()).result()
        self._end()

    def engine(self, document: Document, judge: Judge) -> Extraction:
        """The engine of this server: raises as that of `llm` does, and asyncio.CancelledError once it is left."""
        exchange = _Afar(self._server, self)
        return asyncio.run(Session(document, judge, self._settings, self._prompts, exchange).extraction())

    def leave(self) -> None:
        """No answer is waited for any longer: who asked, or asks yet, gets asyncio.CancelledError."""
        self._left = True
        for asked in list(self._asked):
            asked.cancel()

    def there(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """What `work` comes to in the loop of the server."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def answer(self, work: Coroutine[Any, Any, T]) -> T:
        """What `work` comes to in the loop of the server, awaited in another; not once the server is left."""
        asked = self.there(work)
        self._asked.add(asked)
        try:
            if self._left:  # looked at only now, so that `leave` either finds it or is seen
                asked.cancel()
            return await asyncio.wrap_future(asked)
        finally:
            self._asked.discard(asked)

    async def _opened(self) -> Server:
        return Server(self._settings, self._gate)

    async def _closed(self) -> None:
        """Once what was asked and is no longer waited for has been broken off."""
        await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()}, return_exceptions=True)
        async with self._server:
            pass

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class _Afar(Exchange):
    """An exchange of a session that runs in another loop than its server."""

    def __init__(self, server: Server, shared: SharedServer) -> None:
        super().__init__(server)
        self._shared = shared

    async def ask(self, messages: Messages, model: type[Model]) -> Model:
        return await self._shared.answer(super().ask(messages, model))
