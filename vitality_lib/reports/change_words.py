"""A change of a schedule in one sentence, such as `Sunday Mass 8:00 AM is now at 8:30 AM`."""

from __future__ import annotations

from vitality_lib.calendar.spoken import LANGUAGES, ORDINALS, TYPES, WEEK, say_clock
from vitality_lib.models import Recurrence, Service


def began(words: str) -> str:
    """`words` is the service in plain English."""
    return f"New: {words}"


def ended(words: str) -> str:
    """`words` is the service in plain English."""
    return f"No longer: {words}"


def changed(before: Service, after: Service, words_before: str, words_after: str) -> str:
    """What is now otherwise between two services that differ in one thing, as shortly as may be."""
    name, said = short_name(before), _difference(before, after)
    return f"{name} {said}" if name and said else f"{words_before} is now: {words_after}"


def short_name(service: Service) -> str:
    """`Sunday Mass 8:00 AM`, `First Friday Adoration`; empty for rules that do not fit into so few words."""
    day = _day(service.recurrence)
    time = "" if service.start is None else f" {say_clock(service.start)}"
    return f"{day} {TYPES[service.type]}{time}" if day else ""


def _day(rule: Recurrence) -> str:
    plain = Recurrence(rule.days, rule.ordinals)
    if rule != plain or len(rule.days) != 1 or len(rule.ordinals) > 1 or rule.days[0] not in WEEK:
        return ""
    which = f"{ORDINALS[rule.ordinals[0]].capitalize()} " if rule.ordinals else ""
    return which + WEEK[rule.days[0]]


def _difference(before: Service, after: Service) -> str:
    """What is otherwise, as the end of a sentence; empty where it cannot be said so."""
    if before.start != after.start:
        return f"is now at {say_clock(after.start)}" if after.start else ""
    if before.end != after.end or before.nights != after.nights:
        return _end(after)
    if before.language != after.language:
        return f"is now in {' and '.join(LANGUAGES.get(code, code) for code in after.language.split('/'))}"
    if before.church != after.church:
        return f"is now at {after.church}" if after.church else ""
    return ""


def _end(after: Service) -> str:
    if after.end is None:
        return "no longer says when it ends"
    return "now ends at midnight" if after.end == "24:00" else f"now ends at {say_clock(after.end)}"
