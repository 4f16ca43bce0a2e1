"""What people corrected in schedules: who, why and until when, and what each correction did to the last reading."""

from __future__ import annotations

from datetime import UTC, datetime

from vitality_lib.calendar.english import say
from vitality_lib.models import Service
from vitality_lib.reports.figures import CorrectedService, Effect
from vitality_lib.reports.overrides_in_use import standing
from vitality_lib.reports.tables import Tables
from vitality_lib.store.corrections import KeptCorrection


def corrected_services(tables: Tables) -> tuple[CorrectedService, ...]:
    """Every correction in force: those that a person should look at first, each kind by diocese and parish."""
    effects = list(Effect)
    found = [_corrected(one, tables.now) for one in tables.corrections if one.counts(tables.now)]
    return tuple(sorted(found, key=lambda one: (effects.index(one.effect), one.diocese, one.parish, one.number)))


def _corrected(one: KeptCorrection, now: datetime) -> CorrectedService:
    return CorrectedService(
        number=one.correction.number,
        diocese=one.diocese,
        parish=one.parish,
        wrong=_words(one.correction.wrong),
        right=_words(one.correction.right),
        why=one.why,
        set_by=one.set_by,
        set_at=one.set_at.astimezone(UTC),
        expires_at=one.expires_at and one.expires_at.astimezone(UTC),
        standing=standing(one.expires_at, now),
        effect=Effect(one.standing.value),
        used_at=one.used_at and one.used_at.astimezone(UTC),
    )


def _words(service: Service | None) -> str:
    return say(service) if service else ""
