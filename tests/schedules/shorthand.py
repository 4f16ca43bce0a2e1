"""Services in one line each, as tests write them: `mass SA 17:00 vigil`, `confession 1 FR 15:00-16:00 at Holy Cross`.

In this order: type, weeks of the month, days, times, then what differs from the usual: language, vigil, season,
church, and the note in brackets. A service without days or without times has a dash in their place.
"""

from __future__ import annotations

from vitality_lib.document import Document
from vitality_lib.models import Page, Service
from vitality_lib.schedules.reader import read_services


def shorthand(service: Service) -> str:
    when = service.recurrence
    parts = [
        service.type.value.removeprefix("other_"),
        when.ordinal or "",
        ",".join(when.days) or "-",
        f"{service.start or '-'}{f'-{service.end}' if service.end else ''}",
        service.language if service.language != "en" else "",
        "vigil" if service.vigil else "",
        f"in {when.season}" if when.season else "",
        f"at {service.church}" if service.church else "",
        f"({service.note})" if service.note else "",
    ]
    return " ".join(part for part in parts if part)


def document(body: str | bytes, url: str = "") -> Document:
    return Document(Page(url=url, body=body.encode() if isinstance(body, str) else body))


def services(body: str) -> list[str]:
    """What is read from a page; a text without tags counts as its one paragraph."""
    page = body if body.lstrip().startswith("<") else f"<p>{body}</p>"
    return [shorthand(service) for service in read_services(document(page)).services]
