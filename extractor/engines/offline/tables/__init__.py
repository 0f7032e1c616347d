"""Facts of tables: revenue by segment, shares of sales, backlog, deposits, stores; what is not plain is passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.document import Document, Span
from extractor.engines.offline.draft import Draft
from extractor.engines.offline.features import context_features
from extractor.engines.offline.phrases import IDLE_HEADING
from extractor.engines.offline.ranking import clause_worth
from extractor.engines.offline.tables.columns import columns_of, measure_of, scale_of
from extractor.engines.offline.tables.grid import Grid, Row, grid_of
from extractor.engines.offline.tables.lead import Laid, tables_of
from extractor.engines.offline.tables.telling import Table, Told
from extractor.figures import find_figures
from extractor.schema import Area, Evidence, Money

__all__ = ["drafts_of_tables"]

_AREAS: dict[str, Area] = {
    "deposits": "financing", "loans": "products", "customers": "customers", "subscribers": "customers",
    "members": "customers", "stores": "channels", "restaurants": "channels", "branches": "channels",
    "branch offices": "channels", "clubs": "channels", "outlets": "channels",
}  # fmt: skip
_AS_TOLD = 0.001  # how far rounding may take an amount of running text from the table's


def drafts_of_tables(document: Document, short_name: str) -> Iterator[Draft]:
    """What the small tables of `document` say that its sentences do not, with each fact's passage and figures."""
    running = [s.text for s in document.sentences if document.blocks[s.block].kind != "table"]
    for laid in tables_of(document):
        section = laid.sentence.section
        if section is not None and IDLE_HEADING.search(document.sections[section].path[-1]):
            continue
        table = _table(document, laid)
        if table is None:
            continue
        context = context_features(document, laid.sentence, short_name)
        area = _AREAS.get(table.measure.noun, "revenue_sources")
        facts = [told for told in table.told() if not _said_in(running, told)]
        # The total and the largest rows come first, whatever their words.
        scores = sorted((clause_worth(told.wording, area, context) for told in facts), reverse=True)
        for told, score in zip(facts, scores, strict=True):
            yield Draft(told.wording, _evidence(document, laid, table, told), told.figures, score, 1, area, context)


def _table(document: Document, laid: Laid) -> Table | None:
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
    return Table(document, grid, columns, measure, scale) if columns else None


def _total_label(grid: Grid) -> str:
    return next((row.label for row in reversed(grid.rows) if row.label and row.is_total), "")


def _said_in(running: Iterable[str], told: Told) -> bool:
    """True where a running sentence has the fact's amount of the latest year, or its share or count beside its name."""
    latest = [f for f in told.figures if f.period == told.figures[0].period]
    amounts = [f.amount for f in latest if isinstance(f, Money)]
    values = [f.value for f in latest if not isinstance(f, Money)]
    name = "" if told.wording.company else told.wording.subject.lower()
    for text in running:
        for figure in find_figures(text):
            if isinstance(figure, Money) and any(abs(figure.amount - a) <= _AS_TOLD * a for a in amounts):
                return True
            if not isinstance(figure, Money) and figure.value in values and name in text.lower():
                return True
    return False


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
