"""The sandbox of a machine that cannot confine anything: nothing is decoded there.

Bytes are still taken to their end, so that digests can be made and files be held.
"""

from __future__ import annotations

from collections.abc import Iterable

from cport_desktop.domain.media_item import CannotShow, Examination, Picture, RevealGrant
from cport_desktop.errors import SandboxRefused
from cport_desktop.media.attempts import Tried
from cport_desktop.media.sandbox import USUAL_TERMS, SandboxLevel, Terms, Viewing


class RefusingSandbox:
    """Refuses every file, and says why."""

    @property
    def level(self) -> SandboxLevel:
        return SandboxLevel.NONE

    def examine(
        self, untrusted: Iterable[bytes], *, size: int, terms: Terms = USUAL_TERMS
    ) -> Examination:
        del size, terms
        raise _refusal_after(untrusted)

    def reveal(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        grant: RevealGrant,
        terms: Terms = USUAL_TERMS,
    ) -> Picture | None:
        del size, grant, terms
        raise _refusal_after(untrusted)

    def open_viewing(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        grant: RevealGrant,
        box: tuple[int, int],
        terms: Terms = USUAL_TERMS,
    ) -> Viewing | CannotShow:
        del size, grant, box, terms
        raise _refusal_after(untrusted)

    def try_out(self) -> tuple[Tried, ...]:
        return ()

    def close(self) -> None:
        """Nothing is left to do."""


def _refusal_after(untrusted: Iterable[bytes]) -> SandboxRefused:
    for _piece in untrusted:
        pass
    return SandboxRefused(level=SandboxLevel.NONE.value, demanded=SandboxLevel.PROCESS.value)
