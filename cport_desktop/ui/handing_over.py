"""How long a thread keeps the interpreter while another one waits for it."""

from __future__ import annotations

import os
import sys
import threading

from cport_desktop.pace import be_patient

HANDED_OVER_AFTER = 0.0005
"""Seconds after which a thread at work hands the interpreter over to one that waits. What happens in the
window asks for it some hundred times; with Python's own 5 ms a page took three times as long while batches
were applied (measured: p99 of 15 ms instead of 29 where 8 is idle).
"""
_PATIENCE = 10
"""So much nicer than the others is a thread that works for nobody who waits."""
_NICEST = 19


def hand_over_soon() -> None:
    """From now on, in all threads of the process."""
    sys.setswitchinterval(HANDED_OVER_AFTER)


def stand_back() -> None:
    """This thread gives way to whoever wants the interpreter, and to all that want a processor, where the
    system counts threads apart.
    """
    be_patient()
    if sys.platform == "linux":
        thread = threading.get_native_id()
        niceness = os.getpriority(os.PRIO_PROCESS, thread)
        os.setpriority(os.PRIO_PROCESS, thread, min(_NICEST, niceness + _PATIENCE))
