"""Environments differ only in what must differ: everything else is proved in staging before it is in production."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
from cluster_environment import NAMES, UnknownEnvironmentError, environment, merged

MAY_DIFFER = {
    r"images\.airflow\.tag": "the version that is tried, or trusted",
    r"config\.logging\.logging_level": "log level",
    r"config\.api\.base_url|ingress\..*": "the name under which it is reached",
    r"(scheduler|triggerer|apiServer|dagProcessor)\.(replicas|podDisruptionBudget\..*|resources\..*)": "room",
    r"postgresql\..*": "the database",
    r"extraConfigMaps\.vitality-pools\.data": "sizes of pools",
}
COMPONENTS = ("scheduler", "triggerer", "apiServer", "dagProcessor")


def flat(value: Any, path: str = "") -> dict[str, Any]:
    if not isinstance(value, dict):
        return {path.lstrip("."): value}
    return {place: leaf for key, inner in value.items() for place, leaf in flat(inner, f"{path}.{key}").items()}


def test_there_are_three() -> None:
    assert NAMES == ("development", "production", "staging")


def test_an_unknown_one_is_told_in_one_line() -> None:
    with pytest.raises(
        UnknownEnvironmentError, match=r"^no environment 'prod': ENVIRONMENT is one of development, .*$"
    ):
        environment("prod")


@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(NAMES, 2)])
def test_values_differ_only_where_they_may(one: str, other: str) -> None:
    left, right = flat(environment(one).values), flat(environment(other).values)
    differing = {place for place in left.keys() | right.keys() if left.get(place) != right.get(place)}
    assert [place for place in sorted(differing) if not any(re.fullmatch(rule, place) for rule in MAY_DIFFER)] == []


def test_our_own_objects_differ_only_in_room_and_in_the_way_to_the_database() -> None:
    shared = environment("staging").objects
    for name in NAMES:
        own = [one for one in environment(name).objects if one not in shared or one["kind"] == "ResourceQuota"]
        assert {(one["kind"], one["metadata"]["name"].split("-")[0]) for one in own} <= {
            ("ResourceQuota", "vitality"),
            ("NetworkPolicy", "database"),
        }


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("component", COMPONENTS)
def test_what_runs_twice_is_never_drained_at_once(name: str, component: str) -> None:
    values = environment(name).values[component]
    assert (values.get("replicas", 1) > 1) == values.get("podDisruptionBudget", {}).get("enabled", False)


def test_values_are_merged_as_helm_does_it() -> None:
    assert merged({"a": {"b": 1, "c": 2}, "l": [1, 2]}, {"a": {"b": 3}, "l": [4]}) == {"a": {"b": 3, "c": 2}, "l": [4]}
