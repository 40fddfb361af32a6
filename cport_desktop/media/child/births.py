"""The nursery's side of a birth: one clean process that forks a child whenever it is asked.

It was freshly executed, never held a key, and never sees a foreign byte: it only gets the two
pipes of the child to be, by its control socket, and hands back the child's number and a
descriptor of the process. So a child costs some milliseconds instead of an interpreter's start,
and each may be thrown away after one file.

    parent    one byte (what for), and two descriptors: the pipe to read, the pipe to write
    nursery   four bytes: the child's number, and one descriptor: the process
"""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Mapping

from cport_desktop.media.child.confinement import bind_to_parent
from cport_desktop.media.child.pipes import Pipes, lead_nowhere
from cport_desktop.media.nursery_words import HELLO, NUMBER, PIPES_OF_A_CHILD

Life = Callable[[Pipes], None]


def attend(lives: Mapping[bytes, Life]) -> None:
    """Standard input is the control socket; a child lives as it was asked for. Ends when the parent
    goes away, or says anything else.
    """
    control = socket.socket(fileno=os.dup(0))
    lead_nowhere()
    bind_to_parent()
    # Nobody waits for the children: they are watched by their descriptors.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.sendall(HELLO)
    while True:
        asked, pipes, _, _ = socket.recv_fds(control, 1, PIPES_OF_A_CHILD)
        if asked not in lives or len(pipes) != PIPES_OF_A_CHILD:
            return
        _bear(control, pipes, lives[asked])


def _bear(control: socket.socket, pipes: list[int], live: Life) -> None:
    nursery = os.getpid()
    child = os.fork()
    if child == 0:
        control.close()
        try:
            # A child whose nursery died before it could say that it wants to die with it.
            if os.getppid() == nursery:
                live(Pipes(*pipes))
        finally:
            os._exit(0)
    for pipe in pipes:
        os.close(pipe)
    process = os.pidfd_open(child)
    socket.send_fds(control, [child.to_bytes(NUMBER, "big")], [process])
    os.close(process)
