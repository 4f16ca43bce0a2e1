"""Names, quotes and addresses from hostile websites, on every page about dioceses and parishes: words, and no more."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup

sys.path.append(str(Path(__file__).parent.parent / "reports"))

from fictional_country import LAST_WEEK, NOON, Country
from hostile_country import TRAPS, settle

from vitality_lib.models import ParishEntry
from vitality_lib.store import pages, reviews
from vitality_lib.store.database import Database
from vitality_lib.store.parishes import ListedParish

LONGEST = "St. Endless " + "A" * 10_000
OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@pytest.fixture
async def paths(database: Database, tmp_path: Path) -> AsyncIterator[list[str]]:
    """Every page of every diocese and parish of the hostile country, what changed and what is held back included."""
    async with database.transaction() as connection:
        here = Country(connection, tmp_path)
        parishes = await settle(here)
        endless = await here.diocese(LONGEST, state="MO")
        parishes.append(await here.parish(endless, LONGEST, state="MO", city=LONGEST, website="https://" + "a" * 2000))
        numbers = [await _more(here, number, parish) for number, parish in enumerate(parishes)]
        dioceses = [id_ async for (id_,) in await connection.execute("SELECT id FROM dioceses ORDER BY id")]
    found = ["/dioceses", "/dioceses?held=yes", "/parishes", "/map"]
    for diocese, parish, evidence in zip(dioceses, parishes, numbers, strict=True):
        found += [f"/dioceses/{diocese}", f"/dioceses/{diocese}/review/accept", f"/parishes/{parish}"]
        found.append(f"/parishes/{parish}/evidence/{evidence}")
    yield found


async def _more(here: Country, number: int, parish: int) -> int:
    """What the hostile country lacks: a kept page with the quote in it, outcomes, a reading held back, corrections."""
    trap = (*TRAPS, LONGEST)[number].replace("\x00", "")
    ((diocese,),) = await (
        await here.connection.execute("SELECT diocese_id FROM parishes WHERE id = %s", [parish])
    ).fetchall()
    body = json.dumps([trap] * 3).encode()
    hash_ = hashlib.sha256(body).hexdigest()
    headers = {"content-type": "text/plain"}
    await pages.keep(
        here.connection, pages.Kept(trap, trap, trap, "http", 200, headers, None, None, hash_, NOON, NOON), body
    )
    service = await here.service(parish, confidence=None, start_time="07:00", words=trap, valid_from=NOON, note=trap)
    ended = await here.service(parish, confidence=None, start_time="06:00", words=trap, valid_to=NOON)
    piece = {"page_hash": hash_, "url": trap, "quote": trap, "method": trap, "confidence": 0.5}
    evidence = await here.add("evidence", service_id=service, span_start=2, span_end=9, **piece)
    await here.add("evidence", service_id=ended, span_start=2, span_end=9, **piece)
    await here.add(
        "outcomes", run=trap, stage="schedule", unit_kind="parish", unit_id=parish, diocese_id=diocese,
        reason="internal_error", detail=trap, finished_at=LAST_WEEK,
    )  # fmt: skip
    held = [ListedParish(f"{trap} held", ParishEntry(trap, street=trap, city=trap, website=trap))]
    await reviews.hold(here.connection, diocese, run=trap, published=1, proposed=held, why=trap, now=NOON)
    await here.add(
        "directory_overrides", diocese_id=diocese, url=trap, why=trap, set_by=trap, set_at=NOON - timedelta(days=1)
    )
    await here.add(
        "schedule_pages",
        parish_id=parish,
        place=1,
        url=trap,
        page_hash=hash_,
        why=trap,
        services=1,
        kept=1,
        read_at=NOON,
    )
    return evidence


def complaints(html: str) -> list[str]:
    """What is on a page that should not be there."""
    page = BeautifulSoup(html, "html.parser")
    found = [str(tag) for tag in page.find_all(["img", "iframe", "object", "base", "style", "embed"])]
    found += [
        str(tag) for tag in page.find_all("script") if not str(tag.get("src", "")).startswith("/vitality/static/")
    ]
    for tag in page.find_all(True):
        found += [f"{tag.name} {name}" for name in tag.attrs if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action"):
            address = str(tag.get(name, "/"))
            if not address.startswith(("/", "?", "#", "https://")) or ("evil" in address and '"' in address):
                found.append(f"{tag.name} {name}={address[:80]}")
    found += [f"turns or hides: {sign!r}" for sign in OVERRIDES.findall(html)]
    for link in page.select("a[href^='http']"):
        lacking = {"nofollow", "noopener", "noreferrer"} - set(link["rel"])
        found += [f"{link} lacks {lacking}"] if lacking else []
        found += [f"{link} leads to evil"] if "evil" in str(link["href"]) else []
    for quote in page.select("blockquote, pre"):  # which may be long, and break their lines anywhere
        quote.extract()
    found += [text[:80] for text in page.find_all(string=re.compile(r"\S{800}"))]
    return found


async def test_whatever_a_website_says_stays_words(
    reader: httpx.AsyncClient, editor: httpx.AsyncClient, paths: list[str]
) -> None:
    for path in paths:
        answer = await editor.get(f"/vitality{path}")
        assert answer.status_code == 200, path
        assert complaints(answer.text) == [], path


async def test_names_are_isolated_and_cut(editor: httpx.AsyncClient, paths: list[str]) -> None:
    page = BeautifulSoup((await editor.get("/vitality/parishes")).text, "html.parser")
    names = page.select("tbody th a")
    assert len(names) == len(TRAPS) + 1
    assert all(name.find("bdi") and len(name.get_text()) <= 120 for name in names)
    assert any(name.get_text().startswith("<script>alert(1)</script>") for name in names)  # as words


async def test_a_search_for_markup_is_words_too(reader: httpx.AsyncClient, paths: list[str]) -> None:
    for path in ("/dioceses", "/parishes"):
        answer = await reader.get(
            f"/vitality{path}", params={"q": '"><script>alert(1)</script>', "sort": '"><b>', "state": "<"}
        )
        assert answer.status_code == 200
        assert complaints(answer.text) == []
