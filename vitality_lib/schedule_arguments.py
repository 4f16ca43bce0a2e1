"""The arguments of the `vitality` commands about schedules."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Coroutine
from datetime import date
from pathlib import Path
from typing import Any

from vitality_lib.settings import Settings

COMMANDS = ("schedule", "changes", "correct")
Adding = Callable[[argparse._ActionsContainer], None]
_PARISH = "its number or its name"


def command(given: argparse.Namespace, chosen: Settings) -> Coroutine[None, None, int]:
    """The work of one of `COMMANDS`."""
    from vitality_lib import schedule_commands  # noqa: PLC0415 - no other command waits for it

    if given.command == "schedule":
        return schedule_commands.schedule(chosen, given.parish, given.on, as_json=given.as_json)
    if given.command == "changes":
        asked = schedule_commands.Asked(given.diocese, given.parish, given.since)
        return schedule_commands.changes(chosen, asked, as_json=given.as_json, atom=given.atom)
    return schedule_commands.correct(chosen, given.action, **_of_correction(given))


def _of_correction(given: argparse.Namespace) -> dict[str, Any]:
    if given.action in {"add", "change", "remove"}:
        from vitality_lib.schedule_commands import Wanted  # noqa: PLC0415 - as above

        wrong, right = getattr(given, "wrong", ""), getattr(given, "right", "")
        return {"wanted": [Wanted(given.parish, wrong, right, given.why, given.by, given.expires)]}
    names = ("number", "file", "parish", "by", "as_json")
    return {name: value for name, value in vars(given).items() if name in names}


def add(commands: Any, *, number: Callable[[str], int], add_json: Adding, add_by: Adding) -> None:
    """Add the commands to the parser's; what they share with others is given."""
    schedule = commands.add_parser(
        "schedule", help="what takes place in a parish, in plain English, and whence we know"
    )
    schedule.add_argument("parish", metavar="PARISH", help=_PARISH)
    schedule.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="as published on that day (default: today)")
    add_json(schedule)
    changes = commands.add_parser("changes", help="what changed in schedules: a table, JSON or an Atom feed")
    whose = changes.add_mutually_exclusive_group()
    whose.add_argument("--diocese", default="", metavar="NAME", help="of this diocese only")
    whose.add_argument("--parish", default="", metavar="PARISH", help=f"of this parish only: {_PARISH}")
    changes.add_argument(
        "--since", default="7d", metavar="DATE", help="since a day YYYY-MM-DD, or so many days (default: %(default)s)"
    )
    form = changes.add_mutually_exclusive_group()
    add_json(form)
    form.add_argument("--atom", type=Path, metavar="FILE", help="write an Atom feed; - for standard output")
    _add_correct(commands, number=number, add_json=add_json, add_by=add_by)


def _add_correct(commands: Any, *, number: Callable[[str], int], add_json: Adding, add_by: Adding) -> None:
    correct = commands.add_parser(
        "correct",
        help="schedules that you know better: add, change, remove, list, withdraw, import",
        description="What a parish really does when, on a person's word, in the plain English of `vitality schedule`.",
    ).add_subparsers(dest="action", metavar="ACTION", required=True)
    for action, told, sides in (
        ("add", "a service that the pages do not state", ("right",)),
        ("change", "a service that is stated wrongly", ("wrong", "right")),
        ("remove", "a service that does not take place", ("wrong",)),
    ):
        one = correct.add_parser(action, help=told)
        one.add_argument("parish", metavar="PARISH", help=_PARISH)
        for side in sides:
            of = "as it is published" if side == "wrong" else "as it should be"
            one.add_argument(f"--{side}", required=True, metavar="WORDS", help=f"the service {of}, in plain English")
        one.add_argument("--why", required=True, help="why, in one line")
        one.add_argument("--expires", default="", metavar="YYYY-MM-DD", help="the day from which it counts no more")
        add_by(one)
    listed = correct.add_parser("list", help="what was corrected, and whether it is still needed")
    listed.add_argument("--parish", default="", metavar="PARISH", help=_PARISH)
    add_json(listed)
    gone = correct.add_parser("withdraw", help="let the pages speak again")
    gone.add_argument("number", type=number, metavar="NUMBER", help="its number, from `vitality correct list`")
    many = correct.add_parser("import", help="correct many: a CSV file, all of it or nothing")
    many.add_argument("file", type=Path, metavar="FILE", help="CSV: parish, wrong, right, why, by, expires")
    add_by(many)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it YYYY-MM-DD") from None
