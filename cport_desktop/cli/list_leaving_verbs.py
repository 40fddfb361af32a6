"""Verbs by which hash lists leave, change and are taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from cport_desktop.cli import known_records
from cport_desktop.cli.answer import Answer, Json
from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.list_records import columns_said, manifest_record, manifest_told, trusted
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.crypto.signing import Signer
from cport_desktop.domain.disclosure import EnteredDisclosure
from cport_desktop.domain.list_version import ListVersion
from cport_desktop.exports.hash_lists.side_manifest import manifest_path, signature_path
from cport_desktop.formats.entry_lines import entry_lines
from cport_desktop.usecases.compose_package import own_signer
from cport_desktop.usecases.entry_feedback import EntryWord, say_of_entry
from cport_desktop.usecases.export_hash_list import ListExportOrder, export_hash_list
from cport_desktop.usecases.import_hash_list import ListOrder
from cport_desktop.usecases.known_lists import versions_of
from cport_desktop.usecases.make_hash_list import MakeOrder, make_hash_list
from cport_desktop.usecases.update_hash_list import update_hash_list
from cport_desktop.usecases.withdraw_hash_list import foresee_withdrawal, take_back
from cport_desktop.vault.list_withdrawal import Reach
from cport_desktop.vault.vault import Vault
from cport_desktop.words import hash_list_export as words


def export(session: Session) -> Answer:
    """`cport hashlist export ID --format F --out FILE`."""
    options = session.options
    path = options.needed_path("out")
    with session.vault() as vault, session.progress() as announce:
        order = ListExportOrder(
            list_id=options.required("list"),
            form=options.required("format"),
            path=path,
            since=options.text("since"),
            recipients=tuple(options.texts("recipient")),
            signer=_signer(session, vault),
            reason=options.text("reason"),
        )
        done = export_hash_list(vault, order, announce=announce, is_cancelled=session.is_cancelled)
    lost = [(each.what, each.count) for each in done.lost]
    fields: dict[str, Json] = {
        "list": order.list_id,
        "file": str(path.absolute()),
        "format": order.form,
        "since": order.since,
        "entries": done.entries,
        "removed": done.removed,
        "size": done.size,
        "sha256": done.sha256,
        "manifest": str(manifest_path(path).absolute()),
        "manifest_sha256": done.manifest_sha256,
        "signature": None if done.signer is None else str(signature_path(path).absolute()),
        "signer": done.signer,
        "recipients": list(order.recipients),
        "lost": dict(lost),
    }
    told = [words.exported(done.entries, done.removed), words.all_lost(lost)]
    told += [] if done.signer else [words.UNSIGNED]
    shown = [(name.replace("_", " "), value) for name, value in fields.items() if name != "lost"]
    return Answer(fields, "\n".join([facts(shown), "", *filter(None, told)]))


def versions(session: Session) -> Answer:
    """`cport hashlist versions ID`."""
    list_id = session.options.required("list")
    with session.vault() as vault:
        found = versions_of(vault, list_id)
    heads = ("Number", "Version", "Came (UTC)", "Entries", "Added", "Removed")
    rows = [
        (
            f"{one.ordinal}",
            one.version or "–",
            iso_utc(one.came_at),
            f"{one.entries:,}",
            f"{one.added:,}",
            f"{one.removed:,}",
        )
        for one in found
    ]
    return Answer({"id": list_id, "items": [_version(one) for one in found]}, table(heads, rows))


def update(session: Session) -> Answer:
    """`cport hashlist update ID FILE`."""
    options = session.options
    order = ListOrder(
        options.needed_path("file"),
        version=options.required("version"),
        format=options.required("format"),
        columns=columns_said(options.texts("map")),
        profile=options.text("profile"),
        trust=trusted(options),
    )
    with session.vault() as vault, session.progress() as announce:
        done = update_hash_list(
            vault,
            options.required("list"),
            order,
            announce=announce,
            is_cancelled=session.is_cancelled,
        )
    fields: dict[str, Json] = {
        **known_records.hash_list(done.known),
        "accepted": done.read.accepted,
        "rejected": done.read.rejected,
        "duplicates": done.read.duplicates,
        "manifest": manifest_record(done.read.beside),
        "added": done.difference.added,
        "removed": done.difference.removed,
        "hits_new": done.hits.new,
        "hits_ended": done.hits.ended,
        "copies_affected": done.copies,
    }
    shown = {**fields, "manifest": manifest_told(done.read.beside)}
    return Answer(fields, facts([(name.replace("_", " "), told) for name, told in shown.items()]))


def make(session: Session) -> Answer:
    """`cport hashlist make NAME --query Q`."""
    options, workstation = session.options, session.workstation
    order = MakeOrder(
        name=options.required("name"),
        query=options.required("query"),
        version=options.required("version"),
        source=options.required("source"),
        handling=options.text("handling"),
        is_negative=options.flag("negative"),
        reason=options.text("reason"),
    )
    with session.vault() as vault, session.progress() as announce:
        done = make_hash_list(
            vault,
            order,
            taxonomy=workstation.taxonomy,
            now=workstation.clock.now(),
            announce=announce,
            is_cancelled=session.is_cancelled,
        )
    fields: dict[str, Json] = {
        "id": done.list_id,
        "entries": done.entries,
        "undecided": done.undecided,
        "contrary": done.contrary,
        "hits_new": done.hits.new,
    }
    return Answer(fields, facts([(name.replace("_", " "), told) for name, told in fields.items()]))


def feedback(session: Session) -> Answer:
    """`cport hashlist feedback ID ENTRY --confirm | --dispute --note TEXT`."""
    options = session.options
    word = EntryWord.CONFIRM if options.flag("confirm") else EntryWord.DISPUTE
    with session.vault() as vault:
        said = say_of_entry(
            vault,
            options.required("list"),
            options.required("entry"),
            word,
            note=options.text("note") or "",
        )
    fields: dict[str, Json] = {
        "id": said.reference,
        "confirmed_here": said.confirming,
        "disputed_here": said.disputing,
    }
    return Answer(fields, facts([(name.replace("_", " "), told) for name, told in fields.items()]))


def withdraw(session: Session) -> Answer:
    """`cport hashlist withdraw ID [--entries FILE] [--preview] [--reason R]`."""
    options = session.options
    list_id, path = options.required("list"), options.path("entries")
    entries = None if path is None else entry_lines(path)
    with session.vault() as vault:
        if options.flag("preview"):
            foreseen = foresee_withdrawal(vault, list_id, entries=entries)
            fields = {**known_records.hash_list(foreseen.known), "preview": True}
            return _reached(fields, foreseen.reach, foreseen.unknown)
        done = take_back(vault, list_id, reason=options.text("reason"), entries=entries)
    fields = {
        **known_records.hash_list(done.known),
        "preview": False,
        "hits_new": done.hits.new,
        "hits_ended": done.hits.ended,
        "copies_affected": done.copies,
    }
    return _reached(fields, done.reach, done.unknown)


def _reached(fields: Mapping[str, Json], reach: Reach, unknown: Sequence[str]) -> Answer:
    told: dict[str, Json] = {
        **fields,
        "reach": {
            "entries": reach.entries,
            "hits": reach.hits,
            "contents": reach.contents,
            "known_no_more": reach.known_no_more,
            "contributed": list(reach.contributed),
            "copies": [_copy(each) for each in reach.copies],
        },
        "unknown": list(unknown),
    }
    sentences = words.reached(
        entries=reach.entries,
        contents=reach.contents,
        no_more=reach.known_no_more,
        copies=len(reach.copies),
        contributions=len(reach.contributed),
    )
    rows = [
        (
            each.disclosure_id,
            iso_utc(each.at),
            each.kind.value,
            each.title,
            ", ".join(recipient.name for recipient in each.recipients),
        )
        for each in reach.copies
    ]
    shown = facts([(name.replace("_", " "), value) for name, value in fields.items()])
    listed = table(("Number", "Left (UTC)", "Kind", "Title", "Recipients"), rows) if rows else ""
    unknown_told = [words.unknown_lines(len(unknown))] if unknown else []
    lines = [shown, "", *sentences, *unknown_told, *([listed] if listed else [])]
    return Answer(told, "\n".join(lines))


def _copy(each: EnteredDisclosure) -> Json:
    return {
        "id": each.disclosure_id,
        "at": iso_utc(each.at),
        "kind": each.kind.value,
        "title": each.title,
        "recipients": [recipient.name for recipient in each.recipients],
    }


def _version(one: ListVersion) -> Json:
    return {
        "id": str(one.ordinal),
        "version": one.version,
        "came_at": iso_utc(one.came_at),
        "entries": one.entries,
        "added": one.added,
        "removed": one.removed,
        "file_sha256": one.file_sha256,
    }


def _signer(session: Session, vault: Vault) -> Signer | None:
    options, workstation = session.options, session.workstation
    if options.flag("unsigned"):
        return None
    path = options.path("signer")
    if path is None:
        return own_signer(vault, workstation.signer)
    return workstation.signer_from_pem(read_key_file(path))


VERBS: Final[Mapping[str, Callable[[Session], Answer]]] = {
    "hashlist export": export,
    "hashlist versions": versions,
    "hashlist update": update,
    "hashlist make": make,
    "hashlist feedback": feedback,
    "hashlist withdraw": withdraw,
}
