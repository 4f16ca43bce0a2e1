"""The words of the design as types: what crosses the border between two modules.

Light on purpose: importing this pulls in no HTML parser, no browser and no pandas.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any


class Stage(StrEnum):
    """One part of the pipeline, and the type of the worker that does it."""

    DISCOVERY = "discovery"
    EXTRACTION = "extraction"
    SCHEDULE = "schedule"
    REPORTING = "reporting"
    ALL = "all"


class UnitKind(StrEnum):
    """What a row of the run ledger speaks of."""

    STAGE = "stage"
    DIOCESE = "diocese"
    PARISH = "parish"


class Reason(StrEnum):
    """What became of one unit of work: `ok`, or why there is nothing (new) to show."""

    OK = "ok"
    NO_WEBSITE = "no_website"
    DNS_FAILURE = "dns_failure"
    CONNECTION_FAILURE = "connection_failure"
    TLS_FAILURE = "tls_failure"
    HTTP_ERROR = "http_error"
    TIMEOUT = "timeout"
    ROBOTS_DISALLOWED = "robots_disallowed"
    BLOCKED = "blocked"
    BREAKER_OPEN = "breaker_open"
    BUDGET_SPENT = "budget_spent"
    FORBIDDEN_ADDRESS = "forbidden_address"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    PARKED_DOMAIN = "parked_domain"
    NO_DIRECTORY = "no_directory"
    NO_SCHEDULE_PAGE = "no_schedule_page"
    ONLY_IN_PDF = "only_in_pdf"
    ONLY_IN_IMAGE = "only_in_image"
    NEEDS_BROWSER = "needs_browser"
    UNREADABLE = "unreadable"
    HELD_FOR_REVIEW = "held_for_review"
    INTERRUPTED = "interrupted"
    INTERNAL_ERROR = "internal_error"


@dataclass(frozen=True)
class Outcome:
    """The one result of one unit of work.

    `detail` is one line for a person; `routes` every route tried, in order.
    """

    reason: Reason
    detail: str = ""
    routes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return self.reason is Reason.OK


# --- pages -----------------------------------------------------------------------------------------------------------


class Purpose(StrEnum):
    """Why a parser asks for another page."""

    FEED = "feed"  # the platform's own data feed
    NEXT = "next"  # the next page of the same list
    DETAIL = "detail"  # the page of one parish in a directory
    FRAME = "frame"  # an iframe that holds the list
    SITEMAP = "sitemap"
    LIST = "list"  # a page that probably lists parishes
    SCHEDULE = "schedule"  # a page that probably holds service times
    BROWSER = "browser"  # this page again, read with a browser


@dataclass(frozen=True)
class Request:
    """A page a parser wants next. `body` is form data; with one the method is POST."""

    url: str
    purpose: Purpose
    body: str | None = None
    why: str = ""

    @property
    def method(self) -> str:
        return "GET" if self.body is None else "POST"

    @property
    def browser(self) -> bool:
        return self.purpose is Purpose.BROWSER


@dataclass(frozen=True)
class Page:
    """One fetched document.

    `url` is the final address, canonical; `body` is free of content encodings; header names are lower-case.
    `route` is how it was had: `http`, `browser` or `file`. `unchanged` says that the server confirmed the copy we kept.
    `nofollow`: the page asks crawlers to follow none of its links.
    """

    url: str
    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    fetched_at: datetime | None = None
    requested_url: str = ""
    route: str = "http"
    unchanged: bool = False
    nofollow: bool = False

    @cached_property
    def sha256(self) -> str:
        """Hash of the body in lower-case hex: the name under which the body is stored."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def content_type(self) -> str:
        """The media type without parameters, lower-case; empty when none was sent."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


@dataclass(frozen=True)
class Evidence:
    """Why a fact is believed.

    `quote` stands in the page's visible text (`schedules.text.visible_text`) at characters `start` to `end`.
    `confidence` lies between 0 and 1.
    """

    page_hash: str
    url: str
    quote: str
    start: int
    end: int
    method: str
    confidence: float


# --- dioceses and their directories ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Diocese:
    """One jurisdiction as the USCCB list gives it; what the list does not say is None."""

    name: str
    street: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    website: str | None = None

    def record(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Candidate:
    """A link that may lead to a wanted page, with a score and the reasons for it."""

    url: str
    label: str
    score: float
    reasons: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        return asdict(self)


class Route(StrEnum):
    """How facts were had from a site, the cheapest first."""

    FEED = "feed"
    BLOB = "blob"
    STATIC = "static"
    DETAIL = "detail"
    BROWSER = "browser"
    PDF = "pdf"
    AI = "ai"


class Status(StrEnum):
    """Whether a parish lives. One that was merged into another, or closed, is listed by some directories still."""

    OPEN = "open"
    MERGED = "merged"
    CLOSED = "closed"


@dataclass(frozen=True)
class ParishEntry:
    """A parish as a directory lists it. Unknown is None; coordinates are degrees (WGS 84), and 0,0 is unknown.

    `state` is the two-letter code; `phone` E.164, several parted by `; ` where a directory gives several; `detail_url`
    the diocese's own page about the parish. `rite` is as the directory says it; `languages` are ISO 639 codes;
    `churches` the worship sites that the directory names for the parish. `closed_on` is `2019`, `2019-06` or
    `2019-06-30`, as exact as the directory is.
    """

    name: str
    street: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    pastor: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    detail_url: str | None = None
    deanery: str | None = None
    rite: str | None = None
    languages: tuple[str, ...] = ()
    churches: tuple[str, ...] = ()
    status: Status = Status.OPEN
    closed_on: str | None = None

    def record(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class LeftOut:
    """A row of a directory that is no open parish: a school, a cemetery, a placeholder, a closed parish.

    `entry` is the whole row where it is a parish that is no more.
    """

    name: str
    why: str
    entry: ParishEntry | None = None


@dataclass(frozen=True)
class DirectoryReading:
    """What one page (or feed) of a directory holds, and what has to be fetched next.

    `claimed` is the number of parishes the page itself speaks of; `incomplete` says, in one line, why the list is known
    to lack some (a locator that gives 25 at most); `why` says why this reading won, and `sure` how
    sure the platform was of the page, 0 to 1.
    """

    platform: str
    route: Route
    parishes: tuple[ParishEntry, ...] = ()
    next: tuple[Request, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    claimed: int | None = None
    why: tuple[str, ...] = ()
    incomplete: str = ""
    sure: float = 0.0


# --- services --------------------------------------------------------------------------------------------------------


class ServiceType(StrEnum):
    MASS = "mass"
    CONFESSION = "confession"
    ADORATION = "adoration"
    OTHER_DEVOTION = "other_devotion"


class Day(StrEnum):
    """A weekday, a holy day of obligation, or the eve of one."""

    SU = "SU"
    MO = "MO"
    TU = "TU"
    WE = "WE"
    TH = "TH"
    FR = "FR"
    SA = "SA"
    HOLYDAY = "HOLYDAY"
    HOLYDAY_EVE = "HOLYDAY_EVE"


@dataclass(frozen=True)
class Recurrence:
    """When a service recurs: on `days`; with `ordinals` only on those such weekdays of the month (`1` to `5`, `last`).

    `season` is None for all year; else names joined by `+` (`lent`, `advent+lent`, `summer`, `academic_year`), or a
    stretch from one day of the year to another (`memorial_day..labor_day`, `05-01..09-30`, `july..august`).
    `weeks` 2 is every other week, counted from the week of `anchor` (ISO date); without one which weeks is not known.
    `month_days` are days of the month (1 to 31; -1 the last) in place of weekdays.
    `exceptions` are dropped from all that: `1FR`, `lastSA` (such weekdays of the month), `HOLYDAY`, a season, or an ISO
    date. `begins` and `ends` are the first and the last day (ISO dates) that the page gives the rule, both included.
    Neither `days` nor `month_days`: by appointment, or tied to another service only (the note says which).
    """

    days: tuple[Day, ...] = ()
    ordinals: tuple[str, ...] = ()
    season: str | None = None
    weeks: int = 1
    anchor: str | None = None
    month_days: tuple[int, ...] = ()
    exceptions: tuple[str, ...] = ()
    begins: str | None = None
    ends: str | None = None

    @property
    def ordinal(self) -> str | None:
        """The ordinals in the records' notation: None, `1`, `1,3`, `last`."""
        return ",".join(self.ordinals) or None

    @property
    def says_when(self) -> bool:
        """Whether it names days at all."""
        return bool(self.days or self.month_days)

    def record(self) -> dict[str, Any]:
        """The rule in the fields of the published records; what is seldom said stands there only where it is said."""
        plain = {"days": [day.value for day in self.days], "ordinal": self.ordinal, "season": self.season}
        seldom = {
            "weeks": self.weeks if self.weeks != 1 else None,
            "anchor": self.anchor,
            "month_days": list(self.month_days),
            "exceptions": list(self.exceptions),
            "begins": self.begins,
            "ends": self.ends,
        }
        return plain | {name: value for name, value in seldom.items() if value}


@dataclass(frozen=True)
class Service:
    """Something that recurs in a church.

    `start` and `end` are `HH:MM` on the 24 h clock in the church's own zone, None when not stated; perpetual adoration
    runs from `00:00` to `24:00`. `nights` is how many days after its start it ends (0: the same day, 24:00 included).
    `church` is None when the page names no church of its own for it.
    `note` holds relations (`after 08:00 Mass`) and `by appointment`.
    `streamed`: the page says that it can be watched from afar, too.
    """

    type: ServiceType
    recurrence: Recurrence
    start: str | None = None
    end: str | None = None
    language: str = "en"
    church: str | None = None
    vigil: bool = False
    note: str | None = None
    evidence: tuple[Evidence, ...] = ()
    nights: int = 0
    streamed: bool = False

    @cached_property
    def value(self) -> tuple[object, ...]:
        """What makes two services the same: everything that is said of them, in any order, except the evidence."""
        when = self.recurrence
        rule = replace(when, days=(), ordinals=(), month_days=(), exceptions=())
        sets = map(frozenset[object], (when.days, when.ordinals, when.month_days, when.exceptions))
        said = (self.language, self.church, self.vigil, self.note, self.streamed)
        return (self.type, rule, *sets, self.start, self.end, self.nights, *said)

    def record(self) -> dict[str, Any]:
        """The service in the fields of the published records (one flat object)."""
        rule = self.recurrence.record()
        season = rule.pop("season")
        seldom = {"nights": self.nights, "streamed": self.streamed}
        return {
            "type": self.type.value,
            "days": rule.pop("days"),
            "ordinal": rule.pop("ordinal"),
            "start": self.start,
            "end": self.end,
            "language": self.language,
            "vigil": self.vigil,
            "season": season,
            "location": self.church,
            "note": self.note,
            **rule,
            **{name: value for name, value in seldom.items() if value},
            "evidence": [asdict(piece) for piece in self.evidence],
        }


@dataclass(frozen=True)
class Correction:
    """A person's word on a service that is read wrongly (`wrong`), or should be read (`right`); one of them at least.

    The evidence of `right` says who corrected it and why, with the method `correction`.
    """

    number: int
    wrong: Service | None
    right: Service | None


class Standing(StrEnum):
    """What a correction did to the last reading of its parish."""

    WAITING = "waiting"  # no reading since it was made
    USED = "used"
    NOT_NEEDED = "not_needed"  # the site says the same by now
    NO_MATCH = "no_match"  # the site says neither what was wrong nor what is right
    ENDED = "ended"  # it expired or was withdrawn, and no longer counts


@dataclass(frozen=True)
class ScheduleReading:
    """The services one page states. `elsewhere` says where they seem to be when they cannot be read here
    (`only_in_pdf`, `only_in_image`); `next` are the pages of the same site that probably hold (more of) them.
    """

    services: tuple[Service, ...] = ()
    next: tuple[Request, ...] = ()
    elsewhere: Reason | None = None
