"""Where in the cluster pods may run: the settings that are written as JSON."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from kubernetes.client import models as k8s
from pydantic import BeforeValidator
from pydantic_settings import NoDecode

_TOLERATION = {
    "key": "key",
    "operator": "operator",
    "value": "value",
    "effect": "effect",
    "tolerationSeconds": "toleration_seconds",
}
_LABEL_VALUE = re.compile(r"([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?")


def tolerations(written: list[dict[str, Any]]) -> list[k8s.V1Toleration]:
    """The objects of the client for tolerations as a manifest has them."""
    return [k8s.V1Toleration(**{_TOLERATION[name]: value for name, value in one.items()}) for one in written]


def _read(text: Any) -> Any:
    try:
        return json.loads(text) if isinstance(text, str) else text
    except ValueError as fault:
        raise ValueError(f"not JSON: {fault}") from None


def _node_selector(text: Any) -> Any:
    given = _read(text)
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise ValueError('write the labels of a node as a JSON object of texts, like {"pool": "crawl"}')
    wrong = [value for value in given.values() if not _LABEL_VALUE.fullmatch(value)]
    if wrong:
        raise ValueError(f"no label of a node can have the value {wrong[0]!r}")
    return given


def _tolerations(text: Any) -> Any:
    given = _read(text)
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise ValueError('write a JSON list of tolerations, like [{"key": "spot", "operator": "Exists"}]')
    unknown = sorted({name for one in given for name in one} - set(_TOLERATION))
    if unknown:
        raise ValueError(f"a toleration has no {unknown[0]!r}; it has {', '.join(_TOLERATION)}")
    return given


NodeSelector = Annotated[dict[str, str], NoDecode, BeforeValidator(_node_selector)]
Tolerations = Annotated[list[dict[str, Any]], NoDecode, BeforeValidator(_tolerations)]
