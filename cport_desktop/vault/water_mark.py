"""The high-water mark: the last signed head of the log, kept outside the vault.

One small file for each lineage of a vault's log, in a folder of this machine, named by the
vault's id and the lineage. It holds a signed checkpoint and never content. A vault whose log is shorter than its mark, or does not
begin with what the mark is the head of, was put back to an earlier copy (a restored folder, a
disk image) or had its log changed, and is not opened without a word about it.

Rules of `require_not_older`:
1. No mark, or one that cannot be read: nothing is known, nothing is refused. (Who can damage the
   mark can remove it.)
2. The mark of this log's lineage says that it was given up, since a roll-back was acknowledged
   and a later lineage goes on in its place; or this log's key did not sign it: an older copy.
3. Else the log has as many entries at least as its mark, and begins with the marked ones.
4. Marks of earlier lineages: a new one was begun on record, the gap is known. Marks of later
   ones: a backup of this vault was restored and opened here. Both copies may be used; that this
   one is not the only one is on record at each opening, and `doctor` says so.

What it cannot see: a machine put back as a whole, mark and vault together (an image of a virtual
machine); a mark that was removed; a vault carried to a machine that never saw it. The anchors
with the portal, in packages and on paper are for that.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from cport_desktop.clock import Clock
from cport_desktop.crypto.checkpoint import Checkpoint
from cport_desktop.crypto.signed_note import LONGEST_NOTE, SignedNote, parse_note, verified
from cport_desktop.domain.anchoring import parse_origin
from cport_desktop.domain.audit import AnchorKind, AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import VaultId
from cport_desktop.errors import (
    CheckpointMalformed,
    SignatureInvalid,
    StorageFull,
    VaultDamaged,
    VaultRolledBack,
)
from cport_desktop.vault import anchors, checkpoints, log_identity
from cport_desktop.vault.audit_trail import frontier_at, load_frontier
from cport_desktop.vault.checkpoints import SignedHead
from cport_desktop.vault.connections import Writer
from cport_desktop.vault.database import Connection
from cport_desktop.vault.durable_files import PRIVATE_FOLDER, naming_disk_faults, write_durably
from cport_desktop.vault.log_identity import LogIdentity

SECONDS_BETWEEN_MARKS: Final = 15 * 60
"""While the vault is worked with: the interval at which system logs seal themselves."""


MOST_LINEAGES: Final = 1_000
"""Nobody restores a vault more often; a mark that claims more was forged."""
_LONGEST_NUMBER: Final = 9
"""Digits of a lineage in the name of a mark."""


class MarkKeeper:
    """Writes the mark of one vault. `folder` is where this machine keeps what it knows of its
    vaults, None if it does not.

    A mark that cannot be written must not fail what was committed already: it is tried again at
    the next occasion, and `is_kept` says how the last one went.
    """

    def __init__(self, folder: Path | None, vault: VaultId, clock: Clock) -> None:
        self.folder = folder
        self.vault = vault
        self._clock = clock
        self._written_at = clock.monotonic()
        self.is_kept = folder is not None
        self.later_lineage: int | None = None
        """Of another copy of this vault, restored and opened on this machine, if there is one."""

    @property
    def is_due(self) -> bool:
        """Whether the vault was worked with for long enough since the last mark."""
        if self.folder is None:
            return False
        return self._clock.monotonic() - self._written_at >= SECONDS_BETWEEN_MARKS

    def write(self, signed: SignedHead) -> None:
        """The mark of its lineage is this head, durably, if the folder takes it."""
        self._written_at = self._clock.monotonic()
        self._write_at(signed.lineage, signed)

    def give_up(self, lineage: int, *, instead: SignedHead) -> None:
        """The mark of `lineage` says that another one goes on in its place."""
        self._write_at(lineage, instead)

    def _write_at(self, lineage: int, signed: SignedHead) -> None:
        if self.folder is None:
            return
        self.is_kept = False
        with suppress(StorageFull, VaultDamaged):
            with naming_disk_faults("high-water mark"):
                self.folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
                write_durably(mark_path(self.folder, self.vault, lineage), signed.content)
            self.is_kept = True


def admit(writer: Writer, keeper: MarkKeeper, *, acknowledged: str | None) -> None:
    """The vault is no older than its mark here, or a new lineage began for the reason given.

    Raises:
        VaultRolledBack: it is older, and nobody acknowledged it.
    """
    with writer.bookkeeping() as connection:
        lineage = log_identity.load(connection).lineage
    try:
        with writer.bookkeeping() as connection:
            require_not_older(connection, keeper.folder, keeper.vault)
    except VaultRolledBack as error:
        if acknowledged is None:
            raise
        _begin_anew(writer, keeper, lineage, error, acknowledged)
        return
    known = 0 if keeper.folder is None else marked_lineage(keeper.folder, keeper.vault)
    if known > lineage:
        keeper.later_lineage = known
        with writer.transaction() as tx:
            tx.record(_other_copy(keeper.vault, known))


def _begin_anew(
    writer: Writer, keeper: MarkKeeper, given_up: int, error: VaultRolledBack, reason: str
) -> None:
    """A lineage behind every one that this machine knows goes on in place of the one given up."""
    known = 0 if keeper.folder is None else marked_lineage(keeper.folder, keeper.vault)
    with writer.transaction() as tx:
        tx.record(_acknowledgement(keeper.vault, error, reason))
        lineage = given_up
        while lineage <= min(known, given_up + MOST_LINEAGES):
            lineage = checkpoints.begin_lineage(
                tx, keeper.vault, verb="acknowledge_rollback", reason=reason
            )
        signed = checkpoints.anchor_head(tx, AnchorKind.SESSION)
    keeper.write(signed)
    keeper.give_up(given_up, instead=signed)


def record_marked(writer: Writer, keeper: MarkKeeper, draft: AuditDraft) -> None:
    """One entry in the log, in a transaction of its own; the mark is the head with it."""
    with writer.transaction() as tx:
        tx.record(draft)
        signed = checkpoints.anchor_head(tx, AnchorKind.SESSION)
    keeper.write(signed)


def mark_path(folder: Path, vault: VaultId, lineage: int) -> Path:
    """Where the mark of this lineage of this vault lies."""
    return folder / f"{vault}.{lineage}.checkpoint"


def read_mark(folder: Path, vault: VaultId, lineage: int) -> SignedNote | None:
    """The mark as it lies there, not verified; None without one, or if it cannot be read."""
    path = mark_path(folder, vault, lineage)
    try:
        with path.open("rb") as file:
            return parse_note(file.read(LONGEST_NOTE + 1))
    except (OSError, CheckpointMalformed):
        return None


def marked_lineage(folder: Path, vault: VaultId) -> int:
    """The latest lineage that a mark speaks of; 0 without a mark of this vault."""
    found = [0]
    for path in folder.glob(f"{vault}.*.checkpoint"):
        number = path.name.split(".")[1]
        if number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER:
            found.append(int(number))
    return max(found)


def require_not_older(connection: Connection, folder: Path | None, vault: VaultId) -> None:
    """Nothing, if the log is the marked one or goes on from it.

    Costs next to nothing; only a log that remembers no anchor of that size is read from its
    beginning. Whether the entries are what their head says is for `audit_log.verify`.

    Raises:
        VaultRolledBack: by the rules of this room.
        VaultDamaged: the log has no head.
    """
    identity, head = log_identity.load(connection), load_frontier(connection)
    note = None if folder is None else read_mark(folder, vault, identity.lineage)
    marked = None if note is None else _marked(note, vault)
    if note is None or marked is None:
        return
    rolled_back = VaultRolledBack(found=head.size, known=marked.size)
    origin = parse_origin(marked.origin)
    lineage = 0 if origin is None else origin.lineage
    if lineage != identity.lineage or not _is_signed(note, identity, marked.origin):
        raise rolled_back
    if head.size < marked.size or not _goes_on_from(connection, marked, lineage):
        raise rolled_back


def _acknowledgement(vault: VaultId, error: VaultRolledBack, reason: str) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ACCESS,
        verb="acknowledge_rollback",
        object_kind=ObjectKind.VAULT,
        object_reference=vault,
        reason=reason,
        payload=tuple((name, str(error.facts[name])) for name in ("found", "known")),
    )


def _other_copy(vault: VaultId, lineage: int) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ACCESS,
        verb="other_copy",
        object_kind=ObjectKind.VAULT,
        object_reference=vault,
        payload=(("lineage", str(lineage)),),
    )


def _marked(note: SignedNote, vault: VaultId) -> Checkpoint | None:
    """The marked head, if the mark is one of this vault at all."""
    try:
        checkpoint = checkpoints.checkpoint_of(note)
    except CheckpointMalformed:
        return None
    origin = parse_origin(checkpoint.origin)
    return checkpoint if origin is not None and origin.vault == vault else None


def _is_signed(note: SignedNote, identity: LogIdentity, origin: str) -> bool:
    try:
        return verified(note, checkpoints.verifier_of(identity, origin=origin)) is not None
    except SignatureInvalid:
        return False


def _goes_on_from(connection: Connection, marked: Checkpoint, lineage: int) -> bool:
    """Whether the log begins with the marked entries.

    A database that remembers having handed out this very head is no older than the mark.
    """
    anchor = anchors.at_size(connection, marked.size, lineage=lineage)
    if anchor is not None and anchor.root == marked.root:
        return True
    return frontier_at(connection, marked.size).root() == marked.root
