"""Write docs/data-dictionary.md from the comments of a freshly migrated database."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from vitality_lib.settings import load
from vitality_lib.store import dictionary, migrate
from vitality_lib.store.address import available
from vitality_lib.store.database import connect

PAGE = Path(__file__).parent.parent / "docs" / "data-dictionary.md"


async def main() -> None:
    with tempfile.TemporaryDirectory(prefix="vitality-") as home:
        settings = load(home=Path(home))
        with available(settings) as url:
            migrate.upgrade(url)
            async with connect(settings) as database, database.transaction() as connection:
                PAGE.write_text(await dictionary.markdown(connection), encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    asyncio.run(main())
