"""A page is decoded as browsers decode it, and called by what its bytes are."""

import pytest
from timing import seconds

from vitality_lib.document import Document, Kind
from vitality_lib.models import Page


def document(body: bytes, content_type: str = "", url: str = "") -> Document:
    return Document(Page(url=url, body=body, headers={"content-type": content_type} if content_type else {}))


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("Misa en español".encode(), "", "Misa en español"),
        ("Misa en español".encode("latin-1"), "text/html; charset=ISO-8859-1", "Misa en español"),
        ("\ufeffSchedule".encode(), "", "Schedule"),
        ("Schedule — St. André".encode("utf-16"), "", "Schedule — St. André"),
        (b'<meta charset="windows-1252"><p>Mass \x96 8:00</p>', "", '<meta charset="windows-1252"><p>Mass – 8:00</p>'),
        (b"<p>Mass \x96 8:00</p>", "text/html; charset=iso-8859-1", "<p>Mass – 8:00</p>"),
        (b"<p>8:00</p>", "text/html; charset=no-such-thing", "<p>8:00</p>"),
        (b"<p>8:00</p>", "text/html; charset=punycode", "<p>8:00</p>"),  # Python's alone, and slow
        (b"<p>8:00</p>", "charset*=x'y'%ff; charset", "<p>8:00</p>"),
        ('<meta charset="utf-8">José'.encode(), "text/html; charset=utf-8", '<meta charset="utf-8">José'),
    ],
)
def test_text_follows_the_mark_then_the_header_then_the_meta_tag(body: bytes, content_type: str, text: str) -> None:
    assert document(body, content_type).text == text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<!DOCTYPE html><html><body>Mass</body></html>", Kind.HTML),
        (b"<!-- saved --><html></html>", Kind.HTML),
        (b"<div>a fragment</div>", Kind.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html><html></html>', Kind.HTML),
        (b'[{"store": "St. Brendan"}]', Kind.JSON),
        (b'\xef\xbb\xbf{"a": 1}', Kind.JSON),
        (b'[{"store": "St. Br', Kind.TEXT),
        (b'<?xml version="1.0"?><kml></kml>', Kind.XML),
        (b"<urlset></urlset>", Kind.XML),
        (b"%PDF-1.7 ...", Kind.PDF),
        (b"Sunday Mass 8:00 and 10:30", Kind.TEXT),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Kind.BINARY),
        (b"", Kind.TEXT),
    ],
)
def test_kind_is_told_by_the_bytes_not_by_the_header(body: bytes, kind: Kind) -> None:
    assert document(body).kind is kind


def test_json_that_is_cut_off_or_nested_without_end_is_none() -> None:
    assert document(b'{"a": [1, 2').json is None
    assert document(b"[" * 200_000).json is None


def test_a_canonical_link_serves_when_there_is_no_address() -> None:
    page = b'<html><head><link rel="canonical" href="https://st-odo.example/mass/"></head></html>'
    assert document(page).url == "https://st-odo.example/mass/"
    assert document(page, url="https://www.st-odo.example/m").url == "https://www.st-odo.example/m"
    assert document(b'<html><link rel="canonical" href="javascript:alert(1)"></html>').url == ""


def test_xml_entities_are_not_expanded() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]><kml>&a;&f;</kml>'
    root = document(bomb).xml
    assert root is not None
    assert "root:" not in "".join(str(text) for text in root.itertext())


def test_a_body_without_any_markup_has_an_empty_tree() -> None:
    assert document(b"").tree.text_content() == ""


def test_what_follows_the_end_of_the_page_is_on_the_page() -> None:
    page = b"<html><body><p>first</p></body></html>\n<footer>last</footer>"
    assert Document(Page("", page)).tree.text_content().split() == ["first", "last"]


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"<p>8:00</p>", "text/html" + "; c" * 40_000),  # each parameter was looked at anew for each other
        (b"<p>8:00</p>", "text/html" + ";" * 100_000),
        (b"<" + b"t" * 500_000, ""),  # a name of a tag that has no end
        (b"<p>" + b"<t " * 200_000, ""),
    ],
    ids=["parameters", "semicolons", "name", "tags"],
)
def test_time_to_parse_grows_in_step_with_bytes(body: bytes, content_type: str) -> None:
    page = document(body, content_type)
    assert seconds(lambda: (page.text, page.kind, page.tree)) < 1
