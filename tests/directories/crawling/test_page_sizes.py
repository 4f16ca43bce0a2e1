"""The largest page of a list that offers sizes."""

import pytest

from vitality_lib.directories.crawling.page_sizes import largest_page
from vitality_lib.document import Document
from vitality_lib.models import Page


def largest(menu: str, form: str = "form") -> str | None:
    body = f'<{form} action="/parishes"><input type="hidden" name="page" value="0">{menu}</{form}>'
    asked = largest_page(Document(Page("https://lakemont.example/parishes?page=2", body.encode())))
    return asked.url.partition("?")[2] if asked else None


def sizes(*options: str, name: str = "items_per_page") -> str:
    return f'<select name="{name}">{"".join(f"<option>{one}</option>" for one in options)}</select>'


@pytest.mark.parametrize(
    ("menu", "query"),
    [
        (sizes("10", "50", "All"), "page=0&items_per_page=All"),
        (sizes("10", "100", "50"), "page=0&items_per_page=100"),
        (sizes("100", "50"), None),
        (sizes("10"), None),
        (sizes("Name", "City", name="results_order"), None),
        (sizes("10", "50", name="county"), None),
    ],
)
def test_the_largest_size_of_a_menu_is_asked_for(menu: str, query: str | None) -> None:
    assert largest(menu) == query


def test_sizes_without_a_form_are_the_business_of_a_script() -> None:
    assert largest(sizes("10", "All"), "div") is None
