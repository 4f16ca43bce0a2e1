"""The metrics for Prometheus: an app of its own, beside the dashboard, for a scraper cannot log in to Airflow.

Whoever asks must know MONITORING_TOKEN: `Authorization: Bearer TOKEN`.
"""

from __future__ import annotations

import asyncio
import secrets
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException, Response
from psycopg import Error

from vitality_airflow.database import database_settings
from vitality_lib import metrics, settings
from vitality_lib.harmless import one_line
from vitality_lib.settings import Settings
from vitality_lib.store.database import one_transaction
from vitality_lib.store.errors import StoreError

PREFIX = "/vitality-metrics"  # where it is mounted: /vitality-metrics/metrics is what is scraped
_CHALLENGE = {"WWW-Authenticate": "Bearer"}


def build() -> FastAPI:
    """The app. It has one route, and no pages about itself."""
    app = FastAPI(title="Diocesan Vitality metrics", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_api_route("/metrics", _metrics, response_class=Response)
    return app


def _known(authorization: Annotated[str, Header()] = "") -> Settings:
    """The settings, for who names the token. 503 when none is set, so that nobody is let in; else 401."""
    token = settings.load().monitoring_token.get_secret_value()
    if not token:
        raise HTTPException(503, "no MONITORING_TOKEN is set, so nobody may read the metrics")
    kind, _, given = authorization.partition(" ")
    if kind.lower() != "bearer" or not secrets.compare_digest(given.strip().encode(), token.encode()):
        raise HTTPException(401, "name the MONITORING_TOKEN: Authorization: Bearer TOKEN", _CHALLENGE)
    return database_settings()


def _metrics(crawl: Annotated[Settings, Depends(_known)]) -> Response:
    # In a thread of FastAPI's own: Airflow's connections are asked for in ways that block.
    if not crawl.database_url.get_secret_value():
        raise HTTPException(503, "no database is named: set Airflow's connection vitality_postgres, or DATABASE_URL")
    try:
        return Response(asyncio.run(_read(crawl)), media_type=metrics.CONTENT_TYPE)
    except StoreError as error:
        raise HTTPException(503, one_line(str(error))) from None
    except Error as error:
        raise HTTPException(503, f"the database does not answer as it should ({type(error).__name__})") from None


async def _read(crawl: Settings) -> str:
    async with one_transaction(crawl) as connection:
        return await metrics.text(connection, crawl, datetime.now(UTC))
