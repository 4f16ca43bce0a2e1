"""`make page-times`: how long each page of the dashboard takes over a database of national size.

An embedded PostgreSQL is filled (a minute), and each page is asked for fifty times through the real app, with nothing
but Airflow's login replaced. Prints the median and the worst; 1 when a median is above the limit.
"""

from __future__ import annotations

import asyncio
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path += [str(ROOT / "tests"), str(ROOT / "plugins")]

import airflow_home  # noqa: E402, F401 - before anything imports Airflow
import httpx  # noqa: E402
import national_database  # noqa: E402
import psycopg  # noqa: E402
from fastapi import FastAPI  # noqa: E402
from vitality_airflow.dashboard.access import Person, person  # noqa: E402
from vitality_airflow.dashboard.app import build  # noqa: E402

from vitality_lib.store import embedded, migrate  # noqa: E402

LIMIT_MS = 300
TIMES = 50
PAGES = (
    "/",
    "/dioceses",
    "/dioceses?q=diocese&sort=-services",
    "/dioceses?outcome=ok&state=TX",
    "/dioceses/1",
    "/dioceses/4",  # a reading is held back
    "/dioceses/4/review/accept",
    "/map",
    "/parishes",
    "/parishes?q=anne+salem",
    "/parishes?q=st+diocese&page=300&sort=-city",
    "/parishes?outcome=timeout",
    "/parishes?services=no&state=TX",
    "/parishes/{number}",
    "/parishes/{number}/evidence/{evidence}",
    "/reports",
    "/ai",
    "/take-away",
)


def main() -> int:
    """0: each median is within the limit."""
    logging.disable(logging.WARNING)  # Airflow has much to say
    with tempfile.TemporaryDirectory(prefix="vitality-pages-") as home, embedded.running(Path(home)) as server:
        url = server.url("postgres")
        migrate.upgrade(url)
        os.environ["AIRFLOW_CONN_VITALITY_POSTGRES"] = url
        airflow = Path(sys.executable).with_name("airflow")
        subprocess.run([airflow, "db", "migrate"], check=True, capture_output=True)  # the pools of the page Now
        return asyncio.run(_measured(url))


async def _measured(url: str) -> int:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        await national_database.fill(connection)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("VACUUM ANALYZE")
        rows = await connection.execute(
            """SELECT parish_id, min(evidence.id) FROM services JOIN evidence ON service_id = services.id
            WHERE valid_to IS NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT %s""",
            [TIMES],
        )
        parishes = await rows.fetchall()
    dashboard = build()
    dashboard.dependency_overrides[person] = lambda: Person("ann", True, True)
    airflow = FastAPI()
    airflow.mount("/vitality", dashboard)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(airflow), base_url="http://airflow.example") as browser:
        slow = [page for page in PAGES if await _median(browser, page, parishes) > LIMIT_MS]
    await dashboard.state.database.close()
    print(f"{len(slow)} of {len(PAGES)} pages have a median above {LIMIT_MS} ms: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


async def _median(browser: httpx.AsyncClient, page: str, parishes: list[tuple[int, int]]) -> float:
    """In milliseconds. Where a page is of one parish, each time of another one: nothing is remembered of it."""
    times, size = [], 0
    for number, evidence in parishes:
        begun = time.perf_counter()
        answer = await browser.get("/vitality" + page.format(number=number, evidence=evidence))
        times.append(1000 * (time.perf_counter() - begun))
        assert answer.status_code == 200, f"{page}: {answer.status_code}"
        size = len(answer.content)
    median = statistics.median(times)
    print(f"{page:45} median {median:6.1f} ms   worst {max(times):7.1f} ms   {size / 1024:6.0f} KiB", flush=True)
    return median


if __name__ == "__main__":
    sys.exit(main())
