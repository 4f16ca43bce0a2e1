"""How large the pod of a stage is, and how it grows when its memory was not enough."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Annotated

from kubernetes.utils.quantity import parse_quantity
from pydantic import AfterValidator

from vitality_lib.models import Stage

GROWTH = 1.5
_MIB = 2**20
_LEAST = 64 * _MIB  # an interpreter alone takes more than half of it
# Amounts of memory as the API writes them where no whole binary unit fits: bytes, or thousandths of them.
_RAW = re.compile(r"(?<=[= ])\d{9,}m?(?=[,;. ]|$)")


@dataclass(frozen=True)
class Size:
    """Memory and CPU of a pod, as Kubernetes quantities."""

    memory: str
    cpu: str


DESIGN = {
    Stage.DISCOVERY: Size("512Mi", "200m"),
    Stage.EXTRACTION: Size("2.2Gi", "800m"),
    Stage.SCHEDULE: Size("1.5Gi", "600m"),
    Stage.REPORTING: Size("512Mi", "200m"),
}


def in_bytes(memory: str) -> int:
    """A Kubernetes quantity of memory in bytes, a broken byte rounded up, as Kubernetes itself does."""
    return math.ceil(parse_quantity(memory))


def larger(memory: str, cap: str) -> str | None:
    """The memory for the next try after this much was not enough, at most `cap`; None when it had that already."""
    had, most = in_bytes(memory), in_bytes(cap)
    if had >= most:
        return None
    wanted = math.ceil(had * GROWTH / _MIB)
    return f"{wanted}Mi" if wanted * _MIB < most else cap


def readable(words: str) -> str:
    """The cluster's words, memory in MiB as people read it: the API gives a limit of 2.2Gi back as 2362232012800m."""
    return _RAW.sub(lambda amount: f"{math.ceil(in_bytes(amount[0]) / _MIB)}Mi", words)


def _memory(text: str) -> str:
    if not re.fullmatch(r"\d+(\.\d+)?([KMG]i?|k)?", text) or in_bytes(text) < _LEAST:
        raise ValueError("not an amount of memory: write it like 512Mi or 2.2Gi, 64Mi at least")
    return text


def _cpu(text: str) -> str:
    if not re.fullmatch(r"\d+m|\d+(\.\d{1,3})?", text) or not parse_quantity(text):
        raise ValueError("not an amount of CPU: write it like 200m or 1.5")
    return text


Memory = Annotated[str, AfterValidator(_memory)]
Cpu = Annotated[str, AfterValidator(_cpu)]
