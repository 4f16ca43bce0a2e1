"""Whatever a site sends as robots.txt or as directives, it is judged, and the same way each time."""

from datetime import UTC, datetime
from types import MappingProxyType

from answers import answer
from hypothesis import given, settings
from hypothesis import strategies as some

from vitality_lib.models import Page
from vitality_lib.web.page_directives import directives
from vitality_lib.web.robots import Robots, read
from vitality_lib.web.url import canonical

ORIGIN = "http://parish.example"
US = "DiocesanVitality"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
WORDS = (
    "User-agent",
    "Disallow",
    "Allow",
    "Crawl-delay",
    "Sitemap",
    ":",
    " ",
    "*",
    "$",
    "#",
    "/",
    "%",
    "\n",
    "\r",
    US,
    "<",
)
FILES = some.one_of(
    some.binary(max_size=200), some.lists(some.sampled_from(WORDS)).map(lambda words: "".join(words).encode())
)
DIRECTIVES = some.lists(
    some.sampled_from(
        (
            "noindex",
            "none",
            "unavailable_after",
            US,
            "bot",
            ":",
            ",",
            " ",
            "\n",
            "2026",
            "0001-01-01T00:00+14:00",
            "Fri, 25 ",
        )
    )
).map("".join)
PATHS = some.text(some.sampled_from("/a*$%?#.é "), max_size=10)


@settings(deadline=None, max_examples=60)
@given(FILES, PATHS)
def test_any_file_is_judged_and_never_forbids_robots_txt(body: bytes, path: str) -> None:
    robots = Robots(read(ORIGIN, answer(body)), US)
    address = canonical(f"{ORIGIN}/{path}")
    assert robots.refusal(address) == Robots(read(ORIGIN, answer(body)), US).refusal(address)
    assert robots.refusal(canonical(f"{ORIGIN}/robots.txt")) is None
    assert robots.crawl_delay is None or robots.crawl_delay >= 0


@settings(deadline=None, max_examples=60)
@given(FILES, PATHS)
def test_what_is_said_to_another_changes_nothing(body: bytes, path: str) -> None:
    address = canonical(f"{ORIGIN}/{path}")
    before = body + b"\nUser-agent: somebody\nAllow: /\n"
    after = before + b"User-agent: another\nDisallow: /\n"
    one, other = (Robots(read(ORIGIN, answer(text)), US).refusal(address) for text in (before, after))
    assert one == other


@settings(deadline=None, max_examples=60)
@given(DIRECTIVES, some.binary(max_size=200))
def test_any_directive_is_read(said: str, body: bytes) -> None:
    page = Page(f"{ORIGIN}/", body, headers=MappingProxyType({"x-robots-tag": said}))
    tagged = Page(f"{ORIGIN}/", f"<html><meta name=robots content='{said}'>".encode() + body)
    for only_by_name in (False, True):
        asks = directives(page, US, NOW, only_by_name)
        assert not asks.noindex or asks.noindex in " ".join(said.split())
    assert directives(tagged, US, NOW) == directives(tagged, US, NOW)
