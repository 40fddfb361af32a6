"""What the log says of what a package holds, for those to whom it goes.

It leaves with the package, whose composing is on record with its reason and its recipients; it is
shown to nobody here. Reading the log is another act, with a role and a purpose of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from cport_desktop.domain.custody import Custody, CustodyEntry, ProvedEntry
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.progress import IsCancelled, never
from cport_desktop.domain.roles import Role
from cport_desktop.errors import VaultDamaged
from cport_desktop.usecases.permission import require
from cport_desktop.vault import custody
from cport_desktop.vault.checkpoints import SignedHead
from cport_desktop.vault.vault import Vault


def custody_of(
    vault: Vault,
    signed: SignedHead,
    *,
    reports: Collection[ReportId],
    media: Collection[MediaId],
    is_cancelled: IsCancelled = never,
) -> Custody:
    """What the entries under this head say of these items.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        VaultDamaged: the entries do not amount to the head.
        Cancelled: `is_cancelled` said so; a log of a million entries takes some seconds.
    """
    require(vault, Role.EXPORTER)
    head = signed.checkpoint
    with vault.reader(is_cancelled) as reader:
        walked = custody.walk(reader, size=head.size, reports=reports, media=media)
    if walked.root != head.root:
        raise VaultDamaged(where="audit log")
    numbers = sorted({number for item in walked.items for number in item.entries})

    def proved() -> Iterator[ProvedEntry]:
        for run in custody.blocks_of(numbers):
            with vault.reader() as reader:
                found = tuple(custody.proved(reader, walked, run))
            yield from found

    def told(wanted: Sequence[int]) -> tuple[CustodyEntry, ...]:
        with vault.reader() as reader:
            return custody.told(reader, wanted)

    return Custody(head.size, head.root, walked.items, proved, told)
