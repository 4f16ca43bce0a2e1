"""Services out of a page's schema.org data (`<script type="application/ld+json">`, JSON-LD 1.1).

- An event with an `eventSchedule` (schema.org Schedule) whose name names a service.
- Events with dates, four at least, that come week by week (see `dated_events`).
- Opening hours of a church that are named as those of a service (`"name": "Sunday Mass"`). Others are no Mass times.

Their evidence has method `json-ld`; the quote is the node's JSON, cut to 400 characters, and as it stands in no visible
text its span is 0 to 0.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from vitality_lib.document import Document, Kind
from vitality_lib.models import Day, Evidence, Recurrence, Service
from vitality_lib.schedules.dated_events import Event, regular, services_of, together
from vitality_lib.schedules.event_words import BY_NUMBER, in_week_order
from vitality_lib.schedules.structured_schedule import all_of, days_of, moment_of, rule_of, time_of

_MOST_SCRIPTS, _MOST_NODES, _MOST_SERVICES, _LONGEST_QUOTE = 50, 5000, 200, 400
_CONFIDENCE = 0.85
_EVENT = re.compile(r"Event$|^Event|^Mass$")
_COMMENTS = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$")
_A_DAY = date(2000, 1, 3)  # a Monday, for times that bear no date

_Node = dict[str, Any]


def structured_services(document: Document) -> tuple[Service, ...]:
    """The services that a page's structured data states."""
    if document.kind is not Kind.HTML or "ld+json" not in document.text:
        return ()
    fetched = document.page.fetched_at
    today = fetched.date() if fetched else None
    services: list[Service] = []
    dated: list[Event] = []
    for node in _nodes(document):
        if len(services) > _MOST_SERVICES:
            break
        for schedule in all_of(node.get("eventSchedule"))[:_MOST_SERVICES]:
            services += _scheduled(document, node, schedule, today)
        for hours in all_of(node.get("openingHoursSpecification"))[:_MOST_SERVICES]:
            services += _named_hours(document, hours)
        if _is_event(node) and not node.get("eventSchedule") and (event := _dated(document, node)):
            dated.append(event)
    return together([*services, *regular(dated)])


# --- the kinds of statement


def _scheduled(document: Document, node: _Node, schedule: Any, today: date | None) -> tuple[Service, ...]:
    """The services of an event under one schema.org Schedule."""
    start = time_of(schedule.get("startTime")) if isinstance(schedule, dict) else None
    rule = rule_of(schedule) if start else None
    if start is None or rule is None or (today and rule.ends and rule.ends < today.isoformat()):
        return ()
    return services_of(_event(document, {**node, "eventSchedule": schedule}, rule.days[0], start, schedule), rule)


def _named_hours(document: Document, hours: Any) -> tuple[Service, ...]:
    """The services that one OpeningHoursSpecification is named for; none for mere opening hours."""
    if not isinstance(hours, dict) or not (hours.get("name") or hours.get("description")):
        return ()
    days, start = days_of(hours.get("dayOfWeek")), time_of(hours.get("opens"))
    if not days or start is None:
        return ()
    rule = Recurrence(in_week_order(days))
    times = {"startTime": hours.get("opens"), "endTime": hours.get("closes")}
    return services_of(_event(document, hours, rule.days[0], start, times), rule)


def _dated(document: Document, node: _Node) -> Event | None:
    """An event on one date, in the clock of its place."""
    start, end = moment_of(node.get("startDate")), moment_of(node.get("endDate"))
    if start is None or str(node.get("eventStatus", "")).endswith("Cancelled"):
        return None
    return Event(_text(node, "name"), start, end, _place(node), _evidence(document, node))


def _event(document: Document, node: _Node, day: Day, start: time, times: _Node) -> Event:
    """An event of no date on a weekday."""
    begin = datetime.combine(_A_DAY + timedelta(days=BY_NUMBER.index(day)), start)
    until = time_of(times.get("endTime"))
    end = datetime.combine(begin.date(), until) if until else None
    if end and end <= begin:
        end += timedelta(days=1)
    return Event(_text(node, "name", "description"), begin, end, _place(node), _evidence(document, node))


# --- the nodes


def _nodes(document: Document) -> Iterator[_Node]:
    """Every object in the page's structured data, the outer before the inner, at most 5000."""
    scripts = [node for node in document.tree.iter("script") if "ld+json" in (node.get("type") or "").lower()]
    waiting: deque[Any] = deque(_data(script.text or "") for script in scripts[:_MOST_SCRIPTS])
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            yield node
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))


def _data(script: str) -> Any:
    """The script as JSON, or None: one that is broken must not hide the others."""
    try:
        return json.loads(_COMMENTS.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return None


def _is_event(node: _Node) -> bool:
    return any(isinstance(kind, str) and _EVENT.search(kind) for kind in all_of(node.get("@type")))


def _place(node: _Node) -> str:
    place = next((one for one in all_of(node.get("location")) if one), "")
    return _text(place, "name") if isinstance(place, dict) else str(place)


def _text(node: _Node, *names: str) -> str:
    return next((" ".join(str(node[name]).split()) for name in names if isinstance(node.get(name), str)), "")


def _evidence(document: Document, node: _Node) -> Evidence:
    quote = json.dumps(node, ensure_ascii=False)[:_LONGEST_QUOTE]
    return Evidence(document.page.sha256, document.url, quote, 0, 0, "json-ld", _CONFIDENCE)
