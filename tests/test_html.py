"""HTML to text: paragraphs, lists and rows as lines; what no reader sees stays out."""

from __future__ import annotations

import builtins
import subprocess
import sys
from typing import Any

import pytest

from extractor.errors import InputError
from extractor.reading import read
from extractor.reading.html import is_html
from tests.conftest import FILING

PAGES = [
    pytest.param(
        "<p>We sell\n  <b>hand</b>&nbsp;tools.</p><p>Spades, too.", "We sell hand tools.\n\nSpades, too.", id="p"
    ),
    pytest.param("We sell<br>tools.<br><br>And forks.", "We sell\ntools.\n\nAnd forks.", id="br"),
    pytest.param("<span>B</span><span>USINESS</span>", "BUSINESS", id="a word in two tags"),
    pytest.param("<ul><li>Spades<li><p>Forks</p></li></ul>", "\u2022 Spades\n\n\u2022 Forks", id="list"),
    pytest.param("<ol><li>Spades</li><li>Forks</li></ol>", "1. Spades\n2. Forks", id="numbered list"),
    pytest.param("<li>\u2022 Spades</li>", "\u2022 Spades", id="a bullet of its own"),
    pytest.param("<font face=Wingdings>&#167;</font> Spades", "\u2022 Spades", id="a bullet in Wingdings"),
    pytest.param(
        "<table><tr><td>Spades</td><td>$</td><td>(1.5</td><td>)</td><td></td><td>61</td><td>%</td></tr>"
        "<tr><td>Forks</td><td>2.5</td><td>39</td></tr></table>",
        "Spades  $(1.5)  61%\nForks  2.5  39",
        id="rows",
    ),
    pytest.param(
        "<table><tr><td>\u2022</td><td>Spades are sold to gardeners.</td></tr>"
        "<tr><td>(2)</td><td>Forks.</td></tr></table>",
        "\u2022 Spades are sold to gardeners.\n\n(2) Forks.",
        id="a list set as a table",
    ),
    pytest.param(
        "<table><tr><td><p>We sell spades.</p><p>We sell forks.</p></td></tr></table>",
        "We sell spades.\n\nWe sell forks.",
        id="a page within a table",
    ),
    pytest.param("<table><tr><td><table><tr><td>A</td><td>1</td></tr></table></td></tr></table>", "A  1", id="nested"),
    pytest.param("<tr><td>We sell</td><td>spades.</td>", "We sell\n\nspades.", id="cells without a table"),
    pytest.param("<pre>Spades   12\n  Forks   3\n</pre>", "Spades   12\n  Forks   3", id="preformatted"),
    pytest.param(
        "<p>&#146;&#147;&eacute;&mdash;&amp;&bogus;&#8217;</p>", "\u2019\u201c\u00e9\u2014&&bogus;\u2019", id="entities"
    ),
    pytest.param(
        "<p>co\u00adoperate \u202eleft\u202c\u200f \ufefftools</p>", "cooperate left tools", id="unseen marks"
    ),
    pytest.param(
        "<script>Spades</script><style>p{}</style><p>Forks<!-- and hoes --></p>", "Forks", id="script and style"
    ),
    pytest.param("<!-- x --><p>Forks</p><!-- <p>Hoes</p>", "Forks\n\nHoes", id="a comment left open"),
    pytest.param("<div style='DISPLAY : none'><p>Spades</p></div><p hidden>Hoes</p>Forks", "Forks", id="hidden"),
    pytest.param(
        "<ix:header><ix:hidden>x</ix:hidden></ix:header><p><ix:nonfraction>4</ix:nonfraction> forks", "4 forks", id="ix"
    ),
    pytest.param(
        "<p>We sell spades to</p><p>12</p><hr><p><a>Table of Contents</a></p><p>gardeners.</p>",
        "We sell spades to gardeners.",
        id="a sentence over a page's end",
    ),
    pytest.param("<p>We sell.</p><p>- 12 -</p><p>Forks, too.</p>", "We sell.\n\nForks, too.", id="a page's number"),
]


@pytest.mark.parametrize(("html", "text"), PAGES)
def test_text_of_a_page(html: str, text: str) -> None:
    assert read(f"<html><body>{html}</body></html>".encode()).text == text + "\n"


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        pytest.param("<!DOCTYPE html>\n<p>We sell.</p>", True, id="doctype"),
        pytest.param("<?xml version='1.0'?>\n<!-- x -->\n<html xmlns='y'>", True, id="xhtml"),
        pytest.param("<div><p>We sell.</p><br>Spades.</div>", True, id="a piece of a page"),
        pytest.param("<PAGE>\n<TABLE>\n<CAPTION>\n<S>  <C>\nSpades  12\n</TABLE>", False, id="tables of EDGAR's text"),
        pytest.param("It is < 5% and > 3%, and <b>bold</b> once.", False, id="text with angles"),
    ],
)
def test_what_is_html(text: str, yes: bool) -> None:
    assert is_html(text) is yes


def test_without_lxml_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    importing = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name.startswith("lxml"):
            raise ImportError(name)
        return importing(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(InputError, match=r'page\.html: .*pip install "itemone\[edgar\]"'):
        read(b"<html><p>We sell.</p></html>", name="page.html")


def test_plain_text_needs_neither_lxml_nor_edgartools() -> None:
    script = (
        "import sys, extractor; extractor.read(sys.stdin.buffer.read()); print({'lxml', 'edgar'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", script], input=FILING, capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(InputError, match="this HTML holds no text"):
        read(b"<html><body><script>load()</script></body></html>")
