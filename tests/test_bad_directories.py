"""A known directory that turns bad, whichever way: no wrong row is published, and the outcome names the reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from tiny_country import LARKSPUR, Country, directory, new_parishes, page
from web.scripted_web import Answering, Reply

from vitality_lib.models import Reason
from vitality_lib.stages import extraction

LIST = "larkspur.example/parishes"
FEED = "larkspur.example/wp-admin/admin-ajax.php?action=store_search&autoload=1"
LOCATOR = (
    "<h1>Find a Parish</h1><div id='wpsl-wrap'><ul id='wpsl-stores'></ul></div><script>var wpslSettings={}</script>"
)


def stores(count: int, **facts: str) -> str:
    return json.dumps(
        [
            {"store": f"St. Odo &amp; St. Ita {n}", "address": f"{n} Elm St", "city": "Larkspur", "state": "MO",
             "zip": "63001", "lat": "38.6", "lng": "-90.2", **facts}
            for n in range(count)
        ]
    )  # fmt: skip


def feed(body: str) -> Answering:
    return lambda _: Reply(body, 200, {"Content-Type": "application/json"})


def part(number: int) -> Answering:
    """One page of a list without end: the same parishes on each, and a next page."""
    return page(f"{directory(new_parishes(7))}<a rel='next' href='/parishes?p={number + 1}'>Next</a>")


def civil_parishes() -> str:
    names = ("Acadia", "Ascension", "Orleans", "St. Mary", "St. Tammany", "Vermilion")
    places = [
        {"type": "Feature", "properties": {"NAME": f"{name} Parish", "STATE": "LA"},
         "geometry": {"type": "Point", "coordinates": [-91.0, 30.0]}}
        for name in names
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": places})


@dataclass(frozen=True)
class Bad:
    """What the directory's address answers now, what other addresses answer, and how the visit must end."""

    what: str
    answer: Answering
    reason: Reason
    says: str
    others: Mapping[str, Answering] = field(default_factory=dict)


SCHOOLS = "".join(f"<li><b>St. Odo School {n}</b><br>{n} Elm St<br>Larkspur, MO 63001</li>" for n in range(9))
CASES = [
    Bad("a feed cut off mid-JSON", page(LOCATOR), Reason.UNREADABLE, "cut off", {FEED: feed(stores(9)[:-200])}),
    Bad("an empty feed", page(LOCATOR), Reason.NO_DIRECTORY, "no parishes", {FEED: feed("[]")}),
    Bad("a feed of schools", page(LOCATOR), Reason.NO_DIRECTORY, "left out",
        {FEED: feed(stores(9).replace("St. Odo &amp; St. Ita", "St. Odo School"))}),
    Bad("a locator capped at 25", page(LOCATOR), Reason.HELD_FOR_REVIEW, "25", {FEED: feed(stores(25))}),
    Bad("coordinates of another state", page(LOCATOR), Reason.HELD_FOR_REVIEW, "parishes",
        {FEED: feed(stores(4, state="", lat="29.9", lng="-90.0"))}),
    Bad("civil parishes", feed(civil_parishes()), Reason.NO_DIRECTORY, "left out"),
    Bad("a login wall", page("<h1>Sign in</h1><form action='/login' method='post'><input name='user'>"
                             "<input type='password' name='password'><button>Log in</button></form>"),
        Reason.NO_DIRECTORY, "no parishes"),
    Bad("an empty 200", lambda _: Reply(""), Reason.UNREADABLE, "empty"),
    Bad("bytes that are no text", lambda _: Reply(b"\x00\x01\x02" * 400), Reason.UNREADABLE, "no text"),
    Bad("a list of schools", page(f"<h1>Directory</h1><ul>{SCHOOLS}</ul>"), Reason.NO_DIRECTORY, "left out"),
    Bad("other parishes, with an endless next", part(1), Reason.HELD_FOR_REVIEW, "",
        {f"{LIST}?p={number}": part(number) for number in range(2, 99)}),
    Bad("a page that is gone", lambda _: Reply("gone", 404), Reason.HTTP_ERROR, "404"),
    Bad("a list that claims 185", page(f"<p>Showing 1-4 of 185 parishes</p>{directory(new_parishes(4))}"),
        Reason.HELD_FOR_REVIEW, "185"),
]  # fmt: skip


@pytest.mark.parametrize("bad", CASES, ids=lambda bad: bad.what)
async def test_no_wrong_row_is_published_and_the_outcome_names_the_reason(known: Country, bad: Bad) -> None:
    before = await known.facts()
    known.web.pages |= {LIST: bad.answer, **bad.others}
    await known.do(extraction, run="second", force=True)
    ((reason, detail, requests),) = await known.rows(
        """SELECT reason, detail, o.requests FROM outcomes o JOIN dioceses d ON d.id = diocese_id
        WHERE run = 'second' AND unit_kind = 'diocese' AND name = %s""", LARKSPUR
    )  # fmt: skip
    assert await known.facts() == before
    assert (reason, bad.says in str(detail)) == (bad.reason.value, True), (reason, detail)
    assert int(str(requests)) <= 12
