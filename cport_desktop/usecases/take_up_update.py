"""Put into a vault what updates brought for it: lists by which domains are judged, hash lists, revocations.

All of it was verified when the update was applied. Doing it again does nothing: a list that is here in
this version is passed over. What is put in is on record.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.known import KnownList, ListOrigin
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.roles import Role
from cport_desktop.domain.updates import Part, PartKind
from cport_desktop.errors import InputUnreadable, UpdateUntrusted
from cport_desktop.usecases.apply_update import file_name
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.update_hash_list import update_hash_list
from cport_desktop.usecases.update_place import Place
from cport_desktop.vault import domain_rules, kept_signers, list_listing, list_versions
from cport_desktop.vault.domain_rules import RuleFile
from cport_desktop.vault.vault import Vault
from cport_desktop.words import updates as words

_RULES: Final = {
    PartKind.SUFFIXES: RuleFile.SUFFIXES,
    PartKind.SERVICES: RuleFile.SERVICES,
    PartKind.CRITERIA: RuleFile.CRITERIA,
}
_PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class TakenUp:
    """`rules` by which domains are judged are other than before; `lists` came, or came in a newer version;
    `signers`: names that were removed, since their certificates are revoked.
    """

    rules: tuple[str, ...]
    lists: tuple[str, ...]
    signers: tuple[str, ...]

    @property
    def is_anything(self) -> bool:
        return bool(self.rules or self.lists or self.signers)


def take_up_update(
    vault: Vault, place: Place, *, announce: Announce, is_cancelled: IsCancelled
) -> tuple[TakenUp, Changes]:
    """The vault has what the updates in force brought for it.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        HashListUnreadable: nothing of a list can be read; the lists before it are taken in.
        UpdateUntrusted, InputUnreadable: a file on the shelf is not what was signed; likewise.
        Cancelled: it was asked to stop; likewise. StorageFull, VaultDamaged: the disk.
    """
    require(vault, Role.ANALYST)
    data = place.shelf.current().now.data
    parts = () if data is None else place.shelf.parts(data)
    folder = place.shelf.data_folder(data) if data is not None else Path()
    rules = _settle(vault, parts, folder)
    lists = tuple(
        part.name
        for part in parts
        if part.kind is PartKind.HASH_LIST
        and _take_in(vault, part, folder / file_name(part), announce, is_cancelled)
    )
    signers = _drop_signers(vault, place.shelf.revocations().signers)
    taken = TakenUp(rules, lists, signers)
    if taken.is_anything:
        _note(vault, data or "", taken)
    return taken, Changes.REPORTS | Changes.AUDIT if taken.is_anything else Changes.NOTHING


def _settle(vault: Vault, parts: tuple[Part, ...], folder: Path) -> tuple[str, ...]:
    """Names of the lists that others took the place of."""
    before = _digests(vault)
    for part in parts:
        if part.kind in _RULES:
            path = folder / file_name(part)
            _require_sound(part, path)
            domain_rules.keep_current(vault, _RULES[part.kind], path.read_bytes())
    after = _digests(vault)
    return tuple(name.value for name in RuleFile if before[name] != after[name])


def _digests(vault: Vault) -> dict[RuleFile, str]:
    with vault.reader() as reader:
        found = {name: domain_rules.kept(reader, name) for name in RuleFile}
    return {name: "" if rules is None else rules.sha256 for name, rules in found.items()}


def _take_in(
    vault: Vault, part: Part, path: Path, announce: Announce, is_cancelled: IsCancelled
) -> bool:
    """Whether it was not here in this version."""
    _require_sound(part, path)
    older = _list_named(vault, part.name)
    order = ListOrder(
        path,
        name=part.name,
        source=part.source,
        version=part.version,
        is_negative=part.is_negative,
    )
    if older is None:
        import_hash_list(vault, order, announce=announce, is_cancelled=is_cancelled)
        return True
    if not older.is_standing or _was_here(vault, older, part.sha256):
        return False
    update_hash_list(vault, older.list_id, order, announce=announce, is_cancelled=is_cancelled)
    return True


def _list_named(vault: Vault, name: str) -> KnownList | None:
    """The list of ours of this name that was read from a file: the standing one, or one that somebody
    withdrew and that no update brings back.
    """
    found: KnownList | None = None
    after: str | None = None
    while True:
        with vault.reader() as reader:
            page = list_listing.page(reader, limit=_PAGE, after=after)
        for known in page.rows:
            if known.name == name and known.way == ListOrigin.FILE.value:
                if known.is_standing:
                    return known
                found = known
        after = page.next_cursor
        if after is None:
            return found


def _require_sound(part: Part, path: Path) -> None:
    """Raises:
    UpdateUntrusted: it is not the file any more that was signed. InputUnreadable: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "unknown") from error
    if sha256 != part.sha256:
        raise UpdateUntrusted(what="digest", cause=words.UNTRUSTED["digest"])


def _was_here(vault: Vault, older: KnownList, sha256: str) -> bool:
    with vault.reader() as reader:
        there = list_versions.versions(reader, older.number)
    return any(one.file_sha256 == sha256 for one in there)


def _drop_signers(vault: Vault, revoked: frozenset[str]) -> tuple[str, ...]:
    """Names of kept signers that sign no more: one of their certificates is revoked."""
    if not revoked:
        return ()
    with vault.transaction() as tx:
        dropped = tuple(
            kept.name
            for kept in kept_signers.signers(tx)
            if revoked & set(_fingerprints(kept.certificates))
        )
        for name in dropped:
            kept_signers.remove_signer(tx, name)
            tx.record(_entry("remove", ObjectKind.SIGNER, name, (("revoked", "yes"),)))
    return dropped


def _fingerprints(pem: bytes) -> list[str]:
    return [each.fingerprint(SHA256()).hex() for each in x509.load_pem_x509_certificates(pem)]


def _note(vault: Vault, data: str, taken: TakenUp) -> None:
    told = (
        ("rules", " ".join(taken.rules)),
        ("lists", ", ".join(taken.lists)),
        ("signers", ", ".join(taken.signers)),
    )
    with vault.transaction() as tx:
        tx.record(_entry("take_up_update", ObjectKind.VAULT, data, told))


def _entry(
    verb: str, kind: ObjectKind, reference: str, payload: tuple[tuple[str, str], ...]
) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ALTERATION,
        verb=verb,
        object_kind=kind,
        object_reference=reference,
        payload=payload,
    )
