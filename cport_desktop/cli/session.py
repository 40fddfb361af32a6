"""What a verb works with: the workstation, what was said, and the vault while it is open."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.cli.grammar import Options
from cport_desktop.cli.place_warning import warn_of_place
from cport_desktop.cli.printing import end_progress, progress_on
from cport_desktop.cli.slot_secrets import opening_secret
from cport_desktop.domain.ids import (
    MediaId,
    ReportId,
    parse_media_reference,
    parse_report_reference,
)
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.errors import UnknownReference, ValueUnknown, VaultUnnamed
from cport_desktop.usecases.domain_rules import settle_domain_rules
from cport_desktop.vault.slot_kinds import Secret
from cport_desktop.vault.vault import Vault, open_vault

PROGRAM = "cport"


ShowWindow = Callable[[Workstation, Path | None, str | None], int]
"""Open the window on a vault (None, or an empty folder: the window that makes one), with its passphrase if it is known; the exit code when it closes."""


@dataclass(frozen=True, slots=True)
class Session:
    """`stop` is set when the process is asked to end: long work stops at its next safe point."""

    workstation: Workstation
    options: Options
    stop: threading.Event
    show_window: ShowWindow
    _known: list[Secret] = field(default_factory=list, repr=False)
    _open: list[Vault] = field(default_factory=list, repr=False)
    _moments: list[float] = field(default_factory=list, repr=False)

    @property
    def is_cancelled(self) -> IsCancelled:
        return self.stop.is_set

    @contextmanager
    def vault(
        self, *, acknowledge_rollback: str | None = None, secret: Secret | None = None
    ) -> Iterator[Vault]:
        """The vault of this command line, open and held; closed and let go afterwards. Within, a verb that
        goes on as another one has the same, so that its key is derived once and one opening is on record.

        `secret`: what `secret()` gave, where a verb needs it as well (it can be read but once).
        """
        if self._open:
            yield self._open[0]
            return
        directory = self.vault_directory()
        vault = open_vault(
            directory,
            secret=secret or self.secret(),
            slot=self.options.slot,
            clock=self.workstation.clock,
            program=PROGRAM,
            marks=self.workstation.settings.marks,
            acknowledge_rollback=acknowledge_rollback,
        )
        self._open.append(vault)
        try:
            settle_domain_rules(vault, self.workstation.settings.domain_rules)
            self._moments[:] = [self.workstation.clock.monotonic()]
            warn_of_place(directory, self.options)
            yield vault
        finally:
            self._moments.append(self.workstation.clock.monotonic())
            self._open.clear()
            vault.close()

    @property
    def elapsed_ms(self) -> float:
        """Milliseconds for which the vault is, or was, open: without start-up and the derivation of its key."""
        opened, *closed = self._moments
        return ((closed or [self.workstation.clock.monotonic()])[0] - opened) * 1000

    def secret(self) -> Secret:
        """What opens the vault, as the options say; asked for if they do not. Read once: nobody
        is asked twice, and a descriptor gives nothing the second time.
        """
        if not self._known:
            self._known.append(opening_secret(self.options))
        return self._known[0]

    def vault_directory(self) -> Path:
        """Where the vault is said to be.

        Raises:
            VaultUnnamed: nobody said where.
        """
        if self.options.vault is None:
            raise VaultUnnamed
        return self.options.vault

    @contextmanager
    def progress(self) -> Iterator[Announce]:
        """Announce on stderr while it lasts."""
        mode = "none" if self.options.quiet else self.options.progress
        try:
            yield progress_on(sys.stderr, mode=mode)
        finally:
            end_progress(sys.stderr)


def report_id(text: str) -> ReportId:
    """The report that `text` names.

    Raises:
        UnknownReference: it names none.
    """
    number = parse_report_reference(text)
    if number is None:
        raise UnknownReference(kind="report", reference=text)
    return number


def media_id(text: str) -> MediaId:
    """The media item that `text` names.

    Raises:
        UnknownReference: it names none.
    """
    number = parse_media_reference(text)
    if number is None:
        raise UnknownReference(kind="media item", reference=text)
    return number


def require_order(session: Session, only: str) -> None:
    """These lists have one order.

    Raises:
        ValueUnknown: another one was asked for.
    """
    asked = session.options.text("sort")
    if asked not in (None, only):
        raise ValueUnknown(what="order", value=str(asked), accepted=only)
