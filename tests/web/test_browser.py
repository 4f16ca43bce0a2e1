"""Pages that only a browser can read: Chromium shows them, and the door makes every one of its requests."""

import asyncio
from pathlib import Path

import pytest
from scripted_web import Reply, Server

from vitality_lib.models import Outcome, Page, Purpose, Reason, Request
from vitality_lib.store.database import Database
from vitality_lib.web.browser import find_browser
from vitality_lib.web.door import open_door

PARISH = "www.st-brendan.example"
SCRIPT = {"Content-Type": "text/javascript"}
JSON = {"Content-Type": "application/json"}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_browser() is None, reason="chromium and chromedriver are not installed"),
]


def serve(web: Server, html: str, script: str = "") -> None:
    web.pages[f"{PARISH}/"] = Reply(f"<!doctype html><title>St. Brendan</title><body>{html}</body>")
    web.pages[f"{PARISH}/app.js"] = Reply(script, headers=SCRIPT)


async def rendered(
    web: Server, url: str = f"http://{PARISH}/", database: Database | None = None, **settings: object
) -> Page | Outcome:
    async with open_door(web.settings(browser="auto", **settings), database) as door:
        return await door.get(Request(url, Purpose.BROWSER))


async def page(web: Server, url: str = f"http://{PARISH}/", database: Database | None = None) -> Page:
    answer = await rendered(web, url, database)
    assert isinstance(answer, Page), answer
    return answer


FETCH = "fetch('/times?day=su').then(r => r.json()).then(t => { document.querySelector('main').textContent = t.mass })"


async def test_a_page_written_by_script_is_read_as_it_looks_in_the_end(web: Server) -> None:
    serve(web, "<main>Loading</main><script src='/app.js'></script>", FETCH)
    web.pages[f"{PARISH}/times?day=su"] = Reply('{"mass": "Sunday 9:30"}', headers=JSON)
    seen = await page(web)
    assert b"<main>Sunday 9:30</main>" in seen.body
    assert (seen.url, seen.route, seen.content_type) == (f"http://{PARISH}/", "browser", "text/html")


async def test_https_pages_are_mapped_too(web: Server) -> None:
    serve(web, "<main></main><script src='/app.js'></script>", FETCH)
    web.pages[f"{PARISH}/times?day=su"] = Reply('{"mass": "Saturday 5"}', headers=JSON)
    assert b"<main>Saturday 5</main>" in (await page(web, f"https://{PARISH}/")).body


async def test_what_comes_late_is_waited_for(web: Server) -> None:
    serve(web, "<main></main><script src='/app.js'></script>", FETCH)
    web.pages[f"{PARISH}/times?day=su"] = Reply('{"mass": "Daily 12:10"}', headers=JSON, pause=1.5)
    assert b"Daily 12:10" in (await page(web)).body


async def test_a_form_posted_by_script_goes_through_with_its_body(web: Server) -> None:
    post = "fetch('/ajax', {method: 'POST', headers: {'X-Own': '1'}, body: new URLSearchParams({action: 'list'})})"
    serve(web, "<main></main><script src='/app.js'></script>", post + ".then(r => r.text()).then(t => document.title = t)")
    web.pages[f"{PARISH}/ajax"] = lambda asked: Reply(asked.method + asked.body.decode())
    assert b"<title>POSTaction=list</title>" in (await page(web)).body


async def test_the_browser_says_who_we_are(web: Server) -> None:
    serve(web, "<script src='/app.js'></script>", "document.title = navigator.userAgent")
    agent = web.settings().user_agent
    assert agent.encode() in (await page(web)).body
    assert {asked.headers["user-agent"] for asked in web.asked} == {agent}


async def test_pictures_styles_fonts_media_and_trackers_are_not_loaded(web: Server) -> None:
    serve(
        web,
        "<link rel=stylesheet href=/s.css><img src=/i.png><video src=/v.mp4></video><embed src=/e.swf>"
        "<script src='https://www.googletagmanager.com/gtm.js'></script>"
        "<script>navigator.sendBeacon('/beacon', 'x'); new EventSource('/events')</script>"
        "<main style='background: url(/b.png)'>Mass</main>",
    )
    await page(web)
    assert [(asked.host, asked.path) for asked in web.asked] == [(PARISH, "/robots.txt"), (PARISH, "/")]


async def test_its_requests_keep_the_hosts_turn(web: Server) -> None:
    serve(web, "".join(f"<script src='/{number}.js'></script>" for number in range(4)))
    for number in range(4):
        web.pages[f"{PARISH}/{number}.js"] = Reply("1", headers=SCRIPT)
    await page(web)
    asked = web.asked
    assert len(asked) == 6
    assert all(later.started - earlier.ended >= 0.02 for earlier, later in zip(asked, asked[1:], strict=False))


async def test_robots_txt_holds_for_the_page_and_nothing_starts(web: Server) -> None:
    serve(web, "<main>Mass</main>")
    web.pages[f"{PARISH}/robots.txt"] = Reply("User-agent: *\nDisallow: /")
    outcome = await rendered(web)
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.ROBOTS_DISALLOWED
    assert web.paths() == []


async def test_robots_txt_holds_for_each_request_of_the_page(web: Server) -> None:
    serve(web, "<main>Mass</main><script src='/app.js'></script>", "fetch('/private/x').catch(() => document.title = 'no')")
    web.pages[f"{PARISH}/robots.txt"] = Reply("User-agent: *\nDisallow: /private/")
    assert b"<title>no</title>" in (await page(web)).body
    assert web.paths() == ["/", "/app.js"]


async def test_a_redirected_page_has_its_new_address(web: Server) -> None:
    web.pages["old.example/"] = Reply("", 301, {"Location": f"http://{PARISH}/"})
    serve(web, "<main></main><script>document.querySelector('main').textContent = location.href</script>")
    seen = await page(web, "http://old.example/")
    assert seen.url == f"http://{PARISH}/"
    assert f"<main>http://{PARISH}/</main>".encode() in seen.body


async def test_a_redirected_script_is_followed(web: Server) -> None:
    serve(web, "<script src='/moved.js'></script>", "document.title = 'arrived'")
    web.pages[f"{PARISH}/moved.js"] = Reply("", 302, {"Location": "/app.js"})
    assert b"<title>arrived</title>" in (await page(web)).body


ESCAPES = {
    "an image": "new Image().src = 'http://127.0.0.1:{port}/escape'",
    "a fetch to loopback": "fetch('http://127.0.0.1:{port}/escape')",
    "a fetch to localhost": "fetch('http://localhost:{port}/escape')",
    "a web socket": "new WebSocket('ws://127.0.0.1:{port}/escape')",
    "a worker": "new Worker(URL.createObjectURL(new Blob([\"fetch('http://127.0.0.1:{port}/escape')\"])))",
    "a frame": "document.body.appendChild(document.createElement('iframe')).src = 'http://127.0.0.1:{port}/escape'",
    "a window": "window.open('http://127.0.0.1:{port}/escape')",
    "a form": "f = document.body.appendChild(document.createElement('form')); f.action = 'http://127.0.0.1:{port}/escape';"
    "f.method = 'post'; f.target = '_blank'; f.submit()",
    "a preconnect": "l = document.head.appendChild(document.createElement('link')); l.rel = 'preconnect';"
    "l.href = 'http://127.0.0.1:{port}/'",
    "a prefetch": "l = document.head.appendChild(document.createElement('link')); l.rel = 'prefetch';"
    "l.href = 'http://127.0.0.1:{port}/escape'",
    "WebRTC": "p = new RTCPeerConnection({{iceServers: [{{urls: 'turn:127.0.0.1:{port}?transport=tcp', username: 'u',"
    "credential: 'c'}}]}}); p.createDataChannel('d'); p.createOffer().then(o => p.setLocalDescription(o))",
    "WebTransport": "new WebTransport('https://127.0.0.1:{port}/escape')",
    "a download": "a = document.createElement('a'); a.href = 'http://127.0.0.1:{port}/escape'; a.download = 'x'; a.click()",
}


async def test_nothing_that_a_page_tries_leaves_but_through_the_door(web: Server) -> None:
    touched: list[str] = []

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        touched.append("somebody came")
        writer.close()

    inside = await asyncio.start_server(connected, "127.0.0.1", 0)
    port = inside.sockets[0].getsockname()[1]
    tries = "".join(f"try {{ {code.format(port=port)} }} catch (e) {{}}\n" for code in ESCAPES.values())
    serve(web, "<main>Mass</main><script src='/app.js'></script>", tries)
    # `localhost` is mapped back to the scripted web here, as `*` says; 127.0.0.1 is refused by the guard.
    seen = await page(web)
    inside.close()
    assert b"<main>Mass</main>" in seen.body
    assert touched == []
    assert web.paths("127.0.0.1") == []


async def test_files_of_this_machine_stay_unread(web: Server, tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("the-secret")
    read = f"fetch('{secret.as_uri()}').then(r => r.text()).then(t => document.title = t)"
    frame = f"<iframe src='{secret.as_uri()}'></iframe>"
    serve(web, f"<main>Mass</main>{frame}<script src='/app.js'></script>", read)
    assert b"the-secret" not in (await page(web)).body


async def test_the_second_visit_is_one_conditional_request_and_the_same_page(web: Server, database: Database) -> None:
    serve(web, "<main></main><script src='/app.js'></script>", "document.querySelector('main').textContent = 'Mass'")
    web.pages[f"{PARISH}/"] = Reply(
        "<main></main><script src='/app.js'></script>", headers={"ETag": '"1"', "Last-Modified": "then"}
    )
    first = await page(web, database=database)
    async with database.transaction() as connection:
        await connection.execute("UPDATE pages SET checked_at = checked_at - interval '1 hour'")
    second = await page(web, database=database)
    assert (first.sha256, first.unchanged, second.unchanged) == (second.sha256, False, True)
    assert [asked.path for asked in web.asked] == ["/robots.txt", "/", "/app.js", "/"]
    assert web.asked[-1].headers["if-none-match"] == '"1"'


async def test_pages_do_not_see_what_others_stored(web: Server) -> None:
    serve(web, "<main></main><script src='/app.js'></script>", "document.title = localStorage.x || 'none'; localStorage.x = 1")
    async with open_door(web.settings(browser="auto"), None) as door:
        for _ in range(2):
            seen = await door.get(Request(f"http://{PARISH}/", Purpose.BROWSER))
            assert isinstance(seen, Page)
            assert b"<title>none</title>" in seen.body


async def test_an_alert_does_not_stop_the_page(web: Server) -> None:
    serve(web, "<main>Mass</main><script>alert('welcome'); document.title = 'after'</script>")
    assert b"<title>after</title>" in (await page(web)).body


async def test_without_a_browser_the_page_needs_one(web: Server) -> None:
    async with open_door(web.settings(browser="off"), None) as door:
        outcome = await door.get(Request(f"http://{PARISH}/", Purpose.BROWSER))
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.NEEDS_BROWSER


async def test_no_process_and_no_profile_is_left_behind(web: Server) -> None:
    serve(web, "<main>Mass</main>")
    before = _chromiums()
    async with open_door(web.settings(browser="auto"), None) as door:
        await door.get(Request(f"http://{PARISH}/", Purpose.BROWSER))
        assert _chromiums() - before
    await asyncio.sleep(0.3)
    assert _chromiums() <= before


def _chromiums() -> set[str]:
    """Process ids of Chromium and its driver that run now (zombies do not)."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        if text.startswith(("Name:\tchrom",)) and "State:\tZ" not in text:
            found.add(status.parent.name)
    return found
