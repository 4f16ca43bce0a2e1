"""Part `database`: statements, and bytes on the wire and to the log of PostgreSQL, per page of each stage."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import quote

from bench_crawl import STAGES, Place, place
from bench_nation import Nation, nation
from bench_options import Options, progress
from bench_page import Result
from bench_sizes import plan_of

PARISHES = 300
_SOCKET_PORT = 5432
_COUNTS = """
    SELECT xact_commit + xact_rollback, (SELECT wal_bytes::bigint FROM pg_stat_wal)
    FROM pg_stat_database WHERE datname = 'vitality'
"""


@dataclass
class Wire:
    """What went through: bytes each way, and the messages by which a client has a statement executed (Query, Execute).

    https://www.postgresql.org/docs/current/protocol-message-formats.html
    """

    sent: int = 0
    received: int = 0
    statements: int = 0


def measured(options: Options) -> Result:
    """Each stage with one worker, its connection led through a relay that counts."""
    plan = plan_of(options, PARISHES)
    rows = []
    with place() as here, nation(plan) as served:
        for stage in STAGES:
            progress(f"database: {stage}")
            before, pages = _counts(here), _pages(here)
            with relay(here) as (wire, url):
                _run(here, served, options, stage, url)
            transactions, wal = (now - then for now, then in zip(_counts(here), before, strict=True))
            count = _pages(here) - pages
            per = max(count, 1)
            rows.append((stage, f"{count:,}", f"{wire.statements:,}", f"{wire.statements / per:.1f}",
                         f"{transactions / per:.1f}", f"{wire.sent / per / 1024:.1f}",
                         f"{wire.received / per / 1024:.1f}", f"{wal / per / 1024:.1f}"))  # fmt: skip
    heading = ("stage", "pages", "statements", "statements/page", "transactions/page", "KiB to it/page",
               "KiB from it/page", "KiB of log (WAL)/page")  # fmt: skip
    notes = ["Counted on the wire, BEGIN and COMMIT included. A stage that keeps no page is counted as for one."]
    return Result(heading, rows, notes)


@contextmanager
def relay(here: Place) -> Iterator[tuple[Wire, str]]:
    """A port of loopback that leads to the database, and what went through it."""
    wire, loop = Wire(), asyncio.new_event_loop()
    socket = here.server.socket_folder / f".s.PGSQL.{_SOCKET_PORT}"

    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_reader, to_writer = await asyncio.open_unix_connection(str(socket))
        with suppress(ConnectionError):
            await asyncio.gather(_up(reader, to_writer, wire), _down(to_reader, writer, wire))

    server = loop.run_until_complete(asyncio.start_server(lead, "127.0.0.1", 0))
    port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield wire, f"postgresql://postgres@{quote('127.0.0.1')}:{port}/vitality?sslmode=disable"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, wire: Wire) -> None:
    """Message by message: a byte for the kind (but for the first), a length, what it says."""
    kind = b""
    with suppress(asyncio.IncompleteReadError):
        while True:
            length = await reader.readexactly(4)
            body = await reader.readexactly(int.from_bytes(length) - 4)
            writer.write(kind + length + body)
            wire.sent += len(kind) + 4 + len(body)
            wire.statements += kind in (b"Q", b"E")
            await writer.drain()
            kind = await reader.readexactly(1)
    writer.close()


async def _down(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, wire: Wire) -> None:
    while some := await reader.read(65536):
        wire.received += len(some)
        writer.write(some)
        await writer.drain()
    writer.close()


def _run(here: Place, served: Nation, options: Options, stage: object, url: str) -> None:
    here.stage(stage, {**served.settings(), **options.settings, "DATABASE_URL": url})


def _counts(here: Place) -> tuple[int, ...]:
    here.ask("SELECT pg_stat_force_next_flush()")
    return tuple(map(int, here.ask(_COUNTS)[0]))


def _pages(here: Place) -> int:
    return int(here.ask("SELECT count(*) FROM pages")[0][0])
