"""Drives that are absent, locked, full, read-only, pulled out, too small for a file, or lie: each has
its name, met with the real thing.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cport_desktop.crypto import key_wrapping
from cport_desktop.crypto.key_wrapping import WrappingPair
from cport_desktop.domain.courier import BundleId, Heading
from cport_desktop.domain.progress import Phase, Progress, never, silent
from cport_desktop.errors import (
    Cancelled,
    DriveAbsent,
    DriveFull,
    DriveLocked,
    DriveUnreliable,
    FileTooLargeForDrive,
    OutputExists,
    PartDamaged,
    ValueUnknown,
)
from cport_desktop.formats.bundle_header import MAGIC
from cport_desktop.sync.bundle_reader import OpenedBundle
from cport_desktop.sync.bundle_writer import LEAST_PART, Parcel, capacity, write_bundle
from cport_desktop.sync.drive import parts_at, require_room
from tests.hostile.faults.runs import REPOSITORY

OWN = key_wrapping.generate_pair()
NOBODY = 65534

ALONE = ["unshare", "--user", "--map-root-user", "--mount"]
has_namespaces = pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run([*ALONE, "true"], check=False, capture_output=True).returncode != 0,
    reason="this machine gives no mount namespace to a user",
)


def parcel(content: bytes, *, part_size: int | None = None, own: WrappingPair = OWN) -> Parcel:
    pieces = (content[at : at + 10_000] for at in range(0, len(content), 10_000))
    return Parcel(Heading.STATION, BundleId("ab" * 16), own.public, pieces, len(content), part_size)


def content(size: int) -> bytes:
    """A manifest of one byte, and so much behind it."""
    return (1).to_bytes(8, "big") + b"{" + bytes(range(256)) * (size // 256 + 1)


def write(target: Path, size: int = 100_000, part_size: int | None = None) -> tuple[Path, ...]:
    whole = parcel(content(size)[:size], part_size=part_size)
    return write_bundle(target, whole, announce=silent, is_cancelled=never)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("size", [9, 16_383, 16_384, 16_385, 100_000])
def test_what_was_written_is_read_again(tmp_path: Path, size: int) -> None:
    paths = write(tmp_path / "bundle", size)

    with OpenedBundle(paths, OWN, Heading.STATION) as bundle:
        assert bundle.size == size
        assert bundle.read(0, size) == content(size)[:size]


@pytest.mark.parametrize("part_size", [LEAST_PART, LEAST_PART + 1, 70_000, 81_943, 98_327])
def test_no_part_is_longer_than_was_asked_for_and_none_is_wasted(
    tmp_path: Path, part_size: int
) -> None:
    size = 300_000
    paths = write(tmp_path / "bundle", size, part_size)

    sizes = [path.stat().st_size for path in paths]
    assert max(sizes) <= part_size
    assert all(part_size - each < 17 for each in sizes[:-1])
    assert len(paths) == -(-size // capacity(part_size))
    with OpenedBundle(paths[::-1], OWN, Heading.STATION) as bundle:
        assert bundle.read(0, size) == content(size)[:size]


def test_parts_are_found_by_the_name_of_the_whole(tmp_path: Path) -> None:
    paths = write(tmp_path / "bundle", 300_000, LEAST_PART)
    (tmp_path / "bundle.txt").write_text("no part")

    assert parts_at(tmp_path / "bundle") == paths
    assert parts_at(paths[1]) == (paths[1],)
    assert parts_at(tmp_path / "nothing") == (tmp_path / "nothing",)


def test_parts_that_could_hold_nothing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueUnknown):
        write(tmp_path / "bundle", part_size=LEAST_PART - 1)


def test_a_drive_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DriveAbsent):
        write(tmp_path / "stick" / "bundle")
    (tmp_path / "file").write_text("")
    with pytest.raises(DriveAbsent):
        write(tmp_path / "file" / "bundle")


@contextmanager
def as_somebody_else() -> Iterator[None]:
    """Not as root, who may do anything; nothing to do for others."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("mode", [0o000, 0o500])
def test_a_drive_that_is_locked_for_this_account(tmp_path: Path, mode: int) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    stick.chmod(mode)
    try:
        with as_somebody_else(), pytest.raises(DriveLocked):
            write(stick / "bundle")
    finally:
        stick.chmod(0o700)
    assert names(stick) == []


def test_a_drive_that_is_too_small_says_so_before_anything_is_written(tmp_path: Path) -> None:
    room = os.statvfs(tmp_path)
    free = room.f_bavail * room.f_frsize

    with pytest.raises(DriveFull) as caught:
        require_room(tmp_path, free * 2)

    assert caught.value.facts["wanted"] == free * 2


def test_a_file_system_that_takes_no_file_of_that_length(tmp_path: Path) -> None:
    """FAT32 ends at 4 GiB; a limit of this process makes the same errno."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    try:
        with pytest.raises(FileTooLargeForDrive):
            write(tmp_path / "bundle", 500_000)
        assert names(tmp_path) == []
        assert len(write(tmp_path / "bundle", 500_000, 190_000)) == 3
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_drive_that_gives_back_something_else(tmp_path: Path) -> None:
    def change_what_lies_there(progress: Progress) -> None:
        if progress.phase is Phase.CHECKING:
            (unfinished,) = tmp_path.iterdir()
            with unfinished.open("r+b") as file:
                file.seek(5_000)
                file.write(b"\0\0")

    with pytest.raises(DriveUnreliable):
        write_bundle(
            tmp_path / "bundle",
            parcel(content(100_000)),
            announce=change_what_lies_there,
            is_cancelled=never,
        )

    assert names(tmp_path) == []


def test_nothing_is_left_of_what_somebody_stopped(tmp_path: Path) -> None:
    seen: list[Progress] = []

    with pytest.raises(Cancelled):
        write_bundle(
            tmp_path / "bundle",
            parcel(content(300_000), part_size=LEAST_PART),
            announce=seen.append,
            is_cancelled=lambda: len(seen) > 20,
        )

    assert names(tmp_path) == []


def test_what_a_cut_left_of_a_bundle_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    left = tmp_path / "bundle.unfinished"
    left.write_bytes(MAGIC + b"S half")
    write(tmp_path / "bundle")
    assert names(tmp_path) == ["bundle"]

    (tmp_path / "bundle").unlink()
    left.write_bytes(b"somebody's words")
    with pytest.raises(OutputExists):
        write(tmp_path / "bundle")
    assert left.read_bytes() == b"somebody's words"


def test_a_link_on_the_drive_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "bundle.unfinished").symlink_to(victim)
    with pytest.raises(OutputExists):
        write(stick / "bundle")
    (stick / "bundle.unfinished").unlink()
    (stick / "bundle").symlink_to(tmp_path / "nowhere")
    with pytest.raises(OutputExists):
        write(stick / "bundle")

    assert victim.read_text() == "precious"
    assert not (tmp_path / "nowhere").exists()


def on_a_drive(script: str, folder: Path, *more: str) -> list[str]:
    """What `script` prints, in a namespace where it may mount."""
    child = subprocess.run(
        [*ALONE, *more, sys.executable, "-c", PREAMBLE + script, str(folder)],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    return child.stdout.split()


PREAMBLE = """
import os, subprocess, sys
from pathlib import Path
from cport_desktop.errors import CportError
from cport_desktop.domain.progress import Phase, never, silent
from cport_desktop.sync.bundle_writer import write_bundle
from tests.sync.test_drive import content, parcel
stick = Path(sys.argv[1])
def mount(*words):
    subprocess.run(["mount", *map(str, words)], check=True)
def write(size, announce=silent, part_size=None):
    try:
        write_bundle(stick / "bundle", parcel(content(size), part_size=part_size),
                     announce=announce, is_cancelled=never)
        print("written")
    except CportError as error:
        print(error.code)
"""


@has_namespaces
def test_a_drive_without_room_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    said = on_a_drive(
        """
mount("-t", "tmpfs", "-o", "size=256k", "tmpfs", stick)
write(400_000)
def fill(progress):
    other = stick / "others"
    if progress.phase is Phase.SEALING and not other.exists():
        other.write_bytes(bytes(160_000))
write(180_000, fill)
print(sorted(os.listdir(stick)) == ["others"])
(stick / "others").unlink()
write(180_000)
print(sorted(os.listdir(stick)) == ["bundle"])
""",
        tmp_path,
    )

    assert said == ["road.drive_full", "road.drive_full", "True", "written", "True"]


@has_namespaces
def test_a_drive_that_takes_no_writing_is_named(tmp_path: Path) -> None:
    said = on_a_drive(
        """
mount("--bind", stick, stick)
mount("-o", "remount,bind,ro", stick)
write(100_000)
""",
        tmp_path,
    )

    assert said == ["road.drive_read_only"]


@has_namespaces
def test_a_file_system_that_cannot_do_what_is_needed_is_named(tmp_path: Path) -> None:
    """A file system of message queues: files can be made there, and nothing written to them."""
    said = on_a_drive(
        """
mount("-t", "mqueue", "mqueue", stick)
write(100_000)
print(os.listdir(stick))
""",
        tmp_path,
        "--ipc",
    )

    assert said == ["road.drive_foreign", "[]"]


@has_namespaces
@pytest.mark.parametrize("phase", ["SEALING", "CHECKING"])
def test_a_drive_that_is_pulled_out_is_named(tmp_path: Path, phase: str) -> None:
    said = on_a_drive(
        f"""
mount("-t", "tmpfs", "-o", "size=8M", "tmpfs", stick)
def pull_out(progress):
    if progress.phase is Phase.{phase} and os.path.ismount(stick):
        subprocess.run(["umount", "--lazy", str(stick)], check=True)
write(300_000, pull_out)
print(os.listdir(stick))
mount("-t", "tmpfs", "-o", "size=8M", "tmpfs", stick)
write(300_000)
""",
        tmp_path,
    )

    assert said == ["road.drive_removed", "[]", "written"]


def test_a_drive_that_is_pulled_out_while_it_is_read_is_named(tmp_path: Path) -> None:
    """A file that is cut while it is open gives fewer bytes than were there: damaged."""
    (path,) = write(tmp_path / "bundle", 300_000)
    with OpenedBundle([path], OWN, Heading.STATION) as bundle:
        with path.open("r+b") as file:
            file.truncate(100_000)
        with pytest.raises(PartDamaged):
            bundle.read(0, 300_000)


LARGE = """
import resource, sys
from pathlib import Path
from cport_desktop.domain.courier import BundleId, Heading
from cport_desktop.domain.progress import never, silent
from cport_desktop.sync.bundle_reader import OpenedBundle
from cport_desktop.sync.bundle_writer import Parcel, write_bundle
from tests.sync.test_drive import OWN, content
def most():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
def pieces(number):
    yield content(0)
    for _ in range(number):
        yield bytes(1_000_000)
def exchange(number, name):
    size = len(content(0)) + number * 1_000_000
    parcel = Parcel(Heading.STATION, BundleId("ab" * 16), OWN.public, pieces(number), size, 20_000_000)
    paths = write_bundle(Path(sys.argv[1]) / name, parcel, announce=silent, is_cancelled=never)
    with OpenedBundle(paths, OWN, Heading.STATION) as bundle:
        for at in range(0, size, 1 << 20):
            bundle.read(at, 1 << 20)
exchange(4, "small")
before = most()
exchange(64, "large")
print(most() - before)
"""


def test_memory_does_not_grow_with_the_size(tmp_path: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-c", LARGE, str(tmp_path)],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    assert int(child.stdout) < 8_000, "KiB more for sixteen times the bytes"
