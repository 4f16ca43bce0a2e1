"""What a person, or a program, is told when there is no page to show: one line, and what to do."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from psycopg.errors import QueryCanceled
from starlette.exceptions import HTTPException

from vitality_lib.settings import SettingsError
from vitality_lib.store.errors import StoreError

_log = logging.getLogger(__name__)
_LOG_IN = "Log in to Airflow first; then open this page again."
_HEADINGS = {401: "Not logged in", 403: "Not for you", 404: "There is no such page", 503: "Not available just now"}


def handle(app: FastAPI) -> None:
    """Give the app its answers for what goes wrong."""

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        line = _LOG_IN if error.status_code == HTTPStatus.UNAUTHORIZED else _words(error)
        return told(request, error.status_code, line, error.headers)

    @app.exception_handler(RequestValidationError)
    async def not_understood(request: Request, error: RequestValidationError) -> Response:
        parts = "; ".join(f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors())
        return told(request, 422, f"This cannot be understood: {parts}.")

    @app.exception_handler(StoreError)
    @app.exception_handler(SettingsError)
    async def no_database(request: Request, error: Exception) -> Response:
        return told(request, 503, f"{str(error)[:1].upper()}{str(error)[1:]}.", {"retry-after": "10"})

    @app.exception_handler(QueryCanceled)
    async def too_slow(request: Request, _: QueryCanceled) -> Response:
        line = "The database took longer than 5 seconds over one question: see what else keeps it busy, and try again."
        return told(request, 503, line, {"retry-after": "10"})

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> Response:
        _log.error("The dashboard failed at %s", request.url.path, exc_info=error)
        return told(request, 500, "This page broke; the log of Airflow's API server says where.")


def told(request: Request, status: int, line: str, headers: object = None) -> Response:
    """The line as a page; as JSON for a program that asks below /api."""
    more = dict(headers or {})  # type: ignore[call-overload]
    if request.url.path.removeprefix(request.scope.get("root_path", "")).startswith("/api"):
        return JSONResponse({"detail": line}, status, more)
    heading = _HEADINGS.get(status, HTTPStatus(status).phrase)
    person = getattr(request.state, "person", None)
    rendering = request.app.state.rendering
    text = rendering.page(request, person, "failure.html.j2", None, {"heading": heading, "line": line})
    return HTMLResponse(text, status, more)


def _words(error: HTTPException) -> str:
    plain = error.detail == HTTPStatus(error.status_code).phrase
    return "Choose a page above." if plain else str(error.detail)
