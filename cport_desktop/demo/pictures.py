"""The gateway's files: made by a child process when first needed, then kept.

    DIRECTORY/index        one record of 40 bytes for each file made: number, size, SHA-256
    DIRECTORY/12/00001234  the bytes of file 1234

The index says what was announced; the bytes are a cache of what the child makes again at any
time. So bytes that a power cut took are made anew, and only if they then differ (another
codec's version) is a file lost. A torn record at the end of the index counts for nothing.

No codec is imported here: the child has pixels and no keys, the gateway has keys and no pixels.
"""

from __future__ import annotations

import hashlib
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from cport_desktop.demo.media_files import FileFacts, PictureSign
from cport_desktop.errors import PortalBusy, StorageFull, UnknownReference

_RECORD: Final = struct.Struct(">II32s")
_ANSWER: Final = struct.Struct(">II")
_SIGN: Final = struct.Struct(">B32s")
_SIGNING: Final = "cport_desktop.demo.picture_child.signing"

_LARGEST_FILE: Final = 8 * 1024 * 1024
"""Bytes; the largest honest one has half a MiB."""

_BATCH: Final = 64
"""Questions on their way at once: they and no answer fit any pipe, so neither side waits for
the other for ever."""

_FOLDER_SIZE: Final = 100


class Pictures:
    """Files of the scenario with `seed`, kept below `directory`. Usable from any thread.

    A child is started when a file is wanted that is not there yet, and lives until `close`.
    """

    def __init__(self, directory: Path, *, seed: int) -> None:
        self._directory = directory
        self._seed = seed
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        directory.mkdir(parents=True, exist_ok=True)
        self._index_path = directory / "index"
        self._facts = dict(_read_index(self._index_path))

    def facts(self, numbers: Iterable[int]) -> Mapping[int, FileFacts]:
        """Size and digest of each of these files, which are made first where needed.

        Raises:
            PortalBusy: if the child failed; the next call starts another.
            StorageFull: if the disk took no more.
        """
        wanted = tuple(dict.fromkeys(numbers))
        for start in range(0, len(wanted), _BATCH):
            # Between batches others have their turn.
            with self._lock:
                batch = wanted[start : start + _BATCH]
                missing = [number for number in batch if number not in self._facts]
                if missing:
                    self._make(missing)
        return {number: self._facts[number] for number in wanted}

    def signs(self, numbers: Sequence[int]) -> Mapping[int, PictureSign]:
        """How those of these files look that are still pictures, as lists tell it.

        Raises:
            PortalBusy: if the child failed.
        """
        questions = b"".join(number.to_bytes(4, "big") for number in numbers)
        done = subprocess.run(
            [sys.executable, "-I", "-m", _SIGNING, str(self._seed)],
            input=questions,
            stdout=subprocess.PIPE,
            env={"LANG": "C.UTF-8"},
            check=False,
        )
        if done.returncode or len(done.stdout) != len(numbers) * _SIGN.size:
            raise PortalBusy(status=503, retry_after=1)
        return {
            number: PictureSign(quality, pdq.hex())
            for number, (quality, pdq) in zip(numbers, _SIGN.iter_unpack(done.stdout), strict=True)
            if quality
        }

    def read(self, number: int) -> bytes:
        """The bytes of file `number`, which are those that were announced.

        Raises:
            UnknownReference: if they are gone and can no longer be made the same.
            PortalBusy, StorageFull: as `facts`.
        """
        announced = self.facts([number])[number]
        kept = self._kept(number)
        if kept is None or _facts_of(kept) != announced:
            with self._lock:
                kept = self._made([number])[0]
                if _facts_of(kept) != announced:
                    raise UnknownReference(kind="file", reference=number)
                self._keep(number, kept)
        return kept

    def close(self) -> None:
        """End the child. May be called more than once, and files may still be asked for."""
        with self._lock:
            self._end_child()

    def _make(self, numbers: list[int]) -> None:
        records = bytearray()
        made: dict[int, FileFacts] = {}
        for number, content in zip(numbers, self._made(numbers), strict=True):
            self._keep(number, content)
            made[number] = facts = _facts_of(content)
            records += _RECORD.pack(number, facts.size, bytes.fromhex(facts.sha256))
        with _wrapping_full_disk(), self._index_path.open("ab") as index:
            index.write(records)
            index.flush()
            os.fsync(index.fileno())
        self._facts.update(made)

    def _made(self, numbers: list[int]) -> list[bytes]:
        """What the child answers. After any irregularity it is ended."""
        try:
            questions, answers = self._pipes()
            questions.write(b"".join(number.to_bytes(4, "big") for number in numbers))
            questions.flush()
            return [_answer(answers, number) for number in numbers]
        except OSError as error:
            self._end_child()
            raise PortalBusy(status=503, retry_after=1) from error

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._child is None:
            self._child = subprocess.Popen(
                [sys.executable, "-I", "-m", "cport_desktop.demo.picture_child", str(self._seed)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={"LANG": "C.UTF-8"},
            )
        questions, answers = self._child.stdin, self._child.stdout
        if questions is None or answers is None:
            raise BrokenPipeError("the picture child has no pipes")
        return questions, answers

    def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            # What the child was still to be asked no longer matters.
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        child.wait()

    def _path(self, number: int) -> Path:
        return self._directory / f"{number // _FOLDER_SIZE:02}" / f"{number:08}"

    def _kept(self, number: int) -> bytes | None:
        try:
            return self._path(number).read_bytes()
        except FileNotFoundError:
            return None

    def _keep(self, number: int, content: bytes) -> None:
        path = self._path(number)
        with _wrapping_full_disk():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)


@contextmanager
def _wrapping_full_disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageFull(where="the gateway's folder") from error


def _answer(answers: IO[bytes], number: int) -> bytes:
    head = answers.read(_ANSWER.size)
    if len(head) < _ANSWER.size:
        raise BrokenPipeError("the picture child ended")
    answered, length = _ANSWER.unpack(head)
    if answered != number or length > _LARGEST_FILE:
        raise BrokenPipeError("the picture child does not keep to its protocol")
    content = answers.read(length)
    if len(content) < length:
        raise BrokenPipeError("the picture child ended")
    return content


def _facts_of(content: bytes) -> FileFacts:
    return FileFacts(len(content), hashlib.sha256(content).hexdigest())


def _read_index(path: Path) -> Iterator[tuple[int, FileFacts]]:
    """Whole records only. What a torn one left is cut off, so that the next begins in step."""
    if not path.exists():
        return
    records = path.read_bytes()
    whole = len(records) // _RECORD.size * _RECORD.size
    if whole < len(records):
        os.truncate(path, whole)
    for number, size, sha256 in _RECORD.iter_unpack(records[:whole]):
        yield number, FileFacts(size, sha256.hex())
