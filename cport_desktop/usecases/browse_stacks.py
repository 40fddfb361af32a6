"""List stacks and open one: counts, reasons and distances, never a pixel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.likeness import Stack, StackMember
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import StackUnfit
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.search_reports import LONGEST_PAGE, Asked, searched
from cport_desktop.usecases.stack_media import catch_up
from cport_desktop.vault import stack_listing
from cport_desktop.vault.vault import Vault
from cport_desktop.words import stacks as words


@dataclass(frozen=True, slots=True)
class OpenedStack:
    """A stack with all its contents, the one that it began with first."""

    stack: Stack
    members: tuple[StackMember, ...]


def list_stacks(
    vault: Vault,
    text: str,
    *,
    limit: int,
    after: str | None,
    taxonomy: Taxonomy,
    now: datetime,
) -> Page[Stack]:
    """A page of the stacks with an item in the reports that `text` asks for, newest report first.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow it, or withholds a field that is asked for.
        QueryError: if `text` does not parse.
    """
    require(vault, Role.ANALYST)
    query, _ = searched(vault, Asked("stacks", text, taxonomy, now, is_new=after is None))
    catch_up(vault, announce=silent, is_cancelled=never)
    with vault.reader() as reader:
        return stack_listing.page(reader, query, limit=min(limit, LONGEST_PAGE), after=after)


def show_stack(vault: Vault, media_id: MediaId) -> OpenedStack:
    """The stack that an item is in, if only by itself; its consultation is recorded.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow it.
        UnknownReference: if the vault holds no such item.
        StackUnfit: its file is not here.
    """
    require(vault, Role.ANALYST)
    require_allowed(vault, Function.REPORTS_READ)
    catch_up(vault, announce=silent, is_cancelled=never)
    with vault.reader() as reader:
        number = stack_listing.stack_of(reader, media_id)
        if number is None:
            raise StackUnfit(rule=words.NOT_HERE)
        stack = stack_listing.stacks_named(reader, [number])[number]
        members = stack_listing.members(reader, number)
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.CONSULTATION,
                verb="open_stack",
                object_kind=ObjectKind.MEDIA,
                object_reference=media_reference(media_id),
            )
        )
    return OpenedStack(stack, members)
