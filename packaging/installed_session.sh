#!/bin/sh
# What an ordinary user does with the installed program (packaging/try_installed.sh), without Python, rights
# or a network:  sh installed_session.sh work | unlock DISPLAY | window DISPLAY | update
set -eu
cd "$HOME"
part=$1
DISPLAY=${2:-}
[ -z "$DISPLAY" ] || export DISPLAY

# The value of a field of the JSON that is read: text, number, true, false.
field() { sed -n "s/.*\"$1\": *\"\{0,1\}\([^\",}]*\).*/\1/p" | head -n 1; }

expect() {
    [ "$2" = "$3" ] || {
        echo "$1: $2 was found, $3 was expected" >&2
        exit 1
    }
}

work() {
    cport --version
    cport doctor
    cport demo --headless --keep demo --json >demo.json
    cat demo.json
    echo
    expect "the package is verified" "$(field verified <demo.json)" true
    rm demo.json
    cport --vault demo/vault --passphrase-file demo/passphrase.txt reports --limit 3
    cport --vault demo/vault --passphrase-file demo/passphrase.txt vault check
}

# The window stays open until somebody outside makes the file `close`.
window() {
    if [ "$1" = open ]; then
        cport-desktop --vault demo/vault --passphrase-fd 3 3<demo/passphrase.txt &
    else
        cport-desktop --vault demo/vault &
    fi
    opened=$!
    while [ ! -e close ] && kill -0 "$opened" 2>/dev/null; do sleep 0.2; done
    kill -INT "$opened" 2>/dev/null || {
        echo "the window closed by itself" >&2
        exit 1
    }
    closed=0
    wait "$opened" || closed=$?
    expect "how the window ended" "$closed" 0
}

update() {
    cport update status --json >/dev/null || {
        echo "this version has no updates (cport update status)" >&2
        exit 1
    }
    before=$(cport --version)
    cport update check trial.update
    cport update apply --demo trial.update
    after=$(cport --version)
    [ "$before" != "$after" ] || {
        echo "the update was applied, and $after still runs" >&2
        exit 1
    }
    echo "$before became $after"
    cport --vault demo/vault --passphrase-file demo/passphrase.txt vault check
    cport update rollback
    expect "the version after rolling back" "$(cport --version)" "$before"
    cport --vault demo/vault --passphrase-file demo/passphrase.txt vault check
}

case $part in
    work) work ;;
    unlock) window locked ;;
    window) window open ;;
    update) update ;;
esac
