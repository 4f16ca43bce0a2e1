"""Diocesan Vitality for Airflow: the stage operator, and the task groups that the DAGs are built from."""
