"""The dashboard as Airflow mounts it, on a database of this test alone, for somebody with chosen rights."""

from collections.abc import AsyncIterator

import airflow_home  # noqa: F401 - before anything imports Airflow
import httpx
import pytest
from dashboard.visitors import EDITOR, ORIGIN, READER, Visitor
from fastapi import FastAPI, HTTPException, Request


@pytest.fixture
def dashboard(database_url: str, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    """The app itself. What Airflow's own database would tell is replaced: who asks, the pools, the audit log."""
    from vitality_airflow.dashboard.app import build  # noqa: PLC0415 - after airflow_home
    from vitality_airflow.dashboard.pools import PoolUse, pool_use  # noqa: PLC0415

    monkeypatch.setenv("AIRFLOW_CONN_VITALITY_POSTGRES", database_url)
    app = build()
    app.dependency_overrides[pool_use] = lambda: (
        PoolUse("vitality_extraction", 5, 1, 0, 3, 0, 1, counts_deferred=True),
        PoolUse("vitality_schedule", 3, 0, 0, 3, 0, 3, counts_deferred=False),
    )
    return app


@pytest.fixture
def audited(dashboard: FastAPI) -> list[tuple[str, str, str]]:
    """What was written to Airflow's audit log: who, the event, on what."""
    from vitality_airflow.dashboard.audit import auditor  # noqa: PLC0415

    rows: list[tuple[str, str, str]] = []

    async def note(who: str, event: str, what: str) -> None:
        rows.append((who, event, what))

    dashboard.dependency_overrides[auditor] = lambda: note
    return rows


@pytest.fixture
async def visitor(dashboard: FastAPI) -> AsyncIterator[Visitor]:
    """Makes a client of somebody: of EDITOR, READER, STRANGER (logged in, no rights) or NOBODY (not logged in)."""
    from vitality_airflow.dashboard.access import Person, person  # noqa: PLC0415

    def who(request: Request) -> Person:
        name = request.headers.get("x-test-person", "")
        if not name:
            raise HTTPException(401, "Not authenticated")
        return Person(name, name in {EDITOR, READER}, name == EDITOR)

    dashboard.dependency_overrides[person] = who
    airflow = FastAPI()
    airflow.mount("/vitality", dashboard)

    def make(name: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(airflow, raise_app_exceptions=False)
        headers = {"x-test-person": name} if name else {}
        return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers)

    yield make
    await dashboard.state.database.close()


@pytest.fixture
def reader(visitor: Visitor) -> httpx.AsyncClient:
    """Somebody who may read."""
    return visitor(READER)


@pytest.fixture
def editor(visitor: Visitor) -> httpx.AsyncClient:
    """Somebody who may edit; a POST needs `headers=FROM_OUR_PAGE`."""
    return visitor(EDITOR)
