"""Saved pages of invented dioceses, read by the platform they are filed under.

`pages/<platform>/<site>/` holds what is read first, `page.*` (without one, `feed.*`), and `expected.json`: its address,
the parishes with the fields they have, the rows left out with the reason, what would be fetched next, and whether the
list is known to lack rows (`incomplete`). A site of several pages has `answers` too (address, with the form after a
space when it is posted, to file; what is not there answers 404) and `whole`: the parishes, and the rows left out, when
it is read to its end. A site added there is tested with no more code.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from vitality_lib.directories.crawl import collect
from vitality_lib.directories.registry import platforms, read_directory
from vitality_lib.document import Document
from vitality_lib.hyperlinks import host
from vitality_lib.models import DirectoryReading, Outcome, Page, ParishEntry, Reason, Request

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
    def document(self) -> Document:
        return Document(Page(self.expected["url"], self.first.read_bytes(), route=self.expected.get("route", "http")))

    @cached_property
    def first(self) -> Path:
        return next(path for name in ("page.*", "feed.*") for path in self.folder.glob(name))

    @cached_property
    def reading(self) -> DirectoryReading:
        return read_directory(self.document)

    async def answer(self, request: Request) -> Page | Outcome:
        key = f"{request.url} {request.body or ''}".strip() + (" in a browser" if request.browser else "")
        name = self.expected["answers"].get(key)
        if name is None:
            return Outcome(Reason.HTTP_ERROR, f"{key} answered 404")
        route = "browser" if request.browser else "http"
        return Page(request.url, (self.folder / name).read_bytes(), route=route)

    def __str__(self) -> str:
        return f"{self.platform}/{self.folder.name}"


def said(entry: dict[str, Any], field: str) -> Any:
    """What `expected.json` says of a field; what it does not say is unknown."""
    value = entry.get(field, getattr(ParishEntry(""), field))
    return tuple(value) if isinstance(value, list) else value


SITES = [Site(folder) for folder in sorted(PAGES.glob("*/*"))]
each_site = pytest.mark.parametrize("site", SITES, ids=str)
each_whole_site = pytest.mark.parametrize("site", [site for site in SITES if "whole" in site.expected], ids=str)


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
    assert read == [said(one, field) for one in site.expected["parishes"]]


@each_site
def test_other_rows_are_left_out_with_a_reason(site: Site) -> None:
    assert [{"name": row.name, "why": row.why} for row in site.reading.left_out] == site.expected["left_out"]


@each_site
def test_what_is_fetched_next_is_named(site: Site) -> None:
    asked = [{"purpose": request.purpose.value, "url": request.url} for request in site.reading.next]
    assert asked == site.expected["next"]
    assert site.reading.claimed == site.expected.get("claimed")


@each_site
def test_a_list_that_is_known_to_lack_rows_says_so(site: Site) -> None:
    assert bool(site.reading.incomplete) == bool(site.expected.get("incomplete"))


@each_whole_site
async def test_a_site_of_several_pages_is_read_to_its_end(site: Site) -> None:
    whole = site.expected["whole"]
    read = (await collect(site.document, site.answer, 100)).reading
    assert [entry.name for entry in read.parishes] == [one["name"] for one in whole["parishes"]]
    for field in FIELDS:
        assert [getattr(entry, field) for entry in read.parishes] == [said(one, field) for one in whole["parishes"]]
    assert [{"name": row.name, "why": row.why} for row in read.left_out] == whole.get("left_out", [])


@each_whole_site
def test_each_answer_of_a_site_is_a_file_and_each_file_an_answer(site: Site) -> None:
    files = {path.name for path in site.folder.iterdir()} - {
        "expected.json",
        *(p.name for p in site.folder.glob("page.*")),
    }
    assert files == set(site.expected["answers"].values())


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
        assert entry.phone is None or re.fullmatch(r"\+1\d{3}55501\d\d(;ext=\d+)?(; \+1\d{3}55501\d\d)?", entry.phone)
        assert all(host(url).endswith(".example") for url in (entry.website, entry.detail_url) if url)
