"""What a process lets others on its machine see of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProcessState:
    """Each is None where the platform has no such thing or does not tell.

    `writes_cores`: a crash would write memory to disk. `is_readable`: another process of the
    same person may read this one's memory. `is_locked_in_memory`: what it holds is never
    written to swap. `umask`: what new files keep from others.
    """

    writes_cores: bool | None
    is_readable: bool | None
    is_locked_in_memory: bool | None
    umask: int | None

    @property
    def is_private(self) -> bool:
        """No core, no reader, and new files are nobody else's."""
        return not self.writes_cores and not self.is_readable and self.umask in (None, 0o077)
