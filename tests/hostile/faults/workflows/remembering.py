"""A sandbox that asks the real one once for each file, and then remembers.

What is under test is what happens on the disk; a child for each of a thousand runs would only
cost time. `tests/hostile/test_remembering.py` holds it to the contract of every sandbox.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from cport_desktop.domain.media_item import Examination, Picture, RevealGrant
from cport_desktop.media.attempts import Tried
from cport_desktop.media.sandbox import SandboxLevel
from cport_desktop.media.sandbox_process import ProcessSandbox


class RememberingSandbox:
    """`file` keeps what was seen, from one process to the next."""

    level = SandboxLevel.WALLED

    def __init__(self, file: Path) -> None:
        self._file = file
        self._real: ProcessSandbox | None = None
        kept = file.read_bytes() if file.exists() else b"{}"
        self._seen = msgspec.json.decode(kept, type=dict[str, Examination])

    def examine(self, untrusted: Iterable[bytes], *, size: int) -> Examination:
        whole = b"".join(untrusted)
        name = f"{hashlib.sha256(whole).hexdigest()}/{size}"
        if name not in self._seen:
            self._seen[name] = self._sandbox().examine([whole], size=size)
            self._file.write_bytes(msgspec.json.encode(self._seen))
        return self._seen[name]

    def reveal(
        self, untrusted: Iterable[bytes], *, size: int, grant: RevealGrant
    ) -> Picture | None:
        return self._sandbox().reveal(untrusted, size=size, grant=grant)

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
