"""The nation is the same for the same plan, cast as if it were rendered, and changes where it says that it does."""

from __future__ import annotations

import pytest

from nation import truth
from nation.moulds import pages_of
from nation.plan import Member, Plan
from nation.sites import Web
from vitality_lib.models import Reason
from vitality_lib.sample import pages

SMALL = Plan(dioceses=4, parishes=60)


def everybody(plan: Plan) -> list[Member]:
    return [member for _, member in plan.parishes_of_all()]


def test_the_same_plan_gives_the_same_nation() -> None:
    assert everybody(SMALL) == everybody(Plan(dioceses=4, parishes=60))
    assert SMALL.places == Plan(dioceses=4, parishes=60).places


def test_the_same_plan_gives_the_same_bytes() -> None:
    first, second = Web(SMALL), Web(Plan(dioceses=4, parishes=60))
    hosts = [member.parish.host for member in everybody(SMALL) if member.parish.website]
    asked = [(host, path) for host in hosts for path in ("/", "/robots.txt", "/mass-times")]
    assert [first.answer(*one) for one in asked] == [second.answer(*one) for one in asked]


def test_another_seed_is_another_nation() -> None:
    assert everybody(SMALL) != everybody(Plan(dioceses=4, parishes=60, seed=8))


def test_there_are_as_many_as_were_asked_for() -> None:
    assert len(everybody(SMALL)) == 60
    assert len(SMALL.places) == len({place.name for place in SMALL.places}) == 4


def test_no_two_dioceses_of_a_national_plan_share_name_or_host() -> None:
    places = Plan().places
    assert len({place.name for place in places}) == len({place.website for place in places}) == len(places) == 196


def test_no_two_parishes_share_a_host() -> None:
    hosts = [member.parish.host for member in everybody(SMALL) if member.parish.website]
    assert len(set(hosts)) == len(hosts) > 40


@pytest.mark.parametrize("number", range(0, 60, 6))
def test_cast_pages_are_those_that_the_templates_render(number: int) -> None:
    member = everybody(SMALL)[number]
    assert pages_of(member) == pages.of_parish(member.parish)


def test_every_host_of_the_plan_answers() -> None:
    web = Web(SMALL)
    named = [place.website for place in SMALL.places] + [member.parish.website for member in everybody(SMALL)]
    hosts = [website.split("/")[2] for website in named if website]
    assert [host for host in hosts if web.answer(host, "/robots.txt") is None] == []
    assert web.answer("nobody.example", "/") is None


def test_a_change_changes_some_parishes_and_no_others() -> None:
    before, after = everybody(SMALL), everybody(Plan(dioceses=4, parishes=60, epoch=1, changing=0.2))
    changed = [number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    assert 3 < len(changed) < 25
    for number in changed:
        old, new = before[number].parish, after[number].parish
        assert old.lines != new.lines or before[number].variant != after[number].variant
        assert (old.name, old.website, old.street) == (new.name, new.website, new.street)


def test_the_truth_is_of_the_same_parishes() -> None:
    true = truth.of_plan(SMALL)
    assert [one.name for one in true.dioceses] == [place.name for place in SMALL.places]
    names = {member.parish.name for member in everybody(SMALL)}
    assert {parish.entry.name for parish in true.parishes} <= names
    assert all(parish.services for parish in true.parishes if parish.reason is Reason.OK)


def test_the_truth_moves_with_the_pages() -> None:
    later = truth.of_plan(Plan(dioceses=4, parishes=60, epoch=3, changing=0.5))
    assert later.dioceses != truth.of_plan(SMALL).dioceses
