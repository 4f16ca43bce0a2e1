"""The layouts in which parishes publish their schedules; `page` writes invented parishes in one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from random import Random

from invented_schedules import Entry, Parish
from layout_in_spanish import spanish
from notations import TITLES, Notation, when_said

Layout = Callable[[Parish, Notation], str]


def _by_type(parish: Parish) -> Iterator[tuple[str, list[Entry]]]:
    for kind in TITLES:
        entries = [entry for entry in parish.entries if entry.type == kind]
        if entries:
            yield kind, entries


def weekly_table(parish: Parish, notation: Notation) -> str:
    kinds = [kind for kind, _ in _by_type(parish)]
    rows = dict.fromkeys(when_said(entry, notation) for entry in parish.entries)
    head = "".join(f"<th>{notation.titles[kind]}</th>" for kind in kinds)
    body = "".join(
        f"<tr><th>{row}</th>{''.join(f'<td>{_cell(parish, notation, row, kind)}</td>' for kind in kinds)}</tr>"
        for row in rows
    )
    return f"<table><tr><th>Day</th>{head}</tr>{body}</table>"


def days_across(parish: Parish, notation: Notation) -> str:
    columns = dict.fromkeys(when_said(entry, notation) for entry in parish.entries)
    head = "".join(f"<th>{column}</th>" for column in columns)
    body = "".join(
        f"<tr><th>{notation.titles[kind]}</th>{_cells(parish, notation, columns, kind)}</tr>"
        for kind, _ in _by_type(parish)
    )
    return f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cells(parish: Parish, notation: Notation, columns: Iterable[str], kind: str) -> str:
    return "".join(f"<td>{_cell(parish, notation, one, kind)}</td>" for one in columns)


def _cell(parish: Parish, notation: Notation, when: str, kind: str) -> str:
    found = [entry for entry in parish.entries if entry.type == kind and when_said(entry, notation) == when]
    return "<br>".join(notation.times(entry.times) for entry in found)


def table_with_spans(parish: Parish, notation: Notation) -> str:
    rows = ""
    for kind, entries in _by_type(parish):
        for at, entry in enumerate(entries):
            title = f"<th rowspan='{len(entries)}'>{notation.titles[kind]}</th>" if at == 0 else ""
            rows += f"<tr>{title}<td>{when_said(entry, notation)}</td><td>{notation.times(entry.times)}</td></tr>"
    return f"<table>{rows}</table>"


def nested_lists(parish: Parish, notation: Notation) -> str:
    items = "".join(
        f"<li>{notation.titles[kind]}<ul>{''.join(f'<li>{_line(entry, notation)}</li>' for entry in entries)}</ul></li>"
        for kind, entries in _by_type(parish)
    )
    return f"<ul>{items}</ul>"


def definition_list(parish: Parish, notation: Notation) -> str:
    return "<dl>{}</dl>".format(
        "".join(
            f"<dt>{notation.titles[kind]}</dt>{''.join(f'<dd>{_line(entry, notation)}</dd>' for entry in entries)}"
            for kind, entries in _by_type(parish)
        )
    )


def cards(parish: Parish, notation: Notation) -> str:
    days = dict.fromkeys(when_said(entry, notation) for entry in parish.entries)
    return "".join(
        f"<div class='card'><h3>{day}</h3>"
        + "".join(
            f"<p>{notation.titles[entry.type]}: {notation.times(entry.times)}</p>"
            for entry in parish.entries
            if when_said(entry, notation) == day
        )
        + "</div>"
        for day in days
    )


def columns(parish: Parish, notation: Notation) -> str:
    return "<div class='row'>{}</div>".format(
        "".join(
            f"<div class='col'><h3>{notation.titles[kind]}</h3>"
            + "".join(
                f"<p>{when_said(entry, notation)}<br>{'<br>'.join(notation.time(time) for time in entry.times)}</p>"
                for entry in entries
            )
            + "</div>"
            for kind, entries in _by_type(parish)
        )
    )


def run_of_lines(parish: Parish, notation: Notation) -> str:
    return "<p>{}</p>".format(
        "<br><br>".join(
            f"<strong>{notation.titles[kind]}</strong><br>{'<br>'.join(_line(entry, notation) for entry in entries)}"
            for kind, entries in _by_type(parish)
        )
    )


def bold_labels(parish: Parish, notation: Notation) -> str:
    return "".join(
        f"<p><strong>{when_said(entry, notation)} {notation.titles[entry.type]}:</strong>"
        f" {notation.times(entry.times)}</p>"
        for entry in parish.entries
    )


def footer(parish: Parish, notation: Notation) -> str:
    blocks = "".join(
        f"<div><h4>{notation.titles[kind]} Times</h4>"
        f"<p>{' | '.join(_line(entry, notation) for entry in entries)}</p></div>"
        for kind, entries in _by_type(parish)
    )
    church = f"<h3>{parish.church}</h3>" if parish.church else ""
    return f"<footer>{church}{blocks}<p>12 Wick Lane, Lampton \u00b7 (555) 555-0142</p></footer>"


_PROSE = {
    "mass": "Mass is celebrated {} at {}.",
    "confession": "Confessions are heard {} from {}.",
    "adoration": "Eucharistic Adoration is held {} from {}.",
    "devotion": "Stations of the Cross are prayed {} at {}.",
}


def prose(parish: Parish, notation: Notation) -> str:
    said = [
        _PROSE[entry.type].format(_on(entry) + when_said(entry, notation), notation.times(entry.times))
        for entry in parish.entries
    ]
    return f"<p>{' '.join(said).replace('..', '.')}</p>"


def _on(entry: Entry) -> str:
    return "on the " if entry.nth else "" if entry.weeks == 2 else "on "


def accordion(parish: Parish, notation: Notation) -> str:
    return "".join(
        f"<details><summary>{notation.titles[kind]}</summary>{_paragraphs(entries, notation)}</details>"
        for kind, entries in _by_type(parish)
    )


def _paragraphs(entries: list[Entry], notation: Notation) -> str:
    return "".join(f"<p>{_line(entry, notation)}</p>" for entry in entries)


def plain_text(parish: Parish, notation: Notation) -> str:
    blocks = (
        "\n".join(
            [
                notation.titles[kind].upper(),
                *(f"{when_said(entry, notation)}\t{notation.times(entry.times)}" for entry in entries),
            ]
        )
        for kind, entries in _by_type(parish)
    )
    return "\n\n".join([*([parish.church, ""] if parish.church else []), *blocks])


def _line(entry: Entry, notation: Notation) -> str:
    return f"{when_said(entry, notation)}: {notation.times(entry.times)}"


LAYOUTS: dict[str, Layout] = {
    "weekly table": weekly_table,
    "days across the top": days_across,
    "table with spans": table_with_spans,
    "nested lists": nested_lists,
    "definition list": definition_list,
    "cards": cards,
    "columns": columns,
    "run of lines": run_of_lines,
    "bold labels": bold_labels,
    "footer": footer,
    "prose": prose,
    "accordion": accordion,
    "plain text": plain_text,
    "Spanish": spanish,
}


def page(parishes: tuple[Parish, ...], layout: str, chance: Random) -> str:
    """The page as a server sends it; plain text has no tags."""
    notation = Notation.drawn(chance)
    write = LAYOUTS[layout]
    if layout == "plain text":
        return "MASS SCHEDULE\n\n" + "\n\n".join(write(parish, notation) for parish in parishes)
    title = "Horario de Misas" if layout == "Spanish" else "Mass Schedule"
    body = "".join(
        (f"<h2>{escape(parish.church)}</h2>" if parish.church and layout != "footer" else "") + write(parish, notation)
        for parish in parishes
    )
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
