"""What went wrong between this program and a model's server, said in a line that tells what to do."""

from __future__ import annotations

import re
from typing import Any

import openai
from instructor.core.exceptions import InstructorRetryException
from pydantic import ValidationError

_SHOWN = 300  # characters of a server's own words
# What servers name when they take no schema or no tools.
_SHAPE = re.compile(
    r"response_format|json_schema|json schema|structured|grammar|\btools?\b|tool_choice|function call|strict",
    re.IGNORECASE,
)
_REFUSING = (400, 422, 501)
_ADVICE = {
    401: "it does not take the key; set OPENAI_API_KEY or ITEMONE_API_KEY",
    403: "the key may not use this model; set another in OPENAI_API_KEY or ITEMONE_API_KEY",
    404: "there is no such model or no such address; compare --model and --base-url with what the server offers",
    413: "the request is too large; lower --context-tokens",
}


def refuses(error: openai.APIStatusError, setting: str) -> bool:
    """True where the server says that it does not take `setting` ("temperature", "seed")."""
    return error.status_code in _REFUSING and bool(re.search(rf"\b{setting}\b", _said(error)))


def refuses_shape(error: openai.APIStatusError) -> bool:
    """True where the server says that it does not take the way in which the answer's shape was asked for."""
    return error.status_code in _REFUSING and bool(_SHAPE.search(_said(error)))


def of_status(error: openai.APIStatusError) -> str:
    """What an HTTP status means and what the server said to it."""
    advice = _ADVICE.get(error.status_code)
    if error.status_code == 429 or error.status_code >= 500:
        advice = "it stayed so through all retries (--retries); try again later"
    said = _said(error)[:_SHOWN]
    return (
        f"the server answered {error.status_code}" + (f": {advice}" if advice else "") + (f" ({said})" if said else "")
    )


def of_connection(error: openai.APIError) -> str:
    """What an exchange without an answer means."""
    if isinstance(error, openai.APITimeoutError):
        return "no answer in time (--timeout), through all retries"
    if isinstance(error, openai.APIConnectionError):
        cause = error.__cause__
        why = f" ({str(cause)[:_SHOWN] or type(cause).__name__})" if cause else ""
        return f"no connection, or a broken one, through all retries; is the address right?{why}"
    return f"not an answer of this protocol; is the address right? ({str(error)[:_SHOWN]})"


def of_answer(error: InstructorRetryException) -> str:
    """Why an answer that came is of no use."""
    completion = error.last_completion
    message = _message(completion)
    if refusal := getattr(message, "refusal", None):
        return f"the model refused ({str(refusal)[:_SHOWN]})"
    if completion is not None and not getattr(completion, "choices", None):
        return "it holds no choices"
    cause = error.__cause__
    if isinstance(cause, ValidationError):
        kind = cause.errors(include_input=False, include_url=False)[0]["type"]
        return _empty_or_no_json(completion) if kind == "json_invalid" else "it is JSON of another shape"
    if isinstance(cause, AssertionError):  # how instructor tells of a refusal in a tool call
        return f"the model refused ({str(cause)[:_SHOWN]})"
    if getattr(message, "tool_calls", None) == [] or (message is not None and not text_of(completion)):
        return "it is empty"
    return f"it cannot be read ({type(cause).__name__})"


def other_tool(completion: Any, name: str) -> str | None:
    """What is wrong where the model called another tool than the one it was given."""
    calls = getattr(_message(completion), "tool_calls", None) or []
    called = getattr(getattr(calls[0], "function", None), "name", None) if calls else None
    return f"it calls the tool {str(called)[:_SHOWN]!r}, not {name!r}" if calls and called != name else None


def text_of(completion: Any) -> str:
    """The words of an answer, or the arguments of its tool call; "" where it has neither."""
    message = _message(completion)
    calls = getattr(message, "tool_calls", None) or []
    arguments = getattr(getattr(calls[0], "function", None), "arguments", None) if calls else None
    text = arguments or getattr(message, "content", None)
    return text if isinstance(text, str) else ""


def _message(completion: Any) -> Any:
    choices = getattr(completion, "choices", None)
    return getattr(choices[0], "message", None) if isinstance(choices, list) and choices else None


def _empty_or_no_json(completion: Any) -> str:
    return "it is not JSON" if text_of(completion).strip() else "it is empty"


def _said(error: openai.APIStatusError) -> str:
    body = error.body
    message = body.get("message") if isinstance(body, dict) else body
    return " ".join(str(message or error.message).split())
