"""What a page says once counts for all of it."""

import pytest
from shorthand import services


@pytest.mark.parametrize(
    "legend",
    [
        "<p>SF = St. Fictus</p><p>HL = Holy Lamp Chapel</p>",
        "<p>Parish of St. Fictus (SF) and Holy Lamp Chapel (HL)</p>",
    ],
)
def test_the_short_form_of_a_church_is_explained_once(legend: str) -> None:
    page = f"{legend}<h2>Masses</h2><p>Saturday 4:00 pm HL</p><p>Sunday 8:00 am SF</p>"
    assert services(page) == ["mass SA 16:00 vigil at Holy Lamp Chapel", "mass SU 08:00 at St. Fictus"]


def test_letters_that_stand_for_nothing_are_no_church() -> None:
    page = "<p>Write to Holy Lamp Church (TV) for a recording.</p><h2>Mass</h2><p>Sunday 8:00 am TV</p>"
    assert services(page) == ["mass SU 08:00"]


def test_all_masses_may_be_said_to_be_in_one_language() -> None:
    page = (
        "<p>All Masses are celebrated in Latin.</p><h2>Mass</h2><p>Sunday 8 am</p><h2>Confession</h2><p>Sunday 7 am</p>"
    )
    assert services(page) == ["mass SU 08:00 la", "confession SU 07:00"]


def test_bilingual_means_the_other_language_of_the_page() -> None:
    mass = "<h2>Divine Liturgy</h2><p>Saturday 5:00 pm (Bilingual)</p>"
    assert services(f"{mass}<p>Sunday 10:00 am (Ukrainian)</p>") == ["mass SA 17:00 en/uk vigil", "mass SU 10:00 uk"]
    assert services(f"{mass}<p>Sunday 10:00 am (Spanish)</p>") == ["mass SA 17:00 en/es vigil", "mass SU 10:00 es"]


def test_bare_times_under_a_church_are_its_masses_on_a_page_that_speaks_of_mass() -> None:
    churches = "<h3>Parish Office</h3><p>Monday 9:00 am</p><h3>St. Fictus, Fable</h3><p>Sunday 9:00 am</p>"
    assert services(f"{churches}<h3>Confessions</h3><p>Before Mass</p>")[:1] == ["mass SU 09:00 at St. Fictus"]
    assert services(churches) == []
