"""Every module votes and reads; the best reading wins and says why."""

from vitality_lib.directories.registry import readings, worth
from vitality_lib.document import Document
from vitality_lib.models import DirectoryReading, Page, ParishEntry, Purpose, Request, Route

FULL = ParishEntry(
    "St. Ann", "1 Elm St", "Alderton", "OH", "43001", "+17405550101", None, "http://a.example", None, 40.0, -82.0
)
BARE = ParishEntry("St. Ann", city="Alderton")


def reading(*parishes: ParishEntry, claimed: int | None = None, following: Purpose | None = None) -> DirectoryReading:
    asks = (Request("https://lakemont.example/x", following),) if following else ()
    return DirectoryReading("cards", Route.STATIC, parishes, asks, claimed=claimed)


def test_fuller_longer_and_surer_readings_are_worth_more() -> None:
    base = worth(0.4, reading(BARE), 10).score
    assert worth(0.4, reading(FULL), 10).score > base
    assert worth(0.4, reading(BARE, BARE), 10).score > base
    assert worth(0.7, reading(BARE), 10).score > base


def test_a_count_that_contradicts_the_page_is_worth_less_unless_the_list_goes_on() -> None:
    agrees = worth(0.4, reading(FULL, claimed=1), 10).score
    assert worth(0.4, reading(FULL, claimed=60), 10).score < agrees
    assert worth(0.4, reading(FULL, claimed=60, following=Purpose.NEXT), 10).score == agrees


def test_a_feed_that_is_named_beats_a_browser_and_nothing_is_worth_nothing() -> None:
    feed, browser = (worth(0.4, reading(following=one), 0).score for one in (Purpose.FEED, Purpose.BROWSER))
    assert feed > browser > worth(0.9, reading(), 0).score == 0


def test_a_list_in_a_page_of_several_platforms_is_read_by_the_one_that_finds_most() -> None:
    rows = "".join(f"<tr><td>St. {n}</td><td>{n} Elm St</td><td>Alderton</td></tr>" for n in "ABCDEF")
    table = f"<table><tr><th>Parish</th><th>Address</th><th>City</th></tr>{rows}</table>"
    churches = '[{"@type":"Church","name":"St. A"},{"@type":"Church","name":"St. B"}]'
    script = f'<script type="application/ld+json">{churches}</script>'
    found = readings(Document(Page("https://lakemont.example/", f"<html>{script}<body>{table}</body></html>".encode())))
    assert found[0].platform == "tables"
    assert len(found[0].parishes) == 6
    assert found[0].why[0].startswith("tables 0.70: 6 parishes")


def test_a_page_that_nobody_reads_is_said_to_be_one() -> None:
    (found,) = readings(Document(Page("https://lakemont.example/", b"hello")))
    assert (found.platform, found.parishes, found.next) == ("none", (), ())
    assert found.why == ("no platform reads this page",)


def test_a_list_of_which_every_row_is_left_out_still_says_what_they_were() -> None:
    stores = b'[{"store":"Calvary Cemetery","address":"1 Hill Rd","lat":"40.1"}]'
    (found,) = readings(Document(Page("", stores)))
    assert (found.platform, found.parishes) == ("wp_store_locator", ())
    assert [row.why for row in found.left_out] == ["a cemetery"]
