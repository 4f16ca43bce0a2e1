"""The server of the nation: for any host, on kept and on new connections, with what fails and how long it takes."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from nation.plan import Plan
from nation.server import LIST_HOSTS, Served, Temper, serve
from nation.sites import Web
from vitality_lib.sample import USCCB_URL
from vitality_lib.sample.failing import Failing

PLAN = Plan(dioceses=3, parishes=40)
LIST_HOST, LIST_PATH = USCCB_URL.split("/")[2], "/" + USCCB_URL.split("/", 3)[3]


def homes() -> list[str]:
    """Hosts of parishes whose site does well."""
    web = Web(PLAN)
    named = [member.parish.host for _, member in PLAN.parishes_of_all() if member.parish.website]
    return [host for host in named if (answer := web.answer(host, "/")) and answer.status == 200]


async def ask(client: httpx.AsyncClient, port: int, host: str, path: str = "/", **more: str) -> httpx.Response:
    return await client.get(f"http://127.0.0.1:{port}{path}", headers={"Host": host, **more})


async def test_each_host_has_its_own_pages() -> None:
    web = Web(PLAN)
    async with serve(web, Temper()) as port, httpx.AsyncClient(trust_env=False) as client:
        for host in homes()[:10]:
            answer = await ask(client, port, host)
            known = web.answer(host, "/")
            assert known and answer.content == known.body
        assert (await ask(client, port, LIST_HOST, LIST_PATH)).text.count("dioceseof") >= 3
        assert (await ask(client, port, "nobody.example")).status_code == 421


async def test_a_page_that_is_known_is_not_sent_again() -> None:
    async with serve(Web(PLAN), Temper()) as port, httpx.AsyncClient(trust_env=False) as client:
        first = await ask(client, port, homes()[0])
        again = await ask(client, port, homes()[0], **{"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


async def test_what_is_asked_is_noted_with_its_time() -> None:
    noted: list[Served] = []
    temper = Temper(pace=0.1, note=noted.append)
    async with serve(Web(PLAN), temper) as port, httpx.AsyncClient(trust_env=False) as client:
        await ask(client, port, homes()[0], "/robots.txt")
    (one,) = noted
    latency = Web(PLAN).latency(homes()[0]) * 0.1
    assert (one.host, one.target) == (homes()[0], "/robots.txt")
    assert one.ended - one.began >= latency * 0.95


async def test_a_request_has_ended_when_who_made_it_hangs_up() -> None:
    noted: list[Served] = []
    async with serve(Web(PLAN), Temper(pace=1000, note=noted.append)) as port:
        async with httpx.AsyncClient(trust_env=False, timeout=0.2) as client:
            with pytest.raises(httpx.ReadTimeout):
                await ask(client, port, homes()[0])
        await asyncio.sleep(0.1)
    (one,) = noted
    assert one.status == 0
    assert 0.15 <= one.ended - one.began < 1


async def test_a_share_of_the_requests_fails_and_the_list_never_does() -> None:
    noted: list[Served] = []
    temper = Temper(failing=Failing(0.5, 3, LIST_HOSTS), note=noted.append)
    async with serve(Web(PLAN), temper) as port, httpx.AsyncClient(trust_env=False) as client:
        for host in homes()[:30]:
            try:
                await ask(client, port, host)
            except httpx.HTTPError:
                continue
        assert (await ask(client, port, LIST_HOST, LIST_PATH)).status_code == 200
    statuses = [one.status for one in noted]
    assert {0, 200} < set(statuses)
    assert 5 < sum(status != 200 for status in statuses) < 28


async def test_who_speaks_no_http_is_told_so() -> None:
    async with serve(Web(PLAN), Temper()) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"\x16\x03\x01 \x00 \x85 hello\r\n\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 400 ")
        writer.close()
