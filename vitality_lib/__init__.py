"""Diocesan Vitality: current, explained data on the Catholic parishes of the United States."""

__version__ = "0.1.0"
