"""Bytes to text: which encoding a file has, and whether it is text at all."""

from __future__ import annotations

import codecs
import re

from extractor.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of the files that are taken for filings most often.
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or a Word document (.docx)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document (.doc)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ", "xz-compressed"),
    (b"7z\xbc\xaf", "a 7z archive"),
)
_HTML = re.compile(r"^[ \t]*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.MULTILINE)
_HTML_HEAD = 16_384
"""How much of the text is looked at for HTML: enough for the header that EDGAR puts before it."""
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f]")
_CONTROL_SHARE = 0.02
"""A larger share of control characters is not that of a text."""


def decode(data: bytes, name: str) -> tuple[str, str]:
    """(text, encoding) of a text file's bytes, with `\\r\\n` made `\\n`; InputError when they are not text."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{name}: this is {what}, not text; convert it to plain text first")
    text, encoding = _decoded(data, name)
    if "\0" in text:
        raise InputError(
            f"{name}: this is a binary file (it holds NUL bytes), not text; convert it to plain text first"
        )
    if not text.strip():
        raise InputError(f"{name}: the file is empty; give a file that holds the text of a filing")
    if len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise InputError(f"{name}: this is a binary file, not text; convert it to plain text first")
    if _HTML.search(text, 0, _HTML_HEAD):
        raise InputError(f"{name}: this is HTML, and this version reads plain text; save the page as plain text first")
    return text.replace("\r\n", "\n"), encoding


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding.removesuffix("-le").removesuffix("-be")
            except UnicodeDecodeError as error:
                wrong = f"it starts as {encoding.upper()} but byte {error.start + len(mark)} is not"
                raise InputError(f"{name}: {wrong}; save it as UTF-8") from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as error:
        wrong = f"byte {error.start} is neither UTF-8 nor Windows-1252 (cp1252)"
        raise InputError(f"{name}: {wrong}; save it as UTF-8") from error
