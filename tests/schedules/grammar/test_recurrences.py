"""How often a service recurs: every other week, on days of the month, on some weeks of the month only."""

import pytest
from shorthand import services


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Mass every other Tuesday 7:00 pm", ["mass every 2nd TU 19:00"]),
        ("Rosary on alternate Fridays at 6:30 pm", ["devotion every 2nd FR 18:30"]),
        ("Alternating Saturdays: Confession 3:00-4:00 pm", ["confession every 2nd SA 15:00-16:00"]),
        ("Adoration biweekly on Thursdays 6-7 pm", ["adoration every 2nd TH 18:00-19:00"]),
        ("Adoration Thursdays 6-7 pm (every other week)", ["adoration every 2nd TH 18:00-19:00"]),
        ("Mass Wednesdays, every other week, 7:00 pm", ["mass every 2nd WE 19:00"]),
        ("Every second week on Monday: Rosary 7 pm", ["devotion every 2nd MO 19:00"]),
        ("Misa los martes cada dos semanas 7:00 pm", ["mass every 2nd TU 19:00 es"]),
        ("Rosario cada quince días los jueves 7:00 pm", ["devotion every 2nd TH 19:00 es"]),
        (
            "Mass every other Wednesday 7:00 pm beginning March 4, 2026",
            ["mass every 2nd of 2026-03-04 WE 19:00 from 2026-03-04"],
        ),
        ("Mass Monday 8 am and every other Friday 7 pm", ["mass MO 08:00", "mass every 2nd FR 19:00"]),
    ],
)
def test_every_other_week(text: str, read: list[str]) -> None:
    assert services(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Rosary on the 13th of each month at 7:00 pm", ["devotion day13 19:00"]),
        ("Divine Mercy chaplet, the 25th of every month: 3 pm", ["devotion day25 15:00"]),
        ("Mass on the last day of the month 6:30 pm", ["mass day-1 18:30"]),
        ("Mass 7:00 pm on the 1st and 15th of the month", ["mass day1,day15 19:00"]),
        ("Mass on the 22nd day of each month 7:00 pm", ["mass day22 19:00"]),
        ("Misa el día 13 de cada mes 7:00 pm", ["mass day13 19:00 es"]),
        ("Misa el último día del mes 7:00 pm", ["mass day-1 19:00 es"]),
        ("First Friday of the month Mass 7 pm", ["mass 1 FR 19:00"]),
    ],
)
def test_days_of_the_month(text: str, read: list[str]) -> None:
    assert services(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Mass 1st, 3rd & 5th Sunday 2:00 pm", ["mass 1,3,5 SU 14:00"]),
        ("Mass 2nd and 4th Tuesdays 7 pm", ["mass 2,4 TU 19:00"]),
        ("Mass first Friday and Saturday 8:00 am", ["mass 1 FR,SA 08:00"]),
        ("Rosary last weekend of the month 4:00 pm", ["devotion last SU,SA 16:00"]),
        ("Mass first Saturday of the month 9:00 am", ["mass 1 SA 09:00"]),
        ("Misa 2do domingo 1:00 pm", ["mass 2 SU 13:00 es"]),
        ("Misa 1er y 3er viernes 7:00 pm", ["mass 1,3 FR 19:00 es"]),
        ("Misa el primer viernes de cada mes 7:00 pm", ["mass 1 FR 19:00 es"]),
        ("Mass Fridays 7 pm (1st and 3rd)", ["mass 1,3 FR 19:00"]),
        ("Mass Saturday 9:00 am (1st & 3rd weekends)", ["mass 1,3 SA 09:00"]),
        ("Mass Friday 7 pm (first Friday only)", ["mass 1 FR 19:00"]),
        ("Confession: Thursday before the First Friday 7 pm", ["confession 1 TH 19:00"]),
        ("Confession on the eve of first Fridays after Mass", ["confession 1 TH - (after Mass)"]),
    ],
)
def test_weeks_of_the_month(text: str, read: list[str]) -> None:
    assert services(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Mass Fridays 8 am except first Friday", ["mass FR 08:00 but 1FR"]),
        ("Saturday Mass 8:00 am (except the 1st Saturday)", ["mass SA 08:00 but 1SA"]),
        ("Mass on Fridays other than the first: 8:00 am", ["mass FR 08:00 but 1FR"]),
        ("Mass every Friday but the first 8:00 am", ["mass FR 08:00 but 1FR"]),
        ("Mass every Sunday 5 pm except the last Sunday of the month", ["mass SU 17:00 but lastSU"]),
        ("Weekday Mass 8:00 am (no Mass on holy days)", ["mass MO,TU,WE,TH,FR 08:00 but HOLYDAY"]),
        ("Weekday Mass 8:00 am except Holy Days", ["mass MO,TU,WE,TH,FR 08:00 but HOLYDAY"]),
        ("Mass Monday-Friday 8 am (except in July)", ["mass MO,TU,WE,TH,FR 08:00 but july"]),
        ("Sunday Mass 5 pm (not in July and August)", ["mass SU 17:00 but july..august"]),
        ("Sunday Mass 5 pm, no 5 pm Mass during the summer", ["mass SU 17:00 but summer"]),
        ("Mass Mon-Fri 8 am except federal holidays", ["mass MO,TU,WE,TH,FR 08:00 (except federal holidays)"]),
        ("Misa viernes 8 am excepto el primer viernes", ["mass FR 08:00 es but 1FR"]),
        (
            "Mass Monday to Friday 8 am, except Wednesday, when it is at 7 pm",
            ["mass MO,TU,TH,FR 08:00", "mass WE 19:00"],
        ),
        (
            "Misa de lunes a viernes a las 8 a.m., excepto los jueves, cuando es a las 7 de la noche",
            ["mass MO,TU,WE,FR 08:00 es", "mass TH 19:00 es"],
        ),
        ("Mass Mon.-Sat. 8:00 am. No Mass on Wednesday.", ["mass MO,TU,TH,FR,SA 08:00"]),
        ("Sunday Mass 10 am. No Mass on December 27, 2026.", ["mass SU 10:00 but 2026-12-27"]),
    ],
)
def test_exceptions_stay_with_the_service(text: str, read: list[str]) -> None:
    assert services(text) == read


@pytest.mark.parametrize(
    "text", ["Mass Sunday 8:00 am (formerly 7:30)", "Mass Sunday 8:00 am (previously Sunday 7:30 am)"]
)
def test_a_time_that_was_is_none_that_is(text: str) -> None:
    assert services(text) == ["mass SU 08:00"]
