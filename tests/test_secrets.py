"""No secret leaves a process: random ones are set, real commands run, and everything that they leave is searched."""

from __future__ import annotations

import secrets
from urllib.parse import quote

import psycopg
import pytest
from command_line import Vitality
from pydantic import SecretStr
from tiny_country import Country

from vitality_lib.secrecy import Secrets
from vitality_lib.settings import load
from vitality_lib.store.database import Database

PASSWORD = f"p@ss/{secrets.token_hex(8)}:w"
KEY = f"key-{secrets.token_hex(12)}"
HOOK = secrets.token_hex(12)


def hidden() -> Secrets:
    return Secrets.of(
        load(
            database_url=SecretStr(f"postgresql://ann:{quote(PASSWORD, safe='')}@db.example/vitality"),
            gemini_api_key=SecretStr(KEY),
            monitoring_url=f"https://watch:{HOOK}@monitor.example/in?token=t-{HOOK}",
        )
    )


SPELLINGS = {
    "the password": PASSWORD,
    "percent-encoded": quote(PASSWORD, safe=""),
    "percent-encoded but for slashes": quote(PASSWORD),
    "as Python shows it": repr(PASSWORD),
    "the key": KEY,
    "the hook": HOOK,
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_a_secret_of_the_settings_is_masked_in_every_spelling(spelling: str) -> None:
    said = hidden().masked(f"it is {spelling}, they say")
    assert "***" in said
    assert not [one for one in (PASSWORD, quote(PASSWORD, safe=""), KEY, HOOK) if one in said]
    assert said.startswith("it is ")
    assert said.endswith(", they say")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("postgresql://ann:s3cret@db.example/x", "postgresql://ann:***@db.example/x"),
        ("https://s3cret@a.example/", "https://***@a.example/"),
        ("GET https://a.example/v1?key=s3cret&page=2 200", "GET https://a.example/v1?key=***&page=2 200"),
        ("host=db user=ann password='s3cret' dbname=x", "host=db user=ann password='***' dbname=x"),
        ("see https://anne.example:8080/mass@7?monkey=1", "see https://anne.example:8080/mass@7?monkey=1"),
    ],
)
def test_what_has_the_shape_of_a_secret_is_masked_whoever_it_belongs_to(text: str, masked: str) -> None:
    assert Secrets().masked(text) == masked


def test_secrets_are_not_shown_themselves() -> None:
    assert KEY not in repr(hidden())
    assert KEY not in str(load(gemini_api_key=SecretStr(KEY)))


def test_a_user_of_the_database_is_no_secret() -> None:
    assert Secrets.of(load(database_url=SecretStr("postgresql://vitality@db.example/x"))).values == frozenset()


async def test_an_error_that_quotes_a_secret_becomes_an_outcome_without_it(country: Country) -> None:
    async with country.work(gemini_api_key=SecretStr(KEY)) as work:
        outcome = work.broken(ValueError(f"asked with {KEY}\nand \x1b[2J failed"))
    assert outcome.detail == "ValueError: asked with ***�and �[2J failed"


async def test_a_run_leaves_no_secret_in_files_tables_or_words(
    country: Country, vitality: Vitality, database: Database
) -> None:
    url = f"postgresql://postgres:{quote(PASSWORD, safe='')}@{_after_login(database.url)}"
    given = {"DATABASE_URL": url, "GEMINI_API_KEY": KEY, "VITALITY_GEMINI_URL": "http://127.0.0.1:9/"}
    given |= {"MONITORING_URL": f"http://watch:{HOOK}@127.0.0.1:9/?token={HOOK}", "VITALITY_LOG_LEVEL": "DEBUG"}
    environment = country.environment(**given)
    said = ""
    for command in (("run",), ("status", "--json")):
        done = await vitality.beside(*command, **environment)
        assert done.returncode == 0, done.stderr
        said += done.stdout + done.stderr
    assert not _found(said)
    files = [path for path in vitality.home.rglob("*") if path.is_file()]
    assert any(path.suffix == ".log" for path in files)
    assert any(path.name == "index.html" for path in files)
    assert not [path for path in files if _found(path.read_bytes().decode(errors="replace"))]
    assert len(rows := _everything(database.url)) > 100
    assert not [row for row in rows if _found(row)]


@pytest.mark.parametrize("port", ["1", "notaport"])
def test_a_database_that_cannot_be_reached_is_named_without_its_password(vitality: Vitality, port: str) -> None:
    done = vitality("status", DATABASE_URL=f"postgresql://ann:{quote(PASSWORD, safe='')}@127.0.0.1:{port}/vitality")
    assert done.returncode != 0
    assert done.stderr
    assert not _found(done.stdout + done.stderr)


def _after_login(url: str) -> str:
    rest = url.partition("://")[2]
    return rest.rpartition("@")[2]


def _found(text: str) -> list[str]:
    core = PASSWORD.split("/")[1].partition(":")[0]
    return [one for one in (core, KEY, HOOK) if one in text]


def _everything(url: str) -> list[str]:
    """Every row of every table, as text."""
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return [
            str(row[0])
            for (table,) in tables
            for row in connection.execute(f'SELECT t::text FROM "{table}" t'.encode()).fetchall()
        ]
