"""The data dictionary: every table and column with its meaning, out of the comments in the database itself."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from vitality_lib.store.database import Connection

_OURS = "n.nspname = current_schema() AND c.relname <> 'alembic_version'"


@dataclass(frozen=True)
class Column:
    """One column of a table or view; `relation` is the table's name, `kind` is `table` or `view`."""

    relation: str
    kind: str
    relation_meaning: str
    name: str
    type: str
    nullable: bool
    meaning: str


async def columns(connection: Connection) -> tuple[Column, ...]:
    """All columns of our tables and views: tables in the order in which they were made, then views, by position."""
    rows = await connection.execute(
        f"""SELECT c.relname, CASE c.relkind WHEN 'v' THEN 'view' ELSE 'table' END,
            coalesce(obj_description(c.oid, 'pg_class'), ''), a.attname, format_type(a.atttypid, a.atttypmod),
            NOT a.attnotnull, coalesce(col_description(c.oid, a.attnum), '')
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE {_OURS} AND c.relkind IN ('r', 'v') ORDER BY c.relkind, c.oid, a.attnum"""  # noqa: S608 - a constant
    )
    return tuple([Column(*row) async for row in rows])


async def markdown(connection: Connection) -> str:
    """The dictionary as one Markdown page."""
    parts = [_HEAD]
    for (relation, kind, meaning), its in groupby(
        await columns(connection), key=lambda one: (one.relation, one.kind, one.relation_meaning)
    ):
        title = f"`{relation}`" if kind == "table" else f'`"{relation}"` (view)'
        parts.append(f"\n## {title}\n\n{meaning}\n\n")
        write = _view_table if kind == "view" else _table
        parts.append(write(list(its)))
    return "".join(parts)


_HEAD = """# Data dictionary

Generated from the comments of the database's tables; change those, not this page.
Times are `timestamptz`. Facts (`dioceses` to `evidence`) change only when a site changed; what moves with every visit
stands in `visits`, `hosts` and `outcomes`. Names in quotes are views for readers of the earlier system.
"""


def _table(its: list[Column]) -> str:
    rows = (
        f"| `{one.name}` | {one.type} | {'yes' if one.nullable else ''} | {one.meaning.replace('|', chr(92) + '|')} |\n"
        for one in its
    )
    return "| column | type | may be NULL | meaning |\n|---|---|---|---|\n" + "".join(rows)


def _view_table(its: list[Column]) -> str:
    return "| column | type |\n|---|---|\n" + "".join(f"| `{one.name}` | {one.type} |\n" for one in its)
