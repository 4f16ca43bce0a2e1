"""Step 5: the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitality_lib.models import Outcome, Reason, Stage, UnitKind
from vitality_lib.store.ledger import Finished
from vitality_lib.units.work import Work, record
from vitality_lib.work import run_ledger

if TYPE_CHECKING:
    from vitality_lib.reports.report import Report


async def report(work: Work) -> Report:
    """What is known, how good it is and what changed, as one page and files."""
    from vitality_lib.reports.report import make_report  # noqa: PLC0415 - pandas: no other stage waits for it
    from vitality_lib.reports.storage import Windows  # noqa: PLC0415

    await run_ledger.begin(work.database, work.run, Stage.REPORTING, [], work.now)
    async with work.database.transaction() as connection:
        folder, web = work.settings.home / "reports", "sample" if work.settings.resolve else "live"
        made = await make_report(
            connection,
            run=work.run,
            folder=folder,
            now=work.now(),
            web=web,
            budget=work.settings.gemini_budget,
            windows=Windows(work.settings.keep_bodies_days, work.settings.keep_outcomes_days),
        )
        outcome = Outcome(Reason.OK, str(made.html))
        await record(work, connection, Finished(Stage.REPORTING, UnitKind.STAGE, 0, None, outcome, 1), changed=True)
    await run_ledger.end(work.database, work.run, Stage.REPORTING, work.now)
    return made
