"""What holds for every page: nothing raises, each line counts for itself and for nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from shorthand import document, services

from vitality_lib.schedules.reader import read_services
from vitality_lib.schedules.text import visible_text

PAGES = {page.stem: page.read_text() for page in sorted((Path(__file__).parent / "pages").glob("*.html"))}
WORDS = (
    "Sunday", "Mass", "8:00", "am", "pm", "-", "to", "(", ")", "Confession", "Saturday", "first", "after", "the",
    "noon", "except", "no", "until", "24", "hours", "Adoration", "Spanish", "St.", "Fictus", "Church", "Lent", "eve",
    "of", "holy", "days", "by", "appointment", ",", "and", "|", "March", "3", "weekdays", "every", "7", "&", "Misa",
    "domingo", "before",
)  # fmt: skip


LINES = {
    "<li>Sunday: 8:15 am</li>": "mass SU 08:15",
    "<li>Monday - Friday: 7:10 am</li>": "mass MO,TU,WE,TH,FR 07:10",
    "<li>Saturday: 5:20 pm (Spanish)</li>": "mass SA 17:20 es vigil",
    "<li>First Friday: 6:40 pm</li>": "mass 1 FR 18:40",
    "<li>Holy Days: 12:05 pm</li>": "mass HOLYDAY 12:05",
}


def page_of(lines: list[str]) -> str:
    return f"<h1>Mass Schedule</h1><ul>{''.join(lines)}</ul><h2>Office</h2><p>Monday 9:00 am</p>"


@given(st.permutations(list(LINES)))
def test_lines_of_a_list_may_stand_in_any_order(lines: list[str]) -> None:
    assert services(page_of(lines)) == [LINES[line] for line in lines]


@given(st.sampled_from(list(LINES)))
def test_deleting_a_line_removes_its_service_and_no_other(line: str) -> None:
    left = [other for other in LINES if other != line]
    assert services(page_of(left)) == [LINES[other] for other in left]


@given(st.sampled_from(list(LINES)), st.integers(1, 11), st.sampled_from(range(0, 60, 5)))
def test_changing_a_time_changes_exactly_its_service(line: str, hour: int, minute: int) -> None:
    half = "am" if " am" in line else "pm"
    changed = re.sub(r"\d{1,2}:\d\d", f"{hour}:{minute:02d}", line)
    before = services(page_of(list(LINES)))
    after = services(page_of([changed if other == line else other for other in LINES]))
    at = list(LINES).index(line)
    time = f"{hour + (12 if half == 'pm' else 0):02d}:{minute:02d}"
    assert after[:at] + after[at + 1 :] == before[:at] + before[at + 1 :]
    assert time in after[at]


@given(st.text(max_size=300))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    read_services(document(text))
    read_services(document(f"<p>{text}</p>"))


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_no_order_of_its_own_words_makes_the_reader_fail(words: list[str]) -> None:
    assert_evidence_is_exact(f"<h2>Mass</h2><p>{' '.join(words)}</p>")


@given(st.sampled_from(sorted(PAGES)), st.data())
def test_mangled_pages_are_read_with_exact_evidence(name: str, data: st.DataObject) -> None:
    page = PAGES[name]
    start = data.draw(st.integers(0, len(page)))
    end = data.draw(st.integers(start, min(start + 400, len(page))))
    junk = data.draw(
        st.sampled_from(["", "<", "</div>", "<table><tr>", "<td rowspan='9999'>", "&#0;", "\x00", "]]>", "<b>"])
    )
    assert_evidence_is_exact(page[:start] + junk + page[end:])


def assert_evidence_is_exact(page: str) -> None:
    source = document(page)
    text = visible_text(source)
    for service in read_services(source).services:
        for piece in service.evidence:
            assert piece.quote == text[piece.start : piece.end]
