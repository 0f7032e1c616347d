"""What an exchange with a model took, and the limit that a user set to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from extractor.errors import ModelError


class SpendingError(ModelError):
    """The next request would take more tokens than the user allows."""


@dataclass
class Usage:
    """Counts of what was asked, for a filing or a run; `limit` is the most tokens, prompt and completion, for it."""

    limit: int | None = None
    requests: int = 0
    retries: int = 0
    repairs: int = 0
    cached_answers: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    malformed: int = 0
    served: str | None = None
    held: int = 0
    """Tokens held back for requests under way."""

    @property
    def spent(self) -> int:
        """Tokens so far, prompt and completion."""
        return self.prompt_tokens + self.completion_tokens

    @contextmanager
    def reserved(self, prompt_tokens: int) -> Iterator[None]:
        """Holds back what a request will at least take while it runs; SpendingError where the limit is too near."""
        needed = self.spent + self.held + prompt_tokens
        if self.limit is not None and needed > self.limit:
            raise SpendingError(
                f"the next request takes at least {prompt_tokens} tokens, {self.spent} are spent, and "
                f"--max-cost-tokens allows {self.limit}"
            )
        self.held += prompt_tokens
        try:
            yield
        finally:
            self.held -= prompt_tokens

    def add(self, completion: object) -> None:
        """Count what the server says a completion took; a server may say nothing, or nonsense."""
        self.served = _text(getattr(completion, "model", None)) or self.served
        usage = getattr(completion, "usage", None)
        self.prompt_tokens += _count(usage, "prompt_tokens")
        self.completion_tokens += _count(usage, "completion_tokens")
        self.cached_tokens += _count(getattr(usage, "prompt_tokens_details", None), "cached_tokens")


def _count(holder: object, name: str) -> int:
    value = getattr(holder, name, None)
    return value if isinstance(value, int) and value > 0 else 0


def _text(value: object) -> str | None:
    return value[:200] if isinstance(value, str) else None
