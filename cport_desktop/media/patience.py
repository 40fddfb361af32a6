"""How long a confined child may work on one file. Decides; measures nothing.

A child that computes is left alone within a budget of processor time that grows with the file;
a child that does nothing while it is waited for uses up a budget of idleness. So a slow or
busy machine does not turn honest files into suspects, and no child can hold a caller for ever.
"""

from __future__ import annotations

from dataclasses import dataclass

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Patience:
    """Budgets for one file."""

    cpu_seconds: float = 20.0
    """The largest picture that the pixel budget allows took 8 s (AVIF, one thread)."""
    cpu_seconds_per_mebibyte: float = 0.1
    """Reading and indexing a long video costs a twentieth of it."""
    idle_seconds: float = 60.0
    """Waiting in which the child did not compute: a starved machine, or a hung child."""

    def is_at_end(self, *, size: int, waited: float, computed: float) -> bool:
        """A child that was waited for for `waited` seconds and used `computed` seconds of
        processor on a file of `size` bytes is to be given up.
        """
        allowed = self.cpu_seconds + self.cpu_seconds_per_mebibyte * size / _MEBIBYTE
        return computed > allowed or waited - computed > self.idle_seconds


USUAL_PATIENCE = Patience()
