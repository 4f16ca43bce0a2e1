"""What one stage makes and the next one waits for."""

from airflow.sdk import Asset

DIRECTORIES = Asset(name="directories", uri="vitality://directories", group="vitality")
PARISHES = Asset(name="parishes", uri="vitality://parishes", group="vitality")
SERVICES = Asset(name="services", uri="vitality://services", group="vitality")
