"""What each request to a model's server passes: for one filing nothing, for many the limits that all of them share."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import openai

from extractor.engines.llm.usage import SpendingError, Usage
from extractor.errors import RunLimitError

log = logging.getLogger(__name__)

MINUTE = 60.5  # seconds that a limit's minute has here: requests take a little longer or shorter to arrive
_ANSWER = 4_000  # tokens that an answer is taken to have before the first has come: of a filing of 50 KB
_FIRST_PAUSE = 1.0  # seconds, where a server that is too busy does not say how long; it doubles each time
_LONGEST_PAUSE = 60.0
_LONGEST_ASKED = 3_600.0  # seconds that a server may ask for
_PATIENCE = 900.0  # seconds without any answer, after which a server that says 429 is waited for no longer
_SHUT = (401, 402)  # the key is not taken, or not paid for: so it will be for every request
_UNPAID = "insufficient_quota"  # how OpenAI words a 429 that waiting does not mend
_NOT_THERE = (403, 404)


@dataclass(frozen=True)
class Limits:
    """Requests and tokens that may be sent in any minute; None is any number."""

    requests: int | None = None
    tokens: int | None = None


@dataclass(slots=True)
class Entry:
    """A request that was let pass: when, by the gate's clock, and the tokens that it is counted with."""

    at: float = 0.0
    tokens: int = 0


class Gate:
    """Lets every request pass at once, and stops no run."""

    def reserved(self, tokens: int) -> AbstractAsyncContextManager[None]:
        """Holds back what a request will take of the run's tokens; RunLimitError where they do not allow it."""
        return nullcontext()

    async def enter(self, tokens: int) -> Entry:
        """Returns when a request that shows so many tokens may be sent."""
        return Entry()

    def answered(self, status: int, headers: Mapping[str, str]) -> None:
        """Hears of each answer of the server, whatever it is."""

    def took(self, entry: Entry, completion: object) -> None:
        """Hears what the server says that a request took."""

    def has_patience(self, error: openai.APIStatusError) -> bool:
        """True where a request that failed through all retries is to be asked again."""
        return False

    def stops(self, error: openai.APIError | None = None) -> bool:
        """True where no other request can fare better; without an error, where no answer was of use."""
        return False


class Turnstile(Gate):
    """Keeps all that pass to the limits, to the tokens that `usage` allows, and to the pauses that the server asks for.

    A request is counted with the tokens that it shows and the mean of the answers so far, until the server says what it
    took. One that alone is more than a minute may have passes when no other has for a minute.
    """

    def __init__(
        self,
        limits: Limits,
        usage: Usage,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._limits = limits
        self._usage = usage
        self._clock = clock
        self._sleep = sleep
        self._settled = asyncio.Condition()  # told whenever what a request took is known
        self._turn = asyncio.Lock()  # one after another, in the order in which they came
        self._passed: deque[Entry] = deque()  # within the last minute
        self._opens = clock()
        self._pause = _FIRST_PAUSE
        self._answers = self._answer_tokens = 0
        self._last_answer = clock()

    @asynccontextmanager
    async def reserved(self, tokens: int) -> AsyncIterator[None]:
        with ExitStack() as held:
            async with self._settled:
                while not self._holds(tokens + self._expected, held):
                    await self._settled.wait()  # those under way may take less than is held back for them
            try:
                yield
            finally:
                held.close()
                async with self._settled:
                    self._settled.notify_all()

    def _holds(self, tokens: int, held: ExitStack) -> bool:
        """True where so many tokens are held back from now on; RunLimitError where that can no longer be."""
        try:
            held.enter_context(self._usage.reserved(tokens))
        except SpendingError:
            if self._usage.held:
                return False
            raise RunLimitError(
                f"--max-cost-tokens allows {self._usage.limit} for the whole run, {self._usage.spent} are spent, and "
                f"the next request is expected to take {tokens}"
            ) from None
        return True

    async def enter(self, tokens: int) -> Entry:
        async with self._turn:
            while (wait := self._wait(tokens + self._expected)) > 0:
                await self._sleep(wait)
            entry = Entry(self._clock(), tokens + self._expected)
            if self._limits != Limits():
                self._passed.append(entry)
            return entry

    def answered(self, status: int, headers: Mapping[str, str]) -> None:
        asked = _retry_after(headers)
        if status != 429 and not (status == 503 and asked):
            return
        now = self._clock()
        if asked is None:
            if now < self._opens:  # of the requests that were under way when the gate was shut
                return
            asked = self._pause
            self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        if now + asked > self._opens:
            self._opens = now + asked
            log.info("the server is too busy: nothing is asked for %.1f s", asked)

    def took(self, entry: Entry, completion: object) -> None:
        spent, words = self._usage.spent, self._usage.completion_tokens
        self._usage.add(completion)
        if not getattr(completion, "choices", None):
            return
        self._last_answer = self._clock()
        self._pause = _FIRST_PAUSE
        self._answers += 1
        self._answer_tokens += self._usage.completion_tokens - words
        entry.tokens = (self._usage.spent - spent) or entry.tokens

    def has_patience(self, error: openai.APIStatusError) -> bool:
        return error.status_code == 429 and self._clock() - self._last_answer < _PATIENCE

    def stops(self, error: openai.APIError | None = None) -> bool:
        status = getattr(error, "status_code", None)
        if status in _SHUT or (error is not None and error.code == _UNPAID):
            return True
        lost = error is None or status in _NOT_THERE or not isinstance(error, openai.APIStatusError)
        return lost and not isinstance(error, openai.APITimeoutError) and not self._answers

    @property
    def _expected(self) -> int:
        """Tokens of the next answer."""
        return self._answer_tokens // self._answers if self._answers else _ANSWER

    def _wait(self, tokens: int) -> float:
        """Seconds until a request of so many tokens may pass, as things are now; 0 where it may."""
        now = self._clock()
        while self._passed and self._passed[0].at + MINUTE <= now:
            self._passed.popleft()
        opens = max(
            self._opens,
            _room(self._limits.requests, [(entry.at, 1) for entry in self._passed], 1),
            _room(self._limits.tokens, [(entry.at, entry.tokens) for entry in self._passed], tokens),
        )
        return max(opens - now, 0.001) if opens > now else 0.0  # a clock may be too coarse for less


def _room(most: int | None, passed: list[tuple[float, int]], amount: int) -> float:
    """When `amount` may pass, after those of the last minute in their order: as (when, amount).

    A window that slides, where limiters with a bucket (aiolimiter) let up to twice the limit pass in a minute that
    begins with a full one; nor can they be told afterwards what a request took.
    """
    over = sum(each for _, each in passed) + amount - most if most is not None else 0
    opens = 0.0
    for at, each in passed:
        if over <= 0:
            break
        opens, over = at + MINUTE, over - each
    return opens


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to be left alone; None where it says nothing of use."""
    said = headers.get("retry-after-ms"), headers.get("retry-after")
    try:
        seconds = float(said[0]) / 1000 if said[0] else float(said[1] or "nan")
    except ValueError:
        try:
            seconds = parsedate_to_datetime(said[1] or "").timestamp() - time.time()
        except (ValueError, OverflowError):
            return None
    return min(seconds, _LONGEST_ASKED) if seconds > 0 else None
