#!/bin/sh
# Renew requirements.lock: pins with every published hash, and no line that says where packages come from.
# The oldest supported Python resolves, because its versions also install on the newer ones.
set -eu

version=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
if [ "$version" != 3.11 ]; then
    echo "$PYTHON: is Python $version. The lock file is made with 3.11. Run: make lock PYTHON=python3.11" >&2
    exit 1
fi
"$PYTHON" -m venv build/lock
build/lock/bin/python -m pip install --quiet pip-tools
build/lock/bin/pip-compile --quiet --generate-hashes --all-extras --strip-extras --no-header "$@" \
    -o requirements.lock pyproject.toml
sed -e '/^--/d' -e '/./,$!d' requirements.lock >build/requirements.lock
mv build/requirements.lock requirements.lock
