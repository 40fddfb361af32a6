"""Heads of the log, signed: what is handed to a portal, put into a package, kept on a stick.

A checkpoint is made within the transaction that records why, of the head with that very entry
in it. The key signs heads and nothing else; whoever has opened the vault can use it, so that a
signature says «this vault said so» and no more. What it is worth begins when somebody else
keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cport_desktop.crypto import message_keys
from cport_desktop.crypto.checkpoint import Checkpoint, parse_checkpoint
from cport_desktop.crypto.merkle import Frontier
from cport_desktop.crypto.signed_note import (
    NoteSignature,
    SignatureType,
    SignedNote,
    VerifierKey,
    parse_note,
    print_note,
    sign_note,
)
from cport_desktop.domain.audit import AnchorKind, AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import VaultId
from cport_desktop.vault import anchors, log_identity
from cport_desktop.vault.anchors import NewAnchor
from cport_desktop.vault.log_identity import LogIdentity
from cport_desktop.vault.transaction import Reader, Transaction

NEW_LINEAGE = "begin_lineage"
"""The verb of the entry from which on a new lineage counts."""


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head of the log: its checkpoint, signed, and the tree that it is the head of."""

    checkpoint: Checkpoint
    lineage: int
    frontier: Frontier
    note: SignedNote
    key: VerifierKey

    @property
    def content(self) -> bytes:
        """The small file that is handed on."""
        return print_note(self.note)


def signed_again(reader: Reader, note: bytes, frontier: Frontier) -> SignedHead:
    """A head of the present lineage that was signed earlier, as `sign_head` gave it.

    Raises:
        CheckpointMalformed: the note is none.
    """
    identity = log_identity.load(reader.connection)
    parsed = parse_note(note)
    key = verifier_of(identity)
    return SignedHead(checkpoint_of(parsed), identity.lineage, frontier, parsed, key)


def verifier_of(identity: LogIdentity, *, origin: str | None = None) -> VerifierKey:
    """The public key of the log, under the name that it has in this lineage, or in another one."""
    return VerifierKey(origin or identity.origin, SignatureType.ED25519, identity.public_key)


def origin_in(identity: LogIdentity, lineage: int) -> str:
    """The origin of the same log in another lineage."""
    return f"{identity.origin.rpartition('/')[0]}/{lineage}"


def verifier(reader: Reader) -> VerifierKey:
    """The public key of the log as it is now."""
    return verifier_of(log_identity.load(reader.connection))


def sign_head(tx: Transaction) -> SignedHead:
    """The head with all that `tx` has recorded so far; it counts once `tx` commits."""
    identity, frontier = log_identity.load(tx.connection), tx.log()
    checkpoint = Checkpoint(identity.origin, frontier.size, frontier.root())
    key = verifier_of(identity)
    sign = message_keys.signing_with(identity.private_key)
    note = SignedNote(checkpoint.text, (sign_note(checkpoint.text, key, sign),))
    return SignedHead(checkpoint, identity.lineage, frontier, note, key)


def anchor_head(tx: Transaction, kind: AnchorKind, holder: str = "") -> SignedHead:
    """As `sign_head`, and the vault remembers that `holder` was given it."""
    signed = sign_head(tx)
    keep(tx, signed, kind, holder)
    return signed


def keep(tx: Transaction, signed: SignedHead, kind: AnchorKind, holder: str) -> None:
    """The vault remembers that `holder` has this head."""
    note = signed.content.decode()
    anchors.keep(tx, NewAnchor(kind, holder, signed.lineage, signed.frontier, note))


def with_signature(signed: SignedHead, line: NoteSignature) -> SignedHead:
    """The same head with the co-signature of a witness."""
    return replace(signed, note=signed.note.with_signature(line))


def begin_lineage(tx: Transaction, vault: VaultId, *, verb: str, reason: str) -> int:
    """A new lineage has begun and is on record, once `tx` commits; its number.

    `verb` says what led to it: `restore`, or `acknowledge_rollback`.
    """
    lineage = log_identity.begin_lineage(tx.connection, vault)
    tx.record(
        AuditDraft(
            action=AuditAction.ACCESS,
            verb=NEW_LINEAGE,
            object_kind=ObjectKind.AUDIT_LOG,
            object_reference=f"lineage {lineage}",
            reason=reason,
            payload=(("because", verb),),
        )
    )
    return lineage


def began_at(reader: Reader, lineage: int) -> int | None:
    """The entry from which on this lineage counts; None for the first one."""
    row = reader.connection.execute(
        "SELECT min(sequence) FROM audit_entry WHERE verb = ? AND object_reference = ?",
        (NEW_LINEAGE, f"lineage {lineage}"),
    ).fetchone()
    return None if row is None or row[0] is None else int(row[0])


def checkpoint_of(note: SignedNote) -> Checkpoint:
    """What the text of a note says; not verified.

    Raises:
        CheckpointMalformed: it is no checkpoint.
    """
    return parse_checkpoint(note.text)
