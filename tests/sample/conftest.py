"""One crawl of the whole country for all tests that look at what came of it."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from two_runs import Run, run_twice

from vitality_lib.store.embedded import Server

DATABASE = "sample_country"


@pytest.fixture(scope="session")
def runs(database_server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    """Two runs over the sample web, one after the other."""
    with psycopg.connect(database_server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template_vitality".encode())
    return asyncio.run(run_twice(database_server.url(DATABASE), tmp_path_factory.mktemp("sample")))
