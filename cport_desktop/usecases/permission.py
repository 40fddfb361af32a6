"""Who may do what: asked at the door of every use case."""

from __future__ import annotations

from cport_desktop.domain.roles import Role
from cport_desktop.errors import PurposeMissing, RoleMissing, TextUnfit
from cport_desktop.vault import analysts
from cport_desktop.vault.vault import Vault

LONGEST_REASON = 1_000
"""Characters: some sentences and a file number. It stands in the log and in certificates."""


def require(vault: Vault, role: Role) -> None:
    """Nothing, if the analyst has the role.

    Raises:
        RoleMissing: not this analyst; it names who can give it.
    """
    if role not in vault.roles:
        with vault.reader() as reader:
            givers = analysts.with_role(reader, Role.ADMINISTRATOR)
        raise RoleMissing(role=role.value, givers=", ".join(giver.name for giver in givers))


def require_one_of(vault: Vault, role: Role, *others: Role) -> None:
    """Nothing, if the analyst has one of these roles.

    Raises:
        RoleMissing: not this analyst; it names the first of them, and who can give it.
    """
    if vault.roles.isdisjoint({role, *others}):
        require(vault, role)


def require_purpose(vault: Vault, purpose: str | None, *, what: str) -> str | None:
    """The purpose without white space around it; None is accepted in a demo vault alone.

    Raises:
        PurposeMissing: none was stated in a vault with real content.
    """
    stated = (purpose or "").strip() or None
    if stated is None and not vault.nature.is_synthetic:
        raise PurposeMissing(what=what)
    return stated


def stated_reason(reason: str | None, *, what: str) -> str:
    """The reason on one line. What is final is not done without one, in a demo vault neither.

    Raises:
        PurposeMissing: none was stated.
        TextUnfit: it is longer than `LONGEST_REASON`.
    """
    stated = " ".join((reason or "").split())
    if not stated:
        raise PurposeMissing(what=what)
    if len(stated) > LONGEST_REASON:
        raise TextUnfit(length=len(stated), limit=LONGEST_REASON)
    return stated
