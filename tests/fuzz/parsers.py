"""Every parser of foreign bytes that we have, by name."""

from __future__ import annotations

from foreign import Parser
from foreign_pages import PAGES
from foreign_schedules import SCHEDULES
from foreign_web import WEB
from foreign_words import WORDS

PARSERS: dict[str, Parser] = {parser.name: parser for parser in (*WEB, *PAGES, *SCHEDULES, *WORDS)}
