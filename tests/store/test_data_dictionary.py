"""Every table and column says what it means, in the database itself."""

from __future__ import annotations

from vitality_lib.store import dictionary, schema_state
from vitality_lib.store.database import Connection


async def test_every_table_and_every_column_of_it_has_a_comment(connection: Connection) -> None:
    columns = await dictionary.columns(connection)
    assert {one.relation for one in columns if one.kind == "table"} == schema_state.tables()
    assert [one.relation for one in columns if not one.relation_meaning] == []
    assert [f"{one.relation}.{one.name}" for one in columns if one.kind == "table" and not one.meaning] == []


async def test_the_dictionary_is_a_page_of_markdown_tables(connection: Connection) -> None:
    page = await dictionary.markdown(connection)
    assert page.startswith("# Data dictionary\n")
    assert "\n## `parishes`\n\nThe parishes as their dioceses publish them." in page
    assert "| `zip` | text | yes | ZIP code, five digits or ZIP+4. |" in page
    assert '\n## `"ParishSchedules"` (view)\n' in page
    assert page.count("\n## ") == len(schema_state.tables()) + 4
