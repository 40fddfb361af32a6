"""Standard input is a foreign database, opened to be read only; what it has goes to standard output.

Started as `python -I -m cport_desktop.media.rows_child`. It opens the file, gives up everything else
(`media.child.confinement`), and only then reads the first byte of it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from cport_desktop.formats.lists.foreign_rows import Ended, Failed, framed, pieces
from cport_desktop.media.child.confinement import confine, require_one_thread
from cport_desktop.media.rows_child.calls import DATABASE_CALLS
from cport_desktop.media.rows_child.database import ForeignDatabase, Unfit
from cport_desktop.media.sandbox import SandboxLevel

_FILE: Final = "/proc/self/fd/0"
"""SQLite follows it to the name that the file has, and opens that."""


def main() -> None:
    """Read the database to its end, or say why not."""
    try:
        database = ForeignDatabase(f"file:{_FILE}?mode=ro&immutable=1")
        _require_same()
        require_one_thread()
        if not confine(DATABASE_CALLS).reaches(SandboxLevel.FILTERED):
            raise Unfit("not_confined")
        _say(framed(database.opened()))
        for rows in database.rows():
            for frame in pieces(rows):
                _say(frame)
        _say(framed(Ended()))
    except Unfit as unfit:
        _say(framed(Failed(unfit.why)))


def _require_same() -> None:
    """What has the name is the file that was given; nobody put another in its place.

    Raises:
        Unfit: it is not.
    """
    given = os.fstat(0)
    try:
        named = Path(_FILE).readlink().stat()
    except OSError as error:
        raise Unfit("replaced") from error
    if (given.st_dev, given.st_ino) != (named.st_dev, named.st_ino):
        raise Unfit("replaced")


def _say(frame: bytes) -> None:
    left = memoryview(frame)
    while left:
        left = left[os.write(sys.stdout.fileno(), left) :]


if __name__ == "__main__":
    main()
    # Nothing is tidied up: what that would take, this process may not.
    os._exit(0)
