"""The first minute on a fresh machine."""

import shutil
import stat
import subprocess
from pathlib import Path

import find_browser
import pytest

ROOT = Path(__file__).parent.parent.parent
TOOLS = ("cat", "chmod", "cksum", "cp", "dirname", "id", "mkdir", "rm")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What setup.sh looks at, and a PATH with the plainest tools only."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    for name in ("requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    return tmp_path


def program(folder: Path, name: str, code: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{code}\n")
    (folder / name).chmod(0o755)


def setup(checkout: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "scripts/setup.sh"],
        cwd=checkout,
        env={"PATH": str(checkout / "bin"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_machine_without_a_fit_python_is_told_so_in_one_line(checkout: Path) -> None:
    program(checkout / "bin", "python3", "exit 1")  # one that is too old says so by its exit code
    said = setup(checkout)
    assert said.returncode == 1
    assert said.stderr.splitlines() == [
        "setup: no Python 3.11, 3.12 or 3.13 found; install one, or name it: make env PYTHON=/path/to/python3.12"
    ]


def test_a_python_that_cannot_make_environments_is_told_so_in_one_line(checkout: Path) -> None:
    # Debian's python3 without python3-venv, for a user who may not install it.
    program(checkout / "bin", "python3", 'case "$*" in *venv*) exit 1;; *version_info*) echo 3.12;; esac')
    said = setup(checkout)
    assert said.returncode == 1
    assert said.stderr.splitlines()[-1].endswith("run: sudo apt-get install python3.12-venv")


# Stands in for Python and for what it installs: it notes each call, and "makes" what the call would make.
FAKE_PYTHON = """
echo "$*" >> calls
case "$*" in
*"-m venv"*) mkdir -p .venv/bin && cp bin/python3 .venv/bin/python;;
*"--target"*) mkdir -p .venv/bootstrap/bin && printf '#!/bin/sh\\necho uv "$*" >> calls\\n' > .venv/bootstrap/bin/uv
    chmod +x .venv/bootstrap/bin/uv;;
esac
"""


def test_a_second_call_does_nothing_until_a_lock_changes(checkout: Path) -> None:
    program(checkout / "bin", "python3", FAKE_PYTHON)

    def calls_of_setup() -> str:
        (checkout / "calls").write_text("")
        assert setup(checkout).returncode == 0
        return (checkout / "calls").read_text()

    first = calls_of_setup()
    assert "--require-hashes -r scripts/bootstrap.txt" in first
    assert "uv pip sync --quiet --python .venv/bin/python --require-hashes requirements.txt" in first
    assert "scripts/find_browser.py" in first
    assert calls_of_setup() == ""
    with (checkout / "requirements.txt").open("a") as lock:
        lock.write("# another\n")
    assert "uv pip sync" in calls_of_setup()


def test_a_browser_that_does_not_start_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    program(tmp_path, "chromedriver", "exit 0")
    program(tmp_path, "chromium", "echo 'install it from the store' >&2; exit 1")
    assert find_browser.installed() is None
    program(tmp_path, "chromium", "echo Chromium 140")
    assert find_browser.installed() == str(tmp_path / "chromium")


def test_a_browser_without_its_driver_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    program(tmp_path, "chromium", "echo Chromium 140")
    assert find_browser.installed() is None


def test_without_a_browser_one_line_says_so_and_all_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(find_browser, "_MANAGER", "raise SystemExit('no network')")
    assert find_browser.main() == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("Browser route is off")


def test_what_ci_calls_can_be_called() -> None:
    for script in (".ci/run", "scripts/setup.sh", "scripts/lock.sh"):
        assert (ROOT / script).stat().st_mode & stat.S_IXUSR, script
