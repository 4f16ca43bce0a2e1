"""How requests are counted against the budget of one unit of work."""

from vitality_lib.models import Reason
from vitality_lib.web.tally import Tally


def test_a_tally_without_limit_never_refuses() -> None:
    tally = Tally()
    assert not any(tally.take() for _ in range(1000))
    assert tally.made == 1000


def test_a_tally_refuses_after_its_limit() -> None:
    tally = Tally(2)
    assert tally.take() is None
    assert tally.take() is None
    refusal = tally.take()
    assert refusal is not None
    assert refusal.reason is Reason.BUDGET_SPENT
    assert tally.made == 2


def test_a_request_that_was_never_made_may_be_made_by_another() -> None:
    visit = Tally(1)
    part = Tally(None, visit)
    part.take()
    part.give_back()
    assert (part.made, visit.made, visit.spent) == (0, 0, 0)
    assert visit.take() is None


def test_what_is_counted_below_is_counted_above_and_the_limit_above_holds_below() -> None:
    visit = Tally(2)
    part = Tally(10, visit)
    part.take()
    part.take()
    assert (part.made, visit.made) == (2, 2)
    assert part.refusal() is not None


def test_what_is_not_charged_is_counted_above_but_never_spends_the_limit_there() -> None:
    visit = Tally(1)
    page_in_browser = Tally(3, visit, charged=False)
    assert not any(page_in_browser.take() for _ in range(3))
    assert (visit.made, visit.spent) == (3, 0)
    assert visit.refusal() is None
    assert page_in_browser.refusal() is not None


def test_pages_are_counted_in_every_tally_above() -> None:
    whole = Tally()
    visits = [Tally(8, whole), Tally(8, whole)]
    for visit in (visits[0], visits[1], visits[1]):
        visit.got_page()
    assert [visits[0].pages, visits[1].pages, whole.pages] == [1, 2, 3]
    assert whole.made == 0
