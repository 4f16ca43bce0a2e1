"""Days and times as parishes of Spain, Latin America and Brazil write them."""

import pytest
from shorthand import services

WEEKDAYS = "MO,TU,WE,TH,FR"


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Sábado: 18 hs", ["mass SA 18:00 es vigil"]),
        ("Sábado: 19h", ["mass SA 19:00 es vigil"]),
        ("Domingo: 10 hs y 19 hs", ["mass SU 10:00 es", "mass SU 19:00 es"]),
        ("Martes: 18 horas", ["mass TU 18:00 es"]),
        ("Lunes: 10 y 19 horas", ["mass MO 10:00 es", "mass MO 19:00 es"]),
        ("Domingo: 10h y 19.30h", ["mass SU 10:00 es", "mass SU 19:30 es"]),
        ("Laborables: 9:00 y 19:30 h", [f"mass {WEEKDAYS} 09:00 es", f"mass {WEEKDAYS} 19:30 es"]),
        ("Días laborables: 9:00 h", [f"mass {WEEKDAYS} 09:00 es"]),
        ("Sábados y vísperas de festivo 19:30 h", ["mass SA,HOLYDAY_EVE 19:30 es vigil"]),
        ("Domingos y festivos: 12:00", ["mass SU,HOLYDAY 12:00 es"]),
    ],
)
def test_hours_and_days_in_spanish(line: str, read: list[str]) -> None:
    assert services(f"<h2>Misas</h2><p>{line}</p>") == read


def test_a_range_of_bare_hours_ends_with_the_word_for_hours() -> None:
    assert services("<h2>Adoración</h2><p>Jueves de 17 a 18.45 hs</p>") == ["adoration TH 17:00-18:45 es"]


def test_hours_before_a_mass_are_no_time_of_day() -> None:
    assert services("<p>Confesiones: 2 horas antes de la misa del domingo</p>") == [
        "confession SU - es (2 horas before Mass)"
    ]


def times(body: str) -> list[str]:
    """Without the language, which Portuguese shares its words for Saturday and Sunday with."""
    return [service.removesuffix(" vigil").removesuffix(" es") for service in services(body)]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Segunda a Sexta: 7h e 18h30", [f"mass {WEEKDAYS} 07:00", f"mass {WEEKDAYS} 18:30"]),
        ("Terça e Quinta: das 15h às 17h30", ["mass TU,TH 15:00-17:30"]),
        ("Terça, quarta e sexta-feira: 19h", ["mass TU,WE,FR 19:00"]),
        ("Sábado: 17h", ["mass SA 17:00"]),
        ("Domingo: 7h, 9h, 11h e 19h", ["mass SU 07:00", "mass SU 09:00", "mass SU 11:00", "mass SU 19:00"]),
    ],
)
def test_hours_and_days_in_portuguese(line: str, read: list[str]) -> None:
    assert times(f"<h2>Missas</h2><p>{line}</p>") == read


@pytest.mark.parametrize("heading", ["Confissões", "Confissão"])
def test_confessions_in_portuguese(heading: str) -> None:
    assert times(f"<h2>{heading}</h2><p>Quinta-feira: 15h às 17h</p>") == ["confession TH 15:00-17:00"]


def test_adoration_in_portuguese() -> None:
    assert times("<h2>Adoração</h2><p>Quinta-feira: 8h às 18h</p>") == ["adoration TH 08:00-18:00"]


@pytest.mark.parametrize("name", ["Public Holidays", "Bank Holidays", "Feriados"])
def test_civil_holidays_are_none_of_the_days_of_the_line_before(name: str) -> None:
    assert services(f"<h2>Mass</h2><p>Weekdays: 8:00 am<br>{name}: 9:00 am</p>") == [f"mass {WEEKDAYS} 08:00"]
