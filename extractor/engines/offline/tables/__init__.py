"""Facts of tables: revenue by segment, shares of sales, backlog, deposits, stores; what is not plain is passed over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extractor.document import Document, Span
from extractor.engines.offline.draft import Draft
from extractor.engines.offline.features import context_features
from extractor.engines.offline.phrases import IDLE_HEADING
from extractor.engines.offline.ranking import clause_worth
from extractor.engines.offline.tables.columns import columns_of, measure_of, scale_of
from extractor.engines.offline.tables.grid import Grid, Row, grid_of
from extractor.engines.offline.tables.lead import Laid, tables_of
from extractor.engines.offline.tables.telling import Table, Told
from extractor.engines.offline.tables.usage import Usage
from extractor.schema import Area, Evidence, Figure

__all__ = ["drafts_of_tables"]

_AREAS: dict[str, Area] = {
    "deposits": "financing", "loans": "products", "customers": "customers", "subscribers": "customers",
    "members": "customers", "stores": "channels", "restaurants": "channels", "branches": "channels",
    "branch offices": "channels", "clubs": "channels", "outlets": "channels",
}  # fmt: skip
# Under the heading of a segment a table's "net sales" are that segment's.
_PART = re.compile(r"\b(?:segment|division|subsidiary)\b", re.IGNORECASE)
_HEADINGS = 2  # the innermost, that a table is looked at under
_MOST_OF_ONE = 2  # tables of one measure that are told: sales by product and sales by region


def drafts_of_tables(document: Document, short_name: str) -> Iterator[Draft]:
    """What the small tables of `document` say that its sentences do not, with each fact's passage and figures."""
    usage = Usage(document)
    told_of: Counter[str] = Counter()
    for laid in tables_of(document):
        section = laid.sentence.section
        headings = document.sections[section].path[-_HEADINGS:] if section is not None else ()
        if any(_PART.search(h) or usage.is_unit(h) for h in headings) or any(map(IDLE_HEADING.search, headings[-1:])):
            continue
        table = _table(document, laid, usage)
        if table is None or told_of[table.measure.noun] == _MOST_OF_ONE:
            continue
        context = context_features(document, laid.sentence, short_name)
        parties = table.measure.of_parties
        area = "customer_concentration" if parties else _AREAS.get(table.measure.noun, "revenue_sources")
        facts = [told for told in table.told() if not usage.says(told.whose, _latest(told))]
        told_of[table.measure.noun] += bool(facts)
        # The total and the largest rows come first, whatever their words.
        scores = sorted((clause_worth(told.wording, area, context) for told in facts), reverse=True)
        for told, score in zip(facts, scores, strict=True):
            yield Draft(told.wording, _evidence(document, laid, table, told), told.figures, score, 1, area, context)


def _table(document: Document, laid: Laid, usage: Usage) -> Table | None:
    grid = grid_of(document.text, laid.start, laid.end)
    if grid is None:
        return None
    intro = document.text[laid.intro.start : laid.intro.end] if laid.intro else ""
    head = " ".join(token.text for token in grid.head if token.kind != "gap")
    measure = measure_of(intro, head, _total_label(grid))
    if measure is None:
        return None
    scale = scale_of(intro, head)
    columns = columns_of(grid, measure, intro, scale)
    return Table(document, usage, grid, columns, measure, scale) if columns else None


def _total_label(grid: Grid) -> str:
    return next((row.label for row in reversed(grid.rows) if row.label and row.is_total), "")


def _latest(told: Told) -> list[Figure]:
    return [figure for figure in told.figures if figure.period == told.figures[0].period]


def _evidence(document: Document, laid: Laid, table: Table, told: Told) -> tuple[Evidence, ...]:
    """The introduction, the head, the first row where it has the signs that others leave out, and the row itself."""
    spans = [laid.intro] if laid.intro else []
    if table.grid.head:
        spans.append(Span(table.grid.head[0].start, _head_end(table.grid)))
    spans += [Span(row.start, row.end) for row in (*_signed(table.grid, told), *told.rows)]
    return tuple(Evidence(quote=document.text[s.start : s.end], start=s.start, end=s.end) for s in spans)


def _head_end(grid: Grid) -> int:
    return next(token.end for token in reversed(grid.head) if token.kind not in ("gap", "line"))


def _signed(grid: Grid, told: Told) -> list[Row]:
    first = grid.rows[0]
    own = told.rows[-1]
    lacks = any(a.sign != "" and b.sign == "" for a, b in zip(first.cells, own.cells, strict=True))
    return [first] if lacks and first not in told.rows else []
