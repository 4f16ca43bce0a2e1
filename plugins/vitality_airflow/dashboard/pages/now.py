"""*Now*: what is running, what is stuck, and why."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse

from vitality_airflow.dashboard.asking import Asking
from vitality_airflow.dashboard.audit import Noted
from vitality_airflow.dashboard.pools import Pools
from vitality_lib.models import Stage
from vitality_lib.store import alerts
from vitality_lib.store.alerts import AlertKind
from vitality_lib.store.dashboard import at_work, breakers, host_queue, stage_work
from vitality_lib.store.dashboard.at_work import State
from vitality_lib.work import watchdog

router = APIRouter()
_BY_DIOCESE = (Stage.DISCOVERY, Stage.EXTRACTION, Stage.SCHEDULE)
_HOSTS = 50
_WORKING = {State.ACTIVE, State.SILENT}


@router.get("/")
async def now(asking: Asking, pools: Pools) -> HTMLResponse:
    """The page."""
    settings = await asking.settings()
    async with asking.moment() as moment:
        connection, at = moment.connection, moment.at
        workers = await at_work.workers(connection, at, settings.heartbeat_seconds)
        due = await stage_work.due(connection, at)
        runs = await stage_work.last_runs(connection)
        looks = [await watchdog.look(connection, stage, settings.stalled_cycles) for stage in _BY_DIOCESE]
        turns = await host_queue.turns(connection)
        shut = await breakers.breakers(connection)
        told = await alerts.open_alerts(connection)
    hosts = host_queue.explain(turns, at, settings.per_address)
    return asking.page(
        "now.html.j2",
        moment,
        working=[one for one in workers if one.state in _WORKING],
        gone=[one for one in workers if one.state not in _WORKING],
        failed=sum(one.state is State.FAILED for one in workers),
        due={one.stage: one for one in due},
        runs={run.stage: run for run in runs},
        stages=[stage for stage in Stage if stage in _BY_DIOCESE or any(run.stage is stage for run in runs)],
        stalls=[look for look in looks if look],
        alerts=[one for one in told if one.alert.kind is not AlertKind.STALLED],
        pools=pools,
        hosts=hosts[:_HOSTS],
        more_hosts=len(hosts) - _HOSTS,
        in_flight=sum(turn.taken_at is not None for turn in turns),
        waiting=sum(turn.taken_at is None for turn in turns),
        breakers=shut,
    )


@router.post("/breakers/close")
async def close_breaker(asking: Asking, note: Noted, host: Annotated[str, Form(max_length=300)]) -> RedirectResponse:
    """Close the breaker of a host now, for an editor who knows that its server is well again."""
    async with asking.change() as connection:
        closed = await breakers.close(connection, host)
    if closed:
        await note(asking.person.name, "close_breaker", host)
    return asking.back_to("/#breakers")
