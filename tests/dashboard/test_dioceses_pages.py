"""The pages Dioceses and Diocese, and what an editor decides there."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from dashboard.visitors import FROM_OUR_PAGE
from reports.fictional_country import LAST_WEEK, LONG_AGO, NOON, Country

from vitality_lib.models import ParishEntry
from vitality_lib.store import parishes, reviews
from vitality_lib.store.database import Database
from vitality_lib.store.parishes import ListedParish


@dataclass(frozen=True)
class Settled:
    """Larkspur, with a reading that is held back, and Tamarack, of which discovery found nothing."""

    database: Database
    larkspur: int
    tamarack: int

    async def names(self) -> list[str]:
        async with self.database.transaction() as connection:
            return [one.entry.name for one in await parishes.current(connection, self.larkspur)]

    async def hold(self, names: list[str], at: timedelta) -> None:
        listed = [ListedParish(name, ParishEntry(name, website=f"https://{name.lower()}.example/")) for name in names]
        async with self.database.transaction() as connection:
            await reviews.hold(
                connection, self.larkspur, run="r", published=2, proposed=listed, why="1 of 2 gone", now=NOON + at
            )


@pytest.fixture
async def settled(database: Database, tmp_path: Path) -> AsyncIterator[Settled]:
    async with database.transaction() as connection:
        here = Country(connection, tmp_path)
        larkspur = await here.diocese("Diocese of Larkspur", state="MO", website="https://larkspur.example")
        tamarack = await here.diocese("Diocese of Tamarack", state="AK")
        found = {"found_at": LONG_AGO, "changed_at": LONG_AGO, "platform": "ecatholic", "route": "static"}
        why = {"label": "Find a Parish", "score": 7.5, "reasons": '["the label says so"]', "proved": 2}
        await here.add("directories", diocese_id=larkspur, url="https://larkspur.example/parishes", **found, **why)
        now = [ListedParish(name, ParishEntry(name, city="Larkspur")) for name in ("Anne", "Brendan")]
        await parishes.publish(connection, larkspur, now, LONG_AGO)
        await here.outcome("discovery", "diocese", larkspur, "ok", LONG_AGO)
        await here.outcome("extraction", "diocese", larkspur, "held_for_review", LAST_WEEK)
        await here.outcome("discovery", "diocese", tamarack, "tls_failure", LAST_WEEK)
        await here.add(
            "directory_overrides", diocese_id=larkspur, url="https://larkspur.example/named", why="A letter says so",
            set_by="ann", set_at=LONG_AGO,
        )  # fmt: skip
    settled = Settled(database, larkspur, tamarack)
    await settled.hold(["Anne", "Clare"], timedelta())
    return settled


def form_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


async def test_the_list_tells_of_each_diocese_what_stands_in_its_way(
    reader: httpx.AsyncClient, settled: Settled
) -> None:
    page = (await reader.get("/vitality/dioceses")).text
    tamarack = page[page.index("Diocese of Tamarack") :]
    assert "tls failure" in tamarack
    assert "Finding the directory" in tamarack
    assert "expired or wrong" in tamarack
    assert "not visited" not in tamarack
    assert "none known" in tamarack  # of parishes, where others have their number
    larkspur = page[page.index("Diocese of Larkspur") : page.index("Diocese of Tamarack")]
    assert "held back" in larkspur
    assert "ecatholic" in larkspur


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=lark", {"Larkspur"}),
        ("?state=AK", {"Tamarack"}),
        ("?outcome=tls_failure", {"Tamarack"}),
        ("?held=yes", {"Larkspur"}),
        ("?sort=-name", {"Larkspur", "Tamarack"}),
        ("?page=7", set()),
        ("?q=%00%25", set()),
    ],
)
async def test_the_list_is_searched_and_filtered(
    reader: httpx.AsyncClient, settled: Settled, query: str, expected: set[str]
) -> None:
    answer = await reader.get(f"/vitality/dioceses{query}")
    assert answer.status_code == 200
    assert set(re.findall(r"Diocese of (Larkspur|Tamarack)", answer.text)) == expected


async def test_a_diocese_has_its_evidence_its_outcomes_and_its_override(
    reader: httpx.AsyncClient, settled: Settled
) -> None:
    page = (await reader.get(f"/vitality/dioceses/{settled.larkspur}")).text
    for words in ("Find a Parish", "score of 7.5", "the label says so", "2 parishes were seen", "A letter says so"):
        assert words in page
    assert page.index("held for review") < page.index("discovery")
    assert "takes the right to edit" in page
    assert "/review/accept" not in page


async def test_the_difference_tells_who_comes_who_goes_and_what_changes(
    reader: httpx.AsyncClient, settled: Settled
) -> None:
    page = (await reader.get(f"/vitality/dioceses/{settled.larkspur}")).text
    coming, going = page[page.index('id="coming"') : page.index('id="going"')], page[page.index('id="going"') :]
    assert "Clare" in coming
    assert "Brendan" not in coming
    assert "Brendan" in going[: going.index("</details>")]
    changed = page[page.index('id="changed"') :]
    assert "Anne" in changed
    assert "https://anne.example/" in changed


async def test_there_is_no_such_diocese(reader: httpx.AsyncClient, settled: Settled) -> None:
    answer = await reader.get("/vitality/dioceses/4711")
    assert answer.status_code == 404
    assert "no diocese 4711" in answer.text


async def test_an_editor_is_asked_before_a_reading_is_accepted(
    editor: httpx.AsyncClient, settled: Settled, audited: list[tuple[str, str, str]]
) -> None:
    path = f"/vitality/dioceses/{settled.larkspur}/review/accept"
    question = (await editor.get(path)).text
    assert "2 parishes are published, 2 would be" in question
    assert await settled.names() == ["Anne", "Brendan"]  # nothing is done by asking
    answer = await editor.post(path, data=form_of(question), headers=FROM_OUR_PAGE)
    assert answer.status_code == 200
    assert "1 parishes are new, 1 changed, 0 are back, 1 are gone" in answer.text
    assert await settled.names() == ["Anne", "Clare"]
    ((who, event, what),) = audited
    assert (who, event) == ("editor", "accept_reading")
    assert "Diocese of Larkspur" in what
    page = (await editor.get(f"/vitality/dioceses/{settled.larkspur}")).text
    assert "A reading is held back" not in page
    assert "accepted" in page
    assert "<bdi>editor</bdi>" in page  # who decided


async def test_an_editor_rejects_a_reading(
    editor: httpx.AsyncClient, settled: Settled, audited: list[tuple[str, str, str]]
) -> None:
    path = f"/vitality/dioceses/{settled.larkspur}/review/reject"
    form = form_of((await editor.get(path)).text)
    answer = await editor.post(path, data=form, headers=FROM_OUR_PAGE)
    assert (answer.status_code, "what is published stays" in answer.text) == (200, True)
    assert await settled.names() == ["Anne", "Brendan"]
    assert [event for _, event, _ in audited] == ["reject_reading"]
    again = await editor.post(path, data=form, headers=FROM_OUR_PAGE)
    assert again.status_code == 409
    assert "was rejected by <bdi>editor</bdi>" in again.text


async def test_a_reading_that_nobody_looked_at_is_not_accepted(
    editor: httpx.AsyncClient, settled: Settled, audited: list[tuple[str, str, str]]
) -> None:
    path = f"/vitality/dioceses/{settled.larkspur}/review/accept"
    form = form_of((await editor.get(path)).text)
    await settled.hold(["Dymphna"], timedelta(hours=1))  # another reading takes its place meanwhile
    answer = await editor.post(path, data=form, headers=FROM_OUR_PAGE)
    assert (answer.status_code, "Nothing was changed" in answer.text) == (409, True)
    assert not audited
    assert await settled.names() == ["Anne", "Brendan"]


async def test_a_reader_decides_nothing(reader: httpx.AsyncClient, editor: httpx.AsyncClient, settled: Settled) -> None:
    path = f"/vitality/dioceses/{settled.larkspur}/review/accept"
    form = form_of((await editor.get(path)).text)
    assert (await reader.get(path)).status_code == 403
    assert (await reader.post(path, data=form, headers=FROM_OUR_PAGE)).status_code == 403
    assert await settled.names() == ["Anne", "Brendan"]
