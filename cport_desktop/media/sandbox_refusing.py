"""The sandbox of a machine that cannot confine anything, or of a platform whose sandbox has not been
proven: nothing is decoded there.

Bytes are still taken to their end, so that digests can be made and files be held.
"""

from __future__ import annotations

from collections.abc import Iterable

from cport_desktop.domain.media_item import CannotShow, Examination, Picture, RevealGrant
from cport_desktop.domain.redaction import Rectangle
from cport_desktop.errors import SandboxRefused, SandboxUnproven
from cport_desktop.media.attempts import Tried
from cport_desktop.media.sandbox import USUAL_TERMS, Confinement, SandboxLevel, Terms, Viewing


class RefusingSandbox:
    """Refuses every file, and says why. `is_unproven`: a sandbox would be there."""

    def __init__(self, *, is_unproven: bool = False) -> None:
        self._is_unproven = is_unproven

    @property
    def level(self) -> SandboxLevel:
        return SandboxLevel.NONE

    @property
    def confinement(self) -> Confinement:
        return Confinement(SandboxLevel.NONE, is_unproven=self._is_unproven)

    def examine(
        self, untrusted: Iterable[bytes], *, size: int, terms: Terms = USUAL_TERMS
    ) -> Examination:
        del size, terms
        raise self._refusal_after(untrusted)

    def reveal(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        grant: RevealGrant,
        terms: Terms = USUAL_TERMS,
    ) -> Picture | None:
        del size, grant, terms
        raise self._refusal_after(untrusted)

    def redraw(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        rectangles: tuple[Rectangle, ...],
        audit_sequence: int,
        terms: Terms = USUAL_TERMS,
    ) -> bytes | CannotShow:
        del size, rectangles, audit_sequence, terms
        raise self._refusal_after(untrusted)

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
        raise self._refusal_after(untrusted)

    def try_out(self) -> tuple[Tried, ...]:
        return ()

    def close(self) -> None:
        """Nothing is left to do."""

    def _refusal_after(self, untrusted: Iterable[bytes]) -> SandboxRefused:
        for _piece in untrusted:
            pass
        leaf = SandboxUnproven if self._is_unproven else SandboxRefused
        return leaf(level=SandboxLevel.NONE.value, demanded=SandboxLevel.PROCESS.value)
