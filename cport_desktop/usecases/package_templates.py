"""Templates of packages: kept in the vault for all who compose, given to other vaults as files."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.package_template import (
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_RECIPIENTS,
    MOST_TEMPLATES,
    PackageTemplate,
)
from cport_desktop.domain.roles import Role
from cport_desktop.errors import ActTooLarge, InputUnreadable, NameTaken, TextUnfit
from cport_desktop.exports.output_files import write_new
from cport_desktop.formats.package_template_file import (
    LARGEST_FILE,
    parse_template,
    print_template,
)
from cport_desktop.usecases.package_order import require_fields, require_part_size
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
    """It is kept under its name; `replaces`: in the place of one that has the name. What nobody sees in its
    texts, as it comes with what is pasted, is not kept.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        NameTaken: another has the name.
        TextUnfit: a text is too long, or the name is empty.
        ValueUnknown: a field that no report has, or parts of a size that no medium wants.
        ActTooLarge: more templates, or more recipients, than are kept.
    """
    require(vault, Role.EXPORTER)
    template = _readable(template)
    with vault.transaction() as tx:
        names = {each.name.casefold() for each in kept.listing(tx)}
        if template.name.casefold() in names and not replaces:
            raise NameTaken(name=template.name)
        if len(names | {template.name.casefold()}) > MOST_TEMPLATES:
            raise ActTooLarge(count=len(names) + 1, limit=MOST_TEMPLATES)
        kept.keep(tx, template)
        _record(tx, "keep_template", template.name)


def _readable(template: PackageTemplate) -> PackageTemplate:
    """As it can be read again, from the vault and from a file: one that cannot would hide all others."""
    require_part_size(template.part_size)
    require_fields({name for each in template.shares for name in each.given.without})
    if len(template.shares) > MOST_RECIPIENTS:
        raise ActTooLarge(count=len(template.shares), limit=MOST_RECIPIENTS)
    seen = replace(
        template,
        name=_seen(template.name),
        title=_seen(template.title),
        reason=_seen(template.reason or "") or None,
        shares=tuple(
            replace(each, name=_seen(each.name) or each.public) for each in template.shares
        ),
    )
    names = [seen.name, *(each.name for each in seen.shares)]
    for text, limit in [*((name, LONGEST_NAME) for name in names), (seen.title, LONGEST_TEXT)]:
        if not 1 <= len(text) <= limit:
            raise TextUnfit(length=len(text), limit=limit)
    if len(seen.reason or "") > LONGEST_TEXT:
        raise TextUnfit(length=len(seen.reason or ""), limit=LONGEST_TEXT)
    if (length := len(print_template(seen))) > LARGEST_FILE:
        raise TextUnfit(length=length, limit=LARGEST_FILE)
    return seen


def _seen(text: str) -> str:
    """Without what nobody sees: control and format characters, and space around it."""
    spaced = " ".join(text.split())
    return "".join(sign for sign in spaced if unicodedata.category(sign)[0] != "C").strip()


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
