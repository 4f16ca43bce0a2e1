"""A page of the dashboard as a test reads it."""

from bs4 import BeautifulSoup


def rows(html: str, live: str) -> list[dict[str, str]]:
    """The rows of the tables in the element `data-live=live`: the text of each cell by its column's name."""
    found = []
    for table in BeautifulSoup(html, "lxml").select(f"[data-live='{live}'] table"):
        names = [cell.get_text(" ", strip=True) for cell in table.select("thead th")]
        for row in table.select("tbody tr"):
            cells = [" ".join(cell.get_text(" ", strip=True).split()) for cell in row.find_all(["th", "td"])]
            found.append(dict(zip(names, cells, strict=False)))
    return found


def text(html: str, selector: str = "main") -> str:
    """The words of the first such element, on one line."""
    found = BeautifulSoup(html, "lxml").select_one(selector)
    assert found is not None, f"there is no {selector}"
    return " ".join(found.get_text(" ", strip=True).split())
