"""The directories that people named: who, why and until when, and whether the readings go by them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from vitality_lib.reports.figures import NamedDirectory, Standing
from vitality_lib.reports.tables import Tables
from vitality_lib.store.overrides import OverrideInUse

_SOON = timedelta(days=14)


def named_directories(tables: Tables) -> tuple[NamedDirectory, ...]:
    """Every override, expired ones included, by diocese."""
    return tuple(_named(one, tables.now) for one in tables.overrides)


def _named(one: OverrideInUse, now: datetime) -> NamedDirectory:
    named = one.override
    return NamedDirectory(
        diocese=named.diocese,
        url=named.url,
        why=named.why,
        set_by=named.set_by,
        set_at=named.set_at.astimezone(UTC),
        expires_at=_utc(named.expires_at),
        standing=standing(named.expires_at, now),
        used=one.used,
        read_at=_utc(one.read_at),
        outcome=one.reason or "",
    )


def standing(expires_at: datetime | None, now: datetime) -> Standing:
    """Whether what a person decided counts at a time, and whether it still will in 14 days."""
    if expires_at is None or expires_at > now + _SOON:
        return Standing.STANDS
    return Standing.EXPIRES_SOON if expires_at > now else Standing.EXPIRED


def _utc(when: datetime | None) -> datetime | None:
    return None if when is None else when.astimezone(UTC)
