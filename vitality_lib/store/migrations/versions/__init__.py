"""One module a step, named `<revision>_<what>.py`, without gaps or branches."""
