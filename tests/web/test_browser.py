"""Pages that only a browser can read: Chromium shows them, and the door makes every one of its requests."""

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest
from browser_site import FETCH, JSON, MARKS, SCRIPT, Site
from scripted_web import Reply, Server

from vitality_lib.models import Outcome, Page, Purpose, Reason, Request
from vitality_lib.store.database import Database
from vitality_lib.web.browser_answers import MOST_REQUESTS
from vitality_lib.web.door import open_door

pytestmark = MARKS


async def test_a_page_written_by_script_is_read_as_it_looks_in_the_end(site: Site) -> None:
    site.serve("<main>Loading</main><script src='/app.js'></script>", FETCH)
    site.put("/times?day=su", Reply('{"mass": "Sunday 9:30"}', headers=JSON))
    seen = await site.page()
    assert b"<main>Sunday 9:30</main>" in seen.body
    assert (seen.url, seen.route, seen.content_type) == (f"http://{site.host}/", "browser", "text/html")


async def test_https_pages_are_mapped_too(site: Site) -> None:
    site.serve("<main></main><script src='/app.js'></script>", FETCH)
    site.put("/times?day=su", Reply('{"mass": "Saturday 5"}', headers=JSON))
    assert b"<main>Saturday 5</main>" in (await site.page(f"https://{site.host}/")).body


async def test_what_comes_late_is_waited_for(site: Site) -> None:
    site.serve("<main></main><script src='/app.js'></script>", FETCH)
    site.put("/times?day=su", Reply('{"mass": "Daily 12:10"}', headers=JSON, pause=1.5))
    assert b"Daily 12:10" in (await site.page()).body


async def test_a_form_posted_by_script_goes_through_with_its_body(site: Site) -> None:
    post = "fetch('/ajax', {method: 'POST', headers: {'X-Own': '1'}, body: new URLSearchParams({action: 'list'})})"
    site.serve(
        "<main></main><script src='/app.js'></script>", post + ".then(r => r.text()).then(t => document.title = t)"
    )
    site.put("/ajax", lambda asked: Reply(asked.method + asked.body.decode()))
    assert b"<title>POSTaction=list</title>" in (await site.page()).body


async def test_the_browser_says_who_we_are(site: Site) -> None:
    site.serve("<script src='/app.js'></script>", "document.title = navigator.userAgent")
    agent = site.web.settings().user_agent
    assert agent.encode() in (await site.page()).body
    assert {asked.headers["user-agent"] for asked in site.asked} == {agent}


async def test_pictures_styles_fonts_media_and_trackers_are_not_loaded(site: Site) -> None:
    site.serve(
        "<link rel=stylesheet href=/s.css><img src=/i.png><video src=/v.mp4></video><embed src=/e.swf>"
        "<script src='https://www.googletagmanager.com/gtm.js'></script>"
        "<script>navigator.sendBeacon('/beacon', 'x'); new EventSource('/events')</script>"
        "<main style='background: url(/b.png)'>Mass</main>",
    )
    await site.page()
    assert [(asked.host, asked.path) for asked in site.asked] == [(site.host, "/robots.txt"), (site.host, "/")]


async def test_its_requests_keep_the_hosts_turn(site: Site) -> None:
    site.serve("".join(f"<script src='/{number}.js'></script>" for number in range(4)))
    for number in range(4):
        site.put(f"/{number}.js", Reply("1", headers=SCRIPT))
    await site.page()
    asked = site.asked
    assert len(asked) == 6
    assert all(later.started - earlier.ended >= 0.02 for earlier, later in pairwise(asked))


async def test_robots_txt_holds_for_the_page_and_nothing_starts(site: Site) -> None:
    site.serve("<main>Mass</main>")
    site.put("/robots.txt", Reply("User-agent: *\nDisallow: /"))
    outcome = await site.get()
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.ROBOTS_DISALLOWED
    assert site.paths() == []


async def test_robots_txt_holds_for_each_request_of_the_page(site: Site) -> None:
    site.serve(
        "<main>Mass</main><script src='/app.js'></script>",
        "fetch('/private/x').catch(() => document.title = 'no')",
    )
    site.put("/robots.txt", Reply("User-agent: *\nDisallow: /private/"))
    assert b"<title>no</title>" in (await site.page()).body
    assert site.paths() == ["/", "/app.js"]


async def test_a_redirected_page_has_its_new_address(site: Site) -> None:
    site.web.pages["old.example/"] = Reply("", 301, {"Location": f"http://{site.host}/"})
    site.serve("<main></main><script>document.querySelector('main').textContent = location.href</script>")
    seen = await site.page("http://old.example/")
    assert seen.url == f"http://{site.host}/"
    assert f"<main>http://{site.host}/</main>".encode() in seen.body


async def test_a_redirected_script_is_followed(site: Site) -> None:
    site.serve("<script src='/moved.js'></script>", "document.title = 'arrived'")
    site.put("/moved.js", Reply("", 302, {"Location": "/app.js"}))
    assert b"<title>arrived</title>" in (await site.page()).body


async def test_a_redirected_frame_has_its_new_address(site: Site) -> None:
    site.serve("<iframe src='/old'></iframe><script>onmessage = event => document.title = event.data</script>")
    site.put("/old", Reply("", 302, {"Location": "/times/frame"}))
    site.put("/times/frame", Reply("<script src='list.js'></script>"))
    site.put("/times/list.js", Reply("parent.postMessage(location.pathname, '*')", headers=SCRIPT))
    assert b"<title>/times/frame</title>" in (await site.page()).body
    assert site.paths() == ["/", "/old", "/times/frame", "/times/list.js"]


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
    "a download": "a = document.createElement('a'); a.href = 'http://127.0.0.1:{port}/escape'; a.download = 'x';"
    "a.click()",
}


async def test_nothing_that_a_page_tries_leaves_but_through_the_door(site: Site) -> None:
    touched: list[str] = []

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        touched.append("somebody came")
        writer.close()

    inside = await asyncio.start_server(connected, "127.0.0.1", 0)
    port = inside.sockets[0].getsockname()[1]
    tries = "".join(f"try {{ {code.format(port=port)} }} catch (e) {{}}\n" for code in ESCAPES.values())
    site.serve("<main>Mass</main><script src='/app.js'></script>", tries)
    # `localhost` is mapped back to the scripted web here, as `*` says; 127.0.0.1 is refused by the guard.
    seen = await site.page()
    inside.close()
    assert b"<main>Mass</main>" in seen.body
    assert touched == []
    assert site.web.paths("127.0.0.1") == []


async def test_files_of_this_machine_stay_unread(site: Site, tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("the-secret")
    read = f"fetch('{secret.as_uri()}').then(r => r.text()).then(t => document.title = t)"
    frame = f"<iframe src='{secret.as_uri()}'></iframe>"
    site.serve(f"<main>Mass</main>{frame}<script src='/app.js'></script>", read)
    assert b"the-secret" not in (await site.page()).body


async def test_an_alert_does_not_stop_the_page(site: Site) -> None:
    site.serve("<main>Mass</main><script>alert('welcome'); document.title = 'after'</script>")
    assert b"<title>after</title>" in (await site.page()).body


async def test_pages_do_not_see_what_others_stored(site: Site) -> None:
    site.serve("<script src='/app.js'></script>", "document.title = localStorage.x || 'none'; localStorage.x = 'seen'")
    for _ in range(2):
        assert b"<title>none</title>" in (await site.page()).body


async def test_a_page_that_keeps_its_script_busy_does_not_hang_the_door(site: Site) -> None:
    site.serve("<main>Mass</main><script>setInterval(() => { document.title = Math.random() }, 20)</script>")
    assert b"<main>Mass</main>" in (await site.page()).body


async def test_a_page_that_leaves_for_where_we_must_not_go_stays_where_it_is(site: Site) -> None:
    site.serve("<main>Mass</main><script src='/app.js'></script>", "location = 'http://127.0.0.1:8080/'")
    seen = await site.page()
    assert (seen.url, b"<main>Mass</main>" in seen.body) == (f"http://{site.host}/", True)


async def test_a_page_that_leaves_for_no_address_is_unreadable(site: Site) -> None:
    site.serve(
        "<script src='/app.js'></script>", "location = URL.createObjectURL(new Blob(['x'], {type: 'text/html'}))"
    )
    outcome = await site.get()
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.UNREADABLE


async def test_a_page_has_its_number_of_requests_however_many_wait_together(site: Site) -> None:
    site.serve("<main>Mass</main><script>for (let i = 0; i < 120; i++) fetch('/x' + i).catch(() => 0)</script>")
    await site.page()
    assert 20 < len(site.asked) <= MOST_REQUESTS + 2


@pytest.mark.asyncio(loop_scope="function")
async def test_the_second_visit_is_one_conditional_request_and_the_same_page(web: Server, database: Database) -> None:
    site = web.pages
    site["www.st-brendan.example/app.js"] = Reply("document.title = 'Mass'", headers=SCRIPT)
    site["www.st-brendan.example/"] = Reply("<script src='/app.js'></script>", headers={"ETag": '"1"'})
    request = Request("http://www.st-brendan.example/", Purpose.BROWSER)
    async with open_door(web.settings(browser="auto"), database) as door:
        first = await door.get(request)
        async with database.transaction() as connection:
            await connection.execute("UPDATE pages SET checked_at = checked_at - interval '1 hour'")
        second = await door.get(request)
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert (first.sha256, first.unchanged, second.unchanged) == (second.sha256, False, True)
    assert [asked.path for asked in web.asked] == ["/robots.txt", "/", "/app.js", "/"]
    assert web.asked[-1].headers["if-none-match"] == '"1"'


@pytest.mark.asyncio(loop_scope="function")
async def test_without_a_browser_the_page_needs_one(web: Server) -> None:
    async with open_door(web.settings(browser="off"), None) as door:
        outcome = await door.get(Request("http://www.st-brendan.example/", Purpose.BROWSER))
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.NEEDS_BROWSER
