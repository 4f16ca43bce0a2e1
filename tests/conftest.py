"""What every test may lean on: a real PostgreSQL, and a fresh migrated database for each test that asks for one."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from command_line import Vitality
from pydantic import SecretStr
from tiny_country import Country, settled

from vitality_lib.settings import Settings, load
from vitality_lib.stages import discovery, extraction, schedule
from vitality_lib.store import embedded, migrate
from vitality_lib.store.database import Database, connect
from vitality_lib.store.embedded import Server

_NUMBERS = itertools.count(1)
_MANY_INPUTS = (
    "tests/calendar/",
    "tests/fuzz/",
    "tests/directories/test_mangled_pages.py",
    "tests/directories/test_unclosed_cards.py",
    "tests/reports/test_exports_agree.py",
    "tests/schedules/test_layouts.py",
)
_MEMORY, _ROOM = "/dev/shm", 2 * 2**30  # containers often have 64 MiB there
_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files marked `long` begin first: beside the last of two workers the other would do nothing.

    Suites that send thousands of inputs through the same lines are marked, so that `make test` can leave out to count
    theirs: it would more than double their time, and a few inputs of other tests cover the lines as well.
    """
    for item in items:
        if any(item.nodeid.startswith(name) for name in _MANY_INPUTS):
            item.add_marker(pytest.mark.many_inputs)
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many Kubernetes objects the tests have checked, by the properties `objects: WHAT` that they recorded."""
    counted: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed"):
        counted.update({what: int(count) for what, count in report.user_properties if what.startswith("objects: ")})
    if counted:
        terminalreporter.section("Kubernetes objects checked")
        for what, count in sorted(counted.items()):
            terminalreporter.write_line(f"{count:5} {what.removeprefix('objects: ')}")
        terminalreporter.write_line(f"{counted.total():5} in all")


@pytest.fixture(scope="session")
def database_server() -> Iterator[Server]:
    """An embedded PostgreSQL of this test session alone, with a migrated database `template_vitality`."""
    home = Path(tempfile.mkdtemp(prefix="vitality-test-", dir=roomy_memory()))
    with embedded.running(home, _FAST) as server:
        _administer(server, "CREATE DATABASE template_vitality")
        migrate.upgrade(server.url("template_vitality"))
        yield server
    shutil.rmtree(home)


@pytest.fixture
def empty_database_url(database_server: Server) -> Iterator[str]:
    """A database without any table."""
    yield from _fresh(database_server, "template0")


@pytest.fixture
def database_url(database_server: Server) -> Iterator[str]:
    """A migrated database of this test alone."""
    yield from _fresh(database_server, "template_vitality")


@pytest.fixture
def database_settings(database_url: str) -> Settings:
    """Settings that lead to `database_url`."""
    return load(database_url=SecretStr(database_url))


@pytest.fixture
async def database(database_settings: Settings) -> AsyncIterator[Database]:
    """An open Database on `database_url`."""
    async with connect(database_settings) as opened:
        yield opened


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder for an embedded server of this test alone, with a path short enough for a unix socket."""
    folder = Path(tempfile.mkdtemp(prefix="vitality-test-"))
    yield folder
    embedded.stop(folder)
    shutil.rmtree(folder)


@pytest.fixture
def vitality(tmp_path: Path) -> Vitality:
    """The `vitality` command, with a home of this test alone."""
    return Vitality(tmp_path / "home")


@pytest.fixture
async def country(database: Database, tmp_path: Path) -> AsyncIterator[Country]:
    """The tiny country, of which nothing is known yet."""
    async with settled(database, tmp_path) as country:
        yield country


@pytest.fixture
async def known(country: Country) -> Country:
    """The tiny country with everything published; what was asked so far is forgotten."""
    await country.do(discovery, extraction, schedule)
    country.web.asked.clear()
    return country


def roomy_memory() -> str | None:
    """A folder in memory, where a short-lived database costs a tenth of its time; None: there is no room."""
    with suppress(OSError):
        if shutil.disk_usage(_MEMORY).free >= _ROOM:
            return _MEMORY
    return None


def _fresh(server: Server, template: str) -> Iterator[str]:
    name = f"test_{next(_NUMBERS)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.url(name)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(server: Server, command: str) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(command.encode())
