"""The dashboard as Airflow's plugin manager is told of it. Every component of Airflow loads this: it must be light."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

PREFIX = "/vitality"
_Scope = MutableMapping[str, Any]
_Talk = Callable[..., Awaitable[Any]]


class Mounted:
    """An ASGI app that is built at its first request, so that only the API server ever pays for it."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build
        self._app: Any = None

    async def __call__(self, scope: _Scope, receive: _Talk, send: _Talk) -> None:
        if self._app is None:
            self._app = self._build()
        await self._app(scope, receive, send)


def _dashboard() -> Any:
    from vitality_airflow.dashboard.app import build  # noqa: PLC0415 - not before the first request

    return build()


FASTAPI_APPS = [{"app": Mounted(_dashboard), "url_prefix": PREFIX, "name": "Diocesan Vitality"}]
EXTERNAL_VIEWS = [
    {
        "name": "Diocesan Vitality",
        "href": f"{PREFIX}/",
        "destination": "nav",
        "url_route": "vitality",
        "icon": f"{PREFIX}/static/icon.svg",
        "icon_dark_mode": f"{PREFIX}/static/icon-dark.svg",
    }
]
