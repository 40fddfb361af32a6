# What both launchers share: where this release lies, which version is to run, what it must not hear.
# POSIX sh; sourced by build_tree into each launcher, so that one file is all that is started.

say() { printf '%s\n' "$*" >&2; }

# The folder of the release, however the launcher was named: by a link, with blanks, from anywhere.
place_of() {
    file=$1
    while [ -h "$file" ]; do
        target=$(readlink "$file") || return 1
        case $target in
            /*) file=$target ;;
            *) file=$(dirname -- "$file")/$target ;;
        esac
    done
    (CDPATH='' cd -- "$(dirname -- "$file")/.." && pwd -P)
}

# Whether version $1 comes after $2: numbers between dots, compared one by one.
is_newer() {
    left=$1. right=$2.
    while [ -n "$left" ] || [ -n "$right" ]; do
        a=${left%%.*} b=${right%%.*}
        left=${left#*.} right=${right#*.}
        [ "${a:-0}" -gt "${b:-0}" ] 2>/dev/null && return 0
        [ "${a:-0}" -eq "${b:-0}" ] 2>/dev/null || return 1
    done
    return 1
}

# An update that an ordinary user applied lies in the user's data folder and is named in `current`
# (docs/adr/0057-a-tree-of-our-own.md). What was installed is the floor: it runs where there is none, where the
# update is older, and where it is not whole.
chosen_over() {
    [ -z "${CPORT_FLOOR:-}" ] || return 1
    updates=${XDG_DATA_HOME:-${HOME:-}/.local/share}/cport-desktop/versions
    [ -f "$updates/../current" ] || return 1
    IFS= read -r version <"$updates/../current" || [ -n "$version" ] || return 1
    case $version in
        '' | .* | *[!0-9.]*) return 1 ;;
    esac
    is_newer "$version" "$(cat "$1/VERSION")" || return 1
    if [ ! -x "$updates/$version/runtime/bin/cport-runtime" ]; then
        say "The update to $version is not whole; the installed version runs. Apply the update again."
        return 1
    fi
    (CDPATH='' cd -- "$updates/$version" && pwd -P)
}

# Nothing that loads code into us is heard; PYTHON… is not heard by an isolated interpreter (-I).
forget_what_loads_code() {
    unset LD_LIBRARY_PATH LD_PRELOAD LD_AUDIT LD_ORIGIN_PATH GCONV_PATH
    unset QT_PLUGIN_PATH QT_QPA_PLATFORM_PLUGIN_PATH QT_QPA_GENERIC_PLUGINS
    unset OPENSSL_CONF OPENSSL_MODULES OPENSSL_ENGINES
}

root=$(place_of "$0") || {
    say "CPORT Desktop does not find its own folder. Start it by its full path."
    exit 70
}
if update=$(chosen_over "$root"); then
    CPORT_FLOOR=$root
    export CPORT_FLOOR
    root=$update
fi
runtime=$root/runtime/bin/cport-runtime
if [ ! -f "$runtime" ]; then
    say "CPORT Desktop is not whole: $runtime is missing. Copy or unpack it again."
    exit 70
fi
if [ ! -x "$runtime" ]; then
    say "CPORT Desktop may not run from here: programs on this drive are forbidden (noexec), or its" \
        "files lost their permissions. Copy its folder to a place where programs may run, such as" \
        "your home folder."
    exit 77
fi
forget_what_loads_code
