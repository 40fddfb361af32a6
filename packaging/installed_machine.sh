#!/bin/sh
# The machine of packaging/try_installed.sh: run in name spaces of its own (unshare --mount --net --pid …).
#
#   installed_machine.sh ROOT HOMES SESSION USER PART [DISPLAY]
#
# ROOT becomes the whole file system, read-only; HOMES is its /home; only memory can be written beside it.
# The network has `lo` and nothing else. SESSION runs as USER. What it leaves in memory is told, and fails.
set -eu
root=$1 homes=$2 session=$3 user=$4
shift 4

mount --make-rprivate /
mount --bind "$root" "$root"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=1777 tmpfs "$root/var/tmp"
mount --bind "$homes" "$root/home"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for node in null zero full random urandom tty; do
    : >"$root/dev/$node"
    mount --bind "/dev/$node" "$root/dev/$node"
done
mkdir "$root/dev/shm" "$root/run/user" "$root/run/outside"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mkdir -m 700 "$root/run/user/$user"
chown "$user:$user" "$root/run/user/$user"
if [ -d /tmp/.X11-unix ]; then
    mkdir "$root/tmp/.X11-unix"
    mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
fi
cp "$session" "$root/run/session.sh"
ip link set lo up
mount -o remount,bind,ro "$root"

cd "$root"
pivot_root . .
umount -l .
if (: >/usr/written) 2>/dev/null; then
    echo "The system can be written to." >&2
    exit 1
fi
[ "$(grep -c : /proc/net/dev)" = 1 ] || {
    echo "There is more than one network device." >&2
    exit 1
}

status=0
setpriv --reuid "$user" --regid "$user" --clear-groups env -i HOME=/home/analyst USER=analyst LANG=C.UTF-8 \
    PATH=/usr/bin:/bin XDG_RUNTIME_DIR="/run/user/$user" sh /run/session.sh "$@" || status=$?

left=$(find /tmp /var/tmp /dev/shm "/run/user/$user" -mindepth 1 ! -path '/tmp/.X11-unix*')
[ -z "$left" ] || {
    echo "Left behind outside the user's folder: $left" >&2
    status=1
}
for process in /proc/[0-9]*; do
    if grep -q "^Uid:[[:space:]]*$user" "$process/status" 2>/dev/null; then
        echo "Still running: $(tr '\0' ' ' <"$process/cmdline")" >&2
        status=1
    fi
done
exit "$status"
