"""What the trigger form asks for; the same form for every DAG."""

from __future__ import annotations

from airflow.sdk import Param


def params() -> dict[str, Param]:
    """A fresh set, for one DAG."""
    return {
        "dioceses": Param(
            [],
            type="array",
            items={"type": "string", "minLength": 1, "maxLength": 200},
            maxItems=500,
            uniqueItems=True,
            title="Dioceses",
            description="Only these dioceses, one name a line, as the USCCB list gives them. Empty: all that are due.",
        ),
        "max_parishes_per_diocese": Param(
            0,
            type="integer",
            minimum=0,
            maximum=10_000,
            title="MAX_PARISHES_PER_DIOCESE",
            description="Extraction keeps at most this many parishes of a diocese. "
            "0: the limit of the environment, else none.",
        ),
        "num_parishes_for_schedule": Param(
            0,
            type="integer",
            minimum=0,
            maximum=10_000,
            title="NUM_PARISHES_FOR_SCHEDULE",
            description="The schedule stage visits at most this many parishes of a diocese. "
            "0: the limit of the environment, else none.",
        ),
        "force": Param(
            False,
            type="boolean",
            title="Force",
            description="Visit what is not due yet, too. Pages are still asked for politely and conditionally.",
        ),
    }
