"""The notation of services that are tied to another one."""

import pytest

from vitality_lib.calendar.relations import Preposition, Relation, relations_of
from vitality_lib.models import ServiceType

BEFORE, AFTER, DURING, BETWEEN = Preposition.BEFORE, Preposition.AFTER, Preposition.DURING, Preposition.BETWEEN


@pytest.mark.parametrize(
    ("note", "relations"),
    [
        ("after 08:00 Mass", [Relation(AFTER, None, ("08:00",))]),
        ("after 8:00 Mass", [Relation(AFTER, None, ("8:00",))]),
        ("after Mass and 8:00", [Relation(AFTER, None, ("8:00",))]),
        ("before Mass", [Relation(BEFORE)]),
        ("30 minutes before Masses", [Relation(BEFORE, 30)]),
        ("20 min. before 08:00 and 10:30 Masses", [Relation(BEFORE, 20, ("08:00", "10:30"))]),
        ("half an hour before 17:00 Mass", [Relation(BEFORE, 30, ("17:00",))]),
        ("1/2 hour before Mass", [Relation(BEFORE, 30)]),
        ("half-hour before Mass", [Relation(BEFORE, 30)]),
        ("an hour before Mass", [Relation(BEFORE, 60)]),
        ("one hour and a half before Mass", [Relation(BEFORE, 90)]),
        ("forty-five minutes before Mass", [Relation(BEFORE, 45)]),
        ("media hora before misa", [Relation(BEFORE, 30)]),
        ("30 minutos before misa", [Relation(BEFORE, 30)]),
        ("before and after 08:00 Mass", [Relation(BEFORE, None, ("08:00",)), Relation(AFTER, None, ("08:00",))]),
        (
            "before 08:00 Mass; after 10:00 Mass",
            [Relation(BEFORE, None, ("08:00",)), Relation(AFTER, None, ("10:00",))],
        ),
        ("between 08:00 and 10:30 Masses", [Relation(BETWEEN, None, ("08:00", "10:30"))]),
        ("during Holy Hour", [Relation(DURING, None, (), ServiceType.ADORATION)]),
        ("during Eucharistic Adoration", [Relation(DURING, None, (), ServiceType.ADORATION)]),
        ("after Confessions", [Relation(AFTER, None, (), ServiceType.CONFESSION)]),
        ("after 18:30 Stations", [Relation(AFTER, None, ("18:30",), ServiceType.OTHER_DEVOTION)]),
        ("Rosary before 08:30 Mass", [Relation(BEFORE, None, ("08:30",))]),
        ("after 08:30", [Relation(AFTER, None, ("08:30",))]),
        ("by appointment; call before 12:00", []),
        ("by appointment", []),
        ("perpetual", []),
        (None, []),
    ],
)
def test_a_note_is_read_into_relations(note: str | None, relations: list[Relation]) -> None:
    assert list(relations_of(note)) == relations
