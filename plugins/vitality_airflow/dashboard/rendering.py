"""Templates to HTML: the layout, the navigation, and the filters that make other people's words harmless."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from vitality_airflow.dashboard import words
from vitality_airflow.dashboard.access import Person
from vitality_airflow.dashboard.addresses import Addresses

if TYPE_CHECKING:
    from vitality_airflow.dashboard.pages import Page
    from vitality_lib.store.dashboard.moments import Moment

_TEMPLATES = Path(__file__).parent / "templates"


class Rendering:
    """What turns a template and its values into a page, for everybody who asks."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._navigation = [page for page in pages if page.label]
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(words.FILTERS)

    def page(
        self, request: Request, person: Person | None, template: str, moment: Moment | None, values: Mapping[str, Any]
    ) -> str:
        """The page; templates see `base` (where the dashboard is mounted), `here` (this path in it), `person`, `at`,
        `navigation`, `query` (what was asked, by name) and `address` (see `addresses.Addresses`), besides `values`.
        """
        base = request.scope.get("root_path", "")
        here = request.url.path.removeprefix(base) or "/"
        return self._environment.get_template(template).render(
            base=base,
            here=here,
            navigation=self._navigation,
            person=person,
            at=moment.at if moment else None,
            query=request.query_params,
            address=Addresses(framed=_framed(request)),
            **values,
        )


def _framed(request: Request) -> bool:
    """Whether the page is shown inside Airflow's: the browser says so of a page, live.js of a later question."""
    return "iframe" in (request.headers.get("sec-fetch-dest"), request.headers.get("x-framed"))
