"""Verbs about key slots: `cport vault slots …` and `cport vault rekey`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cport_desktop.cli.answer import CHECK_FAILED, Answer, Json, Record, listing
from cport_desktop.cli.printing import safe, table
from cport_desktop.cli.session import PROGRAM, Session, require_order
from cport_desktop.cli.short_lists import page_by
from cport_desktop.cli.slot_delivery import new_key_file, new_recovery_code
from cport_desktop.cli.slot_secrets import (
    KEY_FILE,
    KEYRING,
    PASSPHRASE,
    RECOVERY,
    asked_secret,
    fits,
    has_terminal,
    new_text,
    slot_secret,
)
from cport_desktop.clock import iso_utc
from cport_desktop.crypto.passphrase import encode_passphrase
from cport_desktop.errors import ArgumentsUnclear
from cport_desktop.usecases import manage_slots
from cport_desktop.usecases.manage_slots import SlotRow
from cport_desktop.usecases.rekey_vault import rekey_vault
from cport_desktop.usecases.reseal_files import reseal_files
from cport_desktop.vault.key_slots import NewSlot, SlotFacts
from cport_desktop.vault.slot_changes import slot_named
from cport_desktop.vault.slot_keyring import NewKeyring
from cport_desktop.vault.slot_kinds import NewSecret, Secret, kind_of
from cport_desktop.vault.slot_passphrase import NewPassphrase
from cport_desktop.vault.slot_token import NewToken
from cport_desktop.vault.vault import Vault
from cport_desktop.words import slots as words
from cport_desktop.words.recovery_sheet import SheetFacts


def show_all(session: Session) -> Answer:
    """`cport vault slots list`."""
    require_order(session, "slot")
    with session.vault() as vault:
        rows = manage_slots.list_slots(vault)
    shown, following = page_by(session, rows, lambda row: str(row.slot))
    return listing(
        [_item(row) for row in shown],
        text=table(words.COLUMNS, [_line(row) for row in shown]),
        total=len(rows),
        next_cursor=following,
        elapsed_ms=session.elapsed_ms,
    )


def add(session: Session) -> Answer:
    """`cport vault slots add NAME --kind K`."""
    options = session.options
    kind, name = options.required("kind"), options.required("name")
    with session.vault() as vault:
        whose = options.text("analyst") or vault.actor
        with _new_secret(session, vault, kind, slot=name, analyst=whose) as secret:
            added = manage_slots.add_slot(
                vault, NewSlot(name, secret), now=session.workstation.clock.now(), analyst=whose
            )
    return Answer(_fields(added), words.added(safe(added.name), added.kind))


def test(session: Session) -> Answer:
    """`cport vault slots test NAME`: exit 7 if it does not open."""
    with session.vault() as vault:
        kind = _kind_of(vault, session.options.required("name"))
        secret = _secret_now(session, kind)
        does_open = manage_slots.opens(vault, session.options.required("name"), secret)
    name = session.options.required("name")
    status = 0 if does_open else CHECK_FAILED
    return Answer({"name": name, "opens": does_open}, words.tested(safe(name), does_open), status)


def rename(session: Session) -> Answer:
    """`cport vault slots rename NAME NEW`."""
    options = session.options
    with session.vault() as vault:
        renamed = manage_slots.rename_slot(
            vault, options.required("name"), options.required("new_name")
        )
    return Answer(_fields(renamed), words.renamed(safe(renamed.name)))


def change(session: Session) -> Answer:
    """`cport vault slots change NAME`: another secret for the same slot."""
    options = session.options
    with session.vault() as vault:
        slot = slot_named(vault.header.header, options.required("name"))
        kind = _kind_of(vault, slot.slot)
        secret = _secret_now(session, kind)
        with _new_secret(session, vault, kind, slot=slot.name, analyst=vault.actor) as new:
            changed = manage_slots.change_secret(vault, slot.slot, secret, new)
    text = f"{words.changed(safe(changed.name))} {words.ALL_ELSE_THE_SAME}\n{words.OLD_COPIES}"
    return Answer(_fields(changed), text)


def remove(session: Session) -> Answer:
    """`cport vault slots remove NAME [--force]`."""
    options = session.options
    with session.vault() as vault:
        gone = manage_slots.remove_slot(
            vault, options.required("name"), force=options.flag("force")
        )
    hints = [words.OLD_COPIES]
    if gone.keyring_kept:
        hints.append(words.LEFT_IN_KEYRING)
    if gone.facts.kind == "token":
        hints.append(words.LEFT_ON_DEVICE)
    fields: dict[str, Json] = {**_fields(gone.facts), "keyring_kept": gone.keyring_kept}
    return Answer(fields, "\n".join([words.removed(safe(gone.facts.name)), *hints]))


def rekey(session: Session) -> Answer:
    """`cport vault rekey [--files]`: exit 7 if a file was found damaged and left as it is."""
    secret = session.secret()
    with session.progress() as announce:
        done = rekey_vault(
            session.vault_directory(),
            secret=secret,
            slot=session.options.slot,
            clock=session.workstation.clock,
            program=PROGRAM,
            announce=announce,
        )
    fields: dict[str, Json] = {
        "vault": done.vault,
        "slots": done.slots,
        "generation": done.generation,
    }
    if not session.options.flag("files"):
        return Answer(fields, words.rekeyed(done.slots))
    with session.vault(secret=secret) as vault, session.progress() as announce:
        anew = reseal_files(vault, announce=announce, is_cancelled=session.is_cancelled)
    fields |= {"files": anew.files, "bytes": anew.size, "damaged": list(anew.damaged)}
    text = f"{words.rekeyed(done.slots)}\n{words.resealed(anew.files, len(anew.damaged))}"
    return Answer(fields, text, CHECK_FAILED if anew.damaged else 0)


@contextmanager
def _new_secret(
    session: Session, vault: Vault, kind: str, *, slot: str, analyst: str
) -> Iterator[NewSecret]:
    """What is to open a slot, as the options say, or as it is typed."""
    options, cost = session.options, session.workstation.key_cost(vault.nature)
    if kind == RECOVERY:
        with new_recovery_code(
            options, vault.directory, sheet_facts(session, slot, analyst)
        ) as code:
            yield code
    elif kind == KEY_FILE:
        with new_key_file(options, vault.directory) as key_file:
            yield key_file
    elif kind == PASSPHRASE:
        text = new_text(options, kind, asked=words.NEW_PASSPHRASE)
        yield NewPassphrase(encode_passphrase(text), cost)
    elif kind == KEYRING:
        yield NewKeyring(encode_passphrase(new_text(options, kind, asked=words.NEW_PIN)), cost)
    else:
        yield _new_token(session)


def _new_token(session: Session) -> NewToken:
    options = session.options
    if options.token_module is None:
        raise ArgumentsUnclear(cause=words.MODULE_NEEDED, command="cport vault slots add")
    pin = new_text(options, "token", asked=words.TOKEN_PIN)
    return NewToken(
        options.token_module,
        pin.encode(),
        token=options.text("token_label"),
        key=options.text("token_key"),
    )


def sheet_facts(session: Session, slot: str, analyst: str) -> SheetFacts:
    """What stands on a sheet beside the code."""
    return SheetFacts(
        vault=session.vault_directory().absolute().name,
        slot=slot,
        analyst=analyst,
        made_at=iso_utc(session.workstation.clock.now()),
    )


def _secret_now(session: Session, kind: str) -> Secret:
    """What opens the slot now: said, else what opened the vault if it may fit, else asked for."""
    said = slot_secret(kind, session.options)
    if said is not None:
        return said
    if session.options.names_a_secret or not has_terminal():
        opening = session.secret()
        if fits(kind, opening):
            return opening
    return asked_secret(kind, session.options)


def _kind_of(vault: Vault, name: str) -> str:
    return kind_of(slot_named(vault.header.header, name).parameters).replace("_", "-")


def _fields(facts: SlotFacts) -> Record:
    return {"id": facts.slot, "name": facts.name, "kind": facts.kind, "made_at": facts.made_at}


def _item(row: SlotRow) -> Record:
    cost: Record | None = None
    if row.cost is not None:
        cost = {
            "memory_kib": row.cost.memory_kib,
            "passes": row.cost.passes,
            "lanes": row.cost.lanes,
        }
    return {
        "id": row.slot,
        "name": row.name,
        "kind": row.kind,
        "analyst": row.analyst,
        "made_at": row.made_at,
        "opened_at": None if row.opened_at is None else iso_utc(row.opened_at),
        "tested_at": None if row.tested_at is None else iso_utc(row.tested_at),
        "cost": cost,
        "place": row.place,
        "has_personal_key": row.has_personal_key,
        "is_open_with": row.is_open_with,
    }


def _line(row: SlotRow) -> tuple[str, ...]:
    opened = "–" if row.opened_at is None else iso_utc(row.opened_at)
    tested = "–" if row.tested_at is None else iso_utc(row.tested_at)
    return (
        safe(row.name),
        words.kind_name(row.kind),
        safe(row.analyst),
        opened,
        tested,
        safe(row.place or ""),
        words.OPEN_WITH_IT if row.is_open_with else "",
    )
