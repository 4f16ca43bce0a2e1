"""Language, church and season of a service."""

import pytest
from shorthand import services


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Sunday Mass 10:00 am in Spanish", ["mass SU 10:00 es"]),
        ("Sunday Mass 9:00 am (Latin) and 11:00 am", ["mass SU 09:00 la", "mass SU 11:00"]),
        (
            "Sunday 9:00 am English, 11:00 am Spanish, 1:00 pm Vietnamese Mass",
            ["mass SU 09:00", "mass SU 11:00 es", "mass SU 13:00 vi"],
        ),
        ("Sunday Mass 10 am Bilingual", ["mass SU 10:00 en/es"]),
        ("Sunday Mass 10 am Bilingual English/Vietnamese", ["mass SU 10:00 en/vi"]),
        ("Sunday Mass 10 am English and Polish", ["mass SU 10:00 en/pl"]),
        ("Sunday Mass 7:00 pm and 8:30 pm, both in Portuguese", ["mass SU 19:00 pt", "mass SU 20:30 pt"]),
        ("Sunday Mass 8 am TLM", ["mass SU 08:00 la"]),
        ("Sunday Mass 2 pm (Haitian Creole)", ["mass SU 14:00 ht"]),
        ("Sunday 11:00 am English Mass, 11:00 am Polish Mass", ["mass SU 11:00", "mass SU 11:00 pl"]),
    ],
)
def test_the_language_named_beside_a_time_is_its_own(text: str, read: list[str]) -> None:
    assert services(text) == read


def test_a_misa_on_a_page_in_english_is_held_in_spanish() -> None:
    page = "<p>The parish welcomes all of you to our Masses.</p><p>Sunday Mass 9:00 am</p><p>Domingo: Misa 1:00 pm</p>"
    assert services(page) == ["mass SU 09:00", "mass SU 13:00 es"]


@pytest.mark.parametrize(
    ("text", "churches"),
    [
        ("Sunday Mass 8 am at St. Fictus Church, 10 am at Holy Lamp Chapel", ["St. Fictus Church", "Holy Lamp Chapel"]),
        ("Sunday Mass 8 am (St.Fictus), 10 am (Our Lady of the Lamp)", ["St.Fictus", "Our Lady of the Lamp"]),
        ("Sunday Mass 8 am @ St. Fictus, 10 am @ OLOL", ["St. Fictus", "OLOL"]),
        ("Sunday Mass 8 am in the main church, 10 am in the Chapel", ["main church", "Chapel"]),
        ("Sunday Mass 9 & 11 am (St. Fictus), 5 pm (St. Lumen)", ["St. Fictus", "St. Fictus", "St. Lumen"]),
        ("Sunday Mass 7 am (St. Lumen), 8, 9 & 11 am (St. Fictus)", ["St. Lumen", *["St. Fictus"] * 3]),
        ("Wednesday Mass 10 am at Old Lamp Nursing Home; Thursday 9 am St. Fictus",
         ["Old Lamp Nursing Home", "St. Fictus"]),
        ("Domingo Misa 8 am Templo Parroquial, 10 am Templo San Ficto", ["Templo Parroquial", "Templo San Ficto"]),
        ("ST. FICTUS CHURCH: SUNDAY MASS 8 AM", ["ST. FICTUS CHURCH"]),
        ("Misa domingo 8 am Capilla San Fictus", ["Capilla San Fictus"]),
        ("Sunday Mass 8 am St. Fictus\u2019s Chapel", ["St. Fictus's Chapel"]),
    ],
)  # fmt: skip
def test_the_church_named_beside_a_time_is_its_own(text: str, churches: list[str]) -> None:
    assert [one.partition(" at ")[2] for one in services(text)] == churches


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Confession Wednesdays during Advent and Lent 6:00 pm", ["confession WE 18:00 in advent+lent"]),
        ("Summer Sunday Mass 9:00 am", ["mass SU 09:00 in summer"]),
        ("Sunday Mass 5:00 pm (school year)", ["mass SU 17:00 in academic_year"]),
        ("Via Crucis los viernes de Cuaresma 7:00 pm", ["devotion FR 19:00 in lent"]),
    ],
)
def test_a_season_limits_a_service(text: str, read: list[str]) -> None:
    assert [one.removesuffix(" es").replace(" es ", " ") for one in services(text)] == read
