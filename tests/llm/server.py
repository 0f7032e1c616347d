"""A server of OpenAI's protocol on loopback that answers from a script, and misbehaves on order.

The script is a list of replies, one for each request, the last for all that follow; a reply is an `Answer` of facts, a
`Reply` of bytes, or a function that makes either from the request's body.
"""

from __future__ import annotations

import http.server
import json
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

Body = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """Bytes as they are sent: after `delay` seconds, and cut off after `cut` of them."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: int | None = None


@dataclass(frozen=True)
class Answer:
    """A well-formed completion: `content` as the model's words, put where the request asks for them."""

    content: str | None
    finish: str = "stop"
    refusal: str | None = None
    tool: str | None = None
    delay: float = 0.0
    usage: Body | None = field(
        default_factory=lambda: {
            "prompt_tokens": 1000,
            "completion_tokens": 100,
            "total_tokens": 1100,
            "prompt_tokens_details": {"cached_tokens": 64},
        }
    )


Step = Answer | Reply | Callable[[Body], "Answer | Reply"]


def facts(*entries: Body) -> Answer:
    """A good answer with these facts."""
    return Answer(json.dumps({"facts": entries}))


def error(status: int, message: str, **headers: str) -> Reply:
    """An error as servers of this protocol word it."""
    body = json.dumps({"error": {"message": message, "type": "error", "code": None}}).encode()
    return Reply(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing where the client has hung up between two requests."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class ScriptedServer:
    """Runs in the background of `with ScriptedServer(...) as server`; `requests` holds what came, `url` where to."""

    def __init__(self, *script: Step) -> None:
        self.script: Sequence[Step] = script
        self.requests: list[Body] = []
        self.headers: list[dict[str, str]] = []
        self.most_at_once = 0
        self._running = 0
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def next(self, body: Body, headers: dict[str, str]) -> Answer | Reply:
        with self._lock:
            self.requests.append(body)
            self.headers.append(headers)
            step = self.script[min(len(self.requests), len(self.script)) - 1]
        return step if isinstance(step, Answer | Reply) else step(body)

    def beside(self, method: str, path: str, data: bytes, kind: str) -> Reply:
        """The answer to a request for anything but a completion."""
        return error(404, f"no {path}")

    def running(self, change: int) -> None:
        with self._lock:
            self._running += change
            self.most_at_once = max(self.most_at_once, self._running)

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                self._answer(b"")

            def do_POST(self) -> None:
                length = int(self.headers["content-length"] or 1)
                data = self.rfile.read(length)
                if len(data) < length:  # the client has given up, maybe in the middle of its headers
                    self.close_connection = True
                    return
                self._answer(data)

            def _answer(self, data: bytes) -> None:
                outer.running(1)
                try:
                    if self.path.endswith("/chat/completions"):
                        body = json.loads(data)
                        self._send(outer.next(body, dict(self.headers.items())), body)
                    else:
                        kind = self.headers.get("content-type", "")
                        self._send(outer.beside(self.command, self.path, data, kind), {})
                except (BrokenPipeError, ConnectionResetError):  # the client has given up
                    self.close_connection = True
                finally:
                    outer.running(-1)

            def _send(self, answer: Answer | Reply, body: Body) -> None:
                reply = answer if isinstance(answer, Reply) else completion(answer, body)
                time.sleep(reply.delay)
                self.send_response(reply.status)
                for name, value in {"content-type": "application/json", **reply.headers}.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body[: reply.cut])
                self.close_connection = reply.cut is not None

        return Handler


def completion(answer: Answer, body: Body) -> Reply:
    """The answer as a chat completion of the request `body`."""
    message: Body = {"role": "assistant", "content": answer.content, "refusal": answer.refusal}
    if body.get("tools") and answer.refusal is None:
        name = answer.tool or body["tools"][0]["function"]["name"]
        call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": answer.content}}
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
    whole = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": f"{body['model']}-served",
        "choices": [{"index": 0, "message": message, "finish_reason": answer.finish}],
        "usage": answer.usage,
    }
    return Reply(body=json.dumps(whole).encode(), delay=answer.delay)


if __name__ == "__main__":  # python -m tests.llm.server SECONDS: no facts after so long, until standard input ends
    with ScriptedServer(Answer('{"facts": []}', delay=float(sys.argv[1]))) as running:
        print(running.url, flush=True)
        sys.stdin.read()
