"""What an environment may set of its pods, and what a wrong value says."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vitality_airflow.runtime import Runtime, runtime
from vitality_airflow.sizes import in_bytes, larger, readable

from vitality_lib.models import Stage
from vitality_lib.settings import SettingsError

MIB = 2**20


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("VITALITY_RUNTIME", "docker", "'kubernetes' or 'local'"),
        ("VITALITY_EXTRACTION_MEMORY", "2.2 GB", "not an amount of memory"),
        ("VITALITY_EXTRACTION_MEMORY", "512", "not an amount of memory"),
        ("VITALITY_EXTRACTION_MEMORY", "512m", "not an amount of memory"),
        ("VITALITY_SCHEDULE_CPU", "fast", "not an amount of CPU"),
        ("VITALITY_SCHEDULE_CPU", "0", "not an amount of CPU"),
        ("VITALITY_MEMORY_CAP", "-4Gi", "not an amount of memory"),
        ("VITALITY_NODE_SELECTOR", "pool=crawl", "not JSON"),
        ("VITALITY_NODE_SELECTOR", '{"pool": 3}', "labels of a node"),
        ("VITALITY_NODE_SELECTOR", '{"pool": "a b"}', "no label of a node can have the value 'a b'"),
        ("VITALITY_TOLERATIONS", '{"key": "spot"}', "JSON list"),
        ("VITALITY_TOLERATIONS", '[{"efect": "NoSchedule"}]', "a toleration has no 'efect'"),
        ("VITALITY_IMAGE_PULL_POLICY", "Sometimes", "'IfNotPresent', 'Always' or 'Never'"),
        ("VITALITY_STARTUP_SECONDS", "1", "greater than or equal to 10"),
        ("VITALITY_NAMESPACE", "Vitality Workers", "match pattern"),
        ("VITALITY_WORKER_IMAGE", "", "at least 1 character"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable(
    variable: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as failure:
        runtime()
    assert str(failure.value).startswith(f"{variable}: ")
    assert says in str(failure.value)
    assert "\n" not in str(failure.value)


def test_each_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VITALITY_SCHEDULE_CPU", "x")
    monkeypatch.setenv("VITALITY_SCHEDULE_MEMORY", "x")
    with pytest.raises(SettingsError, match=r"VITALITY_SCHEDULE_MEMORY: .*; VITALITY_SCHEDULE_CPU: "):
        runtime()


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.ALL])
def test_each_stage_has_its_own_size(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"VITALITY_{stage.name}_MEMORY", "777Mi")
    monkeypatch.setenv(f"VITALITY_{stage.name}_CPU", "77m")
    sizes = {one: runtime().size(one) for one in Stage if one is not Stage.ALL}
    assert [one for one, size in sizes.items() if (size.memory, size.cpu) == ("777Mi", "77m")] == [stage]


def test_every_setting_is_described() -> None:
    assert all(len(str(field.description)) > 20 for field in Runtime.model_fields.values())


@pytest.mark.parametrize(
    ("had", "next_one"),
    [
        ("512Mi", "768Mi"),
        ("2.2Gi", "3380Mi"),
        ("3380Mi", "4Gi"),
        ("3Gi", "4Gi"),
        ("4Gi", None),
        ("4096Mi", None),
        ("5Gi", None),
        # As the API server says 2.2Gi and 3Gi back.
        ("2362232012800m", "3380Mi"),
        ("3221225472", "4Gi"),
    ],
)
def test_memory_grows_by_half_up_to_the_cap(had: str, next_one: str | None) -> None:
    assert larger(had, "4Gi") == next_one


@given(st.integers(64, 10_000), st.integers(64, 10_000))
def test_growing_ends_at_the_cap_and_is_never_less_than_half(had: int, cap: int) -> None:
    after: Any = larger(f"{had}Mi", f"{cap}Mi")
    if after is None:
        assert had >= cap
    else:
        assert had * MIB < in_bytes(after) <= cap * MIB
        assert in_bytes(after) >= min(Decimal(had * MIB) * 3 / 2, cap * MIB)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("at its limit of 2362232012800m", "at its limit of 2253Mi"),
        ("at its limit of 512Mi", "at its limit of 512Mi"),
        ("requested: 2362232013, used: 16106127360, capacity: 17179869184", "requested: 2253Mi, used: 15360Mi, "),
        ("requests.memory=2362232012800m,pods=1, used", "requests.memory=2253Mi,pods=1, used"),
        ("requests.cpu=800m", "requests.cpu=800m"),
        ("image worker:20261127120000, pod 8d1f-202611271200", "image worker:20261127120000, pod 8d1f-202611271200"),
    ],
)
def test_amounts_of_memory_of_the_cluster_are_read_in_mebibytes(words: str, read: str) -> None:
    assert read in readable(words)
