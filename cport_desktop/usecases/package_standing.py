"""Which packages of an order stand there already, whole, because it was cut off behind them.

What lies there is read before the transaction, since twenty gigabytes take minutes and nobody could write
to the vault meanwhile; what it is is asked of the register within it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.domain.disclosure import Disclosure
from cport_desktop.domain.package import ComposedPackage
from cport_desktop.exports.split_files import joined_digest, list_path, parts_there
from cport_desktop.usecases.package_order import Order
from cport_desktop.vault import disclosures, packed
from cport_desktop.vault.transaction import Reader


@dataclass(frozen=True, slots=True)
class FileThere:
    """What lies at a path: one file, or all of its `parts` (names) with their list."""

    sha256: str
    size: int
    parts: tuple[str, ...]


def files_there(order: Order, paths: Iterable[Path]) -> Mapping[Path, FileThere]:
    """What lies at these paths, if the order goes on where it was cut off; nothing otherwise."""
    found: dict[Path, FileThere] = {}
    for path in dict.fromkeys(paths) if order.resumes else ():
        parts = () if path.is_file() else parts_there(path)
        if path.is_file() or (parts and list_path(path).is_file()):
            sha256, size = joined_digest(parts or (path,))
            found[path] = FileThere(sha256, size, tuple(part.name for part in parts))
    return found


def standing_package(
    reader: Reader, order: Order, path: Path, there: FileThere | None, entered: Disclosure
) -> ComposedPackage | None:
    """The package at `path`, if it is the one that would be `entered`: what lies there left under this
    title, with the same reports, revisions and files, to the same keys, by the same clauses, for the same
    reason. None otherwise: an older package is never taken for the one that was ordered.
    """
    known = (
        None if there is None else packed.package_that_left(reader, there.sha256, title=order.title)
    )
    if there is None or known is None:
        return None
    record = disclosures.find(reader, known)
    before = record.entered
    is_same = (
        set(record.items) == set(entered.items)
        and set(before.recipients) == set(entered.recipients)
        and (before.clause, before.reason) == (entered.clause, entered.reason)
    )
    if not is_same:
        return None
    kinds = [item.kind for item in record.items]
    return ComposedPackage(
        sha256=there.sha256,
        size=there.size,
        items=kinds.count("report"),
        media=len({item.sha256 for item in record.items if item.kind == "media"}),
        recipients=tuple(each.name for each in before.recipients),
        signer=order.signer.name,
        path=path,
        parts=there.parts,
        was_there=True,
    )
