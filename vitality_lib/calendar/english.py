"""A service said in plain English."""

from __future__ import annotations

from vitality_lib.models import Day, Service, ServiceType

_TYPES = {
    ServiceType.MASS: "Mass",
    ServiceType.CONFESSION: "Confession",
    ServiceType.ADORATION: "Adoration",
    ServiceType.OTHER_DEVOTION: "Devotion",
}
_DAYS = {
    Day.MO: "Monday", Day.TU: "Tuesday", Day.WE: "Wednesday", Day.TH: "Thursday", Day.FR: "Friday", Day.SA: "Saturday",
    Day.SU: "Sunday", Day.HOLYDAY: "holy day", Day.HOLYDAY_EVE: "eve of a holy day",
}  # fmt: skip
_PLURALS = {Day.HOLYDAY_EVE: "eves of holy days"}
_WEEK = (Day.MO, Day.TU, Day.WE, Day.TH, Day.FR, Day.SA, Day.SU)
_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "last": "last"}
_LANGUAGES = {
    "en": "English", "es": "Spanish", "la": "Latin", "vi": "Vietnamese", "pl": "Polish", "pt": "Portuguese",
    "tl": "Tagalog", "ko": "Korean", "ht": "Haitian Creole", "fr": "French", "it": "Italian", "de": "German",
    "zh": "Chinese", "yue": "Cantonese", "ja": "Japanese", "lt": "Lithuanian", "hr": "Croatian", "sk": "Slovak",
    "sl": "Slovenian", "hu": "Hungarian", "uk": "Ukrainian", "ar": "Arabic", "syc": "Syriac", "arc": "Aramaic",
    "ml": "Malayalam", "ta": "Tamil", "kok": "Konkani", "ig": "Igbo", "sw": "Swahili", "ki": "Kikuyu", "hmn": "Hmong",
    "ha": "Hausa", "yo": "Yoruba", "my": "Burmese", "hi": "Hindi", "ilo": "Ilocano", "ru": "Russian", "cs": "Czech",
    "am": "Amharic", "gez": "Ge'ez", "lo": "Lao", "nv": "Navajo", "sm": "Samoan", "to": "Tongan",
    "ase": "American Sign Language", "ms": "Malay",
}  # fmt: skip
_SEASONS = {"academic_year": "the school year", "summer": "summer", "winter": "winter"}


class CannotBeSaidError(ValueError):
    """The service has no meaning in words: neither days nor a note say when it is."""


def say(service: Service) -> str:
    """A service in one line, such as `Mass, Sundays at 8:00 AM in Spanish, at Holy Cross Chapel`.

    Raises CannotBeSaidError for a service that says neither when nor on what condition it takes place.
    """
    when = service.recurrence
    if not when.days and not service.note:
        raise CannotBeSaidError(f"a {service.type} without days and without a note")
    parts = [
        f"{_TYPES[service.type]}{' (vigil)' if service.vigil else ''},",
        _days(when.days, when.ordinals),
        _times(service.start, service.end),
        _language(service.language),
        f"during {_season(when.season)}" if when.season else "",
    ]
    said = " ".join(part for part in parts if part).rstrip(",")
    if service.church:
        said += f", at {service.church}"
    return f"{said}, {service.note}" if service.note else said


def _days(days: tuple[Day, ...], ordinals: tuple[str, ...]) -> str:
    if not days:
        return ""
    if ordinals:
        which = _list([_ordinal(one) for one in ordinals])
        return f"on the {which} {_list([_DAYS[day] for day in days])} of the month"
    inside = [day for day in _WEEK if day in days]
    others = [_PLURALS.get(day, f"{_DAYS[day]}s") for day in days if day not in _WEEK]
    return _list([*_weekdays(inside), *others])


def _weekdays(days: list[Day]) -> list[str]:
    """Three days or more in a row are a range; the whole week is every day."""
    if len(days) == len(_WEEK):
        return ["every day"]
    places = [_WEEK.index(day) for day in days]
    if len(days) > 2 and places[-1] - places[0] == len(days) - 1:
        return [f"{_DAYS[days[0]]} to {_DAYS[days[-1]]}"]
    return [f"{_DAYS[day]}s" for day in days]


def _ordinal(one: str) -> str:
    if one not in _ORDINALS:
        raise CannotBeSaidError(f"no such week of the month: {one}")
    return _ORDINALS[one]


def _times(start: str | None, end: str | None) -> str:
    if (start, end) == ("00:00", "24:00"):
        return "around the clock"
    if start and end:
        return f"from {_clock(start)} to {_clock(end)}"
    if start:
        return f"at {_clock(start)}"
    return f"until {_clock(end)}" if end else ""


def _clock(time: str) -> str:
    hours, minutes = (int(part) for part in time.split(":"))
    if (hours % 24, minutes) == (0, 0):
        return "midnight"
    return (
        "noon"
        if (hours, minutes) == (12, 0)
        else f"{(hours - 1) % 12 + 1}:{minutes:02d} {'AM' if hours % 24 < 12 else 'PM'}"
    )


def _language(code: str) -> str:
    """English goes without saying; `und` is said as unknown only by silence."""
    if code in ("en", "und"):
        return ""
    return "in " + _list([_LANGUAGES.get(one, one) for one in code.split("/")])


def _season(season: str) -> str:
    return _list([_SEASONS.get(one, one.replace("_", " ").title()) for one in season.split("+")])


def _list(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
