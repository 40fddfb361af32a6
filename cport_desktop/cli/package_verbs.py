"""Verbs about what leaves: compose a package, check one, open one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cport_desktop.bootstrap import Workstation
from cport_desktop.cli.answer import CHECK_FAILED, Answer, Json
from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.printing import facts
from cport_desktop.cli.session import Session
from cport_desktop.crypto.named_recipients import recipients_in
from cport_desktop.crypto.recipients import Identity, read_identities, read_identity
from cport_desktop.crypto.signing import Signer
from cport_desktop.domain.about import case_number
from cport_desktop.domain.package import ComposedPackage, StepState, Verification
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.errors import PackageMalformed, UnknownReference
from cport_desktop.exports.expected_signer import ExpectedSigner, expected_from
from cport_desktop.exports.opening import open_package
from cport_desktop.exports.verification import Terms, verify_by
from cport_desktop.usecases import compose_package as packages
from cport_desktop.usecases import read_cases
from cport_desktop.usecases.compose_package import Order, compose_package, foresee_package
from cport_desktop.usecases.package_leave import Foreseen
from cport_desktop.vault.vault import Vault
from cport_desktop.words import agreement as words
from cport_desktop.words.package_verdicts import VERDICTS

_MARKS = {
    StepState.PASSED: "✓",
    StepState.FAILED: "✗",
    StepState.SKIPPED: "–",
    StepState.CLAIMED: "?",
}


def create(session: Session) -> Answer:
    """`cport package create --query Q | --case CASE --recipient R --out FILE`."""
    options, workstation = session.options, session.workstation
    recipients = [
        recipient for text in options.texts("recipient") for recipient in recipients_in(text)
    ]
    signer_file = options.path("signer")
    with session.vault() as vault, session.progress() as announce:
        signer = (
            packages.own_signer(vault, workstation.signer)
            if signer_file is None
            else _signer(signer_file, workstation)
        )
        order = Order(
            choice=_choice(session, vault),
            title=options.required("title"),
            recipients=recipients,
            signer=signer,
            path=options.needed_path("out"),
            reason=options.text("reason"),
            with_media=not options.flag("no_media"),
        )
        if options.flag("preview"):
            now = workstation.clock.now()
            foreseen = foresee_package(vault, order, taxonomy=workstation.taxonomy, now=now)
            return _preview(foreseen)
        composed = compose(
            workstation, vault, order, announce=announce, is_cancelled=session.is_cancelled
        )
    fields = composed_fields(order.path, composed)
    return Answer(fields, facts(list(fields.items())))


def _choice(session: Session, vault: Vault) -> str:
    """The query that was typed, or the one for the reports of a case.

    Raises:
        UnknownReference: there is no such case.
    """
    named = session.options.text("case")
    if named is None:
        return session.options.required("query")
    number = case_number(named)
    if number is None:
        raise UnknownReference(kind="case", reference=named)
    row = read_cases.show_case(vault, number, now=session.workstation.clock.now())
    return f"case:{row.case.reference}"


def _preview(foreseen: Sequence[Foreseen]) -> Answer:
    fields: dict[str, Json] = {
        "recipients": [
            {
                "name": each.recipient.name,
                "key": each.recipient.public,
                "allowed": each.refusal is None,
                "clauses": list(each.clauses),
                "withheld": list(each.withheld),
                "refusal": each.refusal,
            }
            for each in foreseen
        ]
    }
    lines = [
        words.recipient_gets(each.recipient.name, each.clauses, each.withheld, each.refusal)
        for each in foreseen
    ]
    return Answer(fields, "\n".join(lines))


def compose(
    workstation: Workstation,
    vault: Vault,
    order: Order,
    *,
    announce: Announce,
    is_cancelled: IsCancelled,
) -> ComposedPackage:
    """Compose by the parts of `workstation`; its document child ends with it."""
    documents = workstation.documents()
    try:
        return compose_package(
            vault,
            order,
            documents=documents,
            taxonomy=workstation.taxonomy,
            announce=announce,
            is_cancelled=is_cancelled,
        )
    finally:
        documents.close()


def composed_fields(path: Path, composed: ComposedPackage) -> dict[str, Json]:
    """What the contract says of a composed package."""
    return {
        "package": str(path.absolute()),
        "sha256": composed.sha256,
        "size": composed.size,
        "items": composed.items,
        "media": composed.media,
        "recipients": list(composed.recipients),
        "signer": composed.signer,
    }


def verify_file(session: Session) -> Answer:
    """`cport package verify FILE [--identity K] [--trust CA] [--signer S] [--timestamp TST]`: exit 7
    unless every step passed.
    """
    options = session.options
    verification = verify_path(
        options.needed_path("file"),
        identity=options.path("identity"),
        trust=options.path("trust"),
        signer=options.text("signer"),
        stamp=options.path("timestamp"),
        now=session.workstation.clock.now(),
    )
    return Answer(
        verification_fields(verification),
        _steps_text(verification),
        0 if verification.is_verified else CHECK_FAILED,
    )


def verify_path(
    path: Path,
    *,
    identity: Path | None,
    trust: Path | None,
    signer: str | None = None,
    stamp: Path | None = None,
    now: datetime | None = None,
) -> Verification:
    """Check the package in `path` with the identity and the trust anchors in those files.

    `signer`: a name, a fingerprint, or a file with a certificate. `stamp`: a time stamp over the
    file; without it the one that stands beside the file, if there is one.
    """
    beside = path.with_name(f"{path.name}.tst")
    if stamp is None and beside.is_file():
        stamp = beside
    terms = Terms(
        identities=() if identity is None else read_identities(read_key_file(identity)),
        trust=None if trust is None else read_key_file(trust),
        signer=None if signer is None else _expected(signer),
        stamp=None if stamp is None else read_key_file(stamp),
        now=now,
    )
    with _opened(path) as source:
        return verify_by(source, terms)


def verification_fields(verification: Verification) -> dict[str, Json]:
    steps: list[Json] = [
        {
            "number": step.number,
            "name": step.name,
            "state": step.state.value,
            "detail": step.detail,
            "cause": step.cause,
        }
        for step in verification.steps
    ]
    return {
        "verified": verification.is_verified,
        "verdict": verification.verdict.value,
        "steps": steps,
    }


def open_file(session: Session) -> Answer:
    """`cport package open FILE --identity K --out DIR`."""
    options = session.options
    directory = options.needed_path("out")
    with _opened(options.needed_path("file")) as source:
        written = open_package(source, [_identity(options.needed_path("identity"))], directory)
    files: list[Json] = [str(path.absolute()) for path in written]
    text = "Opened, in the clear, because it was asked for by path:\n"
    return Answer({"files": files}, text + "\n".join(str(name) for name in files))


def _identity(path: Path) -> Identity:
    return read_identity(read_key_file(path))


def _expected(text: str) -> ExpectedSigner:
    path = Path(text)
    return expected_from(text, read_key_file(path) if path.is_file() else None)


def _signer(path: Path, workstation: Workstation) -> Signer:
    return workstation.signer_from_pem(read_key_file(path))


def _steps_text(verification: Verification) -> str:
    lines = [
        (f"{step.number}", _MARKS[step.state], step.name, step.detail)
        for step in verification.steps
    ]
    verdict = VERDICTS[verification.verdict]
    widths = max(len(line[2]) for line in lines) if lines else 0
    body = "\n".join(f"{n:>2} {mark} {name:<{widths}}  {detail}" for n, mark, name, detail in lines)
    return f"{body}\n{verdict}"


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise PackageMalformed(cause=f"{path.name} cannot be read") from error
