"""What a page may try in the browser. The page's own text must still be read, where that can be."""
# ruff: noqa: E501 - markup and scripts as they stand

from __future__ import annotations

from dataclasses import replace

from case import Case, Way
from hostile_server import Behaviour, Visitor

from vitality_lib.models import Reason

_MAIN = b"<main>Mass</main>"
_HUNG_OR_NOT = (Reason.OK, Reason.TIMEOUT)  # as fast as the machine is


def _shows(html: str) -> Behaviour:
    async def behave(visitor: Visitor) -> None:
        if visitor.path == "/":
            inside = f"127.0.0.1:{visitor.canary}"
            body = html.replace("INSIDE", inside).replace("CANARY", str(visitor.canary))
            await visitor.reply(f"<!doctype html><title>x</title><body><main>Mass</main>{body}</body>")
        else:
            await visitor.reply("<main>elsewhere</main>", Content_Type="text/html")

    return behave


def _script(code: str, **how: object) -> Case:
    return _html(f"<script>{code}</script>", **how)


def _html(html: str, **how: object) -> Case:
    named: dict[str, object] = {"holds": _MAIN} | how
    return Case(behave=_shows(html), way=Way.BROWSE, **named)  # type: ignore[arg-type]


_SLOW = frozenset(
    {
        "an alert loop",
        "a script without end, later",
        "promises without end",
        "a page that writes itself without end",
        "a page of fifty megabytes",
        "ten thousand requests",
        "ten thousand requests to others",
        "requests by the clock",
        "three hundred frames",
        "objects without end",
        "a hash storm",
        "a history storm",
        "a page that leaves for nothing",
        "a page that leaves for a blob",
        "alerts by the clock",
        "workers without end",
        "windows without end",
        "a reload loop",
        "a refresh storm",
        "a page that will not be left",
        "frames within frames of its own",
        "downloads without end",
        "WebTransport",
        "permissions",
        "places of the browser's own",
    }
)
_TRICKS = {
    "an alert loop": _script("for (;;) alert('Mass')", expect=Reason.TIMEOUT, holds=b""),
    "alerts by the clock": _script("setInterval(() => alert('Mass'), 1)"),
    "a script without end": _script("for (;;);", expect=Reason.TIMEOUT, holds=b""),
    "a script without end, later": _script("setTimeout(() => { for (;;); }, 300)", expect=Reason.TIMEOUT, holds=b""),
    "promises without end": _script("(function f() { Promise.resolve().then(f) })()", expect=Reason.TIMEOUT, holds=b""),
    "windows without end": _script("setInterval(() => window.open('/w' + Math.random()), 5)", most=1),
    "a location loop": _script("location.replace('/?' + Math.random())", holds=b"", most=90),
    "a reload loop": _script("location.reload()"),
    "a refresh storm": _html("<meta http-equiv=refresh content=0>"),
    "a hash storm": _script("setInterval(() => location.hash = Math.random(), 1)"),
    "a history storm": _script("setInterval(() => history.pushState(0, '', '/' + Math.random()), 1)"),
    "a page that leaves for nothing": _script("location = 'about:blank'", expect=Reason.UNREADABLE, holds=b""),
    "a page that leaves for a blob": _script(
        "location = URL.createObjectURL(new Blob(['<p>x'], {type: 'text/html'}))", expect=Reason.UNREADABLE, holds=b""
    ),
    "a page that leaves for loopback": _script("location = 'http://INSIDE/'"),
    "a page that leaves for a file": _script(
        "location = 'file:///etc/passwd'", expect=Reason.UNREADABLE, holds=b"", lacks=b"root:"
    ),
    "a page that will not be left": _script("onbeforeunload = e => { e.preventDefault(); return 'stay' }"),
    "a page that writes itself without end": _script(
        "setInterval(() => document.body.append('Mass '.repeat(1e5)), 1)",
        expect=(*_HUNG_OR_NOT, Reason.TOO_LARGE),
        holds=b"",
    ),
    "a page of fifty megabytes": _script(
        "document.body.append('Mass '.repeat(1e7))", expect=Reason.TOO_LARGE, holds=b""
    ),
    "ten thousand requests": _script(
        "for (let i = 0; i < 10000; i++) fetch('/x' + i).catch(() => 0)", expect=_HUNG_OR_NOT, holds=b"", most=90
    ),
    "ten thousand requests to others": _script(
        "for (let i = 0; i < 10000; i++) fetch(`http://host${i}.example/`).catch(() => 0)",
        expect=_HUNG_OR_NOT,
        holds=b"",
    ),
    "requests by the clock": _script("setInterval(() => fetch('/x' + Math.random()).catch(() => 0), 10)", most=90),
    "three hundred frames": _html("<iframe src=/f></iframe>" * 300, most=90),
    "frames within frames of its own": _html("<iframe src='/?' + 1></iframe><iframe src='/'></iframe>"),
    "memory without end": _script(
        "const a = []; setInterval(() => document.title = a.push(new Uint8Array(16e6).fill(1)), 20)",
        expect=Reason.TOO_LARGE,
        holds=b"",
    ),
    "objects without end": _script(
        "const a = []; setInterval(() => { for (let i = 0; i < 1e6; i++) a.push({a: i}); document.title = a.length }, 1)",
        expect=(*_HUNG_OR_NOT, Reason.TOO_LARGE),
        holds=b"",
    ),
    "a form that posts itself": _html(
        "<form action=http://victim.example/ method=post><input name=a value=b></form><script>document.forms[0].submit()</script>"
    ),
    "downloads without end": _html(
        "<a href=/file.zip download>x</a><script>setInterval(() => document.links[0].click(), 5)</script>", most=90
    ),
    "a service worker": _script(
        "navigator.serviceWorker && navigator.serviceWorker.register('/worker.js').catch(() => 0)"
    ),
    "workers without end": _script(
        "setInterval(() => new Worker(URL.createObjectURL(new Blob(['for(;;);']))), 50)", expect=_HUNG_OR_NOT, holds=b""
    ),
    "web sockets": _script("setInterval(() => { new WebSocket('ws://INSIDE/') }, 20)"),
    "WebRTC": _script(
        "for (const s of ['stun:INSIDE', 'turn:INSIDE?transport=udp', 'turn:INSIDE?transport=tcp']) {"
        "const p = new RTCPeerConnection({iceServers: [{urls: s, username: 'u', credential: 'c'}]});"
        "p.createDataChannel('d'); p.createOffer().then(o => p.setLocalDescription(o)) }"
    ),
    "WebTransport": _script("new WebTransport('https://INSIDE/').ready.catch(() => 0)"),
    "beacons and pings": _html(
        "<a ping=http://INSIDE/ href='#x'>x</a><script>navigator.sendBeacon('http://INSIDE/', 'x');"
        "document.links[0].click()</script>"
    ),
    "hints to connect": _html(
        "<link rel=preconnect href=http://INSIDE/><link rel=dns-prefetch href=//INSIDE/><link rel=prefetch href=http://INSIDE/>"
        "<link rel=prerender href=http://INSIDE/><link rel=modulepreload href=http://INSIDE/a.js>"
        '<script type=speculationrules>{"prefetch":[{"urls":["http://INSIDE/"]}]}</script>'
    ),
    "frames of private addresses": _html(
        "<iframe src=http://INSIDE/></iframe><iframe src=http://[::1]:CANARY/></iframe><iframe src=http://2130706433:CANARY/>"
        "</iframe><iframe src=http://10.0.0.1/></iframe><iframe src=http://169.254.169.254/latest/meta-data/></iframe>"
    ),
    "requests to private addresses": _script(
        "for (const h of ['INSIDE', 'localhost:CANARY', '0.0.0.0:CANARY', '[::1]:CANARY', '[::ffff:7f00:1]:CANARY'])"
        "for (const mode of ['cors', 'no-cors'])"
        "fetch('http://' + h + '/', {mode}).then(r => r.text()).then(t => document.body.append(t)).catch(() => 0);"
        "new EventSource('http://INSIDE/'); importScripts && 0"
    ),
    "requests of a worker": _script(
        "new Worker(URL.createObjectURL(new Blob([`fetch('http://INSIDE/'); importScripts('http://INSIDE/a.js')`])));"
        "new SharedWorker(URL.createObjectURL(new Blob([`fetch('http://INSIDE/')`])))"
    ),
    "modules and styles from inside": _html(
        "<script type=module>import('http://INSIDE/a.js').catch(() => 0)</script><style>@import 'http://INSIDE/a.css';"
        "body { background: url(http://INSIDE/b.png) } @font-face { font-family: f; src: url(http://INSIDE/f.woff2) }"
        "</style><object data=http://INSIDE/o></object><embed src=http://INSIDE/e><video src=http://INSIDE/v></video>"
    ),
    "files of this machine": _html(
        "<iframe src=file:///etc/passwd></iframe><script>fetch('file:///etc/passwd').then(r => r.text())"
        ".then(t => document.body.append(t)).catch(() => 0)</script>",
        lacks=b"root:",
    ),
    "places of the browser's own": _html(
        "<iframe src=chrome://version></iframe><iframe src=view-source:file:///etc/passwd></iframe>"
        "<script>window.open('chrome://settings'); window.open('devtools://devtools/bundled/inspector.html')</script>"
    ),
    "permissions": _script(
        "navigator.geolocation.getCurrentPosition(() => 0); Notification.requestPermission();"
        "navigator.mediaDevices && navigator.mediaDevices.getUserMedia({video: true}).catch(() => 0); print()"
    ),
}
CASES: dict[str, Case] = {name: replace(case, slow=name in _SLOW) for name, case in _TRICKS.items()}
