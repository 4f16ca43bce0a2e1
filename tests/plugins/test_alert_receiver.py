"""Who gets alerts by HTTP, against a real server; and what nobody may do with a name."""

import asyncio
import logging
import time

import alert_receiver
import pytest
from vitality_airflow.alerts import receiver as receivers
from vitality_airflow.alerts.payload import payload
from vitality_airflow.alerts.receiver import Receiver, receiver

from vitality_lib.store.alerts import Alert, AlertKind

HOOK = "T000-hush-B000"
HELD = Alert(AlertKind.HELD_FOR_REVIEW, "Diocese of Larkspur", "held back", "vitality review show 1", {"review": 1})


def named(connection: str, monkeypatch: pytest.MonkeyPatch) -> Receiver:
    monkeypatch.setenv("AIRFLOW_CONN_VITALITY_ALERTS", connection)
    found = receiver()
    assert found
    return found


@pytest.mark.parametrize(
    ("connection", "url"),
    [
        ("https://hooks.example/services/T0/B0", "https://hooks.example/services/T0/B0"),
        ("http://127.0.0.1:8123/in?sig=a%2Fb&v=1", "http://127.0.0.1:8123/in?sig=a%2Fb&v=1"),
        ('{"conn_type": "http", "host": "https://ntfy.example/parishes"}', "https://ntfy.example/parishes"),
        (
            '{"conn_type": "http", "host": "ntfy.example", "schema": "https", "port": 8443}',
            "https://ntfy.example:8443/",
        ),
        ('{"conn_type": "generic", "host": "ntfy.example", "schema": "parishes"}', "https://ntfy.example/parishes"),
    ],
    ids=("uri", "uri-with-a-query", "all-in-the-host", "form", "generic"),
)
def test_an_address_may_be_written_in_many_ways(connection: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = named(connection, monkeypatch)
    assert found.url == url
    assert not found.headers


def test_without_the_connection_nobody_gets_any(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AIRFLOW_CONN_VITALITY_ALERTS", raising=False)
    assert receiver() is None


def test_it_is_a_post_of_json_with_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    with alert_receiver.listening() as server:
        asyncio.run(named(f"http://:{HOOK}@127.0.0.1:{server.port}/in?x=1", monkeypatch).send(payload(HELD)))
    (posted,) = server.posted
    assert posted.path == "/in?x=1"
    assert posted.headers["content-type"] == "application/json"
    assert posted.headers["authorization"] == f"Bearer {HOOK}"
    assert posted.told == {**HELD.record(), "text": "held back; do: vitality review show 1"}


@pytest.mark.parametrize(("status", "silence"), [(500, 0.0), (302, 0.0), (200, 3.0)], ids=("fails", "moved", "slow"))
def test_a_receiver_in_trouble_troubles_nobody(
    status: int,
    silence: float,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(receivers, "_PATIENCE", 0.3)
    with alert_receiver.listening(status, silence) as server, caplog.at_level(logging.DEBUG):
        began = time.monotonic()
        asyncio.run(named(f"http://127.0.0.1:{server.port}/{HOOK}", monkeypatch).send(payload(HELD)))
        assert time.monotonic() - began < 2
    assert len(server.posted) == 1
    ours = [record.getMessage() for record in caplog.records if record.name == receivers.__name__]
    assert ours == [
        "The receiver of alerts cannot be reached (TimeoutError): see vitality_alerts"
        if silence
        else f"The receiver of alerts answered {status}: see vitality_alerts"
    ]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/hush", "http://[oops/hush", "nonsense/hush"])
def test_one_that_is_not_there_troubles_nobody_either(url: str, caplog: pytest.LogCaptureFixture) -> None:
    asyncio.run(Receiver(url).send(payload(HELD)))
    assert "cannot be reached" in caplog.text
    assert "hush" not in caplog.text


def test_neither_address_nor_token_is_shown() -> None:
    assert "hush" not in repr(Receiver("https://hooks.example/hush", {"Authorization": "Bearer hush"}))


def test_a_name_gives_no_orders_to_a_chat() -> None:
    name = "<!channel> @here <https://evil.example|mass times>\x1b[2J\n\u202e" + "x" * 10_000
    told = payload(Alert(AlertKind.HELD_FOR_REVIEW, name, name, detail={"diocese": name}))
    assert not set("<>@\x1b\n\u202e") & set(told["text"])
    assert told["what"].startswith("<!channel> @here")
    assert all(len(text) <= 1000 for text in (told["text"], told["what"], told["subject"], told["detail"]["diocese"]))
