"""A page in Spanish, with its own words for everything."""

from __future__ import annotations

from dataclasses import replace

from invented_schedules import WEEK, Entry, Parish
from notations import Notation

_DAYS = dict(zip(WEEK, ("domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"), strict=True))
_DAYS["HOLYDAY"] = "días de precepto"
_TITLES = {"mass": "Misas", "confession": "Confesiones", "adoration": "Adoración", "devotion": "Vía Crucis"}
_NTH = {"1": "primer", "2": "segundo", "last": "último", "1,3": "primer y tercer", "2,4": "segundo y cuarto"}
_SEASONS = {
    "lent": "Cuaresma", "june..august": "junio a agosto", "memorial_day..labor_day": "Memorial Day - Labor Day",
    "academic_year": "school year",
}  # fmt: skip


def spanish(parish: Parish, notation: Notation) -> str:
    """A heading for each type, and a list of its days below it."""
    return "".join(
        f"<h3>{title}</h3><ul>{_items([entry for entry in parish.entries if entry.type == kind], notation)}</ul>"
        for kind, title in _TITLES.items()
        if any(entry.type == kind for entry in parish.entries)
    )


def _items(entries: list[Entry], notation: Notation) -> str:
    return "".join(f"<li>{_line(entry, notation)}</li>" for entry in entries)


def _line(entry: Entry, notation: Notation) -> str:
    names = [_DAYS[day] for day in entry.days]
    places = [WEEK.index(day) for day in entry.days if day in WEEK]
    in_a_row = len(places) > 2 and places[-1] - places[0] == len(places) - 1
    days = f"{names[0]} a {names[-1]}" if in_a_row else " y ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    if entry.nth:
        days = f"{_NTH[entry.nth]} {days} del mes"
    if entry.weeks == 2:
        days = f"{days}, cada dos semanas"
    season = f" ({_SEASONS[entry.season]})" if entry.season else ""
    written = replace(notation, to=" a ", joint=" y ", noon=None).times(entry.times)
    return f"{days.capitalize()}{season}: {written}"
