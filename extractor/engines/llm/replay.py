"""Requests that are answered later: the engine's own are noted instead of sent, and answered once their answers came.

A request is known by what is sent (the SHA-256 of its body) and by how many like it one filing asked before, so that
an answer of no use that is asked for again is not answered by itself.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2
import openai

_DIGITS = 32  # of the hexadecimal SHA-256: 128 bits


class Deferred(BaseException):
    """Ends the work on a filing whose answers have not come; it is no error, and nobody on its way handles it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came: its HTTP status and its body."""

    status: int
    body: bytes = field(repr=False)


class Replay:
    """The answers to one filing's requests that are known, by slot; other requests are sent if `live`, else noted.

    `client` makes the HTTP client of an Exchange. `deferred` holds the bodies of what was noted, by slot.
    """

    def __init__(self, answers: Mapping[str, Reply], *, live: bool) -> None:
        self.deferred: dict[str, bytes] = {}
        self.went_live = False
        self._answers = answers
        self._live = live
        self._asked: Counter[str] = Counter()

    def client(self, **options: Any) -> httpx2.AsyncClient:
        return _Client(self, **options)

    def reply(self, body: bytes) -> Reply | None:
        """The answer to a request; None where it is to be sent. Raises Deferred where it is neither."""
        digest = hashlib.sha256(json.dumps(json.loads(body), sort_keys=True).encode()).hexdigest()[:_DIGITS]
        slot = f"{digest}.{self._asked[digest]}"
        self._asked[digest] += 1
        if slot in self._answers:
            return self._answers[slot]
        if not self._live:
            self.deferred[slot] = body
            raise Deferred
        self.went_live = True
        return None


class _Client(openai.DefaultAsyncHttpxClient):
    def __init__(self, replay: Replay, **options: Any) -> None:
        super().__init__(**options)
        self._replay = replay

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        reply = self._replay.reply(request.content)
        if reply is None:
            return await super().send(request, **options)
        for seen in self.event_hooks["request"]:
            await seen(request)
        # The answer stays what it is, however often it is asked for: the client need not try.
        headers = {"content-type": "application/json", "x-should-retry": "false"}
        return httpx2.Response(reply.status, headers=headers, content=reply.body, request=request)
