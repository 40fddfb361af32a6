"""Forks a process for each run of a workflow: `python -m tests.hostile.faults.zygote LIBRARY`.

Everything is loaded once, so that a run begins in a few milliseconds. One question a line on
standard input, one answer a line on standard output, both JSON. The forked process is a real
one: it is killed with SIGKILL, and what it had not written is gone.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec

from cport_desktop.errors import CportError
from tests.hostile.faults.interposition import Interposer
from tests.hostile.faults.messages import BUG, DONE, FAILED_WELL, Outcome, Question
from tests.hostile.faults.workflows.every import workflow_named
from tests.hostile.faults.workflows.workflow import Place, inodes_below

PATIENCE = 60
"""Seconds after which a run is held to hang, and ended."""


def main() -> None:
    interposer = Interposer(Path(sys.argv[1]))
    print("ready", flush=True)
    for line in sys.stdin:
        outcome = _outcome(interposer, msgspec.json.decode(line, type=Question))
        print(msgspec.json.encode(outcome).decode(), flush=True)


def _outcome(interposer: Interposer, question: Question) -> Outcome:
    place = Place(Path(question.folder))
    shutil.rmtree(place.folder, ignore_errors=True)
    shutil.copytree(question.before, place.folder)
    place.inodes.write_bytes(msgspec.json.encode(inodes_below(place.root)))
    place.promises.touch()
    outcome = _in_a_process(lambda: _suffer(interposer, question), question.killed_after)
    if question.then_look or question.then_finish:
        after = _in_a_process(lambda: _look(question), None)
        outcome = replace(
            outcome, facts=after.facts, fault=after.fault or after.error, recovery=after.recovery
        )
    return outcome


def _in_a_process(deed: Callable[[], Outcome], killed_after: float | None) -> Outcome:
    """What `deed` says, in a fork of this process; or how it died."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(told)
        signal.alarm(PATIENCE)
        with os.fdopen(tell, "wb") as pipe:
            pipe.write(msgspec.json.encode(deed()))
        os._exit(0)
    os.close(tell)
    if killed_after is not None:
        time.sleep(killed_after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(told, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    ended = os.waitstatus_to_exitcode(status)
    if ended == 0:
        return msgspec.json.decode(said, type=Outcome)
    return Outcome(status=ended, fault=f"ended by {ended}")


def _suffer(interposer: Interposer, question: Question) -> Outcome:
    place, workflow = Place(Path(question.folder)), workflow_named(question.workflow)
    ended = Outcome(DONE)
    interposer.arm(
        question.fault, root=place.root, promises=place.promises, trace=Path(question.trace)
    )
    try:
        if question.only_look:
            workflow.look(place)
        else:
            workflow.run(place, _Promises(place.promises))
    except CportError as refusal:
        ended = Outcome(FAILED_WELL, error=refusal.code)
    except BaseException:  # noqa: BLE001 - the border of the process: told, not hidden
        ended = Outcome(BUG, error=traceback.format_exc())
    interposer.disarm()
    return replace(
        ended,
        calls=interposer.calls,
        writes=interposer.writes,
        struck=interposer.has_struck,
    )


def _look(question: Question) -> Outcome:
    place, workflow = Place(Path(question.folder)), workflow_named(question.workflow)
    started = time.monotonic()
    try:
        seen = workflow.look(place)
        taken = time.monotonic() - started
        if question.then_finish:
            workflow.finish(place)
    except BaseException:  # noqa: BLE001 - the border of the process: told, not hidden
        return Outcome(BUG, fault=traceback.format_exc())
    return Outcome(DONE, facts=sorted(seen.facts), recovery=taken)


class _Promises:
    """Each promise is one write, which no kill can cut in two."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND)

    def __call__(self, claim: str) -> None:
        os.write(self._file, f"{claim}\n".encode())


if __name__ == "__main__":
    main()
