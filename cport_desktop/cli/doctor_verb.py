"""`cport doctor`: what this machine has and lacks. Exit 7 if a hard requirement fails.

With a vault whose passphrase is given it also says how the vault is kept; it never asks for one.
"""

from __future__ import annotations

from collections.abc import Iterator

from cport_desktop.bootstrap import process_state
from cport_desktop.cli.answer import CHECK_FAILED, Answer
from cport_desktop.cli.grammar import Options
from cport_desktop.cli.printing import safe
from cport_desktop.cli.session import Session
from cport_desktop.domain.keeping import Diagnosis, Verdict
from cport_desktop.errors import CportError
from cport_desktop.usecases.diagnose import diagnose
from cport_desktop.usecases.diagnose_vault import diagnose_vault
from cport_desktop.vault import header_files
from cport_desktop.vault.layout import Layout
from cport_desktop.words import diagnosis as words
from cport_desktop.words.errors import explain

_MARKS = {Verdict.OK: "✓", Verdict.WARNING: "!", Verdict.MISSING: "✗"}


def doctor(session: Session) -> Answer:
    """Every finding, with what to do."""
    sandbox = session.workstation.sandbox()
    try:
        machine = diagnose(sandbox, session.options.vault, process=process_state())
    finally:
        sandbox.close()
    findings = (*machine, *_of_vault(session))
    is_fit = all(found.verdict is not Verdict.MISSING for found in findings)
    return Answer(
        {
            "ok": is_fit,
            "findings": [
                {
                    "code": found.code,
                    "name": found.name,
                    "verdict": found.verdict.value,
                    "found": found.found,
                    "advice": found.advice,
                }
                for found in findings
            ],
        },
        _text(findings),
        0 if is_fit else CHECK_FAILED,
    )


def _of_vault(session: Session) -> Iterator[Diagnosis]:
    directory = session.options.vault
    if directory is None or not header_files.exist(Layout(directory)):
        return
    code, name = "vault.opened", words.OPENING
    if not _is_secret_given(session.options):
        yield Diagnosis(code, name, Verdict.OK, words.NOT_OPENED)
        return
    try:
        with session.vault() as vault:
            yield Diagnosis(code, name, Verdict.OK, words.opened_by(vault.header.slot.name))
            yield from diagnose_vault(vault, now=session.workstation.clock.now())
    except CportError as error:
        # Held by the window, say: that is a finding and not the end of the examination.
        told = explain(error)
        yield Diagnosis(code, name, Verdict.WARNING, told.message, told.hint)


def _is_secret_given(options: Options) -> bool:
    given = (
        options.passphrase_file,
        options.passphrase_fd,
        options.recovery_code_file,
        options.key_file,
        options.pin_file,
        options.pin_fd,
    )
    return any(source is not None for source in given)


def _text(findings: tuple[Diagnosis, ...]) -> str:
    width = max(len(found.name) for found in findings)
    lines = [
        f"{_MARKS[found.verdict]} {found.name:<{width}}  {safe(found.found)}"
        + (f"  – {found.advice}" if found.advice else "")
        for found in findings
    ]
    return "\n".join(lines)
