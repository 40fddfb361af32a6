"""Verbs about single domains: check one, its dossier from draft to list, and the lists that judge it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from cport_desktop.cli import iwol_comparing_verbs, iwol_enclosure_verbs, operation_values
from cport_desktop.cli import iwol_records as records
from cport_desktop.cli import records as work_records
from cport_desktop.cli.answer import Answer, Json, listing
from cport_desktop.cli.freshness import dated, heard
from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.domain.criteria import Reviewer
from cport_desktop.domain.dossier import DossierEdit, DossierFormat, DossierOrder
from cport_desktop.domain.freshness import Table
from cport_desktop.domain.ids import ReportId, parse_report_reference
from cport_desktop.domain.operation import OperationRow, OperationState
from cport_desktop.errors import UnknownReference
from cport_desktop.usecases import dossier_officers
from cport_desktop.usecases import iwol_dossier as acts
from cport_desktop.usecases.check_domain import check_domain
from cport_desktop.usecases.compose_package import own_signer
from cport_desktop.usecases.domain_rules import (
    RulesInForce,
    domain_rules_in_force,
    replace_domain_rules,
)
from cport_desktop.usecases.iwol_export import export_dossiers
from cport_desktop.usecases.list_dossiers import (
    list_dossiers,
    reviews_due,
    show_dossier,
)
from cport_desktop.usecases.suggest_removal import suggest_removal
from cport_desktop.vault.domain_rules import RuleFile
from cport_desktop.vault.vault import Vault
from cport_desktop.words import dossiers as words
from cport_desktop.words import iwol_page
from cport_desktop.words import suffixes as suffix_words

_NONE: Final = "–"


def check(session: Session) -> Answer:
    """`cport iwol check DOMAIN-or-URL`."""
    with session.vault() as vault:
        found = check_domain(vault, session.options.required("asked"))
        freshness = heard(session, vault)
    answer = Answer(records.check(found), records.check_card(found))
    return dated(answer, freshness, Table.REPORTS)


def suffixes(session: Session) -> Answer:
    """`cport iwol suffixes [replace FILE] [--of NAME]`."""
    options = session.options
    name = RuleFile(options.required("of"))
    with session.vault() as vault:
        if options.text("act") == "replace":
            path = Path(options.required("file"))
            told, _ = replace_domain_rules(vault, name, path)
            fields: dict[str, Json] = {
                "id": name.value,
                "before": told.before,
                "version": told.after,
                "sha256": told.sha256,
                "divided": told.divided,
            }
            return Answer(fields, suffix_words.replaced(told.before, told.after, told.divided))
        found = domain_rules_in_force(vault)
    return Answer(
        {"items": [_rules(one) for one in found]},
        facts([(suffix_words.NAMES[one.name.value], _rules_said(one)) for one in found]),
    )


def dossiers(session: Session) -> Answer:
    """`cport iwol dossiers`."""
    options = session.options
    with session.vault() as vault:
        page = list_dossiers(vault, limit=options.number("limit"), after=options.text("after"))
        freshness = heard(session, vault)
    heads = (iwol_page.DOMAIN, iwol_page.STATE, words.EVIDENCE, words.REVIEW_AT)
    rows = [
        (
            row.dossier.domain,
            words.STATES[row.standing.value],
            str(row.evidence),
            records.moment(row.dossier.review_at) or _NONE,
        )
        for row in page.rows
    ]
    answer = listing(
        [records.dossier_line(row) for row in page.rows],
        text=table(heads, rows),
        total=None,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
    )
    return dated(answer, freshness, Table.REPORTS)


def dossier(session: Session) -> Answer:
    """`cport iwol dossier DOMAIN …`: what the options ask for is done, then all of it is told."""
    options = session.options
    domain = options.required("domain")
    with session.vault() as vault:
        if options.flag("open"):
            acts.open_dossier(vault, domain, criteria_version=options.text("criteria_version"))
        _edit(session, vault, domain)
        if options.flag("submit"):
            dossier_officers.submit_dossier(vault, domain)
        return _told(vault, domain)


def confirm(session: Session) -> Answer:
    """`cport iwol confirm DOMAIN [--agency A --country CC] [--send]`."""
    options = session.options
    domain, agency = options.required("domain"), options.text("agency")
    second = None if agency is None else Reviewer(agency, options.text("country") or "")
    with session.vault() as vault:
        dossier_officers.confirm_dossier(vault, domain, second=second)
        if options.flag("send"):
            dossier_officers.send_dossier(vault, domain, operation_id=session.workstation.new_id())
        return _told(vault, domain)


def send(session: Session) -> Answer:
    """`cport iwol send DOMAIN`."""
    domain = session.options.required("domain")
    with session.vault() as vault:
        operation, changes = dossier_officers.send_dossier(
            vault, domain, operation_id=session.workstation.new_id()
        )
        answer = _told(vault, domain)
    row = OperationRow(operation, OperationState.QUEUED, None, None)
    fields = {
        **answer.fields,
        "operation": work_records.operation(row),
        "changes": [str(kind.name).lower() for kind in changes],
    }
    return Answer(fields, f"{iwol_page.QUEUED}\n\n{answer.text}")


def recheck(session: Session) -> Answer:
    """`cport iwol recheck [DOMAIN] [--days N] [--remove REASON]`: without a domain, those that are due."""
    options = session.options
    domain, removal = options.text("domain"), options.text("remove")
    with session.vault() as vault:
        if domain is None:
            due = reviews_due(vault, limit=options.number("limit"))
            rows = [
                (one.dossier.domain, records.moment(one.dossier.review_at) or "") for one in due
            ]
            return Answer(
                {"items": [records.dossier_line(one) for one in due]},
                table((iwol_page.DOMAIN, words.REVIEW_AT), rows),
            )
        if removal is not None:
            suggest_removal(
                vault, domain, reason=removal, operation_id=session.workstation.new_id()
            )
        else:
            days = options.text("days")
            dossier_officers.review_dossier(vault, domain, days=None if days is None else int(days))
        return _told(vault, domain)


def remove(session: Session) -> Answer:
    """`cport iwol remove DOMAIN --reason R`."""
    options = session.options
    with session.vault() as vault:
        operation, changes = suggest_removal(
            vault,
            options.required("domain"),
            reason=options.text("reason") or "",
            operation_id=session.workstation.new_id(),
        )
    row = OperationRow(operation, OperationState.QUEUED, None, None)
    fields: dict[str, Json] = {
        "id": operation.operation_id,
        "operation": work_records.operation(row),
        "changes": [str(kind.name).lower() for kind in changes],
    }
    return Answer(fields, iwol_page.REMOVAL_QUEUED)


def withdraw(session: Session) -> Answer:
    """`cport iwol withdraw DOMAIN --reason R`."""
    options = session.options
    domain = options.required("domain")
    with session.vault() as vault:
        dossier_officers.withdraw_dossier(vault, domain, reason=options.text("reason") or "")
        return _told(vault, domain)


def export(session: Session) -> Answer:
    """`cport iwol export FILE [--format F] [--domain D …] [--recipient R] [--signer S]`."""
    options, workstation = session.options, session.workstation
    path, signer_file = options.needed_path("file"), options.path("signer")
    order = DossierOrder(
        path=path,
        format=DossierFormat(options.text("format") or _format_of(path)),
        domains=options.texts("domain"),
        recipient=options.text("recipient"),
        reason=options.text("reason"),
    )
    maker = workstation.documents()
    with session.vault() as vault:
        signer = (
            own_signer(vault, workstation.signer)
            if signer_file is None
            else workstation.signer_from_pem(read_key_file(signer_file))
        )
        try:
            written = export_dossiers(
                vault,
                order,
                signer=signer,
                make=lambda document: maker.make(
                    document, is_cancelled=session.is_cancelled, has_place=True
                ),
            )
        finally:
            maker.close()
    fields: dict[str, Json] = {
        "id": written.sha256,
        "file": str(path.resolve()),
        "format": order.format.value,
        "sha256": written.sha256,
        "bytes": written.size,
        "signature": str(written.signature.resolve()),
        "signer": written.signer,
        "domains": list(written.domains),
        "clauses": list(written.clauses),
    }
    told = [(name.replace("_", " "), value) for name, value in fields.items() if name != "id"]
    return Answer(fields, facts([(n, ", ".join(v) if isinstance(v, list) else v) for n, v in told]))


def _format_of(path: Path) -> str:
    """By the name of the file; JSON where that says nothing."""
    ending = path.suffix.lower().removeprefix(".")
    return ending if ending in {kind.value for kind in DossierFormat} else "json"


VERBS: Final[Mapping[str, Callable[[Session], Answer]]] = {
    "iwol check": check,
    "iwol suffixes": suffixes,
    "iwol dossiers": dossiers,
    "iwol dossier": dossier,
    "iwol confirm": confirm,
    "iwol send": send,
    "iwol recheck": recheck,
    "iwol remove": remove,
    "iwol withdraw": withdraw,
    "iwol compare": iwol_comparing_verbs.compare,
    "iwol export": export,
    **iwol_enclosure_verbs.VERBS,
}


def _edit(session: Session, vault: Vault, domain: str) -> None:
    options = session.options
    edit = DossierEdit(
        proportionality=options.text("proportionality"),
        internal=options.text("internal"),
        public=options.text("public"),
        contact=options.text("contact"),
        criteria_version=None if options.flag("open") else options.text("criteria_version"),
    )
    if edit != DossierEdit():
        acts.change_dossier(vault, domain, edit)
    for typed in options.texts("criterion"):
        acts.judge_criterion(vault, domain, operation_values.criterion(typed))
    if named := options.texts("evidence"):
        acts.name_evidence(vault, domain, [] if "all" in named else _reports(named))
    if dropped := options.texts("drop"):
        acts.drop_evidence(vault, domain, _reports(dropped))


def _reports(references: tuple[str, ...]) -> list[ReportId]:
    found = []
    for reference in references:
        number = parse_report_reference(reference)
        if number is None:
            raise UnknownReference(kind="report", reference=reference)
        found.append(number)
    return found


def _told(vault: Vault, domain: str) -> Answer:
    whole = show_dossier(vault, domain)
    return Answer(records.dossier(whole), records.dossier_card(whole))


def _rules(one: RulesInForce) -> dict[str, Json]:
    rules = one.rules
    return {
        "id": one.name.value,
        "version": None if rules is None else rules.version,
        "sha256": None if rules is None else rules.sha256,
        "is_own": rules is not None and rules.is_own,
        "at": None if rules is None else iso_utc(rules.at),
    }


def _rules_said(one: RulesInForce) -> str:
    if one.rules is None:
        return suffix_words.NONE
    origin = suffix_words.OWN if one.rules.is_own else suffix_words.BUNDLED
    return f"{one.rules.version}, {origin}"
