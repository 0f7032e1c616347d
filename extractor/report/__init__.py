"""The reviewer's page: a record and its text as one self-contained HTML file."""

from __future__ import annotations

import hashlib
import re
import shlex
from base64 import b64encode
from pathlib import Path

from extractor.document import Document
from extractor.errors import InputError
from extractor.reading import document_from_text
from extractor.record import ID_PREFIX, to_json
from extractor.report.fields import exactly
from extractor.report.passages import page_of
from extractor.schema import Brief
from extractor.templating import load_template, load_text, render

__all__ = ["to_html"]

_FOLDER = "report/"
_UNNAMED = "stdin"
# A parser of HTML would make "\r" a "\n", and leave NUL out.
_AS_THEY_STAND = {ord("\r"): "&#13;", 0: "\ufffd"}


def to_html(record: Brief, source: Document | str, *, templates: Path | None = None) -> str:
    """The reviewer's page of `record`, whose text `source` is; `templates` may hold a `report/` folder of your own.

    It loads nothing and sends nothing: style, script and the record itself stand in it, and its Content-Security-Policy
    allows those alone. InputError where the text is not the record's, UsageError for a template that cannot be used.
    """
    document = _document(record, source)
    css, script = (load_text(_FOLDER + name, templates) for name in ("page.css", "page.js"))
    page = render(
        load_template(_FOLDER + "page.html.j2", templates),
        record=record,
        page=page_of(record, document),
        css=css,
        script=script,
        css_hash=_csp_hash(css),
        script_hash=_csp_hash(script),
        embedded=embedded(record),
        file_name=file_name(record),
        source_name=_source_name(record),
        prefixes=ID_PREFIX,
        exactly=exactly,
    )
    return page.translate(_AS_THEY_STAND)


def embedded(record: Brief) -> str:
    """The record's JSON as it can stand in a `<script>`: each `<`, U+2028 and U+2029 written as an escape."""
    return re.sub("[<\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", to_json(record))


def file_name(record: Brief) -> str:
    """What the record is called where it is downloaded: "quillstone-software.brief.json"."""
    return re.sub(r"[^\w.-]+", "-", Path(record.document.name).stem, flags=re.ASCII).strip("-.") + ".brief.json"


def _document(record: Brief, source: Document | str) -> Document:
    text = source if isinstance(source, str) else source.text
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != record.document.sha256:
        raise InputError(f"{record.document.name}: this is not the text that the record is of (its SHA-256 differs)")
    return document_from_text(source) if isinstance(source, str) else source


def _source_name(record: Brief) -> str:
    """The filing as it is named in a shell."""
    return "FILE" if record.document.name == _UNNAMED else shlex.quote(record.document.name)


def _csp_hash(content: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(content.encode()).digest()).decode()
