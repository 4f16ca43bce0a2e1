"""Invented pages with lines that only a reader who knows the language places, and a model that knows it.

Each page comes with what its uncertain lines state, in shorthand.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from vitality_lib.ai.mark_spans import Label

MASS = "<h2>Sunday Mass</h2><p>Sunday 9:00 am</p>"


class Uncertain(NamedTuple):
    """A page and what its uncertain lines state."""

    html: str
    services: tuple[str, ...]


PAGES = (
    Uncertain(
        f"{MASS}<h2>Confession</h2><h2>Come home to mercy</h2><p>Saturday 3:00 pm to 4:00 pm</p>"
        "<p>Tuesday 6:30 pm, at the tabernacle side</p>",
        ("confession SA 15:00-16:00", "confession TU 18:30"),
    ),
    Uncertain(
        f"{MASS}<h2>Here for you</h2><p>Confessions in the parish office on Saturdays at 3:00 pm.</p>"
        "<p>Confession workshop: Tuesday 7:00 pm</p>",
        ("confession SA 15:00",),
    ),
    Uncertain(
        f"{MASS}<h2>Visiting hours</h2><p>Reconciliation in the school library: Wednesday 6:00 pm</p>"
        "<p>Monday 9:00 am - 4:00 pm</p>",
        ("confession WE 18:00",),
    ),
    Uncertain(
        "<title>Adoration</title><h2>Come, let us rest in him</h2><p>Coffee afterwards.</p><p>Friday 7:00 pm</p>",
        ("adoration FR 19:00",),
    ),
    Uncertain(
        "<h1>Horario de misas</h1><h2>Domingos</h2><p>9:00 am</p>"
        "<p>Confesiones en la oficina: s&aacute;bado 3:00 pm</p>"
        "<p>Confesi&oacute;n, clases para padres: martes 7:00 pm</p>",
        ("confession SA 15:00 es",),
    ),
    Uncertain(
        f"<main>{MASS}<h1>Confessions</h1></main><aside><p>Saturday 3:00 pm, with Father Anselm</p></aside>",
        ("confession SA 15:00",),
    ),
    Uncertain(
        "<h2>Mass</h2><p>Sunday 8:00 am and 10:30 am</p>"
        "<p>Bible study and Rosary prayer group, every Monday 6:00 pm</p>"
        "<p>Rosary making classes: Wednesday 7:00 pm</p>",
        ("devotion MO 18:00",),
    ),
    Uncertain(
        f"{MASS}<h2>Adoration</h2><h2>One hour with the Lord</h2><ul><li>Thursday 9:00 am to 5:00 pm</li>"
        "<li>First Friday 7:00 pm to 9:00 pm</li></ul><h2>Parish Office</h2><p>Monday 9:00 am to 4:00 pm</p>",
        ("adoration TH 09:00-17:00", "adoration 1 FR 19:00-21:00"),
    ),
    Uncertain(
        f"{MASS}<h2>Through the week</h2><p>Daily Mass, by the school office door: Monday 7:00 am</p>"
        "<p>Mass and breakfast social for seniors: Thursday 12:10 pm</p>",
        ("mass MO 07:00", "mass TH 12:10"),
    ),
    Uncertain(
        f"{MASS}<h2>Adoration</h2><p>Nobody is left alone.</p><h2>Keep watch</h2><p>Wednesday 8:00 pm until 9:00 pm</p>"
        "<h2>Bingo</h2><p>Friday 7:00 pm</p>",
        ("adoration WE 20:00-21:00",),
    ),
    Uncertain(
        f"{MASS}<p>Confessions: ring at the office, Thursday 5:15 pm</p>"
        "<p>Confession preparation for children: Saturday 10:00 am</p>",
        ("confession TH 17:15",),
    ),
    Uncertain(
        "<title>Confession - St. Zita</title><p>Classes end in May.</p><p>Saturday 4:15 pm</p>" + MASS,
        ("confession SA 16:15",),
    ),
)

# What the model knows: words of a line or of the heading above it, the first that fits.
_KNOWS = (
    ("parish office is open", Label.OFFICE_HOURS),
    ("bingo", Label.EVENT),
    ("workshop", Label.EVENT),
    ("preparation", Label.EVENT),
    ("clases", Label.EVENT),
    ("rosary making", Label.EVENT),
    ("holy mass", Label.MASS),
    ("daily mass", Label.MASS),
    ("for seniors", Label.MASS),
    ("hears confessions", Label.CONFESSION),
    ("confessions", Label.CONFESSION),
    ("confesiones", Label.CONFESSION),
    ("reconciliation", Label.CONFESSION),
    ("mercy", Label.CONFESSION),
    ("saturday 4:15 pm", Label.CONFESSION),
    ("rosary", Label.OTHER_DEVOTION),
    ("rest in him", Label.ADORATION),
    ("one hour with the lord", Label.ADORATION),
    ("keep watch", Label.ADORATION),
)


def diligent(contents: str) -> dict[str, Any]:
    """The answer of a model that does its work well."""
    return {"marks": [{"line": one["number"], "label": label_of(one)} for one in json.loads(contents)]}


def label_of(shown: dict[str, Any]) -> str:
    said = f"{shown['heading']} | {shown['line']}".lower()
    return next((label.value for words, label in _KNOWS if words in said), Label.OTHER.value)
