"""A server that misbehaves: each kind has its outcome, and none a traceback."""

from __future__ import annotations

import json
import socket
import time

import pytest

from extractor import ModelError
from extractor.record import all_facts
from extractor.schema import ModelEngine
from tests.llm.conftest import GOOD, SALES, Ask
from tests.llm.server import Answer, Body, Reply, ScriptedServer, Step, completion, error, facts

FINE = facts(*GOOD)
CUT = Answer(FINE.content and FINE.content[:-200], finish="length")
HELD = {"id": "1", "object": "chat.completion", "choices": []}


def engine_of(server: ScriptedServer, ask: Ask, **settings: object) -> ModelEngine:
    engine = ask(server, **settings).engine
    assert isinstance(engine, ModelEngine)
    return engine


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(error(408, "slow"), id="408"),
        pytest.param(error(409, "locked"), id="409"),
        pytest.param(error(429, "too fast", Retry_After="1"), id="429-retry-after"),
        pytest.param(error(429, "too fast"), id="429"),
        pytest.param(error(500, "oops"), id="500"),
        pytest.param(error(503, "busy"), id="503"),
        pytest.param(Reply(body=completion(FINE, {"model": "m"}).body, cut=500), id="cut-in-the-body"),
        pytest.param(Reply(body=b"", headers={}, cut=0), id="cut-before-the-body"),
        pytest.param(Answer("Certainly! Here are the facts."), id="not-json"),
        pytest.param(Answer('{"summary": "It sells tools."}'), id="json-of-another-shape"),
        pytest.param(Answer('{"facts": [{"claim": "It sells."}, {"claim": "It is old."}]}'), id="no-entry-a-fact"),
        pytest.param(Answer('["x"]'), id="a-list"),
        pytest.param(CUT, id="cut-answer"),
        pytest.param(Answer(None, refusal="I cannot help with that."), id="refusal"),
        pytest.param(Answer(None), id="empty"),
        pytest.param(Answer(""), id="empty-text"),
        pytest.param(Reply(body=json.dumps(HELD).encode()), id="no-choices"),
        pytest.param(Reply(body=b'{"id": "1", "object": "chat.completion"}'), id="no-choices-field"),
        pytest.param(Reply(body=b"<html>Welcome</html>", headers={"content-type": "text/html"}), id="html"),
        pytest.param(Reply(body=b"{not json"), id="a-body-that-is-not-json"),
    ],
)
def test_trouble_that_passes_is_got_over(bad: Step, ask: Ask) -> None:
    with ScriptedServer(bad, FINE) as server:
        engine = engine_of(server, ask)
    assert len(server.requests) == 2
    assert (engine.requests, engine.retries) == (2, 1)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        pytest.param(error(503, "busy"), "answered 503", id="503-for-ever"),
        pytest.param(error(429, "too fast"), "answered 429", id="429-for-ever"),
        pytest.param(Answer("no"), "not JSON", id="not-json"),
        pytest.param(Answer('{"a": 1}'), "another shape", id="shape"),
        pytest.param(CUT, "finish_reason length", id="cut"),
        pytest.param(Answer(None, refusal="I cannot."), "the model refused (I cannot.)", id="refusal"),
        pytest.param(Answer(None), "it is empty", id="empty"),
        pytest.param(Reply(body=json.dumps(HELD).encode()), "no choices", id="no-choices"),
        pytest.param(Reply(body=b"{}", cut=1), "no connection, or a broken one", id="broken"),
    ],
)
def test_trouble_that_stays_is_told_after_the_retries(bad: Step, said: str, ask: Ask) -> None:
    with ScriptedServer(bad) as server, pytest.raises(ModelError) as raised:
        ask(server, retries=2)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("status", "said"),
    [(400, "answered 400"), (401, "key"), (403, "key"), (404, "no such model"), (413, "--context-tokens")],
)
def test_what_another_try_cannot_mend_is_not_tried_again(status: int, said: str, ask: Ask) -> None:
    with ScriptedServer(error(status, "no")) as server, pytest.raises(ModelError, match=said):
        ask(server)
    assert len(server.requests) == 1


def test_retry_after_is_kept_to(ask: Ask) -> None:
    with ScriptedServer(error(429, "too fast", Retry_After="1"), FINE) as server:
        start = time.monotonic()
        ask(server)
    assert time.monotonic() - start >= 1


def test_a_server_that_does_not_answer_in_time(ask: Ask) -> None:
    with ScriptedServer(Answer("{}", delay=2.0)) as server, pytest.raises(ModelError, match="--timeout"):
        ask(server, timeout=0.2, retries=1)
    assert len(server.requests) == 2


def test_nobody_there(ask: Ask) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = ScriptedServer(FINE)
        server.url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        with pytest.raises(ModelError, match=r"no connection.*\(.*connect"):
            ask(server, retries=1)
    server._server.server_close()


def test_a_tool_call_of_another_name_is_asked_for_again(ask: Ask) -> None:
    wrong = Answer(FINE.content, tool="delete_everything")
    with ScriptedServer(wrong, FINE) as server:
        assert engine_of(server, ask, shape="tools").retries == 1
    with ScriptedServer(wrong) as server, pytest.raises(ModelError, match="delete_everything"):
        ask(server, shape="tools", retries=0)


def refusing(*words: str) -> Step:
    """A server that takes no request that holds one of these words outside its messages."""

    def step(body: Body) -> Answer | Reply:
        rest = json.dumps({name: value for name, value in body.items() if name != "messages"})
        refused = [word for word in words if f'"{word}"' in rest]
        return error(400, f"Unsupported parameter: '{refused[0]}' is not supported") if refused else FINE

    return step


@pytest.mark.parametrize(
    ("words", "mode", "requests"),
    [
        ((), "json_schema", 1),
        (("response_format",), "tools", 2),
        (("response_format", "tools"), "text", 3),
        (("temperature",), "json_schema", 2),
        (("temperature", "seed", "response_format"), "tools", 4),
    ],
)
def test_what_a_server_does_not_take_is_left_out_once(
    words: tuple[str, ...], mode: str, requests: int, ask: Ask
) -> None:
    with ScriptedServer(refusing(*words)) as server:
        engine = engine_of(server, ask)
    assert (engine.mode, len(server.requests)) == (mode, requests)
    assert not [word for word in words if word in server.requests[-1]]


def test_a_server_that_takes_no_shape_at_all(ask: Ask) -> None:
    with ScriptedServer(error(400, "response_format and tools are not supported")) as server:
        with pytest.raises(ModelError, match="answered 400"):
            ask(server)
        assert len(server.requests) == 3


@pytest.mark.parametrize("shape", ["json_schema", "tools", "text"])
def test_each_shape_is_asked_for_strictly_and_read(shape: str, ask: Ask) -> None:
    answer = facts(SALES) if shape != "text" else Answer(f"Here:\n```json\n{facts(SALES).content}\n```")
    with ScriptedServer(answer) as server:
        record = ask(server, shape=shape)
    assert len(all_facts(record.facts)) == 1
    (body,) = server.requests
    assert (body["temperature"], isinstance(body["seed"], int)) == (0, True)
    if shape == "json_schema":
        schema = body["response_format"]["json_schema"]
        assert schema["strict"] is True
        assert schema["schema"]["additionalProperties"] is False
    elif shape == "tools":
        assert body["tools"][0]["function"]["strict"] is True


def test_a_cut_answer_is_kept_as_far_as_it_goes_where_asked_for(ask: Ask) -> None:
    with ScriptedServer(CUT) as server:
        record = ask(server, partial=True, retries=0)
        assert isinstance(record.engine, ModelEngine)
        assert 3 <= len(all_facts(record.facts)) < len(GOOD)
        assert "finish_reason length" in str(record.engine.partial)
        with pytest.raises(ModelError, match=r"5 facts are good: --partial keeps them"):
            ask(server, retries=0)


def test_partial_with_nothing_good_is_still_a_failure(ask: Ask) -> None:
    with ScriptedServer(error(503, "busy")) as server, pytest.raises(ModelError):
        ask(server, partial=True, retries=0)


def test_no_more_is_spent_than_allowed(ask: Ask) -> None:
    with ScriptedServer(FINE) as server, pytest.raises(ModelError, match="--max-cost-tokens allows 500"):
        ask(server, max_cost_tokens=500)
    assert server.requests == []


def test_asking_again_counts_as_spending(ask: Ask) -> None:
    with ScriptedServer(Answer("no")) as server, pytest.raises(ModelError, match="--max-cost-tokens"):
        ask(server, max_cost_tokens=6_700, retries=10)
    assert len(server.requests) == 3  # 1,100 each by the server's count; the fourth would pass the limit


@pytest.mark.parametrize("usage", [None, {"prompt_tokens": "many"}, {"prompt_tokens": -5, "completion_tokens": None}])
def test_a_server_that_does_not_say_what_it_took(usage: Body | None, ask: Ask) -> None:
    with ScriptedServer(Answer(FINE.content, usage=usage)) as server:
        engine = engine_of(server, ask)
    assert (engine.prompt_tokens, engine.completion_tokens) == (0, 0)
