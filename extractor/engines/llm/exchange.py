"""What is asked of a model's server for a filing: in a shape that it takes, again where that may help, cached."""

from __future__ import annotations

import asyncio
import json
import logging
from functools import cache, lru_cache
from typing import Any, TypeVar

import openai
from instructor.core.exceptions import IncompleteOutputException, InstructorRetryException
from pydantic import BaseModel
from pydantic_core import from_json

from extractor.engines.llm import trouble
from extractor.engines.llm.server import SEED, Request, Server, asking
from extractor.engines.llm.settings import Shape, without_password
from extractor.engines.llm.usage import Usage
from extractor.errors import ModelError, RunStoppedError
from extractor.tokens import count_tokens

log = logging.getLogger(__name__)

T = TypeVar("T", bound=BaseModel)
Messages = list[dict[str, Any]]

_LONGEST_WAIT = 130  # seconds: above what the client waits at most where a server asks it to (Retry-After)


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
    """What is asked of a server for one filing; `usage` counts it."""

    def __init__(self, server: Server) -> None:
        self.usage = Usage(server.settings.max_cost_tokens)
        self._server = server
        self._settings = server.settings

    @property
    def shape(self) -> Shape:
        """How the answer's shape is asked for: the first way that the server has not refused."""
        return self._server.shapes[0]

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
                self._server.cache.put(asked, answer.model_dump_json())
                return answer
        message = f"{self._settings.named}: no usable answer, asked {self._settings.retries + 1} times: {failed}"
        if self._server.gate.stops():
            raise RunStoppedError(self._settings.masked(message))
        raise UnusableError(self._settings.masked(message), _salvaged(failed.text, model))

    def _kept(self, asked: object, model: type[T]) -> T | None:
        """The answer that the cache has, if it is one: what stands on a disk may have been changed."""
        kept = self._server.cache.get(asked)
        try:
            answer = model.model_validate_json(kept) if kept is not None else None
        except ValueError:
            return None
        self.usage.cached_answers += answer is not None
        return answer

    async def _answer(self, messages: Messages, model: type[T], attempt: int) -> T:
        """One answer; what the server will not take of a request (a shape, a setting) is left out and asked again."""
        gate = self._server.gate
        tokens = tokens_of(messages, model)
        while True:
            shape, tuning = self.shape, dict(self._server.tuning)
            try:
                async with gate.reserved(tokens):
                    with self.usage.reserved(tokens):
                        log.info("asking %s as %s", self._settings.named, shape)
                        return await self._once(messages, model, shape, tuning, attempt)
            except openai.APIStatusError as error:
                if self._gave_way(error, shape, tuning):
                    continue
                if gate.has_patience(error) and not gate.stops(error):
                    self.usage.retries += 1
                    continue
                raise self._failure(trouble.of_status(error), error) from None
            except openai.APIError as error:
                raise self._failure(trouble.of_connection(error), error) from None
            except TimeoutError:
                raise ModelError(f"{self._settings.named}: no whole answer in time (--timeout)") from None

    def _failure(self, what: str, error: openai.APIError) -> ModelError:
        kind = RunStoppedError if self._server.gate.stops(error) else ModelError
        return kind(self._settings.masked(f"{self._settings.named}: {what}"))

    async def _once(self, messages: Messages, model: type[T], shape: Shape, tuning: dict[str, int], attempt: int) -> T:
        tuned: dict[str, Any] = {name: value + attempt * (name == "seed") for name, value in tuning.items()}
        longest = (self._settings.retries + 1) * (self._settings.timeout + _LONGEST_WAIT)
        try:
            async with asyncio.timeout(longest) as deadline:
                asking.set(Request(self.usage, tokens_of(messages, model), deadline))
                answer, completion = await self._server.asker(shape).chat.completions.create_with_completion(
                    model=self._settings.model,
                    messages=messages,  # type: ignore[arg-type]
                    response_model=model,
                    max_retries=0,
                    strict=False,
                    **tuned,
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

    def _gave_way(self, error: openai.APIStatusError, shape: Shape, tuning: dict[str, int]) -> bool:
        """True where the server refused a setting or a shape of this request, and the next one does without it."""
        shapes = self._server.shapes
        for name in tuning:
            if trouble.refuses(error, name):
                log.info("the server takes no %s; asked again without", name)
                self._server.tuning.pop(name, None)  # another request may have found it out before
                return True
        if not trouble.refuses_shape(error) or (len(shapes) == 1 and self.shape == shape):
            return False
        if self.shape == shape:
            del shapes[0]
            log.info("the server takes no %s; asked again as %s", shape, self.shape)
        return True

    def _asked(self, messages: Messages, model: type[BaseModel]) -> object:
        """Everything that decides an answer, for the cache."""
        settings = self._settings
        server = without_password(settings.base_url)
        return [server, settings.model, settings.shape, messages, model.model_json_schema(), SEED]


def tokens_of(messages: Messages, model: type[BaseModel]) -> int:
    """Tokens that a request takes at least, its schema included."""
    return sum(_text_tokens(m["content"]) for m in messages) + _schema_tokens(model)


@lru_cache(maxsize=64)  # a request is measured before it is chosen, and again when it is sent
def _text_tokens(text: str) -> int:
    return count_tokens(text)


@cache
def _schema_tokens(model: type[BaseModel]) -> int:
    return count_tokens(json.dumps(model.model_json_schema()))


def _salvaged(text: str, model: type[T]) -> T | None:
    """What a cut answer holds of whole entries."""
    try:
        return model.model_validate(from_json(text, allow_partial=True))
    except ValueError:
        return None
