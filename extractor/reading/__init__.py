"""A filing as it lies on disk, read into a `Document`."""

from __future__ import annotations

from pathlib import Path

from extractor.document import Document
from extractor.errors import InputError
from extractor.reading.decoding import decode
from extractor.reading.layout import lay_out
from extractor.reading.sections import sections_of
from extractor.reading.sentences import sentences_of

__all__ = ["document_from_text", "read"]


def read(source: str | Path | bytes, *, name: str | None = None) -> Document:
    """The document in a plain-text file, or in bytes already read; InputError says what is wrong with it."""
    if isinstance(source, bytes):
        data, name = source, name or "input"
    else:
        path = Path(source)
        data, name = _bytes_of(path), name or path.name
    text, encoding = decode(data, name)
    return document_from_text(text, name=name, encoding=encoding)


def document_from_text(text: str, *, name: str = "text", encoding: str = "utf-8") -> Document:
    """The document whose text is `text`, unchanged."""
    drafts = lay_out(text)
    sections = sections_of(text, drafts)
    sentences = sentences_of(text, drafts, sections)
    return Document(text, name, encoding, tuple(draft.block for draft in drafts), sections, sentences)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file; check the path") from error
    except IsADirectoryError as error:
        raise InputError(f"{path}: this is a folder; name a file in it") from error
    except PermissionError as error:
        raise InputError(f"{path}: not permitted to read it; check the file's permissions") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error
