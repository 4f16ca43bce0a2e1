"""Pages, feeds and files, read by every reader that we have of them."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import Awaitable, Callable, Iterator

from foreign import FETCHED, Parser, document, saved, text

from vitality_lib.ai.repeating_element import outline
from vitality_lib.directories import detail_page
from vitality_lib.directories.crawl import collect
from vitality_lib.directories.data.feed import jsonp
from vitality_lib.directories.data.javascript import literals
from vitality_lib.directories.data.wordpress import objects_after
from vitality_lib.directories.registry import Platform, platforms, read_directory
from vitality_lib.discovery.find import find_directory
from vitality_lib.discovery.links import directory_links
from vitality_lib.discovery.sitemap import sitemap_links
from vitality_lib.discovery.usccb import NotTheDioceseList, read_dioceses
from vitality_lib.models import DirectoryReading, Page, Request
from vitality_lib.pdf_text import pdf_pages
from vitality_lib.sitemap import addresses, further_sitemap

_HOME = "https://lakemont.example/"
_BETWEEN = b"\n-- next page --\n"
_HOMEPAGES = saved("discovery/homepages/*", "schedules/pages/*.html")
_DIRECTORIES = saved("directories/pages/*/*/*", most=400, longest=16_000)
_SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>
<loc>https://lakemont.example/parishes/st-odo</loc></url><url><loc>/parish-directory</loc></url></urlset>"""
_INDEX = b"<sitemapindex xmlns='x'><sitemap><loc>/page-sitemap.xml</loc></sitemap></sitemapindex>"
_DEEP = b"<div class=a><b>" * 100 + b"<p =x o\x01k='1\x02'>St. Odo</p><x:y><a<b>" + b"</div>" * 90 + b"<p>end"
_USCCB = b"""<div class="views-row"><article class="node--type-da"><div class="da-wrap"><h3 class="da-title">Diocese of
Lakemont</h3><div class="field--name-field-da-address-1">1 Elm St</div><div class="da-address">1 Elm St<br>Alderton, OH
43001</div><div class="site"><a href="http://lakemont.example">lakemont.example</a></div></div></article></div>"""
_SCRIPTS = [
    b"var a = [{name: 'St. Odo', 'lat': 41.2, t: \"x\\u00e9\" + 'y', f: new Date(1, 2)}, /* c */ ,];",
    b"f('x', [1,{}]);",
    b'/**/slw({"stores":[{"name":"St. Odo","lat":"1e999"}]});', b'"pois":[{"title":"St. Odo"}, {"a":[]}] = `<b>x</b>`',
]  # fmt: skip


def pages(data: bytes) -> Callable[[Request], Awaitable[Page]]:
    """A web that consists of the pages in `data`: the address that is asked for chooses."""
    parts = data.split(_BETWEEN)

    async def fetch(request: Request) -> Page:
        return Page(request.url, parts[zlib.crc32(request.url.encode()) % len(parts)], fetched_at=FETCHED)

    return fetch


def _document(data: bytes) -> None:
    page = document(data)
    _ = (page.kind, page.text, page.json, page.tree, page.xml, page.canonical_link, page.folded)


def _pdf(data: bytes) -> None:
    assert all(isinstance(page, str) for page in pdf_pages(data, 3))
    list(pdf_pages(data, 2, columns=True))


def holds(reading: DirectoryReading) -> None:
    """What holds of every reading of a directory."""
    for entry in reading.parishes:
        assert entry.name.strip()
        assert entry.website is None or entry.website.startswith(("http://", "https://"))
        assert (entry.latitude is None) == (entry.longitude is None)
        assert entry.latitude is None or -90 <= entry.latitude <= 90
        json.dumps(entry.record(), allow_nan=False)
    assert all(request.url for request in reading.next)


def _links(data: bytes) -> None:
    for url in ("", _HOME):
        page = document(data, url)
        assert all(one.url.startswith(("http://", "https://")) for one in directory_links(page))
        outline(page)


def _sitemap(data: bytes) -> None:
    page = document(data, _HOME + "sitemap.xml")
    assert all(url.startswith(("http://", "https://")) for url in addresses(page))
    further_sitemap(page)
    sitemap_links(page)


def _scripts(data: bytes) -> None:
    script = text(data)
    for value in literals(script):
        assert value
    list(objects_after(script, "pois"))
    jsonp(document(data))


def _platform(module: Platform) -> Parser:
    name = module.__name__.rpartition(".")[2]

    def read(data: bytes) -> None:
        for page in (document(data), document(data, "https://lakemont.example/parishes")):
            sure = module.recognise(page)
            assert 0 <= sure <= 1
            if sure:
                holds(module.read(page))

    return Parser(f"platform_{name}", read, saved(f"directories/pages/{name}/*/*", longest=16_000))


def _detail(data: bytes) -> None:
    detail_page.entry_of(document(data))


def _directory(data: bytes) -> None:
    holds(read_directory(document(data)))


def _crawl(data: bytes) -> None:
    first = document(data.split(_BETWEEN)[0], _HOME + "parishes")
    holds(asyncio.run(collect(first, pages(data), 6)).reading)


def _discover(data: bytes) -> None:
    asyncio.run(find_directory(_HOME, pages(data)))


def _usccb(data: bytes) -> None:
    reading = read_dioceses(document(data, "https://bishops.example/list"))
    assert all(diocese.name for diocese in reading.dioceses)


def _several(*groups: list[bytes]) -> Iterator[bytes]:
    """Small webs: a page of each group."""
    return (_BETWEEN.join(parts) for parts in zip(*groups, strict=False))


PAGES = (
    Parser("document", _document, [*_HOMEPAGES[:8], _SITEMAP, b'<meta charset="shift_jis"><p>x', b'[{"a":1}]', _DEEP]),
    Parser("directory_links", _links, _HOMEPAGES),
    Parser("sitemap", _sitemap, [_SITEMAP, _INDEX]),
    Parser("usccb", _usccb, [_USCCB], (NotTheDioceseList,)),
    Parser("scripts", _scripts, _SCRIPTS),
    Parser("pdf", _pdf, saved("directories/pages/pdf_directory/*/*")),
    Parser("detail_page", _detail, saved("directories/pages/detail_page/*/*")),
    Parser("directory", _directory, _DIRECTORIES),
    Parser("crawl", _crawl, [*_several(_DIRECTORIES, _DIRECTORIES[7:]), _DIRECTORIES[0] + _BETWEEN + _SITEMAP]),
    Parser("discover", _discover, [*_several(_HOMEPAGES, _DIRECTORIES[::3])]),
    *map(_platform, platforms()),
)  # fmt: skip
