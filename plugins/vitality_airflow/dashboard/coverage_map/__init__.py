"""The map of coverage: the shapes of the states, where a place stands on them, and how it is drawn."""
