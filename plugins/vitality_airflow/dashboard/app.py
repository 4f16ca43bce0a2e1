"""The dashboard as one FastAPI app: who may see it, how it answers, and the pages it has."""

from __future__ import annotations

from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles

from vitality_airflow.dashboard import access, failures
from vitality_airflow.dashboard.crawl_database import CrawlDatabase
from vitality_airflow.dashboard.headers import SafeHeaders
from vitality_airflow.dashboard.pages import PAGES
from vitality_airflow.dashboard.rendering import Rendering

STATIC = Path(__file__).parent / "static"


def build() -> FastAPI:
    """The app. Every page is behind `access.allowed`; the style sheet, the scripts and the icons hold no secret."""
    app = FastAPI(title="Diocesan Vitality", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.database = CrawlDatabase()
    app.state.rendering = Rendering(PAGES)
    app.add_middleware(SafeHeaders)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for page in PAGES:
        app.include_router(page.router, dependencies=[Depends(access.allowed)])
    failures.handle(app)
    return app
