"""Cards, links, forms and menus that a page never closes stand in one another: time grows with the page, not with its
square.
"""

import pytest
from timing import seconds

from vitality_lib.directories import detail_page, registry
from vitality_lib.directories.registry import Platform
from vitality_lib.document import Document
from vitality_lib.models import Page

SIZE = 128 * 1024
HEAD = "<!DOCTYPE html><html><head><title>Parish Finder by County</title></head><body><h1>Parishes by county</h1>"
UNCLOSED = {
    "ecatholic": '<div id="parishFinder" data-by="ecatholic"><div class="category"><div class="categoryName">Parishes'
    '<ul><li class="site" data-latitude="42.1" data-longitude="-93.2"><div class="name">St. Odo',
    "geodirectory": '<ul class="geodir-category-list-view"><li class="gd_place type-gd_place"><div><h2>'
    '<a href="/places/st-odo/">St. Odo',
    "json_call": '<div id="parish-map"></div><ul id="results"><li><a href="/parish"><script src="/js/locator.js">'
    "</script>St. Odo",
    "store_locator_plus": '<div id="sl_div"><div class="results_entry"><span class="location_name">St. Odo<span '
    'class="slp_result_address">1 Elm St.',
    "super_store_finder": '<div class="store-locator__infobox" id="store0"><div class="infobox__title store-location">'
    'St. Odo<div class="store-address">1 Elm St.',
    "region_index": '<form action="/find"><input name="parish"><select name="county"><option>Adams',
}


def time_of(platform: Platform, body: str) -> float:
    document = Document(Page("https://lakemont.example/parishes", (HEAD + body).encode()))

    def read() -> None:
        if platform.recognise(document):
            platform.read(document)

    return seconds(read)


@pytest.mark.no_cover  # counting lines takes longer than reading
@pytest.mark.parametrize("name", UNCLOSED)
def test_time_grows_with_a_page_whose_cards_are_never_closed(name: str) -> None:
    platform = next(one for one in registry.platforms() if one.__name__.endswith(f".{name}"))
    piece = UNCLOSED[name]
    assert time_of(platform, piece * (SIZE // len(piece))) < 2.5


@pytest.mark.no_cover
def test_time_grows_with_a_page_about_one_parish_whose_parts_are_never_closed() -> None:
    piece = '<div class="vcard"><h1>Our Lady of Sorrows<span class="org">Our Lady of Sorrows<a href="/x">Home'
    document = Document(Page("https://lakemont.example/p/1", (HEAD + piece * (SIZE // len(piece))).encode()))
    assert seconds(lambda: detail_page.entry_of(document)) < 2.5
