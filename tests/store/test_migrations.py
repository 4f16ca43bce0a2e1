"""`vitality db upgrade`: all missing steps or none, once, whoever else starts at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import psycopg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from vitality_lib.store import migrate, schema_state
from vitality_lib.store.errors import DatabaseUnavailable, SchemaOutOfDate


def tables(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public'")
        return {name for (name,) in rows}


def test_an_empty_database_gets_all_tables(empty_database_url: str) -> None:
    assert migrate.current(empty_database_url) is None
    assert migrate.upgrade(empty_database_url) == schema_state.head()
    assert migrate.current(empty_database_url) == schema_state.head()
    assert tables(empty_database_url) == {*schema_state.tables(), "alembic_version"}


def test_a_second_upgrade_changes_nothing(database_url: str) -> None:
    before = tables(database_url)
    assert migrate.upgrade(database_url) == schema_state.head()
    assert tables(database_url) == before


def test_pods_that_start_together_do_not_get_in_each_others_way(empty_database_url: str) -> None:
    with ThreadPoolExecutor(4) as pods:
        assert list(pods.map(migrate.upgrade, [empty_database_url] * 4)) == [schema_state.head()] * 4


def test_a_half_migrated_database_is_brought_to_the_end(empty_database_url: str) -> None:
    assert migrate.upgrade(empty_database_url, "0001") == migrate.current(empty_database_url) == "0001"
    assert migrate.upgrade(empty_database_url) == migrate.current(empty_database_url) == schema_state.head()


def test_a_step_that_fails_leaves_every_table_as_it_was(empty_database_url: str) -> None:
    with psycopg.connect(empty_database_url) as connection:
        connection.execute('CREATE TABLE "Parishes" (id int)')  # in the way of a later step
    with pytest.raises(SchemaOutOfDate, match='"Parishes" already exists'):
        migrate.upgrade(empty_database_url)
    assert tables(empty_database_url) == {"Parishes"}


def test_tables_of_unknown_origin_are_left_alone(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("DROP TABLE alembic_version")
    with pytest.raises(SchemaOutOfDate, match="names no revision"):
        migrate.upgrade(database_url)


def test_an_older_software_does_not_touch_a_newer_database(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaOutOfDate, match="install the newer version"):
        migrate.upgrade(database_url)


def test_an_unreachable_database_is_one_line_without_the_password() -> None:
    with pytest.raises(DatabaseUnavailable) as caught:
        migrate.upgrade("postgresql://ann:sesame@127.0.0.1:1/vitality")
    assert "\n" not in str(caught.value)
    assert "sesame" not in str(caught.value)


def test_the_light_reading_of_the_newest_revision_agrees_with_alembic() -> None:
    config = Config()
    config.set_main_option("script_location", str(files("vitality_lib.store").joinpath("migrations")))
    assert ScriptDirectory.from_config(config).get_current_head() == schema_state.head()
