"""What `make run` can be asked for."""

from __future__ import annotations

import argparse
import secrets
from dataclasses import dataclass
from typing import NoReturn


@dataclass(frozen=True)
class Options:
    """The answers. `at_most` 0: no limit; `names` empty: all dioceses. `failing` percent of the
    sample web's answers fail, drawn with `seed`.
    """

    sample: bool
    port: int
    names: tuple[str, ...]
    at_most: int
    keep: bool
    force: bool
    failing: int = 0
    seed: int = 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def read_options() -> Options:
    """The options of the command line; ends the process with one line and exit code 2 when they are wrong."""
    parser = _Parser(prog="make run", description="All five stages in Airflow on this machine.")
    parser.add_argument("--web", choices=("sample", "live"), default="sample")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--dioceses", default="", help="a number, or names separated by semicolons")
    parser.add_argument("--keep", default="", help="1: leave the UI up")
    parser.add_argument("--force", default="", help="1: visit what is not due yet, too (0 for WEB=live)")
    parser.add_argument("--failing", default="", help="percent of the sample web's answers that shall fail")
    parser.add_argument("--seed", default="", help="a number that decides which ones; empty: any")
    given = parser.parse_args()
    sample, dioceses = given.web == "sample", given.dioceses.strip()
    if not 0 < given.port < 65536:
        parser.error(f"PORT={given.port} is no port")
    if dioceses.startswith("-") or dioceses == "0":
        parser.error(f"DIOCESES={dioceses} is neither a number from 1 up nor a name")
    failing = given.failing.strip().removesuffix("%") or "0"
    if not failing.isdigit() or int(failing) > 100:
        parser.error(f"FAILING={given.failing} is no percentage from 0 to 100")
    if int(failing) and not sample:
        parser.error(f"FAILING={given.failing} is for the sample web: the real one fails by itself")
    if not given.seed.strip().isdigit() and given.seed.strip():
        parser.error(f"SEED={given.seed} is no number from 0 up")
    names = () if dioceses.isdigit() else tuple(filter(None, map(str.strip, dioceses.split(";"))))
    return Options(
        sample=sample,
        port=given.port,
        names=names,
        at_most=int(dioceses) if dioceses.isdigit() else 0,
        keep=_yes(given.keep, otherwise=False),
        force=_yes(given.force, otherwise=sample),
        failing=int(failing),
        seed=int(given.seed) if given.seed.strip() else secrets.randbelow(10_000) if int(failing) else 0,
    )


def _yes(text: str, *, otherwise: bool) -> bool:
    return text.strip().lower() not in {"0", "no", "false", "off"} if text.strip() else otherwise
