"""Property tests of the reader are the same on every run and on every machine."""

from hypothesis import settings

settings.register_profile("schedules", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("schedules")
