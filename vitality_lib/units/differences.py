"""What reading stored pages again would change: `+` for what comes, `-` for what goes, `~` for what is otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vitality_lib.calendar.english import say
from vitality_lib.models import ParishEntry, Service
from vitality_lib.reports.schedule_changes import paired


@dataclass(frozen=True)
class Line:
    """One difference; `before` is empty for what comes, `after` for what goes."""

    before: str
    after: str

    @property
    def sign(self) -> str:
        return "~" if self.before and self.after else "+" if self.after else "-"

    @property
    def words(self) -> str:
        return " -> ".join(part for part in (self.before, self.after) if part)

    def record(self) -> dict[str, Any]:
        return {"sign": self.sign, "before": self.before or None, "after": self.after or None}


@dataclass(frozen=True)
class ParishDifference:
    """What is otherwise in the schedule of one parish. `id` is None for a parish that is not published yet."""

    id: int | None
    name: str
    lines: tuple[Line, ...]


@dataclass
class DioceseDifference:
    """What is otherwise in one diocese.

    `held` says why its directory's reading waits for a person (empty: it does not). Of its parishes `read` were read
    again, `without` of them with no service found (what is published of them stays), `never_stored` have no stored
    page, `incomplete` lack some page that published services rest on: neither of these is touched.
    """

    diocese: str
    parishes: tuple[Line, ...] = ()
    held: str = ""
    schedules: list[ParishDifference] = field(default_factory=list)
    read: int = 0
    without: int = 0
    never_stored: int = 0
    incomplete: int = 0

    def counts(self) -> dict[str, int]:
        """How many lines of which sign, and how many parishes were read or left alone."""
        of_parishes, of_services = signs(self.parishes), signs(line for one in self.schedules for line in one.lines)
        return {
            **{f"parishes {sign}": of_parishes[sign] for sign in "+-~"},
            **{f"services {sign}": of_services[sign] for sign in "+-~"},
            "parishes read": self.read,
            "without a service": self.without,
            "never stored": self.never_stored,
            "not wholly stored": self.incomplete,
        }


def signs(lines: Iterable[Line]) -> Counter[str]:
    """How many lines of each sign."""
    return Counter(line.sign for line in lines)


def of_services(before: Sequence[Service], after: Sequence[Service]) -> tuple[Line, ...]:
    """The differences between two schedules of a parish; those of evidence only are none."""
    old, new = ({one.value: one for one in services} for services in (before, after))
    gone = [one for value, one in old.items() if value not in new]
    come = [one for value, one in new.items() if value not in old]
    return tuple(
        Line("" if one is None else say(gone[one]), "" if other is None else say(come[other]))
        for one, other in paired(gone, come)
    )


def of_parishes(before: Mapping[str, ParishEntry], after: Mapping[str, ParishEntry]) -> tuple[Line, ...]:
    """The differences between two lists of the parishes of a diocese, by identity."""
    return tuple(_parish_lines(before, after))


def _parish_lines(before: Mapping[str, ParishEntry], after: Mapping[str, ParishEntry]) -> Iterator[Line]:
    for identity in (*after, *(gone for gone in before if gone not in after)):
        old, new = before.get(identity), after.get(identity)
        if old is None or new is None:
            yield Line(_named(old), _named(new))
        elif old != new:
            facts, now = old.record(), new.record()
            otherwise = [name for name, value in facts.items() if now[name] != value]
            yield Line(
                f"{old.name}: {', '.join(f'{name} {facts[name]!r}' for name in otherwise)}",
                ", ".join(f"{name} {now[name]!r}" for name in otherwise),
            )


def _named(entry: ParishEntry | None) -> str:
    return ", ".join(part for part in (entry.name, entry.street, entry.city, entry.website) if part) if entry else ""
