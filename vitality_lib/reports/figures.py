"""The figures of a report as types. Each says what it counts; a share always says of how many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import pandas as pd

from vitality_lib.reports.model_calls import Cost
from vitality_lib.reports.share import Share
from vitality_lib.reports.storage import StorageForecast
from vitality_lib.reports.vitality_figures import Vitality
from vitality_lib.store.checks.check import Severity


@dataclass(frozen=True)
class Total:
    """A count, and the same count in the report before (None: not known)."""

    key: str
    label: str
    count: int
    before: int | None
    definition: str

    @property
    def growth(self) -> int | None:
        return None if self.before is None else self.count - self.before


@dataclass(frozen=True)
class FunnelStep:
    """How many of the dioceses, or of the parishes, came this far."""

    key: str
    label: str
    share: Share
    definition: str


@dataclass(frozen=True)
class DioceseCoverage:
    """One diocese. `outcome` is the newest of reading its directory (`stage` extraction); where there is none, why the
    search for one failed (discovery), else `not_visited` (empty).
    """

    name: str
    state: str
    platform: str
    route: str
    parishes: int
    websites: Share
    schedules: Share
    services: int
    read_at: datetime | None
    stage: str
    outcome: str
    held: bool


class Standing(StrEnum):
    """Whether an override counts, and for how long."""

    STANDS = "stands"
    EXPIRES_SOON = "expires_soon"  # within 14 days
    EXPIRED = "expired"


@dataclass(frozen=True)
class NamedDirectory:
    """An override, and the newest reading of its diocese's directory since: whether it read the address named.

    `read_at` is None, and `outcome` empty, when there was no reading since; `expires_at` None: for good.
    """

    diocese: str
    url: str
    why: str
    set_by: str
    set_at: datetime
    expires_at: datetime | None
    standing: Standing
    used: bool
    read_at: datetime | None
    outcome: str


class Effect(StrEnum):
    """What a correction did to the last reading of its parish; those that a person should look at come first."""

    NOT_NEEDED = "not_needed"  # the site says the same by now
    NO_MATCH = "no_match"  # the site says neither what was wrong nor what is right
    WAITING = "waiting"  # no reading since it was made
    USED = "used"


@dataclass(frozen=True)
class CorrectedService:
    """A correction in force, in plain English: without `wrong` a service is added, without `right` one is taken away.

    `expires_at` None: for good; `used_at` None: it never changed what a reading said.
    """

    number: int
    diocese: str
    parish: str
    wrong: str
    right: str
    why: str
    set_by: str
    set_at: datetime
    expires_at: datetime | None
    standing: Standing
    effect: Effect
    used_at: datetime | None


@dataclass(frozen=True)
class PageSaid:
    """What one of two pages that contradict each other states: services in plain English, and the words quoted."""

    url: str
    services: tuple[str, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class ContradictingPages:
    """Two pages of a parish that cannot both be right about a type of service on some days.

    `better` is believed, for the reason in `why`; where `decided` is False both sides are published.
    """

    diocese: str
    parish: str
    type: str
    days: str
    decided: bool
    why: str
    better: PageSaid
    worse: PageSaid
    found_at: datetime


@dataclass(frozen=True)
class ReasonCount:
    """How many units ended so, what that means and what to do about it."""

    reason: str
    share: Share
    meaning: str
    advice: str


@dataclass(frozen=True)
class StageOutcomes:
    """The newest outcomes of one kind of unit in one stage: `ok` first, then by count."""

    stage: str
    unit_kind: str
    title: str
    counts: tuple[ReasonCount, ...]


@dataclass(frozen=True)
class Measure:
    """One check of the data: of how many rows (`of` says of what) how many fail it, and a few of those."""

    key: str
    title: str
    severity: Severity
    of: str
    share: Share
    samples: tuple[str, ...]
    definition: str


@dataclass(frozen=True)
class Freshness:
    """How long ago units of one kind were last confirmed. `ages` holds (label, count), the youngest first."""

    key: str
    title: str
    within_8_days: Share
    within_15_days: Share
    ages: tuple[tuple[str, int], ...]
    newest: datetime | None
    definition: str


@dataclass(frozen=True)
class WeekMap:
    """Services by weekday (Sunday first) and hour of their start: `cells[weekday][hour - first_hour]`."""

    key: str
    title: str
    first_hour: int
    cells: tuple[tuple[int, ...], ...]

    @property
    def total(self) -> int:
        return sum(map(sum, self.cells))


@dataclass(frozen=True)
class LanguageCount:
    """How many Masses, and in how many parishes, in one language."""

    language: str
    masses: Share
    parishes: int


class ChangeKind(StrEnum):
    """What happened to a fact since the report before."""

    DIOCESE_NEW = "diocese_new"
    DIOCESE_LEFT_LIST = "diocese_left_list"
    DIRECTORY_NEW = "directory_new"
    DIRECTORY_CHANGED = "directory_changed"
    PARISH_NEW = "parish_new"
    PARISH_GONE = "parish_gone"
    PARISH_RENAMED = "parish_renamed"
    PARISH_CHANGED = "parish_changed"
    SERVICE_NEW = "service_new"
    SERVICE_ENDED = "service_ended"


CHANGE_COLUMNS = ("change", "diocese", "name", "detail", "at")


@dataclass(frozen=True)
class Change:
    """One change: of what, where, in words, and when it was seen."""

    kind: ChangeKind
    diocese: str
    name: str
    detail: str
    at: datetime


@dataclass(frozen=True)
class Changes:
    """What changed since the report before; `since` is None when this is the first.

    `table` has the columns CHANGE_COLUMNS: a first crawl brings more changes than objects would have room for.
    """

    since: datetime | None
    table: pd.DataFrame

    @property
    def rows(self) -> tuple[Change, ...]:
        return _changes(self.table)

    def of(self, kind: ChangeKind, most: int | None = None) -> tuple[Change, ...]:
        """Those of a kind, the first `most` of them."""
        return _changes(self.table[self.table["change"] == kind.value].head(len(self.table) if most is None else most))

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        found = self.table["change"].value_counts()
        return {kind.value: int(found.get(kind.value, 0)) for kind in ChangeKind}


def _changes(table: pd.DataFrame) -> tuple[Change, ...]:
    columns = (table[name] for name in CHANGE_COLUMNS[:-1])
    moments = (moment.to_pydatetime() for moment in table["at"])
    return tuple(Change(ChangeKind(kind), *values) for kind, *values in zip(*columns, moments, strict=True))


@dataclass(frozen=True)
class Series:
    """One count over time: (when, count), the oldest first."""

    key: str
    label: str
    points: tuple[tuple[datetime, int], ...]


@dataclass(frozen=True)
class Figures:
    """Everything a report says. `web` names the web that was crawled, empty when it is not known."""

    run: str
    web: str
    made_at: datetime
    totals: tuple[Total, ...]
    funnel: tuple[FunnelStep, ...]
    dioceses: tuple[DioceseCoverage, ...]
    overrides: tuple[NamedDirectory, ...]
    corrections: tuple[CorrectedService, ...]
    contradictions: tuple[ContradictingPages, ...]
    outcomes: tuple[StageOutcomes, ...]
    quality: tuple[Measure, ...]
    freshness: tuple[Freshness, ...]
    vitality: Vitality
    weeks: tuple[WeekMap, ...]
    languages: tuple[LanguageCount, ...]
    changes: Changes
    growth: tuple[Series, ...]
    cost: Cost
    storage: StorageForecast

    def record(self) -> dict[str, Any]:
        """All figures, for JSON (times are still datetimes); of changes and vitality what is no long table."""
        own = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in ("vitality", "changes")}
        plain = {name: _plain(value) for name, value in own.items()}
        changes = {"since": self.changes.since, "counts": self.changes.counts}
        return {**plain, "vitality": self.vitality.record(), "changes": changes}

    def summary(self) -> Mapping[str, Any]:
        """What the database keeps of each report: small, and by key, so that it can be asked for in SQL."""
        return {
            "web": self.web,
            "totals": {total.key: total.count for total in self.totals},
            "funnel": {step.key: asdict(step.share) for step in self.funnel},
            "outcomes": {
                f"{group.stage}/{group.unit_kind}": {count.reason: count.share.part for count in group.counts}
                for group in self.outcomes
            },
            "quality": {measure.key: asdict(measure.share) for measure in self.quality},
            "freshness": {
                kind.key: {"within_8_days": asdict(kind.within_8_days), "within_15_days": asdict(kind.within_15_days)}
                for kind in self.freshness
            },
            "vitality": self.vitality.summary(),
            "changes": self.changes.counts,
        }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
