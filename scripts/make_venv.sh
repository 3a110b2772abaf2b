#!/bin/sh
# Make the virtual environment $VENV with $PYTHON, unless a working one is there.
set -eu

if ! version=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null); then
    echo "$PYTHON: no such Python. détente needs Python 3.11 to 3.14. Name one: make setup PYTHON=python3.12" >&2
    exit 1
fi
case "$version" in
3.11 | 3.12 | 3.13 | 3.14) ;;
*)
    echo "$PYTHON: is Python $version. détente needs Python 3.11 to 3.14. Name one: make setup PYTHON=python3.12" >&2
    exit 1
    ;;
esac

if "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi
if ! "$PYTHON" -m venv --clear "$VENV"; then
    echo "$PYTHON: cannot make a virtual environment. Install its venv module (on Debian: python3-venv) and repeat." >&2
    exit 1
fi
