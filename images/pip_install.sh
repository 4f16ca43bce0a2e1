#!/bin/sh
# Install into the environment of PYTHON what the arguments name, by the locked pip (a base image's own may be too old to
# read a lock), as the machine that builds says: its pip.conf and its list of certificate issuers may come as secrets.
# Neither they nor the locked pip stay in the image.
set -eu

PYTHON=${PYTHON:-python3}
BOOTSTRAP=${TMPDIR:-/tmp}/bootstrap
if [ -s /run/secrets/ca ]; then PIP_CERT=/run/secrets/ca; export PIP_CERT; fi
if [ -s /run/secrets/pip-conf ]; then PIP_CONFIG_FILE=/run/secrets/pip-conf; export PIP_CONFIG_FILE; fi
export PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PIP_NO_INPUT=1

"$PYTHON" -m pip install --quiet --target "$BOOTSTRAP" --require-hashes -r scripts/bootstrap.txt
PYTHONPATH=$BOOTSTRAP "$PYTHON" -m pip install --quiet "$@"
rm -rf "$BOOTSTRAP"
