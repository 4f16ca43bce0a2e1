"""No page of the dashboard is open to anybody, and nothing is changed but from one of its own pages."""

import httpx
import pytest
from dashboard.visitors import EDITOR, FROM_OUR_PAGE, NOBODY, READER, STRANGER, Visitor
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount

OPEN = {"/static"}  # a style sheet, scripts, icons


def questions(dashboard: FastAPI) -> list[tuple[str, str]]:
    """Every route that there is, as method and path, with 1 for each parameter."""
    found = []
    for route in dashboard.routes:
        if isinstance(route, Mount) and route.path in OPEN:
            continue
        assert isinstance(route, APIRoute), f"{route} is neither a route nor one of {OPEN}"
        parameters = dict.fromkeys(route.param_convertors, "1")
        found += [(method, route.path_format.format(**parameters)) for method in route.methods]
    return sorted(found)


async def test_no_route_answers_who_is_not_logged_in(dashboard: FastAPI, visitor: Visitor) -> None:
    asked = questions(dashboard)
    assert len(asked) >= 4
    for method, path in asked:
        answer = await visitor(NOBODY).request(method, f"/vitality{path}", headers=FROM_OUR_PAGE)
        assert answer.status_code == 401, path
        assert "Log in to Airflow first" in answer.text


async def test_no_route_answers_who_may_not_read_the_dag(dashboard: FastAPI, visitor: Visitor) -> None:
    for method, path in questions(dashboard):
        answer = await visitor(STRANGER).request(method, f"/vitality{path}", headers=FROM_OUR_PAGE)
        assert answer.status_code == 403, path
        assert "vitality_extraction" in answer.text


async def test_no_route_changes_anything_for_who_may_only_read(dashboard: FastAPI, visitor: Visitor) -> None:
    for method, path in questions(dashboard):
        if method not in {"GET", "HEAD"}:
            answer = await visitor(READER).request(method, f"/vitality{path}", headers=FROM_OUR_PAGE)
            assert answer.status_code == 403, path


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="says nothing"),
        pytest.param({"origin": "http://evil.example"}, id="another origin"),
        pytest.param({"origin": "null"}, id="a sandboxed page"),
        pytest.param({**FROM_OUR_PAGE, "sec-fetch-site": "same-site"}, id="a neighbour"),
        pytest.param({**FROM_OUR_PAGE, "sec-fetch-site": "cross-site"}, id="another site"),
    ],
)
async def test_a_form_sent_from_elsewhere_is_refused(
    dashboard: FastAPI, visitor: Visitor, headers: dict[str, str]
) -> None:
    for method, path in questions(dashboard):
        if method not in {"GET", "HEAD"}:
            answer = await visitor(EDITOR).request(method, f"/vitality{path}", headers=headers)
            assert (answer.status_code, "did not come from" in answer.text) == (403, True), path


@pytest.mark.parametrize("path", ["/", "/static/dashboard.css", "/nowhere"])
async def test_every_answer_tells_the_browser_what_to_refuse(reader: httpx.AsyncClient, path: str) -> None:
    headers = (await reader.get(f"/vitality{path}")).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
