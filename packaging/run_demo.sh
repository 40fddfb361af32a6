#!/usr/bin/env bash
# The main job on synthetic data: gateway, vault, sync, and the window; headless where there is
# no display. Everything is kept in .demo and made anew at each run.
set -euo pipefail
cd "$(dirname "$0")/.."

rm -rf .demo
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "No display found: running the same job headless. (With a display the window opens; try xvfb-run make demo.)"
    exec .venv/bin/cport demo --headless --keep .demo "$@"
fi
exec .venv/bin/cport demo --keep .demo "$@"
