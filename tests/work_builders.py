"""Vaults to work in: a few synthetic reports, and a second analyst with a slot of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cport_desktop.crypto.passphrase import FLOOR
from cport_desktop.domain.about import About, of_report
from cport_desktop.domain.audit import AuditEntry
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Order
from cport_desktop.usecases.manage_analysts import add_analyst
from cport_desktop.usecases.search_reports import search_reports
from cport_desktop.vault import audit_log
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.vault import Vault, open_vault
from tests.builders import NOON, a_clock
from tests.report_builders import the_taxonomy

BERT = "Bert Example"
THEIRS = b"another passphrase altogether"


def report(number: int) -> About:
    return of_report(ReportId(number))


def entries(vault: Vault, limit: int = 1) -> list[AuditEntry]:
    """The newest entries of the log, the newest first."""
    with vault.reader() as reader:
        return list(audit_log.page(reader, limit=limit).rows)


def verbs(vault: Vault, limit: int = 1) -> list[tuple[str, str]]:
    """What was done to what, by the newest entries of the log."""
    return [(e.draft.verb, e.draft.object_reference) for e in entries(vault, limit)]


def found_by(vault: Vault, text: str) -> list[int]:
    """The reports that a person finds with this query."""
    page = search_reports(
        vault, text, Order(), limit=100, after=None, taxonomy=the_taxonomy(), now=NOON
    )
    return sorted(row.report_id for row in page.rows)


def employ(
    vault: Vault, name: str = BERT, roles: frozenset[Role] = frozenset({Role.ANALYST})
) -> None:
    """Somebody else works here, too."""
    add_analyst(vault, name, roles, NewSlot("their own", NewPassphrase(THEIRS, FLOOR)), now=NOON)


@contextmanager
def opened_by_bert(directory: Path) -> Iterator[Vault]:
    """The vault, opened by the other one's slot."""
    with open_vault(
        directory, secret=Passphrase(THEIRS), clock=a_clock(), program="tests"
    ) as vault:
        yield vault
