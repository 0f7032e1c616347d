"""What decides the records of a run, besides its filings: two runs with the same give the same records."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from extractor import __version__
from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.batch.work import Recipe

Values = dict[str, str | int | bool | None]

_LIBRARIES = ("edgartools", "jinja2", "lemminflect", "lxml", "nupunkt", "pydantic", "rapidfuzz", "tiktoken")
_MODEL_LIBRARIES = ("instructor", "openai")
_MODEL_SETTINGS = ("model", "shape", "context_tokens", "full_text", "repairs", "passes", "partial")
"""Those that decide what is asked; how often and how long a server is waited for does not."""


def settings_of(recipe: Recipe) -> Values:
    """The options that decide what is in a record, by name; a folder of templates by the SHA-256 of what it holds."""
    settings: Values = {
        "max_tokens": recipe.max_tokens,
        "encoding": recipe.encoding,
        "templates": _digest(recipe.templates) if recipe.templates else None,
        "item": recipe.selection.item,
        "whole": recipe.selection.whole,
        "model": None,
    }
    if recipe.model is not None:
        from extractor.engines.llm.settings import without_password

        settings |= {name: getattr(recipe.model, name) for name in _MODEL_SETTINGS}
        settings["base_url"] = without_password(recipe.model.base_url)
    return settings


def versions_of(recipe: Recipe) -> Values:
    """The versions of this program, of Python, and of the libraries that what is in a record comes from."""
    libraries = _LIBRARIES + (_MODEL_LIBRARIES if recipe.model else ())
    return {
        "itemone": __version__,
        "python": ".".join(platform.python_version_tuple()[:2]),
        **{name: _version(name) for name in libraries},
    }


@cache
def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    try:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{folder}: templates cannot be read ({error.strerror})") from error
    return digest.hexdigest()
