"""Verbs about packages that are there: check one, open one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cport_desktop.cli.answer import CHECK_FAILED, Answer, Json
from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.session import Session
from cport_desktop.crypto.recipients import Identity, read_identities, read_identity
from cport_desktop.domain.package import StepState, Verification
from cport_desktop.errors import PackageMalformed
from cport_desktop.exports.expected_signer import ExpectedSigner, expected_from
from cport_desktop.exports.opening import open_package
from cport_desktop.exports.split_files import open_joined
from cport_desktop.exports.verification import Terms, verify_by
from cport_desktop.usecases.stamp_package import stamp_there
from cport_desktop.words.package_verdicts import VERDICTS

_MARKS = {
    StepState.PASSED: "✓",
    StepState.FAILED: "✗",
    StepState.SKIPPED: "–",
    StepState.CLAIMED: "?",
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
    terms = Terms(
        identities=() if identity is None else read_identities(read_key_file(identity)),
        trust=None if trust is None else read_key_file(trust),
        signer=None if signer is None else _expected(signer),
        stamp=stamp_there(path) if stamp is None else read_key_file(stamp),
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
        return open_joined(path)
    except OSError as error:
        raise PackageMalformed(cause=f"{path.name} cannot be read") from error
