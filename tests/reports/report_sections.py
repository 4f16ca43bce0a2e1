"""A section of the report's page, as a person sees it."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from vitality_lib.reports.report import Report


def section_of(made: Report, name: str) -> Tag | None:
    """The section with this id; None where the page has none."""
    found = BeautifulSoup(made.html.read_text(), "lxml").find(id=name)
    assert found is None or isinstance(found, Tag)
    return found


def rows_of(made: Report, name: str) -> list[list[str]]:
    """The cells of its table, row by row."""
    found = section_of(made, name)
    assert found is not None
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in found.select("tbody tr")]
