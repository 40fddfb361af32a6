#!/usr/bin/env bash
# Resolve the dependencies anew for Python 3.11 to 3.13 and write them down with their hashes.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
.venv/bin/python -m venv "$tools"
"$tools/bin/pip" install --quiet uv
compile=("$tools/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header)
locks=packaging/locks
"${compile[@]}" pyproject.toml --upgrade -o "$locks/runtime.txt"
"${compile[@]}" pyproject.toml --extra dev -c "$locks/runtime.txt" -o "$locks/dev.txt"
"${compile[@]}" "$locks/build.in" -c "$locks/runtime.txt" -o "$locks/build.txt"
