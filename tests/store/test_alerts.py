"""Alerts: a condition is told of once, until it is over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from vitality_lib.store import alerts
from vitality_lib.store.alerts import Alert, AlertKind
from vitality_lib.store.database import Connection

HELD = Alert(AlertKind.HELD_FOR_REVIEW, "Diocese of Larkspur", "held back", "vitality review show 1", {"review": 1})
LATE = Alert(AlertKind.STAGE_LATE, "vitality_extraction", "late")
HOUR = timedelta(hours=1)


async def opened(connection: Connection) -> set[str]:
    return {one.alert.subject for one in await alerts.open_alerts(connection)}


async def test_a_condition_is_new_once(connection: Connection, now: datetime) -> None:
    assert await alerts.note(connection, HELD, now)
    assert not await alerts.note(connection, HELD, now + HOUR)
    (one,) = await alerts.open_alerts(connection)
    assert (one.alert, one.first_seen, one.last_seen) == (HELD, now, now + HOUR)


async def test_what_is_over_and_comes_again_is_new(connection: Connection, now: datetime) -> None:
    await alerts.note(connection, LATE, now)
    assert await alerts.clear(connection, LATE.kind, [LATE.subject, "nobody"], now) == 1
    assert await alerts.clear(connection, LATE.kind, [LATE.subject], now) == 0
    assert await opened(connection) == set()
    assert await alerts.note(connection, LATE, now + HOUR)


async def test_what_is_seen_no_more_is_over_and_other_kinds_are_left_alone(
    connection: Connection, now: datetime
) -> None:
    other = Alert(AlertKind.HELD_FOR_REVIEW, "Diocese of Aster", "held back")
    await alerts.note(connection, LATE, now)
    assert await alerts.note_all(connection, [AlertKind.HELD_FOR_REVIEW], [HELD], now) == (HELD,)
    assert await alerts.note_all(connection, [AlertKind.HELD_FOR_REVIEW], [HELD, other], now) == (other,)
    assert await alerts.note_all(connection, [AlertKind.HELD_FOR_REVIEW], [other], now) == ()
    assert await opened(connection) == {other.subject, LATE.subject}
    assert await alerts.note_all(connection, [AlertKind.HELD_FOR_REVIEW], [], now) == ()
    assert await opened(connection) == {LATE.subject}


async def test_a_failed_task_that_never_comes_again_is_forgotten(connection: Connection, now: datetime) -> None:
    await alerts.note(connection, Alert(AlertKind.TASK_FAILED, "a diocese that left the list", "failed"), now)
    await alerts.note_all(connection, [], [], now + timedelta(days=29))
    assert len(await opened(connection)) == 1
    await alerts.note_all(connection, [], [], now + timedelta(days=31))
    assert await opened(connection) == set()


async def test_each_is_announced_once_with_the_words_that_were_last(connection: Connection, now: datetime) -> None:
    await alerts.note(connection, LATE, now)
    worse = Alert(LATE.kind, LATE.subject, "later still")
    await alerts.note(connection, worse, now)
    await alerts.note(connection, HELD, now + HOUR)
    assert await alerts.announce(connection, now + HOUR) == (worse, HELD)
    await alerts.note(connection, HELD, now + 2 * HOUR)
    assert await alerts.announce(connection, now + 2 * HOUR) == ()


async def test_what_no_receiver_took_waits_for_one(connection: Connection, now: datetime) -> None:
    await alerts.note_all(connection, [], [LATE, HELD], now)
    await alerts.sent(connection, LATE, now)
    assert await alerts.unsent(connection) == (HELD,)
    await alerts.note(connection, LATE, now + HOUR)
    await alerts.clear(connection, HELD.kind, [HELD.subject], now)
    assert await alerts.unsent(connection) == ()


async def test_names_of_any_length_and_kind_fit(connection: Connection, now: datetime) -> None:
    name = "Diocese of \x00\ud800" + "Long" * 2_500 + "\u202e"
    hostile = Alert(AlertKind.HELD_FOR_REVIEW, name, name, detail={"diocese": name})
    assert await alerts.note_all(connection, [hostile.kind], [hostile], now) == (hostile,)
    assert await alerts.note_all(connection, [hostile.kind], [hostile], now) == ()
    assert await alerts.clear(connection, hostile.kind, [name], now) == 1


@pytest.mark.parametrize(("hours", "counted"), [(0, 1), (11, 1), (12, 0), (36, 0)])
async def test_questions_to_the_model_are_counted_by_the_day(
    connection: Connection, now: datetime, hours: int, counted: int
) -> None:
    """The day is that of UTC; the question was asked at its noon."""
    await connection.execute(
        "INSERT INTO ai_calls (hash, purpose, model, asked_at, state) VALUES ('h', 'p', 'm', %s, 'failed')", [now]
    )
    assert await alerts.ai_calls_since_midnight(connection, now + hours * HOUR) == counted


def test_a_receiver_gets_all_of_it_and_one_line() -> None:
    assert HELD.record() == {
        "text": "held back; do: vitality review show 1",
        "kind": "held_for_review",
        "subject": "Diocese of Larkspur",
        "what": "held back",
        "mend": "vitality review show 1",
        "detail": {"review": 1},
    }
    assert LATE.record()["text"] == "late"
