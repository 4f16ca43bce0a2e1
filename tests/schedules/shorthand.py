"""Services in one line each, as tests write them: `mass SA 17:00 vigil`, `confession 1 FR 15:00-16:00 at Holy Cross`.

In this order: type, weeks of the month (or `every 2nd`, with the week it is counted from), days of the week or of the
month, times (`+1` where it ends a day later), then what differs from the usual: language, vigil, season, exceptions,
first and last day, church, streamed, and the note in brackets. A service without days or without times has a dash in
their place.
"""

from __future__ import annotations

from datetime import UTC, datetime

from vitality_lib.document import Document
from vitality_lib.models import Page, Recurrence, Service
from vitality_lib.schedules.reader import read_services


def shorthand(service: Service) -> str:
    when = service.recurrence
    nights = f"+{service.nights}" if service.nights else ""
    parts = [
        service.type.value.removeprefix("other_"),
        _every_other(when),
        when.ordinal or "",
        ",".join([*when.days, *(f"day{day}" for day in when.month_days)]) or "-",
        f"{service.start or '-'}{f'-{service.end}' if service.end else ''}{nights}",
        service.language if service.language != "en" else "",
        "vigil" if service.vigil else "",
        f"in {when.season}" if when.season else "",
        f"but {','.join(when.exceptions)}" if when.exceptions else "",
        f"from {when.begins}" if when.begins else "",
        f"to {when.ends}" if when.ends else "",
        f"at {service.church}" if service.church else "",
        "streamed" if service.streamed else "",
        f"({service.note})" if service.note else "",
    ]
    return " ".join(part for part in parts if part)


def _every_other(when: Recurrence) -> str:
    if when.weeks == 1:
        return ""
    return f"every {when.weeks}nd{f' of {when.anchor}' if when.anchor else ''}"


def document(body: str | bytes, url: str = "", fetched: str | None = None) -> Document:
    at = datetime.fromisoformat(fetched).replace(tzinfo=UTC) if fetched else None
    return Document(Page(url=url, body=body.encode() if isinstance(body, str) else body, fetched_at=at))


def services(body: str, fetched: str | None = None) -> list[str]:
    """What is read from a page; a text without tags counts as its one paragraph. `fetched` is an ISO date."""
    page = body if body.lstrip().startswith("<") else f"<p>{body}</p>"
    return [shorthand(service) for service in read_services(document(page, fetched=fetched)).services]
