"""Random services of every kind the model holds, and the zones that churches of the United States stand in."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from vitality_lib.calendar import feasts
from vitality_lib.models import Day, Recurrence, Service, ServiceType

ZONES = (
    "America/New_York", "America/Detroit", "America/Indiana/Indianapolis", "America/Indiana/Knox",
    "America/Kentucky/Louisville", "America/Chicago", "America/North_Dakota/Center", "America/Menominee",
    "America/Denver", "America/Boise", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "America/Juneau",
    "America/Nome", "America/Adak", "Pacific/Honolulu", "America/Puerto_Rico", "America/St_Thomas", "Pacific/Guam",
    "Pacific/Saipan", "Pacific/Pago_Pago",
)  # fmt: skip
DIOCESES = (None, "Archdiocese of Boston", "Diocese of Honolulu", "Archdiocese of Omaha")
FIRST = date(2026, 1, 1)
LAST = FIRST + timedelta(days=731)

_WEEK = (Day.MO, Day.TU, Day.WE, Day.TH, Day.FR, Day.SA, Day.SU)
_SEASONS = ("lent", "advent", "easter", "christmas", "summer", "winter", "academic_year", "holy_week", "triduum")
_MONTHS = ("january", "march", "may", "june", "july", "august", "october", "december")
_LANGUAGES = ("en", "en", "en", "es", "la", "vi", "en/es", "en/es/pl", "ht", "ase", "und", "gez", "haw")
_CHURCHES = (
    None, None, "Holy Lamp Chapel", "St. Ivo, at the Lake", "Chapel at 8:00 AM Road", "Mass, Sundays at 9:00 AM",
    'The "Old" Church', '"Quoted" from the start', "Our Lady, also streamed, at Home", "Back\\slash; semicolon, comma",
    "Two\nlines", " blanks ", "Iglesia de San Telmo – Ñ", "until noon", "100% Saints & Co. = one", "at at",
    "in Spanish",
)  # fmt: skip
_TIES = (
    "after 08:00 Mass", "before and after 08:00 Mass", "30 minutes before 08:00 Mass", "after Mass", "during Adoration",
    "half an hour before 17:30 Mass", "between 08:00 and 10:30 Masses", "after 08:00 Mass; by appointment",
)  # fmt: skip
_REMARKS = (
    None, None, None, "by appointment", "perpetual", "in the crypt, at the side altar", "Sundays at 8:00 AM",
    "also streamed", "during Lent", "until noon", "except holy days", 'say "friend"', "from 08:00 to 24:00",
    "two\nlines", "after noon Mass", "at 08:00", "after the 8:00 AM Mass, at Rome", "trailing \\N and \\n",
    "during the Easter season",
)  # fmt: skip


def random_services(count: int, seed: int) -> list[Service]:
    """So many services, each different from the others; the same for the same seed."""
    chance = random.Random(seed)
    services: dict[Service, None] = {}
    while len(services) < count:
        services[_service(chance)] = None
    return list(services)


def _service(chance: random.Random) -> Service:
    recurrence = _recurrence(chance)
    start, end, nights = _times(chance)
    note = chance.choice(_REMARKS)
    if start is None or not recurrence.says_when:
        note = chance.choice(_TIES) if chance.random() < 0.8 else "by appointment"
    return Service(
        type=chance.choice(tuple(ServiceType)),
        recurrence=recurrence,
        start=start,
        end=end,
        language=chance.choice(_LANGUAGES),
        church=chance.choice(_CHURCHES),
        vigil=chance.random() < 0.1,
        note=note,
        nights=nights,
        streamed=chance.random() < 0.2,
    )


def _recurrence(chance: random.Random) -> Recurrence:
    kind = chance.choice(("week", "week", "week", "nth", "weeks", "month", "holy", "friday the 13th", "none"))
    days = _in_order(chance.sample(_WEEK, chance.choice((1, 1, 2, 3, 5, 7))))
    holy = _in_order(chance.sample((Day.HOLYDAY, Day.HOLYDAY_EVE), chance.choice((0, 0, 0, 1, 2))))
    rule = {
        "week": Recurrence((*days, *holy)),
        "nth": Recurrence((*days[:2], *holy), _some(chance, ("1", "2", "3", "4", "5", "last"))),
        "weeks": Recurrence(
            (*days, *holy), weeks=chance.choice((2, 2, 3, 4)), anchor=_maybe(chance, _day(chance), 0.7)
        ),
        "month": Recurrence(holy, month_days=_some(chance, (1, 2, 3, 11, 13, 21, 29, 31, -1))),
        "holy": Recurrence(holy or (Day.HOLYDAY,)),
        "friday the 13th": Recurrence(days[:2], month_days=_some(chance, (13, 14, 20, 22, 23))),
        "none": Recurrence(),
    }[kind]
    begins = _maybe(chance, _day(chance), 0.15)
    ends = _maybe(chance, _day(chance), 0.15)
    season = _maybe(chance, _season(chance), 0.25)
    exceptions = tuple(dict.fromkeys(_exception(chance) for _ in range(chance.choice((0, 0, 0, 0, 1, 2)))))
    return Recurrence(
        rule.days, rule.ordinals, season, rule.weeks, rule.anchor, rule.month_days, exceptions, begins, ends
    )


def _times(chance: random.Random) -> tuple[str | None, str | None, int]:
    """Start, end and nights: short, overnight, around the clock, while clocks change, with no end, with no start."""
    at = f"{chance.randrange(24):02d}:{chance.randrange(0, 60, 5):02d}"
    later = f"{chance.randrange(24):02d}:{chance.randrange(5, 60, 5):02d}"
    return chance.choice(
        (
            (at, None, 0),
            (at, None, 0),
            (min(at, later), max(at, later) if at != later else "24:00", 0),
            (at, later, 1),
            (at, later, chance.choice((2, 3, 6, 8))),
            ("00:00", "24:00", 0),
            (at, "24:00", chance.choice((0, 1))),
            ("02:30", "03:30", 0),
            (None, None, 0),
            (None, later, 0),
        )
    )


def _season(chance: random.Random) -> str:
    ends = (*feasts.names(), *_MONTHS, *_SEASONS, "05-01", "09-30", "02-29", "12-31")
    single = (*_SEASONS, *_MONTHS, *feasts.names(), "07-04")
    stretches = tuple("..".join(chance.choices(ends, k=2)) for _ in range(4))
    return "+".join(
        dict.fromkeys(chance.choice((*single, *stretches, "july..august")) for _ in range(chance.choice((1, 1, 2))))
    )


def _exception(chance: random.Random) -> str:
    weekday = chance.choice(("", "1", "2", "3", "5", "last")) + chance.choice(_WEEK).value
    return chance.choice((weekday, "HOLYDAY", "HOLYDAY_EVE", _day(chance), _season(chance).split("+")[0]))


def _day(chance: random.Random) -> str:
    return (FIRST + timedelta(days=chance.randrange(-60, 800))).isoformat()


def _some(chance: random.Random, options: Sequence) -> tuple:
    return tuple(sorted(chance.sample(options, chance.choice((1, 1, 2, 3))), key=options.index))


def _in_order(days: list[Day]) -> tuple[Day, ...]:
    return (
        tuple(sorted(days, key=list(Day).index))
        if days and days[0] not in _WEEK
        else tuple(sorted(days, key=_WEEK.index))
    )


def _maybe(chance: random.Random, value: str, share: float) -> str | None:
    return value if chance.random() < share else None
