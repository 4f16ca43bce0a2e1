"""No page, however mangled, makes a reader raise; and a large one is read in a second or so."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import seconds

from vitality_lib.directories.data.feed import jsonp
from vitality_lib.directories.registry import read_directory
from vitality_lib.discovery.links import directory_links
from vitality_lib.document import Document
from vitality_lib.models import DirectoryReading, Page

PAGES = Path(__file__).parent / "pages"
BODIES = [path.read_bytes() for path in sorted(PAGES.glob("*/*/*")) if path.name != "expected.json"]
FEEDS = [feed for body in BODIES if (feed := jsonp(Document(Page("", body)))) is not None]  # those not cut off
KEYS = [
    "features", "geometry", "coordinates", "properties", "store", "stores", "results", "response", "locations", "data",
    "widgets", "markers", "name", "tags", "filters", "custom_fields", "fields", "description",
]  # fmt: skip
URLS = st.sampled_from(["", "https://lakemont.example/parishes", "not a url", "https://[::1"])
SCRAPS = st.sampled_from(
    [b"<", b">", b"</", b'"', b"{", b"}", b"[", b"]", b",", b"\x00", b"\xff", b"&#x0;", b"&amp;", b"<td>", b"</div>",
     b"<li>", b'<a href="http://[">', b"href=", b"null", b"1e999", b"NaN", b'"lat":', b"<script>", b"<!--",
     b"\xed\xa0\x80", b"]]>"]
)  # fmt: skip
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """A saved page, cut, with pieces moved and scraps put in."""
    body = draw(st.sampled_from(BODIES))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(body)))
        end = draw(st.integers(start, min(len(body), start + 400)))
        body = body[:start] + draw(SCRAPS | st.just(body[start:end] * 2)) + body[end:]
    return body[: draw(st.integers(0, len(body)))] if draw(st.booleans()) else body


def holds_what_a_reading_must(reading: DirectoryReading) -> None:
    """The contract of every reading."""
    for entry in reading.parishes:
        assert entry.name.strip()
        assert entry.website is None or entry.website.startswith(("http://", "https://"))
        assert entry.zip is None or entry.zip[:5].isdigit() or len(entry.zip) == 7
        assert (entry.latitude is None) == (entry.longitude is None)
        assert entry.latitude is None or -90 <= entry.latitude <= 90
    assert all(request.url for request in reading.next)
    assert reading.why


@settings(max_examples=150, deadline=None)
@given(mangled(), URLS)
def test_a_mangled_page_is_read_or_not_but_never_raises(body: bytes, url: str) -> None:
    document = Document(Page(url, body))
    holds_what_a_reading_must(read_directory(document))
    for link in directory_links(document):
        assert link.url.startswith(("http://", "https://"))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode), URLS)
def test_any_bytes_never_raise(body: bytes, url: str) -> None:
    document = Document(Page(url, body))
    holds_what_a_reading_must(read_directory(document))
    directory_links(document)


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(FEEDS), ANY_JSON, st.sampled_from(KEYS))
def test_a_feed_with_any_value_in_any_place_never_raises(feed: object, value: object, key: str) -> None:
    body = json.dumps(_with(feed, key, value)).encode()
    holds_what_a_reading_must(read_directory(Document(Page("", body))))


def _with(data: object, key: str, value: object) -> object:
    """The data with one key's value replaced wherever it stands."""
    if isinstance(data, dict):
        return {name: value if name == key else _with(inner, key, value) for name, inner in data.items()}
    return [_with(inner, key, value) for inner in data] if isinstance(data, list) else data


CARD = (
    '<div class="parish card"><h3><a href="/p/{0}">St. Test {0}</a></h3><p>{0} Elm St.<br>Alderton, OH 43001</p>'
    '<a href="tel:7405550101">740-555-0101</a> <a href="http://p{0}.example">Website</a><!-- {1} --></div>'
)


@pytest.mark.no_cover  # counting lines takes half as long again as reading
@pytest.mark.parametrize(
    "body",
    [
        "".join(CARD.format(n, "x" * 16_000) for n in range(300)),
        "".join(f'<ul class="menu-{n}"><li><a href="/{n}">Item {n}</a></li></ul>' for n in range(60_000)),
        "".join(f"<p>The church of St. {n} has a long history in the parish.</p>" for n in range(70_000)),
        "<div class='a b'>" * 200_000,
        "<p>" + "a " * 2_500_000,
        "<li>" + "740-555-" * 600_000,
        "<script>var x = {" + '"a":1,' * 800_000,
        "parish <script></script>" + "{{ " * 1_600_000,
        "<table>" + "<tr><th>Parish<th>City" * 200_000,
        "<ul><li><a href='/parishes'>Parishes</a>" * 120_000,
        "<h1>Church of St. Odo" * 200_000,
    ],
    ids=["cards", "menus", "prose", "deep", "words", "digits", "script", "templates", "rows", "nested", "headings"],
)
def test_five_megabytes_are_read_in_seconds_of_processor_time(body: str) -> None:
    document = Document(Page("https://lakemont.example/parishes", f"<html><body>{body}".encode()))

    def read() -> None:
        read_directory(document)
        directory_links(document)

    assert seconds(read) < 4


SAINTS = ("Anne", "Brendan", "Clement", "Damian")


@pytest.mark.parametrize("character", ["&#1;", "\x01", "\uffff", "\ud800"])
def test_a_character_that_no_tree_takes_is_left_out_of_a_card(character: str) -> None:
    cards = "".join(
        f"St. {name}{character} Church<br>{number} Main{character} St<br>Larkspur, OH 44101<br>555-0100<br><br>"
        for number, name in enumerate(SAINTS, 1)
    )
    body = f"<html><body><h1>Parishes</h1><p>{cards}</p></body></html>".encode("utf-8", "surrogatepass")
    reading = read_directory(Document(Page("https://larkspur.example/parishes", body)))
    assert [parish.name[:6] for parish in reading.parishes] == [f"St. {name}"[:6] for name in SAINTS]
