"""Requests to a model's server: in a shape that it takes, again where that may help, counted, and cached."""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
from collections.abc import Callable
from functools import cache, lru_cache
from types import TracebackType
from typing import Any, TypeVar

import instructor
import openai
from instructor.core.exceptions import IncompleteOutputException, InstructorRetryException
from pydantic import BaseModel
from pydantic_core import from_json

from extractor.engines.llm import trouble
from extractor.engines.llm.cache import AnswerCache
from extractor.engines.llm.settings import Settings, Shape, without_password
from extractor.engines.llm.usage import Usage
from extractor.errors import ModelError
from extractor.tokens import count_tokens

log = logging.getLogger(__name__)

T = TypeVar("T", bound=BaseModel)
Messages = list[dict[str, Any]]

_MODES: dict[Shape, instructor.Mode] = {
    "json_schema": instructor.Mode.JSON_SCHEMA,
    "tools": instructor.Mode.TOOLS,
    "text": instructor.Mode.MD_JSON,
}
_LONGEST_WAIT = 130  # seconds: above what the client waits at most where a server asks it to (Retry-After)
_SEED = 7  # any; the same each time, so that a server that honours it answers alike
NO_KEY = "none"  # what is sent where no key is set: servers on one's own machine want none

# It prints each failure, with whatever the server said, to standard error; what a user must know is raised from here.
logging.getLogger("instructor").addHandler(logging.NullHandler())
logging.getLogger("instructor").propagate = False


class UnusableError(ModelError):
    """No answer of use came within the retries; `salvaged` is what could be read of the last one."""

    def __init__(self, message: str, salvaged: BaseModel | None = None) -> None:
        super().__init__(message)
        self.salvaged = salvaged


class _UnusableAnswerError(Exception):
    """One answer of no use: why, and its text."""

    def __init__(self, why: str, text: str = "") -> None:
        super().__init__(why)
        self.text = text


class Exchange:
    """A model's server as the settings name it; `usage` counts what is asked. Use it in `async with`.

    `http` makes the client that requests are sent with.
    """

    def __init__(self, settings: Settings, http: Callable[..., Any] | None = None) -> None:
        self.usage = Usage(settings.max_cost_tokens)
        self._settings = settings
        self._cache = AnswerCache(settings.cache)
        self._shapes: list[Shape] = [settings.shape] if settings.shape else list(_MODES)
        self._tuning: dict[str, int] = {"temperature": 0, "seed": _SEED}
        self._client = openai.AsyncOpenAI(
            api_key=settings.key or NO_KEY,
            base_url=settings.base_url,
            timeout=settings.timeout,
            max_retries=settings.retries,
            http_client=(http or openai.DefaultAsyncHttpxClient)(
                timeout=settings.timeout, verify=certificates(), event_hooks={"request": [self._count]}
            ),
        )
        self._askers: dict[Shape, instructor.AsyncInstructor] = {}

    async def __aenter__(self) -> Exchange:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._cache.__exit__(kind, error, at)
        await self._client.close()

    @property
    def shape(self) -> Shape:
        """How the answer's shape is asked for: the first way that the server has not refused."""
        return self._shapes[0]

    async def ask(self, messages: Messages, model: type[T]) -> T:
        """The answer to `messages`; ModelError where none of use comes within the retries."""
        asked = self._asked(messages, model)
        if (kept := self._kept(asked, model)) is not None:
            return kept
        failed = _UnusableAnswerError("it was not asked")
        for attempt in range(self._settings.retries + 1):
            try:
                answer = await self._answer(messages, model, attempt)
            except _UnusableAnswerError as error:
                failed = error
                self.usage.retries += attempt < self._settings.retries
                log.info("answer %d of no use: %s", attempt + 1, self._settings.masked(str(error)))
            else:
                self._cache.put(asked, answer.model_dump_json())
                return answer
        message = f"{self._settings.named}: no usable answer, asked {self._settings.retries + 1} times: {failed}"
        raise UnusableError(self._settings.masked(message), _salvaged(failed.text, model))

    def _kept(self, asked: object, model: type[T]) -> T | None:
        """The answer that the cache has, if it is one: what stands on a disk may have been changed."""
        kept = self._cache.get(asked)
        try:
            answer = model.model_validate_json(kept) if kept is not None else None
        except ValueError:
            return None
        self.usage.cached_answers += answer is not None
        return answer

    async def _answer(self, messages: Messages, model: type[T], attempt: int) -> T:
        """One answer; what the server will not take of a request (a shape, a setting) is left out and asked again."""
        while True:
            shape = self.shape
            with self.usage.reserved(tokens_of(messages, model)):
                log.info("asking %s as %s", self._settings.named, shape)
                try:
                    return await self._once(messages, model, shape, attempt)
                except openai.APIStatusError as error:
                    if not self._gave_way(error, shape):
                        raise ModelError(
                            self._settings.masked(f"{self._settings.named}: {trouble.of_status(error)}")
                        ) from None
                except openai.APIError as error:
                    raise ModelError(
                        self._settings.masked(f"{self._settings.named}: {trouble.of_connection(error)}")
                    ) from None
                except TimeoutError:
                    raise ModelError(f"{self._settings.named}: no whole answer in time (--timeout)") from None

    async def _once(self, messages: Messages, model: type[T], shape: Shape, attempt: int) -> T:
        tuning: dict[str, Any] = {name: value + attempt * (name == "seed") for name, value in self._tuning.items()}
        longest = (self._settings.retries + 1) * (self._settings.timeout + _LONGEST_WAIT)
        try:
            async with asyncio.timeout(longest):
                answer, completion = await self._asker(shape).chat.completions.create_with_completion(
                    model=self._settings.model,
                    messages=messages,  # type: ignore[arg-type]
                    response_model=model,
                    max_retries=0,
                    strict=False,
                    **tuning,
                )
        except IncompleteOutputException as error:
            cut = "it was cut at its length limit (finish_reason length)"
            raise _UnusableAnswerError(cut, trouble.text_of(error.last_completion)) from None
        except InstructorRetryException as error:
            if isinstance(error.__cause__, (openai.APIError, TimeoutError)):
                raise error.__cause__ from error.__cause__.__cause__
            raise _UnusableAnswerError(trouble.of_answer(error), trouble.text_of(error.last_completion)) from None
        if shape == "tools" and (other := trouble.other_tool(completion, model.__name__)):
            raise _UnusableAnswerError(other)
        entries: list[object] = getattr(answer, "facts", [])
        if entries and not any(entries):
            raise _UnusableAnswerError("none of its entries has the shape of a fact")
        return answer

    def _gave_way(self, error: openai.APIStatusError, shape: Shape) -> bool:
        """True where the server refused a setting or a shape, and the next request does without it."""
        for name in list(self._tuning):
            if trouble.refuses(error, name):
                log.info("the server takes no %s; asked again without", name)
                del self._tuning[name]
                return True
        if not trouble.refuses_shape(error) or (len(self._shapes) == 1 and self.shape == shape):
            return False
        if self.shape == shape:
            del self._shapes[0]
            log.info("the server takes no %s; asked again as %s", shape, self.shape)
        return True

    def _asker(self, shape: Shape) -> instructor.AsyncInstructor:
        if shape not in self._askers:
            asker = instructor.from_openai(self._client, mode=_MODES[shape])
            asker.on("completion:response", self.usage.add)
            asker.on("completion:kwargs", _strict)
            self._askers[shape] = asker
        return self._askers[shape]

    async def _count(self, request: Any) -> None:
        self.usage.requests += 1
        self.usage.retries += request.headers.get("x-stainless-retry-count", "0") != "0"

    def _asked(self, messages: Messages, model: type[BaseModel]) -> object:
        """Everything that decides an answer, for the cache."""
        settings = self._settings
        server = without_password(settings.base_url)
        return [server, settings.model, settings.shape, messages, model.model_json_schema(), _SEED]


def tokens_of(messages: Messages, model: type[BaseModel]) -> int:
    """Tokens that a request takes at least, its schema included."""
    return sum(_text_tokens(m["content"]) for m in messages) + _schema_tokens(model)


@lru_cache(maxsize=64)  # a request is measured before it is chosen, and again when it is sent
def _text_tokens(text: str) -> int:
    return count_tokens(text)


@cache
def _schema_tokens(model: type[BaseModel]) -> int:
    return count_tokens(json.dumps(model.model_json_schema()))


def _strict(*_: Any, **kwargs: Any) -> None:
    """Ask that the schema be kept to, where shapes are asked for by schema or tool: instructor asks it of neither."""
    schema = (kwargs.get("response_format") or {}).get("json_schema")
    if schema is not None:
        schema["strict"] = True
    for tool in kwargs.get("tools") or []:
        tool["function"]["strict"] = True


def _salvaged(text: str, model: type[T]) -> T | None:
    """What a cut answer holds of whole entries."""
    try:
        return model.model_validate(from_json(text, allow_partial=True))
    except ValueError:
        return None


@cache
def certificates() -> ssl.SSLContext:
    """The certificates of the machine, read once: it takes longer than a short request."""
    return ssl.create_default_context()
