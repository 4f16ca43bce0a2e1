"""A question to the model: looked up first, counted before it is asked, refused when the day's budget is spent."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, TypeAlias

import structlog

from vitality_lib.store import ai_calls
from vitality_lib.store.database import Database

_LONGEST = 20_000  # characters of an answer that is kept
_UNFIT = re.compile(r"\\u0000|\\ud[89a-f]", re.I)  # what `jsonb` cannot hold
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Question:
    """What is asked: `prompt` is ours, `content` comes from pages and is data, `schema` is the form of the answer."""

    purpose: str
    prompt: str
    content: str
    schema: Mapping[str, Any]

    def hash(self, model: str) -> str:
        """One for all times that this is asked of a model."""
        parts = (model, self.purpose, self.prompt, self.content, json.dumps(self.schema, sort_keys=True))
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Said:
    """The model's answer, as JSON."""

    answer: Any
    tokens: int | None = None


@dataclass(frozen=True)
class Failed:
    """Why there is no answer, in a few words of our own."""

    why: str


class Model(Protocol):
    """What is asked."""

    @property
    def name(self) -> str:
        """The model, as the ledger has it."""

    async def answer(self, question: Question) -> Said | Failed:
        """Ask once."""


Ask: TypeAlias = Callable[[Question], Awaitable[Any]]


def asker(model: Model, database: Database, budget: int) -> Ask:
    """What asks `model` at most `budget` times a day (UTC), all workers together; it gives JSON, or None."""

    async def ask(question: Question) -> Any:
        now = datetime.now(UTC)
        async with database.transaction() as connection:
            key, name = question.hash(model.name), model.name
            begun = await ai_calls.begin(connection, key, purpose=question.purpose, model=name, now=now, budget=budget)
        if isinstance(begun, ai_calls.Known):
            return begun.answer
        if begun is None:
            _log.info("the day's budget for the model is spent", purpose=question.purpose, budget=budget)
            return None
        result = _fit(await model.answer(question))
        async with database.transaction() as connection:
            if isinstance(result, Failed):
                await ai_calls.failed(connection, begun.id, result.why)
                _log.warning("the model gave no answer", purpose=question.purpose, why=result.why)
                return None
            await ai_calls.answered(connection, begun.id, result.answer, result.tokens)
        return result.answer

    return ask


def _fit(result: Said | Failed) -> Said | Failed:
    """An answer that the ledger can hold."""
    if isinstance(result, Failed):
        return result
    try:
        text = json.dumps(result.answer, allow_nan=False)
    except (ValueError, RecursionError):
        return Failed("its answer is no JSON")
    return Failed("its answer is not fit to keep") if len(text) > _LONGEST or _UNFIT.search(text) else result
