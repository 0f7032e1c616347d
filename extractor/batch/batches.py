"""A server's Batch API: files of requests that it answers within a day, at half the price.

What is taken from its documentation (https://platform.openai.com/docs/guides/batch and /docs/api-reference/batch): a
file is JSON lines of `custom_id`, `method`, `url` and `body`, uploaded for the purpose "batch"; results come as JSON
lines in any order, those with an answer in one file and those with an error in another, each under its `custom_id`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import BinaryIO, Literal

import httpx2
import openai
from openai.types import Batch as State

from extractor.batch.ledger import Answered
from extractor.engines.llm import Settings, trouble
from extractor.engines.llm.replay import Reply
from extractor.engines.llm.server import NO_KEY, certificates
from extractor.errors import ModelError

URL: Literal["/v1/chat/completions"] = "/v1/chat/completions"
FINAL = ("completed", "expired", "failed", "cancelled")
WHOLE = ("failed", "cancelled")
"""States of a batch that came to nothing for no fault of its requests."""
_PASSING = (408, 409, 429)  # and 5xx: as the client of the live engine has it
_NO_RESPONSE = 504
_REFUSALS = (400, 404, 413, 422)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 60.0  # seconds between two tries
_SENDER, _NUMBER = "itemone_run", "itemone_batch"
_PAGE = 100  # batches that are listed at a time: the most that the API gives


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may hold, by the API reference of files and batches: 50,000 requests and 200 MB."""

    requests: int = 50_000
    bytes: int = 200_000_000


class RefusedError(ModelError):
    """The server will not do what it is asked, now or later."""


class GoneError(ModelError):
    """The server has deleted a file of results, as it does after some weeks."""


class _BrokenError(ModelError):
    """A download that broke off."""


class BatchServer:
    """The server that the settings name; ModelError says what went wrong with it. Use it in `with`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client = openai.OpenAI(
            api_key=settings.key or NO_KEY,
            base_url=settings.base_url,
            timeout=settings.timeout,
            max_retries=settings.retries,
            http_client=openai.DefaultHttpxClient(timeout=settings.timeout, verify=certificates()),
        )
        self._once = self._client.with_options(max_retries=0)

    def __enter__(self) -> BatchServer:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def upload(self, name: str, file: BinaryIO) -> str:
        """Uploads requests under a name that no other file has; the file's id."""

        def upload() -> str:
            file.seek(0)
            return self._once.files.create(file=(name, file), purpose="batch").id

        return self._made(upload, lambda: self.uploaded(name))

    def uploaded(self, name: str) -> str | None:
        """The id of a file that was uploaded under this name."""
        with self._told():
            files = self._client.files.list(purpose="batch")
            return next((file.id for file in files if file.filename == name), None)

    def create(self, file: str, sender: str, number: int) -> str:
        """Makes a batch of an uploaded file; its id. RefusedError where the server will not, now or later."""

        def create() -> str:
            return self._once.batches.create(
                input_file_id=file,
                endpoint=URL,
                completion_window="24h",
                metadata={_SENDER: sender, _NUMBER: str(number)},
            ).id

        return self._made(create, lambda: self.created(sender, number))

    def _made(self, make: Callable[[], str], find: Callable[[], str | None]) -> str:
        """What is to be made once: where no answer came it may have been, and is looked for before another try."""
        for attempt in count():
            try:
                with self._told():
                    return make()
            except RefusedError:
                raise
            except ModelError:
                if (made := find()) is not None:
                    return made
                if attempt == self._settings.retries:
                    raise
            time.sleep(min(_FIRST_PAUSE * 2**attempt, _LONGEST_PAUSE))
        raise AssertionError("counting has no end")

    def created(self, sender: str, number: int) -> str | None:
        """The id of a batch that was made of this file of this run."""
        with self._told():
            for batch in self._client.batches.list(limit=_PAGE):
                told = batch.metadata or {}
                if told.get(_SENDER) == sender and told.get(_NUMBER) == str(number):
                    return batch.id
        return None

    def state(self, id: str) -> State:
        """How far a batch is."""
        with self._told():
            try:
                return self._client.batches.retrieve(id)
            except openai.NotFoundError:
                told = f"there is no batch {id} for this key; use the key of the project that it was sent with"
                raise ModelError(self._line(told)) from None

    def results(self, state: State, spool: Callable[[], BinaryIO]) -> Iterator[Answered]:
        """The results of a batch that has ended, downloaded file by file into what `spool` makes."""
        for id in (state.output_file_id, state.error_file_id):
            if id is None:
                continue
            with spool() as file:
                self._download(id, file)
                file.seek(0)
                for line in file:
                    if (result := _result(line)) is not None:
                        yield result

    def _download(self, id: str, file: BinaryIO) -> None:
        for left in range(self._settings.retries, -1, -1):
            file.seek(0)
            file.truncate()
            try:
                with self._told():
                    self._stream(id, file)
                return
            except _BrokenError:
                if not left:
                    raise

    def _stream(self, id: str, file: BinaryIO) -> None:
        try:
            with self._client.files.with_streaming_response.content(id) as response:
                for part in response.iter_bytes():
                    file.write(part)
        except openai.NotFoundError:
            raise GoneError(self._line(f"there is no file {id}")) from None

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except openai.APIStatusError as error:
            kind = RefusedError if error.status_code in _REFUSALS else ModelError
            raise kind(self._line(trouble.of_status(error))) from None
        except openai.APIError as error:
            raise ModelError(self._line(trouble.of_connection(error))) from None
        except httpx2.HTTPError as error:
            raise _BrokenError(self._line(f"the download broke off ({error})")) from None

    def _line(self, told: str) -> str:
        return self._settings.masked(f"{self._settings.named}: {told}")


def line_of(custom_id: str, body: bytes) -> bytes:
    """A request as a line of a file; `body` is JSON."""
    return b'{"custom_id": %b, "method": "POST", "url": %b, "body": %b}\n' % (
        json.dumps(custom_id).encode(),
        json.dumps(URL).encode(),
        body,
    )


def unanswered(why: str) -> Reply:
    """What stands for the answer that a request never got."""
    return Reply(_NO_RESPONSE, json.dumps({"error": {"message": why}}).encode())


def _result(line: bytes) -> Answered | None:
    """A line of results; None where it is of no request."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    if not isinstance(told, dict) or not isinstance(told.get("custom_id"), str):
        return None
    response, error = told.get("response"), told.get("error")
    if isinstance(response, dict) and isinstance(response.get("status_code"), int):
        status = response["status_code"]
        reply = Reply(status, json.dumps(response.get("body")).encode())
        return Answered(told["custom_id"], reply, passing=status in _PASSING or status >= 500)
    why = error.get("message") if isinstance(error, dict) else None
    return Answered(told["custom_id"], unanswered(str(why or "the batch has no answer to it")), passing=True)
