"""The dashboard: what is running, what is stuck and why, and what the data is worth, as pages in Airflow's UI."""
