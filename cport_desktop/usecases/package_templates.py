"""Templates of packages: kept in the vault for all who compose, given to other vaults as files."""

from __future__ import annotations

from pathlib import Path

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.package_template import LONGEST_NAME, MOST_TEMPLATES, PackageTemplate
from cport_desktop.domain.roles import Role
from cport_desktop.errors import ActTooLarge, InputUnreadable, NameTaken, TextUnfit
from cport_desktop.exports.output_files import write_new
from cport_desktop.formats.package_template_file import (
    LARGEST_FILE,
    parse_template,
    print_template,
)
from cport_desktop.usecases.permission import require
from cport_desktop.vault import package_templates as kept
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault


def list_templates(vault: Vault) -> tuple[PackageTemplate, ...]:
    """All that are kept, by name."""
    require(vault, Role.EXPORTER)
    with vault.reader() as reader:
        return kept.listing(reader)


def show_template(vault: Vault, name: str) -> PackageTemplate:
    """The one of this name, letter case aside.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        UnknownReference: there is none.
    """
    require(vault, Role.EXPORTER)
    with vault.reader() as reader:
        return kept.find(reader, name)


def keep_template(vault: Vault, template: PackageTemplate, *, replaces: bool = False) -> None:
    """It is kept under its name; `replaces`: in the place of one that has the name.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        NameTaken: another has the name.
        TextUnfit: the name is empty or too long.
        ActTooLarge: more templates than are kept.
    """
    require(vault, Role.EXPORTER)
    if not 1 <= len(template.name.strip()) <= LONGEST_NAME:
        raise TextUnfit(length=len(template.name.strip()), limit=LONGEST_NAME)
    with vault.transaction() as tx:
        names = {each.name.casefold() for each in kept.listing(tx)}
        if template.name.casefold() in names and not replaces:
            raise NameTaken(name=template.name)
        if len(names | {template.name.casefold()}) > MOST_TEMPLATES:
            raise ActTooLarge(count=len(names) + 1, limit=MOST_TEMPLATES)
        kept.keep(tx, template)
        _record(tx, "keep_template", template.name)


def remove_template(vault: Vault, name: str) -> PackageTemplate:
    """None of this name is kept any more; it is what was kept.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        UnknownReference: there is none.
    """
    require(vault, Role.EXPORTER)
    with vault.transaction() as tx:
        found = kept.find(tx, name)
        kept.remove(tx, name)
        _record(tx, "remove_template", found.name)
    return found


def give_template(vault: Vault, name: str, path: Path) -> PackageTemplate:
    """The template of this name is in a new file at `path`: names and keys of recipients, no report.

    Raises:
        RoleMissing, UnknownReference: as `show_template`.
        OutputExists, StorageFull, OutputUnwritable: nothing is left there.
    """
    require(vault, Role.EXPORTER)
    found = show_template(vault, name)
    write_new(path, print_template(found))
    return found


def take_template(vault: Vault, path: Path, *, replaces: bool = False) -> PackageTemplate:
    """What the file at `path` holds is kept.

    Raises:
        InputUnreadable: it cannot be read. MalformedMessage, KeyFileMalformed: it is no template.
        RoleMissing, NameTaken, ActTooLarge: as `keep_template`.
    """
    require(vault, Role.EXPORTER)
    template = parse_template(_content(path))
    keep_template(vault, template, replaces=replaces)
    return template


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "unknown") from error


def _record(tx: Transaction, verb: str, name: str) -> None:
    tx.record(
        AuditDraft(
            action=AuditAction.ALTERATION,
            verb=verb,
            object_kind=ObjectKind.PACKAGE,
            object_reference=name,
        )
    )
