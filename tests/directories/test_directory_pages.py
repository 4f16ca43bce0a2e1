"""Saved pages of invented dioceses, read by the platform they are filed under.

`pages/<platform>/<site>/` holds one page or feed and `expected.json`: its address, the parishes with the fields they
have, the rows left out with the reason, and what would be fetched next. A page added there is tested with no more code.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from vitality_lib.directories import read_directory
from vitality_lib.directories.registry import platforms
from vitality_lib.document import Document
from vitality_lib.hyperlinks import host
from vitality_lib.models import DirectoryReading, Page, ParishEntry

PAGES = Path(__file__).parent / "pages"
FIELDS = [name for name in ParishEntry.__dataclass_fields__ if name != "name"]


@dataclass(frozen=True)
class Site:
    folder: Path

    @property
    def platform(self) -> str:
        return self.folder.parent.name

    @cached_property
    def expected(self) -> dict[str, Any]:
        return json.loads((self.folder / "expected.json").read_text())

    @cached_property
    def reading(self) -> DirectoryReading:
        page = next(path for path in self.folder.iterdir() if path.name != "expected.json")
        return read_directory(Document(Page(self.expected["url"], page.read_bytes())))


SITES = [Site(folder) for folder in sorted(PAGES.glob("*/*"))]
each_site = pytest.mark.parametrize("site", SITES, ids=lambda site: f"{site.platform}/{site.folder.name}")


@each_site
def test_the_platform_is_the_one_the_page_is_filed_under(site: Site) -> None:
    assert site.reading.platform == site.platform


@each_site
def test_all_parishes_are_read_and_nothing_else(site: Site) -> None:
    assert [entry.name for entry in site.reading.parishes] == [one["name"] for one in site.expected["parishes"]]


@pytest.mark.parametrize("field", FIELDS)
@each_site
def test_each_field_is_as_the_page_says(site: Site, field: str) -> None:
    read = [getattr(entry, field) for entry in site.reading.parishes]
    assert read == [one.get(field) for one in site.expected["parishes"]]


@each_site
def test_other_rows_are_left_out_with_a_reason(site: Site) -> None:
    assert [{"name": row.name, "why": row.why} for row in site.reading.left_out] == site.expected["left_out"]


@each_site
def test_what_is_fetched_next_is_named(site: Site) -> None:
    asked = [{"purpose": request.purpose.value, "url": request.url} for request in site.reading.next]
    assert asked == site.expected["next"]
    assert site.reading.claimed == site.expected.get("claimed")


@each_site
def test_the_reading_says_why_it_won(site: Site) -> None:
    assert site.reading.why
    assert all(line.startswith(site.platform) for line in site.reading.why)


# --- the folder ------------------------------------------------------------------------------------------------------


def test_module_platform_and_test_folder_have_one_name() -> None:
    modules = [module.__name__.rpartition(".")[2] for module in platforms()]
    assert modules == sorted({site.platform for site in SITES})
    assert {site.reading.platform for site in SITES} == set(modules)


@pytest.mark.parametrize("module", platforms(), ids=lambda module: module.__name__.rpartition(".")[2])
def test_each_platform_has_two_invented_sites_or_more_and_a_docstring_that_names_it(module: Any) -> None:
    name = module.__name__.rpartition(".")[2]
    assert sum(site.platform == name for site in SITES) >= 2
    assert len(module.__doc__.strip()) > 60


@pytest.mark.parametrize("module", platforms(), ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_platform_is_at_most_120_lines(module: Any) -> None:
    assert len(Path(module.__file__).read_text().splitlines()) <= 120


@each_site
def test_hosts_and_telephones_of_saved_pages_are_fictional(site: Site) -> None:
    for entry in site.reading.parishes:
        assert entry.phone is None or re.fullmatch(r"\+1\d{3}55501\d\d(;ext=\d+)?", entry.phone)
        assert all(host(url).endswith(".example") for url in (entry.website, entry.detail_url) if url)
