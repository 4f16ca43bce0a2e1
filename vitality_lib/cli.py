"""The `vitality` command: arguments in, exit code out.

Exit codes: 0 done, 1 failed, 2 wrong usage, 75 try again later.
"""

from __future__ import annotations

import argparse
import asyncio
import getpass
import sys
from collections.abc import Coroutine, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

import structlog

from vitality_lib import __version__, logs, schedule_arguments, settings
from vitality_lib.exit_codes import FAILED, USAGE, Stop
from vitality_lib.harmless import lines_kept
from vitality_lib.models import Stage
from vitality_lib.reports.exports.formats import Format, end_of_day
from vitality_lib.secrecy import Secrets

_EPILOG = """environment: WORKER_TYPE, WORKER_ID, DATABASE_URL, MAX_PARISHES_PER_DIOCESE, NUM_PARISHES_FOR_SCHEDULE,
VITALITY_* (docs/settings.md has them all). Exit codes: 0 done, 1 failed, 2 wrong usage, 75 try again later."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message}\nTry: {self.prog} --help\n")


_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"  # a type only: at run time it takes no parameter


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = _build()
    given = list(sys.argv[1:] if argv is None else argv)
    secrets = Secrets()
    try:
        if not given and "worker_type" in settings.load().model_fields_set:
            given = ["worker"]  # a pod that is told its WORKER_TYPE needs no arguments
        arguments = parser.parse_args(given)
        if not arguments.command:
            parser.print_help()
            return USAGE
        if arguments.command == "inspect" and not arguments.files and not arguments.url:
            parser.error("inspect: name a FILE, - for standard input, or --url URL")
        chosen = _settings(arguments)
        secrets = Secrets.of(chosen)
        logs.configure(chosen)
        return _do(arguments, chosen)
    except settings.SettingsError as error:
        _say(secrets.masked(str(error)))
        return USAGE
    except Stop as stop:
        _say(secrets.masked(str(stop)))
        return stop.code
    except KeyboardInterrupt:
        return 130


def _do(given: argparse.Namespace, chosen: settings.Settings) -> int:
    try:
        return asyncio.run(_command(given, chosen))
    except (Stop, settings.SettingsError):
        raise
    except Exception:
        # Python's own traceback would quote what was at hand, passwords and pages too: the log tames and masks it.
        structlog.get_logger().exception("internal error, please report it")
        return FAILED


def _say(words: str) -> None:
    print(lines_kept(f"vitality: {words}"), file=sys.stderr)  # noqa: T201


# What a command runs is imported when it is asked for: none waits for what others need.


def _command(given: argparse.Namespace, chosen: settings.Settings) -> Coroutine[None, None, int]:
    match given.command:
        case "run" | "worker" | "reparse" | "report":
            return _crawling(given, chosen)
        case "inspect":
            from vitality_lib import inspection  # noqa: PLC0415

            return inspection.inspect(given.subject, given.files, given.url, chosen)
        case "review" | "override":
            return _deciding(given, chosen)
        case name if name in schedule_arguments.COMMANDS:
            return schedule_arguments.command(given, chosen)
        case _:
            return _looking(given, chosen)


def _crawling(given: argparse.Namespace, chosen: settings.Settings) -> Coroutine[None, None, int]:
    from vitality_lib import crawl_commands  # noqa: PLC0415

    match given.command:
        case "run":
            return crawl_commands.run(chosen, given.web)
        case "worker":
            return crawl_commands.worker(chosen, given.step)
        case "reparse":
            return crawl_commands.reparse(chosen, **_given(given, "publish", "schedules_only", "as_json"))
        case _:
            return crawl_commands.report(chosen)


def _deciding(given: argparse.Namespace, chosen: settings.Settings) -> Coroutine[None, None, int]:
    from vitality_lib import decision_commands  # noqa: PLC0415

    if given.command == "review":
        return decision_commands.review(chosen, given.action, **_given(given, "number", "by", "as_json"))
    if given.action == "set":
        named = decision_commands.Named(given.diocese, given.url, given.why, given.by, given.expires)
        return decision_commands.override(chosen, "set", named=[named])
    return decision_commands.override(chosen, given.action, **_given(given, "file", "diocese", "by", "as_json"))


def _looking(given: argparse.Namespace, chosen: settings.Settings) -> Coroutine[None, None, int]:
    from vitality_lib import commands  # noqa: PLC0415

    match given.command:
        case "export":
            return commands.export(chosen, given.format, given.output, given.first, given.days, as_of=given.as_of)
        case "metrics":
            return commands.show_metrics(chosen)
        case "directories":
            return commands.directories(chosen, as_json=given.as_json)
        case "db" if given.action == "prune":
            return commands.prune(chosen, dry_run=given.dry_run)
        case "db":
            return commands.upgrade_database(chosen)
        case _:
            return commands.alive(chosen) if given.alive else commands.status(chosen, as_json=given.as_json)


def _given(given: argparse.Namespace, *names: str) -> dict[str, Any]:
    return {name: value for name, value in vars(given).items() if name in names}


def _settings(arguments: argparse.Namespace) -> settings.Settings:
    given = vars(arguments)
    named = given.get("diocese") or ()
    names = () if isinstance(named, str) else tuple(named)  # an override is for one diocese, and chooses none
    return settings.load(
        worker_type=given.get("type"),
        dioceses=names or None,
        max_dioceses=given.get("dioceses"),
        force=True if given.get("force") else None,
    )


def _build() -> argparse.ArgumentParser:
    parser = _Parser(prog="vitality", description=__doc__.splitlines()[0] if __doc__ else "", epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"vitality {__version__}")
    commands_ = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_run(commands_)
    _add_worker(commands_)
    _add_inspect(commands_)
    _add_others(commands_)
    return parser


def _add_run(commands_: _Commands) -> None:
    run = commands_.add_parser(
        "run",
        help="all five stages here and now, with progress",
        description=(
            "Run all five stages in order, in this process, with progress. Needs no Airflow. "
            "Without DATABASE_URL an embedded PostgreSQL is started."
        ),
    )
    run.add_argument(
        "--web", choices=("sample", "live"), default="sample", help="the web to crawl (default: %(default)s)"
    )
    _add_dioceses(run)
    run.add_argument("--dioceses", type=_count, metavar="N", help="at most N dioceses")
    run.add_argument("--force", action="store_true", help="visit what is not due yet, too (sample: always)")


def _add_worker(commands_: _Commands) -> None:
    worker = commands_.add_parser(
        "worker",
        help="one stage, as a pod runs it",
        description=("Do the due work of one stage and end. Several workers share the work through the database."),
    )
    worker.add_argument(
        "--type", choices=[stage.value for stage in Stage], help="the stage (default: WORKER_TYPE, else all)"
    )
    worker.add_argument("--step", choices=("dioceses", "directories"), help="only this step of discovery")
    _add_dioceses(worker)
    worker.add_argument("--force", action="store_true", help="visit what is not due yet, too")


def _add_inspect(commands_: _Commands) -> None:
    inspect = commands_.add_parser(
        "inspect",
        help="what the readers see in a page",
        description=(
            "Read saved pages (or fetch one URL politely) and print one JSON object a line. Needs no database."
        ),
    )
    inspect.add_argument("subject", choices=("dioceses", "links", "directory", "schedule"))
    inspect.add_argument("files", nargs="*", metavar="FILE", help="saved pages or feeds; - for standard input")
    inspect.add_argument("--url", default="", help="the page's address; with no FILE it is fetched")


def _add_others(commands_: _Commands) -> None:
    _add_reparse(commands_)
    _add_export(commands_)
    commands_.add_parser("report", help="make the report now")
    status = commands_.add_parser("status", help="who is at work, what is due, how the last run ended")
    _add_json(status)
    status.add_argument(
        "--alive", action="store_true", help="only whether the worker on this host lives: exit code 0, else 1"
    )
    commands_.add_parser("metrics", help="the numbers that a monitoring system watches, as Prometheus reads them")
    directories = commands_.add_parser("directories", help="how each directory was read, and with how many requests")
    _add_json(directories)
    _add_review(commands_)
    _add_override(commands_)
    schedule_arguments.add(commands_, number=_count, add_json=_add_json, add_by=_add_by)
    db = commands_.add_parser("db", help="the database").add_subparsers(dest="action", metavar="ACTION", required=True)
    db.add_parser("upgrade", help="bring the schema to the newest version")
    old = db.add_parser(
        "prune",
        help="let go of what is old and needed by nothing",
        description=(
            "Delete what is older than VITALITY_KEEP_* say and needed by no fact, past or present, in small steps: it "
            "may run beside workers, be stopped and be begun again. The reporting stage does the same each time."
        ),
    )
    old.add_argument("--dry-run", action="store_true", help="only say what would go, and why")


def _add_reparse(commands_: _Commands) -> None:
    reparse = commands_.add_parser(
        "reparse",
        help="read the stored pages again, with no request to anybody: what would change",
        description=(
            "Read the stored pages with the readers of today and print what differs from what is published: + comes, "
            "- goes, ~ is otherwise. Nothing is published without --publish; what was never stored is left alone."
        ),
    )
    _add_dioceses(reparse)
    reparse.add_argument("--publish", action="store_true", help="publish exactly what is printed")
    reparse.add_argument("--schedules-only", action="store_true", help="leave the directories alone")
    _add_json(reparse)


def _add_export(commands_: _Commands) -> None:
    export = commands_.add_parser(
        "export",
        help="the published data as files, calendars among them",
        description=(
            "csv, json, geojson, parquet: all facts. ics: a calendar for each church and each diocese. jsonld: "
            "schema.org. osm: suggested service_times for OpenStreetMap; nothing is uploaded. occurrences: dated, as "
            "CSV. Each names its licence (CC0-1.0) and the moment that it speaks of; docs/exports.md has every field."
        ),
    )
    export.add_argument("format", choices=[form.value for form in Format])
    export.add_argument(
        "--output",
        type=Path,
        help="file to write (csv, parquet, ics: folder); default: standard output (csv, parquet: export/, "
        "ics: calendars/)",
    )
    export.add_argument(
        "--as-of",
        type=_moment,
        metavar="DATE",
        help="what was published at the end of that day (YYYY-MM-DD, UTC), or at that moment (ISO 8601)",
    )
    export.add_argument(
        "--from",
        type=_day,
        dest="first",
        metavar="YYYY-MM-DD",
        help="the first day that is told (default: that of the data, UTC)",
    )
    export.add_argument(
        "--days", type=_count, metavar="N", help="so many days are told (occurrences: 14, jsonld: 90, ics: 731)"
    )


def _add_review(commands_: _Commands) -> None:
    review = commands_.add_parser(
        "review",
        help="readings of a directory that were held back: list, show, accept, reject",
        description="A reading that differs too much from what is published waits here for a person's decision.",
    ).add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_json(review.add_parser("list", help="what waits for a decision"))
    for action, told in (
        ("show", "what accepting it would change"),
        ("accept", "publish it as it stands"),
        ("reject", "keep what is published"),
    ):
        one = review.add_parser(action, help=told)
        one.add_argument("number", type=_count, metavar="REVIEW", help="its number, from `vitality review list`")
        if action != "show":
            _add_by(one)


def _add_override(commands_: _Commands) -> None:
    override = commands_.add_parser(
        "override",
        help="directories that you know better: list, set, remove, import",
        description="Where a diocese keeps its directory, on a person's word: it wins over discovery.",
    ).add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_json(override.add_parser("list", help="the directories that people named"))
    one = override.add_parser("set", help="name the directory of a diocese")
    one.add_argument("diocese", metavar="DIOCESE", help="its name, as the list of dioceses has it")
    one.add_argument("url", metavar="URL", help="the address of its directory")
    one.add_argument("--why", required=True, help="why, in one line")
    one.add_argument("--expires", default="", metavar="YYYY-MM-DD", help="the day from which it counts no more")
    _add_by(one)
    gone = override.add_parser("remove", help="let discovery choose again")
    gone.add_argument("diocese", metavar="DIOCESE", help="its name")
    many = override.add_parser("import", help="name many: a CSV file, all of it or nothing")
    many.add_argument("file", type=Path, metavar="FILE", help="CSV with the columns diocese, url, why, by, expires")
    _add_by(many)


def _add_json(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", dest="as_json", help="as JSON")


def _add_by(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--by", default=_me(), metavar="NAME", help="who decides (default: you, %(default)s)")


def _me() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a pod may run as a number without a name
        return "somebody"


def _add_dioceses(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--diocese", nargs="+", action="extend", metavar="NAME", help="only these dioceses")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write YYYY-MM-DD") from None


def _moment(text: str) -> datetime:
    """The last moment of a day, or a moment; one that names no offset is UTC."""
    try:
        return end_of_day(date.fromisoformat(text))
    except ValueError:
        pass
    except OverflowError:  # the last day of all
        raise argparse.ArgumentTypeError(f"{text!r} is out of reach") from None
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(
            f"{text!r} is neither a day nor a moment: write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS+00:00"
        ) from None


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 up")
    return int(text)
