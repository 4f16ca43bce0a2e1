"""A hosted locator: told by the rows of its feed, or by the key and the sign in a page; read, or asked for."""

import json
import re

import pytest

from vitality_lib.directories.data.feed import entry_by_keys, rows
from vitality_lib.directories.data.hosted import HostedLocator
from vitality_lib.document import Document
from vitality_lib.models import Page, Route

PIN = {"name": "St. Colette", "address": "12 Elm St", "city": "Alderton", "state": "OH", "zip": "43001"}
LOCATOR = HostedLocator(
    platform="pins",
    sign="pins.js",
    key=re.compile(r'data-pins="(\w+)"'),
    feed="https://pins.example/{}.json",
    rows=lambda document: rows(document.json, "name", "address"),
    entry=entry_by_keys,
    incomplete=lambda document: "the nearest only" if len(document.json) == 1 else "",
    sure=0.8,
)
SCRIPT = '<script src="https://pins.example/pins.js"></script>'


def page(body: str) -> Document:
    return Document(Page("https://lakemont.example/parishes", f"<html><body>{body}</body></html>".encode()))


def feed(*pins: dict[str, str]) -> Document:
    return Document(Page("https://pins.example/k7.json", json.dumps(pins).encode()))


@pytest.mark.parametrize(
    ("document", "sure"),
    [
        (feed(PIN), 0.8),
        (feed({"title": "St. Colette"}), 0.0),
        (page(f'{SCRIPT}<div data-pins="k7"></div>'), 0.9),
        (page('<div data-pins="k7"></div>'), 0.0),
        (page(SCRIPT), 0.0),
    ],
    ids=["its rows", "rows of something else", "a key and the sign", "a key alone", "the sign alone"],
)
def test_it_is_told_by_its_rows_or_by_a_key_with_the_sign(document: Document, sure: float) -> None:
    assert LOCATOR.recognise(document) == sure


def test_a_page_asks_for_the_feed_of_each_key_once() -> None:
    reading = LOCATOR.read(
        page(f'{SCRIPT}<div data-pins="k7"></div><div data-pins="k8"></div><div data-pins="k7"></div>')
    )
    assert [one.url for one in reading.next] == ["https://pins.example/k7.json", "https://pins.example/k8.json"]
    assert not reading.parishes


def test_a_feed_is_read_and_says_what_it_lacks() -> None:
    whole = LOCATOR.read(feed(PIN, {**PIN, "name": "St. Bede", "address": "9 Oak St"}))
    assert [(one.name, one.street, one.zip) for one in whole.parishes] == [
        ("St. Colette", "12 Elm St", "43001"),
        ("St. Bede", "9 Oak St", "43001"),
    ]
    assert (whole.platform, whole.route, whole.incomplete) == ("pins", Route.FEED, "")
    assert LOCATOR.read(feed(PIN)).incomplete == "the nearest only"
