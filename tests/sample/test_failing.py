"""The sample web when it is told to fail: which requests fail is decided by the seed, and how a failure looks."""

import asyncio
import time

import httpx
import pytest

from vitality_lib.sample import USCCB_URL, serve
from vitality_lib.sample.failing import Failing, Fault

HOST = "www.dioceseoflarkspur.example"
REQUESTS = [(f"parish{host}.example", f"/page/{page}") for host in range(40) for page in range(25)]


def drawn(failing: Failing) -> list[Fault | None]:
    return [failing.fault(host, path) for host, path in REQUESTS]


async def ask(port: int, path: str, host: str = HOST) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
        return await client.get(f"http://127.0.0.1:{port}{path}", headers={"Host": host})


def test_the_share_that_was_asked_for_fails_in_all_ways_alike() -> None:
    faults = [fault for fault in drawn(Failing(0.3, seed=1)) if fault]
    assert 0.25 < len(faults) / len(REQUESTS) < 0.35
    assert all(faults.count(fault) > len(faults) / len(Fault) / 2 for fault in Fault)


def test_the_same_seed_fails_the_same_requests_in_whatever_order_they_come() -> None:
    there, back = Failing(0.3, seed=1), Failing(0.3, seed=1)
    assert drawn(there) == [back.fault(host, path) for host, path in reversed(REQUESTS)][::-1]
    assert drawn(Failing(0.3, seed=1)) != drawn(Failing(0.3, seed=2))


def test_what_failed_once_may_do_well_the_next_time() -> None:
    failing = Failing(0.3, seed=1)
    assert {bool(failing.fault(HOST, "/")) for _ in range(50)} == {True, False}


def test_nothing_fails_unless_asked_for_and_everything_when_all_shall() -> None:
    assert set(drawn(Failing(0.0))) == {None}
    assert None not in drawn(Failing(1.0))


async def test_the_list_of_dioceses_is_spared() -> None:
    async with serve(pace=0, failing=1.0) as port:
        assert (await ask(port, httpx.URL(USCCB_URL).path, httpx.URL(USCCB_URL).host)).status_code == 200


def path_that(fault: Fault) -> str:
    """A path of `HOST` whose first request fails so, when all do."""
    failing = Failing(1.0, seed=3)
    return next(f"/?{n}" for n in range(1000) if failing.fault(HOST, f"/?{n}") is fault)


@pytest.mark.parametrize(
    ("fault", "status", "headers"),
    [
        (Fault.BROKEN, 500, {}),
        (Fault.BUSY, 503, {"retry-after": "0"}),
        (Fault.REFUSES, 403, {}),
        (Fault.GARBAGE, 200, {"content-type": "text/html; charset=utf-8"}),
    ],
)
async def test_an_answer_that_fails(fault: Fault, status: int, headers: dict[str, str]) -> None:
    async with serve(pace=0, failing=1.0, seed=3) as port:
        answer = await ask(port, path_that(fault))
    assert answer.status_code == status
    assert headers.items() <= dict(answer.headers).items()
    assert b"Larkspur" not in answer.content


@pytest.mark.parametrize("fault", [Fault.HANGS_UP, Fault.CUT_OFF])
async def test_a_connection_that_ends_too_early(fault: Fault) -> None:
    async with serve(pace=0, failing=1.0, seed=3) as port:
        with pytest.raises(httpx.RemoteProtocolError):
            await ask(port, path_that(fault))


async def test_a_coding_that_is_a_lie() -> None:
    async with serve(pace=0, failing=1.0, seed=3) as port:
        with pytest.raises(httpx.DecodingError):
            await ask(port, path_that(Fault.NO_GZIP))


async def test_a_silent_site_keeps_its_visitors_for_five_minutes_times_pace() -> None:
    async with serve(pace=0.001, failing=1.0, seed=3) as port:
        began = time.monotonic()
        with pytest.raises(httpx.RemoteProtocolError):
            await ask(port, path_that(Fault.SILENT))
        assert time.monotonic() - began >= 0.3


async def test_the_others_do_not_wait_for_a_silent_site() -> None:
    async with serve(pace=1, failing=1.0, seed=3) as port:
        silent = asyncio.create_task(ask(port, path_that(Fault.SILENT)))
        assert (await ask(port, path_that(Fault.BROKEN))).status_code == 500
        silent.cancel()
