"""Bytes to text: which encoding a file has, and whether it is text at all."""

from __future__ import annotations

import codecs
import re

from extractor.errors import InputError

MOST_BYTES = 64_000_000
"""A larger file is no filing; so much is read within 1 GB of memory and 10 s."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONVERT = "save it as HTML or plain text"
_UNPACK = "unpack it"
_IMAGE = "give the filing's text, not a picture of it"
# First bytes of the files that are taken for filings most often, and what to do with them.
_SIGNATURES = (
    (rb"\s{0,1024}%PDF-", "a PDF", _CONVERT),
    (rb"PK\x03\x04(?s:.{0,4000}?)word/", "a Word document (.docx)", _CONVERT),
    (rb"PK\x03\x04(?s:.{0,4000}?)xl/", "an Excel workbook (.xlsx)", _CONVERT),
    (rb"PK\x03\x04|PK\x05\x06", "a ZIP archive", _UNPACK),
    (rb"\xd0\xcf\x11\xe0", "an old Word, Excel or PowerPoint document", _CONVERT),
    (rb"\{\\rtf", "an RTF document", _CONVERT),
    (rb"\x89PNG", "a PNG image", _IMAGE),
    (rb"\xff\xd8\xff", "a JPEG image", _IMAGE),
    (rb"GIF8", "a GIF image", _IMAGE),
    (rb"II\*\x00|MM\x00\*", "a TIFF image", _IMAGE),
    (rb"RIFF(?s:.{4})WEBP", "a WebP image", _IMAGE),
    (rb"BM(?s:.{4})\x00\x00\x00\x00", "a BMP image", _IMAGE),
    (rb"\x1f\x8b", "gzip-compressed", _UNPACK),
    (rb"BZh[1-9]1AY", "bzip2-compressed", _UNPACK),
    (rb"\xfd7zXZ", "xz-compressed", _UNPACK),
    (rb"\x28\xb5\x2f\xfd", "zstd-compressed", _UNPACK),
    (rb"7z\xbc\xaf", "a 7z archive", _UNPACK),
    (rb"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (rb"(?s:.{257})ustar", "a tar archive", _UNPACK),
    (rb"\x7fELF|MZ(?s:.{58}).\x00\x00\x00", "a program", "give a filing"),
    (rb"SQLite format 3", "a database", "give a filing"),
)
# A PDF or another file within a submission, as text: "<PDF>", "begin 644 filing.pdf"
_ENCODED = re.compile(r"\s*(?:<PDF>\s*)?begin \d{3,4} \S+\s", re.IGNORECASE)
_ENCODED_HEAD = 2_000
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f]")
_CONTROL_SHARE = 0.02
"""A larger share of control characters is not that of a text."""


def decode(data: bytes, name: str) -> tuple[str, str]:
    """(text, encoding) of a text file's bytes, with `\\r\\n` made `\\n`; InputError when they are not text."""
    for signature, what, remedy in _SIGNATURES:
        if re.match(signature, data):
            raise InputError(f"{name}: this is {what}, not a filing; {remedy}")
    text, encoding = _decoded(data, name)
    if "\0" in text:
        raise InputError(
            f"{name}: this is a binary file (it holds NUL bytes), not text; convert it to plain text first"
        )
    if not text.strip():
        raise InputError(f"{name}: the file is empty; give a file that holds the text of a filing")
    if len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise InputError(f"{name}: this is a binary file, not text; convert it to plain text first")
    return text.replace("\r\n", "\n"), encoding


def refuse_encoded(text: str, name: str) -> None:
    """InputError for a file that a submission holds as uuencoded text."""
    if _ENCODED.match(text[:_ENCODED_HEAD]):
        raise InputError(f"{name}: this is a PDF encoded as text, not a filing; give the report as HTML or plain text")


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
