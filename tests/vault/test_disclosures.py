"""The register of what left: entered once, found by item and recipient, never taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlcipher3 import dbapi2

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.disclosure import (
    MEDIA,
    OPERATION,
    REPORT,
    DisclosedItem,
    Disclosure,
    DisclosureId,
    DisclosureKind,
    EnteredDisclosure,
    Outcome,
    Recipient,
    media_item,
    operation_item,
    report_item,
)
from cport_desktop.domain.erasure import BY_ORDER, ErasureId, Ground
from cport_desktop.domain.ids import Actor, MediaId, ReportId
from cport_desktop.errors import UnknownReference
from cport_desktop.vault import disclosures, erasure, migrations
from cport_desktop.vault.audit_trail import AuditTrail, Stamp
from cport_desktop.vault.disclosures import Wanted
from cport_desktop.vault.erasure import Erasing
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from tests.builders import ANALYST, NOON, an_entry

UNIT = Recipient("Unit A", "age1unit")
COURT = Recipient("Court B")


def a_package(name: str = "D-1", *reports: int, to: tuple[Recipient, ...] = (UNIT,)) -> Disclosure:
    """A package of these reports in their first revision, each with one file."""
    items: list[DisclosedItem] = []
    for number in reports or (7,):
        items.append(report_item(ReportId(number), 1))
        items.append(media_item(MediaId(number), f"{number:064x}", within=ReportId(number)))
    return Disclosure(
        DisclosureId(name),
        DisclosureKind.PACKAGE,
        f"Package {name}",
        to,
        tuple(items),
        "4.1",
        "case",
    )


def enter(vault: Vault, disclosure: Disclosure, outcome: Outcome = Outcome.LEFT) -> Disclosure:
    with vault.transaction() as tx:
        disclosures.enter(tx, disclosure, outcome=outcome)
        tx.record(an_entry("compose"))
    return disclosure


def listed(vault: Vault, wanted: Wanted = disclosures.EVERYTHING) -> list[str]:
    with vault.reader() as reader:
        rows = disclosures.page(reader, wanted, limit=100).rows
    return [row.disclosure_id for row in rows]


def entered(vault: Vault, name: str) -> EnteredDisclosure:
    with vault.reader() as reader:
        return disclosures.find(reader, DisclosureId(name)).entered


def test_what_left_is_told_back_whole(vault: Vault) -> None:
    left = enter(vault, a_package("D-1", 7, 8, to=(COURT, UNIT)))

    with vault.reader() as reader:
        found = disclosures.find(reader, left.disclosure_id)

    assert found.entered.recipients == (COURT, UNIT)
    assert (found.entered.clause, found.entered.reason) == ("4.1", "case")
    assert found.entered.at.date() == NOON.date()
    assert found.actor == ANALYST
    assert set(found.items) == set(left.items)
    assert found.entered.items == 4


def test_a_disclosure_is_found_by_recipient_kind_and_item_and_listed_newest_first(
    vault: Vault,
) -> None:
    enter(vault, a_package("D-1", 7, to=(UNIT,)))
    enter(vault, a_package("D-2", 8, to=(COURT,)))
    sent = operation_item("11111111-1111-4111-8111-111111111111", about=ReportId(7))
    message = Disclosure(
        DisclosureId("D-3"),
        DisclosureKind.OPERATIONS,
        "1 operation",
        (Recipient("portal"),),
        (sent,),
    )
    enter(vault, message)

    assert listed(vault) == ["D-3", "D-2", "D-1"]
    assert listed(vault, Wanted(recipient="Court B")) == ["D-2"]
    assert listed(vault, Wanted(kind=DisclosureKind.OPERATIONS)) == ["D-3"]
    assert listed(vault, Wanted(item=(REPORT, "HL-7"))) == ["D-1"]
    assert listed(vault, Wanted(item=(MEDIA, "M-8"), recipient="Court B")) == ["D-2"]
    assert listed(vault, Wanted(item=(OPERATION, sent.reference))) == ["D-3"]


def test_pages_meet_without_gap_or_overlap(vault: Vault) -> None:
    for number in range(7):
        enter(vault, a_package(f"D-{number}"))
    seen: list[str] = []
    after: str | None = None
    while True:
        with vault.reader() as reader:
            page = disclosures.page(reader, limit=3, after=after)
        seen += [row.disclosure_id for row in page.rows]
        after = page.next_cursor
        if after is None:
            break

    assert seen == [f"D-{number}" for number in reversed(range(7))]
    with vault.reader() as reader, pytest.raises(UnknownReference):
        disclosures.page(reader, limit=3, after="bm90aGluZw")


def test_what_became_of_it_is_noted_once_and_what_did_not_leave_is_nobodys_copy(
    vault: Vault,
) -> None:
    enter(vault, a_package("D-1"), Outcome.UNKNOWN)
    enter(vault, a_package("D-2"), Outcome.UNKNOWN)
    with vault.transaction() as tx:
        disclosures.mark_left(tx, DisclosureId("D-1"), sha256="ab" * 32)
        disclosures.mark_not_left(tx, DisclosureId("D-2"))
        tx.record(an_entry("written"))

    assert (entered(vault, "D-1").outcome, entered(vault, "D-1").sha256) == (
        Outcome.LEFT,
        "ab" * 32,
    )
    with vault.reader() as reader:
        copies = disclosures.of_item(reader, REPORT, "HL-7")
    assert [copy.disclosure_id for copy in copies] == ["D-1"]
    with pytest.raises(dbapi2.IntegrityError), vault.transaction() as tx:
        disclosures.mark_not_left(tx, DisclosureId("D-1"))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM disclosure",
        "DELETE FROM disclosed_item",
        "DELETE FROM disclosure_recipient",
        "UPDATE disclosure SET title = 'another'",
        "UPDATE disclosure SET actor = 'another'",
        "UPDATE disclosure SET items = 0",
        "UPDATE disclosure_recipient SET name = 'another'",
        "UPDATE disclosed_item SET revision = 9",
        "UPDATE disclosed_item SET sha256 = zeroblob(32) WHERE kind = 'media'",
        "INSERT OR REPLACE INTO disclosure VALUES (1, 'D-1', 0, '', '', '', '', '', '', 'left', 0, 0)",
    ],
)
def test_the_register_is_never_altered(vault: Vault, statement: str) -> None:
    enter(vault, a_package("D-1"))

    with pytest.raises(dbapi2.IntegrityError), vault.transaction() as tx:
        tx.connection.execute(statement)
        tx.record(an_entry("tamper"))


def test_an_erased_report_keeps_its_number_in_the_register_and_no_digest(vault: Vault) -> None:
    enter(vault, a_package("D-1", 7, 8))

    with vault.transaction() as tx:
        disclosures.forget_digests(tx.connection, [ReportId(7)])
        tx.record(an_entry("erase"))

    with vault.reader() as reader:
        items = {
            item.reference: item for item in disclosures.find(reader, DisclosureId("D-1")).items
        }
    assert items["HL-7"].revision == 1
    assert items["M-7"].sha256 is None
    assert items["M-8"].sha256 == f"{8:064x}"


def test_an_erasure_takes_the_digests_of_reports_that_are_not_here_as_well(vault: Vault) -> None:
    enter(vault, a_package("D-1", 7))
    ordered = Ground(BY_ORDER, None, "erased before this vault was put back")

    with vault.transaction() as tx:
        erasure.erase(tx, Erasing(ErasureId("E-1"), (), ordered, absent=(ReportId(7),)))

    with vault.reader() as reader:
        items = disclosures.find(reader, DisclosureId("D-1")).items
    assert [(item.reference, item.sha256) for item in items] == [("HL-7", None), ("M-7", None)]


@pytest.fixture
def old_log() -> Iterator[dbapi2.Connection]:
    """The schema as it was before there was a register, and an empty log."""
    connection = dbapi2.connect(":memory:", isolation_level=None)
    for migration in migrations.known_migrations()[:7]:
        migrations.apply(connection, migration, at=NOON)
    yield connection
    connection.close()


def log(connection: dbapi2.Connection, minute: int, *drafts: AuditDraft) -> None:
    """One transaction of the old log."""
    trail = AuditTrail(connection)
    moment = NOON + timedelta(minutes=minute)
    stamp = Stamp(at=moment, session="s", elapsed_us=minute * 60_000_000, actor=Actor(ANALYST))
    for draft in drafts:
        trail.append(draft, stamp)
    trail.save()


def disclosing(
    verb: str, kind: ObjectKind, reference: str, *payload: tuple[str, str]
) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.DISCLOSURE,
        verb=verb,
        object_kind=kind,
        object_reference=reference,
        reason="case 17",
        recipient="Unit A, Court B",
        payload=payload,
    )


def packed(title: str, *reports: int) -> list[AuditDraft]:
    return [
        *(disclosing("pack", ObjectKind.REPORT, f"HL-{number}") for number in reports),
        disclosing("compose", ObjectKind.PACKAGE, title, ("file", "x"), ("reports", "2")),
    ]


def test_packages_of_before_are_filled_in_from_the_log_with_what_it_tells(
    old_log: dbapi2.Connection,
) -> None:
    digest = "ab" * 32
    written = ("outcome", digest)
    log(old_log, 1, *packed("One", 7, 8))
    log(old_log, 2, disclosing("package_written", ObjectKind.PACKAGE, "One", written))
    log(old_log, 3, *packed("Two", 8))
    failed = ("outcome", "vault.storage_full")
    log(old_log, 4, disclosing("package_not_written", ObjectKind.PACKAGE, "Two", failed))
    log(old_log, 5, *packed("Three", 9))
    log(old_log, 6, *packed("Four", 9))
    log(old_log, 7, disclosing("package_written", ObjectKind.PACKAGE, "Four", written))

    migrations.apply(old_log, migrations.known_migrations()[7], at=NOON)

    reader = Reader(old_log)
    lines = {line.title: line for line in disclosures.page(reader, limit=10).rows}
    assert {title: line.outcome for title, line in lines.items()} == {
        "One": Outcome.LEFT,
        "Two": Outcome.NOT_LEFT,
        "Three": Outcome.UNKNOWN,
        "Four": Outcome.LEFT,
    }
    assert lines["One"].at == NOON + timedelta(minutes=1)
    assert (lines["One"].sha256, lines["Two"].sha256) == (digest, None)
    assert lines["One"].recipients == (Recipient("Unit A, Court B"),)
    assert all(line.is_from_log for line in lines.values())
    found = disclosures.find(reader, lines["One"].disclosure_id)
    assert found.items == (DisclosedItem(REPORT, "HL-7"), DisclosedItem(REPORT, "HL-8"))
    assert [line.title for line in disclosures.of_item(reader, REPORT, "HL-9")] == ["Four", "Three"]


def test_a_log_without_packages_begins_an_empty_register(old_log: dbapi2.Connection) -> None:
    log(old_log, 1, an_entry())

    migrations.apply(old_log, migrations.known_migrations()[7], at=NOON)

    assert disclosures.page(Reader(old_log), limit=10).rows == ()
    assert disclosures.known_since(Reader(old_log)) == NOON
