"""What can go wrong with the database. The text of each is one line for a person: what, where, and what to do."""

from __future__ import annotations


class StoreError(Exception):
    """The database, or what was asked of it, is not as it must be."""


class DatabaseUnavailable(StoreError):  # noqa: N818 - named after what happened
    """No database answers, or it was lost. Never holds the password. Trying again later may help."""


class SchemaOutOfDate(StoreError):  # noqa: N818 - named after what happened
    """The tables are not those that this version of the software knows."""


class UnknownDiocese(StoreError):  # noqa: N818 - named after what happened
    """A diocese was asked for by a name that no row has."""


class NoSuchReview(StoreError):  # noqa: N818 - named after what happened
    """A review was asked for that is not open."""


class LeaseLost(StoreError):  # noqa: N818 - named after what happened
    """The worker was declared dead and its diocese belongs to somebody else by now: nothing may be written."""


class NoSuchCorrection(StoreError):  # noqa: N818 - named after what happened
    """A correction was asked for that is not there, or not in force."""


class UnknownParish(StoreError):  # noqa: N818 - named after what happened
    """A parish was asked for that is not published."""


class AmbiguousParish(StoreError):  # noqa: N818 - named after what happened
    """Several parishes may be meant; the text lists them, one a line."""
