"""Who may look and who may change things: whoever may read, and edit, the DAG `vitality_extraction` in Airflow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPBearer

DAG = "vitality_extraction"
_READING = {"GET", "HEAD"}
_bearer = HTTPBearer(auto_error=False)


@dataclass(frozen=True)
class Person:
    """Somebody who is logged in to Airflow, and what Airflow lets them do."""

    name: str
    may_read: bool
    may_edit: bool


async def person(request: Request) -> Person:
    """Who asks: by the cookie of Airflow's UI, or a bearer token. Raises HTTPException 401 for anybody else."""
    from airflow.api_fastapi.core_api.security import get_user  # noqa: PLC0415 - loaded in the API server already

    user = await get_user(request, None, await _bearer(request))
    may_read, may_edit = await run_in_threadpool(_rights, user)
    return Person(user.get_name(), may_read, may_edit)


async def allowed(request: Request, person: Annotated[Person, Depends(person)]) -> Person:
    """Let a reader read, and an editor change something from a page of ours. Raises HTTPException 403 otherwise."""
    if not person.may_read:
        raise HTTPException(403, f"Ask whoever runs this Airflow for the right to read the DAG {DAG}.")
    if request.method not in _READING:
        if not person.may_edit:
            raise HTTPException(403, f"To change something here takes the right to edit the DAG {DAG}.")
        if not _from_our_own_page(request):
            raise HTTPException(403, "This request did not come from a page of this dashboard.")
    request.state.person = person
    return person


def _rights(user: object) -> tuple[bool, bool]:
    from airflow.api_fastapi.app import get_auth_manager  # noqa: PLC0415
    from airflow.api_fastapi.auth.managers.models.resource_details import DagDetails  # noqa: PLC0415
    from airflow.models.dag import DagModel  # noqa: PLC0415

    details = DagDetails(id=DAG, team_name=DagModel.get_team_name(DAG))
    manager = get_auth_manager()
    may_read, may_edit = (manager.is_authorized_dag(method=how, details=details, user=user) for how in ("GET", "PUT"))
    return may_read, may_edit


def _from_our_own_page(request: Request) -> bool:
    """A browser says where a form was sent from; what says nothing at all is refused too (Fetch Metadata, RFC 6454)."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if origin is not None:
        return urlsplit(origin).netloc == request.headers.get("host")
    return site == "same-origin"
