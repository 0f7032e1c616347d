"""What the engine is set to: from options, else the environment, else a `.env` in the folder it runs in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit, urlunsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from extractor.errors import UsageError

OPENAI_URL = "https://api.openai.com/v1"
_PREFIX = "ITEMONE_"
_HIDDEN = "****"

Shape = Literal["json_schema", "tools", "text"]


class Settings(BaseSettings):
    """One field for each setting; the variable ITEMONE_NAME sets the field `name`.

    A key alone asks for nothing: without `model` no request is ever made.
    """

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore", populate_by_name=True
    )

    model: str | None = None
    base_url: Annotated[
        str, Field(validation_alias=AliasChoices("base_url", "ITEMONE_BASE_URL", "OPENAI_BASE_URL"))
    ] = OPENAI_URL
    api_key: Annotated[
        SecretStr | None, Field(validation_alias=AliasChoices("api_key", "ITEMONE_API_KEY", "OPENAI_API_KEY"))
    ] = None
    shape: Shape | None = None
    """How the answer's shape is asked for; None: the first that the server takes, in the order of `Shape`."""
    context_tokens: Annotated[int, Field(ge=4_000)] = 120_000
    full_text: bool = False
    repairs: Annotated[int, Field(ge=0, le=10)] = 1
    retries: Annotated[int, Field(ge=0, le=20)] = 2
    passes: Annotated[int, Field(ge=1, le=2)] = 1
    partial: bool = False
    timeout: Annotated[float, Field(gt=0, le=3600)] = 120.0
    max_cost_tokens: Annotated[int, Field(ge=1)] | None = None
    cache: Path | None = None

    @property
    def key(self) -> str:
        """The key as it is sent; "" where none is set."""
        return self.api_key.get_secret_value().strip() if self.api_key else ""

    @property
    def wants_key(self) -> bool:
        """True for the one server that is known to answer nobody without a key."""
        return urlsplit(self.base_url).hostname == urlsplit(OPENAI_URL).hostname

    @property
    def named(self) -> str:
        """The model and its server, as messages name them."""
        return f"{self.model} at {without_password(self.base_url)}"

    def masked(self, text: str) -> str:
        """One line without the key, which a server may say back."""
        return " ".join((text.replace(self.key, _HIDDEN) if self.key else text).split())

    def shown(self) -> Iterator[tuple[str, str]]:
        """Each setting as (variable, value), with keys and passwords masked."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            if name == "api_key":
                value = _HIDDEN if self.key else None
            elif name == "base_url":
                value = without_password(value)
            yield f"{_PREFIX}{name.upper()}", "" if value is None else str(value)


def load_settings(**given: object) -> Settings:
    """The settings, those `given` (other than None) before all others; UsageError names a value that cannot be."""
    chosen = {name: value for name, value in given.items() if value is not None}
    try:
        settings = Settings(**chosen)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise UsageError(f"{_PREFIX}{str(first['loc'][0]).upper()}: {first['msg']}") from None  # its value may be a key
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f".env: cannot be read ({error})") from error
    _check_url(settings.base_url)
    if not (settings.key.isascii() and settings.key.isprintable()):
        raise UsageError("the key holds characters that no key has: OPENAI_API_KEY or ITEMONE_API_KEY is not one")
    return settings


def without_password(url: str) -> str:
    """The address without the user and password that may stand in it, and without its query."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit((parts.scheme, f"{_HIDDEN}@{host}" if "@" in parts.netloc else host, parts.path, "", ""))
    except ValueError:
        return _HIDDEN


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable:
        raise UsageError(f"base URL {without_password(url)!r}: give one such as http://127.0.0.1:11434/v1")
