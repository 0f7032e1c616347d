"""A model's server: one client for all that is asked of it, and what it was found to take."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from types import TracebackType
from typing import Any

import instructor
import openai

from extractor.engines.llm.cache import AnswerCache
from extractor.engines.llm.gate import Entry, Gate
from extractor.engines.llm.settings import Settings, Shape
from extractor.engines.llm.usage import Usage

_MODES: dict[Shape, instructor.Mode] = {
    "json_schema": instructor.Mode.JSON_SCHEMA,
    "tools": instructor.Mode.TOOLS,
    "text": instructor.Mode.MD_JSON,
}
SEED = 7  # any; the same each time, so that a server that honours it answers alike
NO_KEY = "none"  # what is sent where no key is set: servers on one's own machine want none

# It prints each failure, with whatever the server said, to standard error; what a user must know is raised from here.
logging.getLogger("instructor").addHandler(logging.NullHandler())
logging.getLogger("instructor").propagate = False


@dataclass
class Request:
    """What the client's hooks know of the request that they are called for; one for each of its tries."""

    usage: Usage
    tokens: int
    deadline: asyncio.Timeout
    entry: Entry = field(default_factory=Entry)


asking: ContextVar[Request] = ContextVar("asking")


class Server:
    """A model's server as the settings name it, and what it was found to take; use it in `async with`.

    Many exchanges may share one; each of their requests passes `gate`; `http` makes the client that sends them.
    """

    def __init__(self, settings: Settings, gate: Gate | None = None, http: Callable[..., Any] | None = None) -> None:
        self.settings = settings
        self.gate = gate or Gate()
        self.cache = AnswerCache(settings.cache)
        self.shapes: list[Shape] = [settings.shape] if settings.shape else list(_MODES)
        self.tuning: dict[str, int] = {"temperature": 0, "seed": SEED}
        self._client = openai.AsyncOpenAI(
            api_key=settings.key or NO_KEY,
            base_url=settings.base_url,
            timeout=settings.timeout,
            max_retries=settings.retries,
            http_client=(http or openai.DefaultAsyncHttpxClient)(
                timeout=settings.timeout,
                verify=certificates(),
                event_hooks={"request": [self._before], "response": [self._after]},
            ),
        )
        self._askers: dict[Shape, instructor.AsyncInstructor] = {}

    async def __aenter__(self) -> Server:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.cache.__exit__(kind, error, at)
        await self._client.close()

    def asker(self, shape: Shape) -> instructor.AsyncInstructor:
        """What asks for typed answers in this shape."""
        if shape not in self._askers:
            asker = instructor.from_openai(self._client, mode=_MODES[shape])
            asker.on("completion:response", self._took)
            asker.on("completion:kwargs", _strict)
            self._askers[shape] = asker
        return self._askers[shape]

    async def _before(self, request: Any) -> None:
        its = asking.get()
        due = its.deadline.when() or 0.0
        its.deadline.reschedule(None)  # to wait for one's turn is not to wait for the server
        started = asyncio.get_running_loop().time()
        its.entry = await self.gate.enter(its.tokens)
        its.deadline.reschedule(due + asyncio.get_running_loop().time() - started)
        its.usage.requests += 1
        its.usage.retries += request.headers.get("x-stainless-retry-count", "0") != "0"

    async def _after(self, response: Any) -> None:
        self.gate.answered(response.status_code, response.headers)

    def _took(self, completion: object) -> None:
        its = asking.get()
        its.usage.add(completion)
        self.gate.took(its.entry, completion)


def _strict(*_: Any, **kwargs: Any) -> None:
    """Ask that the schema be kept to, where shapes are asked for by schema or tool: instructor asks it of neither."""
    schema = (kwargs.get("response_format") or {}).get("json_schema")
    if schema is not None:
        schema["strict"] = True
    for tool in kwargs.get("tools") or []:
        tool["function"]["strict"] = True


@cache
def certificates() -> ssl.SSLContext:
    """The certificates of the machine, read once: it takes longer than a short request."""
    return ssl.create_default_context()
