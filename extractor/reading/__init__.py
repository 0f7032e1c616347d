"""A filing as it lies on disk, or at EDGAR, read into a `Document`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

from extractor.document import Document, Filing
from extractor.errors import InputError, UsageError
from extractor.reading.cover import filing_from_cover
from extractor.reading.datasets import from_json, is_json
from extractor.reading.decoding import MOST_BYTES, decode, refuse_encoded
from extractor.reading.html import is_html, read_html, without_furniture
from extractor.reading.layout import lay_out
from extractor.reading.sections import sections_of
from extractor.reading.selection import Selected, Selection, select
from extractor.reading.sentences import sentences_of
from extractor.reading.submission import main_document

__all__ = ["Selection", "bytes_of", "document_from_text", "is_edgar_name", "read"]

_EDGAR = "edgar:"
_MOST_CHARACTERS = 3_000_000
"""The longest text that is taken apart, within 10 s; the longest Item 1 has under a third of it."""


def read(source: str | Path | bytes, *, name: str | None = None, selection: Selection | None = None) -> Document:
    """The document in a file, in bytes already read, or of a name at EDGAR ("edgar:SONM:2022").

    It is the part that `selection` names, else the item that describes the business. InputError says what is wrong
    with a file, NetworkError what is with EDGAR.
    """
    if isinstance(source, bytes):
        data, name = source, name or "input"
    elif is_edgar_name(source):
        from extractor.reading.edgar import fetch

        data, name = fetch(str(source).removeprefix(_EDGAR)), name or str(source)
    else:
        path = Path(source)
        data, name = bytes_of(path), name or path.name
    if len(data) > MOST_BYTES:
        raise InputError(f"{name}: over {MOST_BYTES:,} bytes are too many for a filing; give its main document alone")
    text, encoding = decode(data, name)
    return _document(_selected(text, name, selection or Selection()), name, encoding)


def document_from_text(text: str, *, name: str = "text", encoding: str = "utf-8") -> Document:
    """The document whose text is `text`, unchanged; InputError where it holds half of a UTF-16 pair."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        half = f"the text holds half of a UTF-16 pair at {error.start}, which UTF-8 has not"
        raise InputError(f"{name}: {half}; replace it by U+FFFD") from error
    return _document(Selected(text, filing_from_cover(text)), name, encoding)


def is_edgar_name(source: str | Path) -> bool:
    """Whether a source is the name of a filing at EDGAR, not a path."""
    return str(source).startswith(_EDGAR)


def _selected(text: str, name: str, selection: Selection) -> Selected:
    """The part of a decoded file that is asked for, whatever the file is."""
    if is_json(text):
        return _checked(from_json(text, name, selection), name)
    if selection.pick is not None:
        raise UsageError(f"{name}: --pick chooses among the filings of JSON lines, and this holds one filing")
    body, filing = main_document(text) or (text, Filing())
    refuse_encoded(body, name)
    if not is_html(body):
        return _checked(select(body, filing.or_else(filing_from_cover(body)), selection, name), name)
    body, tagged = read_html(body, name)
    filing = filing.or_else(tagged).or_else(filing_from_cover(body))
    taken = _checked(select(body, filing, selection, name), name)
    return replace(taken, text=without_furniture(taken.text))


def _checked(taken: Selected, name: str) -> Selected:
    """What was taken, where it is short enough to be taken apart; else InputError."""
    if len(taken.text) > _MOST_CHARACTERS:
        characters = f"{taken.part} has {len(taken.text):,} characters"
        raise InputError(f"{name}: {characters}, too many to take apart; choose an --item, or give less")
    return taken


def _document(taken: Selected, name: str, encoding: str) -> Document:
    text = taken.text
    drafts = lay_out(text)
    sections = sections_of(text, drafts)
    return Document(
        text=text,
        name=name,
        encoding=encoding,
        blocks=tuple(draft.block for draft in drafts),
        sections=sections,
        sentences=sentences_of(text, drafts, sections),
        filing=taken.filing,
        part=taken.part,
        pick=taken.pick,
        note=taken.note,
    )


class Opened(Protocol):
    """A file by its name: a path, or what stands for one elsewhere."""

    def open(self, mode: Literal["rb"]) -> BinaryIO: ...


def bytes_of(path: Opened) -> bytes:
    """What a filing's file holds, as far as a filing may reach and a byte more; InputError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file; check the path") from error
    except IsADirectoryError as error:
        raise InputError(f"{path}: this is a folder; name a file in it") from error
    except PermissionError as error:
        raise InputError(f"{path}: not permitted to read it; check the file's permissions") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error
