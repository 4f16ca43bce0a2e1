"""A database held against the truth of the sample web, row by row; each difference is one line for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from vitality_lib.models import Reason, Service, Stage
from vitality_lib.sample.truth import TrueDiocese, TrueParish, Truth
from vitality_lib.store.snapshot import ObservedDiocese, ObservedParish


@dataclass(frozen=True)
class Row:
    """What a service says about one weekday: two schedules are equal when these are, however days are grouped."""

    type: str
    day: str | None
    ordinal: str | None
    start: str | None
    end: str | None
    language: str
    church: str | None
    vigil: bool
    season: str | None
    note: str | None

    def __str__(self) -> str:
        return " ".join(str(value) for value in asdict(self).values() if value not in (None, False))


@dataclass(frozen=True)
class Tally:
    """How many rows are in both, only in the truth, only in the database; `lines` names those that are not in both."""

    right: int = 0
    missing: int = 0
    surplus: int = 0
    lines: tuple[str, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.missing + other.missing,
            self.surplus + other.surplus,
            self.lines + other.lines,
        )

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missing)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.surplus)


@dataclass(frozen=True)
class Comparison:
    """The four comparisons: dioceses, parishes, services, and the reasons with which units of work ended."""

    dioceses: Tally
    parishes: Tally
    services: Tally
    reasons: Tally


def compare(observed: Iterable[ObservedDiocese], truth: Truth) -> Comparison:
    """Hold everything that is published against what should be."""
    found = {one.diocese.name: one for one in observed}
    pairs = [(true, found.pop(true.name, None)) for true in truth.dioceses]
    dioceses = sum((_diocese(true, seen) for true, seen in pairs), Tally())
    dioceses += Tally(surplus=len(found), lines=tuple(f"{name}: is no diocese" for name in found))
    parishes, services, reasons = Tally(), Tally(), Tally()
    for true, seen in pairs:
        reasons += _stage_reasons(true, seen)
        known = {_key(one): one for one in seen.parishes} if seen else {}
        for parish in true.parishes:
            there = known.pop((parish.entry.name, parish.entry.city), None)
            where = f"{true.name}, {parish.entry.name} ({parish.entry.city})"
            parishes += _parish(where, parish, there)
            services += _services(where, parish.services, there.services if there else ())
            reasons += _reason(where, parish.reason, there.reason if there else None)
        parishes += Tally(surplus=len(known), lines=tuple(f"{true.name}: {name} is no parish" for name in known))
    return Comparison(dioceses, parishes, services, reasons)


def _key(parish: ObservedParish) -> tuple[str, str | None]:
    return parish.entry.name, parish.entry.city


def _diocese(true: TrueDiocese, seen: ObservedDiocese | None) -> Tally:
    if seen is None:
        return Tally(missing=1, lines=(f"{true.name}: is not listed",))
    wrong = _differences(asdict(true.diocese), asdict(seen.diocese))
    wrong += _differences(
        {"directory": true.directory_url, "reader": true.reader or None},
        {"directory": seen.directory_url, "reader": seen.platform},
    )
    return _row(true.name, wrong)


def _parish(where: str, true: TrueParish, seen: ObservedParish | None) -> Tally:
    if seen is None:
        return Tally(missing=1, lines=(f"{where}: is not published",))
    return _row(where, _differences(asdict(true.entry), asdict(seen.entry)))


def _differences(true: dict[str, object], seen: dict[str, object]) -> list[str]:
    return [f"{name} is {seen[name]!r}, not {true[name]!r}" for name in true if seen[name] != true[name]]


def _row(where: str, wrong: list[str]) -> Tally:
    if wrong:
        return Tally(missing=1, surplus=1, lines=(f"{where}: {'; '.join(wrong)}",))
    return Tally(right=1)


def _services(where: str, true: Iterable[Service], seen: Iterable[Service]) -> Tally:
    wanted, found = _rows(true), _rows(seen)
    missing, surplus = wanted - found, found - wanted
    lines = [f"{where}: lacks {row}" for row in missing] + [f"{where}: invents {row}" for row in surplus]
    return Tally((wanted & found).total(), missing.total(), surplus.total(), tuple(lines))


def _rows(services: Iterable[Service]) -> Counter[Row]:
    return Counter(
        Row(
            service.type.value,
            day,
            ordinal,
            service.start,
            service.end,
            service.language,
            service.church,
            service.vigil,
            service.recurrence.season,
            service.note,
        )
        for service in services
        for day in service.recurrence.days or (None,)
        for ordinal in service.recurrence.ordinals or (None,)
    )


def _stage_reasons(true: TrueDiocese, seen: ObservedDiocese | None) -> Tally:
    reasons = seen.reasons if seen else {}
    discovery = _reason(f"{true.name}, discovery", true.discovery, reasons.get(Stage.DISCOVERY))
    return discovery + _reason(f"{true.name}, extraction", true.extraction, reasons.get(Stage.EXTRACTION))


def _reason(where: str, true: Reason | None, seen: Reason | None) -> Tally:
    return _row(where, [f"ended as {seen}, not as {true}"] if seen is not true else [])
