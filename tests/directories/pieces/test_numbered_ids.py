"""Items of ASP.NET lists, told by the numbers in their ids."""

import pytest
from lxml import html

from vitality_lib.directories.parish.fields import Field
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.numbered_ids import field_of, items


@pytest.mark.parametrize(
    ("identifier", "field"),
    [
        ("ctl00_Main_DataList1_ctl03_lblCity", Field.CITY),
        ("Repeater1__ctl3_lblParishName", Field.NAME),
        ("MainContent_DataList1_lnkWebsite_12", Field.WEBSITE),
        ("DataList1_PhoneLabel_0", Field.PHONE),
        ("ctl00_ctl33_g_ab12_ctl00_List_ctl01_lblZip", Field.ZIP),
        ("city", None),
        ("field_3", None),
        ("DataList1_ctl03_Label7", None),
    ],
)
def test_the_field_that_an_id_names(identifier: str, field: Field | None) -> None:
    assert field_of(identifier) is field


def part(number: int, name: str, said: str) -> str:
    return f'<span id="List_ctl0{number}_lbl{name}">{said}</span>'


def texts(page: str) -> list[list[str]]:
    return [[markup.text(item) for item in group] for group in items(html.fromstring(page))]


def test_an_item_is_the_widest_element_around_its_parts_alone() -> None:
    cells = [f"<td>{part(n, 'Name', name)} {part(n, 'City', 'Troy')} <b>tel</b></td>" for n, name in enumerate("AB")]
    assert texts(f"<table><tr>{''.join(cells)}</tr></table>") == [["A Troy tel", "B Troy tel"]]


def test_items_side_by_side_are_put_in_elements_of_their_own() -> None:
    flat = [f"{part(n, 'Name', name)} {part(n, 'City', 'Troy')} <a>web</a> | " for n, name in enumerate("ABC")]
    page = f"<div><h2>List</h2>{''.join(flat)}<p>End</p></div>"
    assert texts(page) == [["A Troy web", "B Troy web", "C Troy web"]]


def test_a_page_without_numbered_ids_has_no_items() -> None:
    assert texts('<div><p id="a_1">x</p><p id="b_2">y</p></div>') == []
