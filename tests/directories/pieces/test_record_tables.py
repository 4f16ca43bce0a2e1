"""Tables of labels and values are told from ordinary ones, and turned round."""

from lxml import html

from vitality_lib.directories.parish.fields import Field
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.record_tables import is_of_records, turned
from vitality_lib.directories.pieces.table_grid import rows_of, texts


def of_records(rows: str) -> bool:
    table = html.fromstring(f"<table>{rows}</table>")
    return is_of_records(table, rows_of(table, 100))


FACTS = "<tr><td>Address:</td><td>12 Elm St</td></tr><tr><td><b>Phone</b></td><td>513-555-0101</td></tr>"


def test_labels_with_values_under_a_name_are_records() -> None:
    assert of_records(f"<tr><th colspan=2>St. Odo</th></tr>{FACTS}")
    assert of_records(f"<caption>St. Odo</caption>{FACTS}")
    assert of_records(f"<tr><td>Parish</td><td>St. Odo</td></tr>{FACTS}")
    assert of_records("<tr><td>St. Odo</td></tr><tr><td>City</td><td>Troy</td><td>Zip</td><td>45373</td></tr>")


def test_other_tables_are_none() -> None:
    assert not of_records(FACTS), "no name: what is told of one parish on its own page"
    assert not of_records("<tr><th>Parish</th><th>Phone</th></tr><tr><td>St. Odo</td><td>513-555-0101</td></tr>")
    assert not of_records("<tr><th colspan=2>Troy</th></tr><tr><td>St. Odo</td><td>12 Elm St</td></tr>")
    assert not of_records("")


def test_a_record_becomes_a_row_and_a_name_alone_the_label_of_those_after_it() -> None:
    table = html.fromstring(
        f"<table><tr><th colspan=2>Troy</th></tr><tr><th colspan=2>St. Odo</th></tr>{FACTS}"
        "<tr><th colspan=2>St. Ann</th></tr><tr><td>Telephone</td><td>513-555-0102</td></tr></table>"
    )
    rows, columns = turned([(table, rows_of(table, 100))])
    assert list(columns.values()) == [Field.NAME, Field.ADDRESS, Field.PHONE]
    assert [texts(row) for row in rows] == [
        ["Troy"],
        ["St. Odo", "12 Elm St", "513-555-0101"],
        ["St. Ann", "", "513-555-0102"],
    ]
    assert markup.text(rows[2].node) == "St. Ann Telephone 513-555-0102"
