"""The two copies of a header on disk.

Both say the same. A change writes one after the other, each whole or not at all, so that at
any moment one of them is as it should be: a copy that is missing, cut or changed costs nothing
as long as the other one opens. Which of two generations is right is decided by the database
(`vault.settling`), which keeps the header as it should be.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cport_desktop.errors import NotAVault, RestoreUnfinished, VaultDamaged, VaultNewer
from cport_desktop.vault.durable_files import naming_disk_faults, write_durably
from cport_desktop.vault.header import LONGEST_HEADER, Header, parse_header, print_header
from cport_desktop.vault.layout import Layout


@dataclass(frozen=True, slots=True)
class FoundHeaders:
    """What lies there: headers that parse, newest first, and names of copies that are no good.

    `first_version` is the content of a header of version 1, if that is what there is.
    """

    headers: tuple[Header, ...]
    bad_copies: tuple[str, ...]
    first_version: bytes | None


def exist(layout: Layout) -> bool:
    """There is a header of some kind, or a part of one: the folder is (or was) a vault."""
    return any(path.is_file() for path in (*layout.headers, layout.header_v1))


def read(layout: Layout) -> FoundHeaders:
    """The copies that lie in a vault's folder.

    Raises:
        NotAVault: there is none.
        RestoreUnfinished: there is a restore that was cut off.
        VaultNewer: written by a later version.
        VaultDamaged: no copy can be read.
    """
    if not exist(layout):
        if layout.unfinished_restore.is_dir():
            raise RestoreUnfinished(path=str(layout.directory))
        raise NotAVault(path=str(layout.directory))
    found: list[Header] = []
    bad: list[str] = []
    newer: VaultNewer | None = None
    for path in layout.headers:
        try:
            found.append(parse_header(_content(path) if path.is_file() else b""))
        except VaultDamaged:
            bad.append(path.name)
        except VaultNewer as error:
            # One changed bit can say so too: the other copy is asked first.
            newer = error
            bad.append(path.name)
    first_version = _content(layout.header_v1) if layout.header_v1.is_file() else None
    if not found and first_version is None:
        raise newer or VaultDamaged(where="header (both copies)")
    found.sort(key=lambda header: header.generation, reverse=True)
    return FoundHeaders(tuple(found), tuple(bad), first_version)


def write(layout: Layout, header: Header) -> None:
    """Both copies say `header`, durably; a header of the first version is gone.

    Raises:
        StorageFull, VaultDamaged: the disk; one copy at least is as it was or as it should be.
    """
    content = print_header(header)
    for path in layout.headers:
        with naming_disk_faults(path.name):
            write_durably(path, content)
    with naming_disk_faults(layout.header_v1.name):
        layout.header_v1.unlink(missing_ok=True)


def are_as(layout: Layout, header: Header) -> bool:
    """Both copies say exactly `header`, and no older form lies beside them."""
    content = print_header(header)
    return not layout.header_v1.exists() and all(
        path.is_file() and _content(path) == content for path in layout.headers
    )


def _content(path: Path) -> bytes:
    with naming_disk_faults(path.name), path.open("rb") as file:
        return file.read(LONGEST_HEADER + 1)
