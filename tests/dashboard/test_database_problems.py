"""When there is no database, or another one than this software knows, a page says so in a line; none breaks."""

import httpx
import psycopg
import pytest
from dashboard.seen import text
from dashboard.visitors import READER, Visitor
from fastapi import FastAPI

PAGES = ("/", "/reports", "/ai", "/take-away", "/export/json")


async def refused(client: httpx.AsyncClient) -> set[str]:
    """What every page says, with status 503."""
    said = set()
    for path in PAGES:
        answer = await client.get(f"/vitality{path}")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "10"), path
        said.add(text(answer.text, "[role=alert]"))
    return said


async def test_no_database_is_named(dashboard: FastAPI, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AIRFLOW_CONN_VITALITY_POSTGRES")
    monkeypatch.setenv("DATABASE_URL", "")
    (line,) = await refused(visitor(READER))
    assert line == "No database is named: set Airflow's connection vitality_postgres, or DATABASE_URL."


async def test_nobody_answers_and_the_password_is_not_told(
    dashboard: FastAPI, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_VITALITY_POSTGRES", "postgresql://u:very-secret@127.0.0.1:9/vitality")
    (line,) = await refused(visitor(READER))
    assert line.startswith("The database vitality on 127.0.0.1:9 cannot be used:")
    assert "very-secret" not in line


@pytest.mark.parametrize(
    ("revision", "says"), [("0003", "run `vitality db upgrade`"), ("9999", "install the newer version")]
)
async def test_an_older_or_newer_schema_is_told_also_while_we_run(
    reader: httpx.AsyncClient, database_url: str, revision: str, says: str
) -> None:
    assert (await reader.get("/vitality/ai")).status_code == 200
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = %s", [revision])
    assert all(says in line for line in await refused(reader))


async def test_a_lost_connection_is_made_anew(reader: httpx.AsyncClient, database_url: str) -> None:
    assert (await reader.get("/vitality/ai")).status_code == 200
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert (await reader.get("/vitality/ai")).status_code == 200


async def test_a_question_that_takes_too_long_is_cancelled(
    reader: httpx.AsyncClient, dashboard: FastAPI, database_url: str
) -> None:
    from vitality_airflow.dashboard.asking import Asking  # noqa: PLC0415

    async def slow(asking: Asking) -> None:
        async with asking.moment() as moment:
            await moment.connection.execute("SET LOCAL statement_timeout = '50ms'")
            await moment.connection.execute("SELECT pg_sleep(3)")

    from fastapi import Depends  # noqa: PLC0415
    from vitality_airflow.dashboard.access import allowed  # noqa: PLC0415

    dashboard.add_api_route("/slow", slow, dependencies=[Depends(allowed)])
    answer = await reader.get("/vitality/slow")
    assert (answer.status_code, "took longer than" in answer.text) == (503, True)


async def test_a_page_may_only_read(reader: httpx.AsyncClient, dashboard: FastAPI) -> None:
    from vitality_lib.store.dashboard.moments import one_moment  # noqa: PLC0415

    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        async with dashboard.state.database.transaction() as connection, one_moment(connection) as moment:
            await moment.connection.execute("DELETE FROM hosts")
