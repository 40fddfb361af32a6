"""A disk that is too small for a workflow: `python -m tests.hostile.full_disk_child NAME FOLDER FIRST LAST STEP`.

Wants a mount namespace of its own. For each size in KiB above what the workflow begins with, a
disk of that size is filled by it; then the disk gets room, and nothing promised may be missing.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from pathlib import Path

from cport_desktop.errors import DriveFull, StorageFull, VaultError
from tests.hostile.faults.workflows.every import workflow_named
from tests.hostile.faults.workflows.workflow import Place, Workflow


def main() -> None:
    workflow, folder = workflow_named(sys.argv[1]), Path(sys.argv[2])
    before = Place(folder / "before")
    before.beside.mkdir(parents=True)
    workflow.prepare(before)
    used = int(subprocess.check_output(["du", "-sk", before.root]).split()[0])
    sizes = range(*map(int, sys.argv[3:6]))
    full = sum(_work_on(workflow, before, folder, used + size) for size in sizes)
    print(f"{len(sizes)} disks, {full} of them full on the way")
    assert full


def _work_on(workflow: Workflow, before: Place, folder: Path, size: int) -> bool:
    """Whether a disk of `size` KiB became full on the way."""
    place = Place(folder / "place")
    shutil.rmtree(place.folder, ignore_errors=True)
    shutil.copytree(before.beside, place.beside)
    place.root.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={size}k,mode=700", "none", str(place.root))
    try:
        promised: set[str] = set()
        is_full = False
        try:
            shutil.copytree(before.root, place.root, dirs_exist_ok=True)
            workflow.run(place, promised.add)
        except (StorageFull, DriveFull):
            is_full = True
        except (VaultError, OSError, shutil.Error) as error:
            raise AssertionError(f"at {size} KiB") from error
        _mount("-o", "remount,size=256m", str(place.root))
        assert promised <= workflow.look(place).facts, f"at {size} KiB"
        workflow.finish(place)
        return is_full
    finally:
        os.sync()
        # A sealed file that was being read when a package failed is open until a round of errors is let go.
        gc.collect()
        subprocess.run(["umount", str(place.root)], check=True)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


if __name__ == "__main__":
    main()
