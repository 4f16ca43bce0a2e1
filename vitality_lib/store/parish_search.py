"""Finding one published parish by its id or its name, as a person types it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches

from vitality_lib.models import ParishEntry
from vitality_lib.store.database import Connection
from vitality_lib.store.errors import AmbiguousParish, UnknownParish
from vitality_lib.store.parishes import entry_of

_SHOWN = 20  # of several that are meant


@dataclass(frozen=True)
class FoundParish:
    """A published parish with its stable id and the full name of its diocese."""

    id: int
    diocese: str
    entry: ParishEntry

    @property
    def line(self) -> str:
        """The parish for a list to choose from."""
        town = ", ".join(part for part in (self.entry.city, self.entry.state) if part)
        return f"{self.id}  {self.entry.name}{f', {town}' if town else ''} ({self.diocese})"


async def the_one(connection: Connection, wanted: str) -> FoundParish:
    """The published parish with this id, this name, or alone with this piece of a name; letter case does not matter.

    Raises UnknownParish, and AmbiguousParish with those that may be meant.
    """
    text = wanted.strip()
    found = await _by_id(connection, int(text)) if text.isdecimal() else await _by_name(connection, text)
    if len(found) == 1:
        return found[0]
    if found:
        more = f"\n  ... and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        listed = "".join(f"\n  {one.line}" for one in found[:_SHOWN])
        raise AmbiguousParish(f"{len(found)} parishes may be meant by {text!r}; name one by its number:{listed}{more}")
    raise UnknownParish(f"there is no published parish {text!r}{await _hint(connection, text)}")


async def _by_id(connection: Connection, number: int) -> Sequence[FoundParish]:
    return await _found(connection, "p.id = %(id)s::numeric", {"id": number})


async def _by_name(connection: Connection, name: str) -> Sequence[FoundParish]:
    """Those of exactly this name; when there is none, those whose name holds it."""
    values = {"name": name}
    return await _found(connection, "lower(p.name) = lower(%(name)s)", values) or await _found(
        connection, "%(name)s <> '' AND position(lower(%(name)s) IN lower(p.name)) > 0", values
    )


async def _found(connection: Connection, condition: str, values: Mapping[str, object]) -> Sequence[FoundParish]:
    facts = ", ".join(f"p.{field.name}" for field in fields(ParishEntry))
    rows = await connection.execute(
        f"""SELECT p.id, d.name, {facts} FROM parishes p JOIN dioceses d ON d.id = p.diocese_id
        WHERE p.gone_at IS NULL AND {condition} ORDER BY d.name, p.name, p.id""".encode(),  # noqa: S608 - constants
        values,
    )
    return [FoundParish(id_, diocese, entry_of(row)) async for id_, diocese, *row in rows]


async def _hint(connection: Connection, name: str) -> str:
    rows = await connection.execute("SELECT DISTINCT name FROM parishes WHERE gone_at IS NULL")
    names = {known.casefold(): known async for (known,) in rows}
    near = get_close_matches(name.casefold(), names, n=3, cutoff=0.6)
    return ": did you mean " + " or ".join(repr(names[one]) for one in near) + "?" if near else ""
