"""Pages of a parish that contradict each other, as the report tells of them."""

from __future__ import annotations

import json

import pandas as pd
from fictional_country import LAST_WEEK, NOON, Country
from report_sections import rows_of, section_of

from vitality_lib.models import Day, Evidence, Recurrence, Service, ServiceType
from vitality_lib.reports.page import ROWS_SHOWN
from vitality_lib.store import schedule_contradictions
from vitality_lib.store.schedule_contradictions import KeptContradiction, KeptSide, Stated

HOME, TIMES = "https://anne.example/", "https://anne.example/mass"


def side(url: str, *starts: str, quote: str = "Sunday 8") -> KeptSide:
    proof = Evidence("00ff", url, quote, 0, 8, "lines", 0.9)
    return KeptSide(
        url,
        tuple(
            Stated(Service(ServiceType.MASS, Recurrence((Day.SU,)), start, evidence=(proof,)), f"Mass at {start}")
            for start in starts
        ),
    )


def contradiction(better: KeptSide, worse: KeptSide, why: str, *, decided: bool = True) -> KeptContradiction:
    return KeptContradiction(ServiceType.MASS, (Day.SU,), better, worse, why, decided)


DECIDED = contradiction(side(TIMES, "08:30", "10:00"), side(HOME, "08:00", "10:00"), "more pages state it")
UNDECIDED = contradiction(side(HOME, "07:00"), side(TIMES, "07:30"), "nothing tells which is right", decided=False)


async def found(country: Country, parish: str, *contradictions: KeptContradiction) -> None:
    """A visit of last week to a parish of the country found these."""
    cursor = await country.connection.execute("SELECT id FROM parishes WHERE name = %s", [parish])
    (id_,) = await cursor.fetchone() or (0,)
    await schedule_contradictions.replace(country.connection, id_, contradictions, LAST_WEEK)


async def test_without_any_there_is_no_section(country: Country) -> None:
    made = await country.report()
    assert section_of(made, "contradictions") is None
    assert "#contradictions" not in made.html.read_text()


async def test_each_is_told_with_both_sides_and_why_one_is_believed(country: Country) -> None:
    await found(country, "St. Anne", DECIDED)
    assert rows_of(await country.report(), "contradictions") == [
        [
            "St. Anne Diocese of Larkspur",
            "mass, Sundays",
            f"{TIMES} Mass at 08:30 Mass at 10:00 “ Sunday 8 ”",
            f"{HOME} Mass at 08:00 Mass at 10:00 “ Sunday 8 ”",
            "more pages state it",
        ]
    ]


async def test_the_undecided_come_first_and_are_counted(country: Country) -> None:
    await found(country, "St. Anne", DECIDED)
    await found(country, "St. Brendan", UNDECIDED)
    made = await country.report()
    assert [row[-1] for row in rows_of(made, "contradictions")] == [
        "undecided nothing tells which is right",
        "more pages state it",
    ]
    told = section_of(made, "contradictions")
    assert told is not None
    assert "Decided by stated rules: 1; where no rule decides, both sides are published: 1." in told.text


async def test_those_of_a_parish_that_is_gone_are_not_told(country: Country) -> None:
    await found(country, "St. Anne", DECIDED)
    await country.connection.execute("UPDATE parishes SET gone_at = %s WHERE name = 'St. Anne'", [NOON])
    assert (await country.report()).figures.contradictions == ()


async def test_the_files_say_what_the_page_says(country: Country) -> None:
    await found(country, "St. Anne", DECIDED)
    made = await country.report()
    table = pd.read_csv(made.html.parent / "contradictions.csv", dtype=str, keep_default_na=False)
    assert table.to_dict("records") == [
        {
            "diocese": "Diocese of Larkspur",
            "parish": "St. Anne",
            "type": "mass",
            "days": "Sundays",
            "decided": "true",
            "why": "more pages state it",
            "better_url": TIMES,
            "better": "Mass at 08:30 | Mass at 10:00",
            "better_quotes": "Sunday 8",
            "worse_url": HOME,
            "worse": "Mass at 08:00 | Mass at 10:00",
            "worse_quotes": "Sunday 8",
            "found_at": "2031-04-29T12:00:00+00:00",
        }
    ]
    (told,) = json.loads((made.html.parent / "figures.json").read_text())["contradictions"]
    assert (told["better"]["url"], told["worse"]["services"]) == (TIMES, ["Mass at 08:00", "Mass at 10:00"])


async def test_more_than_a_page_bears_stand_in_the_file(country: Country) -> None:
    await found(country, "St. Anne", *[DECIDED] * (ROWS_SHOWN + 3))
    made = await country.report()
    told = section_of(made, "contradictions")
    assert told is not None
    assert len(rows_of(made, "contradictions")) == ROWS_SHOWN
    assert "And 3 more in contradictions.csv." in told.text
    assert len(pd.read_csv(made.html.parent / "contradictions.csv")) == ROWS_SHOWN + 3


async def test_words_from_websites_cannot_harm_the_reader(country: Country) -> None:
    evil = side(
        "https://anne.example/<b>" + "/" * 9000, "08:00", quote="=1+1 <script>alert(1)</script>\u202e" + "x" * 9000
    )
    await found(country, "St. Anne", contradiction(side(TIMES, "08:30"), evil, "more pages state it"))
    made = await country.report()
    told = section_of(made, "contradictions")
    assert told is not None
    assert not told.find_all(["script", "b"])
    assert [link["href"] for link in told.find_all("a")] == [TIMES], "what is no address is words"
    assert "\u202e" not in told.text
    assert len(told.text) < 3000
    assert pd.read_csv(made.html.parent / "contradictions.csv")["worse_quotes"][0].startswith("'=1+1")
