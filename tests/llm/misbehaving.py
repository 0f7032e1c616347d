"""A server that fails one request in five, each time in another of the ways that servers have.

`python -m tests.llm.misbehaving SECONDS` runs it with answers after so long until standard input ends, and then prints
how many requests came and for how many seconds it asked to be left alone.
"""

from __future__ import annotations

import itertools
import json
import sys
from dataclasses import replace

from tests.llm.conftest import GOOD
from tests.llm.server import Answer, Body, Reply, ScriptedServer, Step, completion, error, facts

FINE = facts(*GOOD)
EVERY = 5
RETRY_AFTER = 1  # seconds, of those failures that say so
FAILURES: tuple[Step, ...] = (
    error(429, "too fast", Retry_After=str(RETRY_AFTER)),
    error(500, "oops"),
    Reply(body=b"", cut=0),
    Answer("Certainly! Here are the facts."),
    error(502, "bad gateway"),
    Answer(str(FINE.content)[:-200], finish="length"),
    error(503, "busy", Retry_After=str(RETRY_AFTER)),
    Answer(None, refusal="I cannot help with that."),
    Reply(body=completion(FINE, {"model": "m"}).body, cut=500),
    replace(FINE, delay=3.0),  # in time, or too late: as the client's patience is
    error(429, "too fast"),
    Reply(body=b"<html>Welcome</html>", headers={"content-type": "text/html"}),
    Answer('{"summary": "It sells tools."}'),
    Answer(""),
    error(408, "slow"),
    Reply(body=b'{"id": "1", "object": "chat.completion", "choices": []}'),
)


def misbehaving(delay: float = 0.0) -> Step:
    """Good answers after so many seconds, but for one in five."""
    requests, failures = itertools.count(1), itertools.cycle(FAILURES)
    good = replace(FINE, delay=delay)

    def step(body: Body) -> Answer | Reply:
        if next(requests) % EVERY:
            return good
        failure = next(failures)
        assert isinstance(failure, Answer | Reply)
        return failure

    return step


def asked_for(requests: int) -> int:
    """Seconds for which the server asks to be left alone, of so many requests, if each asks by itself."""
    failed = itertools.islice(itertools.cycle(FAILURES), requests // EVERY)
    return sum(RETRY_AFTER for step in failed if isinstance(step, Reply) and "Retry-After" in step.headers)


if __name__ == "__main__":
    with ScriptedServer(misbehaving(float(sys.argv[1]))) as running:
        print(running.url, flush=True)
        sys.stdin.read()
    told = {"requests": len(running.requests), "asked_for": asked_for(len(running.requests))}
    print(json.dumps(told | {"most_at_once": running.most_at_once}))
