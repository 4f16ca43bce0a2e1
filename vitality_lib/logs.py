"""Structured logs: one line an event, with diocese, parish and host where they are known."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import structlog

from vitality_lib.harmless import lines_kept, one_line
from vitality_lib.secrecy import Secrets
from vitality_lib.settings import Settings

_LONGEST = 2000  # characters of a value


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Set up logging for this process, to standard error: JSON lines for machines, aligned text on a terminal.

    What libraries log by Python's own `logging` comes out the same way, from WARNING on. No secret of the settings is
    in it, whoever logs it.
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
            Tame(Secrets.of(settings)),
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


@contextmanager
def heard(listener: Callable[[Mapping[str, Any]], None]) -> Iterator[None]:
    """Let `listener` have each line that is logged meanwhile, tamed, before it is written. It may be called from any
    thread, and must not raise.
    """

    def pass_on(_logger: Any, _name: str, event: Any) -> Any:
        listener(event)
        return event

    before = structlog.get_config()["processors"]
    structlog.configure(processors=[*before[:-1], pass_on, before[-1]])
    try:
        yield
    finally:
        now = structlog.get_config()["processors"]
        structlog.configure(processors=[one for one in now if one is not pass_on])


class _Passing(logging.Handler):
    """Hands a library's record on to structlog."""

    def emit(self, record: logging.LogRecord) -> None:
        trace = record.exc_info or None
        structlog.get_logger().log(record.levelno, record.getMessage(), logger=record.name, exc_info=trace)


@dataclass(frozen=True)
class Tame:
    """Words from web pages must not forge log lines, and secrets must not be in them.

    Control characters are replaced, long values cut; what is no text is written as the text that it would become.
    A traceback keeps its lines and its length; its last line may quote a page, too.
    """

    secrets: Secrets
    longest: int = _LONGEST

    def __call__(self, _logger: Any, _name: str, event: Any) -> Any:
        trace = event.pop("exception", None)
        tamed = {self._text(str(name)): self.value(value) for name, value in event.items()}
        return tamed if trace is None else {**tamed, "exception": lines_kept(self.secrets.masked(str(trace)))}

    def value(self, value: object) -> object:
        """The same, tamed: texts, and what holds them."""
        match value:
            case None | bool() | int() | float():
                return value
            case dict():
                return {self._text(str(name)): self.value(one) for name, one in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self.value(one) for one in value]
            case _:
                return self._text(value if isinstance(value, str) else repr(value))

    def _text(self, text: str) -> str:
        return one_line(self.secrets.masked(text)[: self.longest])
