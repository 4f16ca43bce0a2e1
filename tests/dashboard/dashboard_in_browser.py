"""The dashboard in a browser, as it stands in a running Airflow after a run of the sample web.

No file of tests of its own: `tests/scripts/test_run_of_the_sample_web.py`, which has such an Airflow, takes all of this
in, and gives the fixture `kept_airflow`. Tests of further pages do the same, and use the fixtures below.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

import httpx
import psycopg
import pytest
from dashboard.window import PHONE, Window, opened
from dashboard_pages import SHOWN
from local_airflow import USER, VIEWER, Airflow
from selenium.webdriver.common.keys import Keys

POD, SHUT = "pod-of-a-test", "shut.example"


@pytest.fixture(scope="module")
def dashboard_window(kept_airflow: Airflow) -> Iterator[Window]:
    """One browser window for all tests; each test takes it by one of the next three."""
    with opened(kept_airflow) as window:
        yield window


@pytest.fixture
def as_admin(dashboard_window: Window) -> Window:
    """The window of somebody who may edit: wide, light."""
    return _of(dashboard_window, USER)


@pytest.fixture
def as_viewer(dashboard_window: Window) -> Window:
    """The window of somebody who may look."""
    return _of(dashboard_window, VIEWER)


@pytest.fixture
def as_nobody(dashboard_window: Window) -> Window:
    """The window of somebody who is not logged in."""
    return _of(dashboard_window, "")


@pytest.fixture
def crawl(kept_airflow: Airflow) -> Iterator[psycopg.Connection]:
    """The crawl's database, to change what the page shows; what these tests put there is gone afterwards."""
    with psycopg.connect(kept_airflow.crawl_url, autocommit=True) as connection:
        yield connection
        connection.execute("DELETE FROM pipeline_workers WHERE pod_name = %s", [POD])
        connection.execute("DELETE FROM hosts WHERE host = %s", [SHUT])


def _of(window: Window, user: str) -> Window:
    window.log_in(user)
    window.look()
    return window


# --- every page -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_comes_whole_from_our_own_server_and_complains_of_nothing(as_admin: Window, name: str) -> None:
    as_admin.open(SHOWN[name])
    assert as_admin.wait(lambda: as_admin.text("h1"))
    assert "As of" in as_admin.text(".moment")
    assert as_admin.hosts() == {""}
    assert as_admin.complaints() == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", SHOWN)
def test_axe_finds_nothing_serious(as_admin: Window, name: str, dark: bool) -> None:
    as_admin.look(dark=dark)
    as_admin.open(SHOWN[name])
    assert as_admin.violations() == []


@pytest.mark.parametrize("name", SHOWN)
def test_a_phone_shows_a_page_without_scrolling_sideways(as_admin: Window, name: str) -> None:
    as_admin.look(size=PHONE)
    as_admin.open(SHOWN[name])
    wide = (
        "return [...document.querySelectorAll('main *')].filter((one) => !one.closest('.wide') && "
        "one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 120))"
    )
    assert as_admin.js("return document.documentElement.scrollWidth") <= PHONE[0], as_admin.js(wide)


# --- who sees what ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHOWN)
def test_who_is_not_logged_in_is_told_to_and_sees_nothing(as_nobody: Window, name: str) -> None:
    as_nobody.open(SHOWN[name])
    assert as_nobody.text("h1") == "Not logged in"
    assert "Log in to Airflow" in as_nobody.text("main")
    assert "As of" not in as_nobody.text("main")


def test_a_viewer_reads_every_page_and_is_offered_no_change(as_viewer: Window, crawl: psycopg.Connection) -> None:
    _open_breaker(crawl, SHUT)
    for path in SHOWN.values():
        as_viewer.open(path)
        assert "As of" in as_viewer.text(".moment")
        assert as_viewer.all("form[method=post]") == []
    answer = httpx.post(
        f"{as_viewer.airflow.address}/vitality/breakers/close",
        data={"host": SHUT},
        headers={"authorization": f"Bearer {as_viewer.token(VIEWER)}", "sec-fetch-site": "same-origin"},
        trust_env=False,
    )
    assert answer.status_code == 403
    assert crawl.execute("SELECT count(*) FROM hosts WHERE open_until > now() AND host = %s", [SHUT]).fetchone() == (1,)


def test_an_editor_closes_a_breaker_and_airflow_remembers_who(as_admin: Window, crawl: psycopg.Connection) -> None:
    _open_breaker(crawl, SHUT)
    as_admin.open("/")
    assert SHUT in as_admin.text("[data-live=breakers]")
    as_admin.find(f"form:has([value='{SHUT}']) button").click()
    as_admin.wait(lambda: SHUT not in as_admin.text("[data-live=breakers]"))
    with psycopg.connect(as_admin.airflow.metadata_url) as airflow:
        rows = airflow.execute("SELECT owner, extra FROM log WHERE event = 'vitality.close_breaker'").fetchall()
    assert set(rows) == {(USER, SHUT)}


# --- in Airflow -------------------------------------------------------------------------------------------------------


def test_airflow_frames_it_under_its_own_navigation(as_admin: Window) -> None:
    as_admin.open("/plugin/vitality")
    frame = as_admin.wait(lambda: as_admin.all("iframe"), 30)[0]
    assert as_admin.all("nav a[href$='/plugin/vitality'], a[href$='/plugin/vitality']")
    as_admin.driver.switch_to.frame(frame)
    assert as_admin.wait(lambda: as_admin.text("h1")) == "Now"
    as_admin.find("nav a[href$='/reports']").click()
    assert as_admin.wait(lambda: as_admin.text("h1") == "Reports")
    as_admin.driver.switch_to.default_content()
    assert "/plugin/vitality" in as_admin.driver.current_url


def test_it_is_dark_when_airflow_is(as_admin: Window) -> None:
    as_admin.look(dark=False)
    as_admin.open("/plugin/vitality")
    frame = as_admin.wait(lambda: as_admin.all("iframe"), 30)[0]
    as_admin.js("document.documentElement.classList.replace('light', 'dark')")
    as_admin.driver.switch_to.frame(frame)
    dark = "return getComputedStyle(document.body).backgroundColor"
    assert as_admin.wait(lambda: as_admin.js(dark) == "rgb(21, 24, 28)")
    as_admin.driver.switch_to.default_content()


# --- alive ------------------------------------------------------------------------------------------------------------


def test_a_heartbeat_is_seen_within_ten_seconds_and_nothing_is_taken_from_the_reader(
    as_admin: Window, crawl: psycopg.Connection
) -> None:
    as_admin.open("/")
    as_admin.js("document.querySelector('#gone').open = true; window.stays = document.querySelector('#workers')")
    as_admin.find("#gone summary").click()  # closed, and opened again: by the reader's own hand
    as_admin.find("#gone summary").click()
    crawl.execute(
        "INSERT INTO pipeline_workers (worker_id, worker_type, pod_name, status, current_diocese, parishes_done) "
        "VALUES ('seen-alive', 'schedule', %s, 'active', 'Diocese <b>of</b> \u202eLarkspur', 41)",
        [POD],
    )
    as_admin.wait(lambda: POD in as_admin.text("[data-live=workers]"), 10)
    crawl.execute("UPDATE pipeline_workers SET parishes_done = 42 WHERE worker_id = 'seen-alive'")
    as_admin.wait(lambda: "42" in as_admin.text("[data-live=workers] table"), 10)
    assert "Diocese <b>of</b> Larkspur" in as_admin.text("[data-live=workers]")
    assert as_admin.js("return document.querySelector('#gone').open && window.stays.isConnected")
    assert as_admin.js("return document.activeElement.closest('#gone') !== null")


def test_the_keyboard_reaches_the_pages_and_the_pause(as_admin: Window) -> None:
    as_admin.open("/")
    as_admin.wait(lambda: as_admin.find("#live-pause").is_displayed())
    reached = []
    for _ in range(len(SHOWN) + 12):
        as_admin.driver.switch_to.active_element.send_keys(Keys.TAB)
        reached.append(as_admin.js("return document.activeElement.textContent.trim()"))
        if reached[-1] == "Pause updates":
            break
    assert reached[0] == "Skip to the content"
    assert {"Now", "Reports", "AI", "Take away", "Pause updates"} <= set(reached)
    as_admin.driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert as_admin.wait(lambda: "Paused" in as_admin.text("#live-state"))
    assert as_admin.text("#live-pause") == "Go on with updates"


# --- reports, files ---------------------------------------------------------------------------------------------------


def test_the_newest_report_is_shown_and_may_do_nothing(as_admin: Window) -> None:
    as_admin.open("/reports")
    assert "The newest report" in as_admin.text("main")
    frames = as_admin.all("iframe.report")
    assert len(frames) == 1
    as_admin.driver.switch_to.frame(frames[0])
    assert as_admin.wait(lambda: as_admin.text("h1")).startswith("Report of")
    as_admin.driver.switch_to.default_content()


def test_what_is_taken_away_is_what_is_published(as_admin: Window, crawl: psycopg.Connection) -> None:
    with httpx.Client(
        base_url=f"{as_admin.airflow.address}/vitality",
        headers={"authorization": f"Bearer {as_admin.token(USER)}"},
        trust_env=False,
        timeout=60,
    ) as client:
        geojson, csv = client.get("/export/geojson"), client.get("/export/csv")
    (published,) = crawl.execute("SELECT count(*) FROM parishes WHERE gone_at IS NULL").fetchone() or (0,)
    assert geojson.headers["content-type"] == "application/geo+json"
    assert "attachment" in geojson.headers["content-disposition"]
    assert len(json.loads(geojson.text)["features"]) == published
    with zipfile.ZipFile(io.BytesIO(csv.content)) as archive:
        assert any(name.endswith("/parishes.csv") for name in archive.namelist())


def _open_breaker(crawl: psycopg.Connection, host: str) -> None:
    crawl.execute(
        """INSERT INTO hosts (host, open_until, open_reason, failures) VALUES (%s, now() + interval '1 h', 'timeout', 5)
        ON CONFLICT (host) DO UPDATE SET open_until = EXCLUDED.open_until""",
        [host],
    )
