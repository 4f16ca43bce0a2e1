"""Where the crawl's PostgreSQL is, as Airflow knows it."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

from vitality_lib import settings
from vitality_lib.settings import Settings

CONNECTION = "vitality_postgres"

# An Airflow connection may carry options of Airflow's own hooks; these are the ones that PostgreSQL's client knows.
_CLIENT_OPTIONS = frozenset(
    {"host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "options", "application_name"}
)


def database_url() -> str:
    """The DSN of the connection `vitality_postgres`; without that connection, DATABASE_URL (it may be empty)."""
    try:
        return _url(Connection.get(CONNECTION))
    except AirflowNotFoundException:
        return settings.load().database_url.get_secret_value()


def database_settings() -> Settings:
    """The library's settings, with the database that Airflow knows."""
    return settings.load(database_url=database_url() or None)


def _url(connection: Connection) -> str:
    password = f":{quote(connection.password, safe='')}" if connection.password else ""
    user = f"{quote(connection.login, safe='')}{password}@" if connection.login else ""
    port = f":{connection.port}" if connection.port else ""
    options = {name: value for name, value in connection.extra_dejson.items() if name in _CLIENT_OPTIONS}
    query = f"?{urlencode(options, safe='/')}" if options else ""
    return f"postgresql://{user}{connection.host or ''}{port}/{connection.schema or ''}{query}"
