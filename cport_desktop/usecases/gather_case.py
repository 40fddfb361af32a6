"""Put things into a case, one by one or all that a query finds, and take them out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cport_desktop.domain.about import About, of_case, of_report
from cport_desktop.domain.case import KINDS_IN_CASES, LARGEST_ACT, LARGEST_CASE, Case
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.deed import DeedKind
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.roles import Role
from cport_desktop.errors import ActTooLarge, CaseUnfit, CountDiffers
from cport_desktop.usecases.keep_drafts import end_with_act
from cport_desktop.usecases.open_case import begin_within, open_one
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.search_reports import Asked, searched
from cport_desktop.usecases.work_record import chosen_things, entry_of, record_each
from cport_desktop.vault import cases, reports
from cport_desktop.vault.deed_rows import undoable
from cport_desktop.vault.deeds import OneDeed
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import cases as words


@dataclass(frozen=True, slots=True)
class Gathered:
    """What an addition came to: what is new in the case, and how many things were in it already."""

    case: Case
    added: tuple[About, ...]
    already: int


def add_to_case(
    vault: Vault, number: int, abouts: Sequence[About], *, draft: DraftPlace | None = None
) -> tuple[Gathered, Changes]:
    """All of these are in the case; what lay at `draft` has come to its end with it.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference, ItemErased: no such case, or one of them is not here; nothing was added.
        CaseUnfit: it is closed, would be too large, or one of them is a case.
        ActTooLarge: nothing, or more than one act takes.
    """
    require(vault, Role.ANALYST)
    deed = OneDeed(vault.analyst.analyst_id, DeedKind.PUT_IN_CASE, str(of_case(number)))
    with vault.transaction() as tx, undoable(tx, deed, ("case_item",), abouts):
        end_with_act(vault, tx, draft)
        return add_within(vault, tx, number, abouts), Changes.WORK


def add_to_new_case(
    vault: Vault, abouts: Sequence[About], *, title: str, draft: DraftPlace | None = None
) -> tuple[Gathered, Changes]:
    """A case of this title is open, and all of these are in it; or there is none. What lay at `draft` has
    come to its end with it.

    Raises:
        As `open_case` and `add_to_case`.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        end_with_act(vault, tx, draft)
        number = begin_within(vault, tx, title=title).number
        deed = OneDeed(vault.analyst.analyst_id, DeedKind.PUT_IN_CASE, str(of_case(number)))
        with undoable(tx, deed, ("case_item",), abouts):
            return add_within(vault, tx, number, abouts), Changes.WORK


def remove_from_case(
    vault: Vault, number: int, abouts: Sequence[About]
) -> tuple[tuple[About, ...], Changes]:
    """None of these is in the case; those that were: the way back of `add_to_case`.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: there is no such case.
        CaseUnfit: it is closed.
        ActTooLarge: nothing, or more than one act takes.
    """
    require(vault, Role.ANALYST)
    deed = OneDeed(vault.analyst.analyst_id, DeedKind.TAKEN_OUT_OF_CASE, str(of_case(number)))
    tables = ("case_item", "case_turn")
    with vault.transaction() as tx, undoable(tx, deed, tables, abouts):
        return remove_within(vault, tx, number, abouts), Changes.WORK


def count_found(vault: Vault, asked: Asked) -> int:
    """How many reports a query would put into a case. The search is on record if it is new.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow it, or withholds a field that is asked for.
        QueryError: the text does not parse.
        ActTooLarge: none, or more than one act takes.
    """
    require(vault, Role.ANALYST)
    query, _ = searched(vault, asked)
    with vault.reader() as reader:
        count = reports.count(reader, query)
    if not 0 < count <= LARGEST_ACT:
        raise ActTooLarge(count=count, limit=LARGEST_ACT)
    return count


def add_found(
    vault: Vault, number: int, asked: Asked, *, count: int, draft: DraftPlace | None = None
) -> tuple[Gathered, Changes]:
    """All reports that a query finds are in the case; they are `count`, as was told before. What lay at
    `draft` has come to its end with it.

    Raises:
        As `add_to_case` and `count_found`.
        CountDiffers: another number is found by now; nothing was added.
    """
    require(vault, Role.ANALYST)
    query, _ = searched(vault, replace(asked, is_new=False))
    with vault.reader() as reader:
        found = reports.matching(reader, query, limit=LARGEST_ACT + 1)
    if len(found) != count:
        raise CountDiffers(typed=count, found=len(found))
    things = [of_report(report_id) for report_id in found]
    return add_to_case(vault, number, things, draft=draft)


def add_within(vault: Vault, tx: Transaction, number: int, abouts: Sequence[About]) -> Gathered:
    """As `add_to_case`, once the transaction commits."""
    require(vault, Role.ANALYST)
    case = open_one(vault, tx, number)
    chosen = chosen_things(vault, tx, abouts)
    if not KINDS_IN_CASES.issuperset(about.kind for about in chosen):
        raise CaseUnfit(case=case.reference, rule=words.NO_CASE_IN_A_CASE)
    added = cases.add(tx, case, chosen)
    size = cases.size(tx, case)
    if size > LARGEST_CASE:
        raise CaseUnfit(case=case.reference, rule=words.is_full(size, LARGEST_CASE))
    _record(vault, tx, "add_to_case", case, added)
    return Gathered(case, added, len(chosen) - len(added))


def remove_within(
    vault: Vault, tx: Transaction, number: int, abouts: Sequence[About]
) -> tuple[About, ...]:
    """As `remove_from_case`, once the transaction commits."""
    require(vault, Role.ANALYST)
    case = open_one(vault, tx, number)
    chosen = tuple(dict.fromkeys(abouts))
    if not 0 < len(chosen) <= LARGEST_ACT:
        raise ActTooLarge(count=len(chosen), limit=LARGEST_ACT)
    removed = cases.remove(tx, case, chosen)
    _record(vault, tx, "remove_from_case", case, removed)
    return removed


def _record(vault: Vault, tx: Transaction, verb: str, case: Case, abouts: Sequence[About]) -> None:
    tx.record(entry_of(verb, case.about, (("items", str(len(abouts))),)))
    record_each(vault, tx, verb, abouts, (("case", case.reference),))
