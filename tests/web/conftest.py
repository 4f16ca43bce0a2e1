"""A scripted web for each test that asks for one."""

from collections.abc import AsyncIterator

import pytest
from scripted_web import Server, serving


@pytest.fixture
async def web() -> AsyncIterator[Server]:
    async with serving() as server:
        yield server
