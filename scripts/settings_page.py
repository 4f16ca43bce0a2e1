"""The page of all settings, out of the classes that read them: what a setting means stands there and nowhere else."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePath
from typing import Any, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from vitality_lib.settings import Settings

sys.path.append(str(Path(__file__).parent.parent / "plugins"))
from vitality_airflow.runtime import Runtime

_HEAD = """# Settings

Generated from `vitality_lib/settings.py` and `plugins/vitality_airflow/runtime.py`; change those, then `make docs`.

Every setting is an environment variable, read once when a process starts. A wrong value ends the process with exit
code 2 and one line that names the variable. Command-line options (`--type`, `--diocese`, `--dioceses`, `--force`) come
before it.
"""
_LIBRARY = """
## The library

Read by every `vitality` command and every worker. Airflow hands those that are set in its own environment on to the
pods; `DATABASE_URL` and `GEMINI_API_KEY` reach a pod from Kubernetes Secrets only.
"""
_AIRFLOW = """
## Airflow

Read by the DAGs and the stage operator, from the environment of Airflow's own components. The database of the crawl is
the Airflow connection `vitality_postgres`; without that connection, `DATABASE_URL`. A wrong value here is an import
error of every DAG.
"""
_SECTION = re.compile(r"^    # --- (?P<title>.+)$|^    (?P<field>\w+): ", re.M)
_CHOICES = re.compile(r"^\^\((?P<values>[\w|]+)\)\$$")
_NUMBERS: dict[type, str] = {int: "whole number", float: "number"}
_BOUNDS = ((Ge, "ge", "from {} up"), (Gt, "gt", "above {}"), (Le, "le", "{} at most"), (Lt, "lt", "below {}"))


@dataclass(frozen=True)
class Setting:
    """One setting in words, as a row of the page."""

    variable: str
    default: str
    kind: str
    meaning: str


def markdown() -> str:
    """The page."""
    parts = [_HEAD, _LIBRARY]
    for title, names in _sections(Settings):
        parts += [f"\n### {title[0].upper()}{title[1:]}\n\n", _table([_setting(Settings, name) for name in names])]
    parts += [_AIRFLOW, "\n"]
    parts.append(_table([_setting(Runtime, name) for name in Runtime.model_fields]))
    return "".join(parts)


def _sections(model: type[BaseSettings]) -> Iterator[tuple[str, list[str]]]:
    """The fields of a class under the headings that its source has: comments like `# --- work`."""
    title, names = "", list[str]()
    for match in _SECTION.finditer(inspect.getsource(model)):
        if match["title"]:
            if names:
                yield title, names
            title, names = match["title"], []
        elif match["field"] in model.model_fields:
            names.append(match["field"])
    yield title, names


def _setting(model: type[BaseSettings], name: str) -> Setting:
    field = model.model_fields[name]
    return Setting(
        str(field.validation_alias), _default(field), _kind(field), str(field.description).replace("|", r"\|")
    )


def _default(field: FieldInfo) -> str:
    if field.default_factory:
        return "made at the start"
    value: Any = field.default
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if isinstance(value, bool):
        value = str(value).lower()
    return f"`{value}`" if value not in ("", ()) else ""


def _kind(field: FieldInfo) -> str:
    kind = field.annotation
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(f"`{one.value}`" for one in kind)
    if kind is bool:
        return "`true`, `false`"
    if kind in _NUMBERS:
        bounds = [
            words.format(f"{getattr(limit, attribute):g}")
            for limit in field.metadata
            for bound, attribute, words in _BOUNDS
            if isinstance(limit, bound)
        ]
        return ", ".join((_NUMBERS[kind], *bounds))
    if get_origin(kind) in (dict, list):
        return "JSON"
    if isinstance(kind, type) and issubclass(kind, PurePath):
        return "folder"
    return _text_kind(field)


def _text_kind(field: FieldInfo) -> str:
    for limit in field.metadata:
        choices = _CHOICES.match(str(getattr(limit, "pattern", "") or ""))
        if choices:
            return ", ".join(f"`{value}`" for value in choices["values"].split("|"))
        if isinstance(limit, MaxLen):
            return f"text, {limit.max_length} characters at most"
    return "secret text" if field.annotation is SecretStr else "text"


def _table(settings: list[Setting]) -> str:
    rows = (f"| `{one.variable}` | {one.default} | {one.kind} | {one.meaning} |\n" for one in settings)
    return "| variable | default | kind | meaning |\n|---|---|---|---|\n" + "".join(rows)
