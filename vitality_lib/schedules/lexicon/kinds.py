"""What a token of a schedule can say."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a token says."""

    __hash__ = str.__hash__  # not the one of `Enum`, which is written in Python and asked for each look-up

    TIME = "time"
    NUMBER = "number"  # a bare number, an hour when its neighbours are
    DAY = "day"
    ORDINAL = "ordinal"
    ALTERNATE = "alternate"  # every other week
    SERVICE = "service"
    TOPIC = "topic"  # something else that happens at stated times: offices, classes, meetings
    LANGUAGE = "language"
    SEASON = "season"
    MONTH = "month"  # a month's name without a day
    PERIOD = "period"  # from a date, until a date, or both: never a token, only a phrase
    CHURCH = "church"
    VIGIL = "vigil"
    RELATION = "relation"
    OFFSET = "offset"
    UNTIL = "until"
    APPOINTMENT = "appointment"
    PERPETUAL = "perpetual"
    WITHOUT = "without"
    PART = "part"  # morning, afternoon, evening
    DATE = "date"
    SINCE = "since"  # before a date: the schedule begins or ends there
    JOIN = "join"
    DASH = "dash"
    COMMA = "comma"
    BREAK = "break"
    OPEN = "open"
    CLOSE = "close"
    NOISE = "noise"  # phone numbers, prices, scripture: swallowed so that nothing in them counts
