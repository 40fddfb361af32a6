"""The life of a child on Windows: import all, try it once, wait for a word, confine itself, serve.

It was born in a job and a container, with two handles (`media.windows.births`), and has seen no foreign
byte when it takes the rest upon itself: afterwards no memory becomes code and nothing further is loaded.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from functools import partial
from typing import Protocol

from cport_desktop.media.child.decoder_bounds import set_up_decoders
from cport_desktop.media.child.handle_pipes import HandlePipes
from cport_desktop.media.child.serving import serve
from cport_desktop.media.child.warm_up import warm_up
from cport_desktop.media.nursery_words import HELLO, NOT_HERE, SERVE, TRY
from cport_desktop.media.sandbox import SandboxLevel
from cport_desktop.media.windows.numbers import UNTRUSTED_INTEGRITY, Policy
from cport_desktop.media.windows.own_process import OwnProcess
from cport_desktop.media.windows.plan import AFTER_IMPORTS


class Own(Protocol):
    """This process, as far as it can give something up. Every call raises `OSError` where the system
    refuses.
    """

    def take_upon_itself(self, policy: Policy, flags: int) -> None: ...

    def is_in_job(self) -> bool: ...

    def is_container(self) -> bool: ...

    def lower_to(self, integrity: str) -> None: ...


def main() -> None:
    """Serve through the two handles that the arguments name, until the other side goes away."""
    pipes = HandlePipes(int(sys.argv[1]), int(sys.argv[2]))
    set_up_decoders()
    warm_up()
    live(pipes, lambda: confine(OwnProcess()))


def live(pipes: HandlePipes, confine_itself: Callable[[], SandboxLevel]) -> None:
    """Ready; then what the one word says that is wanted."""
    pipes.say(HELLO)
    word = memoryview(bytearray(1))
    with contextlib.suppress(EOFError, BrokenPipeError):
        pipes.read_into(word)
        lives = {SERVE: partial(serve, pipes, confine_itself), TRY: partial(_try_out, pipes)}
        lives.get(bytes(word), _nothing)()


def confine(own: Own) -> SandboxLevel:
    """This process is confined, to the level that is answered: a container without capabilities reaches
    no file, network or neighbour; a restricted token only lacks rights.

    Raises:
        OSError: if one of the steps fails; then no foreign byte may be read.
    """
    if not own.is_in_job():
        raise OSError(0, "this process was started in no job")
    is_container = own.is_container()
    if not is_container:
        own.lower_to(UNTRUSTED_INTEGRITY)
    for each in AFTER_IMPORTS:
        try:
            own.take_upon_itself(each.policy, each.flags)
        except OSError:
            if each.is_needed:
                raise
    return SandboxLevel.WALLED if is_container else SandboxLevel.PROCESS


def _try_out(pipes: HandlePipes) -> None:
    """What an intruder would try is written down for Linux only."""
    pipes.read_into(memoryview(bytearray(1)))
    pipes.write(NOT_HERE.to_bytes(2, "big"))


def _nothing() -> None:
    """No such life."""


if __name__ == "__main__":
    main()
