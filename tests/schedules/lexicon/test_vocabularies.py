"""Single words of schedules and what they mean."""

import pytest

from vitality_lib.languages import language_of
from vitality_lib.models import Day, ServiceType
from vitality_lib.schedules.lexicon.churches import church_name
from vitality_lib.schedules.lexicon.days import days_of, ordinal_of
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.lexicon.seasons import season_of
from vitality_lib.schedules.lexicon.services import service_of
from vitality_lib.schedules.tokens import scan


@pytest.mark.parametrize(
    ("word", "days"),
    [
        ("Sundays", [Day.SU]),
        ("sábado", [Day.SA]),
        ("miércoles", [Day.WE]),
        ("domenica", [Day.SU]),
        ("quinta-feira", [Day.TH]),
        ("Holydays", [Day.HOLYDAY]),
        ("eve of holy day", [Day.HOLYDAY_EVE]),
        ("víspera de días festivos", [Day.HOLYDAY_EVE]),
        ("M-Sat", [Day.MO, Day.TU, Day.WE, Day.TH, Day.FR, Day.SA]),
        ("TTh", [Day.TU, Day.TH]),
    ],
)
def test_days(word: str, days: list[Day]) -> None:
    assert list(days_of(word)) == days


@pytest.mark.parametrize(
    ("word", "ordinal"),
    [("1st", "1"), ("Second", "2"), ("tercer", "3"), ("cuarto", "4"), ("5th", "5"), ("último", "last")],
)
def test_ordinals(word: str, ordinal: str) -> None:
    assert ordinal_of(word) == ordinal


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Qurbana", ServiceType.MASS),
        ("Santa Misa", ServiceType.MASS),
        ("Penance Service", ServiceType.CONFESSION),
        ("Hora Santa", ServiceType.ADORATION),
        ("Liturgy of the Hours", ServiceType.OTHER_DEVOTION),
        ("Vespers", ServiceType.OTHER_DEVOTION),
    ],
)
def test_services(word: str, kind: ServiceType) -> None:
    assert service_of(word) is kind


@pytest.mark.parametrize(
    ("word", "code"),
    [("Español", "es"), ("T.L.M.", "la"), ("Polski", "pl"), ("Kreyol", "ht"), ("Ge'ez", "gez"), ("German", "de")],
)
def test_languages(word: str, code: str) -> None:
    assert language_of(word) == code


@pytest.mark.parametrize(
    ("word", "season"),
    [("Lenten", "lent"), ("adviento", "advent"), ("school year", "academic_year"), ("Easter season", "easter"),
     ("Easter Sunday", None), ("Ash Wednesday", None), ("Christmas", None)],
)  # fmt: skip
def test_seasons_last_and_feasts_do_not(word: str, season: str | None) -> None:
    assert season_of(word) == season


@pytest.mark.parametrize(
    "text",
    ["Stations of the Cross", "Students and staff", "Holy Hour", "Holy Days of Obligation", "the Catholic Church",
     "Blessed Sacrament", "Sanctuary lamp", "The Church"],
)  # fmt: skip
def test_words_that_look_like_churches_are_none(text: str) -> None:
    assert not [token for token in scan(text) if token.kind is Kind.CHURCH]


def test_a_day_after_a_name_is_no_part_of_it() -> None:
    kinds = {token.text: token.kind for token in scan("St. Fictus Sat 5 pm")}
    assert kinds == {"St. Fictus": Kind.CHURCH, "Sat": Kind.DAY, "5 pm": Kind.TIME}


def test_a_church_is_called_without_its_preposition() -> None:
    assert church_name("in the main church") == "main church"


def test_tokens_stand_where_they_say() -> None:
    text = "Mon. – Fri.: 8:00 a.m. Mass at St. Fictus (Spanish)"
    assert all(text[token.start - 40 : token.end - 40] == token.text for token in scan(text, 40))
