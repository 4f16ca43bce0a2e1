"""Services that last past midnight, over several days, or around the clock; and those that are streamed."""

import pytest
from shorthand import services


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Adoration Thursday 9 am to Friday 8 am", ["adoration TH 09:00-08:00+1"]),
        ("Adoration from Sunday 6 pm until Friday 5 pm", ["adoration SU 18:00-17:00+5"]),
        ("Adoration: 9 am Thursday to 8 am Friday", ["adoration TH 09:00-08:00+1"]),
        ("Adoration begins Thursday at 9 am and ends Saturday at 8 am", ["adoration TH 09:00-08:00+2"]),
        ("Adoration first Friday 9 am until Saturday 8 am", ["adoration 1 FR 09:00-08:00+1"]),
        (
            "Adoration Thursday at 9:00 am and all through the night until Friday at 8:00 am",
            ["adoration TH 09:00-08:00+1"],
        ),
        ("Adoration weekdays 1-4 pm; perpetual on First Fridays", ["adoration MO,TU,WE,TH,FR 13:00-16:00"]),
        (
            "Perpetual adoration takes place here, except weekdays when Mass is celebrated and Sunday 7 am - 6 pm",
            ["adoration SU,MO,TU,WE,TH,FR,SA 00:00-24:00 (perpetual)"],
        ),
        (
            "Perpetual adoration, except Sundays: 24 hours a day",
            ["adoration MO,TU,WE,TH,FR,SA 00:00-24:00 (perpetual)"],
        ),
        ("Adoration first Friday 8 pm, ends with Mass at 5 am Saturday", ["adoration 1 FR 20:00-05:00+1"]),
        ("Adoration Monday 5:30 pm until Mass", ["adoration MO 17:30"]),
        ("Adoration Friday 7 pm - 7 am", ["adoration FR 19:00-07:00+1"]),
        ("Adoration Friday 7 pm - midnight", ["adoration FR 19:00-24:00"]),
        ("Adoration Friday 9 am until midnight", ["adoration FR 09:00-24:00"]),
        ("Adoration Friday after 8:30 am Mass until midnight", ["adoration FR --24:00 (after 08:30 Mass)"]),
        (
            "Adoration Monday through Friday, 24 hours a day",
            ["adoration MO,TU,WE,TH,FR 00:00-24:00 (perpetual)"],
        ),
        ("Adoración jueves 9:00 am hasta el viernes 8:00 am", ["adoration TH 09:00-08:00+1 es"]),
    ],
)
def test_adoration_over_several_days(text: str, read: list[str]) -> None:
    assert services(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Sunday Mass 8:00 am, 10:00 am (livestreamed)", ["mass SU 08:00", "mass SU 10:00 streamed"]),
        ("Sunday Mass 10:00 am - live on Facebook", ["mass SU 10:00 streamed"]),
        ("Sunday Mass 10:00 am (also on YouTube)", ["mass SU 10:00 streamed"]),
        ("Misa domingo 10:00 am (transmitida en vivo)", ["mass SU 10:00 es streamed"]),
        ("Sunday Masses 8:00 am and 10:00 am, both livestreamed", ["mass SU 08:00 streamed", "mass SU 10:00 streamed"]),
        ("Livestream: Sunday 10:00 am Mass", []),
    ],
)
def test_a_stream_is_told_of_the_mass_and_makes_none(text: str, read: list[str]) -> None:
    assert services(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "Holy Days of Obligation: Mass 7 am, noon; vigil 7 pm",
            ["mass HOLYDAY 07:00", "mass HOLYDAY 12:00", "mass HOLYDAY_EVE 19:00 vigil"],
        ),
        ("Mass on the eve of holy days 7 pm", ["mass HOLYDAY_EVE 19:00 vigil"]),
        ("Vigil of a Holy Day: Mass 5:30", ["mass HOLYDAY_EVE 17:30 vigil"]),
        ("Holy Day Mass: 7:00 pm the day before, 9:00 am", ["mass HOLYDAY_EVE 19:00 vigil", "mass HOLYDAY 09:00"]),
        ("Holy Day Masses 7:00 pm (evening before), 8:00 am", ["mass HOLYDAY_EVE 19:00 vigil", "mass HOLYDAY 08:00"]),
        ("Holy Days: Vigil 7:00 pm, Day 8:00 am Mass", ["mass HOLYDAY_EVE 19:00 vigil", "mass HOLYDAY 08:00"]),
    ],
)
def test_holy_days_and_the_evening_before(text: str, read: list[str]) -> None:
    assert services(text) == read
