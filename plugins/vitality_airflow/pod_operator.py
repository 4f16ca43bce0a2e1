"""A pod whose failure says why in plain words, and is tried again as that asks for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.providers.cncf.kubernetes.triggers.pod import KubernetesPodTrigger
from airflow.providers.cncf.kubernetes.utils.pod_manager import PodNotFoundException
from airflow.sdk import Context
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from kubernetes.client import models as k8s
from kubernetes.client.exceptions import ApiException
from kubernetes.config import ConfigException
from urllib3.exceptions import HTTPError

from vitality_airflow import memory
from vitality_airflow.endings import began, ended_well, ending_of
from vitality_airflow.refusals import refusal, silence
from vitality_airflow.retries import Ending, PodLost, Rule, StageFailed, fail
from vitality_airflow.stage_trigger import StageTrigger

MOST_LOST = 5  # pods that the cluster may take away within one try
_LOST = "lost"  # how many it took, as the trigger carries it along


class PodOperator(KubernetesPodOperator):
    """KubernetesPodOperator with endings: see `endings` and `refusals` for the reasons, `retries` for what follows.

    A pod that the cluster takes away (evicted, preempted, gone with its node) costs no try: another takes its place
    at once. The tries of the task are for what its worker did.
    """

    memory_setting = ""  # the variable that says how much memory such a pod has

    def build_pod_request_obj(self, context: Context | None = None, *, dry_run: bool = False) -> k8s.V1Pod:
        return memory.grown(super().build_pod_request_obj(context, dry_run=dry_run), None if dry_run else context)

    def execute(self, context: Context) -> None:
        with self._in_plain_words():
            super().execute(context)

    def defer(self, *, trigger: KubernetesPodTrigger, **kwargs: Any) -> None:
        super().defer(trigger=StageTrigger(**trigger.serialize()[1]), **kwargs)

    def trigger_reentry(self, context: Context, event: dict[str, Any]) -> None:
        lost = event.get(_LOST, 0)
        self.trigger_kwargs = {_LOST: lost} if lost else None  # kept when the provider defers anew
        try:
            with self._in_plain_words(str(event.get("message", ""))):
                super().trigger_reentry(context, event)
        except PodLost as loss:
            if lost >= MOST_LOST:
                raise StageFailed(f"{loss} (pod {lost + 1} of this try)") from None
            self.log.warning("%s. Another pod takes its place (%d of %d).", loss, lost + 1, MOST_LOST)
            self.trigger_kwargs = {_LOST: lost + 1}
            self.pod = self.pod_request_obj = None
            with self._in_plain_words():
                self.execute_async(context)

    def cleanup(self, pod: k8s.V1Pod, remote_pod: k8s.V1Pod, *args: Any, **kwargs: Any) -> None:
        try:
            super().cleanup(pod, remote_pod, *args, **kwargs)
        except AirflowException:
            ending = ending_of(remote_pod, "" if began(remote_pod) else self._last_warning(remote_pod))
            if ending and ending.rule is Rule.MORE_MEMORY:
                ending = memory.more(ending, self.memory_setting, remote_pod, kwargs.get("context"))
            if ending:
                fail(ending)

    def _write_logs(self, pod: k8s.V1Pod, *args: Any, **kwargs: Any) -> None:
        if began(pod):  # else the API answers with an error, which the provider asks for three times
            super()._write_logs(pod, *args, **kwargs)

    def _last_warning(self, pod: k8s.V1Pod) -> str:
        try:
            events = self.pod_manager.read_pod_events(pod).items
        except (ApiException, AirflowException):
            return ""
        warnings = sorted((event for event in events if event.type == "Warning"), key=_when)
        return f"{warnings[-1].reason}: {warnings[-1].message}" if warnings else ""

    @contextmanager
    def _in_plain_words(self, told: str = "") -> Iterator[None]:
        """Whatever the API, its absence or the provider raises becomes the failure that its ending asks for.

        `told`: what the trigger said. A pod that ended well counts, even where its trigger lost sight of it.
        """
        try:
            yield
        except ApiException as error:
            fail(refusal(error.status, error.body, self.namespace))
        except (HTTPError, ConfigException) as error:
            fail(silence(error))
        except PodNotFoundException:
            fail(Ending("the pod is gone, and nobody says why", Rule.AT_ONCE))
        except (StageFailed, AirflowFailException):
            raise
        except AirflowException as error:
            if not self.pod or self.pod.status is None or not ended_well(self.pod):
                fail(Ending(told or str(error)))


def _when(event: k8s.CoreV1Event) -> datetime:
    # Which of the two is there depends on the component that wrote the event.
    return event.last_timestamp or event.event_time or datetime.min.replace(tzinfo=UTC)
