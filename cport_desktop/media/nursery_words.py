"""What the program and a nursery say to each other, in bytes. Both sides hold to it."""

from __future__ import annotations

from typing import Final

HELLO: Final = b"ready"

SERVE: Final = b"\1"
"""A child that serves files is wanted."""
TRY: Final = b"\2"
"""A child that tries what an intruder would (`media.attempts`)."""

PIPES_OF_A_CHILD: Final = 2
NUMBER: Final = 4
"""Bytes of a process's number."""

NOT_HERE: Final = 0xFFFF
"""In place of an error's number: this machine has no such call."""
