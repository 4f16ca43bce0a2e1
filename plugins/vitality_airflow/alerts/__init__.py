"""What a person should look at, told by Airflow's own means: deadlines, failure callbacks, events of an Asset."""
