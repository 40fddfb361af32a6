"""Who works on a workstation, and what each may do there.

Roles gate use cases. They order the work of people who trust each other; they are no wall
against somebody who has opened the vault and turns its keys against it (threat model).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cport_desktop.domain.ids import Actor, AnalystId


class Role(StrEnum):
    ANALYST = "analyst"
    """Searches, opens, reveals, assesses, exchanges with the portal."""
    SUPERVISOR = "supervisor"
    """Places and releases holds, applies retention, erases, sets the unit's rules."""
    EXPORTER = "exporter"
    """Lets intelligence packages and tables leave."""
    AUDITOR = "auditor"
    """Reads the audit log, for a purpose."""
    ADMINISTRATOR = "administrator"
    """Analysts and their slots, rekeying, backup, restore, the bond with the portal."""


EVERY_ROLE = frozenset(Role)


ROLE_FOR: Mapping[str, Role] = {
    "search": Role.ANALYST,
    "show": Role.ANALYST,
    "media": Role.ANALYST,
    "reveal": Role.ANALYST,
    "act": Role.ANALYST,
    "sync": Role.ANALYST,
    "compose": Role.EXPORTER,
    "export table": Role.EXPORTER,
    "what left": Role.ANALYST,
    "notice": Role.EXPORTER,
    "hold": Role.SUPERVISOR,
    "erase": Role.SUPERVISOR,
    "retention": Role.SUPERVISOR,
    "unit rules": Role.SUPERVISOR,
    "read audit": Role.AUDITOR,
    "analysts": Role.ADMINISTRATOR,
    "slots of others": Role.ADMINISTRATOR,
    "rekey": Role.ADMINISTRATOR,
    "backup": Role.ADMINISTRATOR,
    "restore": Role.ADMINISTRATOR,
    "enrol": Role.ADMINISTRATOR,
}
"""Which role each thing that can be done needs. What is not here, anybody does who opened the
vault: looking at its own state, checking it, locking it, keeping their own slots.
"""


@dataclass(frozen=True, slots=True)
class Analyst:
    """A person with key slots of their own. `name` is the actor of their audit entries."""

    analyst_id: AnalystId
    name: Actor
    roles: frozenset[Role]


def print_roles(roles: Iterable[Role]) -> str:
    """Their words, sorted, with one space between them."""
    return " ".join(sorted(role.value for role in roles))


def parse_roles(text: str) -> frozenset[Role]:
    """The inverse of `print_roles`. A word of a later version gives no right here."""
    known = {role.value: role for role in Role}
    return frozenset(known[word] for word in text.split() if word in known)
