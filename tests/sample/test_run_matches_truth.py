"""What is in the database after a run over the sample web is what is true of it, row by row."""

import pytest
from against_truth import Tally
from two_runs import Run

pytestmark = [pytest.mark.browser, pytest.mark.timeout(280)]


def shown(tally: Tally) -> str:
    return "\n".join([f"right {tally.right}, missing {tally.missing}, surplus {tally.surplus}", *tally.lines])


def test_every_diocese_is_there_with_its_directory(runs: tuple[Run, Run]) -> None:
    dioceses = runs[0].comparison.dioceses
    assert dioceses.missing == dioceses.surplus == 0, shown(dioceses)


def test_at_least_98_of_100_parishes_are_right_in_every_field_and_none_is_invented(runs: tuple[Run, Run]) -> None:
    parishes = runs[0].comparison.parishes
    assert parishes.recall >= 0.98, shown(parishes)
    assert parishes.precision >= 0.98, shown(parishes)


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
