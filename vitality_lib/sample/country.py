"""The fictional country as it lies in `country/*.yaml`: dioceses, parishes, and what is held in them each week."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from vitality_lib.models import Day, Reason, Recurrence, Service, ServiceType

FOLDER = Path(__file__).parent / "country"
_WEEK = (Day.MO, Day.TU, Day.WE, Day.TH, Day.FR, Day.SA, Day.SU)


class CountryError(ValueError):
    """A file of the country says something that cannot be. The text names the file and the entry."""


class Conduct(StrEnum):
    """How a site behaves towards whoever asks."""

    WELL = "well"
    SLOW = "slow"  # each answer takes 3 seconds (times pace); robots.txt asks for patience
    GONE = "gone"  # 404, the homepage too
    BROKEN = "broken"  # 500 for everything, robots.txt too
    REFUSES = "refuses"  # 403
    CHALLENGES = "challenges"  # a bot check in front of every page
    HANGS_UP = "hangs_up"  # the connection is closed without an answer
    DISALLOWS = "disallows"  # robots.txt keeps every crawler off
    CIRCLES = "circles"  # redirects that never end
    MOVED = "moved"  # all of it has gone to another host, permanently
    PARKED = "parked"
    GARBAGE = "garbage"  # bytes that are no text
    EMPTY = "empty"  # 200, and nothing in it
    HUGE = "huge"  # 6 MiB


@dataclass(frozen=True)
class Line:
    """Services that a page states in one breath: the same days, one start or several.

    Of an entry only `type` is needed. `days` are written `SA`, `MO-FR` or `TU,TH`; a Mass on Saturday after noon, or on
    the eve of a holy day, is a vigil.
    """

    type: ServiceType
    days: tuple[Day, ...] = ()
    ordinals: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    end: str | None = None
    language: str = "en"
    church: str | None = None
    season: str | None = None
    note: str | None = None

    @property
    def vigil(self) -> bool:
        eve = self.days == (Day.HOLYDAY_EVE,) or (self.days == (Day.SA,) and min(self.starts, default="") >= "12:00")
        return self.type is ServiceType.MASS and eve and not self.ordinals

    def services(self) -> tuple[Service, ...]:
        """One service for each start; one without a start when there is none."""
        when = Recurrence(self.days, self.ordinals, self.season)
        return tuple(
            Service(self.type, when, start, self.end, self.language, self.church, self.vigil, self.note)
            for start in self.starts or (None,)
        )


@dataclass(frozen=True)
class Site:
    """A parish's website: which layout and theme it has and how it behaves. `moved_to` is the host it has gone to."""

    layout: str
    theme: str = "plain"
    conduct: Conduct = Conduct.WELL
    moved_to: str = ""


@dataclass(frozen=True)
class Parish:
    """A row of a directory. `left_out` says why a row is no open parish; `reason` how a visit to it must end."""

    name: str
    street: str
    city: str
    state: str
    zip: str
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    pastor: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    site: Site | None = None
    reason: Reason = Reason.OK
    lines: tuple[Line, ...] = ()
    left_out: str = ""

    @property
    def slug(self) -> str:
        """Its name in addresses: name and city, in lower case, with hyphens."""
        return re.sub(r"[^a-z0-9]+", "-", f"{self.name} {self.city}".lower().replace("'", "")).strip("-")

    @property
    def host(self) -> str:
        return host_of(self.website or "")


@dataclass(frozen=True)
class Diocese:
    """A diocese, its site and its parishes.

    `platform` is the folder of templates that its site is made of, `reader` the module that reads its directory;
    `shows` are the fields of a parish that the directory gives; `detail` is the address of its page about one parish,
    with `{slug}` in it. `menu` are the links of the homepage, label and address; `discovery` is how the
    search for a directory must end; `moved_to` the host that its site has gone to.
    """

    name: str
    street: str
    city: str
    state: str
    zip: str
    website: str | None = None
    platform: str = ""
    reader: str = ""
    directory: str | None = None
    shows: tuple[str, ...] = ()
    detail: str = ""
    key: str = ""
    menu: tuple[tuple[str, str], ...] = ()
    conduct: Conduct = Conduct.WELL
    moved_to: str = ""
    discovery: Reason = Reason.OK
    listed: tuple[Parish, ...] = ()

    @property
    def parishes(self) -> tuple[Parish, ...]:
        """The open parishes: what the directory lists, without the rows that must be left out."""
        return tuple(row for row in self.listed if not row.left_out)

    @property
    def home(self) -> str:
        """The address of its homepage today."""
        return f"http://{self.moved_to}/" if self.moved_to else self.website or ""

    @property
    def host(self) -> str:
        return host_of(self.home)


def host_of(address: str) -> str:
    return (urlsplit(address).hostname or "").lower()


@cache
def dioceses() -> tuple[Diocese, ...]:
    """All dioceses, in the order of their files. Raises CountryError for an entry that cannot be."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.yaml")))


def _read(path: Path) -> Diocese:
    entry = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return _diocese(entry)
    except (KeyError, TypeError, ValueError) as error:
        raise CountryError(f"{path.name}: {error}") from error


def _diocese(entry: Mapping[str, Any]) -> Diocese:
    fields = dict(entry)
    fields["menu"] = tuple((label, address) for label, address in fields.get("menu", {}).items())
    fields["shows"] = tuple(fields.get("shows", ()))
    fields["conduct"] = Conduct(fields.get("conduct", "well"))
    fields["discovery"] = Reason(fields.get("discovery", "ok"))
    fields["listed"] = tuple(_parish(row) for row in fields.pop("parishes", ()))
    return Diocese(**fields)


def _parish(entry: Mapping[str, Any]) -> Parish:
    fields = dict(entry)
    site = fields.pop("site", None)
    fields["site"] = Site(**site | {"conduct": Conduct(site.get("conduct", "well"))}) if site else None
    fields["reason"] = Reason(fields.get("reason", "ok"))
    fields["lines"] = tuple(_line(line) for line in fields.pop("services", ()))
    return Parish(**fields)


def _line(entry: Mapping[str, Any]) -> Line:
    fields = dict(entry)
    starts, ordinals = fields.pop("start", ()), str(fields.pop("ordinal", ""))
    return Line(
        ServiceType(fields.pop("type")),
        days=_days(fields.pop("days", "")),
        ordinals=tuple(ordinals.split(",")) if ordinals else (),
        starts=(starts,) if isinstance(starts, str) else tuple(starts),
        **fields,
    )


def _days(text: str) -> tuple[Day, ...]:
    days: list[Day] = []
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        if last:
            days += _WEEK[_WEEK.index(Day(first)) : _WEEK.index(Day(last)) + 1]
        else:
            days.append(Day(first))
    return tuple(days)
