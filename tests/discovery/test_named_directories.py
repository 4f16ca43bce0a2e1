"""A directory that a person named, through the stage of discovery: it is chosen, and that it was used is noted."""

from tiny_country import ANNE, BRENDAN, CLARE, LARKSPUR, NOON, Country, directory, page

from vitality_lib.discovery.find import NAMED
from vitality_lib.stages import discovery
from vitality_lib.store import overrides


async def name(country: Country, url: str) -> None:
    ((diocese_id,),) = await country.rows("SELECT id FROM dioceses WHERE name = 'Diocese of Larkspur'")
    async with country.database.transaction() as connection:
        await overrides.put(connection, diocese_id, url, why="the menu leads to a form", set_by="ann", now=NOON)


async def used(country: Country) -> bool:
    return await country.rows("SELECT used_at IS NOT NULL FROM directory_overrides") == [(True,)]


async def test_a_directory_that_a_person_named_is_chosen_and_noted(country: Country) -> None:
    await country.do(discovery)
    country.web.pages["larkspur.example/odd"] = page(directory((ANNE, BRENDAN, CLARE)))
    await name(country, "http://larkspur.example/odd")
    await country.do(discovery, run="second")
    assert (await country.observed())[LARKSPUR].directory_url == "http://larkspur.example/odd"
    assert await used(country)
    assert ([NAMED],) in await country.rows("SELECT reasons FROM directories")


async def test_one_that_is_gone_is_not_used_and_the_search_finds_the_other(country: Country) -> None:
    await country.do(discovery)
    await name(country, "http://larkspur.example/gone")
    await country.do(discovery, run="second")
    assert (await country.observed())[LARKSPUR].directory_url == "http://larkspur.example/parishes"
    assert not await used(country)
