"""Events are posted in order, signed, in every shape that a receiver takes; losses are counted, and nothing repeats."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from monitoring.receiver import accepting_and_silent, receiving, refusing
from monitoring.told import DATA, event

from vitality_lib.monitoring.queue import Queue
from vitality_lib.monitoring.sender import KNOWS_US, Sender
from vitality_lib.monitoring.signature import HEADER, is_signed

TOKEN = "a-token"


@contextmanager
def sending(url: str, queue: Queue, token: str = TOKEN) -> Iterator[Sender]:
    """A sender with short pauses."""
    sender = Sender(url, token, queue, first_pause=0.02, longest_pause=0.1)
    sender.start()
    try:
        yield sender
    finally:
        sender.end()


def settled(queue: Queue, seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not queue.empty:
        assert time.monotonic() < end, "the queue does not become empty"
        time.sleep(0.005)


def test_events_come_in_their_order_and_signed() -> None:
    queue = Queue()
    with receiving() as receiver, sending(receiver.url, queue):
        for number in range(20):
            queue.put(event("log", message=f"{number}"))
        settled(queue)
    assert [one["data"]["message"] for one in receiver.events()] == [str(number) for number in range(20)]
    assert all(is_signed(TOKEN, one.headers[HEADER], one.body, time.time()) for one in receiver.posted)
    assert {one.headers["Content-Type"] for one in receiver.posted} == {"application/json"}


def test_without_a_token_nothing_is_signed() -> None:
    queue = Queue()
    with receiving() as receiver, sending(receiver.url, queue, token=""):
        queue.put(event())
        settled(queue)
    assert receiver.posted
    assert not any(HEADER in one.headers for one in receiver.posted)


def test_path_query_and_login_of_the_address_are_kept() -> None:
    queue = Queue()
    with receiving() as receiver, sending(receiver.url.replace("//", "//ann:pw@") + "/vitality/?key=1", queue):
        queue.put(event("log"))
        settled(queue)
    assert [one.path for one in receiver.posted] == [
        "/vitality/api/monitoring/events?key=1",
        "/vitality/api/monitoring/log?key=1",
    ]
    assert receiver.posted[0].headers["Authorization"] == "Basic YW5uOnB3"


def test_a_receiver_of_the_earlier_system_is_asked_for_events_once() -> None:
    queue = Queue()
    with receiving(special={"events": 404}) as receiver, sending(receiver.url, queue):
        for kind in DATA:
            queue.put(event(kind))
        settled(queue)
    assert len(receiver.at("events")) == 1
    earlier = [one.path.removeprefix("/api/monitoring/") for one in receiver.posted[1:]]
    status = "worker/pod%2Fann%201/extraction_status"
    assert earlier == [status, status, status, "performance", "circuit_breakers", "error", "extraction_complete", "log"]


def test_a_path_that_a_receiver_does_not_have_is_left_alone() -> None:
    queue = Queue()
    with receiving(special={"extraction_status": 405}) as receiver, sending(receiver.url, queue):
        for _ in range(3):
            queue.put(event("heartbeat"))
        settled(queue)
    assert (len(receiver.at("events")), len(receiver.at("extraction_status"))) == (3, 1)


def test_a_receiver_that_knows_our_events_needs_no_other_shape() -> None:
    queue = Queue()
    with receiving(headers={KNOWS_US: "1"}) as receiver, sending(receiver.url, queue):
        for kind in DATA:
            queue.put(event(kind))
        settled(queue)
    assert {one.path for one in receiver.posted} == {"/api/monitoring/events"}


def test_an_event_that_is_refused_is_no_reason_to_wait() -> None:
    queue = Queue()
    with receiving(special={"events": 422}) as receiver, sending(receiver.url, queue) as sender:
        queue.put(event("log"))
        queue.put(event("log"))
        settled(queue)
        assert sender.well
    assert (len(receiver.at("events")), len(receiver.at("log"))) == (2, 2)


def test_what_failed_is_posted_again_and_what_came_through_is_not() -> None:
    queue = Queue()
    with receiving(first={"log": [500]}) as receiver, sending(receiver.url, queue):
        queue.put(event("log"))
        settled(queue)
    assert (len(receiver.at("events")), len(receiver.at("log"))) == (1, 2)


def test_a_receiver_that_fails_for_good_costs_its_events_but_not_those_that_follow() -> None:
    queue = Queue()
    with receiving(first={"events": [500, 503, 429]}) as receiver, sending(receiver.url, queue):
        queue.put(event("log", message="lost"))
        queue.put(event("log", message="told"))
        settled(queue)
    (lost, told) = (receiver.events()[0], receiver.events()[-1])
    assert (lost["data"]["message"], told["data"]["message"], told["dropped"]) == ("lost", "told", 1)
    assert {one["id"] for one in receiver.events()[:3]} == {lost["id"]}  # one event, tried three times
    assert queue.dropped == 0


def test_the_oldest_make_room_and_the_next_event_says_how_many_are_gone() -> None:
    queue = Queue(most=3)
    for number in range(8):
        queue.put(event("log", message=str(number)))
    with receiving() as receiver, sending(receiver.url, queue):
        settled(queue)
    assert [(one["data"]["message"], one.get("dropped")) for one in receiver.events()] == [
        ("5", 5),
        ("6", None),
        ("7", None),
    ]


def test_what_was_told_while_nobody_listened_is_posted_when_somebody_does() -> None:
    queue = Queue()
    with refusing() as url:
        port = int(url.rsplit(":", 1)[1])
    with sending(url, queue) as sender:
        queue.put(event("log"))
        queue.put(event("error"))
        end = time.monotonic() + 5
        while sender.well and time.monotonic() < end:
            time.sleep(0.005)
        assert not sender.well
        with receiving(port) as receiver:
            settled(queue)
            assert sender.well
    assert [one["kind"] for one in receiver.events()] == ["log", "error"]


def test_telling_takes_no_time_whatever_the_receiver_does() -> None:
    queue = Queue()
    with accepting_and_silent() as url, sending(url, queue):
        one = event("log")
        began = time.perf_counter()
        for _ in range(5000):
            queue.put(one)
        assert time.perf_counter() - began < 1.0
        assert queue.dropped >= 3999


def test_an_event_that_cannot_be_written_is_lost_alone() -> None:
    queue = Queue()
    with receiving() as receiver, sending(receiver.url, queue):
        queue.put(event("performance", pages_a_minute=float("nan")))
        queue.put(event("log"))
        settled(queue)
    assert [(one["kind"], one["dropped"]) for one in receiver.events()] == [("log", 1)]
