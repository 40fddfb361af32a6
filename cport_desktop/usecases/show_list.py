"""What was read of a file becomes a list that is seen: in one transaction, with its audit entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.roles import Role
from cport_desktop.formats.hash_list_file import Row
from cport_desktop.usecases.permission import require
from cport_desktop.vault.list_reading import ListReading, NewList
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file was found to say, when all of it lies in the vault, unseen. `accepted` have a digest,
    each line of its own; `twice` of them say what an earlier one said.
    """

    new: NewList
    sha256: str
    accepted: int
    rejected: int
    twice: int
    first: tuple[Row, ...]
    signer: str | None = None
    """Who signed the manifest beside the file."""

    def particulars(self, entries: int) -> tuple[tuple[str, str], ...]:
        """What an audit entry says of the file, of which so many entries are seen."""
        return (
            ("file_sha256", self.sha256),
            ("entries", str(entries)),
            ("rejected", str(self.rejected)),
            ("format", self.new.format),
            ("profile", self.new.profile or ""),
            ("manifest_signer", self.signer or ""),
        )


Show = Callable[[Vault, ListReading, ReadFile], None]
"""Makes what was read be seen."""


def show_as_own(vault: Vault, reading: ListReading, read: ReadFile) -> None:
    """It is a list of its own."""
    require(vault, Role.ANALYST)
    new = read.new
    with vault.transaction() as tx:
        entries = reading.show(tx, file_sha256=read.sha256)
        tx.record(
            AuditDraft(
                action=AuditAction.COLLECTION,
                verb="import_list",
                object_kind=ObjectKind.HASH_LIST,
                object_reference=new.list_id,
                payload=(
                    ("name", new.name),
                    ("source", new.source),
                    ("version", new.version),
                    ("negative", "yes" if new.is_negative else "no"),
                    *read.particulars(entries),
                ),
            )
        )
