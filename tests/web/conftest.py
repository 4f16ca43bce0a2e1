"""A scripted web for each test that asks for one, and a site of it to read in a browser."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio
from browser_site import Site
from scripted_web import Server, serving

from vitality_lib.web.door import open_door


@pytest.fixture
async def web() -> AsyncIterator[Server]:
    async with serving() as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def open_site() -> AsyncIterator[Site]:
    async with serving() as web, open_door(web.settings(browser="auto"), None) as door:
        yield Site("", web, door)


@pytest.fixture
def site(open_site: Site, request: pytest.FixtureRequest) -> Site:
    return replace(open_site, host=request.node.name.replace("_", "-")[5:60].strip("-") + ".example")
