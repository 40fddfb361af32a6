"""Opens a sealed package into a folder that a person named: a deliberate disclosure.

One file comes out, the container (`.asice`), for whoever has the tools to look into it. The
members are not unpacked: their names are foreign, and media files from criminal sites do not
belong on a disk in a form that an indexer would decode.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Identity
from cport_desktop.errors import PackageMalformed
from cport_desktop.exports import seal_header
from cport_desktop.exports.container import MIMETYPE, MIMETYPE_NAME, SYNTHETIC_NAME
from cport_desktop.exports.output_files import growing_file, naming_output_faults
from cport_desktop.exports.piece_stream import Prefixed, Source
from cport_desktop.exports.steady_file import SteadyFile
from cport_desktop.exports.zip_layout import LOCAL, LOCAL_SIGNATURE
from cport_desktop.words import packages as words

_BEGINNING = LOCAL.size + len(MIMETYPE_NAME) + len(MIMETYPE)
_MARK = slice(_BEGINNING + LOCAL.size, _BEGINNING + LOCAL.size + len(SYNTHETIC_NAME))


def open_package(
    source: BinaryIO, identities: Sequence[Identity], directory: Path, *, name: str = "package"
) -> tuple[Path, ...]:
    """The container of `source` stands in `directory`, complete, synced, readable by its owner.

    It is called `name`.asice, with SYNTHETIC in front if it comes from a demo vault; it has that name only
    once it is complete. Nothing is overwritten, and nothing is left behind when this raises. It is opened,
    not verified.

    Raises:
        IdentityMismatch: none of `identities` opens it.
        PackageMalformed: it is not sealed, damaged, cut short, or no package is inside.
        OutputExists: a file of this name is there.
        StorageFull, OutputUnwritable: the medium did not take it.
    """
    head = seal_header.read_head(source)
    if not head.startswith(seal_header.INTRODUCTION):
        raise PackageMalformed(cause=words.fault("neither"))
    with naming_output_faults(directory):
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with ExitStack() as stack:
            written = _Output(directory, name, stack).filled(Prefixed(head, source), identities)
    return (written,)


class _Output:
    """A sink that looks at the first bytes before it makes the file that takes them all. The file gets its
    name when `stack` is left well, and vanishes otherwise.
    """

    def __init__(self, directory: Path, name: str, stack: ExitStack) -> None:
        self._directory = directory
        self._name = name
        self._stack = stack
        self._beginning = b""
        self._file: SteadyFile | None = None
        self._path: Path | None = None

    def filled(self, source: Source, identities: Sequence[Identity]) -> Path:
        """The path of the file, after all of `source` is in it."""
        try:
            age.open(source, self, identities)
            if self._path is None:
                raise PackageMalformed(cause="no_container")
        except PackageMalformed as error:
            raise PackageMalformed(cause=words.fault(str(error.facts["cause"]))) from error
        return self._path

    def write(self, piece: bytes) -> int:
        if self._file is None:
            self._beginning += piece
            if len(self._beginning) < _MARK.stop:
                return len(piece)
            self._file = self._begun()
            self._file.write(self._beginning)
        else:
            self._file.write(piece)
        return len(piece)

    def _begun(self) -> SteadyFile:
        if self._beginning[LOCAL.size : _BEGINNING] != MIMETYPE_NAME.encode() + MIMETYPE:
            raise PackageMalformed(cause="no_container")
        is_synthetic = self._beginning[_MARK] == SYNTHETIC_NAME.encode()
        path = self._directory / f"{'SYNTHETIC-' if is_synthetic else ''}{self._name}.asice"
        growing = growing_file(path, begins_with=LOCAL_SIGNATURE)
        _, descriptor = self._stack.enter_context(growing)
        self._path = path
        return self._stack.enter_context(SteadyFile(descriptor))
