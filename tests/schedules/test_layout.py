"""What of a page is visible, and where it stands."""

import pytest
from shorthand import document, shorthand

from vitality_lib.schedules.layout import layout
from vitality_lib.schedules.lines import BOLD_HEADING
from vitality_lib.schedules.reader import read_services
from vitality_lib.schedules.text import visible_text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Sunday<br>9:00 am</p>", "Sunday\n9:00 am"),
        ("<p>Sunday\n   <b>9:00</b> am</p>", "Sunday 9:00 am"),
        ("<p>9:00&nbsp;am&thinsp;Mass</p>", "9:00 am Mass"),
        ("<p>Re\u00adconcili\u00adation</p>", "Reconciliation"),
        ("<p>Mass<!-- hidden -->es</p>", "Masses"),
        ("<div>Mass<div>Sunday</div>9:00</div>", "Mass\nSunday\n9:00"),
        ("<table><tr><td>Sunday</td><td>9:00</td></tr><tr><td>Monday</td></tr></table>", "Sunday\t9:00\nMonday"),
        ("<p><span>Monday</span><span>19:00</span></p>", "Monday 19:00"),
        ("<p><span>MONDAY</span><span>19:00</span></p>", "MONDAY 19:00"),
        ("<p><span>CONFESSION</span><span>BY REQUEST</span></p>", "CONFESSION BY REQUEST"),
        ("<p>2<sup>ND</sup> MASS<b>ES</b></p>", "2ND MASSES"),
        ("<p>Jose\u0301</p>", "José"),
    ],
)
def test_blocks_become_lines_and_blanks_become_one(page: str, text: str) -> None:
    assert visible_text(document(page)) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var t = 'Mass 9:00'</script>",
        "<style>.mass {}</style>",
        "<noscript>Mass 9:00</noscript>",
        "<template><p>Mass 9:00</p></template>",
        "<p hidden>Mass 9:00</p>",
        "<p style='display: none'>Mass 9:00</p>",
        "<p style='VISIBILITY:hidden'>Mass 9:00</p>",
        "<!-- Mass 9:00 -->",
    ],
)
def test_what_a_reader_does_not_see_is_not_there(hidden: str) -> None:
    assert visible_text(document(f"<div>{hidden}<p>Welcome</p></div>")) == "Welcome"


def test_the_closed_parts_of_tabs_and_accordions_count_as_visible() -> None:
    page = "<div class='accordion-panel' style='display:none'><p>Sunday 9:00</p></div>"
    assert visible_text(document(page)) == "Sunday 9:00"


def test_lines_stand_in_the_visible_text_where_they_say() -> None:
    page = layout(document("<h1>Mass</h1><ul><li>Sunday</li></ul><table><tr><td>8</td><td>9</td></tr></table>x"))
    assert [page.text[line.start : line.end] for line in page.lines] == ["Mass", "Sunday", "8", "9", "x"]
    assert [line.text for line in page.lines] == ["Mass", "Sunday", "8", "9", "x"]


def test_lines_keep_what_their_markup_means() -> None:
    page = layout(document("<h2>A</h2><p><strong>B</strong></p><p>C <b>d</b></p><ul><li>E</li></ul><a href='x'>F</a>"))
    assert [(line.text, line.heading, line.item, line.link) for line in page.lines] == [
        ("A", 2, False, False),
        ("B", BOLD_HEADING, False, False),
        ("C d", 0, False, False),
        ("E", 0, True, False),
        ("F", 0, False, True),
    ]


def test_cells_keep_their_place_in_spanning_tables() -> None:
    page = layout(
        document("<table><tr><td rowspan=2>A</td><td colspan=2>B</td></tr><tr><td>C</td><td>D</td></tr></table>")
    )
    cells = {line.text: (line.cell.row, line.cell.column) for line in page.lines if line.cell}
    assert cells == {"A": (0, 0), "B": (0, 1), "C": (1, 1), "D": (1, 2)}


def test_a_text_without_markup_is_read_line_by_line() -> None:
    page = layout(document("Mass times\n\n Sunday 9:00 am \n"))
    assert (page.method, page.text) == ("text", "Mass times\nSunday 9:00 am")


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page with these lines (ISO 32000-1, 7.5: header, objects, cross-reference table, trailer)."""
    drawn = " ".join(f"({line}) Tj T*" for line in lines)
    content = f"BT /F1 12 Tf 14 TL 50 700 Td {drawn} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R"
        " /Resources << /Font << /F1 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    ]
    body, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def test_a_pdf_is_read_by_its_text() -> None:
    source = document(pdf(["Mass Schedule", "Sunday 9:00 am", "Saturday 5:00 pm"]))
    assert visible_text(source) == "Mass Schedule\nSunday 9:00 am\nSaturday 5:00 pm"
    assert [shorthand(service) for service in read_services(source).services] == [
        "mass SU 09:00",
        "mass SA 17:00 vigil",
    ]


def test_a_damaged_pdf_and_data_have_no_lines() -> None:
    assert layout(document(b"%PDF-1.7 nothing else")).lines == ()
    assert layout(document('{"mass": "9:00"}')).lines == ()


@pytest.mark.parametrize(
    "struck", ["<s>1:15 PM</s>", "<del>1:15 PM</del>", "<strike>1:15 PM</strike>",
               "<span style='text-decoration: line-through'>1:15 PM</span>"]
)  # fmt: skip
def test_what_is_struck_out_is_not_read(struck: str) -> None:
    page = document(f"<h2>Mass</h2><p>Sunday: 8:00 AM, {struck} 2:00 PM</p>")
    assert [service.start for service in read_services(page).services] == ["08:00", "14:00"]
