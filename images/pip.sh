#!/bin/sh
# `pip ARGUMENTS` for the environment of PYTHON, by the locked pip: a base image's own may be too old to read a lock.
# The pip.conf of the machine that builds and its list of certificate issuers may come as secrets. Neither they nor the
# locked pip stay in the image.
set -eu

PYTHON=${PYTHON:-python3}
BOOTSTRAP=${TMPDIR:-/tmp}/bootstrap
trap 'rm -rf "$BOOTSTRAP"' EXIT
if [ -s /run/secrets/ca ]; then export PIP_CERT=/run/secrets/ca; fi
if [ -s /run/secrets/pip-conf ]; then export PIP_CONFIG_FILE=/run/secrets/pip-conf; fi
export PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PIP_NO_INPUT=1 PIP_QUIET=1

"$PYTHON" -m pip install --target "$BOOTSTRAP" --require-hashes -r "$(dirname "$0")/../scripts/bootstrap.txt"
PYTHONPATH=$BOOTSTRAP "$PYTHON" -m pip "$@"
