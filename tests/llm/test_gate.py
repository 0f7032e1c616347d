"""The gate that the requests of many filings pass, with a clock that only its own sleep moves."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from email.utils import formatdate
from types import SimpleNamespace

import httpx2 as httpx
import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.llm.gate import Gate, Limits, Turnstile
from extractor.engines.llm.usage import Usage
from extractor.errors import RunLimitError


@dataclass
class Clock:
    """Seconds since nothing in particular."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


def turnstile(clock: Clock, limits: Limits | None = None, most: int | None = None) -> Turnstile:
    return Turnstile(limits or Limits(), Usage(most), clock, clock.sleep)


def completion(prompt: int, words: int) -> object:
    return SimpleNamespace(
        model="m", choices=["..."], usage=SimpleNamespace(prompt_tokens=prompt, completion_tokens=words)
    )


def status(code: int, error: str | None = None) -> openai.APIStatusError:
    response = httpx.Response(code, request=httpx.Request("POST", "http://127.0.0.1/v1"))
    return openai.APIStatusError("no", response=response, body={"code": error})


@given(
    most=st.integers(1, 20),
    tokens=st.integers(1_000, 50_000),
    asked=st.lists(st.tuples(st.floats(0, 30), st.integers(1, 9_000), st.integers(0, 3_000)), max_size=60),
)
def test_no_minute_has_more_than_the_limits(most: int, tokens: int, asked: list[tuple[float, int, int]]) -> None:
    clock = Clock()
    passed: list[tuple[float, int, int]] = []

    async def all_of_them() -> None:
        gate = turnstile(clock, Limits(requests=most, tokens=tokens))
        for pause, shown, words in asked:
            clock.now += pause
            entry = await gate.enter(shown)
            gate.took(entry, completion(shown, words))
            passed.append((clock.now, shown, words))

    asyncio.run(all_of_them())
    for start, *_ in passed:
        *before, last = [(shown, words) for at, shown, words in passed if start <= at < start + 60]
        assert len(before) < most
        # How long the last answer is was not known when it was asked for.
        assert not before or sum(map(sum, before)) + last[0] <= tokens


def test_requests_of_a_burst_pass_in_their_order() -> None:
    clock = Clock()
    order: list[tuple[int, float]] = []

    async def burst() -> None:
        gate = turnstile(clock, Limits(requests=3))

        async def one(number: int) -> None:
            await gate.enter(10)
            order.append((number, clock.now))

        await asyncio.gather(*(one(number) for number in range(8)))

    asyncio.run(burst())
    assert [number for number, _ in order] == list(range(8))
    assert [round(at - 1_000) // 60 for _, at in order] == [0, 0, 0, 1, 1, 1, 2, 2]


def test_tokens_are_counted_as_the_server_says() -> None:
    """Taken to have an answer of 4,000 tokens, two of these would not fit a minute; they have one of 100."""
    clock = Clock()

    async def two() -> None:
        gate = turnstile(clock, Limits(tokens=6_000))
        gate.took(await gate.enter(1_000), completion(1_000, 100))
        await gate.enter(4_000)

    asyncio.run(two())
    assert clock.now == 1_000


@pytest.mark.parametrize(
    ("code", "headers", "seconds"),
    [
        pytest.param(429, {"retry-after": "7"}, 7, id="429"),
        pytest.param(429, {"retry-after-ms": "2500", "retry-after": "7"}, 2.5, id="milliseconds"),
        pytest.param(503, {"retry-after": "7"}, 7, id="503"),
        pytest.param(429, {}, 1, id="429 that says nothing"),
        pytest.param(429, {"retry-after": "soon"}, 1, id="429 that says nothing of use"),
        pytest.param(429, {"retry-after": "-3"}, 1, id="429 of the past"),
        pytest.param(429, {"retry-after": "99999999"}, 3_600, id="too long"),
        pytest.param(429, {"retry-after": formatdate(4_000_000_000, usegmt=True)}, 3_600, id="a date"),
        pytest.param(503, {}, 0, id="503 that says nothing"),
        pytest.param(500, {"retry-after": "7"}, 0, id="500"),
    ],
)
def test_what_the_server_asks_one_to_wait_all_wait(code: int, headers: dict[str, str], seconds: float) -> None:
    clock = Clock()

    async def others() -> None:
        gate = turnstile(clock)
        await gate.enter(10)
        gate.answered(code, headers)
        await asyncio.gather(*(gate.enter(10) for _ in range(5)))

    asyncio.run(others())
    assert clock.now == pytest.approx(1_000 + seconds)


def test_a_server_that_stays_too_busy_is_left_alone_for_longer_and_longer() -> None:
    clock = Clock()
    waited: list[float] = []

    async def again_and_again() -> None:
        gate = turnstile(clock)
        for _ in range(8):
            before = clock.now
            for _ in range(4):  # under way at the same time: together they count once
                gate.answered(429, {})
            entry = await gate.enter(10)
            waited.append(clock.now - before)
        gate.took(entry, completion(10, 10))
        gate.answered(429, {})
        before = clock.now
        await gate.enter(10)
        waited.append(clock.now - before)

    asyncio.run(again_and_again())
    assert waited == pytest.approx([1, 2, 4, 8, 16, 32, 60, 60, 1])


def test_the_run_s_tokens_are_held_back_for_all_that_is_under_way() -> None:
    """A request that does not fit waits for what those under way really take, and only then is refused."""
    order: list[str] = []

    async def three() -> None:
        gate = turnstile(Clock(), most=20_000)
        first_may_end = asyncio.Event()

        async def first() -> None:
            async with gate.reserved(10_000):
                entry = await gate.enter(10_000)
                await first_may_end.wait()
                order.append("first")
                gate.took(entry, completion(10_000, 1_000))

        async def second() -> None:
            async with gate.reserved(8_000):
                order.append("second")

        both = asyncio.gather(first(), second())
        for _ in range(5):
            await asyncio.sleep(0)
        assert order == []
        first_may_end.set()
        await both
        with pytest.raises(RunLimitError, match="allows 20000 for the whole run, 11000 are spent"):
            async with gate.reserved(8_001):  # and 1,000 for the answer
                pass
        async with gate.reserved(8_000):
            pass

    asyncio.run(three())
    assert order == ["first", "second"]


@pytest.mark.parametrize(
    ("error", "at_first", "later"),
    [
        pytest.param(status(401), True, True, id="the key is refused"),
        pytest.param(status(402), True, True, id="nothing is paid"),
        pytest.param(status(429, "insufficient_quota"), True, True, id="the account is used up"),
        pytest.param(status(404), True, False, id="no such model"),
        pytest.param(status(403), True, False, id="forbidden"),
        pytest.param(openai.APIConnectionError(request=httpx.Request("POST", "http://x")), True, False, id="nobody"),
        pytest.param(None, True, False, id="another protocol"),
        pytest.param(openai.APITimeoutError(request=httpx.Request("POST", "http://x")), False, False, id="slow"),
        pytest.param(status(429), False, False, id="too busy"),
        pytest.param(status(500), False, False, id="500"),
        pytest.param(status(400), False, False, id="400"),
        pytest.param(status(413), False, False, id="too large"),
    ],
)
def test_what_no_other_filing_would_fare_better_with(
    error: openai.APIError | None, at_first: bool, later: bool
) -> None:
    gate = turnstile(Clock())
    assert gate.stops(error) is at_first
    gate.took(asyncio.run(gate.enter(1)), completion(10, 10))
    assert gate.stops(error) is later
    assert not Gate().stops(error)


def test_a_server_that_is_too_busy_is_waited_for_while_it_answers_at_all() -> None:
    clock = Clock()
    gate = turnstile(clock)
    assert gate.has_patience(status(429))
    assert not gate.has_patience(status(500))
    assert not Gate().has_patience(status(429))
    clock.now += 800
    gate.took(asyncio.run(gate.enter(1)), completion(10, 10))
    clock.now += 800
    assert gate.has_patience(status(429))
    clock.now += 200
    assert not gate.has_patience(status(429))
