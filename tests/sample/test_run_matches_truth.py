"""What is in the database after a run over the sample web is what is true of it, row by row."""

import pytest
from against_truth import Tally
from two_runs import Run

from vitality_lib.models import Route
from vitality_lib.store.directory_costs import DirectoryCost

pytestmark = [pytest.mark.long, pytest.mark.browser, pytest.mark.timeout(280)]


MOST_FOR_A_FEED = 4  # requests: the page, at most two scripts that name the feed, the feed
MOST_BY_BROWSER = 0.10  # of all dioceses


def shown(tally: Tally) -> str:
    return "\n".join([f"right {tally.right}, missing {tally.missing}, surplus {tally.surplus}", *tally.lines])


def test_every_diocese_is_there_with_its_directory(runs: tuple[Run, Run]) -> None:
    dioceses = runs[0].comparison.dioceses
    assert dioceses.missing == dioceses.surplus == 0, shown(dioceses)


def test_every_parish_is_right_in_every_field_and_none_is_invented(runs: tuple[Run, Run]) -> None:
    parishes = runs[0].comparison.parishes
    assert parishes.recall == parishes.precision == 1.0, shown(parishes)


def test_at_least_90_of_100_services_are_right_in_every_field_and_hardly_one_is_invented(
    runs: tuple[Run, Run],
) -> None:
    services = runs[0].comparison.services
    assert services.recall >= 0.90, shown(services)
    assert services.precision >= 0.90, shown(services)


def test_every_unit_of_work_ends_under_its_right_reason(runs: tuple[Run, Run]) -> None:
    reasons = runs[0].comparison.reasons
    assert reasons.missing == 0, shown(reasons)


def test_a_second_run_leaves_identical_facts(runs: tuple[Run, Run]) -> None:
    first, second = runs
    assert second.fingerprint == first.fingerprint
    assert second.totals == first.totals


def test_a_second_run_makes_at_most_1_2_requests_for_each_known_page(runs: tuple[Run, Run]) -> None:
    second = runs[1]
    assert second.requests <= 1.2 * second.pages, f"{second.requests} requests for {second.pages} pages"


def test_what_is_read_as_a_feed_costs_few_requests(runs: tuple[Run, Run]) -> None:
    feeds = [one for one in runs[0].directories if one.route == Route.FEED]
    assert len(feeds) >= 6, table(runs[0].directories)
    assert all(one.requests <= MOST_FOR_A_FEED for one in feeds), table(runs[0].directories)


def test_a_browser_reads_few_directories_and_each_for_a_reason(runs: tuple[Run, Run]) -> None:
    directories = runs[0].directories
    by_browser = [one for one in directories if one.browser or one.route == Route.BROWSER]
    assert 1 <= len(by_browser) <= MOST_BY_BROWSER * len(directories), table(directories)
    assert all(one.browser for one in by_browser), table(directories)


def table(directories: tuple[DirectoryCost, ...]) -> str:
    lines = [
        f"{one.diocese:34} {one.platform or '-':18} {one.route or '-':8} {one.parishes:3} parishes "
        f"{one.requests:3} requests {one.reason or ''} {one.browser}".rstrip()
        for one in directories
    ]
    return "\n".join(["", *lines])
