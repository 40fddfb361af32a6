"""A release as one file that is unpacked where a user may write: `dist/….tar.gz`.

    python packaging/build_archive.py TREE [FOLDER]

The same bytes from the same tree: names in order, nobody's user, the times the tree has, no name and no
time in the head of the compression. Beside it, `….sha256` says its digest as `sha256sum --check` reads it.
"""

from __future__ import annotations

import gzip
import hashlib
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parent.parent
_LEVEL: Final = 9
_WRITTEN: Final = 1024**2


class NotPlain(Exception):
    """Something in the tree is neither a folder nor a file: a stick could not hold it."""


def write_archive(root: Path, folder: Path) -> Path:
    """The archive of `root` in `folder`; it takes its name when it is whole.

    Raises:
        NotPlain: see there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / f"{root.name}.tar.gz"
    unfinished = archive.with_suffix(".unfinished")
    with (
        unfinished.open("wb") as file,
        gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in _in_order(root):
            _add(tar, path, path.relative_to(root.parent).as_posix())
    unfinished.rename(archive)
    digest = archive.with_name(f"{archive.name}.sha256")
    digest.write_text(f"{_digest(archive)}  {archive.name}\n", encoding="ascii")
    return archive


def _in_order(root: Path) -> Iterator[Path]:
    yield root
    yield from sorted(root.rglob("*"), key=lambda path: path.relative_to(root).as_posix())


def _add(tar: tarfile.TarFile, path: Path, name: str) -> None:
    if path.is_symlink() or not (path.is_dir() or path.is_file()):
        raise NotPlain(name)
    told = path.stat()
    entry = tarfile.TarInfo(name)
    entry.mtime = int(told.st_mtime)
    entry.mode = 0o755 if told.st_mode & 0o100 else 0o644
    if path.is_dir():
        entry.type = tarfile.DIRTYPE
        tar.addfile(entry)
        return
    entry.size = told.st_size
    with path.open("rb") as content:
        tar.addfile(entry, content)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def main() -> int:
    root = Path(sys.argv[1]).absolute()
    archive = write_archive(root, Path(sys.argv[2]) if len(sys.argv) > 2 else PROJECT / "dist")
    print(f"{archive.name}: {archive.stat().st_size / _WRITTEN:.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
