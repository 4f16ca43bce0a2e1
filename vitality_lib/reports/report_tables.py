"""Every table of a report, for CSV and Parquet: the same columns and rows in both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vitality_lib.reports.decision_tables import decision_tables
from vitality_lib.reports.figure_tables import figure_tables
from vitality_lib.reports.figures import Figures
from vitality_lib.reports.report_table import Kind, ReportTable, column


def report_tables(figures: Figures) -> tuple[ReportTable, ...]:
    """All tables, the dictionary of their columns last."""
    tables = (*figure_tables(figures), *decision_tables(figures))
    return (*tables, _dictionary(tables))


def _dictionary(tables: Sequence[ReportTable]) -> ReportTable:
    def rows() -> Iterable[Sequence[object]]:
        for table in (*tables, dictionary):
            for one in table.columns:
                yield table.name, table.meaning, one.name, one.kind.value, one.meaning

    dictionary = ReportTable(
        "columns",
        "The columns of all files.",
        (
            column(Kind.TEXT, "file", "Name of the file, without .csv or .parquet."),
            column(Kind.TEXT, "holds", "What a row of that file is."),
            column(Kind.TEXT, "column", "Name of the column."),
            column(
                Kind.TEXT, "type", "Its type: text, list of texts, count, number, share, true or false, time (UTC)."
            ),
            column(Kind.TEXT, "meaning", "What it says."),
        ),
        rows,
    )
    return dictionary
