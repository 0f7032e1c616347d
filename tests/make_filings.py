"""The fixtures a second time, as EDGAR has filings: `python -m tests.make_filings` writes fixtures/filings/.

Three become pages with inline XBRL, each in the manner of another decade's filing software, and one a full submission.
The Item 1 of each is the fixture's own; the cover, the table of contents and the items around it are made up here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from extractor import read
from extractor.reading.layout import lay_out

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
FILINGS = FIXTURES / "filings"
_ITEMS = [
    (
        "1A",
        "Risk Factors",
        "Our results could suffer from the matters set out here, and others that we do not foresee.",
    ),
    ("1B", "Unresolved Staff Comments", "None."),
    ("2", "Properties", "We believe that our offices and plants are kept in good repair and are large enough."),
    ("3", "Legal Proceedings", "We are party to no proceeding that we expect to be material to our business."),
    (
        "5",
        "Market for Registrant's Common Equity",
        "Our common stock had 412 holders of record at the end of the year.",
    ),
    ("7", "Management's Discussion and Analysis", "See Item 1. Business for a description of what we do."),
]
_PAGE = 12
"""So many blocks make a page."""
_FIGURE = re.compile(r"(?<=\$)\d+\.\d(?= million)")
_CELLS = re.compile(r"\s*\|\s*|\s{3,}|(?<=\D)\s+(?=\$)|(?<=[\d%$])\s+(?![a-z])|\s+(?=\d[\d.]*\s+\d+\s+%)")


class Page:
    """How one filing software writes a page: what stands around a heading, a paragraph, an item of a list, a row."""

    heading = "<div style='margin-top:12pt'><span style='font-weight:700'>{}</span></div>"
    paragraph = "<div style='text-indent:24pt'><span style='font-size:10pt'>{}</span></div>"
    bullet = "<div style='padding-left:36pt'><span>\u2022</span><span style='padding-left:9pt'>{}</span></div>"
    page_end = (
        "<div style='text-align:center'><span>{page}</span></div><hr style='page-break-after:always'/>"
        "<div><a href='#toc'>Table of Contents</a></div>"
    )
    encoding = "utf-8"

    def text(self, words: str) -> str:
        """Text with its entities, and its amounts tagged."""
        tagged = "<ix:nonFraction name='us-gaap:Revenues' contextRef='c1' unitRef='usd' scale='6'>{}</ix:nonFraction>"
        return _FIGURE.sub(lambda found: tagged.format(found[0]), escape(words, quote=False))


class Fonts(Page):
    """Fonts and tables for everything: bullets stand in a column of their own."""

    heading = "<P STYLE='margin-top:18px'><FONT SIZE='2'><B>{}</B></FONT></P>"
    paragraph = "<P STYLE='margin-top:6px'><FONT SIZE='2'>{}</FONT></P>"
    bullet = (
        "<TABLE CELLPADDING='0'><TR><TD WIDTH='4%'><FONT SIZE='2'>&nbsp;</FONT></TD><TD VALIGN='top'>"
        "<FONT FACE='Wingdings'>&#167;</FONT></TD><TD><FONT SIZE='2'>{}</FONT></TD></TR></TABLE>"
    )
    page_end = "<P ALIGN='center'><FONT SIZE='2'>{page}</FONT></P><HR><P><A HREF='#toc'>Table of Contents</A></P>"

    def text(self, words: str) -> str:
        return (
            super().text(words).replace("\u201c", "&#147;").replace("\u201d", "&#148;").replace(" Inc.", "&nbsp;Inc.")
        )


class Plain(Page):
    """Paragraphs and lists as HTML has them, lines wrapped in the source, in Windows-1252."""

    heading = "<h3>{}</h3>"
    paragraph = "<p>{}\n</p>"
    bullet = "<ul><li><p>{}</p></li></ul>"
    page_end = "<p align=center>- {page} -</p>\n<hr>"
    encoding = "cp1252"

    def text(self, words: str) -> str:
        wrapped = re.sub(r"(.{60,90}?) ", r"\1\n", super().text(words))
        return wrapped.replace("\u2019", "&rsquo;")


PAGES: dict[str, tuple[Page, str, str]] = {
    "quillstone-software": (Page(), "Quillstone Software, Inc.", "December 31, 2021"),
    "harrow-instruments": (Fonts(), "Harrow Instruments, Inc.", "December 31, 2023"),
    "larkspur-therapeutics": (Plain(), "Larkspur Therapeutics, Inc.", "December 31, 2021"),
}
SUBMISSION = "copperline-stores"


def page_of(name: str) -> bytes:
    """The filing of that name as a page with inline XBRL."""
    page, company, period = PAGES[name]
    text = read(FIXTURES / f"{name}.txt").text
    body = "\n".join([*_front(page, company, period), *_business(page, text), *_back(page, company)])
    html = (
        f"<?xml version='1.0' encoding='{page.encoding}'?>\n<!-- made by tests/make_filings.py -->\n"
        "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:ix='http://www.xbrl.org/2013/inlineXBRL'>\n"
        f"<head><title>{escape(company)} 10-K</title><style>p {{ margin: 0 }}</style>"
        f"<script>var period = 'Item 1. Business';</script></head>\n<body>\n{body}\n</body>\n</html>\n"
    )
    return html.encode(page.encoding, "xmlcharrefreplace")


def _front(page: Page, company: str, period: str) -> Iterator[str]:
    """Hidden facts, the cover and the table of contents."""
    yield "<div style='display:none'><ix:header><ix:hidden>"
    yield "<ix:nonNumeric name='dei:EntityCentralIndexKey' contextRef='c1'>0009000001</ix:nonNumeric>"
    yield "<ix:nonNumeric name='dei:AmendmentFlag' contextRef='c1'>false</ix:nonNumeric></ix:hidden>"
    yield "<ix:resources>http://fasb.org/us-gaap/2021#Revenues</ix:resources></ix:header></div>"
    for words in ("UNITED STATES", "SECURITIES AND EXCHANGE COMMISSION", "Washington, D.C. 20549"):
        yield page.paragraph.format(words)
    yield page.heading.format("FORM <ix:nonNumeric name='dei:DocumentType' contextRef='c1'>10-K</ix:nonNumeric>")
    yield page.paragraph.format(
        "For the fiscal year ended <ix:nonNumeric name='dei:DocumentPeriodEndDate' contextRef='c1' "
        f"format='ixt:date-monthname-day-year-en'>{period}</ix:nonNumeric>"
    )
    yield page.heading.format(
        f"<ix:nonNumeric name='dei:EntityRegistrantName' contextRef='c1'>{escape(company)}</ix:nonNumeric>"
    )
    yield page.paragraph.format("(Exact name of registrant as specified in its charter)")
    yield "<a name='toc'></a>" + page.heading.format("TABLE OF CONTENTS")
    rows = [("1", "Business", ""), *_ITEMS]
    yield (
        "<table>"
        + "".join(
            f"<tr><td>Item&#160;{item}.</td><td><a href='#i{item}'>{escape(title)}</a></td><td>{number}</td></tr>"
            for number, (item, title, _) in enumerate(rows, start=1)
        )
        + "</table>"
    )


def _business(page: Page, text: str) -> Iterator[str]:
    yield page.heading.format("PART I")
    templates = {"heading": page.heading, "bullet": page.bullet, "paragraph": page.paragraph}
    for number, draft in enumerate(lay_out(text), start=1):
        words = " ".join(text[start:end] for start, end in draft.pieces)
        if draft.kind == "table":
            yield _table([text[start:end] for start, end in draft.pieces])
        elif words != "PART I":
            yield templates[draft.kind].format(page.text(" ".join(words.split())))
        if number % _PAGE == 0:
            yield page.page_end.format(page=number // _PAGE)


def _table(lines: list[str]) -> str:
    """Rows with a cell for each figure and each of its signs, as filing software sets them."""
    rows = []
    for line in lines:
        cells = [cell for cell in _CELLS.split(line.strip()) if cell]
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td><td>&#160;</td>" for cell in cells) + "</tr>")
    return "<table style='width:100%'>" + "".join(rows) + "</table>"


def _back(page: Page, company: str) -> Iterator[str]:
    """The items that follow, and the signatures."""
    for item, title, words in _ITEMS:
        if item == "5":
            yield page.heading.format("PART II")
        yield f"<a name='i{item}'></a>" + page.heading.format(f"Item&#160;{item}. {escape(title)}")
        yield page.paragraph.format(page.text(words))
    yield page.heading.format("SIGNATURES") + page.paragraph.format(escape(company))


def submission() -> str:
    """A plain-text filing with its exhibits, as EDGAR keeps all of it in one file."""
    item_1 = (FIXTURES / f"{SUBMISSION}.txt").read_text(encoding="utf-8").strip()
    contents = "\n".join(
        f"Item {item}.  {title} {'.' * (60 - len(title))} {page}" for page, (item, title, _) in enumerate(_ITEMS, 2)
    )
    items = "\n\n".join(f"ITEM {item}. {title.upper()}\n\n{words}" for item, title, words in _ITEMS)
    return f"""\
<SEC-DOCUMENT>0009000002-06-000012.txt : 20060410
<SEC-HEADER>0009000002-06-000012.hdr.sgml : 20060410
ACCESSION NUMBER:		0009000002-06-000012
CONFORMED SUBMISSION TYPE:	10-K
PUBLIC DOCUMENT COUNT:		2
CONFORMED PERIOD OF REPORT:	20060128
FILED AS OF DATE:		20060410

FILER:

	COMPANY DATA:
		COMPANY CONFORMED NAME:			COPPERLINE STORES INC
		CENTRAL INDEX KEY:			0009000002
		FISCAL YEAR END:			0128
</SEC-HEADER>
<DOCUMENT>
<TYPE>EX-23
<SEQUENCE>2
<TEXT>
We consent to the incorporation by reference of our report of April 3, 2006.
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>10-K
<SEQUENCE>1
<DESCRIPTION>ANNUAL REPORT
<TEXT>
                                   FORM 10-K

                   For the fiscal year ended January 28, 2006

                            Copperline Stores, Inc.
             (Exact name of registrant as specified in its charter)

                               TABLE OF CONTENTS

Item 1.  Business {"." * 52} 1
{contents}

                                     PART I

{item_1}

<PAGE>

{items}

                                   SIGNATURES
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""


def filings() -> dict[str, bytes]:
    """All of them by file name."""
    pages = {f"{name}.html": page_of(name) for name in PAGES}
    return {**pages, f"{SUBMISSION}-submission.txt": submission().encode()}


if __name__ == "__main__":
    FILINGS.mkdir(exist_ok=True)
    for file, data in filings().items():
        (FILINGS / file).write_bytes(data)
