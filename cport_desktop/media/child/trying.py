"""A child that sees no file, and tries what an intruder would, once it is confined."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable

from cport_desktop.media.attempts import ATTEMPTS, PARENT, ROOM, Attempt
from cport_desktop.media.child.confinement import confine
from cport_desktop.media.child.pipes import Pipes
from cport_desktop.media.nursery_words import NOT_HERE

_PAGE = 4096


def try_out(pipes: Pipes) -> None:
    """One byte says which attempt; two say what came of it: an error's number, or 0."""
    which = memoryview(bytearray(1))
    pipes.read_into(which)
    attempted = ready_to_try(ATTEMPTS[which[0]], parent=os.getppid())
    confine()
    error = NOT_HERE if attempted is None else attempted()
    pipes.write(error.to_bytes(2, "big"))


def ready_to_try(attempt: Attempt, *, parent: int) -> Callable[[], int] | None:
    """The call, made ready while libraries can still be loaded; None where this machine lacks it.

    Calling it answers 0 where the attempt succeeded, and the error's number otherwise.
    """
    number = attempt.number(os.uname().machine)
    if number is None:
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    room = ctypes.create_string_buffer(2 * _PAGE)
    address = ctypes.addressof(room)
    page = address + -address % _PAGE
    stand_ins = {PARENT: parent, ROOM: page}
    arguments = [
        ctypes.c_char_p(each)
        if isinstance(each, bytes)
        else ctypes.c_long(stand_ins.get(each, each))
        for each in attempt.arguments
    ]
    libc.syscall.restype = ctypes.c_long
    call = ctypes.c_long(number)

    def attempted() -> int:
        ctypes.set_errno(0)
        answered = libc.syscall(call, *arguments)
        # `room` must outlive the call.
        return ctypes.get_errno() if answered == -1 and room is not None else 0

    return attempted
