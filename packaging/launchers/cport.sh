#!/bin/sh
# The command line of CPORT Desktop: cport --help
@choose@
exec "$runtime" -I -B -m cport_desktop "$@"
