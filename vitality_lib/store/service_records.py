"""Services as flat records: how a query gives them with their evidence, and how they come back from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vitality_lib.models import Day, Evidence, Recurrence, Service, ServiceType
from vitality_lib.store.changes import clean

# The evidence of a row of `services s` as a list of records, the surest first.
EVIDENCE_RECORDS = """(
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'page_hash', e.page_hash, 'url', e.url, 'quote', e.quote, 'start', e.span_start, 'end', e.span_end,
        'method', e.method, 'confidence', e.confidence
    ) ORDER BY e.confidence DESC, e.id), '[]') FROM evidence e WHERE e.service_id = s.id
)"""


def as_record(evidence: str) -> str:
    """SQL for a row of `services s LEFT JOIN churches c` in the fields of `Service.record()`, with this evidence."""
    return f"""jsonb_build_object(
    'type', s.type, 'days', s.days, 'ordinal', array_to_string(nullif(s.ordinals, '{{}}'), ','), 'season', s.season,
    'weeks', s.weeks, 'anchor', s.anchor, 'month_days', s.month_days, 'exceptions', s.exceptions,
    'begins', s.begins, 'ends', s.ends, 'start', s.start_time, 'end', s.end_time, 'nights', s.nights,
    'language', s.language, 'location', c.name, 'vigil', s.vigil, 'note', s.note, 'streamed', s.streamed,
    'evidence', {evidence}
)"""


AS_RECORD = as_record(EVIDENCE_RECORDS)


def service_of(record: Mapping[str, Any]) -> Service:
    """The service whose `record()` this is."""
    ordinal = record["ordinal"]
    return Service(
        type=ServiceType(record["type"]),
        recurrence=Recurrence(
            days=tuple(map(Day, record["days"])),
            ordinals=tuple(ordinal.split(",")) if ordinal else (),
            season=record["season"],
            weeks=record.get("weeks") or 1,
            anchor=record.get("anchor"),
            month_days=tuple(record.get("month_days") or ()),
            exceptions=tuple(record.get("exceptions") or ()),
            begins=record.get("begins"),
            ends=record.get("ends"),
        ),
        start=record["start"],
        end=record["end"],
        language=record["language"],
        church=record["location"],
        vigil=record["vigil"],
        note=record["note"],
        evidence=tuple(Evidence(**piece) for piece in record["evidence"]),
        nights=record.get("nights") or 0,
        streamed=record.get("streamed") or False,
    )


def cleaned(service: Service) -> Service:
    """A service without the characters that PostgreSQL cannot hold."""
    evidence = tuple(replace(piece, url=clean(piece.url), quote=clean(piece.quote)) for piece in service.evidence)
    church, note = (clean(text) if text else None for text in (service.church, service.note))
    return replace(service, church=church, note=note, evidence=evidence)
