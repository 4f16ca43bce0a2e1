"""Where the database is, and how to speak of it to a person without its password."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.conninfo import conninfo_to_dict

from vitality_lib.settings import Settings, SettingsError
from vitality_lib.store import embedded

_SCHEMES = re.compile(r"^postgres(ql)?(\+\w+)?://")
_POOLER_PORTS = {"6543", "6432"}  # Supabase's in transaction mode, PgBouncer's
_POOLER = re.compile(r"pooler|bouncer|pgcat|odyssey", re.I)
_HINTS = (
    (re.compile(r"authentication failed|no password supplied"), "mend the user or the password in DATABASE_URL"),
    (re.compile(r'database "[^"]*" does not exist'), "create that database, or mend DATABASE_URL"),
    (
        re.compile(r"too many (clients|connections)|remaining connection slots"),
        "run fewer workers, or allow more clients",
    ),
    (re.compile(r"resolve|not known|Name or service"), "mend the host name in DATABASE_URL"),
    (re.compile(r""), "start it, or mend DATABASE_URL"),
)


def url_of(settings: Settings) -> str:
    """The database's address as a `postgresql://` URL: `DATABASE_URL`, else the embedded server of `VITALITY_HOME`.

    Raises SettingsError when `DATABASE_URL` is no PostgreSQL address.
    """
    given = settings.database_url.get_secret_value().strip()
    if not given:
        return embedded.server_of(settings.home).url("vitality")
    url = _SCHEMES.sub("postgresql://", given)
    try:
        conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        url = ""
    if not url.startswith("postgresql://"):
        raise SettingsError("DATABASE_URL is not an address like postgresql://user:password@host:5432/name")
    return url


@contextmanager
def available(settings: Settings) -> Iterator[str]:
    """The database's address; the embedded server, when it is that, is up inside the block."""
    url = url_of(settings)
    if settings.database_url.get_secret_value().strip():
        yield url
        return
    with embedded.running(settings.home):
        yield url


def prepares(settings: Settings, url: str) -> bool:
    """Whether statements may be prepared: what is prepared on one connection of a pooler in transaction mode is not on
    the next. `auto` knows such a pooler by its port or its name.
    """
    if settings.prepared_statements != "auto":
        return settings.prepared_statements == "on"
    parts = conninfo_to_dict(url)
    ports, hosts = str(parts.get("port") or ""), str(parts.get("host") or "")
    return not (_POOLER_PORTS & set(ports.split(",")) or _POOLER.search(hosts))


def where(url: str) -> str:
    """The database in words: `vitality on db.example:5432`, without user and password."""
    parts = conninfo_to_dict(url)
    host = parts.get("host") or parts.get("hostaddr") or "localhost"
    place = f"in {host}" if str(host).startswith("/") else f"on {host}:{parts.get('port') or 5432}"
    return f"{parts.get('dbname') or parts.get('user') or 'postgres'} {place}"


def reason(url: str, error: BaseException) -> str:
    """Why there is no connection, in one line: which database, what PostgreSQL or the network said, what to do."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    said = lines[-1] if lines[0].startswith("Multiple") else lines[0]
    cause = said.rsplit("failed: ", 1)[-1].removeprefix("FATAL:").strip().rstrip(".")
    password = conninfo_to_dict(url).get("password")
    if password:
        cause = cause.replace(str(password), "***")
    hint = next(hint for sign, hint in _HINTS if sign.search(cause))
    return f"the database {where(url)} cannot be used: {cause}; {hint}"
