#!/usr/bin/env bash
# Installs the Debian package where nothing is, uses it as an ordinary user without a network, removes it.
#
#   bash packaging/try_installed.sh PACKAGE.deb
#
# 1. A clean Debian 12 is made from this machine's own package sources, with what the package depends on
#    and recommends, and with no Python.
# 2. The package is installed by dpkg, which fetches nothing.
# 3. The whole system is made read-only. As a user without rights, in a network of its own with only `lo`,
#    `cport demo --headless` runs, and the window opens on its vault (the screen is an Xvfb outside, and is
#    pictured into build/try-installed.png).
# 4. A bundle is made of the same release under the next number, signed with the demo's keys; the user applies
#    it as an update, runs it, and goes back.
# 5. The package is removed; nothing may remain but what the user's own folder holds.
#
# Needs root, mmdebstrap, Xvfb, xwininfo, iproute2 and the project's .venv. All lies in build/try-installed,
# which is removed at the end.
set -euo pipefail
cd "$(dirname "$0")/.."

package=$(realpath "${1:?the package is missing}")
work=$PWD/build/try-installed
root=$work/root
home=$work/home
screen=97
user=4242 # an ordinary one; no such number is given by Debian itself

say() { printf '== %s\n' "$*"; }
fail() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}

need() {
    local name
    [ -f "$package" ] || fail "there is no $package: make package"
    [ "$(id -u)" = 0 ] || fail "root is needed to make a clean system"
    for name in mmdebstrap Xvfb xwininfo ip unshare nsenter; do
        command -v "$name" >/dev/null || fail "$name is not installed here:" \
            "apt-get install mmdebstrap xvfb x11-utils iproute2 util-linux"
    done
}

# Only what we started: the screen and the machine, by their numbers.
tidy() {
    local status=$?
    touch "$home/analyst/close" 2>/dev/null || true
    [ -z "${session:-}" ] || kill "$session" 2>/dev/null || true
    [ -z "${xvfb:-}" ] || kill "$xvfb" 2>/dev/null || true
    wait 2>/dev/null || true
    if [ "$status" = 0 ] || [ -z "${KEEP:-}" ]; then rm -rf --one-file-system "$work"; fi
    exit "$status"
}

# The first of each `a | b`, without versions.
names_in() { dpkg-deb -f "$package" "$1" | tr ',' '\n' | sed 's/|.*//; s/(.*//; s/ //g' | grep . | paste -sd,; }

make_clean_root() {
    say "a clean Debian, with $(names_in Depends),$(names_in Recommends)"
    local sources=/etc/apt/sources.list.d/debian.sources
    [ -e "$sources" ] || sources=/etc/apt/sources.list
    mkdir -p "$work"
    mmdebstrap --quiet --variant=minbase --include="$(names_in Depends),$(names_in Recommends)" \
        bookworm "$root" "$sources" || fail "the clean system could not be made"
    local python
    python=$(find "$root" -name 'python[0-9]*' -o -name 'libpython*' | head -3)
    [ -z "$python" ] || fail "the clean system is not without Python: $python"
    chroot "$root" useradd --uid "$user" --no-create-home --home-dir /home/analyst analyst
    mkdir -p "$home/analyst" "$root/home"
    chown "$user:$user" "$home/analyst"
}

# Each thing in the system but dpkg's own books; times of folders do not count, what lies in them does.
things() {
    find "$root" -xdev -mindepth 1 \( -path "$root/var/lib/dpkg" -o -path "$root/var/log/dpkg.log" \) -prune \
        -o \( -type d -printf '%P d %m %U\n' -o -printf '%P %y %m %U %s %T@ %l\n' \) | LC_ALL=C sort
}

install_package() {
    say "installing $(basename "$package")"
    cp "$package" "$root/package.deb"
    chroot "$root" dpkg --install /package.deb >"$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log" >&2; fail "dpkg"; }
    rm "$root/package.deb"
    chroot "$root" dpkg --verify cport-desktop | grep . && fail "files differ from what was packed"
    local loose
    # What is loaded by name: modules and plug-ins. What lies beside a library is found by whoever loads both.
    # shellcheck disable=SC2016
    loose=$(chroot "$root" sh -c 'find /usr/lib/cport-desktop -type f \( -name "*.so" -o -path "*/runtime/bin/*" \) |
        while read -r file; do ldd "$file" 2>/dev/null | sed -n "s|^\t\(.*\) => not found|\1|p"; done | sort -u')
    [ -z "$loose" ] || fail "libraries that neither the package nor its dependencies have: $loose"
}

# Runs packaging/installed_session.sh PART in the installed system as the user.
on_the_machine() {
    cp packaging/installed_session.sh packaging/installed_machine.sh "$work/"
    unshare --mount --net --pid --fork --ipc --uts --kill-child \
        sh "$work/installed_machine.sh" "$root" "$home" "$work/installed_session.sh" "$user" "$@"
}

open_screen() {
    mkdir -p "$work/screen"
    Xvfb ":$screen" -screen 0 1366x768x24 -nolisten tcp -ac -fbdir "$work/screen" 2>/dev/null &
    xvfb=$!
    for _ in $(seq 50); do
        [ -S "/tmp/.X11-unix/X$screen" ] && return 0
        sleep 0.2
    done
    fail "the screen did not open"
}

# Waits for a window whose title holds $1, then pictures the screen.
see_window() {
    for _ in $(seq 150); do
        if xwininfo -display ":$screen" -root -tree | grep -q "$1"; then
            sleep 3
            .venv/bin/python packaging/screen_picture.py "$work/screen/Xvfb_screen0" "build/$2" ||
                fail "the window is empty: build/$2"
            return 0
        fi
        kill -0 "$session" 2>/dev/null || return 1
        sleep 0.4
    done
    return 1
}

try_window() {
    say "the window: $1"
    rm -f "$home/analyst/close"
    on_the_machine "$1" ":$screen" >"$work/window.log" 2>&1 &
    session=$!
    see_window "$2" "$3" || { cat "$work/window.log" >&2; fail "no window opened"; }
    touch "$home/analyst/close"
    wait "$session" || { cat "$work/window.log" >&2; fail "the window did not close as it should"; }
    session=
    cat "$work/window.log"
}

make_bundle() {
    local version archive
    version=$(cat "$root/usr/lib/cport-desktop/VERSION").1
    say "a bundle with version $version"
    archive=$(.venv/bin/python packaging/next_version.py "$root/usr/lib/cport-desktop" "$version" "$work/next")
    .venv/bin/python packaging/build_bundle.py --keys demo --number 1 --application "$archive" "$version" \
        --out "$home/analyst/trial.update"
}

try_update() {
    make_bundle || fail "no bundle could be made"
    say "updating from it, and going back"
    on_the_machine update || fail "updating"
    rm "$home/analyst/trial.update"
}

remove_package() {
    say "removing"
    chroot "$root" dpkg --purge cport-desktop >"$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log" >&2; fail "dpkg --purge"; }
    chroot "$root" dpkg-query --show cport-desktop >/dev/null 2>&1 && fail "dpkg still knows it"
    things >"$work/after"
    diff "$work/before" "$work/after" || fail "not as it was before"
    local strange
    # The last is the cache of the system's fontconfig, which any window has there.
    strange=$(cd "$home/analyst" && find . -mindepth 1 ! -path './demo*' ! -path './.local' \
        ! -path './.local/state' ! -path './.local/state/cport-desktop*' \
        ! -path './.local/share' ! -path './.local/share/cport-desktop*' ! -name close \
        ! -path './.cache' ! -path './.cache/fontconfig*')
    [ -z "$strange" ] || fail "in the user's folder, where nothing was asked for: $strange"
    chroot "$root" find / -xdev -uid "$user" -not -path '/home/*' | grep . && fail "the user's files outside the user's folder"
    say "nothing remains outside the user's folder"
}

need
trap tidy EXIT
rm -rf --one-file-system "$work"
make_clean_root
things >"$work/before"
install_package
say "without a network, on a read-only system, as a user without rights"
on_the_machine work || fail "the command line"
open_screen
try_window unlock "CPORT Desktop" try-installed-unlock.png
try_window window "SYNTHETIC" try-installed.png
try_update
remove_package
say "the package installs, works and goes as it should"
