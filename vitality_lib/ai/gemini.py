"""Gemini's `generateContent`, by Google's client over REST: the only module that knows that client.

The client is imported when a key is set, and not before. Whatever goes wrong is a value: no caller has to know what
the client may raise.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import warnings
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from vitality_lib.ai.calls import Failed, Question, Said
from vitality_lib.settings import Settings

_MOST_TOKENS = 8192  # of an answer, the model's own thoughts included
_GRACE = 5.0  # seconds beyond the client's own limit, which is for each read


@dataclass(frozen=True)
class Gemini:
    """One model at one endpoint (empty: Google's own), with a key that is never shown."""

    key: str = field(repr=False)
    name: str
    endpoint: str
    seconds: float

    @classmethod
    def of(cls, settings: Settings) -> Gemini | None:
        """The model of these settings; None without a key."""
        key = settings.gemini_api_key.get_secret_value()
        return cls(key, settings.gemini_model, settings.gemini_url, settings.timeout_seconds) if key else None

    async def answer(self, question: Question) -> Said | Failed:
        """Ask once, without retry."""
        try:
            async with asyncio.timeout(self.seconds + _GRACE):
                return await asyncio.to_thread(self._ask, question)
        except TimeoutError:
            return Failed("no answer in time")
        except Exception as error:  # the client lets through whatever its many layers raise, on garbage above all
            return Failed(type(error).__name__)  # and not its words: they may quote what was sent

    def _ask(self, question: Question) -> Said | Failed:
        model = self._library.GenerativeModel(self.name, system_instruction=question.prompt)
        response = model.generate_content(
            question.content,
            generation_config={
                "temperature": 0,
                "max_output_tokens": _MOST_TOKENS,
                "response_mime_type": "application/json",
                "response_schema": question.schema,
            },
            request_options={"timeout": self.seconds, "retry": None},
        )
        tokens = int(response.usage_metadata.total_token_count) if response.usage_metadata else None
        return Said(json.loads(response.text), tokens)

    @cached_property
    def _library(self) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # its successor is announced at each import
            library: Any = importlib.import_module("google.generativeai")  # heavy, and of use with a key only
        options = {"api_endpoint": self.endpoint.rstrip("/")} if self.endpoint else None
        library.configure(api_key=self.key, transport="rest", client_options=options)
        return library
