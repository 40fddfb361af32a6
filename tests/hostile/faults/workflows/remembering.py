"""A sandbox that asks the real one once for each file, and then remembers.

What is under test is what happens on the disk; a child for each of a thousand runs would only
cost time. `tests/hostile/test_remembering.py` holds it to the contract of every sandbox.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from cport_desktop.domain.media_item import CannotShow, Examination, Picture, RevealGrant
from cport_desktop.domain.redaction import Rectangle
from cport_desktop.errors import Cancelled
from cport_desktop.media.attempts import Tried
from cport_desktop.media.sandbox import USUAL_TERMS, Confinement, SandboxLevel, Terms, Viewing
from cport_desktop.media.sandbox_process import ProcessSandbox


class RememberingSandbox:
    """`file` keeps what was seen, from one process to the next."""

    level = SandboxLevel.WALLED
    confinement = Confinement(SandboxLevel.WALLED)

    def __init__(self, file: Path) -> None:
        self._file = file
        self._real: ProcessSandbox | None = None
        kept = file.read_bytes() if file.exists() else b"{}"
        self._seen = msgspec.json.decode(kept, type=dict[str, Examination])

    def examine(
        self, untrusted: Iterable[bytes], *, size: int, terms: Terms = USUAL_TERMS
    ) -> Examination:
        whole = b"".join(untrusted)
        if terms.is_cancelled():
            raise Cancelled
        wanted = "+".join(sorted(terms.formats))
        name = f"{hashlib.sha256(whole).hexdigest()}/{size}/{wanted}"
        if name not in self._seen:
            self._seen[name] = self._sandbox().examine([whole], size=size, terms=terms)
            self._file.write_bytes(msgspec.json.encode(self._seen))
        return self._seen[name]

    def reveal(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        grant: RevealGrant,
        terms: Terms = USUAL_TERMS,
    ) -> Picture | None:
        return self._sandbox().reveal(untrusted, size=size, grant=grant, terms=terms)

    def redraw(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        rectangles: tuple[Rectangle, ...],
        audit_sequence: int,
        terms: Terms = USUAL_TERMS,
    ) -> bytes | CannotShow:
        sandbox = self._sandbox()
        return sandbox.redraw(
            untrusted, size=size, rectangles=rectangles, audit_sequence=audit_sequence, terms=terms
        )

    def open_viewing(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        grant: RevealGrant,
        box: tuple[int, int],
        terms: Terms = USUAL_TERMS,
    ) -> Viewing | CannotShow:
        return self._sandbox().open_viewing(untrusted, size=size, grant=grant, box=box, terms=terms)

    def try_out(self) -> tuple[Tried, ...]:
        return self._sandbox().try_out()

    def close(self) -> None:
        if self._real is not None:
            self._real.close()
            self._real = None

    def _sandbox(self) -> ProcessSandbox:
        if self._real is None:
            self._real = ProcessSandbox(children=1)
        return self._real
