"""How far each state and each diocese is covered, and where a diocese lies."""

from __future__ import annotations

from dataclasses import dataclass

from vitality_lib.store.database import Connection


@dataclass(frozen=True)
class StateCoverage:
    """A state by its two-letter code: parishes that stand in it, and dioceses that have their seat in it."""

    state: str
    dioceses: int
    parishes: int
    websites: int
    with_services: int


@dataclass(frozen=True)
class DioceseCoverage:
    """A diocese; latitude and longitude (degrees, WGS 84) are the mean of its parishes', None where none is known."""

    id: int
    name: str
    state: str | None
    parishes: int
    websites: int
    with_services: int
    latitude: float | None
    longitude: float | None


async def states(connection: Connection) -> tuple[StateCoverage, ...]:
    """Every state of which anything is known, by code. A parish without a state stands in that of its diocese."""
    rows = await connection.execute(_STATES.encode())
    return tuple([StateCoverage(*row) async for row in rows])


async def dioceses(connection: Connection) -> tuple[DioceseCoverage, ...]:
    """The listed dioceses by name."""
    rows = await connection.execute(_DIOCESES.encode())
    return tuple([DioceseCoverage(*row) async for row in rows])


_PARISHES = """
SELECT p.*, served.parish_id IS NOT NULL AS has_services FROM parishes p
LEFT JOIN (SELECT DISTINCT parish_id FROM services WHERE valid_to IS NULL) AS served ON served.parish_id = p.id
WHERE p.gone_at IS NULL
"""
_STATES = f"""
SELECT state, sum(dioceses)::int, sum(parishes)::int, sum(websites)::int, sum(with_services)::int FROM (
    SELECT state, count(*) AS dioceses, 0 AS parishes, 0 AS websites, 0 AS with_services
    FROM dioceses WHERE listed GROUP BY state
    UNION ALL
    SELECT coalesce(p.state, d.state), 0, count(*), count(p.website), count(*) FILTER (WHERE has_services)
    FROM ({_PARISHES}) AS p JOIN dioceses d ON d.id = p.diocese_id GROUP BY 1
) AS counted WHERE state IS NOT NULL GROUP BY state ORDER BY state
"""  # noqa: S608 - constants
_DIOCESES = f"""
SELECT d.id, d.name, d.state, count(p.id), count(p.website), count(*) FILTER (WHERE has_services),
    avg(latitude) FILTER (WHERE known), avg(longitude) FILTER (WHERE known)
FROM dioceses d
LEFT JOIN (SELECT *, (latitude, longitude) <> (0, 0) AND longitude IS NOT NULL AS known FROM ({_PARISHES}) AS its) AS p
    ON p.diocese_id = d.id
WHERE d.listed GROUP BY d.id ORDER BY d.name, d.id
"""  # noqa: S608 - constants
