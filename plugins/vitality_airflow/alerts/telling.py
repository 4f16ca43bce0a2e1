"""Raising an alert: one line in the log, a row in `alerts`, a message to the receiver; once, until it is over."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from vitality_airflow.alerts.payload import payload
from vitality_airflow.alerts.receiver import Receiver, receiver
from vitality_airflow.database import database_settings
from vitality_lib.harmless import json_text, one_line
from vitality_lib.settings import Settings
from vitality_lib.store import alerts
from vitality_lib.store.alerts import Alert, AlertKind
from vitality_lib.store.database import Database, connect
from vitality_lib.store.errors import StoreError

log = logging.getLogger(__name__)


def say(alert: Alert) -> None:
    """One line in the log: words for a person, then all of it as JSON."""
    told = payload(alert)
    log.warning("ALERT %s: %s %s", alert.kind.value, told["text"], json_text(told))


@dataclass(frozen=True)
class Teller:
    """Where alerts are kept, and to whom they are sent."""

    settings: Settings
    receiver: Receiver | None

    @classmethod
    def known(cls) -> Teller:
        """As Airflow's connections say."""
        return cls(database_settings(), receiver())

    async def tell(self, alert: Alert) -> None:
        """Raise an alert. One that is open already is not told again; with no database to ask, it is told."""
        try:
            async with connect(self.settings) as database:
                async with database.transaction() as connection:
                    new = await alerts.note(connection, alert, datetime.now(UTC))
                if new:
                    say(alert)
                    await self.send(database, [alert])
        except StoreError as error:
            log.warning("The alert cannot be kept: %s", one_line(str(error)))
            say(alert)
            if self.receiver:
                await self.receiver.send(payload(alert))

    async def send(self, database: Database, unsent: Iterable[Alert]) -> None:
        """Send alerts, up to the first that is not taken: the next run to end tries those again."""
        for alert in unsent:
            if not self.receiver or not await self.receiver.send(payload(alert)):
                return
            async with database.transaction() as connection:
                await alerts.sent(connection, alert, datetime.now(UTC))

    async def over(self, kind: AlertKind, subjects: Iterable[str]) -> None:
        """These conditions are over."""
        try:
            async with connect(self.settings) as database, database.transaction() as connection:
                ended = await alerts.clear(connection, kind, subjects, datetime.now(UTC))
        except StoreError as error:
            log.warning("Whether an alert is over cannot be kept: %s", one_line(str(error)))
            return
        if ended:
            log.info("An alert is over: %s", kind.value)
