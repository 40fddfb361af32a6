"""Verbs about who works here: `cport vault analysts add / list / role / retire`."""

from __future__ import annotations

from collections.abc import Iterable

from cport_desktop.cli.answer import Answer, Record, listing
from cport_desktop.cli.printing import safe, table
from cport_desktop.cli.session import Session
from cport_desktop.cli.short_lists import page_by
from cport_desktop.cli.slot_secrets import PASSPHRASE, new_text
from cport_desktop.clock import iso_utc
from cport_desktop.crypto.passphrase import encode_passphrase
from cport_desktop.domain.analyst_list import AnalystOrder, in_order
from cport_desktop.domain.roles import Analyst, Role, print_roles
from cport_desktop.errors import ValueUnknown
from cport_desktop.usecases import manage_analysts
from cport_desktop.usecases.manage_analysts import AnalystRow
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_passphrase import NewPassphrase
from cport_desktop.words import analysts as words


def add(session: Session) -> Answer:
    """`cport vault analysts add NAME --roles R`: their passphrase is read before the vault opens."""
    options = session.options
    roles = _roles(options.texts("roles"))
    asked = words.passphrase_for(options.required("name"))
    passphrase = encode_passphrase(new_text(options, PASSPHRASE, asked=asked))
    with session.vault() as vault:
        cost = session.workstation.key_cost(vault.nature)
        name = options.text("slot_name") or words.slot_of(options.required("name"))
        slot = NewSlot(name, NewPassphrase(passphrase, cost))
        added = manage_analysts.add_analyst(
            vault, options.required("name"), roles, slot, now=session.workstation.clock.now()
        )
    return Answer(_fields(added), words.added(safe(added.name), print_roles(added.roles)))


def show_all(session: Session) -> Answer:
    """`cport vault analysts list [--sort ORDER]`."""
    order = _order(session.options.text("sort"))
    with session.vault() as vault:
        came = manage_analysts.list_analysts(vault)
    rows = in_order(came, order, lambda row: row.analyst.name)
    shown, following = page_by(session, rows, lambda row: str(row.analyst.analyst_id))
    return listing(
        [_item(row) for row in shown],
        text=table(words.COLUMNS, [_line(row) for row in shown]),
        total=len(rows),
        next_cursor=following,
        elapsed_ms=session.elapsed_ms,
    )


def role(session: Session) -> Answer:
    """`cport vault analysts role NAME [--add R] [--remove R]`."""
    options = session.options
    add_these, remove_these = _roles(options.texts("add")), _roles(options.texts("remove"))
    with session.vault() as vault:
        changed = manage_analysts.change_roles(
            vault, options.required("name"), add=add_these, remove=remove_these
        )
    return Answer(_fields(changed), words.changed(safe(changed.name), print_roles(changed.roles)))


def retire(session: Session) -> Answer:
    """`cport vault analysts retire NAME`."""
    with session.vault() as vault:
        gone = manage_analysts.retire_analyst(vault, session.options.required("name"))
    return Answer({"id": gone.analyst_id, "name": gone.name}, words.retired(safe(gone.name)))


def _order(told: str | None) -> AnalystOrder:
    """The order of this name; without one, as they came.

    Raises:
        ValueUnknown: there is no such order.
    """
    if told is not None and told not in set(AnalystOrder):
        raise ValueUnknown(what="order", value=told, accepted=", ".join(AnalystOrder))
    return AnalystOrder(told or AnalystOrder.CAME)


def _roles(told: Iterable[str]) -> frozenset[Role]:
    """Roles that were named, one by one or with commas between.

    Raises:
        ValueUnknown: there is no such role.
    """
    known = {each.value: each for each in Role}
    named = [part.strip() for text in told for part in text.split(",") if part.strip()]
    for part in named:
        if part not in known:
            raise ValueUnknown(what="role", value=part, accepted=", ".join(known))
    return frozenset(known[part] for part in named)


def _fields(analyst: Analyst) -> Record:
    return {
        "id": analyst.analyst_id,
        "name": analyst.name,
        "roles": sorted(role.value for role in analyst.roles),
    }


def _item(row: AnalystRow) -> Record:
    return {
        **_fields(row.analyst),
        "created_at": iso_utc(row.created_at),
        "retired_at": None if row.retired_at is None else iso_utc(row.retired_at),
        "slots": [
            {"id": slot.slot, "name": slot.name, "kind": slot.kind, "made_at": slot.made_at}
            for slot in row.slots
        ],
        "is_present": row.is_present,
    }


def _line(row: AnalystRow) -> tuple[str, ...]:
    slots = ", ".join(f"{slot.kind} ({safe(slot.name)})" for slot in row.slots)
    state = words.RETIRED if row.retired_at else (words.PRESENT if row.is_present else "")
    return (safe(row.analyst.name), print_roles(row.analyst.roles), slots, state)
