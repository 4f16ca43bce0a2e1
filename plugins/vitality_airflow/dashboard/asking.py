"""One request for a page: who asks, the moment that its numbers were true, and its answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from vitality_airflow.dashboard.access import Person
from vitality_airflow.dashboard.crawl_database import CrawlDatabase
from vitality_lib.settings import Settings
from vitality_lib.store.dashboard.moments import Moment, one_moment
from vitality_lib.store.database import Connection


@dataclass(frozen=True)
class AskedPage:
    """What a page's route is given: declare a parameter `asking: Asking`."""

    request: Request
    person: Person
    database: CrawlDatabase

    @asynccontextmanager
    async def moment(self) -> AsyncIterator[Moment]:
        """One read-only moment of the database (`.connection`, `.at`): ask in it whatever the page shows."""
        async with self.database.transaction() as connection, one_moment(connection) as moment:
            yield moment

    @asynccontextmanager
    async def change(self) -> AsyncIterator[Connection]:
        """A transaction that may write, for a POST of an editor; committed at its end."""
        async with self.database.transaction() as connection:
            yield connection

    async def settings(self) -> Settings:
        """The library's settings in Airflow's environment."""
        return await self.database.settings()

    def page(self, template: str, moment: Moment | None, **values: Any) -> HTMLResponse:
        """The page of a template in templates/, that extends base.html.j2; see there for what it may fill."""
        rendering = self.request.app.state.rendering
        return HTMLResponse(rendering.page(self.request, self.person, template, moment, values))

    def back_to(self, path: str) -> RedirectResponse:
        """After a POST: to the page at this path of the dashboard, like `/dioceses/12`."""
        return RedirectResponse(f"{self.request.scope.get('root_path', '')}{path}", 303)


def _asking(request: Request) -> AskedPage:
    return AskedPage(request, request.state.person, request.app.state.database)


Asking = Annotated[AskedPage, Depends(_asking)]
