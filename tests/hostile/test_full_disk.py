"""Disks that are too small, in a hundred sizes, for every workflow; and media that take nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.faults.runs import REPOSITORY
from tests.hostile.faults.tally import Tally
from tests.hostile.faults.workflows.every import every_workflow

ALONE = ["unshare", "--user", "--map-root-user", "--mount"]
WORKFLOWS = [workflow.name for workflow in every_workflow()]

pytestmark = pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run([*ALONE, "true"], check=False, capture_output=True).returncode != 0,
    reason="this machine gives no mount namespace to a user",
)


def filled(name: str, folder: Path, *sizes: int) -> None:
    module = [sys.executable, "-m", "tests.hostile.full_disk_child", name, str(folder)]
    child = subprocess.run(
        [*ALONE, *module, *map(str, sizes)],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr


@pytest.mark.parametrize("name", ["import", "rekey"])
def test_a_disk_too_small_is_named_and_the_work_goes_on_with_room(name: str, memory: Path):
    filled(name, memory, 8, 1208, 240)


@pytest.mark.faults
@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_hundred_disks_too_small_are_named_and_the_work_goes_on_with_room(
    name: str, memory: Path, tally: Tally
):
    with tally.timing("disks too small", name) as count:
        filled(name, memory, 4, 1204, 12)
        count.number += 100


READ_ONLY = """
import subprocess, sys
from pathlib import Path
from cport_desktop.errors import StorageUnwritable
from tests.hostile.faults.workflows import vaults
directory = Path(sys.argv[1])
subprocess.run(["mount", "--bind", directory.parent, directory.parent], check=True)
subprocess.run(["mount", "-o", "remount,bind,ro", directory.parent], check=True)
for act in (vaults.opened, lambda path: vaults.create(path.with_name("another"))):
    try:
        act(directory)
    except StorageUnwritable as error:
        print(error.code)
"""


def test_a_read_only_medium_says_so(memory: Path):
    from tests.hostile.faults.workflows import vaults  # noqa: PLC0415 - as in the child

    vaults.create(memory / "vault")
    before = {path: path.read_bytes() for path in memory.rglob("*") if path.is_file()}
    child = subprocess.run(
        [*ALONE, sys.executable, "-c", READ_ONLY, str(memory / "vault")],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert child.stdout.split() == ["vault.storage_unwritable"] * 2, child.stderr
    assert {path: path.read_bytes() for path in memory.rglob("*") if path.is_file()} == before
