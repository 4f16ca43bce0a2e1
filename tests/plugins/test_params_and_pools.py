"""The trigger form and the pools."""

import json
from typing import Any

import pytest
from airflow.sdk.definitions.param import ParamsDict
from airflow.sdk.exceptions import ParamValidationError
from airflow_home import ROOT
from vitality_airflow.params import params
from vitality_airflow.sizes import DESIGN

POOLS = json.loads((ROOT / "plugins" / "pools.json").read_text())


def filled(**answers: Any) -> dict[str, Any]:
    form = ParamsDict(params())
    form.update(answers)
    return form.validate()


def test_an_empty_form_asks_for_everything_that_is_due() -> None:
    assert filled() == {
        "dioceses": [],
        "max_parishes_per_diocese": 0,
        "num_parishes_for_schedule": 0,
        "force": False,
    }


def test_every_field_says_what_it_is() -> None:
    for name, param in params().items():
        assert param.schema["title"], name
        assert len(param.description) > 20, name


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_parishes_per_diocese": -1},
        {"num_parishes_for_schedule": -5},
        {"max_parishes_per_diocese": 1.5},
        {"dioceses": "Diocese of Larkspur"},
        {"dioceses": [""]},
        {"dioceses": [7]},
        {"force": "yes"},
    ],
)
def test_a_wrong_answer_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises((ParamValidationError, ValueError)):
        filled(**wrong)


def test_there_is_one_pool_a_stage() -> None:
    assert set(POOLS) == {f"vitality_{stage.value}" for stage in DESIGN}
    assert {name: pool["slots"] for name, pool in POOLS.items()} == {
        "vitality_discovery": 1,
        "vitality_extraction": 5,
        "vitality_schedule": 3,
        "vitality_reporting": 1,
    }


def test_pods_that_are_only_waited_for_count_too() -> None:
    assert all(pool["include_deferred"] is True for pool in POOLS.values()), "else the cap on website load is none"
    assert all(pool["description"] for pool in POOLS.values())
