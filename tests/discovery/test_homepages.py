"""The directory is found on invented sites of dioceses, each with traps of its own, within few requests."""

from __future__ import annotations

import asyncio

import pytest
from homepage_sites import Homepage, homepages

from vitality_lib.discovery.find import Search
from vitality_lib.hyperlinks import host

Result = tuple[Homepage, Search]


@pytest.fixture(scope="module")
def results() -> list[Result]:
    return [(site, asyncio.run(site.search())) for site in homepages()]


def chosen(search: Search) -> str | None:
    return search.found.chosen.url if search.found else None


def test_the_right_page_is_chosen_on_nearly_all_sites(results: list[Result]) -> None:
    wrong = [
        f"{site}: {chosen(search)} for {site.directory}\n  " + "\n  ".join(search.outcome.routes)
        for site, search in results
        if chosen(search) != site.directory
    ]
    assert len(wrong) <= 0.05 * len(results), "\n".join(wrong)


def test_what_is_chosen_was_fetched_and_proved(results: list[Result]) -> None:
    for site, search in results:
        if search.found:
            assert search.found.proof.proved, site
            assert any(asked.split(" ")[0] == search.found.chosen.url for asked in site.asked), site


def test_few_requests_are_made(results: list[Result]) -> None:
    assert [f"{site}: {len(site.asked)}" for site, _ in results if len(site.asked) > 10] == []


@pytest.mark.parametrize("site", homepages(), ids=str)
def test_hosts_are_fictional_and_each_file_is_a_page(site: Homepage) -> None:
    assert all(host(address).endswith(".example") for address in (site.site["home"], site.directory))
    assert set(site.pages.values()) | {"site.json"} == {path.name for path in site.folder.iterdir()}
