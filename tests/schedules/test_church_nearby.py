"""A church in brackets below a line, or in the sentence before."""

import pytest
from shorthand import services


def test_a_church_in_brackets_below_a_line_is_the_church_of_that_line_only() -> None:
    page = "<h1>Mass</h1><p>Monday 7:00 am<br>Tuesday 8:00 am<br>(Lower Church)<br>Friday 9:00 am</p>"
    assert services(page) == ["mass MO 07:00", "mass TU 08:00 at Lower Church", "mass FR 09:00"]


@pytest.mark.parametrize(
    "below", ["(in Lent)", "(Rosary before Mass)", "(the St. Fictus Society prays)", "Lower Church"]
)
def test_other_lines_below_name_no_church_for_it(below: str) -> None:
    assert "at" not in services(f"<h1>Mass</h1><p>Tuesday 8:00 am<br>{below}</p>")[0].split()


def test_a_sentence_that_says_where_mass_is_speaks_for_the_next_ones_of_its_paragraph() -> None:
    page = "<p>Holy Lamp Chapel hosts our Mass. It is at 8:00 am from Monday to Friday.</p><p>Sunday Mass: 9 am</p>"
    assert services(page) == ["mass MO,TU,WE,TH,FR 08:00 at Holy Lamp Chapel", "mass SU 09:00"]


def test_a_sentence_about_a_church_speaks_for_no_mass() -> None:
    assert services("<p>Holy Lamp Chapel was built of brick. Mass is on Sunday at 9:00 am.</p>") == ["mass SU 09:00"]
