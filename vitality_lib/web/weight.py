"""What this process and all below it weigh: the driver and every process of a browser, whatever they share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import psutil  # type: ignore[import-untyped]  # the wheel has no stubs


def held() -> int | None:
    """Bytes of memory held; None where that cannot be told.

    Pages that several processes share are counted in parts (PSS, Linux), or else for each anew: a browser's processes
    share much. Takes a few milliseconds.
    """
    weights = [weight for process in _family() if (weight := _weight(process)) is not None]
    return sum(weights) if weights else None


def _family() -> Iterator[psutil.Process]:
    with suppress(psutil.Error):
        own = psutil.Process()
        yield own
        yield from own.children(recursive=True)


def _weight(process: psutil.Process) -> int | None:
    with suppress(psutil.Error, AttributeError):
        return int(process.memory_full_info().pss)
    with suppress(psutil.Error):
        return int(process.memory_info().rss)
    return None
