"""What the lines above say of the lines below."""

from shorthand import services


def test_a_heading_names_the_service_of_the_times_below_it() -> None:
    page = "<h2>Confessions</h2><p>Saturday 3:00 - 4:00 pm</p><h2>Adoration</h2><p>Friday 9:00 am</p>"
    assert services(page) == ["confession SA 15:00-16:00", "adoration FR 09:00"]


def test_headings_form_an_outline() -> None:
    page = """<h1>Mass Times</h1><h2>Sunday</h2><p>8:00 am</p><p>10:00 am</p>
        <h2>Weekdays</h2><p>7:00 am</p><h1>Confession</h1><p>Saturday 3:00 pm</p>"""
    assert services(page) == ["mass SU 08:00", "mass SU 10:00", "mass MO,TU,WE,TH,FR 07:00", "confession SA 15:00"]


def test_a_bold_line_and_a_term_are_headings_too() -> None:
    page = "<p><b>Confession</b></p><p>Saturday 3:00 pm</p><dl><dt>Adoration</dt><dd>Friday 9 am</dd></dl>"
    assert services(page) == ["confession SA 15:00", "adoration FR 09:00"]


def test_a_heading_about_something_else_takes_its_times_away() -> None:
    page = "<h2>Mass</h2><p>Sunday 9:00 am</p><h2>Office Hours</h2><p>Monday - Friday 9:00 am - 4:00 pm</p>"
    assert services(page) == ["mass SU 09:00"]


def test_after_an_interruption_the_outer_heading_goes_on() -> None:
    page = """<h2>Masses</h2><h3>Office hours</h3><p>Monday 9:00 am</p><h3>Sunday</h3><p>10:00 am</p>"""
    assert services(page) == ["mass SU 10:00"]


def test_nothing_under_a_dated_heading_recurs() -> None:
    page = "<h2>Sunday, March 3, 2024</h2><p>8:00 am Mass</p><h2>Mass Schedule</h2><p>Sunday 9:00 am</p>"
    assert services(page) == ["mass SU 09:00"]


def test_nothing_under_a_feast_recurs() -> None:
    page = "<h2>Holy Week</h2><p>Thursday 7:00 pm Mass</p><p>Friday 3:00 pm</p><h2>Mass Schedule</h2><p>Sunday 9 am</p>"
    assert services(page) == ["mass SU 09:00"]


def test_a_church_over_its_own_schedule_is_that_of_each_service() -> None:
    page = """<h2>St. Fictus Church</h2><h3>Mass</h3><p>Sunday 8:00 am</p>
        <h2>Holy Lamp Chapel</h2><h3>Mass</h3><p>Sunday 10:00 am</p>"""
    assert services(page) == ["mass SU 08:00 at St. Fictus Church", "mass SU 10:00 at Holy Lamp Chapel"]


def test_a_language_over_a_list_is_that_of_each_service() -> None:
    page = "<h2>Spanish Masses</h2><p>Sunday 12:30 pm</p><h2>Mass in English</h2><p>Sunday 9:00 am</p>"
    assert services(page) == ["mass SU 12:30 es", "mass SU 09:00"]


def test_a_season_over_a_list_is_that_of_each_service() -> None:
    assert services("<h2>Summer Mass Schedule</h2><p>Sunday 9:00 am</p>") == ["mass SU 09:00 in summer"]


def test_a_saturday_vigil_leads_the_list_of_sunday() -> None:
    page = "<h2>Sunday Mass</h2><p>Saturday Vigil 5:30 pm</p><p>8:00 am</p><p>10:30 am</p>"
    assert services(page) == ["mass SA 17:30 vigil", "mass SU 08:00", "mass SU 10:30"]


def test_days_of_one_line_hold_for_bare_times_right_after_it() -> None:
    page = "<h2>Mass</h2><p>Sunday</p><p>8:00 am</p><p>10:00 am</p><p>Monday</p><p>7:00 am</p>"
    assert services(page) == ["mass SU 08:00", "mass SU 10:00", "mass MO 07:00"]


def test_the_title_of_a_page_says_what_bare_days_and_times_are() -> None:
    page = "<html><head><title>Mass Times | Fictus</title></head><body><p>Sunday 9:00 am</p></body></html>"
    assert services(page) == ["mass SU 09:00"]


def test_a_footer_does_not_inherit_from_the_page() -> None:
    page = "<main><h2>Mass</h2><p>Sunday 9:00 am</p></main><footer><p>Monday - Friday 9 am - 4 pm</p></footer>"
    assert services(page) == ["mass SU 09:00"]


def test_a_line_by_the_way_does_not_take_an_outer_heading_away() -> None:
    page = """<h2>Adoration</h2><h3>St. Fictus</h3><p>Monday 6:00 am</p><p>Includes Morning Prayer</p>
        <h3>Holy Lamp</h3><p>Wednesday 7:00 pm</p>"""
    assert services(page) == ["adoration MO 06:00 at St. Fictus", "adoration WE 19:00 at Holy Lamp"]


def test_a_title_that_names_all_services_announces_the_page() -> None:
    page = "<h1>Mass, Confession &amp; Adoration</h1><p>Sunday: 8 am</p><h3>Confession</h3><p>Friday 3 PM</p>"
    assert services(page) == ["mass SU 08:00", "confession FR 15:00"]


def test_holy_days_under_a_heading_of_their_own_are_masses() -> None:
    page = "<h3>Exposition</h3><p>Friday 6pm - 6.50pm</p><h3>Holy Days of Obligation</h3><p>9.30am</p>"
    assert services(page) == ["adoration FR 18:00-18:50", "mass HOLYDAY 09:30"]


def test_another_activity_ends_what_stood_above() -> None:
    page = "<h3>Confession</h3><p>Friday 3 PM</p><p>Movie Night:</p><p>Friday 6:30 p.m.</p>"
    assert services(page) == ["confession FR 15:00"]


def test_sunday_beside_confession_that_has_its_times_is_mass_again_and_one_weekday_is_not() -> None:
    page = """<h1>Mass Times</h1><h3>Confession</h3><p>Friday 3 PM</p><h3>Wednesday</h3><p>6 PM</p>
        <h3>Sunday</h3><p>8 AM</p>"""
    assert services(page) == ["confession FR 15:00", "confession WE 18:00", "mass SU 08:00"]
    page = "<h1>Mass Times</h1><h3>Confession</h3><h3>Sunday</h3><p>8 AM</p>"
    assert services(page) == ["confession SU 08:00"]
