"""What one stage makes and the next one waits for."""

from airflow.sdk import Asset

DIRECTORIES = Asset("vitality://directories", name="directories", group="vitality")
PARISHES = Asset("vitality://parishes", name="parishes", group="vitality")
SERVICES = Asset("vitality://services", name="services", group="vitality")
