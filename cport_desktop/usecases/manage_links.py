"""Named ways to the network: what each may carry, and which of them this machine is on now."""

from __future__ import annotations

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.link import ANY_LINK, LONGEST_LINK_NAME, SLOWEST_CAP, Link
from cport_desktop.domain.roles import Role
from cport_desktop.errors import TextUnfit, ValueUnknown
from cport_desktop.sync.proxy import parse_proxy
from cport_desktop.usecases.permission import require
from cport_desktop.vault import links
from cport_desktop.vault.vault import Vault


def list_links(vault: Vault) -> tuple[tuple[Link, ...], Link]:
    """Every link that was named, and the one in use (`ANY_LINK` if it is none of them)."""
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return links.every(reader), links.in_use(reader)


def link_in_use(vault: Vault) -> Link:
    """What the network that this machine is on now may carry."""
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return links.in_use(reader)


def set_link(vault: Vault, link: Link) -> None:
    """The link is as given, from the next exchange on.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        TextUnfit: its name is empty or long.
        ValueUnknown: its cap, its largest file or its proxy is none.
    """
    require(vault, Role.ANALYST)
    if not 0 < len(link.name.strip()) <= LONGEST_LINK_NAME or link.name == ANY_LINK.name:
        raise TextUnfit(length=len(link.name), limit=LONGEST_LINK_NAME)
    if link.bytes_per_second is not None and link.bytes_per_second < SLOWEST_CAP:
        raise ValueUnknown(
            what="cap in bytes a second",
            value=str(link.bytes_per_second),
            accepted=f"{SLOWEST_CAP} or more",
        )
    if link.largest_file is not None and link.largest_file < 0:
        raise ValueUnknown(
            what="size of a file", value=str(link.largest_file), accepted="0 or more"
        )
    if link.proxy is not None:
        parse_proxy(link.proxy)
    with vault.transaction() as tx:
        links.put(tx, link)
        tx.record(_entry("set_link", link.name))


def use_link(vault: Vault, name: str | None) -> Link:
    """This link is in use, from the next exchange on; None: none of them.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: there is none of this name.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        links.use(tx, name)
        tx.record(_entry("use_link", name or ANY_LINK.name))
    with vault.reader() as reader:
        return links.in_use(reader)


def remove_link(vault: Vault, name: str) -> None:
    """There is no such link any more; if it was in use, none is.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: there is none of this name.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        links.remove(tx, name)
        tx.record(_entry("remove_link", name))


def _entry(verb: str, name: str) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ALTERATION,
        verb=verb,
        object_kind=ObjectKind.VAULT,
        object_reference=name,
    )
