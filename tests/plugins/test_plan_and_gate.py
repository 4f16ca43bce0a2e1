"""What a run plans, and whether it did it: against a real PostgreSQL."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from vitality_airflow import gate
from vitality_airflow.assets import PARISHES
from vitality_airflow.gate import AlreadyTold
from vitality_airflow.plan import plan

from vitality_lib.models import Candidate, Diocese, Outcome, ParishEntry, Reason, Stage, UnitKind
from vitality_lib.settings import Settings
from vitality_lib.store import dioceses, directories, ledger, parishes, visits
from vitality_lib.store.database import Connection, connect
from vitality_lib.store.parishes import ListedParish

RUN = "manual__1"
NOW = datetime.now(UTC)
THREE = ("Diocese of Aster", "Diocese of Bluebell", "Diocese of Clover")


@pytest.fixture
def ask(database_settings: Settings, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Ask the database that Airflow knows as `vitality_postgres`."""
    monkeypatch.setenv("AIRFLOW_CONN_VITALITY_POSTGRES", database_url)
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@nowhere.invalid/nothing")

    def asked(question: Callable[[Connection], Coroutine[Any, Any, Any]]) -> Any:
        async def do() -> Any:
            async with connect(database_settings) as database, database.transaction() as connection:
                return await question(connection)

        return asyncio.run(do())

    return asked


@pytest.fixture
def ids(ask: Callable[..., Any]) -> dict[str, int]:
    """Three dioceses, each with a directory that was never read."""

    async def fill(connection: Connection) -> dict[str, int]:
        await dioceses.publish(connection, [Diocese(name) for name in THREE], NOW)
        known = {one.name: one.id for one in await dioceses.listed(connection)}
        for id_ in known.values():
            chosen = Candidate(f"http://d{id_}.example/parishes", "Parishes", 1.0)
            await directories.publish(connection, id_, chosen, platform=None, proved=3, now=NOW)
        return known

    return ask(fill)


def context(states: dict[str, str] | None = None, planned: tuple[str, ...] = (), **form: Any) -> Any:
    """What Airflow hands to a task of this run."""
    answers = {"dioceses": [], "force": False, **form}
    ti = SimpleNamespace(
        dag_id="vitality_extraction",
        run_id=RUN,
        get_task_states=lambda dag_id, run_ids: {RUN: {"extraction.plan": "success", **(states or {})}},
        xcom_pull=lambda task_ids: list(planned),
    )
    dag_run = SimpleNamespace(start_date=NOW - timedelta(minutes=1))
    return {"params": answers, "run_id": RUN, "ti": ti, "dag_run": dag_run, "outlet_events": Events()}


class Events(dict[Any, Any]):
    """Airflow's outlet events, which come into being when they are asked for."""

    def __missing__(self, alias: Any) -> Any:
        self[alias] = SimpleNamespace(added=[])
        self[alias].add = lambda asset, extra: self[alias].added.append((asset, extra))
        return self[alias]


def finish(ask: Callable[..., Any], id_: int, reason: Reason = Reason.OK) -> None:
    done = ledger.Finished(Stage.EXTRACTION, UnitKind.DIOCESE, id_, id_, Outcome(reason))
    ask(lambda connection: ledger.record(connection, RUN, "ann", done, NOW))


def test_the_plan_is_what_is_due_and_stands_in_the_ledger(ask: Callable[..., Any], ids: dict[str, int]) -> None:
    assert plan(context(), Stage.EXTRACTION) == list(THREE)
    planned = ask(lambda connection: ledger.planned(connection, RUN, Stage.EXTRACTION))
    assert {unit.name for unit in planned} == set(THREE)


@pytest.mark.parametrize(
    ("stage", "order"),
    [
        (Stage.EXTRACTION, ["Diocese of Clover", "Diocese of Aster", "Diocese of Bluebell"]),
        (Stage.SCHEDULE, ["Diocese of Bluebell", "Diocese of Aster"]),
    ],
)
def test_those_with_the_most_to_do_begin_first(
    stage: Stage, order: list[str], ask: Callable[..., Any], ids: dict[str, int]
) -> None:
    """Aster has four parishes, of which one is due; Bluebell two, both due; Clover's directory was never read."""

    async def fill(connection: Connection) -> None:
        for name, count in (("Diocese of Aster", 4), ("Diocese of Bluebell", 2)):
            listed = [
                ListedParish(f"st-{n}", ParishEntry(f"St. {n}", website=f"https://{count}-{n}.example/"))
                for n in range(count)
            ]
            await parishes.publish(connection, ids[name], listed, NOW)
        rows = await connection.execute("SELECT id FROM parishes WHERE diocese_id = %s", [ids["Diocese of Aster"]])
        for (id_,) in (await rows.fetchall())[:3]:
            await visits.record(connection, Stage.SCHEDULE, UnitKind.PARISH, id_, good=True, changed=True, now=NOW)

    ask(fill)
    assert plan(context(), stage) == order


def test_the_form_chooses_dioceses(ask: Callable[..., Any], ids: dict[str, int]) -> None:
    assert plan(context(dioceses=["diocese of bluebell"]), Stage.EXTRACTION) == ["Diocese of Bluebell"]


def test_the_environment_may_limit_them(
    ask: Callable[..., Any], ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VITALITY_MAX_DIOCESES", "2")
    assert plan(context(), Stage.EXTRACTION) == list(THREE[:2])


def test_an_unknown_diocese_fails_for_good_with_close_names(ask: Callable[..., Any], ids: dict[str, int]) -> None:
    with pytest.raises(AirflowFailException, match=r"'Diocese of Astor'.*did you mean 'Diocese of Aster'"):
        plan(context(dioceses=["Diocese of Astor"]), Stage.EXTRACTION)
    assert ask(lambda connection: ledger.planned(connection, RUN, Stage.EXTRACTION)) == ()


def test_a_database_that_is_away_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_VITALITY_POSTGRES", "postgresql://ann:hush@127.0.0.1:9/crawl")
    with pytest.raises(AirflowException) as failure:
        plan(context(), Stage.EXTRACTION)
    assert not isinstance(failure.value, AirflowFailException)
    assert "hush" not in str(failure.value)


def test_a_database_that_is_not_migrated_is_not(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_VITALITY_POSTGRES", empty_database_url)
    with pytest.raises(AirflowFailException, match="vitality db upgrade"):
        plan(context(), Stage.EXTRACTION)


def test_the_gate_is_open_when_all_have_their_outcome(ask: Callable[..., Any], ids: dict[str, int]) -> None:
    planned = plan(context(), Stage.EXTRACTION)
    for id_, reason in zip(ids.values(), (Reason.OK, Reason.DNS_FAILURE, Reason.HELD_FOR_REVIEW), strict=True):
        finish(ask, id_, reason)
    gate.check(context(planned=tuple(planned)), Stage.EXTRACTION)
    (stage,) = ask(ledger.stages)
    assert stage.status == "ok"


def test_the_gate_names_a_diocese_that_the_ledger_lacks(ask: Callable[..., Any], ids: dict[str, int]) -> None:
    planned = plan(context(), Stage.EXTRACTION)
    finish(ask, ids[THREE[0]])
    finish(ask, ids[THREE[1]], Reason.INTERNAL_ERROR)
    with pytest.raises(AirflowFailException, match=r"2 of 3 dioceses did not finish: .*Bluebell.*Clover") as failure:
        gate.check(context(planned=tuple(planned)), Stage.EXTRACTION)
    assert not isinstance(failure.value, AlreadyTold), "no task failed that would have told"
    (stage,) = ask(ledger.stages)
    assert stage.status == "failed"
    assert "Clover" in stage.detail


def test_the_gate_names_a_diocese_whose_task_failed_after_its_outcome(
    ask: Callable[..., Any], ids: dict[str, int]
) -> None:
    planned = plan(context(), Stage.EXTRACTION)
    for id_ in ids.values():
        finish(ask, id_)
    states = {"extraction.diocese_0": "success", "extraction.diocese_1": "failed", "extraction.diocese_2": "success"}
    with pytest.raises(AlreadyTold, match="1 of 3 dioceses did not finish: Diocese of Bluebell"):
        gate.check(context(states, tuple(planned)), Stage.EXTRACTION)


def test_the_name_of_a_diocese_gives_no_orders_to_the_log(ask: Callable[..., Any], ids: dict[str, int]) -> None:
    async def rename(connection: Connection) -> None:
        name = "Diocese of Clover\x1b[2J\nWARNING all is well"
        await connection.execute("UPDATE dioceses SET name = %s WHERE id = %s", [name, ids[THREE[2]]])

    ask(rename)
    plan(context(), Stage.EXTRACTION)
    with pytest.raises(AirflowFailException) as failure:
        gate.check(context(), Stage.EXTRACTION)
    assert str(failure.value).endswith("Diocese of Clover�[2J�WARNING all is well")
    (stage,) = ask(ledger.stages)
    assert stage.detail == str(failure.value)


def test_the_gate_is_shut_when_there_was_no_plan(ask: Callable[..., Any], ids: dict[str, int]) -> None:
    with pytest.raises(AlreadyTold, match="the plan failed"):
        gate.check(context({"extraction.plan": "failed"}), Stage.EXTRACTION)


def test_a_lost_plan_does_not_open_the_gate(ask: Callable[..., Any], ids: dict[str, int]) -> None:
    """Whatever became of the XCom, the ledger knows what was planned."""
    plan(context(), Stage.EXTRACTION)
    finish(ask, ids[THREE[0]])
    with pytest.raises(AirflowFailException, match=r"2 of 3 dioceses did not finish: Diocese of Bluebell, .*Clover"):
        gate.check(context(planned=()), Stage.EXTRACTION)


def test_a_plan_that_is_made_twice_is_the_same_plan(ask: Callable[..., Any], ids: dict[str, int]) -> None:
    """Two schedulers, or a plan whose XCom was lost."""
    assert plan(context(), Stage.EXTRACTION) == plan(context(), Stage.EXTRACTION) == list(THREE)
    for id_ in ids.values():
        finish(ask, id_)
        finish(ask, id_)
    gate.check(context(planned=THREE), Stage.EXTRACTION)
    assert ask(lambda connection: ledger.counts(connection, RUN))[0].units == 3


def test_what_another_run_did_before_the_plan_is_made_again_is_not_missed(
    ask: Callable[..., Any], ids: dict[str, int]
) -> None:
    """The XCom was lost; meanwhile this run did the first, and another run the second."""
    first, second, third = ids.values()
    plan(context(), Stage.EXTRACTION)

    async def done(connection: Connection, id_: int, run: str) -> None:
        ended = ledger.Finished(Stage.EXTRACTION, UnitKind.DIOCESE, id_, id_, Outcome(Reason.OK))
        await ledger.record(connection, run, "ann", ended, NOW)
        await visits.record(connection, ended.stage, ended.kind, id_, good=True, changed=False, now=datetime.now(UTC))

    ask(lambda connection: done(connection, first, RUN))
    ask(lambda connection: done(connection, second, "another"))
    assert plan(context(), Stage.EXTRACTION) == [THREE[2]]
    finish(ask, third)
    gate.check(context(planned=THREE[2:]), Stage.EXTRACTION)
    planned = ask(lambda connection: ledger.planned(connection, RUN, Stage.EXTRACTION))
    assert [unit.name for unit in planned] == [THREE[0], THREE[2]]


def test_a_stage_that_stands_still_is_a_failure_with_a_name(
    ask: Callable[..., Any], ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VITALITY_STALLED_CYCLES", "1")
    planned = plan(context(), Stage.EXTRACTION)
    for id_ in ids.values():
        finish(ask, id_, Reason.TIMEOUT)
    with pytest.raises(AlreadyTold, match=r"StalledError: extraction stands still: .* 3 dioceses .*timeout 3"):
        gate.check(context(planned=tuple(planned)), Stage.EXTRACTION)
    (stage,) = ask(ledger.stages)
    assert (stage.status, "stands still" in stage.detail) == ("failed", True)


def test_nothing_due_is_well(ask: Callable[..., Any]) -> None:
    assert plan(context(), Stage.EXTRACTION) == []
    gate.check(context(), Stage.EXTRACTION)


def test_the_next_stage_is_woken_only_by_a_change(ask: Callable[..., Any], ids: dict[str, int]) -> None:
    before = context()
    gate.announce(before, Stage.EXTRACTION, PARISHES)
    assert before["outlet_events"] == {}
    listed = [ListedParish("st-ann", ParishEntry("St. Ann"))]
    ask(lambda connection: parishes.publish(connection, ids[THREE[0]], listed, NOW))
    after = context()
    gate.announce(after, Stage.EXTRACTION, PARISHES)
    (event,) = after["outlet_events"].values()
    assert event.added == [(PARISHES, {"changed": 1})]
