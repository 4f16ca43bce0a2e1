"""Where a sentence ends."""

import pytest

from vitality_lib.schedules.lines import Line
from vitality_lib.schedules.sentences import sentences


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Mass is at 9:00 a.m. Monday to Friday.", 1),
        ("Mass is at 9:00 a.m. Please come early.", 2),
        ("Mass is at 9:00 a.m. Confessions are heard on Saturday.", 2),
        ("Mass is on Monday to Saturday at 9:00. No Mass on Wednesday.", 1),
        ("Fr. Lamp hears confessions at St. Fictus. Come on Sat. at 3 pm.", 2),
        ("ST. FICTUS CHURCH", 1),
        ("MASS IS AT 9:00 A.M. MONDAY TO FRIDAY.", 1),
        ("MASS IS AT 9:00 A.M. PLEASE COME EARLY.", 2),
        ("MASS IS AT 9:00 A.M. AND AT NOON.", 1),
        ("MASS IS AT 9:00 AM. IN LENT IT IS AT 8:00 AM.", 2),
        ("Mass on Sunday! Confession on Saturday? Yes.", 3),
        ("Mon. 8:00. Tues. 9:00", 2),
        ("Misa el domingo. ¿Confesiones? El sábado.", 3),
    ],
)
def test_a_full_stop_ends_a_sentence_but_no_abbreviation(line: str, parts: int) -> None:
    found = list(sentences(Line(line, 100)))
    assert len(found) == parts
    assert all(line[one.start - 100 :].startswith(one.text) for one in found)
