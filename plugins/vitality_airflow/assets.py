"""What one stage makes and the next one waits for."""

from airflow.sdk import Asset

DIRECTORIES = Asset(name="directories", uri="vitality://directories", group="vitality")
PARISHES = Asset(name="parishes", uri="vitality://parishes", group="vitality")
SERVICES = Asset(name="services", uri="vitality://services", group="vitality")

# Each event of it is one alert: docs/alerts-and-metrics.md. Any DAG may be scheduled on it.
ALERTS = Asset(name="vitality_alerts", uri="vitality://alerts", group="vitality")
