"""Making a report: its files, its row in the database, and the `latest` that leads to it."""

from __future__ import annotations

import json
from datetime import timedelta

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from fictional_country import LONG_AGO, NOON, Country

from vitality_lib.reports.report import make_report
from vitality_lib.store.database import Database


async def test_totals_are_those_of_what_is_published(country: Country) -> None:
    figures = (await country.report()).figures
    assert {total.key: total.count for total in figures.totals} == {
        "dioceses": 2,
        "directories": 1,
        "parishes": 5,
        "websites": 4,
        "scheduled": 3,
        "services": 7,
        "mass": 4,
        "confession": 2,
        "adoration": 1,
        "other_devotion": 0,
    }
    assert [total.growth for total in figures.totals] == [None] * 10


async def test_a_report_is_a_folder_named_after_its_time(country: Country) -> None:
    made = await country.report()
    assert made.html == country.reports / "20310506T120000Z" / "index.html"
    names = [
        *("changes", "columns", "contradictions", "corrections", "coverage", "dioceses", "freshness", "growth"),
        *("model_calls", "outcomes", "overrides", "quality", "storage", "totals", "vitality", "weeks"),
    ]
    assert [path.stem for path in made.csv] == names
    assert sorted(path.stem for path in made.html.parent.glob("*.parquet")) == names
    assert sorted(path.name for path in country.reports.iterdir()) == ["20310506T120000Z", "latest"]
    assert (country.reports / "latest" / "index.html").read_bytes() == made.html.read_bytes()


async def test_latest_leads_to_the_newest_and_can_be_moved_with_its_folder(country: Country) -> None:
    await country.report()
    later = await country.report(now=NOON + timedelta(hours=6))
    assert (country.reports / "latest").readlink() == later.html.parent.relative_to(country.reports)


async def test_latest_is_a_copy_where_a_link_cannot_take_its_place(country: Country) -> None:
    old = country.reports / "latest"
    old.mkdir(parents=True)
    (old / "old.html").write_text("an older copy")
    made = await country.report()
    assert not old.is_symlink()
    assert sorted(path.name for path in old.iterdir()) == sorted(path.name for path in made.html.parent.iterdir())


async def test_two_reports_of_one_second_both_stay(country: Country) -> None:
    first, second = await country.report(), await country.report()
    assert second.html.parent.name == f"{first.html.parent.name}-2"
    assert first.html.exists()
    assert second.html.exists()


async def test_the_database_keeps_the_figures_by_key(country: Country) -> None:
    made = await country.report(run="run-7")
    rows = await (
        await country.connection.execute(
            "SELECT run, made_at, path, figures->'totals'->>'parishes', figures->'outcomes'->'schedule/parish'"
            " FROM reports"
        )
    ).fetchall()
    reasons = {"ok": 2, "timeout": 1, "not_visited": 2}
    assert rows == [("run-7", NOON, str(made.html.parent), "5", reasons)]


async def test_a_report_that_cannot_be_written_leaves_no_trace(country: Country) -> None:
    country.reports.mkdir()
    country.reports.rmdir()
    country.reports.write_text("a file where the folder should be")
    with pytest.raises(FileExistsError):
        await country.report()
    rows = await (await country.connection.execute("SELECT count(*) FROM reports")).fetchone()
    assert rows == (0,)


async def test_everything_is_read_at_one_moment(database: Database, country: Country) -> None:
    """On a connection of its own a report sees what is published, not what another is still writing."""
    async with database.transaction() as connection:
        made = await make_report(connection, run="run-b", folder=country.reports, now=NOON)
    assert {total.count for total in made.figures.totals} == {0}


async def test_an_empty_database_gives_a_report_that_says_so(empty_country: Country) -> None:
    made = await empty_country.report()
    page = BeautifulSoup(made.html.read_text(), "lxml")
    assert "There is nothing yet" in page.select_one(".notice").text  # type: ignore[union-attr]
    assert all(measure.share.ratio is None for measure in made.figures.quality)
    assert all(pd.read_csv(path) is not None for path in made.csv)


async def test_an_empty_country_has_a_second_report_too(empty_country: Country) -> None:
    await empty_country.report()
    made = await empty_country.report(now=NOON + timedelta(days=1))
    assert [total.growth for total in made.figures.totals] == [0] * 10


async def test_csv_files_say_what_the_page_says(country: Country) -> None:
    made = await country.report()
    dioceses, outcomes, quality = (
        pd.read_csv(made.html.parent / f"{name}.csv") for name in ("dioceses", "outcomes", "quality")
    )
    larkspur = dioceses.set_index("diocese").loc["Diocese of Larkspur"]
    assert (larkspur["parishes"], larkspur["with_website"], larkspur["website_share"]) == (5, 4, 0.8)
    assert pd.isna(dioceses.set_index("diocese").loc["Diocese of Tamarack", "website_share"])
    schedule = outcomes[(outcomes["stage"] == "schedule") & (outcomes["unit"] == "parish")]
    assert dict(zip(schedule["reason"], schedule["count"], strict=True)) == {"ok": 2, "timeout": 1, "not_visited": 2}
    assert len(quality) == len(made.figures.quality)


async def test_figures_json_holds_all_figures(country: Country) -> None:
    made = await country.report()
    record = json.loads((made.html.parent / "figures.json").read_text())
    assert record["made_at"] == "2031-05-06T12:00:00+00:00"
    assert record["totals"][2] == {
        "key": "parishes",
        "label": "Parishes",
        "count": 5,
        "before": None,
        "definition": "Published: in their diocese's directory when it was last read.",
    }


async def test_words_from_websites_cannot_harm_the_reader(empty_country: Country) -> None:
    """Markup, a formula, marks that turn the line, and a name without end."""
    names = [
        "<script>alert(1)</script>",
        '=HYPERLINK("https://evil.example","x")',
        "\u202egnol si siht \u2066St. Anne",
        "A" * 10_000,
        '"><img src=x onerror=alert(1)>',
        "St.\nBrendan\x07{{ 7*7 }}{% raw %}",
    ]
    larkspur = await empty_country.diocese("</style><script>alert(2)</script>", state="<b>")
    await empty_country.report(now=LONG_AGO - timedelta(days=1))
    for name in names:
        parish = await empty_country.parish(larkspur, name)
        await empty_country.service(parish, words=name, language=name, start_time="23:30", confidence=0.1)
        await empty_country.outcome("schedule", "parish", parish, "ok")
    made = await empty_country.report()

    html = made.html.read_text()
    page = BeautifulSoup(html, "lxml")
    assert not page.find_all(["script", "img", "iframe", "link", "b"])
    assert not [tag for tag in page.find_all(True) if any(key.startswith("on") for key in tag.attrs)]
    assert not set(html) & set("\u202e\u2066\x07")
    assert "A" * 200 not in html
    assert "{{ 7*7 }}" in page.text
    changes = pd.read_csv(made.html.parent / "changes.csv")
    assert not changes["name"].str.match(r"[=+\-@]").any()
    assert "'" + names[1] in set(changes["name"])
    assert len(html) < 300_000
