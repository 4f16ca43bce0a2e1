"""What people and models hand in, and single texts: tables, corrections, answers, addresses, names of languages."""

from __future__ import annotations

import asyncio
import json
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from foreign import FETCHED, Parser, document, text

from vitality_lib.ai.calls import Question, Said, _fit
from vitality_lib.ai.mark_spans import Span, marker
from vitality_lib.ai.rank_links import ranker
from vitality_lib.ai.repeating_element import pointer
from vitality_lib.calendar.english import say
from vitality_lib.calendar.spoken import CannotBeSaidError
from vitality_lib.calendar.understand import NotUnderstoodError, understand
from vitality_lib.decisions.corrections import read_corrections
from vitality_lib.decisions.given import csv_rows, expiry
from vitality_lib.decisions.overrides import read_overrides
from vitality_lib.decisions.refused import Refused
from vitality_lib.directories.data.data_row import entry_of
from vitality_lib.directories.parish.records import clean_parish
from vitality_lib.languages import language_of, languages_in
from vitality_lib.models import Candidate, Correction, Day, Evidence, Recurrence, Service, ServiceType
from vitality_lib.reports.atom import Feed, atom
from vitality_lib.reports.schedule_changes import changes
from vitality_lib.schedules.corrections import corrected
from vitality_lib.store.service_history import Version

_SUNDAY = Service(ServiceType.MASS, Recurrence((Day.SU,)), "08:00")
_FIELDS = (
    "address", "street", "city", "state", "zip", "phone", "email", "website", "pastor", "latitude", "longitude",
    "detail_url", "deanery", "rite", "languages", "churches", "status",
)  # fmt: skip
_RECORD = (
    b"St. Odo Church (closed June 30, 2019)\x1f1 Elm St.\nAlderton, OH 43001\x1f1 Elm St."
    b"\x1fAlderton\x1fOhio\x1f43001-1\x1f(740) 555-0101 ext. 3"
    b"\x1fa@stodo.example\x1fwww.stodo.example\x1fRev. Msgr. John Q. Wick, Jr."
    b"\x1f41.2\x1f-87,1\x1f/p/1\x1fEast\x1fByzantine\x1fEnglish & espa\xc3\xb1ol\x1fSt. A; St. B\x1fmerged"
)
_SAYINGS = [
    "Mass (vigil), Saturdays at 5:00 PM in Spanish, at St. Odo", "Confession, Saturdays, half an hour before Mass",
    "Adoration, Thursdays from 9:00 AM to Friday 8:00 AM, except holy days",
    "Mass, every other Sunday at noon during Lent, counted from the week of September 6, 2026, until July 4, 2027",
]  # fmt: skip
_ANSWERS = [
    b'{"order":[2,0,99,-1,true,"1"],"number":1,"marks":[{"line":0,"label":"mass"},{"line":0,"label":"event"},[],{"line":1}]}',
    b"[1e999,NaN,{}]", b"3", b'"\\u0000\\ud800"',
]  # fmt: skip
_OVERRIDES = (
    b'\xef\xbb\xbfdiocese,url,why,by,expires\r\nLakemont,https://lakemont.example/p,"moved, twice",Ann,2027-01-01\r\n'
)
_CORRECTIONS = b'parish,wrong,right,why,by,expires\n1,"Mass, Sundays at 8:00 AM",,"asked\nthem",,\n'


def _csv(data: bytes) -> None:
    """Decisions of people, as `vitality override import` and `vitality correct import` take them."""
    with tempfile.NamedTemporaryFile(dir=_IN_MEMORY) as file:
        file.write(data)
        file.flush()
        for read in (read_overrides, read_corrections):
            with suppress(Refused):
                assert all(one.why and one.by for one in read(Path(file.name), "somebody"))
        for columns, needed in _TABLES:
            with suppress(Refused):
                for row in csv_rows(Path(file.name), columns, needed):
                    assert all(row[column] for column in needed)
                    expiry("x", row["expires"], FETCHED)


_TABLES = (
    (("diocese", "url", "why", "by", "expires"), ("diocese", "url", "why")),
    (("parish", "wrong", "right", "why", "by", "expires"), ("parish", "why")),
)
_IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


def _correction(data: bytes) -> None:
    """Words of a person, laid over a reading."""
    service = understand(text(data))
    assert say(service) == text(data)
    for wrong, right in ((_SUNDAY, service), (None, service), (service, None)):
        corrected([_SUNDAY], [Correction(1, wrong, right)])


def _record(data: bytes) -> None:
    name, *values = text(data).split("\x1f")
    entry = clean_parish(name, **dict(zip(_FIELDS, values, strict=False)), base="https://lakemont.example/")
    if entry:
        json.dumps(entry.record(), allow_nan=False)


def _row(data: bytes) -> None:
    row = json.loads(data)
    if isinstance(row, dict):
        entry_of(row, "https://lakemont.example/")


def _languages(data: bytes) -> None:
    assert all(code.islower() for code in languages_in(text(data)))
    language_of(text(data))


def _answer(data: bytes) -> None:
    """The JSON that a model answers with."""
    answer = json.loads(data)
    fit = _fit(Said(answer))

    async def ask(question: Question) -> Any:
        return fit.answer if isinstance(fit, Said) else None

    async def answered() -> None:
        links = [Candidate(f"https://lakemont.example/{n}", "x", 1.0) for n in range(5)]
        assert sorted(await ranker(ask)(links)) == [0, 1, 2, 3, 4]
        assert len(await marker(ask)([Span("Sunday 9:00 am"), Span("9:00 am", "Office")])) == 2
        await pointer(ask)(_LISTED)

    asyncio.run(answered())


_LISTED = document(b"<ul class='list'>" + b"<li class='parish'>St. Odo, 1 Elm St.</li>" * 9 + b"</ul>", "")


def _atom(data: bytes) -> None:
    """Words of pages in a feed: it stays XML that reads back, whatever they hold."""
    diocese, _, words = text(data).partition("\n")
    said = Evidence("0", words, words, 0, 1, "list", 0.9)
    service = replace(_SUNDAY, church=diocese, note=words, evidence=(said,))
    before = Version(1, diocese, 1, words, service, words, FETCHED, FETCHED, False)
    feed = ElementTree.fromstring(atom(Feed(diocese, words, FETCHED, changes([before], FETCHED.replace(year=2025)))))
    assert all((link.get("href") or "").startswith(("http://", "https://")) for link in feed.iter("{*}link"))


_JSON_RECORDS = [
    b'{"title":{"rendered":"St. Odo"},"position":[41.2,-87.1],"address":{"locality":"Alderton"},"Parish_Nam":"Odo"}',
    b'{"name":"St. Odo","addr1":"1 Elm St.","addr2":"Alderton, OH 43001","tel":7405550101,"lat":"41,2","lng":null}',
]
WORDS = (
    Parser("csv", _csv, [_OVERRIDES, _CORRECTIONS]),
    Parser("correction", _correction, [one.encode() for one in _SAYINGS], (NotUnderstoodError, CannotBeSaidError)),
    Parser("parish_record", _record, [_RECORD]),
    Parser("parish_row", _row, _JSON_RECORDS, (ValueError, RecursionError)),
    Parser(
        "languages", _languages, [b"English, espa\xc3\xb1ol & Ti\xe1\xba\xbfng Vi\xe1\xbb\x87t; bilingual (T.L.M.)"]
    ),
    Parser("model_answer", _answer, _ANSWERS, (ValueError, RecursionError)),
    Parser("atom", _atom, [b"Lakemont & <x>\nhttps://a.example/?a=1&b=]]>\x0b"]),
)
