"""Give reports to a colleague, or take them back: in pieces, as one deed, each on record."""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.domain.about import of_report
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.deed import DeedKind
from cport_desktop.domain.ids import Actor, ReportId, report_reference
from cport_desktop.domain.lease import Assignment
from cport_desktop.domain.name_order import name_key
from cport_desktop.domain.progress import Phase, Progress
from cport_desktop.domain.roles import Role
from cport_desktop.errors import ValueUnknown
from cport_desktop.usecases.decide_reports import require_typed
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.turn_deeds import Means
from cport_desktop.vault import abouts, analysts, assignments, deed_rows
from cport_desktop.vault.deeds import OneDeed
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Giving:
    """`to`: the name of an analyst here; None: nobody. `typed`: the count as a person typed it."""

    report_ids: tuple[ReportId, ...]
    to: str | None
    typed: int | None = None


def assign(vault: Vault, giving: Giving, means: Means) -> tuple[tuple[ReportId, ...], Changes]:
    """These reports are given to that analyst; which of them were not before.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference, ItemErased: a report that is not here; where it went meanwhile, those before it
            are given.
        ValueUnknown: nobody of that name works on reports here.
        EntriesUnfit, CountDiffers: as `decide_reports`.
    """
    require(vault, Role.ANALYST)
    wanted = tuple(dict.fromkeys(giving.report_ids))
    require_typed(vault, len(wanted), giving.typed)
    with vault.reader() as reader:
        abouts.require_here(reader, [of_report(each) for each in wanted])
    given, reached = list[ReportId](), 0
    deed = OneDeed(vault.analyst.analyst_id, DeedKind.ASSIGNED, giving.to or "")
    while reached < len(wanted) and not means.is_cancelled():
        piece = wanted[reached : reached + means.piece]
        given += _given(vault, giving, piece, deed)
        reached += len(piece)
        means.announce(Progress(Phase.DECIDING, reached, len(wanted)))
    return tuple(given), Changes.WORK if given else Changes.NOTHING


def analysts_to_assign(vault: Vault) -> tuple[Actor, ...]:
    """Names of those who work on reports here, as one reads names.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        found = analysts.with_role(reader, Role.ANALYST)
    return tuple(sorted((each.name for each in found), key=name_key))


def assignments_of(vault: Vault, report_ids: tuple[ReportId, ...]) -> dict[ReportId, Assignment]:
    """To whom these reports were given, where they were.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return assignments.of_reports(reader, report_ids)


def _given(
    vault: Vault, giving: Giving, piece: tuple[ReportId, ...], deed: OneDeed
) -> tuple[ReportId, ...]:
    about = [of_report(each) for each in piece]
    with vault.transaction() as tx, deed_rows.undoable(tx, deed, ["assignment"], about):
        abouts.require_here(tx, about)
        if giving.to is None:
            changed = assignments.take_back(tx, piece)
        else:
            known = {each.name: each for each in analysts.with_role(tx, Role.ANALYST)}
            if giving.to not in known:
                names = ", ".join(sorted(known))
                raise ValueUnknown(what="analyst here", value=giving.to, accepted=names)
            changed = assignments.give(tx, piece, known[Actor(giving.to)].analyst_id)
        for report_id in changed:
            tx.record(_entry(report_id, giving.to))
    return changed


def _entry(report_id: ReportId, to: str | None) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ALTERATION,
        verb="assign",
        object_kind=ObjectKind.REPORT,
        object_reference=report_reference(report_id),
        payload=(("to", to or ""),),
    )
