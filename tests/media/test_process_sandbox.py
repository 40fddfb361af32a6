"""What the parent makes of children that die, hang and lie, and how honest ones are kept."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import CannotShow, MediaKind, RevealGrant, RevealLevel
from cport_desktop.errors import SandboxRefused
from cport_desktop.media.newborn import refusal
from cport_desktop.media.nursery import nursery_command
from cport_desktop.media.nursery_words import SERVE
from cport_desktop.media.patience import Patience
from cport_desktop.media.piped_child import PipedChild
from cport_desktop.media.sandbox import SandboxLevel
from cport_desktop.media.sandbox_process import ProcessSandbox
from cport_desktop.media.self_test import self_test
from tests.contracts.sandbox_contract import Stream
from tests.media.samples import jpeg, video

IMPATIENT = Patience(computing_seconds=1.0, idle_seconds=0.9)
GRANT = RevealGrant(MediaId(1), RevealLevel.GREY, seconds=5.0, audit_sequence=1)

JPEG = jpeg()


def children_of(parent: int) -> set[int]:
    found: set[int] = set()
    for task in Path(f"/proc/{parent}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that just ended
            found |= {int(pid) for pid in (task / "children").read_text().split()}
    return found


def our_nurseries() -> set[int]:
    """Processes whose parent is this one."""
    return children_of(os.getpid())


def our_children() -> set[int]:
    """Processes that a nursery of ours gave birth to."""
    return {child for nursery in our_nurseries() for child in children_of(nursery)}


@pytest.fixture
def sandbox() -> Iterator[ProcessSandbox]:
    before = our_nurseries()
    sandbox = ProcessSandbox()
    yield sandbox
    sandbox.close()
    assert our_nurseries() <= before, "a process was left behind"


def strike(pid: int) -> None:
    """It is killed, and gone."""
    process = os.pidfd_open(pid)
    signal.pidfd_send_signal(process, signal.SIGKILL)
    select.select([process], [], [], 20)
    os.close(process)


def only_child(before: set[int]) -> int:
    (pid,) = our_children() - before
    return pid


class Executed:
    """Children that are executed one by one: what the program meets if a child is not ours."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self._command = command
        self._started: list[subprocess.Popen[bytes]] = []

    def birth(self, life: bytes = SERVE) -> PipedChild:
        assert life == SERVE
        child_reads, to_child = os.pipe()
        from_child, child_writes = os.pipe()
        try:
            process = subprocess.Popen(
                self._command, stdin=child_reads, stdout=child_writes, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            for ours in (to_child, from_child):
                os.close(ours)
            raise refusal() from error
        finally:
            for theirs in (child_reads, child_writes):
                os.close(theirs)
        self._started.append(process)
        for ours in (to_child, from_child):
            os.set_blocking(ours, False)
        return PipedChild(process.pid, os.pidfd_open(process.pid), to_child, from_child)

    def close(self) -> None:
        for process in self._started:
            process.kill()
            process.wait(timeout=10)


def is_fine(sandbox: ProcessSandbox) -> bool:
    return sandbox.examine([JPEG], size=len(JPEG)).cannot_show is None


# Children that fail ---------------------------------------------------------------------------


def liar(deed: str, *, level: str = "WALLED") -> tuple[str, ...]:
    """A child that reads a request and a file as it should, and then does `deed`."""
    script = """
        import os, sys, time
        from cport_desktop.domain.media_item import *
        from cport_desktop.domain.moving import *
        from cport_desktop.media.pixel_messages import *
        from cport_desktop.media.pixel_protocol import *
        from cport_desktop.media.sandbox import SandboxLevel
        from cport_desktop.media.wire_answers import *
        from cport_desktop.media.wire_requests import *

        def read(count):
            got = b""
            while len(got) < count:
                piece = os.read(0, count - len(got))
                if not piece:
                    sys.exit()
                got += piece
            return got

        def read_frame():
            return read(int.from_bytes(read(4), "big"))

        def say(*answers):
            os.write(1, b"".join(frame(print_answer(answer)) for answer in answers))

        def seen(**lies):
            truth = dict(kind=MediaKind.IMAGE, format="jpeg", width=1, height=1, duration_ms=None,
                veil=Picture(1, 1, 1, bytes([128])), thumbnail=Picture(1, 1, 3, bytes(3)),
                perceptual_hash=None, quality=0, dct_hash=None, cannot_show=None,
                blurred=Picture(1, 1, 1, bytes(1)))
            return Examination(**(truth | lies))

        say(Ready(SandboxLevel.LEVEL))
        while True:
            asked = parse_request(read_frame())
            while read_frame():
                pass
            if isinstance(asked, RecogniseRequest):
                say(Recognised(asked.serial, MediaKind.IMAGE))
                continue
            DEED
    """
    return (
        sys.executable,
        "-I",
        "-c",
        textwrap.dedent(script)
        .replace("DEED", deed)
        .replace("SandboxLevel.LEVEL", f"SandboxLevel.{level}"),
    )


def answer_of(deed: str) -> tuple[CannotShow | None, CannotShow | None]:
    """What becomes of two files in a row, with a child that does `deed`."""
    sandbox = ProcessSandbox(births=Executed(liar(deed)), patience=IMPATIENT)
    try:
        first = sandbox.examine([JPEG], size=len(JPEG))
        return first.cannot_show, sandbox.examine([JPEG], size=len(JPEG)).cannot_show
    finally:
        sandbox.close()


def test_a_child_that_keeps_to_the_protocol_is_believed():
    assert answer_of("say(Examined(asked.serial, seen()))") == (None, None)


@pytest.mark.parametrize(
    "deed",
    [
        "os.write(1, b'x' * 100)",
        "say(Progressed(asked.serial, 5), Progressed(asked.serial, 5))",
        "say(Progressed(asked.serial, 5), Progressed(asked.serial, 4))",
        "say(Progressed(asked.serial + 1, 5), Examined(asked.serial, seen()))",
        "say(Examined(asked.serial, seen()), Progressed(asked.serial, 5))",
        "say(Opened(asked.serial, Moving(0, 1, 1, 0.0, True, False)))",
        "os.write(1, bytes([255] * 4))",
        "say(Examined(asked.serial + 1, seen()))",
        "say(Revealed(asked.serial, None))",
        "say(Ready(SandboxLevel.WALLED))",
        "say(Examined(asked.serial, seen(veil=Picture(1, 1, 1, bytes([255])))))",
        "say(Examined(asked.serial, seen(facts=(('software', 'a\\u202eb'),))))",
        "say(Examined(asked.serial, seen()), Examined(asked.serial + 1, seen()))",
    ],
)
def test_a_child_that_says_anything_else_is_a_breach(deed: str):
    assert answer_of(deed) == (CannotShow.CHILD_BREACH, CannotShow.CHILD_BREACH)


@pytest.mark.parametrize(
    "deed",
    ["os._exit(0)", "os.kill(os.getpid(), 9)", "os.write(1, b'\\0\\0'); os._exit(1)"],
)
def test_a_child_that_dies_costs_its_file(deed: str):
    assert answer_of(deed) == (CannotShow.CHILD_DIED, CannotShow.CHILD_DIED)


@pytest.mark.parametrize(
    "deed",
    [
        "time.sleep(60)",
        "while True: pass",
        "os.write(1, bytes([0, 0, 9, 9]))\n    while True: os.write(1, b'x'); time.sleep(0.1)",
    ],
)
def test_a_child_that_hangs_spins_or_dawdles_is_given_up(deed: str):
    sandbox = ProcessSandbox(births=Executed(liar(deed)), patience=IMPATIENT)
    began = time.monotonic()
    seen = sandbox.examine([JPEG], size=len(JPEG))
    sandbox.close()
    assert seen.cannot_show is CannotShow.CHILD_HUNG
    assert time.monotonic() - began < 20


def test_a_reveal_with_more_than_was_granted_shows_nothing():
    deed = "say(Revealed(asked.serial, Picture(1, 1, 3, bytes(3))))"
    sandbox = ProcessSandbox(births=Executed(liar(deed)), patience=IMPATIENT)
    assert sandbox.reveal([JPEG], size=len(JPEG), grant=GRANT) is None
    sandbox.close()


def test_a_child_that_never_reads_is_given_up_and_the_stream_still_ends():
    script = """
        import os, time
        from cport_desktop.media.pixel_messages import *
        from cport_desktop.media.pixel_protocol import *
        from cport_desktop.media.sandbox import SandboxLevel
        from cport_desktop.media.wire_answers import *
        from cport_desktop.media.wire_requests import *
        os.write(1, frame(print_answer(Ready(SandboxLevel.WALLED))))
        time.sleep(60)
    """
    command = (sys.executable, "-I", "-c", textwrap.dedent(script))
    sandbox = ProcessSandbox(births=Executed(command), patience=IMPATIENT)
    stream = Stream(bytes(5_000_000), piece=100_000)
    seen = sandbox.examine(stream, size=5_000_000)
    sandbox.close()
    assert seen.cannot_show is CannotShow.CHILD_HUNG
    assert stream.is_at_end


@pytest.mark.parametrize(
    "command",
    [
        ("/nonexistent/python",),
        (sys.executable, "-I", "-c", "pass"),
        (sys.executable, "-I", "-c", "print('ready')"),
        (sys.executable, "-I", "-c", "import time; time.sleep(60)"),
    ],
)
def test_without_a_confined_child_every_file_is_refused_after_its_end(command: tuple[str, ...]):
    sandbox = ProcessSandbox(births=Executed(command), patience=IMPATIENT)
    stream = Stream(JPEG)
    with pytest.raises(SandboxRefused) as refused:
        sandbox.examine(stream, size=len(JPEG))
    sandbox.close()
    assert refused.value.facts == {"level": "none", "demanded": "process"}
    assert stream.is_at_end


# Real children --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("blow", "cause"),
    [(signal.SIGKILL, CannotShow.CHILD_DIED), (signal.SIGSTOP, CannotShow.CHILD_HUNG)],
)
def test_a_child_struck_midway_costs_its_file_and_no_other(blow: signal.Signals, cause: CannotShow):
    before = our_children()
    sandbox = ProcessSandbox(patience=replace(IMPATIENT, computing_seconds=5.0, idle_seconds=1.5))
    assert is_fine(sandbox)
    struck = only_child(before)

    def pieces() -> Iterator[bytes]:
        yield JPEG[:5000]
        os.kill(struck, blow)
        yield JPEG[5000:]

    seen = sandbox.examine(pieces(), size=len(JPEG))
    assert (seen.kind, seen.cannot_show) == (MediaKind.OTHER, cause)
    assert is_fine(sandbox)
    assert only_child(before) != struck
    sandbox.close()


def test_a_child_that_died_in_its_sleep_costs_nothing(sandbox):
    before = our_children()
    assert is_fine(sandbox)
    sleeper = only_child(before)
    strike(sleeper)
    assert is_fine(sandbox)


def test_a_stream_that_breaks_off_is_told_and_the_next_file_is_fine(sandbox):
    def broken() -> Iterator[bytes]:
        yield JPEG[:5000]
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        sandbox.examine(broken(), size=len(JPEG))
    assert is_fine(sandbox)


def test_a_hundred_files_in_a_row_need_one_child(sandbox):
    before = our_children()
    assert is_fine(sandbox)
    first = only_child(before)
    answers = {sandbox.examine([JPEG], size=len(JPEG)) for _ in range(100)}
    assert len(answers) == 1
    assert only_child(before) == first


def test_a_child_is_replaced_after_its_share_of_files():
    before = our_children()
    sandbox = ProcessSandbox(files_per_child=3)
    seen = []
    for _ in range(7):
        assert is_fine(sandbox)
        seen.append(frozenset(our_children() - before))
    sandbox.close()
    assert len(set().union(*seen)) >= 3


def test_a_child_lives_longer_than_the_thread_that_first_needed_it(sandbox):
    before = our_children()
    caller = threading.Thread(target=is_fine, args=[sandbox])
    caller.start()
    caller.join()
    first = only_child(before)
    assert is_fine(sandbox)
    assert only_child(before) == first


def test_many_threads_may_ask_at_once():
    sandbox = ProcessSandbox(2)
    before = our_children()
    expected = sandbox.examine([JPEG], size=len(JPEG))
    with ThreadPoolExecutor(8) as callers:
        answers = list(callers.map(lambda _: sandbox.examine([JPEG], size=len(JPEG)), range(60)))
    assert set(answers) == {expected}
    assert len(our_children() - before) <= 2
    sandbox.close()


def test_of_a_file_too_long_for_memory_only_its_kind_is_told(sandbox):
    gibibytes = 5 * 1024**3
    seen = sandbox.examine([JPEG, bytes(2_000_000)], size=gibibytes)
    assert (seen.kind, seen.format) == (MediaKind.IMAGE, "jpeg")
    assert seen.cannot_show is CannotShow.TOO_LARGE
    assert is_fine(sandbox)


def test_a_piece_of_any_length_goes_through(sandbox):
    seen = sandbox.examine([JPEG + bytes(5_000_000)], size=len(JPEG) + 5_000_000)
    assert seen.cannot_show is None


def test_a_child_has_two_pipes_no_more_files_one_thread_and_no_privileges(sandbox):
    before = our_children()
    assert is_fine(sandbox)
    child = Path(f"/proc/{only_child(before)}")
    status = dict(line.split(":\t", 1) for line in (child / "status").read_text().splitlines())
    assert status["NoNewPrivs"] == "1"
    assert status["Threads"] == "1"
    limits = {
        line[:26].strip(): line[26:].split()[:2]
        for line in (child / "limits").read_text().splitlines()
    }
    for limit in ("Max open files", "Max file size", "Max core file size", "Max processes"):
        assert limits[limit] == ["0", "0"], limit
    assert limits["Max address space"] == [str(3 * 1024**3)] * 2
    if os.geteuid() == 0:  # a process that is not dumpable shows the rest to root only
        open_files = sorted(str(entry.readlink()) for entry in (child / "fd").iterdir())
        assert open_files[:3] == ["/dev/null"] * 3
        assert [name.split(":")[0] for name in open_files[3:]] == ["pipe", "pipe"]
        names = {entry.split(b"=")[0] for entry in (child / "environ").read_bytes().split(b"\0")}
        threads, memory = (
            {b"OPENBLAS_NUM_THREADS", b"OMP_NUM_THREADS"},
            {
                b"MALLOC_MMAP_THRESHOLD_",
                b"MALLOC_TRIM_THRESHOLD_",
            },
        )
        assert names <= {b"", b"LANG", b"LC_CTYPE"} | threads | memory


def test_children_end_when_the_program_is_killed():
    script = f"""
        import os, signal
        from cport_desktop.media.sandbox_process import ProcessSandbox
        sandbox = ProcessSandbox()
        whole = {JPEG!r}
        sandbox.examine([whole], size=len(whole))
        def children_of(parent):
            tasks = f"/proc/{{parent}}/task/"
            return [pid for task in os.listdir(tasks)
                    for pid in open(tasks + task + "/children").read().split()]
        (nursery,) = children_of("self")
        print(nursery, *children_of(nursery), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    program = subprocess.run(
        [sys.executable, "-I", "-c", textwrap.dedent(script)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    nursery, child = program.stdout.split()
    for process in (nursery, child):
        deadline = time.monotonic() + 10
        while is_living(process) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not is_living(process), "it outlived the program"


def is_living(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_nursery_that_was_killed_is_started_again(sandbox):
    before = our_nurseries()
    assert is_fine(sandbox)
    (nursery,) = our_nurseries() - before
    child = os.pidfd_open(*children_of(nursery))
    strike(nursery)
    select.select([child], [], [], 20)
    os.close(child)
    assert is_fine(sandbox)
    assert our_nurseries() - before - {nursery}


def test_a_child_below_the_level_that_is_demanded_is_not_used():
    child = liar("say(Examined(asked.serial, seen()))", level="PROCESS")
    births = Executed(child)
    sandbox = ProcessSandbox(births=births, demanded=SandboxLevel.FILTERED)
    with pytest.raises(SandboxRefused) as refused:
        sandbox.examine([JPEG], size=len(JPEG))
    assert refused.value.facts == {"level": "process", "demanded": "filtered"}
    assert sandbox.level is SandboxLevel.NONE
    report = self_test(sandbox)
    assert (report.works, report.level) == (False, SandboxLevel.PROCESS)
    sandbox.close()


def test_what_is_shown_and_every_video_has_a_child_that_saw_nothing_before(sandbox):
    before = our_children()
    assert is_fine(sandbox)
    pool = only_child(before)
    seen = []

    def pieces(whole: bytes) -> Iterator[bytes]:
        yield whole[:5000]
        seen.append(our_children() - before - {pool})
        yield whole[5000:]

    film = video("mp4")
    assert sandbox.reveal(pieces(JPEG), size=len(JPEG), grant=GRANT) is not None
    assert sandbox.examine(pieces(film), size=len(film)).cannot_show is None
    assert [len(born) for born in seen] == [1, 1]
    assert seen[0] != seen[1]
    assert only_child(before) == pool


def test_a_closed_sandbox_refuses():
    sandbox = ProcessSandbox()
    assert is_fine(sandbox)
    sandbox.close()
    with pytest.raises(SandboxRefused):
        sandbox.examine([JPEG], size=len(JPEG))


def test_warming_starts_a_child_before_it_is_needed():
    before = our_children()
    sandbox = ProcessSandbox()
    sandbox.warm()
    deadline = time.monotonic() + 20
    while not our_children() - before and time.monotonic() < deadline:
        time.sleep(0.01)
    started = only_child(before)
    assert is_fine(sandbox)
    assert only_child(before) == started
    sandbox.close()


def test_the_program_that_decodes_through_children_loads_no_decoder():
    script = """
        import sys
        from cport_desktop.media import hashing, self_test
        from cport_desktop.media.sandbox_process import ProcessSandbox
        sandbox = ProcessSandbox()
        assert self_test.self_test(sandbox).works
        sandbox.close()
        decoders = {"PIL", "av", "numpy", "scipy", "pdqhash", "imagehash", "pywt"}
        loaded = {name.split(".")[0] for name in sys.modules} & decoders
        inside = [name for name in sys.modules if name.startswith("cport_desktop.media.child")]
        print(sorted(loaded), inside)
    """
    program = subprocess.run(
        [sys.executable, "-I", "-c", textwrap.dedent(script)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert program.stdout.strip() == "[] []"


def test_the_child_is_this_interpreter_isolated_from_its_user():
    assert nursery_command()[:2] == (sys.executable, "-I")
