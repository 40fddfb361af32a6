"""Verbs of the bond with a portal: ask, be enrolled by either road, and be told where it is."""

from __future__ import annotations

from dataclasses import replace

from cport_desktop.cli.answer import Answer, Json
from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.portal_verbs import bond_answer, enrol_vault
from cport_desktop.cli.printing import facts
from cport_desktop.cli.road_verbs import given_proxy
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.domain.preparation import Confirmation, Preparation
from cport_desktop.errors import ArgumentsUnclear
from cport_desktop.sync.station_certificate import StationCertificate, certificate_in
from cport_desktop.usecases.enrol import (
    Caller,
    Introduction,
    accept_answer,
    pending_enrolment,
    request_enrolment,
    set_address,
)
from cport_desktop.vault.vault import Vault
from cport_desktop.words import courier as words


def request(session: Session) -> Answer:
    """`cport portal request --out FILE --code-file F`."""
    options = session.options
    path = options.needed_path("out")
    caller = Caller(
        code=_code(session),
        station_name=options.required("station"),
        agency=options.required("agency"),
    )
    with session.vault() as vault:
        is_replacing = options.flag("replace") and pending_enrolment(vault) is not None
        pending = request_enrolment(
            vault,
            path,
            replace(caller, confirmed=_confirmed(session, vault)),
            is_replacing=is_replacing,
            is_renewal=options.flag("renew"),
        )
    fields: dict[str, Json] = {
        "request": str(path.absolute()),
        "made_at": iso_utc(pending.made_at),
        "station_name": caller.station_name,
        "agency": caller.agency,
        "nature": pending.request.nature.value,
        "confirmed": [each.what.value for each in pending.confirmed],
        "replaced": is_replacing,
        "safe_to_unplug": True,
    }
    shown = [(name.replace("_", " "), value) for name, value in fields.items()]
    text = words.lines(
        words.REQUEST_REPLACED if is_replacing else "",
        facts(shown[:-2]),
        words.SAFE_TO_UNPLUG,
        words.REQUEST_WRITTEN,
    )
    return Answer(fields, text)


def enrol(session: Session) -> Answer:
    """`cport portal enrol --answer FILE`, or `--url … --ca …`."""
    options = session.options
    if options.path("answer") is not None:
        return _by_stick(session)
    if options.text("url") is None or options.path("ca") is None:
        raise ArgumentsUnclear(cause=words.ENROL_HOW, command="cport portal enrol")
    introduction = Introduction(
        portal_url=options.required("url"),
        authority=read_key_file(options.needed_path("ca")),
        code=_code(session),
        station_name=options.required("station"),
        agency=options.required("agency"),
    )
    with session.vault() as vault:
        enrolment = enrol_vault(
            session.workstation,
            vault,
            replace(introduction, confirmed=_confirmed(session, vault)),
            is_renewal=options.flag("renew"),
            proxy=given_proxy(session),
            shown=_shown(session),
        )
    return bond_answer(enrolment, f"Enrolled with {enrolment.answer.portal_name}.")


def address(session: Session) -> Answer:
    """`cport portal address URL [--ca PEM]`."""
    options = session.options
    authority = options.path("ca")
    with session.vault() as vault:
        enrolment = set_address(
            vault,
            options.required("url"),
            authority=None if authority is None else read_key_file(authority),
        )
    fields: dict[str, Json] = {"url": enrolment.portal_url, "portal": enrolment.answer.portal}
    return Answer(fields, words.lines(facts(list(fields.items())), words.ADDRESS_KEPT))


def _by_stick(session: Session) -> Answer:
    options = session.options
    asks = options.text("code") or options.path("code_file") or options.texts("confirm")
    if asks or options.flag("renew"):
        raise ArgumentsUnclear(cause=words.ENROL_EITHER, command="cport portal enrol")
    authority = options.path("ca")
    with session.vault() as vault:
        enrolment, _ = accept_answer(
            vault,
            options.needed_path("answer"),
            portal_url=options.text("url") or "",
            authority=None if authority is None else read_key_file(authority),
        )
    return bond_answer(enrolment, f"Enrolled with {enrolment.answer.portal_name}.")


def _confirmed(session: Session, vault: Vault) -> tuple[Confirmation, ...]:
    """What the options say has happened, as said just now."""
    said = dict.fromkeys(session.options.texts("confirm"))
    return tuple(Confirmation(Preparation(word), vault.now(), vault.actor) for word in said)


def _shown(session: Session) -> StationCertificate | None:
    """`--cert` with `--key`, or both in the one file."""
    certificate = session.options.path("cert")
    if certificate is None:
        return None
    pem = read_key_file(certificate)
    key = session.options.path("key")
    return certificate_in(pem, pem if key is None else read_key_file(key))


def _code(session: Session) -> str:
    options = session.options
    file = options.path("code_file")
    if file is not None:
        return read_key_file(file).decode("utf-8", "replace").strip()
    if options.text("code") is None:
        raise ArgumentsUnclear(cause=words.ENROL_HOW, command="cport portal enrol")
    return options.required("code")
