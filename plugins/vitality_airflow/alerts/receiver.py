"""Who gets alerts by HTTP: whoever the Airflow connection `vitality_alerts` names, a chat or a pager."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

log = logging.getLogger(__name__)
CONNECTION = "vitality_alerts"
_PATIENCE = 5.0  # seconds for all of it
_PROTOCOLS = ("https", "http")


@dataclass(frozen=True)
class Receiver:
    """An address that takes a POST of JSON. Both fields may hold secrets: a chat's hook is one as a whole."""

    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    async def send(self, told: Mapping[str, Any]) -> bool:
        """Send it; whether it was taken. What goes wrong is logged, and troubles nobody else."""
        import httpx  # noqa: PLC0415 - DAG files that are read every half minute send nothing

        try:
            async with asyncio.timeout(_PATIENCE), httpx.AsyncClient() as client:
                answer = await client.post(self.url, json=dict(told), headers=dict(self.headers))
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            log.warning("The receiver of alerts cannot be reached (%s): see %s", type(error).__name__, CONNECTION)
            return False
        if not answer.is_success:
            log.warning("The receiver of alerts answered %d: see %s", answer.status_code, CONNECTION)
        return answer.is_success


def receiver() -> Receiver | None:
    """The receiver that Airflow knows; None when there is no such connection."""
    try:
        connection = Connection.get(CONNECTION)
    except AirflowNotFoundException:
        return None
    token = connection.password
    return Receiver(_url(connection), {"Authorization": f"Bearer {token}"} if token else {})


def _url(connection: Connection) -> str:
    """The address, however the connection was written: as a URI, as the form asks, or all of it in the host."""
    host = connection.host or ""
    if "://" in host:
        return host
    # Airflow's form for HTTP calls the protocol "schema"; of a URI that is the path.
    in_form = connection.schema in _PROTOCOLS
    protocol = connection.schema if in_form else connection.conn_type
    path = "" if in_form else connection.schema or ""
    port = f":{connection.port}" if connection.port else ""
    query = f"?{urlencode(connection.extra_dejson)}" if connection.extra_dejson else ""
    return f"{protocol if protocol in _PROTOCOLS else 'https'}://{host}{port}/{path}{query}"
