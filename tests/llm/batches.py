"""The server of the tests with a Batch API: files and batches, answered from the same script, or not at all on order.

A batch goes one state further each time it is asked for. Nothing is answered in a batch before its last state.
"""

from __future__ import annotations

import email
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from tests.llm.server import Answer, Body, Reply, ScriptedServer, Step, completion, error

STATES = ("validating", "in_progress", "finalizing", "completed")
_LINE = ("custom_id", "method", "url", "body")


@dataclass
class Batch:
    """A batch as it is made of a file, with the states that are still before it."""

    id: str
    file: str
    metadata: dict[str, str]
    states: list[str]
    status: str = "validating"
    errors: list[Body] = field(default_factory=list)
    output: str | None = None
    error: str | None = None
    counts: dict[str, int] = field(default_factory=lambda: {"total": 0, "completed": 0, "failed": 0})

    def told(self) -> Body:
        return {
            "id": self.id,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "completion_window": "24h",
            "created_at": 0,
            "input_file_id": self.file,
            "status": self.status,
            "output_file_id": self.output,
            "error_file_id": self.error,
            "errors": {"object": "list", "data": self.errors} if self.errors else None,
            "request_counts": self.counts,
            "metadata": self.metadata,
        }


class BatchingServer(ScriptedServer):
    """A `ScriptedServer` whose batches pass through `states`; where `skips(body)`, a batch ends without an answer.

    `seen` has each request beside those for completions as "POST /files"; `interrupt` is called with it before the
    request is worked on and after, and may answer in place of it.
    """

    def __init__(self, *script: Step) -> None:
        super().__init__(*script)
        self.states: list[str] = list(STATES)
        self.skips: Callable[[Body], bool] = lambda body: False
        self.files: dict[str, tuple[str, bytes]] = {}
        self.batches: dict[str, Batch] = {}
        self.batched: list[Body] = []
        self.seen: list[str] = []
        self.interrupt: Callable[[str, bool], Reply | None] = lambda seen, after: None

    def lines(self, batch: Batch) -> list[Body]:
        """The requests of a batch, each checked to be one."""
        lines = [json.loads(line) for line in self.files[batch.file][1].splitlines()]
        assert all(tuple(line) == _LINE and line["url"] == "/v1/chat/completions" for line in lines)
        assert len({line["custom_id"] for line in lines}) == len(lines)
        return lines

    def beside(self, method: str, path: str, data: bytes, kind: str) -> Reply:
        parts = urlsplit(path)
        seen = f"{method} {re.sub(r'^/v1|[0-9]+', '', parts.path)}"
        self.seen.append(seen)
        before = self.interrupt(seen, False)
        if before is not None:
            return before
        reply = self._answered(method, parts.path.removeprefix("/v1"), parse_qs(parts.query), data, kind)
        return self.interrupt(seen, True) or reply

    def _answered(self, method: str, path: str, query: dict[str, list[str]], data: bytes, kind: str) -> Reply:
        match method, path.strip("/").split("/"):
            case "POST", ["files"]:
                return self._upload(data, kind)
            case "GET", ["files"]:
                return _json(_page([_file(id, name) for id, (name, _) in self.files.items()], query))
            case "GET", ["files", id, "content"]:
                found = self.files.get(id)
                return Reply(body=found[1]) if found else error(404, f"no file {id}")
            case "POST", ["batches"]:
                return self._create(json.loads(data))
            case "GET", ["batches"]:
                return _json(_page([batch.told() for batch in self.batches.values()][::-1], query))
            case "GET", ["batches", id]:
                if id not in self.batches:
                    return error(404, f"no batch {id}")
                self._further(self.batches[id])
                return _json(self.batches[id].told())
        return error(404, f"no {path}")

    def _upload(self, data: bytes, kind: str) -> Reply:
        form = email.message_from_bytes(b"content-type: " + kind.encode() + b"\r\n\r\n" + data)
        parts = {str(part.get_param("name", header="content-disposition")): part for part in form.walk()}
        assert parts["purpose"].get_payload() == "batch"
        name, content = str(parts["file"].get_filename()), parts["file"].get_payload(decode=True)
        assert isinstance(content, bytes)
        return _json(_file(self.keep(name, content), name))

    def keep(self, name: str, data: bytes) -> str:
        id = f"file-{len(self.files) + 1}"
        self.files[id] = (name, data)
        return id

    def _create(self, asked: Body) -> Reply:
        if asked["input_file_id"] not in self.files:
            return error(400, "no such file")
        assert (asked["endpoint"], asked["completion_window"]) == ("/v1/chat/completions", "24h")
        batch = Batch(
            f"batch_{len(self.batches) + 1}", asked["input_file_id"], asked.get("metadata") or {}, list(self.states)
        )
        self.batches[batch.id] = batch
        return _json(batch.told())

    def _further(self, batch: Batch) -> None:
        if not batch.states:
            return
        batch.status = batch.states.pop(0)
        lines = self.lines(batch)
        batch.counts["total"] = len(lines)
        if batch.status == "failed":
            batch.errors = [{"code": "token_limit_exceeded", "message": "Enqueued token limit reached", "line": None}]
        if batch.status in ("completed", "expired", "cancelled"):
            self._answer(batch, lines)

    def _answer(self, batch: Batch, lines: list[Body]) -> None:
        output: list[Body] = []
        errors: list[Body] = []
        for line in reversed(lines):  # in no order that could be relied on
            told = {"id": "batch_req_1", "custom_id": line["custom_id"], "response": None, "error": None}
            if self.skips(line["body"]):
                told["error"] = {"code": "batch_expired", "message": "This request could not be executed in time."}
                errors.append(told)
                continue
            self.batched.append(line["body"])
            step = self.script[0]
            reply = step if isinstance(step, Answer | Reply) else step(line["body"])
            reply = completion(reply, line["body"]) if isinstance(reply, Answer) else reply
            told["response"] = {"status_code": reply.status, "request_id": "r", "body": json.loads(reply.body)}
            (output if reply.status == 200 else errors).append(told)
        batch.counts.update(completed=len(output), failed=len(errors))
        for name, entries in (("output", output), ("error", errors)):
            if entries:
                data = "".join(json.dumps(entry) + "\n" for entry in entries).encode()
                setattr(batch, name, self.keep(f"{batch.id}_{name}.jsonl", data))


def _file(id: str, name: str) -> Body:
    return {"id": id, "object": "file", "bytes": 1, "created_at": 0, "filename": name, "purpose": "batch",
            "status": "processed"}  # fmt: skip


def _page(entries: list[Body], query: dict[str, list[str]]) -> Body:
    """A page of two entries at most, so that who does not turn it misses the rest."""
    after = query.get("after", [""])[0]
    ids = [entry["id"] for entry in entries]
    start = ids.index(after) + 1 if after in ids else 0
    shown = entries[start : start + 2]
    return {
        "object": "list",
        "data": shown,
        "first_id": shown[0]["id"] if shown else None,
        "last_id": shown[-1]["id"] if shown else None,
        "has_more": start + 2 < len(entries),
    }


def _json(told: Body) -> Reply:
    return Reply(body=json.dumps(told).encode())
