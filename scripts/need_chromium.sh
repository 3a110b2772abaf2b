#!/bin/sh
# Make sure that a system Chromium is there: find it, else install Debian's package, else say what to do and fail.
set -eu

found() {
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

found && exit 0

as_root=none
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" -eq 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    fi
fi
if [ "$as_root" != none ]; then
    echo "Installing Chromium for the browser tests (Debian packages chromium, fonts-liberation, fonts-dejavu-core) …"
    $as_root apt-get update -qq </dev/null
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium fonts-liberation fonts-dejavu-core </dev/null >/dev/null
fi

found && exit 0
echo "The browser tests need Chromium: install chromium, chromium-browser or google-chrome so that it is on PATH." >&2
exit 1
