"""Churches that only their place tells: beside headings that name churches, with a schedule of their own."""

import pytest
from shorthand import services

CHURCHES = "<h1>Mass Times</h1><h3>St. Fictus Church</h3><p>Sunday 8 am</p><h3>Holy Lamp Chapel</h3><p>Sunday 10 am</p>"


@pytest.mark.parametrize(
    "name", ["Dearest Heart of Mary", "Dearest Heart of Mary (Mill Town)", "Dearest Heart of Mary - Lake"]
)
def test_a_name_with_times_beside_two_churches_is_the_third(name: str) -> None:
    page = f"{CHURCHES}<h3>{name}</h3><p>Sunday 11 am</p>"
    assert services(page)[2:] == ["mass SU 11:00 at Dearest Heart of Mary"]


def test_a_part_that_names_no_service_where_those_of_churches_do_is_none() -> None:
    churches = CHURCHES.replace("Sunday", "Mass: Sunday")
    assert not any("Makers" in found for found in services(f"{churches}<h3>Makers of Lamps</h3><p>Monday 7 pm</p>"))
    with_mass = services(f"{churches}<h3>Makers of Lamps</h3><p>Mass: Monday 7 pm</p>")
    assert with_mass[2:] == ["mass MO 19:00 at Makers of Lamps"]


@pytest.mark.parametrize("heading", ["Our Schedule", "Parish Office", "Weekend Times", "how to find us", "Summer"])
def test_what_is_no_name_is_no_church(heading: str) -> None:
    page = f"{CHURCHES}<h3>{heading}</h3><p>Sunday 11 am</p>"
    assert not any(heading in service for service in services(page))


def test_beside_one_church_only_a_name_is_none() -> None:
    page = "<h1>Mass</h1><h3>St. Fictus Church</h3><p>Sunday 8 am</p><h3>Makers of Lamps</h3><p>Sunday 9 am</p>"
    assert not any("Makers" in service for service in services(page))
