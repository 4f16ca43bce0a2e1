"""How each directory was last read: by which platform and route, with how many requests, and why with a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vitality_lib.store.database import Connection

_BROWSER = "browser "  # how a route begins that was read with a browser; what follows its address is the reason


@dataclass(frozen=True)
class DirectoryCost:
    """The newest reading of a diocese's directory. `requests` are those of that reading, robots.txt not counted.

    `browser` says why a browser was needed, empty when none was; `named` whether a person named the directory.
    """

    diocese: str
    url: str | None
    platform: str | None
    route: str | None
    parishes: int
    requests: int
    reason: str | None
    named: bool
    browser: str


async def costs(connection: Connection) -> tuple[DirectoryCost, ...]:
    """All listed dioceses, by name."""
    rows = await connection.execute(
        """SELECT d.name, f.url, f.platform, f.route,
            (SELECT count(*) FROM parishes p WHERE p.diocese_id = d.id AND p.gone_at IS NULL),
            coalesce(o.requests, 0), o.reason, coalesce(f.changed_at <= n.used_at, false), coalesce(o.routes, '[]')
        FROM dioceses d
        LEFT JOIN directories f ON f.diocese_id = d.id
        LEFT JOIN directory_overrides n ON n.diocese_id = d.id
        LEFT JOIN LATERAL (
            SELECT requests, reason, routes FROM outcomes
            WHERE stage = 'extraction' AND unit_kind = 'diocese' AND unit_id = d.id
            ORDER BY finished_at DESC LIMIT 1
        ) o ON true
        WHERE d.listed ORDER BY d.name"""
    )
    return tuple([_cost(row) async for row in rows])


def _cost(row: tuple[Any, ...]) -> DirectoryCost:
    return DirectoryCost(*(*row[:-1], _why_a_browser(row[-1])))


def _why_a_browser(routes: list[str]) -> str:
    return next((route.removeprefix(_BROWSER) for route in routes if route.startswith(_BROWSER)), "")
