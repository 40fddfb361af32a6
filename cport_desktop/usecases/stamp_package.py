"""Adds a time stamp to a package that is written already: a small file beside it.

The package is sealed to others, and neither its signature nor anything in it can be reached or
changed here. So the stamp is over the sealed file as a whole and proves that it, and with it the
signature within, existed then. Only its SHA-256 leaves. Whoever has no network asks in two steps,
with a question and an answer that go by stick.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from cport_desktop.crypto.stamping import AskAuthority, question_about, stamp_answered, stamp_over
from cport_desktop.crypto.time_stamps import LONGEST, TimeStamp
from cport_desktop.errors import InputUnreadable
from cport_desktop.exports.output_files import write_new
from cport_desktop.exports.split_files import open_joined, whole_path

_READ: Final = 1024 * 1024


def stamp_path(package: Path) -> Path:
    """Where the time stamp of `package` (or its parts) stands: beside it, where verification looks for it."""
    whole = whole_path(package)
    return whole.with_name(f"{whole.name}.tst")


def stamp_there(package: Path) -> bytes | None:
    """The time stamp that stands beside `package` (or its parts), if there is one."""
    path = stamp_path(package)
    if not path.is_file():
        return None
    with path.open("rb") as source:
        return source.read(LONGEST + 1)


def stamp_package(package: Path, ask: AskAuthority) -> TimeStamp:
    """The time stamp stands beside `package`; `package` may name the first of its parts, and it is over all
    of them joined.

    Raises:
        InputUnreadable: the package cannot be read.
        OutputExists: it has one already.
        StampUnfit: what the authority answered is no stamp over this file.
    """
    stamp = stamp_over(_sha256(package), ask)
    write_new(stamp_path(package), stamp.token)
    return stamp


def write_question(package: Path, out: Path) -> None:
    """The question for an authority is in the new file `out` (a `.tsq`, as OpenSSL calls it).

    Raises:
        InputUnreadable, OutputExists, StorageFull, OutputUnwritable.
    """
    write_new(out, question_about(_sha256(package)))


def take_answer(package: Path, untrusted: bytes) -> TimeStamp:
    """The time stamp out of an authority's answer (a `.tsr`) stands beside `package`.

    Raises:
        InputUnreadable, OutputExists: as above.
        StampUnfit: the answer is no stamp over this file.
    """
    stamp = stamp_answered(untrusted, sha256=_sha256(package))
    write_new(stamp_path(package), stamp.token)
    return stamp


def _sha256(package: Path) -> bytes:
    digest = hashlib.sha256()
    try:
        with open_joined(package) as source:
            while piece := source.read(_READ):
                digest.update(piece)
    except OSError as error:
        raise InputUnreadable(path=str(package), cause=error.strerror or "unknown") from error
    return digest.digest()
