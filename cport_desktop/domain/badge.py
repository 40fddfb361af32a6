"""What a media item wears in a list, so that nobody has to open it to see whether it needs a look."""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.domain.known import Known


@dataclass(frozen=True, slots=True)
class Badge:
    """`known`: what lists say, None if none has it. `stack_items`: how many items are in its stack,
    itself included; 1 where it stands alone.
    """

    known: Known | None
    stack_items: int
