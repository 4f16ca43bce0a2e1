"""Of a sitemap, the pages whose addresses speak of the list of parishes; of an index, the sitemap of pages."""

import pytest
from timing import seconds

from vitality_lib.discovery.sitemap import sitemap_links
from vitality_lib.document import Document
from vitality_lib.models import Page
from vitality_lib.sitemap import further_sitemap, sitemap_address

HOME = "https://lakemont.example/"


def sitemap(root: str, entry: str, *paths: str) -> Document:
    entries = "".join(f"<{entry}><loc> {HOME}{path} </loc></{entry}>" for path in paths)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    body = f'<?xml version="1.0"?><{root} xmlns="{space}">{entries}</{root}>'
    return Document(Page(HOME + "sitemap.xml", body.encode()))


def test_the_page_of_all_parishes_comes_first_and_each_parishs_own_not_at_all() -> None:
    paths = ("parishes/st-odo", "parishes/st-ita", "parish-pastoral-council", "news/parishes", "about/our-parishes")
    found = sitemap_links(sitemap("urlset", "url", *paths, "parishes"))
    assert [link.url for link in found] == [HOME + "parishes", HOME + "about/our-parishes"]


def test_of_an_index_the_sitemap_of_pages_is_read() -> None:
    index = sitemap("sitemapindex", "sitemap", "post-sitemap.xml", "parish-sitemap.xml", "page-sitemap.xml")
    assert further_sitemap(index) == HOME + "page-sitemap.xml"
    assert sitemap_links(index) == ()


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>Not found</body></html>", b"<?xml version='1.0'?><urlset><url>", b"{}"]
)
def test_what_is_no_sitemap_names_nothing(body: bytes) -> None:
    document = Document(Page(HOME + "sitemap.xml", body))
    assert (sitemap_links(document), further_sitemap(document)) == ((), None)


@pytest.mark.parametrize(
    ("robots", "address"),
    [
        (None, "sitemap.xml"),
        (b"User-agent: *\nDisallow:", "sitemap.xml"),
        (b"<html><body>Sitemap: /odd.xml</body></html>", "sitemap.xml"),
        (b"User-agent: *\r\nsitemap: https://lakemont.example/index.xml", "index.xml"),
        (b"Sitemap: /news-sitemap.xml\nSitemap: /pages.xml", "pages.xml"),
        (b"Disallow: /\n\n  Sitemap : /pages.xml\nSitemap:\n/other.xml", "pages.xml"),
        (b"Sitemap:\n/other.xml", "sitemap.xml"),
    ],
)
def test_the_sitemap_is_where_robots_txt_says(robots: bytes | None, address: str) -> None:
    document = None if robots is None else Document(Page(HOME + "robots.txt", robots))
    assert sitemap_address(document, HOME) == HOME + address


@pytest.mark.no_cover
def test_half_a_megabyte_of_blank_lines_in_robots_txt_takes_no_time() -> None:
    document = Document(Page(HOME + "robots.txt", b"User-agent: *" + b"\r\n" * 250_000 + b"Sitemap: /pages.xml"))
    assert seconds(lambda: sitemap_address(document, HOME)) < 0.5
