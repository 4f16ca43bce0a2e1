"""What watches the pod of a stage in Airflow's triggerer while its task holds no slot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from airflow.providers.cncf.kubernetes.triggers.pod import KubernetesPodTrigger
from airflow.providers.cncf.kubernetes.utils.pod_manager import AsyncPodManager, PodLaunchTimeoutException
from airflow.triggers.base import TriggerEvent

from vitality_airflow.endings import forsaken
from vitality_airflow.hopeless import hopeless


class StageTrigger(KubernetesPodTrigger):
    """The provider's trigger, which also gives up at once what cannot come to an end by itself.

    That are pods without their Secret, which would wait for the whole time to start, and pods of a node that is gone,
    which seem to run for ever. Both become a "timeout" event: the one after which the operator does not wait for an
    end of the pod.

    No event comes sooner than one `poll_interval` after the task was deferred. Airflow 3.3 learns that the deferring
    process ended up to 5 s after it did (`[workers] min_heartbeat_interval`); a task that runs again by then is taken
    for killed, and that may end the scheduler: apache/airflow#72716.
    """

    async def run(self) -> AsyncIterator[TriggerEvent]:
        async for event in super().run():
            self._fired_event = False  # whoever kills the task meanwhile still means its pod
            since = (datetime.now(UTC) - self.trigger_start_time).total_seconds()
            await asyncio.sleep(self.poll_interval - since)
            self._fired_event = True
            yield event

    def serialize(self) -> tuple[str, dict[str, Any]]:
        _, arguments = super().serialize()
        return f"{StageTrigger.__module__}.{StageTrigger.__qualname__}", arguments

    @cached_property
    def pod_manager(self) -> AsyncPodManager:
        return _Starting(async_hook=self.hook)

    async def _get_pod(self) -> Any:
        return _not_given_up(await super()._get_pod())


class _Starting(AsyncPodManager):
    async def read_pod(self, pod: Any) -> Any:
        return _not_given_up(await super().read_pod(pod))


def _not_given_up(pod: Any) -> Any:
    ending = hopeless(pod) or forsaken(pod)
    if ending:
        raise PodLaunchTimeoutException(ending.line)
    return pod
