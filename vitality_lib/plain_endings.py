"""What can go wrong in a command, turned into one line and the right exit code."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from vitality_lib.decisions.refused import Refused
from vitality_lib.exit_codes import DONE, TRY_LATER, USAGE, Stop
from vitality_lib.settings import Settings
from vitality_lib.store.errors import AmbiguousParish, DatabaseUnavailable, LeaseLost, StoreError
from vitality_lib.work.endings import HeldElsewhere, StageFailed
from vitality_lib.work.last_moment import LastMoment
from vitality_lib.work.shutdown import Interrupted, heed_signals
from vitality_lib.work.watchdog import StalledError
from vitality_lib.work.worker import give_up


@asynccontextmanager
async def plainly(run: str = "") -> AsyncIterator[None]:
    """Turn what can go wrong into one line and the right exit code.

    To end when asked to is to end well: 0. But who works on somebody's `run` ends with 75 while work remains, or
    Airflow would take the task of a pod that was moved to another node for done, and never try it again.
    """
    try:
        yield
    except Interrupted as error:
        raise Stop(str(error), TRY_LATER if run else DONE) from None
    except (HeldElsewhere, LeaseLost, DatabaseUnavailable) as error:
        raise Stop(str(error), TRY_LATER) from None
    except AmbiguousParish as error:
        raise Stop(str(error), USAGE) from None
    except (StageFailed, StalledError, StoreError, Refused) as error:
        raise Stop(str(error)) from None
    except OSError as error:
        if error.filename is None:
            raise
        raise Stop(f"{error.filename}: {error.strerror}; name a place that can be written to") from None


@asynccontextmanager
async def ending_when_asked(settings: Settings, run: str = "") -> AsyncIterator[asyncio.Event]:
    """The stop token of a command that ends plainly, and in time whatever it is at."""
    last_moment = LastMoment(lambda: give_up(settings), TRY_LATER if run else DONE)
    async with plainly(run), heed_signals(last_moment=last_moment) as stop:
        yield stop
