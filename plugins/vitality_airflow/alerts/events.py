"""At the end of each run: what is the matter with the data, and an event of the Asset for all that is new."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from airflow.sdk import AssetAlias, Context

from vitality_airflow.alerts.payload import payload
from vitality_airflow.alerts.telling import Teller, say
from vitality_airflow.assets import ALERTS
from vitality_airflow.plan import answer
from vitality_lib.store import alerts
from vitality_lib.store.alerts import Alert, AlertKind
from vitality_lib.store.database import connect
from vitality_lib.work import conditions

log = logging.getLogger(__name__)
_OF_A_RUN = (AlertKind.STAGE_LATE, AlertKind.RUN_FAILED)


def look(context: Context) -> None:
    """Raise what is the matter and was not before; clear what is over; add an event for each alert that has none.

    That are the alerts of callbacks, too: these can add no event themselves, and where they run there may be no way
    out to the receiver.
    """
    unheard = answer(_look(Teller.known(), context["ti"].dag_id))
    for alert in unheard:
        context["outlet_events"][AssetAlias(f"{ALERTS.name} changed")].add(ALERTS, extra=payload(alert))
    log.info("%d new alerts.", len(unheard))


async def _look(teller: Teller, dag_id: str) -> tuple[Alert, ...]:
    now = datetime.now(UTC)
    async with connect(teller.settings) as database:
        async with database.transaction() as connection:
            for kind in _OF_A_RUN:  # a run that has come this far is neither late any more nor out of time
                await alerts.clear(connection, kind, [dag_id], now)
            seen = await conditions.now(connection, teller.settings, now)
            new = await alerts.note_all(connection, conditions.KINDS, seen, now)
            unheard, unsent = await alerts.announce(connection, now), await alerts.unsent(connection)
        for alert in new:
            say(alert)
        await teller.send(database, unsent)
    return unheard
