#!/bin/sh
# Make the environment in .venv, with every dependency at its locked version, and find a browser.
# Needs Python 3.11 to 3.13 (PYTHON=... chooses one). A second call takes less than a second.
set -eu

cd "$(dirname "$0")/.."
VENV=.venv
STAMP=$VENV/made-from
BOOTSTRAP=$VENV/bootstrap

say() { printf '%s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

main() {
    wanted=$(fingerprint)
    if [ "$(cat "$STAMP" 2>/dev/null || true)" = "$wanted" ] && [ -x "$VENV/bin/python" ]; then
        return
    fi
    rm -f "$STAMP"
    make_venv
    say "Installing the locked dependencies (once; one to three minutes)"
    install_locked
    "$VENV/bin/python" scripts/find_browser.py
    printf '%s\n' "$wanted" >"$STAMP"
}

fingerprint() {
    cat requirements.txt pyproject.toml scripts/bootstrap.txt scripts/setup.sh | cksum
    pwd
}

# --- Python ---------------------------------------------------------------------------------------------------------

make_venv() {
    if usable "$VENV/bin/python"; then
        return
    fi
    python=$(find_python) || fail "no Python 3.11, 3.12 or 3.13 found; install one, or name it: make env PYTHON=/path/to/python3.12"
    say "Making $VENV with $("$python" --version) ($python)"
    if ! "$python" -m venv --clear "$VENV" >"${TMPDIR:-/tmp}/vitality-venv.$$" 2>&1; then
        # Debian and Ubuntu keep a part of Python's own library in a package of its own.
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        apt_install "python$version-venv" || apt_install python3-venv ||
            fail "$python cannot make environments; run: sudo apt-get install python$version-venv"
        "$python" -m venv --clear "$VENV" || fail "$python cannot make an environment in $VENV"
    fi
    rm -f "${TMPDIR:-/tmp}/vitality-venv.$$"
}

find_python() {
    for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3; do
        if [ -n "$candidate" ] && usable "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

usable() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

apt_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    as_root apt-get -qq update >/dev/null 2>&1 && as_root apt-get -qq install -y "$@" >/dev/null 2>&1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@" </dev/null
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo -n env DEBIAN_FRONTEND=noninteractive "$@" </dev/null
    else
        return 1
    fi
}

# --- packages -------------------------------------------------------------------------------------------------------

install_locked() {
    "$VENV/bin/python" -m pip --version >/dev/null 2>&1 || "$VENV/bin/python" -m ensurepip >/dev/null
    rm -rf "$BOOTSTRAP"
    pip_install --target "$BOOTSTRAP" --require-hashes -r scripts/bootstrap.txt ||
        fail "nothing can be installed here; the lines above say why"
    by_uv || by_pip || fail "the dependencies could not be installed; the lines above say why"
}

by_uv() {
    # uv brings its own list of certificate issuers; behind a company's proxy only the machine's list will do.
    uv_install 2>"$VENV/uv-said" || (export UV_SYSTEM_CERTS=true && uv_install)
}

uv_install() {
    "$BOOTSTRAP/bin/uv" pip sync --quiet --python "$VENV/bin/python" --require-hashes requirements.txt &&
        PYTHONPATH=$BOOTSTRAP "$BOOTSTRAP/bin/uv" pip install --quiet --python "$VENV/bin/python" \
            --no-build-isolation --no-deps -e .
}

# Where an index is known to pip alone. The environment's own pip may be too old to read the lock.
by_pip() (
    say "uv does not do here: pip does it, which takes longer"
    export PYTHONPATH="$BOOTSTRAP"
    pip_install --require-hashes -r requirements.txt && pip_install --no-build-isolation --no-deps -e .
)

pip_install() {
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input "$@"
}

main
