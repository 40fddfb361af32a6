"""A release that differs from another in nothing but its number, to try updates with.

python packaging/next_version.py TREE VERSION FOLDER     the archive FOLDER/cport-desktop-VERSION-….tar.gz
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

from build_archive import write_archive
from tree_compiling import compile_in_place

import cport_desktop


def renumbered(tree: Path, version: str, folder: Path) -> Path:
    """A copy of `tree` in `folder` that calls itself `version`."""
    old = (tree / "VERSION").read_text(encoding="ascii").strip()
    copy = folder / tree.name.replace(old, version)
    shutil.copytree(tree, copy)
    (copy / "VERSION").write_text(f"{version}\n", encoding="ascii")
    source = Path(cport_desktop.__file__).read_text(encoding="utf-8")
    said = re.sub(r'(?m)^__version__ = ".*"$', f'__version__ = "{version}"', source)
    place = folder / "ours"
    place.mkdir()
    (place / "__init__.py").write_text(said, encoding="utf-8")
    compile_in_place(place, "app/cport_desktop")
    shutil.copyfile(place / "__init__.pyc", copy / "app" / "cport_desktop" / "__init__.pyc")
    return copy


def main() -> int:
    tree, version, folder = Path(sys.argv[1]).resolve(), sys.argv[2], Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        print(write_archive(renumbered(tree, version, Path(place)), folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
