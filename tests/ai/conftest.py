"""The service on loopback, and settings that lead to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gemini_service import KEY, Gemini, serving
from pydantic import SecretStr

from vitality_lib.settings import Settings


@pytest.fixture
def gemini() -> Iterator[Gemini]:
    with serving() as service:
        yield service


@pytest.fixture
def ai_settings(database_settings: Settings, gemini: Gemini) -> Settings:
    """Settings with a key, that lead to the service on loopback."""
    asked = {"gemini_api_key": SecretStr(KEY), "gemini_url": gemini.url, "timeout_seconds": 1.0}
    return database_settings.model_copy(update=asked)
