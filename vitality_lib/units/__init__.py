"""One unit of work of each stage: fetch, read, audit, publish, record.

What a unit publishes and the outcome it ends in are written in one transaction, and only while its lease holds:
a unit without its ledger row has not happened.
"""

from vitality_lib.units.canary import CanaryDied, hear_canary
from vitality_lib.units.diocese_list import read_diocese_list
from vitality_lib.units.directory_search import find_directory
from vitality_lib.units.parish_list import read_parishes
from vitality_lib.units.parish_visits import visit_parishes
from vitality_lib.units.reparse import reparse
from vitality_lib.units.reporting import report
from vitality_lib.units.retention import forget_the_old
from vitality_lib.units.work import PASSED_ON, StageFailed, Work, done_meanwhile, record_broken

__all__ = [
    "PASSED_ON",
    "CanaryDied",
    "StageFailed",
    "Work",
    "done_meanwhile",
    "find_directory",
    "forget_the_old",
    "hear_canary",
    "read_diocese_list",
    "read_parishes",
    "record_broken",
    "reparse",
    "report",
    "visit_parishes",
]
