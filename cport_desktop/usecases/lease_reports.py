"""Take a report in hand, keep it while it is looked at, give it back. Nobody is kept from reading."""

from __future__ import annotations

from datetime import timedelta

from cport_desktop.clock import iso_utc
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.in_hand import ToldElsewhere
from cport_desktop.domain.lease import Lease
from cport_desktop.domain.roles import Role
from cport_desktop.errors import ReportInHand, UnknownReference
from cport_desktop.usecases.permission import require
from cport_desktop.vault import in_hand, leases, unit_rules
from cport_desktop.vault.vault import Vault
from cport_desktop.words.colleagues import who


def take_in_hand(vault: Vault, report_id: ReportId) -> Lease:
    """Who has the report in hand now: the analyst who asks, for as long as the unit's rule says from
    now; or a colleague who took it before, here or at another station, whose lease is left as it is.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: it is not here.
        StorageFull, VaultDamaged: the disk.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        minutes = unit_rules.load(reader).work.lease_minutes
    leases.take(vault, report_id, length=timedelta(minutes=minutes))
    found = lease_of(vault, report_id)
    if found is None:
        raise UnknownReference(kind="report", reference=report_reference(report_id))
    return found


def give_back(vault: Vault, report_id: ReportId | None = None) -> int:
    """The analyst has this report (None: any) in hand no more; how many leases ended.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        StorageFull, VaultDamaged: the disk.
    """
    require(vault, Role.ANALYST)
    return leases.give_back(vault, report_id)


def lease_of(vault: Vault, report_id: ReportId) -> Lease | None:
    """Who has the report in hand: the analyst who asks, before others; None: nobody.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    mine = vault.analyst.analyst_id
    with vault.reader() as reader:
        found = leases.standing(reader, mine, now=vault.now(), reports=[report_id])
    return found[0] if found else None


def held_beside(vault: Vault, report_id: ReportId) -> Lease | None:
    """Who has a report in hand elsewhere although the analyst who asks has it too: neither station knew of
    the other. None: nobody, or not in one's own hands.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    mine = vault.analyst.analyst_id
    with vault.reader() as reader:
        found = leases.standing(reader, mine, now=vault.now(), reports=[report_id])
    if not any(each.is_own for each in found):
        return None
    return next((each for each in found if not each.is_own), None)


def told_elsewhere(vault: Vault, report_id: ReportId) -> tuple[ToldElsewhere, ...]:
    """What the agency's other stations have told of a report, as far as it counts now.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return in_hand.elsewhere(reader, report_id, now=vault.now())


def list_leases(vault: Vault) -> tuple[Lease, ...]:
    """Every report that somebody has in hand, here or at another station.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return leases.standing(reader, vault.analyst.analyst_id, now=vault.now())


def require_free(vault: Vault, report_id: ReportId) -> None:
    """Nothing, unless a colleague has the report in hand.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        ReportInHand: one has; it says who and until when.
    """
    require(vault, Role.ANALYST)
    lease = lease_of(vault, report_id)
    if lease is not None and not lease.is_own:
        raise ReportInHand(
            reference=report_reference(report_id),
            holder=who(lease.holder, lease.station),
            until=iso_utc(lease.until),
        )
