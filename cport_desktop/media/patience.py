"""How long a confined child may work on one file. Decides; measures nothing.

There is no limit to the whole: a long video may take an hour of a slow machine. What ends a child is
standing still. It says how far it has come; between two such words it may compute for a while, as the
largest picture makes it, and it may be idle for a while, as a starved machine makes it. Since every word
is further than the one before and there are a thousand, no child holds a caller for ever; and a person
can always cancel.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Budgets between two words of progress (or pieces of the file that were taken)."""

    computing_seconds: float = 30.0
    """The largest picture that the pixel budget allows took 8 s of processor (AVIF, one thread)."""
    idle_seconds: float = 60.0
    """Waiting in which the child did not compute: a starved machine, or a hung child."""

    def is_at_end(self, *, waited: float, computed: float) -> bool:
        """A child that was waited for for `waited` seconds since it last got on, and used `computed`
        seconds of processor in them, is to be given up.
        """
        return computed > self.computing_seconds or waited - computed > self.idle_seconds


USUAL_PATIENCE = Patience()
