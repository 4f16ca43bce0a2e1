"""Tables: days down the side or across the top, services in columns or rows, cells that span."""

from shorthand import services


def test_days_down_the_side_and_services_across_the_top() -> None:
    page = """<table><tr><th>Day</th><th>Mass</th><th>Confession</th></tr>
        <tr><td>Saturday</td><td>5:00 pm</td><td>3:00 - 4:00 pm</td></tr>
        <tr><td>Sunday</td><td>8:00 am, 10:00 am</td><td></td></tr></table>"""
    assert services(page) == [
        "mass SA 17:00 vigil",
        "confession SA 15:00-16:00",
        "mass SU 08:00",
        "mass SU 10:00",
    ]


def test_days_across_the_top_and_services_down_the_side() -> None:
    page = """<table><tr><th></th><th>Saturday</th><th>Sunday</th></tr>
        <tr><th>Mass</th><td>5:00 pm</td><td>9:00 am</td></tr>
        <tr><th>Confession</th><td>3:00 pm</td><td>8:15 am</td></tr></table>"""
    assert services(page) == ["mass SA 17:00 vigil", "mass SU 09:00", "confession SA 15:00", "confession SU 08:15"]


def test_a_day_that_spans_rows_counts_for_each_of_them() -> None:
    page = """<table><tr><th>Day</th><th>Mass</th><th>Language</th></tr>
        <tr><td rowspan="2">Sunday</td><td>9:00 am</td><td>English</td></tr>
        <tr><td>12:30 pm</td><td>Spanish</td></tr></table>"""
    assert services(page) == ["mass SU 09:00", "mass SU 12:30 es"]


def test_a_cell_over_all_columns_heads_the_rows_below() -> None:
    page = """<table><tr><td colspan="2">Mass</td></tr><tr><td>Sunday</td><td>9:00 am</td></tr>
        <tr><td colspan="2">Confession</td></tr><tr><td>Saturday</td><td>3:00 pm</td></tr></table>"""
    assert services(page) == ["mass SU 09:00", "confession SA 15:00"]


def test_a_church_in_a_column_is_that_of_its_row() -> None:
    page = """<h2>Mass</h2><table><tr><td>Sunday</td><td>9:00 am</td><td>St. Fictus Church</td></tr>
        <tr><td>Sunday</td><td>11:00 am</td><td>Holy Lamp Chapel</td></tr></table>"""
    assert services(page) == ["mass SU 09:00 at St. Fictus Church", "mass SU 11:00 at Holy Lamp Chapel"]


def test_a_column_about_something_else_is_left_out() -> None:
    page = """<table><tr><th>Day</th><th>Mass</th><th>Office hours</th></tr>
        <tr><td>Monday</td><td>8:00 am</td><td>9:00 am - 4:00 pm</td></tr></table>"""
    assert services(page) == ["mass MO 08:00"]


def test_a_table_that_only_lays_out_a_page_is_read_line_by_line() -> None:
    filler = "<p>We are a welcoming community of faith in the valley of the lamp.</p>" * 12
    page = f"<table><tr><td>{filler}<h2>Mass</h2><p>Sunday 9:00 am</p></td><td>Menu</td></tr></table>"
    assert services(page) == ["mass SU 09:00"]


def test_a_day_on_which_nothing_takes_place_is_no_head_of_columns() -> None:
    page = """<table><tr><th>Day<th>Mass<th>Confession</tr><tr><td>Monday<td>-<td>No confessions</tr>
        <tr><td>Tuesday<td>6:00 pm<td>5:15 - 5:45 pm</tr><tr><td>Sunday<td>8:00 am<td>by request</tr></table>"""
    assert services(page) == [
        "mass TU 18:00",
        "confession TU 17:15-17:45",
        "mass SU 08:00",
        "confession - - (by appointment)",
    ]


def test_a_cell_may_tie_a_service_to_another() -> None:
    page = """<table><tr><th>D&iacute;a<th>Misa<th>Confesi&oacute;n</tr>
        <tr><td>Domingo<td>8:00 am<td>Antes de cada misa</tr></table>"""
    assert services(page) == ["mass SU 08:00 es", "confession SU - es (before Mass)"]


def table(*rows: str) -> str:
    """A table under `Mass`; cells are parted by bars."""
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return f"<h2>Mass</h2><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def test_a_row_that_begins_with_empty_cells_goes_on_under_the_labels_above() -> None:
    assert services(table("Sunday|8:00 am", "|10:00 am", "Monday|7:00 am")) == [
        "mass SU 08:00",
        "mass SU 10:00",
        "mass MO 07:00",
    ]


def test_a_day_above_the_labels_of_the_rows_counts_for_each_column() -> None:
    page = table("SUNDAY|ST. FICTUS|ST. LUMEN", "English|8:00 am|9:00 am", "Spanish|12:00 pm|-")
    assert services(page) == [
        "mass SU 08:00 at ST. FICTUS",
        "mass SU 09:00 at ST. LUMEN",
        "mass SU 12:00 es at ST. FICTUS",
    ]


def test_a_name_beside_those_of_churches_is_a_church_and_the_line_below_it_its_town() -> None:
    page = table("|Blessed Sacrament<br>Mill Town|St. Lumen<br>San Ficto", "Sunday|8:00 am|9:00 am")
    assert services(page) == ["mass SU 08:00 at Blessed Sacrament", "mass SU 09:00 at St. Lumen"]


def test_a_name_in_the_column_of_churches_is_a_church() -> None:
    page = table(
        "Church|Sunday", "Queen of Lamps (Mill Town)|9:00 am", "Fountain of Grace|10:00 am", "St. Lumen|11:00 am"
    )
    assert services(page) == [
        "mass SU 09:00 at Queen of Lamps",
        "mass SU 10:00 at Fountain of Grace",
        "mass SU 11:00 at St. Lumen",
    ]


def test_heads_that_are_no_names_are_no_churches() -> None:
    page = table("Day|Time|Church", "Sunday|8:00 am|St. Fictus", "Monday|7:00 am|St. Lumen")
    assert services(page) == ["mass SU 08:00 at St. Fictus", "mass MO 07:00 at St. Lumen"]


def test_a_time_beside_cells_that_say_what_takes_place() -> None:
    page = table("Time|Sun|Mon|Tue", "8:00 am|Mass|Mass (Spanish)|No Mass", "4:00 pm|Choir practice||Confession")
    assert services(page) == ["mass SU 08:00", "mass MO 08:00 es", "confession TU 16:00"]


def test_a_time_above_cells_that_say_what_takes_place() -> None:
    page = table("|8:00 am|10:00 am|4:00 pm", "Sunday|English|Spanish|-", "Saturday|||Confession")
    assert services(page) == ["mass SU 08:00", "mass SU 10:00 es", "confession SA 16:00"]


def test_a_tick_says_that_it_takes_place() -> None:
    assert services(table("Time|Sun|Mon", "8:00 am|X|", "4:00 pm||&#10003;")) == ["mass SU 08:00", "mass MO 16:00"]


def test_hours_with_one_letter_behind_them_are_times() -> None:
    assert services(table("Sun|Mon", "7:30a<br>6p|8a")) == ["mass SU 07:30", "mass SU 18:00", "mass MO 08:00"]
