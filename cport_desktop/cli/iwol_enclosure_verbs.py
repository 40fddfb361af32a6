"""Verbs about what is enclosed with a dossier: enclose it, read it, take it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cport_desktop.cli import enclosure_records, operation_values
from cport_desktop.cli.answer import Answer
from cport_desktop.cli.printing import safe
from cport_desktop.cli.session import Session
from cport_desktop.domain.enclosure import Brought, EnclosureKind
from cport_desktop.usecases import enclose as enclosing
from cport_desktop.words import enclosures as words


def enclose(session: Session) -> Answer:
    """`cport iwol enclose DOMAIN [FILE] --kind K --source S --at TIME [--sha256 D]`."""
    options, domain = session.options, session.options.required("domain")
    now = session.workstation.clock.now()
    at = options.text("at")
    brought = Brought(
        kind=EnclosureKind(options.required("kind")),
        source=options.text("source") or "",
        taken_at=now if at is None else operation_values.moment(at, now=now),
        path=options.path("file"),
        sha256=options.text("sha256") or "",
    )
    with session.vault() as vault:
        enclosed_now, _ = enclosing.enclose(vault, domain, brought)
    return Answer(
        enclosure_records.enclosed(enclosed_now), enclosure_records.enclosed_card(enclosed_now)
    )


def enclosed(session: Session) -> Answer:
    """`cport iwol enclosed DOMAIN SHA256 [--take-out]`."""
    options = session.options
    domain, digest = options.required("domain"), options.required("sha256")
    with session.vault() as vault:
        if options.flag("take_out"):
            enclosing.take_out(vault, domain, digest)
            return Answer({"id": digest, "domain": domain}, words.TAKEN_OUT)
        found, text = enclosing.read_enclosed(vault, domain, digest)
    told = text or words.COPY_IS_ELSEWHERE
    card = f"{enclosure_records.enclosed_card(found)}\n\n{_lines(told)}"
    return Answer({**enclosure_records.enclosed(found), "text": text}, card)


def _lines(text: str) -> str:
    return "\n".join(map(safe, text.splitlines()))


VERBS: Final[Mapping[str, Callable[[Session], Answer]]] = {
    "iwol enclose": enclose,
    "iwol enclosed": enclosed,
}
