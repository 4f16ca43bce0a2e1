"""One visit to a parish's website, its pages answered from a table instead of a network."""

from __future__ import annotations

import pytest

from vitality_lib.models import Outcome, Page, Reason, Request
from vitality_lib.schedules.visit import Visit, visit

HOME = "https://fictus.example/"
MENU = "<a href='/mass'>Mass Times</a><a href='/confession'>Confession</a><a href='/adoration'>Adoration</a>"
FILLER = "<p>We are a community of faith in the valley of the lamp.</p>" * 8
MASS = "<h1>Mass</h1><p>Sunday 9:00 am</p>"
WEEK = "<h1>Mass</h1><p>Sunday 9:00 am</p><p>Monday-Friday 8:00 am</p>"
CONFESSION = "<h1>Confession</h1><p>Saturday 3:00 pm</p>"
ADORATION = "<h1>Adoration</h1><p>Friday 9:00 am</p>"


class Site:
    """A website as a table of pages; what it does not hold is a 404. `asked` are the requests in order."""

    def __init__(self, pages: dict[str, str | bytes | Outcome], rendered: dict[str, str] | None = None) -> None:
        self.pages = pages
        self.rendered = rendered or {}
        self.asked: list[Request] = []

    async def fetch(self, request: Request) -> Page | Outcome:
        self.asked.append(request)
        pages = self.rendered if request.browser else self.pages
        found = pages.get(request.url.removeprefix(HOME).rstrip("/"), Outcome(Reason.HTTP_ERROR, "404"))
        if isinstance(found, Outcome):
            return found
        return Page(url=request.url, body=found.encode() if isinstance(found, str) else found)

    async def visited(self, at_most: int = 8) -> Visit:
        return await visit(HOME, self.fetch, at_most)


async def test_without_a_website_nobody_is_asked() -> None:
    site = Site({})
    assert (await visit(None, site.fetch)).outcome.reason is Reason.NO_WEBSITE
    assert site.asked == []


async def test_links_are_followed_until_mass_confession_and_adoration_are_settled() -> None:
    site = Site({"": MENU + FILLER, "mass": MASS, "confession": CONFESSION, "adoration": ADORATION})
    found = await site.visited()
    assert found.outcome.reason is Reason.OK
    assert len(found.services) == 3
    assert [request.url for request in site.asked] == [HOME, HOME + "mass", HOME + "confession", HOME + "adoration"]


async def test_a_homepage_with_the_whole_schedule_is_enough() -> None:
    site = Site({"": MENU + WEEK + CONFESSION + ADORATION})
    assert len((await site.visited()).services) == 4
    assert len(site.asked) == 1


async def test_one_mass_on_a_homepage_is_not_enough_where_a_link_names_a_page_of_its_own() -> None:
    site = Site({"": MENU + MASS + CONFESSION + ADORATION, "mass": MASS + WEEK})
    await site.visited()
    assert HOME + "mass" in [request.url for request in site.asked]


async def test_what_is_known_of_a_type_makes_its_links_wait() -> None:
    site = Site({"": MENU + WEEK, "confession": CONFESSION, "adoration": ADORATION})
    await site.visited()
    assert [request.url for request in site.asked] == [HOME, HOME + "confession", HOME + "adoration"]


async def test_the_same_mass_on_two_pages_is_one_with_two_pieces_of_evidence() -> None:
    found = await Site({"": MENU + MASS, "mass": MASS + FILLER}).visited()
    (mass,) = found.services
    assert [piece.url for piece in mass.evidence] == [HOME, HOME + "mass"]


async def test_when_the_door_lets_nothing_more_through_nothing_more_is_asked_for() -> None:
    spent = Outcome(Reason.BUDGET_SPENT, "8 requests made")
    site = Site({"": MENU + FILLER, "mass": spent, "confession": CONFESSION})
    found = await site.visited()
    assert [request.url for request in site.asked] == [HOME, HOME + "mass"]
    assert found.outcome.reason is Reason.NO_SCHEDULE_PAGE


async def test_pages_that_one_address_stands_for_are_read_once() -> None:
    class Moved(Site):
        async def fetch(self, request: Request) -> Page | Outcome:
            answer = await super().fetch(request)
            if isinstance(answer, Page) and request.url != HOME:
                return Page(HOME + "times", answer.body + str(len(self.asked)).encode())
            return answer

    site = Moved({"": MENU + FILLER, "mass": MASS, "confession": MASS})
    assert [page.url for page in (await site.visited()).pages] == [HOME, HOME + "times"]


async def test_each_page_read_says_why_it_was_asked_for_and_the_winner_has_most_of_the_schedule() -> None:
    found = await Site({"": MENU + FILLER, "mass": WEEK, "confession": CONFESSION}).visited()
    assert [page.why.split(",")[0] for page in found.pages] == [
        "the homepage", "label 'Mass Times' +10", "label 'Confession' +8",
    ]  # fmt: skip
    assert [page.kept(found.services) for page in found.pages] == [0, 2, 1]
    assert found.winner is found.pages[1]


async def test_at_most_eight_pages_are_asked_for() -> None:
    many = "".join(f"<a href='/mass-{number}'>Mass Times {number}</a>" for number in range(30))
    site = Site({"": many} | {f"mass-{number}": many + FILLER for number in range(30)})
    found = await site.visited()
    assert len(site.asked) == 8
    assert len(found.outcome.routes) == 8


@pytest.mark.parametrize(
    ("pages", "reason"),
    [
        ({"": FILLER}, Reason.NO_SCHEDULE_PAGE),
        ({"": FILLER + "<img src='times.png' alt='Mass Times'>"}, Reason.ONLY_IN_IMAGE),
        ({"": FILLER + "<a href='/mass-times.pdf'>Mass Times</a>", "mass-times.pdf": b"%PDF-1.7"}, Reason.ONLY_IN_PDF),
        ({"": b"\x89PNG\x00\x00\x00"}, Reason.UNREADABLE),
        ({"": Outcome(Reason.TIMEOUT, "60 s")}, Reason.TIMEOUT),
        ({"": MENU + FILLER}, Reason.HTTP_ERROR),
    ],
)
async def test_a_visit_without_services_says_why(pages: dict[str, str | bytes | Outcome], reason: Reason) -> None:
    found = await Site(pages).visited()
    assert found.outcome.reason is reason
    assert found.services == ()


async def test_a_page_filled_by_script_is_asked_for_again_with_a_browser() -> None:
    empty = MENU + FILLER + "<div id='mass-schedule'></div><script src='x.js'></script>"
    site = Site({"": empty}, rendered={"": MASS})
    found = await site.visited()
    assert found.outcome.reason is Reason.OK
    assert [request.url for request in site.asked if request.browser] == [HOME]


async def test_a_browser_is_asked_at_most_twice() -> None:
    empty = "<div id='mass-schedule'></div><script src='x.js'></script>"
    site = Site({"": MENU + FILLER + empty, "mass": FILLER + empty, "confession": empty, "adoration": empty})
    await site.visited()
    assert sum(request.browser for request in site.asked) == 2


async def test_the_browser_counts_among_the_eight() -> None:
    empty = "<div id='mass-schedule'></div><script src='x.js'></script>"
    many = "".join(f"<a href='/mass-{number}'>Mass Times {number}</a>" for number in range(30))
    site = Site({"": many + empty} | {f"mass-{number}": f"{many}{number}{empty}" for number in range(30)})
    await site.visited()
    assert [request.browser for request in site.asked] == [False] * 6 + [True] * 2


async def test_a_browser_is_not_asked_when_masses_are_known() -> None:
    site = Site({"": MASS + "<script src='x.js'></script>"})
    await site.visited()
    assert not any(request.browser for request in site.asked)


async def test_every_page_asked_for_stands_in_the_routes() -> None:
    found = await Site({"": MENU + FILLER, "mass": MASS}).visited()
    assert found.outcome.routes[:3] == (
        f"http {HOME}: 0 services",
        f"http {HOME}mass: 1 services",
        f"http {HOME}confession: http_error",
    )
