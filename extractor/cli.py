"""The command line: parses, calls the library, prints. What a command needs is imported when it runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor import __version__, options
from extractor.batch.command import batch
from extractor.collecting import collect_rarely
from extractor.errors import InputError, ItemoneError, UsageError
from extractor.tokens import DEFAULT_ENCODING, DEFAULT_MAX_TOKENS

if TYPE_CHECKING:
    from extractor.document import Document
    from extractor.schema import Brief


EXIT_FINDINGS = 1
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells report it

_EXIT_CODES = """\
Exit codes:
0 done
1 check found something, or a filing of a batch failed
2 wrong usage
3 a file that cannot be read, used or written
4 trouble with a model or the network
75 batch --collect: not yet"""

app = typer.Typer(
    name="itemone",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    epilog=_EXIT_CODES,
)


class Format(StrEnum):
    """What `brief` prints: the paragraph, the whole record, or the reviewer's page."""

    text = "text"
    json = "json"
    html = "html"


Filing = Annotated[
    str,
    typer.Argument(metavar="FILE", help="The filing: a file, - for standard input, or edgar:TICKER (see the README)."),
]
Pick = Annotated[int | None, typer.Option(min=1, metavar="N", help="Which of the filings in JSON lines, from 1.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"itemone {__version__}")
        raise typer.Exit


@app.callback()
def itemone(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """The business section of an annual report as typed facts and one paragraph, each resting on the text."""


@app.command(epilog="Example: itemone brief filing.txt --format json -o brief.json")
def brief(
    file: Filing,
    format: Annotated[Format, typer.Option(help="The paragraph, the record, or the reviewer's page.")] = Format.text,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PATH", help="Write to this file instead.")
    ] = None,
    max_tokens: options.MaxTokens = DEFAULT_MAX_TOKENS,
    encoding: options.Encoding = DEFAULT_ENCODING,
    templates: options.Templates = None,
    item: options.Item = None,
    whole: options.Whole = False,
    pick: Pick = None,
    model: options.Model = None,
    base_url: options.BaseUrl = None,
    context_tokens: options.ContextTokens = None,
    full_text: options.FullText = None,
    repairs: options.Repairs = None,
    retries: options.Retries = None,
    passes: options.Passes = None,
    partial: options.Partial = None,
    timeout: options.Timeout = None,
    max_cost_tokens: options.MaxCostTokens = None,
    cache: options.Cache = None,
    no_cache: options.NoCache = False,
    verbose: options.Verbose = False,
) -> None:
    """Print what a filing says of the business: one paragraph, the record of facts behind it, or a page to check both.

    Without --model (or ITEMONE_MODEL) nothing is sent anywhere.
    """
    from extractor import pipeline
    from extractor.files import write_result

    if output is not None and _same_file(output, file):
        raise UsageError(f"{output}: the output is the filing itself; name another file")
    document = _document(file, item, whole, pick)
    engine = options.named_engine(
        templates=templates, no_cache=no_cache,
        model=model, base_url=base_url, context_tokens=context_tokens, full_text=full_text, repairs=repairs,
        retries=retries, passes=passes, partial=partial, timeout=timeout, max_cost_tokens=max_cost_tokens, cache=cache,
    )  # fmt: skip
    with options.told(verbose):
        record = pipeline.brief(
            document,
            max_tokens=max_tokens,
            encoding=encoding,
            templates=templates,
            engine=engine or pipeline.offline,
        )
    write_result(_formatted(record, document, format, templates), output)
    _tell(document)


@app.command(epilog="Example: itemone text filing.txt | sha256sum")
def text(file: Filing, item: options.Item = None, whole: options.Whole = False, pick: Pick = None) -> None:
    """Print the text that a record's spans index, exactly: its SHA-256 is the one in the record."""
    from extractor.files import write_result

    document = _document(file, item, whole, pick)
    write_result(document.text, None)
    _tell(document)


@app.command(epilog="Example: itemone check brief.json --source filing.txt")
def check(
    record: Annotated[Path, typer.Argument(metavar="BRIEF.json", help="The record, as brief --format json wrote it.")],
    source: Annotated[
        str, typer.Option(metavar="FILE", help="The filing that the record is of; - for standard input.")
    ],
) -> None:
    """Verify a record from nothing but itself and its filing; print one line for each thing that does not hold."""
    from extractor import checking
    from extractor.files import write_result

    findings = checking.check(record, _standard_input() if source == "-" else source)
    if not findings:
        write_result(f"{record.name}: all holds\n", None)
        return
    write_result("".join(f"{finding}\n" for finding in findings), None)
    raise typer.Exit(EXIT_FINDINGS)


@app.command(epilog="Example: itemone claims claims.jsonl > verdicts.jsonl")
def claims(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Claims, one JSON object a line; - for standard input.")],
) -> None:
    """Judge whether each statement follows from its quote.

    In, a line each: {"id": "1", "statement": "It has 40 stores.", "quote": "We operate 40 stores in Ohio."}

    Out, a line each: {"id": "1", "supported": true, "reasons": []}
    """
    import json

    from extractor.files import write_result
    from extractor.grounding.claims import judge_claims

    verdicts = judge_claims(_lines(file))
    write_result("".join(json.dumps(verdict, ensure_ascii=False) + "\n" for verdict in verdicts), None)


app.command(epilog="Example: itemone batch filings/ --out briefs")(batch)


@app.command(epilog="Example: itemone schema > brief.schema.json")
def schema() -> None:
    """Print the JSON Schema of the record."""
    import json

    from extractor.files import write_result
    from extractor.schema import Brief

    write_result(json.dumps(Brief.model_json_schema(), indent=1, ensure_ascii=False) + "\n", None)


@app.command(epilog="Example: ITEMONE_MODEL=llama3.3 itemone settings")
def settings() -> None:
    """Print the settings of the language model as the environment and .env give them, keys masked."""
    from extractor.engines.llm.settings import load_settings
    from extractor.files import write_result

    write_result("".join(f"{name}={value}\n" for name, value in load_settings().shown()), None)


def _formatted(record: Brief, document: Document, format: Format, templates: Path | None) -> str:
    """The record as it is asked for."""
    if format is Format.html:
        from extractor.report import to_html

        return to_html(record, document, templates=templates)
    if format is Format.json:
        from extractor.record import to_json

        return to_json(record)
    return record.narrative.text + "\n"


def _same_file(one: Path, other: str) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there, or cannot be: what comes after says so
        return False


def _document(file: str, item: str | None, whole: bool, pick: int | None) -> Document:
    """The chosen part of a filing."""
    from extractor.reading import Selection, read

    selection = Selection(item=item, whole=whole, pick=pick)
    source, name = (_standard_input(), "stdin") if file == "-" else (file, None)
    return read(source, name=name, selection=selection)


def _tell(document: Document) -> None:
    """On standard error, what the reader of a result should know of how its text was found."""
    if document.note:
        print(f"itemone: {document.name}: {document.note}", file=sys.stderr)


def _lines(file: str) -> Iterator[str]:
    """The lines of a file in UTF-8."""
    from extractor.files import read_bytes

    data = _standard_input() if file == "-" else read_bytes(Path(file))
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"line {number} is not UTF-8 ({error.reason})") from None


def _standard_input() -> bytes:
    from extractor.files import standard_input

    try:
        return standard_input().read()
    except OSError as error:
        raise InputError(f"standard input: cannot be read ({error.strerror or error})") from error


def run() -> None:
    """End the process with the exit code of its arguments: the command `itemone`."""
    collect_rarely()
    sys.exit(main())


def main(args: list[str] | None = None) -> int:
    """Exit code of a run with these arguments (None: those of the process); errors are one line, never a traceback."""
    try:
        app(args, prog_name="itemone")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except ItemoneError as error:
        print("itemone:", " ".join(str(error).split()), file=sys.stderr)  # one line, whatever a file's name holds
        return error.exit_code
    return 0
