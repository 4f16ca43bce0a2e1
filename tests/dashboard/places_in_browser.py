"""Dioceses, the map and parishes in a browser; how these tests come to their Airflow: see dashboard_in_browser.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import psycopg
import pytest
from dashboard.window import PHONE, Window
from local_airflow import USER, VIEWER
from psycopg.types.json import Jsonb
from selenium.webdriver.common.keys import Keys

NAME = "Diocese of a Test"
TRAP = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>\u202eSt. Evil\u202c'


@dataclass(frozen=True)
class Invented:
    """A diocese of this test, with sixty parishes (all called alike, but for a number) and a reading held back."""

    crawl: psycopg.Connection
    diocese: int
    review: int

    def parishes(self) -> set[str]:
        rows = self.crawl.execute("SELECT name FROM parishes WHERE diocese_id = %s AND gone_at IS NULL", [self.diocese])
        return {name for (name,) in rows}

    def decided(self) -> tuple[str, bool] | None:
        return self.crawl.execute("SELECT decided_by, accepted FROM reviews WHERE id = %s", [self.review]).fetchone()


@pytest.fixture
def invented(crawl: psycopg.Connection) -> Iterator[Invented]:
    """It is in no other test's way, and gone afterwards."""
    times = "now(), now()"
    ((diocese,),) = crawl.execute(
        f"INSERT INTO dioceses (name, state, first_seen, changed_at) VALUES (%s, 'MO', {times}) RETURNING id", [NAME]
    ).fetchall()
    crawl.execute(
        f"""INSERT INTO parishes (diocese_id, identity, name, city, state, latitude, longitude, first_seen, changed_at)
        SELECT %s, 'p' || n, 'Quillwort ' || n, 'Ézy', 'MO', 38.6, -92.2, {times} FROM generate_series(1, 60) AS n""",
        [diocese],
    )
    entries = [{"identity": f"p{n}", "name": f"Quillwort {n}", "city": "Ézy", "state": "MO"} for n in range(2, 62)]
    entries = [{**one, "latitude": 38.6, "longitude": -92.2, "page_url": None, "platform": "cards"} for one in entries]
    ((review,),) = crawl.execute(
        """INSERT INTO reviews (diocese_id, run, published, proposed, why, entries, created_at)
        VALUES (%s, 'test', 60, 60, 'one came and one went', %s, now()) RETURNING id""",
        [diocese, Jsonb(entries)],
    ).fetchall()
    yield Invented(crawl, diocese, review)
    crawl.execute("DELETE FROM evidence WHERE service_id IN (SELECT id FROM services WHERE words = 'a test')")
    crawl.execute("DELETE FROM services WHERE words = 'a test'")
    for table in ("reviews", "parishes"):
        crawl.execute(f"DELETE FROM {table} WHERE diocese_id = %s".encode(), [diocese])
    crawl.execute("DELETE FROM dioceses WHERE id = %s", [diocese])


def test_a_parish_is_searched_for_and_the_list_is_turned(as_admin: Window, invented: Invented) -> None:
    as_admin.open("/parishes")
    as_admin.find("#q").send_keys("test EZY quillwort", Keys.ENTER)
    as_admin.wait(lambda: "1–50 of 60 parishes" in as_admin.text("nav.pages"))
    assert len(as_admin.all("tbody tr")) == 50
    as_admin.find("a[rel=next]").click()
    as_admin.wait(lambda: "51–60 of 60 parishes" in as_admin.text("nav.pages"))
    assert as_admin.find("#q").get_attribute("value") == "test EZY quillwort"
    as_admin.find("thead th:first-child a").click()  # sorted by name: from the first page on
    as_admin.wait(lambda: as_admin.find("thead th:first-child").get_attribute("aria-sort") == "ascending")
    as_admin.find("tbody th a").click()
    as_admin.wait(lambda: as_admin.text("h1").startswith("Quillwort"))
    assert "None are known. That is not to say that there are none." in as_admin.text("main")


def test_a_phone_finds_the_week_of_a_parish_as_a_list(as_admin: Window, crawl: psycopg.Connection) -> None:
    ((parish,),) = crawl.execute(
        """SELECT parish_id FROM services JOIN parishes p ON p.id = parish_id
        WHERE valid_to IS NULL AND gone_at IS NULL AND days = '{SU}' AND season IS NULL AND start_time > '' LIMIT 1"""
    ).fetchall()
    as_admin.open(f"/parishes/{parish}")
    assert as_admin.find("table.week").is_displayed()
    assert not as_admin.find("ol.days").is_displayed()
    as_admin.look(size=PHONE)
    assert as_admin.wait(lambda: as_admin.find("ol.days").is_displayed())
    assert "Mass" in as_admin.text("ol.days")
    assert not as_admin.find("table.week").is_displayed()


def test_the_quote_is_marked_in_the_page_where_it_stands(as_admin: Window, crawl: psycopg.Connection) -> None:
    ((parish, quote),) = crawl.execute(
        """SELECT parish_id, quote FROM evidence e JOIN services s ON s.id = service_id
        JOIN page_bodies ON hash = page_hash WHERE valid_to IS NULL AND method IN ('list', 'prose') AND body IS NOT NULL
        ORDER BY e.id LIMIT 1"""
    ).fetchall()
    as_admin.open(f"/parishes/{parish}")
    marks = [mark.text for mark in as_admin.all("blockquote mark")]
    assert " ".join(quote.split()) in {" ".join(mark.split()) for mark in marks}
    as_admin.find("a[href*='/evidence/']").click()
    as_admin.wait(lambda: as_admin.text("h1").startswith("Evidence"))
    assert as_admin.find("pre #quote").is_displayed()
    assert as_admin.complaints() == []


def test_an_editor_accepts_a_reading_after_a_question(as_admin: Window, invented: Invented) -> None:
    as_admin.open("/dioceses?held=yes")
    as_admin.driver.find_element("link text", NAME).click()
    as_admin.wait(lambda: "one came and one went" in as_admin.text("main"))
    assert "Quillwort 61" in as_admin.text("#coming, #moved")
    as_admin.find("a[href$='/review/accept']").click()
    as_admin.wait(lambda: as_admin.text("h1").startswith("Accept the held reading"))
    assert "Quillwort 1" in invented.parishes()  # a question changes nothing
    as_admin.find("main form button[type=submit]").click()
    as_admin.wait(lambda: as_admin.text("h1") == "Accepted and published")
    assert "1 parishes are new, 0 changed, 0 are back, 1 are gone." in as_admin.text("main")
    assert invented.parishes() == {f"Quillwort {n}" for n in range(2, 62)}
    assert invented.decided() == (USER, True)
    with psycopg.connect(as_admin.airflow.metadata_url) as airflow:
        rows = airflow.execute("SELECT owner, extra FROM log WHERE event = 'vitality.accept_reading'").fetchall()
    assert (USER, f"{NAME} (review {invented.review})") in rows


def test_an_editor_rejects_a_reading_with_the_keyboard_alone(as_admin: Window, invented: Invented) -> None:
    as_admin.open(f"/dioceses/{invented.diocese}/review/reject")
    as_admin.find("main form button[type=submit]").send_keys(Keys.ENTER)
    as_admin.wait(lambda: as_admin.text("h1") == "Rejected")
    assert invented.parishes() == {f"Quillwort {n}" for n in range(1, 61)}
    assert invented.decided() == (USER, False)
    as_admin.open(f"/dioceses/{invented.diocese}")
    assert "A reading is held back" not in as_admin.text("main")


def test_a_viewer_sees_what_is_held_back_and_decides_nothing(as_viewer: Window, invented: Invented) -> None:
    as_viewer.open(f"/dioceses/{invented.diocese}")
    assert "one came and one went" in as_viewer.text("main")
    assert as_viewer.all("a[href*='/review/']") == []
    answer = httpx.post(
        f"{as_viewer.airflow.address}/vitality/dioceses/{invented.diocese}/review/accept",
        data={"review": str(invented.review), "read_at": "2026-01-01T00:00:00Z"},
        headers={"authorization": f"Bearer {as_viewer.token(VIEWER)}", "sec-fetch-site": "same-origin"},
        trust_env=False,
    )
    assert answer.status_code == 403
    assert invented.decided() == (None, None)


def test_the_map_leads_to_states_and_dioceses(as_admin: Window, invented: Invented) -> None:
    as_admin.open("/map")
    missouri = as_admin.find(".map a[href$='state=MO']")
    assert (missouri.get_attribute("aria-label") or "").startswith("MO ")
    as_admin.js("document.querySelector(\".map a[href$='state=MO']\").focus()")
    as_admin.driver.switch_to.active_element.send_keys(Keys.ENTER)
    as_admin.wait(lambda: as_admin.text("h1") == "Parishes")
    assert as_admin.find("#state").get_attribute("value") == "MO"
    as_admin.open("/map")
    as_admin.find(f".map a[href$='/dioceses/{invented.diocese}'] circle").click()
    as_admin.wait(lambda: as_admin.text("h1") == NAME)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious_where_a_reading_is_held_back(
    as_admin: Window, invented: Invented, dark: bool
) -> None:
    as_admin.look(dark=dark)
    for path in (f"/dioceses/{invented.diocese}", f"/dioceses/{invented.diocese}/review/accept", "/map"):
        as_admin.open(path)
        assert as_admin.violations() == [], path


def test_a_hostile_name_runs_nothing(as_admin: Window, invented: Invented) -> None:
    crawl = invented.crawl
    crawl.execute("UPDATE dioceses SET name = %s WHERE id = %s", [TRAP, invented.diocese])
    held = {"identity": "x", "name": TRAP, "website": "javascript:ran=1", "street": TRAP}
    crawl.execute("UPDATE reviews SET why = %s, entries = %s WHERE id = %s", [TRAP, Jsonb([held]), invented.review])
    ((parish,),) = crawl.execute(
        """UPDATE parishes SET name = %s, website = 'javascript:ran=1'
        WHERE diocese_id = %s AND identity = 'p1' RETURNING id""",
        [TRAP, invented.diocese],
    ).fetchall()
    ((service,),) = crawl.execute(
        """INSERT INTO services (parish_id, type, days, start_time, language, words, note, valid_from)
        VALUES (%s, 'mass', '{SU}', '08:00', 'en', 'a test', NULL, now()) RETURNING id""",
        [parish],
    ).fetchall()
    crawl.execute(
        """INSERT INTO evidence (service_id, page_hash, url, quote, span_start, span_end, method, confidence)
        VALUES (%s, %s, 'javascript:ran=1', %s, 0, 9, 'list', 0.9)""",
        [service, "f" * 64, TRAP],
    )
    for path in ("/dioceses", f"/dioceses/{invented.diocese}", "/parishes?q=evil", f"/parishes/{parish}", "/map"):
        as_admin.open(path)
        as_admin.wait(lambda: as_admin.text("h1"))
        assert "<script>" in as_admin.js("return document.documentElement.textContent"), path  # as words
        assert as_admin.js("return typeof window.ran") == "undefined", path
        assert as_admin.hosts() == {""}, path
        assert as_admin.complaints() == [], path
