"""Steps 1 and 2: the list of dioceses, and the page on which each diocese lists its parishes."""
