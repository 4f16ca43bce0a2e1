"""Structured logs: one line an event, to standard error, with diocese, parish and host where they are known."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

from vitality_lib.settings import Settings

_CONTROL = dict.fromkeys((*range(32), *range(127, 160)), "�")


def configure(settings: Settings) -> None:
    """Set up logging for this process: JSON lines for machines, aligned text on a terminal."""
    as_json = settings.log_format == "json" or (settings.log_format == "auto" and not sys.stderr.isatty())
    last: Any = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
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
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("selenium").setLevel(logging.WARNING)


def _tame(_logger: Any, _name: str, event: Any) -> Any:
    """Words from web pages must not forge log lines: control characters are replaced, long values cut."""
    for key, value in event.items():
        if isinstance(value, str) and key != "exception":
            event[key] = value[:2000].translate(_CONTROL)
    return event
