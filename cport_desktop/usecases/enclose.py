"""Enclose with a dossier what an officer brings from elsewhere: a record of who registered the domain, or
the digest of a picture or an offline copy. Nothing is fetched.

Whatever is enclosed can be read here and is on record; a record that was read leaves an entry in the log.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.dossier import Dossier, DossierRule, DossierState
from cport_desktop.domain.enclosure import (
    LARGEST_RECORD,
    LONGEST_SOURCE,
    MOST_ENCLOSED,
    Brought,
    Enclosure,
    EnclosureKind,
    Registration,
)
from cport_desktop.domain.hosts import readable_host
from cport_desktop.domain.roles import Role
from cport_desktop.domain.suggested_domain import named_host
from cport_desktop.errors import (
    InputUnreadable,
    MalformedMessage,
    MessageTooLarge,
    RegistrationUnreadable,
    TextUnfit,
    ValueUnknown,
)
from cport_desktop.formats.registration_record import parse_rdap, parse_whois, text_of
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.dossier_acts import unfit
from cport_desktop.usecases.permission import require
from cport_desktop.vault import domain_rules, dossiers, enclosures
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import enclosures as enclosure_words

_DIGEST: Final = re.compile(r"[0-9a-f]{64}\Z")
_PIECE: Final = 1024 * 1024


def enclose(vault: Vault, domain: str, brought: Brought) -> tuple[Enclosure, Changes]:
    """It is enclosed with the dossier of `domain`.

    Raises:
        RoleMissing, UnknownReference: who, and which.
        TextUnfit: it does not say where it comes from, or at too great length.
        ValueUnknown: it is of a time to come, or its digest is none.
        InputUnreadable: the file.
        RegistrationUnreadable: it is no record of registration, or greater than any.
        DossierUnfit: the dossier was withdrawn; the record is of another domain; too much is enclosed.
    """
    require(vault, Role.ANALYST)
    source = brought.source.strip()
    if not 1 <= len(source) <= LONGEST_SOURCE:
        raise TextUnfit(length=len(source), limit=LONGEST_SOURCE)
    if brought.taken_at > vault.now():
        raise ValueUnknown(
            what="time", value=brought.taken_at.isoformat(), accepted="a time that has been"
        )
    if brought.kind is EnclosureKind.COPY:
        content, (sha256, size) = None, _digest_of(brought)
    else:
        content = _read(brought.path)
        sha256, size = hashlib.sha256(content).hexdigest(), len(content)
    registration = None if content is None else _registration(brought.kind, content)
    with vault.transaction() as tx:
        dossier = dossiers.find(tx, named_host(domain))
        if dossier.state is DossierState.WITHDRAWN:
            raise unfit(dossier.domain, DossierRule.NOT_STANDING)
        if content is not None:
            _require_of(tx, dossier, registration, content)
        kept = enclosures.of_dossier(tx, dossier.number)
        if len(kept) >= MOST_ENCLOSED and sha256 not in {one.sha256 for one in kept}:
            raise unfit(dossier.domain, DossierRule.TOO_MUCH_ENCLOSED)
        enclosed = Enclosure(
            brought.kind, sha256, size, source, brought.taken_at, vault.actor, tx.now, registration
        )
        enclosures.keep(tx, dossier.number, enclosed, content)
        dossiers.write(tx, dossier)
        _record(tx, dossier, "enclose", sha256, ("kind", brought.kind.value))
    return enclosed, Changes.OPERATIONS | Changes.AUDIT


def take_out(vault: Vault, domain: str, sha256: str) -> Changes:
    """What a draft had enclosed under this digest, or its beginning, is enclosed no more.

    Raises:
        RoleMissing, UnknownReference: who, and which. DossierUnfit: it is no draft.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        dossier = dossiers.find(tx, named_host(domain))
        if dossier.state is not DossierState.DRAFT:
            raise unfit(dossier.domain, DossierRule.NOT_DRAFT)
        enclosed, _ = enclosures.record(tx, dossier.number, sha256.strip().lower())
        enclosures.drop(tx, dossier.number, enclosed.sha256)
        dossiers.write(tx, dossier)
        _record(tx, dossier, "take_out", enclosed.sha256)
    return Changes.OPERATIONS | Changes.AUDIT


def read_enclosed(vault: Vault, domain: str, sha256: str) -> tuple[Enclosure, str]:
    """What is enclosed under this digest, or its beginning, and its text; a copy has none here.

    Raises:
        RoleMissing, UnknownReference: who, and which.
        AgreementForbids: the agreement does not allow to read reports.
    """
    require(vault, Role.ANALYST)
    require_allowed(vault, Function.REPORTS_READ)
    with vault.transaction() as tx:
        dossier = dossiers.find(tx, named_host(domain))
        enclosed, content = enclosures.record(tx, dossier.number, sha256.strip().lower())
        _record(tx, dossier, "read_enclosed", enclosed.sha256, action=AuditAction.CONSULTATION)
    return enclosed, text_of(content).replace("\r\n", "\n")


def _registration(kind: EnclosureKind, content: bytes) -> Registration | None:
    """Of RDAP what it says; WHOIS has no form."""
    try:
        if kind is EnclosureKind.RDAP:
            return parse_rdap(content)
        parse_whois(content)
    except MessageTooLarge as error:
        raise RegistrationUnreadable(cause=enclosure_words.too_large(LARGEST_RECORD)) from error
    except MalformedMessage as error:
        raise RegistrationUnreadable(cause=enclosure_words.NO_RECORD[kind.value]) from error
    return None


def _require_of(
    tx: Transaction, dossier: Dossier, registration: Registration | None, content: bytes
) -> None:
    """The record speaks of the dossier's domain, or of the registered one that it is a part of."""
    name = domain_rules.suffixes(tx.connection).registrable(dossier.domain)
    names = {dossier.domain, name}
    if registration is not None:
        is_its_own = registration.name in names
    else:
        text = text_of(content).casefold()
        is_its_own = any(each in text or readable_host(each) in text for each in names)
    if not is_its_own:
        raise unfit(dossier.domain, DossierRule.OTHER_DOMAIN)


def _read(path: Path | None) -> bytes:
    if path is None:
        raise InputUnreadable(path="", cause=enclosure_words.NEEDS_FILE)
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_RECORD + 1)
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "unknown") from error


def _digest_of(brought: Brought) -> tuple[str, int]:
    """Of the file, piece by piece; or as it was given."""
    if brought.path is None:
        digest = brought.sha256.strip().lower()
        if _DIGEST.match(digest) is None:
            raise ValueUnknown(
                what="SHA-256", value=digest[:80], accepted="64 hex digits, or a file"
            )
        return digest, 0
    told, size = hashlib.sha256(), 0
    try:
        with brought.path.open("rb") as file:
            while piece := file.read(_PIECE):
                told.update(piece)
                size += len(piece)
    except OSError as error:
        raise InputUnreadable(path=str(brought.path), cause=error.strerror or "unknown") from error
    return told.hexdigest(), size


def _record(
    tx: Transaction,
    dossier: Dossier,
    verb: str,
    sha256: str,
    *payload: tuple[str, str],
    action: AuditAction = AuditAction.ALTERATION,
) -> None:
    tx.record(
        AuditDraft(
            action=action,
            verb=verb,
            object_kind=ObjectKind.DOMAIN,
            object_reference=dossier.domain,
            payload=(("sha256", sha256), *payload),
        )
    )
