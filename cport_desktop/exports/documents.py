"""Documents (PDF), set by a child interpreter that holds no key and sees no vault.

One child for one document: a clean interpreter, an almost empty environment, only its three
pipes. JSON goes in (`pages.Job`), a PDF comes out, both bounded. What goes wrong there costs
the document and names itself `DocumentFailed`.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import msgspec

from cport_desktop.domain.progress import IsCancelled
from cport_desktop.errors import Cancelled, DocumentFailed
from cport_desktop.exports.pages import LARGEST_DOCUMENT, LARGEST_JOB, Document, Job

CHILD = "cport_desktop.exports.child"
SECONDS_AT_LEAST = 60.0
BYTES_PER_SECOND = 20_000
"""Of the job: a tenth of what a slow machine sets, so that nobody honest is cut off."""
_LOOK_ROUND = 0.2


class DocumentMaker:
    """Makes PDFs. `resources` may hold `fonts/`; without it the built-in typefaces serve.

    `close` ends the child that may be at work in another thread.
    """

    def __init__(self, *, resources: Path | None = None) -> None:
        self._fonts = resources / "fonts" if resources is not None else None
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._is_closed = False

    def make(
        self, document: Document, *, is_cancelled: IsCancelled, has_place: bool = False
    ) -> bytes:
        """`document` as a PDF, the same bytes for the same document; with `has_place` it can be signed
        (`pdf_signing`).

        Raises:
            DocumentFailed: the child died, took too long, or answered something else.
            Cancelled: `is_cancelled` said so, or the maker was closed.
        """
        fonts = str(self._fonts) if self._fonts is not None and self._fonts.is_dir() else None
        job = msgspec.json.encode(Job(document=document, fonts=fonts, has_place=has_place))
        if len(job) > LARGEST_JOB:
            raise DocumentFailed(cause="too long")
        child = self._start()
        answer = _Answer(child, job)
        try:
            self._wait(answer, len(job), is_cancelled)
        finally:
            self._end(child)
            made = answer.all_of_it()
        if self._is_closed:
            raise Cancelled
        if not _is_whole(made):
            raise DocumentFailed(cause="no document came out")
        return made

    @contextmanager
    def making(
        self, document: Document, *, is_cancelled: IsCancelled, has_place: bool = False
    ) -> Iterator[Callable[[], bytes]]:
        """`document` is being set while the caller does other work; what is yielded waits for it and
        gives what `make` gives. Whoever leaves without asking stops it.
        """
        is_left = threading.Event()
        with ThreadPoolExecutor(1, thread_name_prefix="document") as waiting:
            made = waiting.submit(
                self.make,
                document,
                is_cancelled=lambda: is_left.is_set() or is_cancelled(),
                has_place=has_place,
            )
            try:
                yield made.result
            finally:
                is_left.set()

    def close(self) -> None:
        """No child is at work any more, and none will be started."""
        with self._lock:
            self._is_closed = True
            if self._child is not None:
                self._child.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._is_closed:
                raise Cancelled
            self._child = subprocess.Popen(
                [sys.executable, "-I", "-B", "-m", CHILD],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"LANG": "C.UTF-8"},
                close_fds=True,
            )
            return self._child

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        with self._lock:
            child.kill()
            child.wait()
            self._child = None

    def _wait(self, answer: _Answer, length: int, is_cancelled: IsCancelled) -> None:
        patience = SECONDS_AT_LEAST + length / BYTES_PER_SECOND
        for _ in range(int(patience / _LOOK_ROUND)):
            if answer.is_there(_LOOK_ROUND):
                return
            if is_cancelled() or self._is_closed:
                raise Cancelled
        raise DocumentFailed(cause="took too long")


def _is_whole(made: bytes) -> bool:
    return (
        made.startswith(b"%PDF-")
        and made.rstrip().endswith(b"%%EOF")
        and len(made) <= LARGEST_DOCUMENT
    )


class _Answer:
    """Feeds the child from one thread and takes from it in another: neither pipe may fill up.

    Both end when the child does.
    """

    def __init__(self, child: subprocess.Popen[bytes], job: bytes) -> None:
        self._made = b""
        self._feeding = threading.Thread(target=self._feed, args=(child.stdin, job))
        self._taking = threading.Thread(target=self._take, args=(child.stdout,))
        self._feeding.start()
        self._taking.start()

    def is_there(self, seconds: float) -> bool:
        """Whether the child has said all, after `seconds` of waiting at most."""
        self._taking.join(seconds)
        return not self._taking.is_alive()

    def all_of_it(self) -> bytes:
        """What the child said; it must have ended."""
        self._feeding.join()
        self._taking.join()
        return self._made

    def _feed(self, pipe: IO[bytes], job: bytes) -> None:
        # A child that died over its job is found out by what it did not answer.
        with suppress(BrokenPipeError), pipe:
            pipe.write(job)

    def _take(self, pipe: IO[bytes]) -> None:
        with pipe:
            self._made = pipe.read(LARGEST_DOCUMENT + 1)
