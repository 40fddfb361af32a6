"""The bond that both halves of an exchange by removable media stand on."""

from __future__ import annotations

from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.roles import Role
from cport_desktop.errors import CourierUnready, NotEnrolled
from cport_desktop.usecases.permission import require
from cport_desktop.vault import bond
from cport_desktop.vault.vault import Vault


def courier_bond(vault: Vault) -> Enrolment:
    """The enrolment, with the keys that bundles are sealed to.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        NotEnrolled: the vault knows no portal.
        CourierUnready: it is enrolled from before there was this road.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        enrolment = bond.load(reader)
    if enrolment is None:
        raise NotEnrolled
    if not enrolment.knows_both_roads:
        raise CourierUnready
    return enrolment
