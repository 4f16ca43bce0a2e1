"""All checks, in the order in which a report shows them."""

from __future__ import annotations

from datetime import datetime

from vitality_lib.store.checks.addresses import ADDRESSES
from vitality_lib.store.checks.asking import Judged, ask
from vitality_lib.store.checks.check import Check
from vitality_lib.store.checks.contacts import CONTACTS
from vitality_lib.store.checks.coordinates import COORDINATES
from vitality_lib.store.checks.crawl import CRAWL
from vitality_lib.store.checks.dioceses import DIOCESES
from vitality_lib.store.checks.doubles import DOUBLES
from vitality_lib.store.checks.evidence import EVIDENCE
from vitality_lib.store.checks.names import NAMES
from vitality_lib.store.checks.parish_schedules import PARISH_SCHEDULES
from vitality_lib.store.checks.references import REFERENCES
from vitality_lib.store.checks.service_rules import SERVICE_RULES
from vitality_lib.store.checks.service_times import SERVICE_TIMES
from vitality_lib.store.checks.websites import WEBSITES
from vitality_lib.store.database import Connection

SUBJECTS: dict[str, tuple[Check, ...]] = {
    "names": NAMES,
    "addresses": ADDRESSES,
    "coordinates": COORDINATES,
    "contacts": CONTACTS,
    "websites": WEBSITES,
    "doubles": DOUBLES,
    "parish_schedules": PARISH_SCHEDULES,
    "crawl": CRAWL,
    "service_times": SERVICE_TIMES,
    "service_rules": SERVICE_RULES,
    "evidence": EVIDENCE,
    "references": REFERENCES,
    "dioceses": DIOCESES,
}
CHECKS = tuple(check for subject in SUBJECTS.values() for check in subject)


async def ask_all(connection: Connection, now: datetime) -> tuple[Judged, ...]:
    """Every check, one after the other, as the connection's transaction sees the database."""
    return tuple([await ask(connection, check, now) for check in CHECKS])
