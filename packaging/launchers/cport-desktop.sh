#!/bin/sh
# The window of CPORT Desktop, with the options of the command line.
@choose@
verb=window
for word in "$@"; do
    [ "$word" != --version ] || verb=
done
exec "$runtime" -I -B -m cport_desktop ${verb:+"$verb"} "$@"
