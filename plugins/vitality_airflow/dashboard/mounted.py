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


def _receivers() -> Any:
    from vitality_airflow.dashboard.crawl_database import CrawlDatabase  # noqa: PLC0415
    from vitality_airflow.dashboard.receivers import build  # noqa: PLC0415

    return build(CrawlDatabase())


def _metrics() -> Any:
    from vitality_airflow.dashboard.metrics import build  # noqa: PLC0415

    return build()


# The first prefix that fits answers: the dashboard, behind Airflow's login, comes last. Workers and scrapers cannot log
# in; their apps ask for MONITORING_TOKEN instead.
_RECEIVERS = Mounted(_receivers)
FASTAPI_APPS = [
    {"app": _RECEIVERS, "url_prefix": "/api/monitoring", "name": "Diocesan Vitality: receivers"},
    {"app": _RECEIVERS, "url_prefix": f"{PREFIX}/api/monitoring", "name": "Diocesan Vitality: receivers, beside it"},
    {"app": Mounted(_metrics), "url_prefix": f"{PREFIX}-metrics", "name": "Diocesan Vitality: metrics"},
    {"app": Mounted(_dashboard), "url_prefix": PREFIX, "name": "Diocesan Vitality"},
]
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
