"""Ways without end: redirects, calendars, session ids, sitemaps. A budget ends what no rule recognises."""

from __future__ import annotations

from case import Case, Way
from hostile_server import Behaviour, Visitor

from vitality_lib.models import Reason

_XML = {"Content_Type": "application/xml"}
_LOOP = Reason.TOO_MANY_REDIRECTS


def _to(location: str, status: int = 302) -> Behaviour:
    """Redirect; `{n}` is the number of the visit."""

    async def behave(visitor: Visitor) -> None:
        where = location.format(n=visitor.number, host=visitor.host, path=visitor.path)
        await visitor.reply("", status, Location=where)

    return behave


async def _cookie_wall(visitor: Visitor) -> None:
    await visitor.reply("", 302, Location=f"/?visit={visitor.number % 2}", Set_Cookie="seen=1")


async def _tracked_once(visitor: Visitor) -> None:
    if "utm_source" in visitor.path:
        await visitor.reply("<p>Mass")
        return
    await visitor.reply("", 302, Location="/?utm_source=self")


async def _session_once(visitor: Visitor) -> None:
    if "PHPSESSID" in visitor.path:
        await visitor.reply("<p>Mass")
        return
    await visitor.reply("", 302, Location="/?PHPSESSID=0a1b2c")


async def _endless_robots(visitor: Visitor) -> None:
    if visitor.path.startswith("/robots"):
        await visitor.reply("", 301, Location=f"/robots{visitor.number}.txt")
        return
    await visitor.reply("<p>Mass")


async def _calendar(visitor: Visitor) -> None:
    links = "".join(
        f"<a href='/mass-schedule/{visitor.number}/{step}'>Mass Schedule of the next month</a>" for step in range(50)
    )
    await visitor.reply(f"<html><body>{links}</body></html>")


async def _sessions(visitor: Visitor) -> None:
    links = "".join(f"<a href='/mass-times?PHPSESSID={visitor.number}{each}'>Mass Times</a>" for each in range(50))
    await visitor.reply(f"<html><body>{links}<a href='/mass;jsessionid={visitor.number}'>Mass</a></body></html>")


async def _next_pages(visitor: Visitor) -> None:
    page = visitor.number
    rows = "".join(
        f"<div class='parish'><h3>St. Anne {page}-{each} Parish</h3><p>{each} Main Street, Larkspur, OH 44101</p></div>"
        for each in range(5)
    )
    await visitor.reply(f"<h1>Parishes</h1>{rows}<a rel='next' href='/?page={page + 1}'>Next</a>")


async def _sitemaps(visitor: Visitor) -> None:
    if "sitemap" not in visitor.path:
        await visitor.reply("<html><body><p>Welcome to the parish</p></body></html>")
        return
    parts = "".join(
        f"<sitemap><loc>http://{visitor.host}/sitemap-{visitor.number}-{each}.xml</loc></sitemap>" for each in range(99)
    )
    await visitor.reply(f"<?xml version='1.0'?><sitemapindex>{parts}</sitemapindex>", **_XML)


async def _sitemap_of_itself(visitor: Visitor) -> None:
    if "sitemap" not in visitor.path:
        await visitor.reply("<html><body><p>Welcome to the diocese</p></body></html>")
        return
    loc = f"<sitemap><loc>http://{visitor.host}/sitemap.xml</loc></sitemap>"
    await visitor.reply(f"<?xml version='1.0'?><sitemapindex>{loc}</sitemapindex>", **_XML)


async def _endless_directories(visitor: Visitor) -> None:
    links = "".join(f"<a href='/parishes/{visitor.number}/{each}'>Find a Parish</a>" for each in range(50))
    await visitor.reply(f"<html><body><h1>Parish Directory</h1>{links}</body></html>")


async def _frames(visitor: Visitor) -> None:
    await visitor.reply(
        f"<html><body><h1>Parishes</h1><iframe src='/parishes/{visitor.number}'></iframe></body></html>"
    )


CASES: dict[str, Case] = {
    "redirects without end": Case(_LOOP, _to("/step/{n}")),
    "a redirect to itself": Case(_LOOP, _to("/"), most=3),
    "two pages that redirect to each other": Case(_LOOP, _cookie_wall, most=5),
    "redirects that grow": Case(Reason.HTTP_ERROR, _to("{path}" + "a" * 3000)),
    "a redirect of a megabyte": Case(Reason.CONNECTION_FAILURE, _to("/" + "a" * 2**20)),
    "redirects from host to host": Case(Reason.DNS_FAILURE, _to("http://host{n}.example/")),
    "redirects that keep the form, without end": Case(_LOOP, _to("/step/{n}", 307)),
    "a redirect to itself with a campaign's name": Case(Reason.OK, _tracked_once, holds=b"Mass", most=3),
    "a redirect to itself with a session id": Case(Reason.OK, _session_once, holds=b"Mass", most=3),
    "a redirect to itself with ever new session ids": Case(_LOOP, _to("/?PHPSESSID={n}"), most=3),
    "a redirect to itself with ever new campaigns": Case(_LOOP, _to("/?utm_source={n}"), most=3),
    "robots.txt that redirects without end": Case(Reason.OK, _endless_robots, robots=True, most=20),
    "a calendar without end": Case(Reason.NO_SCHEDULE_PAGE, _calendar, way=Way.VISIT, most=8),
    "session ids without end": Case(Reason.NO_SCHEDULE_PAGE, _sessions, way=Way.VISIT, most=5),
    "next pages without end": Case(Reason.OK, _next_pages, way=Way.COLLECT, most=41),
    "frames within frames": Case(Reason.NO_DIRECTORY, _frames, way=Way.COLLECT, most=41),
    "sitemaps of sitemaps": Case(Reason.NO_SCHEDULE_PAGE, _sitemaps, way=Way.VISIT, most=8),
    "a sitemap of itself": Case(Reason.NO_DIRECTORY, _sitemap_of_itself, way=Way.FIND, most=40),
    "directories without end": Case(Reason.NO_DIRECTORY, _endless_directories, way=Way.FIND, most=40),
}
