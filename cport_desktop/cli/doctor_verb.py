"""`cport doctor`: what this machine has and lacks. Exit 7 if a hard requirement fails."""

from __future__ import annotations

from cport_desktop.cli.answer import CHECK_FAILED, Answer
from cport_desktop.cli.printing import safe
from cport_desktop.cli.session import Session
from cport_desktop.usecases.diagnose import Diagnosis, Verdict, diagnose

_MARKS = {Verdict.OK: "✓", Verdict.WARNING: "!", Verdict.MISSING: "✗"}


def doctor(session: Session) -> Answer:
    """Every finding, with what to do."""
    sandbox = session.workstation.sandbox()
    try:
        findings = diagnose(sandbox, session.options.vault)
    finally:
        sandbox.close()
    is_fit = all(found.verdict is not Verdict.MISSING for found in findings)
    return Answer(
        {
            "ok": is_fit,
            "findings": [
                {
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


def _text(findings: tuple[Diagnosis, ...]) -> str:
    width = max(len(found.name) for found in findings)
    lines = [
        f"{_MARKS[found.verdict]} {found.name:<{width}}  {safe(found.found)}"
        + (f"  – {found.advice}" if found.advice else "")
        for found in findings
    ]
    return "\n".join(lines)
