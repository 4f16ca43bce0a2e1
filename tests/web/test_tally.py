"""How requests are counted against the budget of one unit of work."""

from vitality_lib.models import Reason
from vitality_lib.web.polite import Tally


def test_a_tally_without_limit_never_refuses() -> None:
    tally = Tally()
    for _ in range(1000):
        tally.count()
    assert tally.refusal() is None
    assert tally.made == 1000


def test_a_tally_refuses_after_its_limit() -> None:
    tally = Tally(2)
    tally.count()
    assert tally.refusal() is None
    tally.count()
    refusal = tally.refusal()
    assert refusal is not None
    assert refusal.reason is Reason.BUDGET_SPENT


def test_what_is_counted_below_is_counted_above_and_the_limit_above_holds_below() -> None:
    visit = Tally(2)
    part = Tally(10, visit)
    part.count()
    part.count()
    assert (part.made, visit.made) == (2, 2)
    assert part.refusal() is not None


def test_what_is_not_charged_is_counted_above_but_never_spends_the_limit_there() -> None:
    visit = Tally(1)
    page_in_browser = Tally(3, visit, charged=False)
    for _ in range(3):
        assert page_in_browser.refusal() is None
        page_in_browser.count()
    assert (visit.made, visit.spent) == (3, 0)
    assert visit.refusal() is None
    assert page_in_browser.refusal() is not None
