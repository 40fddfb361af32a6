"""From arguments to an exit code: parse, run one verb, print one answer.

What a person or a signal interrupts stops at its next safe point: exit 130 or 143, and the
next run goes on from there. What nobody foresaw is a bug: a local record is written, without
content, and its reference printed (exit 1).
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType

from cport_desktop.bootstrap import furnish
from cport_desktop.cli import (
    agreement_verbs,
    amending_verb,
    analyst_verbs,
    audit_verbs,
    case_verbs,
    completion_verb,
    compose_verb,
    courier_verbs,
    demo_verbs,
    disclosure_verbs,
    doctor_verb,
    enrolment_verbs,
    exposure_verbs,
    figure_verbs,
    gateway_verbs,
    hash_list_verbs,
    holding_verbs,
    iccam_verbs,
    import_verbs,
    iwol_verbs,
    keeping_verbs,
    list_leaving_verbs,
    list_verbs,
    notice_verbs,
    operation_verbs,
    overview_verbs,
    package_verbs,
    portal_verbs,
    read_verbs,
    redaction_verbs,
    retention_verbs,
    road_verbs,
    search_verbs,
    signer_verbs,
    slot_verbs,
    stack_verbs,
    stamp_verbs,
    table_verbs,
    template_verbs,
    transfer_verbs,
    triage_verbs,
    unit_verbs,
    update_verbs,
    vault_verbs,
    window_verb,
    work_verbs,
)
from cport_desktop.cli.answer import Answer
from cport_desktop.cli.diagnosis import write_record
from cport_desktop.cli.grammar import Options, parse
from cport_desktop.cli.printing import print_answer, print_failure
from cport_desktop.cli.session import Session, ShowWindow
from cport_desktop.errors import ArgumentsUnclear, Cancelled, CportError
from cport_desktop.settings import (
    Settings,
    floor_folder,
    marks_folder,
    region_profile_file,
    updates_folder,
)
from cport_desktop.updates.shelf import data_in_force
from cport_desktop.words.errors import Sentence, explain

Verb = Callable[[Session], Answer]

VERBS: Mapping[str, Verb] = {
    "demo": demo_verbs.demo,
    "window": window_verb.window,
    "gateway serve": gateway_verbs.serve,
    "gateway amend": amending_verb.amend,
    "gateway import-iccam": iccam_verbs.import_iccam,
    "gateway courier": courier_verbs.answer,
    "generate": gateway_verbs.generate,
    "vault create": vault_verbs.create,
    "vault status": vault_verbs.status,
    "vault check": keeping_verbs.check,
    "vault backup": keeping_verbs.backup,
    "vault restore": keeping_verbs.restore,
    "vault drill": keeping_verbs.drill,
    "vault rebuild": keeping_verbs.rebuild,
    "vault digest": vault_verbs.digest,
    "vault hold place": retention_verbs.place,
    "vault hold release": retention_verbs.release,
    "vault hold list": retention_verbs.show_holds,
    "vault retention": retention_verbs.retention,
    "vault erase": retention_verbs.erase_reports,
    "vault erasures list": retention_verbs.show_erasures,
    "vault erasures show": retention_verbs.show_erasure,
    "vault erasures export": retention_verbs.export_erasures,
    "vault erasures apply": retention_verbs.apply_erasures,
    "vault rekey": slot_verbs.rekey,
    "vault slots list": slot_verbs.show_all,
    "vault slots add": slot_verbs.add,
    "vault slots test": slot_verbs.test,
    "vault slots rename": slot_verbs.rename,
    "vault slots change": slot_verbs.change,
    "vault slots remove": slot_verbs.remove,
    "vault analysts add": analyst_verbs.add,
    "vault analysts list": analyst_verbs.show_all,
    "vault analysts role": analyst_verbs.role,
    "vault analysts retire": analyst_verbs.retire,
    "portal request": enrolment_verbs.request,
    "portal enrol": enrolment_verbs.enrol,
    "portal address": enrolment_verbs.address,
    "portal agreement": agreement_verbs.show,
    "portal agreement explain": agreement_verbs.explain,
    "portal agreement rehearse": agreement_verbs.rehearse_version,
    "portal agreement accept": agreement_verbs.accept,
    "portal agreement export": agreement_verbs.export,
    "sync": portal_verbs.sync,
    "links list": road_verbs.show_links,
    "links set": road_verbs.set_link,
    "links use": road_verbs.use_link,
    "links remove": road_verbs.remove_link,
    "transfers list": transfer_verbs.show_transfers,
    "transfers ask": transfer_verbs.ask,
    "transfers pause": transfer_verbs.pause,
    "transfers resume": transfer_verbs.resume,
    "transfers cancel": transfer_verbs.cancel,
    "transfers retry": transfer_verbs.retry,
    "courier send": courier_verbs.send,
    "courier receive": courier_verbs.receive,
    "courier status": courier_verbs.status,
    "assess": operation_verbs.assess,
    "feedback": operation_verbs.feedback,
    "takedown hold": operation_verbs.hold,
    "takedown lift": operation_verbs.lift,
    "ask": operation_verbs.ask,
    "iwol suggest": operation_verbs.suggest,
    "hashlist contribute": operation_verbs.contribute,
    "case handover": operation_verbs.hand_over,
    **case_verbs.VERBS,
    **work_verbs.VERBS,
    "false-positive": operation_verbs.doubt,
    "reports": read_verbs.reports,
    "report show": read_verbs.show_one_report,
    "media list": read_verbs.media,
    "media show": read_verbs.show_one_media,
    "media veil": read_verbs.write_veil,
    **search_verbs.VERBS,
    **stack_verbs.VERBS,
    **overview_verbs.VERBS,
    **triage_verbs.VERBS,
    "hotlines": read_verbs.hotlines,
    **table_verbs.VERBS,
    **figure_verbs.VERBS,
    "operations list": operation_verbs.show_all,
    "operations show": operation_verbs.show_one,
    "operations revise": operation_verbs.revise,
    "operations set-aside": operation_verbs.set_aside,
    "operations send-anyway": operation_verbs.send_anyway,
    "audit list": audit_verbs.entries,
    "audit verify": audit_verbs.verify,
    "audit checkpoint": audit_verbs.checkpoint,
    "audit code": audit_verbs.code,
    "audit export": audit_verbs.export,
    "audit erase": audit_verbs.erase,
    "audit acknowledge-rollback": audit_verbs.acknowledge_rollback,
    "package create": compose_verb.create,
    "package template save": template_verbs.save,
    "package template list": template_verbs.show_all,
    "package template remove": template_verbs.remove,
    "package template export": template_verbs.give,
    "package template import": template_verbs.take,
    "redactions list": redaction_verbs.show_all,
    "redactions set": redaction_verbs.keep,
    "redactions remove": redaction_verbs.remove,
    "package verify": package_verbs.verify_file,
    "package timestamp": stamp_verbs.timestamp,
    "signers list": signer_verbs.show_signers,
    "signers add": signer_verbs.add_signer,
    "signers remove": signer_verbs.remove_signer,
    "recipients list": signer_verbs.show_recipients,
    "recipients add": signer_verbs.add_recipient,
    "recipients remove": signer_verbs.remove_recipient,
    "package open": package_verbs.open_file,
    "package import": import_verbs.take_in,
    "package imports": import_verbs.show_all,
    "notice provider": notice_verbs.provider,
    "disclosures list": disclosure_verbs.show_all,
    "disclosures show": disclosure_verbs.show_one,
    "disclosures who": holding_verbs.who,
    "disclosures receipt": holding_verbs.take_in_receipt,
    "disclosures received": holding_verbs.note_receipt,
    "disclosures affected": disclosure_verbs.affected,
    "disclosures notice": disclosure_verbs.notice,
    "disclosures settle": disclosure_verbs.settle,
    "hashlist list": hash_list_verbs.show_all,
    "hashlist show": hash_list_verbs.show_one,
    "hashlist import": hash_list_verbs.import_list,
    "hashlist match": hash_list_verbs.match,
    **list_leaving_verbs.VERBS,
    "iwol list": list_verbs.decisions,
    **iwol_verbs.VERBS,
    "taxonomies list": list_verbs.taxonomies,
    "exposure show": exposure_verbs.show,
    "exposure breaks": exposure_verbs.breaks,
    "exposure give": exposure_verbs.give,
    "exposure clear": exposure_verbs.clear,
    "exposure unit": exposure_verbs.unit,
    "unit rules list": unit_verbs.rules,
    "unit rules set": unit_verbs.set_one,
    **update_verbs.VERBS,
    "doctor": doctor_verb.doctor,
    "completion": completion_verb.completion,
}


def run(
    arguments: Sequence[str], environment: Mapping[str, str], *, show_window: ShowWindow
) -> int:
    """Carry out the command line; its exit code."""
    try:
        options = parse(arguments)
    except ArgumentsUnclear as error:
        return _fail(explain(error), error.exit_status, Options(json="--json" in arguments))
    _fill_from(environment, options)
    try:
        updates = updates_folder(environment)
        settings = Settings(
            marks=marks_folder(environment),
            region_profile=region_profile_file(environment),
            updates=updates,
            updated=data_in_force(updates),
            floor=floor_folder(environment),
        )
        return _carry_out(options, settings, show_window)
    except BrokenPipeError:
        return _reader_went_away()
    except Exception as error:  # noqa: BLE001 - the last frame: nothing may escape as a traceback
        return _fail(_bug(write_record(error, environment)), 1, options)


def _carry_out(options: Options, settings: Settings, show_window: ShowWindow) -> int:
    stop = threading.Event()
    received = _stop_on_signals(stop)
    try:
        answer = VERBS[options.verb](Session(furnish(settings), options, stop, show_window))
    except Cancelled as error:
        return _fail(explain(error), 128 + received[0], options)
    except CportError as error:
        return _fail(explain(error), error.exit_status, options)
    print_answer(answer, as_json=options.json, is_quiet=options.quiet, out=sys.stdout)
    sys.stdout.flush()
    return answer.exit_status


def _fail(sentence: Sentence, exit_status: int, options: Options) -> int:
    try:
        print_failure(sentence, exit_status, as_json=options.json)
        sys.stdout.flush()
    except BrokenPipeError:
        _reader_went_away()
    return exit_status


def _fill_from(environment: Mapping[str, str], options: Options) -> None:
    if options.vault is None and environment.get("CPORT_VAULT"):
        options.vault = Path(environment["CPORT_VAULT"])
    if not options.names_a_secret and environment.get("CPORT_PASSPHRASE_FILE"):
        options.passphrase_file = Path(environment["CPORT_PASSPHRASE_FILE"])


def _stop_on_signals(stop: threading.Event) -> list[int]:
    """The first signal asks; a second one of the same kind ends the process at once, which
    the vault survives as it survives a power cut.
    """
    received = [int(signal.SIGINT)]

    def ask(number: int, frame: FrameType | None) -> None:
        del frame
        received[0] = number
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    return received


def _reader_went_away() -> int:
    """Whoever read our output stopped reading: not a fault, and nothing more to say."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _bug(reference: str) -> Sentence:
    return Sentence(
        "bug",
        f"The program met a condition that it does not know. Record: {reference}",
        "Nothing half-done was kept. Pass the record to the maintainers; it holds no content.",
    )
