"""The server: HTTP/1.1 with all hosts on one port, conditional requests, and sites that behave badly."""

import asyncio
import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
import pytest

from vitality_lib.sample import USCCB_URL, country, serve
from vitality_lib.sample.country import Conduct

COMMAND = [sys.executable, "-m", "vitality_lib.sample"]


@dataclass(frozen=True)
class Web:
    """A client that finds every host on the one port."""

    port: int
    client: httpx.AsyncClient

    async def ask(self, url: str, method: str = "GET", **headers: str) -> httpx.Response:
        parts = urlsplit(url)
        target = f"http://127.0.0.1:{self.port}{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        return await self.client.request(method, target, headers={"Host": parts.netloc, **headers})


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with serve(pace=0.01) as port, httpx.AsyncClient(trust_env=False) as client:
        yield Web(port, client)


def website_of(conduct: Conduct) -> str:
    """The address of a parish whose site behaves so."""
    sites = (parish for diocese in country.dioceses() for parish in diocese.parishes)
    return next(one.website for one in sites if one.website and one.site and one.site.conduct is conduct)


async def test_a_page_is_html_with_a_tag_of_its_content(web: Web) -> None:
    page = await web.ask(USCCB_URL)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["etag"]
    assert "Diocese of Larkspur" in page.text


async def test_a_copy_that_is_still_good_is_confirmed_without_a_body(web: Web) -> None:
    first = await web.ask(USCCB_URL)
    again = await web.ask(USCCB_URL, **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (await web.ask(USCCB_URL, **{"If-None-Match": '"another"'})).status_code == 200


async def test_head_gives_the_headers_alone(web: Web) -> None:
    whole, head = await web.ask(USCCB_URL), await web.ask(USCCB_URL, "HEAD")
    assert head.content == b""
    assert head.headers["content-length"] == str(len(whole.content))


async def test_other_methods_are_not_allowed(web: Web) -> None:
    assert (await web.ask(USCCB_URL, "DELETE")).status_code == 405


async def test_a_form_may_be_posted(web: Web) -> None:
    request = web.client.post(
        f"http://127.0.0.1:{web.port}/wp-admin/admin-ajax.php",
        data={"action": "store_search"},
        headers={"Host": "archportmeridian.example"},
    )
    assert isinstance((await request).json(), list)


async def test_each_host_has_a_robots_txt(web: Web) -> None:
    robots = await web.ask("http://www.dioceseoflarkspur.example/robots.txt")
    assert (robots.status_code, robots.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert "Disallow: /wp-admin/" in robots.text
    assert "Disallow: /\n" in (await web.ask(f"{website_of(Conduct.DISALLOWS)}robots.txt")).text


async def test_a_host_is_served_with_and_without_www_and_whatever_its_port(web: Web) -> None:
    bare, www = (
        await web.ask("http://dioceseoflarkspur.example/"),
        await web.ask("http://www.dioceseoflarkspur.example/"),
    )
    assert bare.content == www.content
    assert (await web.ask("http://dioceseoflarkspur.example:8080/")).content == bare.content


async def test_an_unknown_host_and_an_unknown_page_are_refused(web: Web) -> None:
    assert (await web.ask("http://nowhere.example/")).status_code == 421
    assert (await web.ask("http://www.dioceseoflarkspur.example/no/such/page")).status_code == 404


async def test_a_query_does_not_make_another_page(web: Web) -> None:
    plain = await web.ask("http://www.dioceseoflarkspur.example/parishfinder")
    assert (await web.ask("http://www.dioceseoflarkspur.example/parishfinder/?utm=1")).content == plain.content


async def test_a_connection_is_kept_for_the_next_request(web: Web) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", web.port)
    for _ in range(2):
        writer.write(b"GET /robots.txt HTTP/1.1\r\nHost: www.usccb.example\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(re.search(rb"Content-Length: (\d+)", head)[1]))  # type: ignore[index]
    writer.write(b"GET /robots.txt HTTP/1.1\r\nHost: www.usccb.example\r\nConnection: close\r\n\r\n")
    assert b"Connection: close" in await reader.read()
    writer.close()


async def test_what_is_no_http_is_answered_once_and_hung_up_on(web: Web) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", web.port)
    writer.write(b"good morning\r\n\r\n")
    assert (await reader.read()).startswith(b"HTTP/1.1 400 ")
    writer.close()


@pytest.mark.parametrize(
    ("conduct", "status"),
    [
        (Conduct.GONE, 404),
        (Conduct.BROKEN, 500),
        (Conduct.REFUSES, 403),
        (Conduct.CHALLENGES, 503),
        (Conduct.CIRCLES, 301),
        (Conduct.MOVED, 301),
    ],
)
async def test_an_unhappy_site_answers_so(web: Web, conduct: Conduct, status: int) -> None:
    assert (await web.ask(website_of(conduct))).status_code == status


async def test_a_site_that_hangs_up_sends_nothing_at_all(web: Web) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        await web.ask(website_of(Conduct.HANGS_UP))


async def test_a_huge_page_says_so_beforehand(web: Web) -> None:
    head = await web.ask(website_of(Conduct.HUGE), "HEAD")
    assert int(head.headers["content-length"]) > 5 * 2**20


async def test_a_slow_site_takes_three_seconds_times_pace() -> None:
    async with serve(pace=0.1) as port, httpx.AsyncClient(trust_env=False) as client:
        began = time.monotonic()
        await Web(port, client).ask(website_of(Conduct.SLOW))
        assert time.monotonic() - began >= 0.3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_program_says_its_port_and_ends_cleanly_when_asked(number: signal.Signals) -> None:
    with subprocess.Popen(COMMAND, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout
        port = json.loads(program.stdout.readline())["port"]
        with socket.create_connection(("127.0.0.1", port)):
            program.send_signal(number)
            _, errors = program.communicate(timeout=20)
    assert (program.returncode, errors) == (0, "")


def test_a_port_in_use_is_one_line_and_a_failure() -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run([*COMMAND, "--port", port], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert re.fullmatch(rf"port {port} cannot be had: .*--port\n", done.stderr)


@pytest.mark.parametrize("wrong", [["--port", "70000"], ["--port", "http"], ["--pace", "-1"]])
def test_a_wrong_option_is_wrong_usage(wrong: list[str]) -> None:
    done = subprocess.run([*COMMAND, *wrong], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert wrong[1] in done.stderr
