"""Whether two builds are the same, to the byte, the permission and the second.

python packaging/compare_trees.py TREE OTHER      1 and what differs, if anything does
"""

from __future__ import annotations

import filecmp
import sys
from collections.abc import Iterator
from pathlib import Path


def differences(one: Path, other: Path) -> Iterator[str]:
    """A sentence for each path that is not the same in both."""
    names = {path.relative_to(root) for root in (one, other) for path in root.rglob("*")}
    for name in sorted(names):
        here, there = one / name, other / name
        if not (here.exists() and there.exists()):
            yield f"{name} is in only one of them"
        elif _told(here) != _told(there):
            yield f"{name} has another kind, permission, size or time"
        elif here.is_file() and not filecmp.cmp(here, there, shallow=False):
            yield f"{name} has other bytes"


def _told(path: Path) -> tuple[int, int, int]:
    told = path.lstat()
    return told.st_mode, told.st_size if path.is_file() else 0, int(told.st_mtime)


def main() -> int:
    found = list(differences(Path(sys.argv[1]), Path(sys.argv[2])))
    print("\n".join(found) or "The same, byte for byte.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
