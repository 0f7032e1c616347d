"""Bytes to text: encodings, line ends, and what is refused with which words."""

from __future__ import annotations

import codecs
import gzip
import io
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.reading import read

WORDS = "Bramblewick\u2019s caf\u00e9 \u201cFernhook\u201d \u2014 5% of sales.\r\nWe sell spades.\r\n"
READ_AS = WORDS.replace("\r\n", "\n")


def _zipped(*names: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for name in names:
            file.writestr(name, "We sell spades.")
    return archive.getvalue()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(WORDS.encode(), "utf-8", id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + WORDS.encode(), "utf-8", id="utf-8 with a mark"),
        pytest.param(codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "utf-16", id="utf-16, little end first"),
        pytest.param(codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "utf-16", id="utf-16, big end first"),
        pytest.param(WORDS.encode("cp1252"), "cp1252", id="cp1252"),
    ],
)
def test_text_is_the_decoded_file(data: bytes, encoding: str) -> None:
    document = read(data)
    assert document.text == READ_AS
    assert document.encoding == encoding


def test_nothing_but_line_ends_is_changed() -> None:
    text = "  A\x0cb\rc \u00a0\u2028d\t.\n\n \u200b"
    assert read(text.replace("\n", "\r\n").encode()).text == text


def test_broken_quotes_stay_as_they_are_and_end_sentences() -> None:
    document = read("It said \u00e2\u20ac\u0153go.\u00e2\u20ac\u009d Then it went.".encode())
    assert [sentence.text for sentence in document.sentences] == [
        "It said \u00e2\u20ac\u0153go.\u00e2\u20ac\u009d",
        "Then it went.",
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(b" \r\n\t\n", "the file is empty", id="only white space"),
        pytest.param(codecs.BOM_UTF8, "the file is empty", id="only a byte order mark"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", "this is a PDF", id="pdf"),
        pytest.param(_zipped("a.txt"), "a ZIP archive, not a filing; unpack it", id="zip"),
        pytest.param(_zipped("[Content_Types].xml", "word/document.xml"), "Word document (.docx)", id="docx"),
        pytest.param(_zipped("[Content_Types].xml", "xl/workbook.xml"), "Excel workbook (.xlsx)", id="xlsx"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel", id="doc"),
        pytest.param(b"{\\rtf1\\ansi Sales}", "an RTF document", id="rtf"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "a PNG image", id="png"),
        pytest.param(b"RIFF\x10\x00\x00\x00WEBPVP8 ", "a WebP image", id="webp"),
        pytest.param(gzip.compress(b"text"), "gzip-compressed, not a filing; unpack it", id="gzip"),
        pytest.param(tarfile.TarInfo("a.txt").tobuf(), "a tar archive, not a filing; unpack it", id="tar"),
        pytest.param(b"<PDF>\nbegin 644 a.pdf\nM)5!$1BTQ", "a PDF encoded as text", id="pdf-in-text"),
        pytest.param(b"We sell\x00 spades.", "NUL bytes", id="nul bytes"),
        pytest.param(b"\x01\x02\x03ab\x05\x06", "a binary file", id="control characters"),
        pytest.param(b"We sell \x81 spades \x9d.", "byte 8 is neither UTF-8 nor", id="undecodable"),
        pytest.param(codecs.BOM_UTF16_LE + b"a", "it starts as UTF-16", id="cut utf-16"),
    ],
)
def test_what_is_not_text_is_refused_in_one_line(data: bytes, says: str) -> None:
    with pytest.raises(InputError) as refused:
        read(data, name="filing.txt")
    message = str(refused.value)
    assert message.startswith("filing.txt: ")
    assert says in message
    assert "\n" not in message


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.txt: there is no such file"):
        read(tmp_path / "absent.txt")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is a folder"):
        read(str(tmp_path))


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match=r"filing\.txt: not permitted to read it"):
        read(tmp_path / "filing.txt")


def test_a_path_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read("a\0b")


def test_the_name_is_the_files_own_unless_given(tmp_path: Path) -> None:
    path = tmp_path / "filing.txt"
    path.write_text("We sell spades.")
    assert read(path).name == "filing.txt"
    assert read(path, name="other").name == "other"
    assert read(path).sha256 == sha256(b"We sell spades.").hexdigest()
