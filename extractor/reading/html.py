"""HTML to text: paragraphs, list items and table rows as lines, and the cover facts that inline XBRL tags.

lxml parses, in its event interface: edgartools builds on it too, but its own import and text rendering take 2.5 s for
a filing of 4 MB, leave out the bullets of lists set as tables, and keep the line ends of the source within sentences.
No tree is built, so that neither the depth nor the size of a page costs memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.document import Filing
from extractor.errors import InputError
from extractor.reading.cover import filing_from_tags
from extractor.reading.html_lines import Lines
from extractor.reading.lines import scan

NEEDS_EXTRA = 'needs lxml, which is not installed; run: pip install "itemone[edgar]"'

_HTML = re.compile(
    r"\s*+(?:(?><\?xml[^>]*>|<!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
# Tags that EDGAR's plain-text filings do not hold: those have <PAGE>, <TABLE>, <S>, <C>, <CAPTION>, <FN>.
_HTML_TAG = re.compile(r"</?(?:html|body|div|p|font|span|br|td|tr|h[1-6]|center)(?:\s[^<>]*)?+/?>", re.IGNORECASE)
_HEAD = 16_384
"""How much of a text is looked at for HTML."""
_HTML_TAGS = 4
_CHUNK = 1 << 16
_MOST_TAGS = 2_500_000
"""A filing of 30 MB has a quarter of them."""
_STEPS = 1_000_000_000
"""A stray end tag is looked for in all tags open: depth times end tags beyond this take libxml2 over 3 s."""


def is_html(text: str) -> bool:
    """Whether a text is HTML: it says so, or holds several of its tags near its start."""
    head = text[:_HEAD]
    return _HTML.match(head) is not None or len(_HTML_TAG.findall(head)) >= _HTML_TAGS


def read_html(html: str, name: str) -> tuple[str, Filing]:
    """The text of a page with its furniture, and what its inline XBRL says; InputError where there is no text."""
    try:
        from lxml import etree
    except ImportError as error:
        raise InputError(f"{name}: this is HTML, and reading it {NEEDS_EXTRA}") from error

    if html.count("<") > _MOST_TAGS:
        raise InputError(f"{name}: over {_MOST_TAGS:,} tags are too many for a filing; save it as plain text")
    target = _Target(html.count("</"), name)
    parser = etree.HTMLParser(target=target, huge_tree=True, recover=True, encoding="utf-8")
    before, end, rest = html.rpartition("-->")
    data = f"{before}{end}{rest.replace('<!--', '')}".encode()  # a comment left open would take all that follows
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
        parser.close()
    except etree.LxmlError as error:
        raise InputError(f"{name}: this HTML cannot be parsed ({error}); save the page as plain text") from error
    text = "\n".join(target.lines.finished())
    if not text.strip():
        raise InputError(f"{name}: this HTML holds no text; save the page whole, or as plain text")
    return text, filing_from_tags(target.tagged)


class _Target:
    """What lxml tells of the page's tags and text, handed on to `lines` where a reader sees it."""

    def __init__(self, end_tags: int, name: str) -> None:
        self.lines = Lines()
        self.tagged: dict[str, str] = {}
        self._end_tags = end_tags
        self._name = name
        self._depth = 0
        self._hidden = 0
        """How many tags are open within the outermost hidden one, itself among them."""
        self._tag: tuple[str, int, list[str]] | None = None
        """The open tag of inline XBRL that is kept: its name, depth, and text so far."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth * self._end_tags > _STEPS and self._depth > 1:
            raise InputError(
                f"{self._name}: its tags are nested {self._depth} deep, which no filing's are; save it as plain text"
            )
        if tag == "ix:nonnumeric" and attributes.get("name", "").startswith("dei:") and self._tag is None:
            self._tag = (attributes["name"], self._depth, [])
        if self._hidden or _is_hidden(tag, attributes):
            self._hidden += 1
        else:
            self.lines.start(tag, attributes)

    def end(self, tag: str) -> None:
        if self._tag and self._tag[1] == self._depth:
            self.tagged.setdefault(self._tag[0], " ".join("".join(self._tag[2]).split()))
            self._tag = None
        self._depth -= 1
        if self._hidden:
            self._hidden -= 1
        else:
            self.lines.end(tag)

    def data(self, text: str) -> None:
        if self._tag:
            self._tag[2].append(text)
        if not self._hidden:
            self.lines.add(text)

    def comment(self, text: str) -> None:
        """Nothing of a comment is text."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Nor of a processing instruction."""

    def close(self) -> None:
        """What was read stands in the fields."""


_UNSEEN = frozenset(
    "script style title template noscript svg iframe object select button textarea nav ix:header ix:hidden".split()
)
_UNSEEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


def _is_hidden(tag: str, attributes: dict[str, str]) -> bool:
    return tag in _UNSEEN or "hidden" in attributes or _UNSEEN_STYLE.search(attributes.get("style", "")) is not None


def without_furniture(text: str) -> str:
    """A page's text without page numbers and running lines; a sentence that a page's end cut is joined."""
    return "\n".join(_kept_lines(text)).strip("\n") + "\n"


def _kept_lines(text: str) -> Iterator[str]:
    kept = ""
    blank = page_ended = False
    for line in scan(text):
        page_ended |= line.kind == "furniture" or line.glued
        blank |= line.kind == "blank"
        if line.kind in ("furniture", "blank"):
            continue
        if kept and page_ended and line.words[0].islower() and not line.mark:
            kept = f"{kept} {line.words}"
        else:
            if kept:
                yield kept
                yield from [""] * (blank or page_ended)
            kept = " " * line.indent + line.words
        blank = page_ended = False
    yield kept
