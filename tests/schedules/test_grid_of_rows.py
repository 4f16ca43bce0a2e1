"""Rows and columns of a style sheet that hold what a table would; text set as it is typed."""

import pytest
from shorthand import services


def grid(*rows: str, row: str = "row") -> str:
    """Cells are parted by bars."""
    cells = ("".join(f'<div class="col">{cell}</div>' for cell in line.split("|")) for line in rows)
    return f"<div>{''.join(f'<div class={row!r}>{line}</div>' for line in cells)}</div>"


@pytest.mark.parametrize("row", ["row", "row no-gutters", "w-row", "et_pb_row"])
def test_heads_above_columns_of_divs_say_what_stands_below(row: str) -> None:
    page = grid("Day|Mass|Confession", "Saturday|5:00 pm|3:00 pm", "Sunday|8:00 am|", "Monday||7:30 am", row=row)
    assert services(page) == [
        "mass SA 17:00 vigil",
        "confession SA 15:00",
        "mass SU 08:00",
        "confession MO 07:30",
    ]


def test_columns_that_lay_out_a_page_are_read_one_after_the_other() -> None:
    card = "<h3>{}</h3><p>Mass: Sunday {} am</p>"
    row = "|".join(
        card.format(church, hour) for church, hour in (("St. Fictus", 8), ("St. Lumen", 9), ("St. Wick", 10))
    )
    assert services(grid(row, row, row)) == [
        "mass SU 08:00 at St. Fictus",
        "mass SU 09:00 at St. Lumen",
        "mass SU 10:00 at St. Wick",
    ]


def test_text_that_is_set_as_typed_has_the_lines_it_was_typed_in() -> None:
    page = """<pre>
SUNDAY MASSES      Sunday         8:00 AM
                                 10:00 AM
DAILY MASSES       Mon - Fri      9:00 AM
                   Saturday       9:30 AM
<b>CONFESSIONS</b>        Saturday       4:00 - 4:45 PM
</pre>"""
    assert services(page) == [
        "mass SU 08:00",
        "mass SU 10:00",
        "mass MO,TU,WE,TH,FR 09:00",
        "mass SA 09:30",
        "confession SA 16:00-16:45",
    ]
