"""Structured logs: one line an event, with diocese, parish and host where they are known."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import structlog

from vitality_lib.settings import Settings

_CONTROL = dict.fromkeys((*range(32), *range(127, 160)), "�")
_CONTROL_IN_TRACE = {code: mark for code, mark in _CONTROL.items() if chr(code) not in "\n\t"}


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Set up logging for this process, to standard error: JSON lines for machines, aligned text on a terminal.

    What libraries log by Python's own `logging` comes out the same way, from WARNING on.
    """
    stream = stream or sys.stderr
    terminal = stream.isatty()
    as_json = settings.log_format == "json" or (settings.log_format == "auto" and not terminal)
    last: Any = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=terminal)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _tame,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(settings.log_level)),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[_Passing()], level=logging.WARNING, force=True)


@contextmanager
def in_file(settings: Settings) -> Iterator[Path]:
    """Log into `logs/vitality.log` of the home meanwhile: where a person watches the progress, lines would tear it."""
    path = settings.home / "logs" / "vitality.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", buffering=1) as file:
        configure(settings, file)
        try:
            yield path
        finally:
            configure(settings)


class _Passing(logging.Handler):
    """Hands a library's record on to structlog."""

    def emit(self, record: logging.LogRecord) -> None:
        trace = record.exc_info or None
        structlog.get_logger().log(record.levelno, record.getMessage(), logger=record.name, exc_info=trace)


def _tame(_logger: Any, _name: str, event: Any) -> Any:
    """Words from web pages must not forge log lines: control characters are replaced, long values cut.

    A traceback keeps its lines and its length; its last line may quote a page, too.
    """
    for key, value in event.items():
        if isinstance(value, str):
            trace = key == "exception"
            event[key] = value.translate(_CONTROL_IN_TRACE) if trace else value[:2000].translate(_CONTROL)
    return event
