"""A parser of foreign bytes as the fuzzers see it, and what the families of parsers share."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vitality_lib.document import Document
from vitality_lib.models import Page

TESTS = Path(__file__).parents[1]
FETCHED = datetime(2026, 9, 7, 12, tzinfo=UTC)
_URLS = (
    "https://lakemont.example/parishes", "https://www.stodo.example/", "", "not a url", "https://[::1]/x?page=2",
    "https://services.arcgis.example/a/arcgis/rest/services/P/FeatureServer/0/query?f=geojson",
    "https://lakemont.example/wp-json/wp/v2/parish?per_page=100&page=1",
)  # fmt: skip


@dataclass(frozen=True)
class Parser:
    """`read` takes any bytes and may raise what stands in `refuses` and nothing else; `seeds` are invented inputs."""

    name: str
    read: Callable[[bytes], object]
    seeds: Sequence[bytes]
    refuses: tuple[type[Exception], ...] = ()

    def __call__(self, data: bytes) -> None:
        with suppress(*self.refuses):
            self.read(data)


def document(data: bytes, url: str | None = None) -> Document:
    """A page with this body; its address is one of a few, by the checksum of its beginning, where none is given."""
    chosen = _URLS[zlib.crc32(data[:64]) % len(_URLS)] if url is None else url
    return Document(Page(chosen, data, fetched_at=FETCHED))


def text(data: bytes) -> str:
    """Bytes as text that may hold anything but lone surrogates."""
    return data.decode("utf-8", "replace")


def header(data: bytes) -> str:
    """Bytes as the client gives the value of a header."""
    return data.decode("latin-1").replace("\x00", "")


def saved(*patterns: str, most: int = 60, longest: int = 60_000) -> list[bytes]:
    """The invented pages of the tests that match, none longer than `longest` bytes."""
    paths = [path for pattern in patterns for path in sorted(TESTS.glob(pattern)) if path.name != "expected.json"]
    return [path.read_bytes()[:longest] for path in paths if path.is_file()][:most]
