"""Verbs of the exchange: enrol, agreement, sync; and what the analyst says to the portal."""

from __future__ import annotations

from dataclasses import asdict

from cport_desktop.bootstrap import Workstation
from cport_desktop.cli.answer import CHECK_FAILED, Answer, Json
from cport_desktop.cli.audit_verbs import anchoring_record
from cport_desktop.cli.printing import facts
from cport_desktop.cli.road_verbs import chosen_link, history
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.link import ANY_LINK, Link
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.errors import AddressUnknown, NotEnrolled
from cport_desktop.sync.station_certificate import StationCertificate
from cport_desktop.usecases import overview
from cport_desktop.usecases.enrol import Introduction
from cport_desktop.usecases.enrol import enrol as bind
from cport_desktop.usecases.synchronise import Exchange, SyncResult, synchronise
from cport_desktop.usecases.take_in import HTTPS
from cport_desktop.usecases.unit_rules import media_rules
from cport_desktop.vault.vault import Vault
from cport_desktop.words import agreement as words


def enrol_vault(
    workstation: Workstation,
    vault: Vault,
    introduction: Introduction,
    *,
    is_renewal: bool = False,
    proxy: str | None = None,
    shown: StationCertificate | None = None,
) -> Enrolment:
    """Enrol `vault` by the HTTPS road."""
    transport = workstation.first_road(
        introduction.portal_url, introduction.authority, proxy, shown
    )
    try:
        enrolment, _ = bind(vault, transport, introduction, is_renewal=is_renewal)
    finally:
        transport.close()
    return enrolment


def sync(session: Session) -> Answer:
    """`cport sync [--metadata-only] [--link NAME]`, `cport sync --history`."""
    if session.options.flag("history"):
        return history(session)
    with session.vault() as vault, session.progress() as announce:
        result = sync_vault(
            session.workstation,
            vault,
            announce=announce,
            is_cancelled=session.is_cancelled,
            metadata_only=session.options.flag("metadata_only"),
            link=chosen_link(session, vault),
        )
    return sync_answer(result)


def sync_vault(
    workstation: Workstation,
    vault: Vault,
    *,
    announce: Announce,
    is_cancelled: IsCancelled,
    metadata_only: bool = False,
    link: Link = ANY_LINK,
) -> SyncResult:
    """One exchange of `vault` with its portal by the HTTPS road, over `link`."""
    enrolment = overview.enrolment_of(vault)
    if enrolment is None:
        raise NotEnrolled
    if not enrolment.portal_url:
        raise AddressUnknown
    sandbox = workstation.sandbox(media_rules(vault))
    transport = workstation.road(enrolment, is_cancelled, link)
    try:
        return synchronise(
            Exchange(
                vault=vault,
                transport=transport,
                sandbox=sandbox,
                road=HTTPS,
                changes_per_batch=workstation.settings.changes_per_batch,
                announce=announce,
                is_cancelled=is_cancelled,
                link=link,
            ),
            metadata_only=metadata_only,
        )
    finally:
        sandbox.close()
        transport.close()


def sync_answer(result: SyncResult) -> Answer:
    """The counts of an exchange, as the contract names them."""
    fields: dict[str, Json] = {
        **asdict(result.tally),
        "media_new": result.media_new,
        "media_pending": result.media_pending,
        "media_not_granted": result.media_not_granted,
        "bytes": result.bytes,
        "operations_sent": result.operations_sent,
        "operations_needing_you": result.operations_needing_you,
        "in_hand": None if result.in_hand is None else result.in_hand.value,
        "cursor": result.cursor,
        "complete": result.is_complete,
    }
    text = facts([(name.replace("_", " "), value) for name, value in fields.items()])
    fields["withheld"] = [asdict(kind) for kind in result.media_withheld]
    if result.media_not_granted:
        causes = [kind.cause for kind in result.media_withheld]
        text = f"{text}\n{words.media_not_granted(result.media_not_granted, causes)}"
    if result.anchoring is None:
        return Answer({**fields, "anchoring": None}, text)
    anchoring = anchoring_record(result.anchoring)
    return Answer(
        {**fields, "anchoring": anchoring},
        f"{text}\n{anchoring['message']}",
        CHECK_FAILED if result.anchoring.is_alarming else 0,
    )


def bond_answer(enrolment: Enrolment, text: str) -> Answer:
    """What the bond with the portal says."""
    answer = enrolment.answer
    fields: dict[str, Json] = {
        "portal": answer.portal,
        "portal_name": answer.portal_name,
        "station": answer.station,
        "nature": answer.nature.value,
        "agreement": answer.agreement.reference,
        "jurisdiction": answer.agreement.jurisdiction,
        "agency": answer.agreement.agency,
        "valid_until": iso_utc(answer.agreement.valid_until),
        "clauses": [asdict(clause) for clause in answer.agreement.clauses],
    }
    head = facts([(name, value) for name, value in fields.items() if name != "clauses"])
    return Answer(fields, f"{head}\n\n{text}")
