"""The register of erasures: exported, kept outside the vault, applied to a vault put back.

A backup holds what was erased after it was made. So whoever restores one applies the register:
what it names is erased again, or kept from ever coming. It names numbers and keys' digests only,
and counts only if this very log signed it.

Beside the high-water mark this machine keeps a copy for each vault, sealed with a key that is
derived from the log's own: a vault that was restored here can read it, and nobody else learns
which reports the unit had.

    register key = HKDF-SHA-256(the log's private key, salt = vault, "cport-vault v1 erasures")
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cport_desktop.crypto import message_keys
from cport_desktop.crypto.checkpoint import Checkpoint
from cport_desktop.crypto.sealing import SealedReader, SealedWriter
from cport_desktop.crypto.signed_note import SignedNote, print_note, sign_note, verified
from cport_desktop.domain.anchoring import parse_origin
from cport_desktop.domain.erasure import Certificate, ErasureId
from cport_desktop.domain.ids import ReportId, VaultId
from cport_desktop.errors import CheckpointMalformed, SignatureInvalid, VaultDamaged
from cport_desktop.formats.erasure_notes import (
    LONGEST_REGISTER,
    Register,
    read_certificate,
    read_register,
    register_text,
)
from cport_desktop.vault import erased, log_identity
from cport_desktop.vault.audit_trail import load_frontier
from cport_desktop.vault.checkpoints import verifier_of
from cport_desktop.vault.durable_files import PRIVATE_FOLDER, naming_disk_faults, write_durably
from cport_desktop.vault.erasure import Erasing, erase
from cport_desktop.vault.holds import held_reports
from cport_desktop.vault.log_identity import LogIdentity
from cport_desktop.vault.transaction import Reader, Transaction
from cport_desktop.vault.vault import Vault

_SUFFIX: Final = ".erasures"


@dataclass(frozen=True, slots=True)
class RegisterApplied:
    """What a register came to. `reports` were here and are erased again; `absent` were not here
    and do not come; `held` are under a legal hold in this vault and were left, for a supervisor
    to release and to apply the register again.
    """

    reports: int = 0
    absent: int = 0
    held: tuple[ReportId, ...] = ()


def make_register(reader: Reader, *, and_those_in: Register | None = None) -> bytes:
    """Every finished erasure of the vault, in one signed file; and those in another register that
    the vault does not know of, since another copy of it made them.
    """
    identity, log = log_identity.load(reader.connection), load_frontier(reader.connection)
    certificates = list(erased.certificates(reader))
    known = {record.erasure_id for record in erased.listing(reader)}
    certificates += [
        content
        for content in (() if and_those_in is None else and_those_in.certificates)
        if read_certificate(content)[2].erasure_id not in known
    ]
    head = Checkpoint(identity.origin, log.size, log.root())
    text = register_text(head, certificates)
    sign = message_keys.signing_with(identity.private_key)
    note = SignedNote(text, (sign_note(text, verifier_of(identity), sign),))
    return b"".join((print_note(note), *certificates))


def apply_register(
    vault: Vault, untrusted: bytes, *, new_id: Callable[[], ErasureId]
) -> RegisterApplied:
    """What the register names is not in the vault any more, and does not come back to it.

    Can be repeated. The erasures keep their numbers where they are free; `new_id` gives others.

    Raises:
        CheckpointMalformed: it is no register.
        SignatureInvalid: the log of this vault did not sign it.
        KeepingUnderWay, StorageFull, VaultDamaged: as finishing an erasure; call it again.
    """
    with vault.reader() as reader:
        identity = log_identity.load(reader.connection)
    register = read_register(untrusted)
    _require_own(register.note, register.checkpoint, identity, vault.identity)
    applied = RegisterApplied()
    for content in register.certificates:
        note, head, certificate = read_certificate(content)
        _require_own(note, head, identity, vault.identity)
        with vault.transaction() as tx:
            applied = _added(applied, _apply(tx, certificate, new_id))
    vault.finish_erasures()
    return applied


def keep_outside(vault: Vault, folder: Path) -> None:
    """This machine has the vault's register as it is now, sealed, in `folder`. What another copy
    of the vault (one that a backup was restored to) has put there stays in it.

    Raises:
        StorageFull, VaultDamaged: the disk.
    """
    before = kept_outside(vault, folder)
    with vault.reader() as reader:
        identity = log_identity.load(reader.connection)
        others = None if before is None else read_register(before)
        register = make_register(reader, and_those_in=others)
    sealed = bytearray()
    writer = SealedWriter.begin(
        sealed.extend, _key(identity, vault.identity), _context(vault.identity)
    )
    writer.write(register)
    writer.finish()
    with naming_disk_faults(_SUFFIX):
        folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        write_durably(_path(folder, vault.identity), bytes(sealed))


def kept_outside(vault: Vault, folder: Path) -> bytes | None:
    """The register that this machine keeps of the vault; None if there is none to be read."""
    path = _path(folder, vault.identity)
    if not path.is_file() or path.stat().st_size > 2 * LONGEST_REGISTER:
        return None
    with vault.reader() as reader:
        key = _key(log_identity.load(reader.connection), vault.identity)
    try:
        with naming_disk_faults(_SUFFIX):
            file = io.BytesIO(path.read_bytes())
        sealed = SealedReader(file, key, _context(vault.identity), name=_SUFFIX)
        return bytes(sealed.read_at(0, sealed.size))
    except VaultDamaged:
        return None


def _apply(
    tx: Transaction, certificate: Certificate, new_id: Callable[[], ErasureId]
) -> RegisterApplied:
    connection = tx.connection
    gone = erased.erased_reports(connection, certificate.reports)
    left = [number for number in certificate.reports if number not in gone]
    held = held_reports(connection, left)
    here = erased.reports_here(connection, left)
    erasable = [number for number in left if number in here and number not in held]
    absent = [number for number in left if number not in here]
    if erasable or absent:
        is_free = not erased.is_known(connection, certificate.erasure_id)
        erasing = Erasing(
            erasure_id=certificate.erasure_id if is_free else new_id(),
            report_ids=erasable,
            ground=certificate.ground,
            takes_back_unsettled=True,
            absent=absent,
        )
        erase(tx, erasing)
    return RegisterApplied(len(erasable), len(absent), held)


def _added(one: RegisterApplied, other: RegisterApplied) -> RegisterApplied:
    held = tuple(sorted({*one.held, *other.held}))
    return RegisterApplied(one.reports + other.reports, one.absent + other.absent, held)


def _require_own(note: SignedNote, head: Checkpoint, identity: LogIdentity, vault: VaultId) -> None:
    """The log of this vault has signed it, in whichever lineage."""
    origin = parse_origin(head.origin)
    if origin is None:
        raise CheckpointMalformed(cause="origin")
    if origin.vault != vault or verified(note, verifier_of(identity, origin=head.origin)) is None:
        raise SignatureInvalid(what="register of erasures")


def _path(folder: Path, vault: VaultId) -> Path:
    return folder / f"{vault}{_SUFFIX}"


def _key(identity: LogIdentity, vault: VaultId) -> bytes:
    info = b"cport-vault v1 erasures"
    return HKDF(SHA256(), 32, salt=bytes.fromhex(vault), info=info).derive(identity.private_key)


def _context(vault: VaultId) -> bytes:
    return f"cport-vault|{vault}|erasures".encode()
