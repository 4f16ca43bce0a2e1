"""Where workers post what they do: events of ours, and reports in the shapes of the earlier system.

An app of its own, beside the dashboard: whoever posts is no user of Airflow, and shows a token instead of a login.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Protocol

import structlog
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Request, Response

from vitality_airflow.dashboard import posted
from vitality_lib import settings
from vitality_lib.monitoring.signature import HEADER, is_signed
from vitality_lib.store import reported
from vitality_lib.store.database import Connection
from vitality_lib.store.errors import StoreError
from vitality_lib.store.reported import Reported, Stranger

LARGEST = 64 * 1024  # bytes of a body
KNOWS_US = {"X-Vitality-Events": "1"}  # see vitality_lib/monitoring/sender.py: no other shapes are needed here
_log = structlog.get_logger(__name__)


class Transactions(Protocol):
    """A database that transactions are had of."""

    def transaction(self) -> AbstractAsyncContextManager[Connection]: ...


def _token() -> str:
    return settings.load().monitoring_token.get_secret_value()


async def checked(request: Request) -> bytes:
    """The body of a request that shows the token: by a signature over it, or as a bearer."""
    token: str = request.app.state.token()
    if not token:
        raise HTTPException(503, "no MONITORING_TOKEN is set here, so nothing is taken: see docs/monitoring.md")
    body = await _body(request)
    bearer = request.headers.get("authorization", "")
    known = hmac.compare_digest(bearer.encode(), f"Bearer {token}".encode())
    if not known and not is_signed(token, request.headers.get(HEADER, ""), body, time.time()):
        wanted = f"show MONITORING_TOKEN: {HEADER} over the body, not older than five minutes, or as a bearer"
        raise HTTPException(401, wanted, {"WWW-Authenticate": "Bearer"})
    return body


async def _body(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise HTTPException(413, f"more than {LARGEST} bytes")
    return body


Body = Annotated[bytes, Depends(checked)]
Worker = Annotated[str, Path(min_length=1, max_length=200)]
router = APIRouter()


@router.post("/events")
async def take_event(request: Request, body: Body, response: Response) -> dict[str, str]:
    """An event by `schema/event-1.json`. One that is posted again is kept once."""
    response.headers.update(KNOWS_US)
    return await _take(request, lambda: posted.event(posted.read(body)))


@router.post("/worker/{worker:path}/{word}")
async def take_of_worker(request: Request, worker: Worker, word: str, body: Body) -> dict[str, str]:
    """What one of the earlier system's workers says of itself."""
    if word not in ("extraction_status", "circuit_breakers"):
        raise HTTPException(404, "not one of the earlier system's paths")
    return await _take(request, lambda: posted.earlier(word, worker, posted.read(body)))


@router.post("/extraction_status")
@router.post("/circuit_breakers")
@router.post("/performance")
@router.post("/error")
@router.post("/extraction_complete")
@router.post("/log")
async def take_earlier(request: Request, body: Body) -> dict[str, str]:
    """What the earlier system's workers say without their name."""
    word = request.url.path.rsplit("/", 1)[-1]
    return await _take(request, lambda: posted.earlier(word, "", posted.read(body)))


async def _take(request: Request, judged: Callable[[], tuple[Reported, Stranger | None]]) -> dict[str, str]:
    try:
        report, stranger = judged()
    except posted.Unfit as error:
        raise HTTPException(422, str(error)) from None
    database: Transactions = request.app.state.database
    try:
        async with database.transaction() as connection:
            if await reported.keep(connection, report) and stranger:
                await reported.show(connection, stranger)
    except StoreError as error:
        _log.warning("monitoring: a report could not be kept", why=str(error))
        raise HTTPException(503, "the database cannot be reached; post it again later") from None
    return {"status": "success"}


def build(database: Transactions, token: Callable[[], str] = _token) -> FastAPI:
    """The receivers, to be mounted at a path that ends in `/api/monitoring`; `token` is asked with each request."""
    app = FastAPI(title="Diocesan Vitality: receivers", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.database, app.state.token = database, token
    app.include_router(router)
    return app
