"""The options that commands share: of the paragraph, of the part to read, and of a language model with its engine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.tokens import MIN_TOKENS

if TYPE_CHECKING:
    from extractor.engines import Engine
    from extractor.engines.llm import Settings

PANEL = "With a language model"

MaxTokens = Annotated[int, typer.Option(min=MIN_TOKENS, metavar="N", help="The paragraph's length at most.")]
Encoding = Annotated[str, typer.Option(metavar="NAME", help="The tiktoken encoding that tokens are counted in.")]
Templates = Annotated[
    Path | None,
    typer.Option(metavar="DIR", exists=True, file_okay=False, help="Your own templates instead of the shipped."),
]
Item = Annotated[str | None, typer.Option(metavar="N", help="The item to read, as 1, 1A or 7; else the business.")]
Whole = Annotated[bool, typer.Option("--whole", help="Take the file as it is.")]

Model = Annotated[
    str | None,
    typer.Option(metavar="NAME", rich_help_panel=PANEL, help="Let this model find the facts; the text is sent to it."),
]
BaseUrl = Annotated[
    str | None, typer.Option(metavar="URL", rich_help_panel=PANEL, help="The model's server, OpenAI's unless named.")
]
ContextTokens = Annotated[
    int | None,
    typer.Option(metavar="N", rich_help_panel=PANEL, help="The model's window; 120000 unless told otherwise."),
]
FullText = Annotated[
    bool | None, typer.Option("--full-text", rich_help_panel=PANEL, help="Send boilerplate too.", show_default=False)
]
Repairs = Annotated[
    int | None,
    typer.Option(metavar="N", rich_help_panel=PANEL, help="Times that refused facts are asked for anew; 1."),
]
Retries = Annotated[
    int | None,
    typer.Option(metavar="N", rich_help_panel=PANEL, help="Times that a failed request or answer is tried again; 2."),
]
Passes = Annotated[
    int | None,
    typer.Option(metavar="N", rich_help_panel=PANEL, help="2: ask once more about figures and areas left out; 1."),
]
Partial = Annotated[
    bool | None,
    typer.Option("--partial", rich_help_panel=PANEL, help="Keep the facts that came before a failure."),
]
Timeout = Annotated[
    float | None,
    typer.Option(metavar="SECONDS", rich_help_panel=PANEL, help="The longest wait for an answer; 120, at most 3600."),
]
MaxCostTokens = Annotated[
    int | None, typer.Option(metavar="N", rich_help_panel=PANEL, help="Stop before more tokens than this are spent.")
]
Cache = Annotated[
    Path | None,
    typer.Option(metavar="DIR", rich_help_panel=PANEL, help="Keep answers in this folder and use those it has."),
]
NoCache = Annotated[
    bool, typer.Option("--no-cache", rich_help_panel=PANEL, help="Ask anew whatever a cache holds, and keep nothing.")
]
Verbose = Annotated[
    bool, typer.Option("-v", "--verbose", rich_help_panel=PANEL, help="Tell on standard error what is asked.")
]


def named_engine(*, templates: Path | None, no_cache: bool, **given: object) -> Engine | None:
    """The engine of the model that the options name, or else the environment; None where neither does."""
    settings = named_model(no_cache=no_cache, **given)
    if settings is None:
        return None
    from extractor.engines.llm import llm

    return llm(settings, templates=templates)


def named_model(*, no_cache: bool, **given: object) -> Settings | None:
    """The settings of the model that the options name, or else the environment; None where neither does."""
    if given["model"] is None and not _environment_may_name_a_model():
        return None
    from extractor.engines.llm import load_settings

    settings = load_settings(**given)
    if not settings.model:
        return None
    return settings.model_copy(update={"cache": None}) if no_cache else settings


def _environment_may_name_a_model() -> bool:
    """A quick look, so that who names no model does not wait for the libraries that ask one."""
    return bool(os.environ.get("ITEMONE_MODEL")) or Path(".env").is_file()


@contextmanager
def told(verbose: bool) -> Iterator[None]:
    """What the program itself reports goes to standard error; what libraries report, with all they send, does not."""
    if not verbose:
        yield
        return
    import logging

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("itemone: %(message)s"))
    own = logging.getLogger("extractor")
    level, propagate = own.level, own.propagate
    own.addHandler(handler)
    own.setLevel(logging.INFO)
    own.propagate = False
    try:
        yield
    finally:
        own.removeHandler(handler)
        own.setLevel(level)
        own.propagate = propagate
