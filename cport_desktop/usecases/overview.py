"""Small answers about the vault as a whole: hotlines, operations, counters, freshness."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from cport_desktop.domain import short_lists
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.ids import HotlineId
from cport_desktop.domain.operation import WAITING_FOR_A_PERSON, OperationRow, OperationState
from cport_desktop.domain.query import Query
from cport_desktop.domain.roles import Role
from cport_desktop.domain.row_language import row_test
from cport_desktop.domain.rows import HotlineRow, Page
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.second_reading import without_first_words
from cport_desktop.vault import agreements, bond, hotlines, media_items, outbox, replica, reports
from cport_desktop.vault.replica import LastExchange
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Tallies:
    """Counters: all reports, media items and hotlines, and operations not yet settled."""

    reports: int
    media: int
    hotlines: int
    unsettled: int
    needing: int = 0
    """Operations that wait for an analyst: rejected, or held back."""


def list_hotlines(vault: Vault, text: str = "") -> tuple[HotlineRow, ...]:
    """Every hotline that the portal named and that `text` asks for, with how many reports came from it.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        QueryError: `text` does not parse, or asks for what is not known of a hotline.
    """
    require(vault, Role.ANALYST)
    is_asked_for = row_test(text, short_lists.HOTLINES, now=vault.now())
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.CONSULTATION,
                verb="list",
                object_kind=ObjectKind.HOTLINES,
                object_reference="all",
            )
        )
    with vault.reader() as reader:
        return tuple(filter(is_asked_for, hotlines.listing(reader)))


def hotline_names(vault: Vault) -> Mapping[HotlineId, str]:
    """What hotlines are called, to stand beside what was looked at: that is on record by itself.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return {row.hotline.hotline_id: row.hotline.name for row in hotlines.listing(reader)}


def list_operations(
    vault: Vault,
    *,
    limit: int,
    after: str | None,
    states: Collection[OperationState] = (),
) -> Page[OperationRow]:
    """A page of what was done towards the portal, newest first, each with its one state; only those
    in one of `states`, if there are any.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        page = outbox.page(reader, limit=limit, after=after, states=states)
    return replace(page, rows=without_first_words(vault, page.rows))


def tallies(vault: Vault) -> Tallies:
    """The counters of the rail."""
    with vault.reader() as reader:
        media = media_items.tally(reader)
        operations = outbox.counts(reader)
        return Tallies(
            reports=reports.count(reader, Query()),
            media=media.held + media.wanted + media.refused,
            hotlines=len(hotlines.listing(reader)),
            unsettled=outbox.count_unsettled(reader),
            needing=sum(operations.get(state, 0) for state in WAITING_FOR_A_PERSON),
        )


def freshness(vault: Vault) -> LastExchange | None:
    """When the vault last heard from the portal, and by which road; None if never."""
    with vault.reader() as reader:
        return replica.last_exchange(reader)


def enrolment_of(vault: Vault) -> Enrolment | None:
    """The bond with the portal, if there is one, with the agreement that is in force."""
    with vault.reader() as reader:
        enrolment = bond.load(reader)
        version = agreements.current(reader, now=vault.now())
    if enrolment is None or version is None:
        return enrolment
    return replace(enrolment, answer=replace(enrolment.answer, signed_agreement=version.signed))
