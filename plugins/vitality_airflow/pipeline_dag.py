"""The DAG class of ours: one that `airflow dags test` can run although it has a deadline."""

from __future__ import annotations

from typing import Any

from airflow.sdk import DAG


class PipelineDag(DAG):
    """A DAG with a deadline that may be run by `airflow dags test`, too."""

    def test(self, *args: Any, **kwargs: Any) -> Any:
        """Run it here and now, as `DAG.test` does.

        Without its deadline meanwhile: Airflow 3.3 (`DagRun.update_state`) looks a deadline up by the id that the
        scheduler gave it, and what is run here was never given one. A run would end well and then raise.
        """
        deadline, self.deadline = self.deadline, None
        try:
            return super().test(*args, **kwargs)
        finally:
            self.deadline = deadline
