"""Crawls of the nation into databases of their own, on one embedded PostgreSQL."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from bench_child import Took, cpu_of_database, run_beside
from psycopg import sql

from vitality_lib.models import Stage
from vitality_lib.store import embedded, migrate
from vitality_lib.store.embedded import Server

STAGES = (Stage.DISCOVERY, Stage.EXTRACTION, Stage.SCHEDULE, Stage.REPORTING)
WORKER = (sys.executable, "-m", "vitality_lib", "worker")


@dataclass(frozen=True)
class StageTook:
    """One stage: its workers' processes, and the seconds of CPU that PostgreSQL took meanwhile."""

    workers: Took
    database: float


@dataclass(frozen=True)
class Place:
    """A folder with its PostgreSQL."""

    home: Path
    server: Server

    def url(self, database: str = "vitality") -> str:
        return self.server.url(database)

    def copy(self, name: str, of: str = "vitality") -> str:
        """Another database with what this one has; nobody may be connected to it."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(of))
            )
        return self.url(name)

    def ask(self, query: str, database: str = "vitality") -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with psycopg.connect(self.url(database)) as connection:
            return connection.execute(query.encode()).fetchall()

    def stage(
        self, stage: Stage, settings: Mapping[str, str], database: str = "vitality", workers: int = 1
    ) -> StageTook:
        """So many `vitality worker` of one stage, at once, until all have ended. Raises bench_child.Failed."""
        environment = {"DATABASE_URL": self.url(database), "VITALITY_HOME": str(self.home / "made"), **settings}
        before = cpu_of_database(self.server)
        took = run_beside([(*WORKER, "--type", stage.value)] * workers, environment, self.home / "workers.log")
        return StageTook(took, cpu_of_database(self.server) - before)


@contextmanager
def place(*options: str) -> Iterator[Place]:
    """An empty, migrated database `vitality` and nothing else; all of it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="vitality-bench-") as folder:
        home = Path(folder)
        with embedded.running(home, options) as server:
            migrate.upgrade(server.url("vitality"))
            yield Place(home, server)
