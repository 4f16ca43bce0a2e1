"""`make docs`: write the generated pages of docs/: the settings, the data dictionary, the platforms, the exports."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

import exports_page
import platforms_page
import settings_page

from vitality_lib.settings import load
from vitality_lib.store import dictionary, migrate
from vitality_lib.store.address import available
from vitality_lib.store.database import connect

DOCS = Path(__file__).parent.parent / "docs"


def main() -> int:
    pages = {
        "settings.md": settings_page.markdown(),
        "data-dictionary.md": asyncio.run(data_dictionary()),
        "platforms.md": platforms_page.markdown(),
        "exports.md": exports_page.markdown((DOCS / "exports.md").read_text(encoding="utf-8")),
    }
    for name, text in pages.items():
        (DOCS / name).write_text(text, encoding="utf-8")
        print(f"docs/{name}")
    return 0


async def data_dictionary() -> str:
    """The data dictionary, from the comments in a database of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="vitality-") as home:
        settings = load(home=Path(home), database_url="")
        with available(settings) as url:
            migrate.upgrade(url)
            async with connect(settings) as database, database.transaction() as connection:
                return await dictionary.markdown(connection)


if __name__ == "__main__":
    sys.exit(main())
