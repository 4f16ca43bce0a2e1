"""Text all in capitals, as it would stand among small letters."""

import pytest

from vitality_lib.schedules.lexicon.capitals import as_written_small
from vitality_lib.schedules.lexicon.churches import churches_in


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("MASS AT ST. PETER THE LAMP", "Mass at St. Peter the Lamp"),
        ("THE CHURCH OPENS AT 8:00 A.M. AND CLOSES AT 5 PM. THE HALL IS CLOSED.",
         "The Church opens at 8:00 a.m. and closes at 5 pm. The Hall is closed."),
        ("MISA EN NUESTRA SEÑORA DE LA LÁMPARA", "Misa en Nuestra Señora de la Lámpara"),
        ("CHRIST THE KING'S SPRING OFFERING", "Christ the King's Spring offering"),
        ("Mass at ST. PETER THE LAMP", "Mass at ST. PETER THE LAMP"),
        ("8:00 - 9:00", "8:00 - 9:00"),
    ],
)  # fmt: skip
def test_words_have_a_capital_but_the_small_ones(capitals: str, written: str) -> None:
    assert as_written_small(capitals) == written


@pytest.mark.parametrize(
    ("text", "church"),
    [
        ("Mass at St. Fictus the Lamp on Sunday", "St. Fictus the Lamp"),
        ("At Saint Wick's we will be offering a Mass", "Saint Wick's"),
        ("Holy Lamp Academy using the hall", "Holy Lamp Academy"),
        ("Capilla Ntra. Señora Lámpara: misas", "Capilla Ntra. Señora Lámpara"),
        ("Our Lady & St. Fictus: Masses", "Our Lady & St. Fictus"),
    ],
)
def test_a_church_is_named_alike_in_capitals(text: str, church: str) -> None:
    assert [text[start:end] for start, end in churches_in(text)] == [church]
    assert churches_in(text.upper()) == churches_in(text)
