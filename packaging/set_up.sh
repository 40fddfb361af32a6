#!/usr/bin/env bash
# Makes .venv from the locked packages. Safe to repeat; a half-made environment is made anew.
# What is missing on the system is named exactly; as root on Debian it is installed.
set -euo pipefail
cd "$(dirname "$0")/.."

# Debian package of every file that must exist: Qt's own platform plugins and its offscreen
# one link to these libraries; g++ and the headers build pdqhash, which comes as source only.
library_packages=(
    "libGL.so.1 libgl1" "libEGL.so.1 libegl1" "libxkbcommon.so.0 libxkbcommon0"
    "libxkbcommon-x11.so.0 libxkbcommon-x11-0" "libxcb-cursor.so.0 libxcb-cursor0"
    "libxcb-icccm.so.4 libxcb-icccm4" "libxcb-image.so.0 libxcb-image0"
    "libxcb-keysyms.so.1 libxcb-keysyms1" "libxcb-randr.so.0 libxcb-randr0"
    "libxcb-render-util.so.0 libxcb-render-util0" "libxcb-shape.so.0 libxcb-shape0"
    "libxcb-xkb.so.1 libxcb-xkb1" "libdbus-1.so.3 libdbus-1-3"
    "libfontconfig.so.1 libfontconfig1" "libfreetype.so.6 libfreetype6"
    "libglib-2.0.so.0 libglib2.0-0"
)

find_python() {
    local name
    for name in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
        "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null \
            && { echo "$name"; return 0; }
    done
    return 1
}

missing_packages() {
    local known line python
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
    for line in "${library_packages[@]}"; do
        [[ "$known" == *"${line%% *}"* ]] || echo "${line##* }"
    done
    command -v g++ >/dev/null 2>&1 || echo g++
    if python=$(find_python); then
        "$python" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
        "$python" -c 'import sysconfig, pathlib, sys; sys.exit(not pathlib.Path(sysconfig.get_path("include"), "Python.h").exists())' \
            || echo python3-dev
    else
        echo python3 python3-venv python3-dev
    fi
}

install_missing() {
    local missing
    missing=$(missing_packages | xargs)
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing what is missing on this system: $missing"
        apt-get update -qq
        # shellcheck disable=SC2086 - one word a package
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
        return 0
    fi
    echo "This system lacks: $missing" >&2
    echo "Install it (as an administrator, on Debian or Ubuntu: apt-get install $missing) and run this again." >&2
    exit 1
}

# Says nothing unless it fails: an installer's warnings are no news to a newcomer.
quietly() {
    local log=.venv/set_up.log
    "$@" >>"$log" 2>&1 || { cat "$log" >&2; echo "Setting up failed: $*" >&2; exit 1; }
}

make_environment() {
    local python
    python=$(find_python) || { echo "Python 3.11, 3.12 or 3.13 is needed and was not found." >&2; exit 1; }
    echo "Setting up .venv with $("$python" --version) (about a minute, once)"
    rm -rf .venv
    "$python" -m venv .venv
    quietly .venv/bin/pip install --require-hashes -r packaging/locks/build.txt
    # Build isolation would fetch build tools that no hash vouches for.
    quietly .venv/bin/pip install --require-hashes --no-build-isolation -r packaging/locks/dev.txt
    quietly .venv/bin/pip install --no-build-isolation --no-deps --no-index -e .
    touch .venv/.ready
}

install_missing
make_environment
