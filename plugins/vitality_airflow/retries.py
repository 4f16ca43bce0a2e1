"""How a stage's task fails, and whether and when it is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from airflow.sdk.definitions.retry_policy import RetryDecision, RetryPolicy
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from vitality_lib.harmless import one_line


class Rule(StrEnum):
    """What follows an end."""

    NEVER = "never tried again"
    USUAL = "tried again, later and later"
    AT_ONCE = "another pod at once, in the same try"
    MORE_MEMORY = "tried again at once with more memory"
    SOON = "tried again in half a minute"
    WHEN_FREE = "tried again in ten minutes"


@dataclass(frozen=True)
class Ending:
    """Why a pod ended, or never began: what happened in plain words, what mends it, and what follows."""

    why: str
    rule: Rule = Rule.USUAL
    mend: str = ""

    @property
    def line(self) -> str:
        text = f"{self.why}: {self.mend}" if self.mend else self.why
        return one_line(" ".join(text.split()))


class StageFailed(AirflowException):
    """A stage did not end well, and trying again may help; `after`: when, None for the usual time."""

    def __init__(self, line: str, after: timedelta | None = None) -> None:
        super().__init__(line)
        self.after = after


class PodLost(StageFailed):
    """The cluster took the pod away, by no fault of the worker."""


class RetryByEnding(RetryPolicy):
    """Try again when the failure says so, and otherwise by the task's own settings.

    What must never be tried again is an AirflowFailException, of which no policy is asked.
    """

    def evaluate(self, exception: BaseException, *_: Any, **__: Any) -> RetryDecision:
        if isinstance(exception, StageFailed) and exception.after is not None:
            return RetryDecision.retry(exception.after, str(exception))
        return RetryDecision.default()

    def serialize(self) -> dict[str, Any]:
        return {"__type": type(self).__name__}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> RetryByEnding:  # noqa: ARG003 - there is nothing to keep
        return cls()


def fail(ending: Ending) -> None:
    """Raise what makes Airflow follow the ending's rule: AirflowFailException, PodLost or StageFailed."""
    match ending.rule:
        case Rule.NEVER:
            raise AirflowFailException(ending.line) from None
        case Rule.AT_ONCE:
            raise PodLost(ending.line) from None
        case Rule.MORE_MEMORY:
            raise StageFailed(ending.line, timedelta(0)) from None
        case Rule.SOON:
            raise StageFailed(ending.line, timedelta(seconds=30)) from None
        case Rule.WHEN_FREE:
            raise StageFailed(ending.line, timedelta(minutes=10)) from None
    raise StageFailed(ending.line) from None
