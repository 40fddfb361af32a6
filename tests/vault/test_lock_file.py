"""One process at a time: who is refused is told by whom, and the dead hold nothing."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cport_desktop.errors import LockUnsupported, VaultDamaged, VaultHeld
from cport_desktop.vault.lock_file import LockFile, refused_lock
from cport_desktop.words.errors import explain
from tests.builders import reopened

ROOT = Path(__file__).parents[2]
RACES = 200


class Rival:
    """Another process (`lock_child`) that takes and frees the lock when told to."""

    def __init__(self, path: Path, program: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.vault.lock_child", str(path), program],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def ask(self, word: str) -> str:
        self.tell(word)
        return self.hear()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


Start = Callable[[str], Rival]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lock"


@pytest.fixture
def start(path: Path) -> Iterator[Start]:
    rivals: list[Rival] = []

    def started(program: str) -> Rival:
        rivals.append(Rival(path, program))
        return rivals[-1]

    yield started
    for rival in rivals:
        rival.end()


def test_of_two_that_race_exactly_one_wins_every_time(start):
    rivals = [start("one"), start("two")]
    for _ in range(RACES):
        for rival in rivals:
            rival.tell("take")
        answers = [rival.hear() for rival in rivals]
        assert sorted(answer.split()[0] for answer in answers) == ["taken", "vault.held"]
        assert [rival.ask("free") for rival in rivals] == ["free", "free"]


def test_a_killed_holder_holds_nothing(start, path):
    holder = start("holder")
    assert holder.ask("take") == "taken"
    os.kill(holder.process.pid, signal.SIGKILL)
    holder.process.wait()

    lock = LockFile(path, program="next")

    assert b"holder" not in path.read_bytes()
    lock.release()


def test_a_holder_that_hangs_keeps_the_vault_and_is_named_at_once(start, path):
    holder = start("holder")
    assert holder.ask("take") == "taken"
    os.kill(holder.process.pid, signal.SIGSTOP)
    try:
        with pytest.raises(VaultHeld) as caught:
            LockFile(path, program="next")
    finally:
        os.kill(holder.process.pid, signal.SIGCONT)
    assert caught.value.facts == {"holder": "holder", "pid": holder.process.pid}
    assert "end that process" in explain(caught.value).hint


def test_a_child_of_a_killed_holder_holds_nothing(path):
    """A decoder or a gateway that outlives the window must not keep the vault."""
    program = (
        "import os, subprocess, sys; from pathlib import Path;"
        "from cport_desktop.vault.lock_file import LockFile;"
        f"lock = LockFile(Path({str(path)!r}), program='holder');"
        "quiet = subprocess.DEVNULL;"
        "child = subprocess.Popen(['sleep', '60'], stdout=quiet, stderr=quiet, close_fds=False);"
        "print(child.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    child = int(done.stdout)
    try:
        LockFile(path, program="next").release()
    finally:
        os.kill(child, signal.SIGKILL)


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"\x00" * 5000,
        b"[" * 4096,
        b"\xff\xfe rubbish",
        b'{"program": 7, "pid": "x"}',
        b'{"program": "p", "pid": 1e999}',
        b'{"program": "p", "pid": -1}',
        b'{"program": "p"}',
        b'{"program": "cport", "pid": 1, "analyst": "Somebody Else"}',
    ],
    ids=range(9),
)
def test_what_lies_in_the_file_decides_nothing(path, rubbish):
    """Neither rubbish nor the number of a process that lives and never had to do with it."""
    path.write_bytes(rubbish)
    lock = LockFile(path, program="next")
    assert b"next" in path.read_bytes()
    lock.release()


@pytest.mark.parametrize(
    "rubbish",
    [b"", b"[" * 4096, b"\xff\xfe rubbish", b'{"program": "p", "pid": -1}', b'{"program": []}'],
    ids=range(5),
)
def test_a_held_vault_is_held_whatever_somebody_wrote_over_the_holders_name(path, rubbish):
    lock = LockFile(path, program="holder")
    path.write_bytes(rubbish)
    with pytest.raises(VaultHeld) as caught:
        LockFile(path, program="next")
    assert caught.value.facts == {"holder": "another program", "pid": None}
    lock.release()


def test_the_number_of_a_process_that_is_gone_names_nobody(path):
    gone = subprocess.Popen(["true"])
    gone.wait()
    lock = LockFile(path, program="holder")
    path.write_text(f'{{"program": "earlier", "pid": {gone.pid}}}')
    with pytest.raises(VaultHeld) as caught:
        LockFile(path, program="next")
    assert caught.value.facts["pid"] is None
    lock.release()


def test_a_name_cannot_play_tricks_on_the_terminal_of_who_is_refused(path):
    lock = LockFile(path, program="cport")
    lock.tell(analyst="Ada\x1b[2J\u202eexample")
    with pytest.raises(VaultHeld) as caught:
        LockFile(path, program="next")
    assert caught.value.facts["holder"] == "Ada?[2J?example (cport)"
    lock.release()


def test_a_file_that_was_removed_lets_no_second_one_in(path):
    lock = LockFile(path, program="holder")
    path.unlink()
    with pytest.raises(VaultHeld):
        LockFile(path, program="next")
    lock.release()
    LockFile(path, program="next").release()


def test_the_file_tells_name_program_and_number_alone(path):
    lock = LockFile(path, program="cport")
    lock.tell(analyst="Ada Example")
    told = path.read_text().strip()
    assert told == f'{{"program":"cport","pid":{os.getpid()},"analyst":"Ada Example"}}'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    lock.release()
    assert path.read_bytes() == b""


def test_names_of_any_length_are_told_in_one_piece(path):
    lock = LockFile(path, program="\x01" * 10_000)
    lock.tell(analyst="\x02" * 10_000)
    with pytest.raises(VaultHeld) as caught:
        LockFile(path, program="next")
    assert caught.value.facts["pid"] == os.getpid()
    lock.release()


def test_a_link_in_its_place_is_not_followed(tmp_path, path):
    victim = tmp_path / "letter.txt"
    victim.write_text("dear")
    path.symlink_to(victim)
    with pytest.raises(VaultDamaged):
        LockFile(path, program="next")
    assert victim.read_text() == "dear"


@pytest.mark.parametrize("code", [errno.ENOTSUP, errno.ENOLCK, errno.ENOSYS, errno.EINVAL])
def test_a_file_system_without_locks_is_refused_by_that_name(code):
    with pytest.raises(LockUnsupported) as caught:
        refused_lock(OSError(code, os.strerror(code)))
    assert errno.errorcode[code] in explain(caught.value).message


def test_a_real_process_on_such_a_file_system_says_so_and_holds_nothing(path):
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed: apt-get install strace")
    program = (
        "from pathlib import Path; from cport_desktop.vault.lock_file import LockFile;"
        f"LockFile(Path({str(path)!r}), program='next')"
    )
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=flock",
         "-e", "inject=flock:error=EOPNOTSUPP", sys.executable, "-c", program],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "vault.lock_unsupported" in done.stderr
    LockFile(path, program="elsewhere").release()


def test_a_disk_that_fails_is_not_taken_for_somebody_elses_lock():
    assert refused_lock(BlockingIOError(errno.EWOULDBLOCK, "")) is False
    with pytest.raises(VaultDamaged):
        refused_lock(OSError(errno.EIO, ""))


MAKE = """
import sys
from pathlib import Path
from tests.builders import make_vault
for line in sys.stdin:
    try:
        make_vault(Path(line.strip()))
    except Exception as error:
        print(type(error).__name__, flush=True)
    else:
        print("made", flush=True)
"""


def test_of_two_that_make_a_vault_in_one_folder_one_does_and_it_opens(tmp_path):
    """What the other is making at this moment is no leftover of a crash."""
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    try:
        for number in range(8):
            folder = tmp_path / f"vault-{number}"
            for maker in makers:
                assert maker.stdin is not None
                maker.stdin.write(f"{folder}\n")
                maker.stdin.flush()
            said = sorted(maker.stdout.readline().strip() for maker in makers if maker.stdout)
            assert said[1] == "made"
            assert said[0] in {"VaultHeld", "VaultExists"}
            reopened(folder).close()
    finally:
        for maker in makers:
            maker.kill()
            maker.communicate()
