"""Templates of sentences and prompts: the user's own where a folder of them has one, else the shipped."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import StrictUndefined, Template, TemplateError, select_autoescape
from jinja2.loaders import ChoiceLoader, FileSystemLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment

from extractor.errors import UsageError
from extractor.resources import templates_dir
from extractor.wording import joined, sentence


@lru_cache(maxsize=32)
def load_template(name: str, folder: Path | None) -> Template:
    """The template of that name; UsageError where there is no such folder, or the template cannot be used."""
    environment = _environment(folder)
    try:
        return environment.get_template(name)
    except (TemplateError, UnicodeDecodeError) as error:
        raise _unusable(name, error) from error


def load_text(name: str, folder: Path | None) -> str:
    """The text of a file that stands beside the templates and is none; UsageError as for a template."""
    environment = _environment(folder)
    try:
        return _loader(folder).get_source(environment, name)[0]
    except (TemplateError, UnicodeDecodeError) as error:
        raise _unusable(name, error) from error


def _environment(folder: Path | None) -> ImmutableSandboxedEnvironment:
    """Where templates are read and run; in those of HTML every value is escaped."""
    environment = ImmutableSandboxedEnvironment(
        loader=_loader(folder),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html.j2"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(listed=joined, sentence=sentence)
    return environment


def _loader(folder: Path | None) -> ChoiceLoader:
    if folder is not None and not folder.is_dir():
        raise UsageError(f"{folder}: not a folder of templates")
    return ChoiceLoader([FileSystemLoader(f) for f in (folder, templates_dir()) if f])


def render(template: Template, **values: object) -> str:
    """The template's text with these values, which are never read as templates themselves."""
    try:
        return template.render(**values)
    except Exception as error:  # a user's template may fail in any way that an expression can
        raise _unusable(str(template.name), error) from error


def _unusable(name: str, error: Exception) -> UsageError:
    return UsageError(f"template {name}: {' '.join(str(error).split()) or type(error).__name__}")
