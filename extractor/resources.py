"""Where the files that are shipped with the package stand."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def templates_dir() -> Path:
    """The folder of the templates: inside an installed package, at the top of a checkout."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


def vocabulary_dir() -> Path:
    """The folder of the shipped vocabulary, in the form that tiktoken's cache has."""
    return _PACKAGE / "vocabulary"
