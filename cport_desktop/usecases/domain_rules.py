"""The lists by which domains are judged: what is in force, and a newer one put in from a file.

They come with the program and are looked after at each opening; a station without a network puts a
later one in by hand. By other suffixes the domains of all reports are divided anew in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    InputUnreadable,
    MalformedMessage,
    MessageTooLarge,
    StorageFull,
    SuffixListUnreadable,
    VaultDamaged,
)
from cport_desktop.formats.public_suffix_file import LONGEST
from cport_desktop.usecases.permission import require
from cport_desktop.vault import domain_rules
from cport_desktop.vault.domain_rules import KeptRules, RuleFile
from cport_desktop.vault.vault import Vault
from cport_desktop.words import suffixes as words

NAMES: Final = (RuleFile.SUFFIXES, RuleFile.SERVICES, RuleFile.CRITERIA)
"""In the order of `Settings.domain_rules`."""


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """`rules`: None while nothing is kept."""

    name: RuleFile
    rules: KeptRules | None


@dataclass(frozen=True, slots=True)
class RulesReplaced:
    """`divided`: how many content items have another domain since."""

    before: str
    after: str
    sha256: str
    divided: int


def settle_domain_rules(vault: Vault, files: Sequence[Path]) -> None:
    """What came with the program is in force where nothing later is. Nobody is locked out for the want of
    it: without, domains are the last two labels, and what is asked of a list is undetermined.
    """
    for name, path in zip(NAMES, files, strict=True):
        with suppress(OSError, StorageFull, VaultDamaged):
            domain_rules.keep_current(vault, name, path.read_bytes())


def domain_rules_in_force(vault: Vault) -> tuple[RulesInForce, ...]:
    """Each list with its version, and whether it is the unit's own.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return tuple(RulesInForce(name, domain_rules.kept(reader, name)) for name in NAMES)


def criteria_titles(vault: Vault) -> tuple[tuple[str, str], ...]:
    """Version and title of each text of the criteria that is kept, as they stand in their list.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return tuple((text.version, text.title) for text in domain_rules.criteria(reader).texts)


def replace_domain_rules(vault: Vault, name: RuleFile, path: Path) -> tuple[RulesReplaced, Changes]:
    """The list in the file at `path` is in force.

    Raises:
        RoleMissing: the analyst has not the role “supervisor”.
        InputUnreadable: the file.
        SuffixListUnreadable: it is no such list, or one older than what is in force; nothing changed.
        StorageFull, VaultDamaged: the disk; likewise.
    """
    require(vault, Role.SUPERVISOR)
    text = _read(path)
    try:
        version = domain_rules.version_of(name, text)
    except (MalformedMessage, MessageTooLarge) as error:
        raise SuffixListUnreadable(cause=words.no_such_list(name.value)) from error
    with vault.transaction() as tx:
        before = domain_rules.kept(tx, name)
        if before is not None and version < before.version:
            raise SuffixListUnreadable(cause=words.NOT_OLDER)
        divided = domain_rules.put(tx, name, text, version=version)
        after = domain_rules.kept(tx, name)
        assert after is not None
        tx.record(
            AuditDraft(
                action=AuditAction.ALTERATION,
                verb="replace_domain_rules",
                object_kind=ObjectKind.UNIT_RULE,
                object_reference=name.value,
                payload=(
                    ("version", version),
                    ("sha256", after.sha256),
                    ("divided", str(divided)),
                ),
            )
        )
    told = RulesReplaced(before.version if before else "", version, after.sha256, divided)
    return told, Changes.REPORTS | Changes.AUDIT


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST + 1)
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "unknown") from error
