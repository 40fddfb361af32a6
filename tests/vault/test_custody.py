"""What the log says of items: found in one walk, proved block by block, counted where it is not told."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cport_desktop.crypto.merkle import includes, leaf_hash
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.disclosure import (
    DisclosedItem,
    Disclosure,
    DisclosureKind,
    Outcome,
    Recipient,
    media_item,
    report_item,
)
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.errors import VaultDamaged
from cport_desktop.usecases.disclosing import new_disclosure_id
from cport_desktop.usecases.tell_custody import custody_of
from cport_desktop.vault import checkpoints, custody, disclosures
from cport_desktop.vault.checkpoints import SignedHead
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry


def about(
    reference: str,
    action: AuditAction = AuditAction.CONSULTATION,
    *,
    kind: ObjectKind = ObjectKind.REPORT,
    payload: tuple[tuple[str, str], ...] = (),
) -> AuditDraft:
    return AuditDraft(
        action=action,
        verb="tell",
        object_kind=kind,
        object_reference=reference,
        reason="synthetic reason",
        recipient="court",
        payload=payload,
    )


def recorded(vault: Vault, *drafts: AuditDraft) -> SignedHead:
    with vault.transaction() as tx:
        for draft in drafts:
            tx.record(draft)
        return checkpoints.sign_head(tx)


def test_what_is_told_is_proved_under_the_head_and_holds_no_particulars(vault: Vault) -> None:
    filling = [an_entry(f"search{number}") for number in range(custody.BLOCK + 20)]
    signed = recorded(
        vault,
        about("HL-1", AuditAction.COLLECTION, payload=(("secret", "particular words"),)),
        *filling,
        about("M-7", AuditAction.DISCLOSURE, kind=ObjectKind.MEDIA),
        *filling[:3],
        about("HL-1", AuditAction.ERASURE),
    )
    recorded(vault, about("HL-1", AuditAction.DISCLOSURE))
    found = custody_of(vault, signed, reports=[ReportId(1)], media=[MediaId(7)])
    assert (found.size, found.root) == (signed.checkpoint.size, signed.checkpoint.root)
    proved = list(found.proved())
    numbers = [entry.sequence for entry in proved]
    first, second = found.items
    assert (first.item, second.item) == ("HL-1", "M-7")
    assert sorted((*first.entries, *second.entries)) == numbers
    assert len(first.entries) == 2
    for entry in proved:
        said = json.loads(entry.canonical)
        assert said["sequence"] == entry.sequence
        assert "particular words" not in entry.canonical
        assert includes(
            found.root,
            size=found.size,
            leaf=leaf_hash(entry.canonical.encode()),
            index=entry.sequence - 1,
            proof=entry.proof,
        )
    told = found.told(first.entries)
    assert [entry.sequence for entry in told] == list(first.entries)
    assert (told[0].action, told[0].reason, told[0].recipient) == (
        AuditAction.COLLECTION,
        "synthetic reason",
        "court",
    )


def test_looks_and_changes_are_counted_and_not_told(vault: Vault) -> None:
    signed = recorded(
        vault,
        about("HL-1"),
        about("HL-1", AuditAction.ALTERATION),
        about("HL-1"),
        about("HL-2"),
    )
    (item,) = custody_of(vault, signed, reports=[ReportId(1)], media=[]).items
    assert item.entries == ()
    assert [(tally.action, tally.count) for tally in item.tallies] == [
        (AuditAction.ALTERATION, 1),
        (AuditAction.CONSULTATION, 2),
    ]
    assert all(tally.first <= tally.last for tally in item.tallies)


def test_of_another_item_of_the_same_digits_nothing_is_told(vault: Vault) -> None:
    signed = recorded(
        vault,
        about("HL-11", AuditAction.DISCLOSURE),
        about("M-1", AuditAction.DISCLOSURE, kind=ObjectKind.MEDIA),
        about("HL-1", AuditAction.DISCLOSURE, kind=ObjectKind.CASE),
    )
    (item,) = custody_of(vault, signed, reports=[ReportId(1)], media=[]).items
    assert (item.entries, item.tallies) == ((), ())


def departed(vault: Vault, kind: ObjectKind, outcome: Outcome, *items: DisclosedItem) -> int:
    """These left at one moment by an entry that names none of them; its number."""
    with vault.transaction() as tx:
        disclosure = Disclosure(
            new_disclosure_id(), DisclosureKind.TABLE, "reports", (Recipient("court"),), items
        )
        disclosures.enter(tx, disclosure, outcome=outcome)
        return tx.record(about("reports", AuditAction.DISCLOSURE, kind=kind))


def test_what_left_by_an_entry_that_does_not_name_it_is_found_by_the_register(vault: Vault) -> None:
    report, media = (
        report_item(ReportId(1), 1),
        media_item(MediaId(7), "ab" * 32, within=ReportId(1)),
    )
    table = departed(vault, ObjectKind.TABLE, Outcome.LEFT, report)
    departed(vault, ObjectKind.TABLE, Outcome.NOT_LEFT, report)
    package = departed(vault, ObjectKind.PACKAGE, Outcome.LEFT, report, media)
    signed = recorded(vault, an_entry())
    first, second = custody_of(vault, signed, reports=[ReportId(1)], media=[MediaId(7)]).items
    # A report in a package has an entry that names it; a media item has only that of the package.
    assert (first.entries, second.entries) == ((table,), (package,))


def test_a_log_that_is_not_what_its_head_says_is_not_told_of(vault: Vault) -> None:
    signed = recorded(vault, about("HL-1"))
    other = replace(signed, checkpoint=replace(signed.checkpoint, root=bytes(32)))
    with pytest.raises(VaultDamaged):
        custody_of(vault, other, reports=[ReportId(1)], media=[])


@pytest.mark.parametrize(
    ("numbers", "runs"),
    [
        ((), []),
        ((1, 2), [(1, 2)]),
        ((1, custody.BLOCK, custody.BLOCK + 1), [(1, custody.BLOCK), (custody.BLOCK + 1,)]),
        (
            (5 * custody.BLOCK, 5 * custody.BLOCK + 1),
            [(5 * custody.BLOCK,), (5 * custody.BLOCK + 1,)],
        ),
    ],
)
def test_numbers_are_taken_in_runs_of_one_block(
    numbers: tuple[int, ...], runs: list[tuple[int, ...]]
) -> None:
    assert [tuple(run) for run in custody.blocks_of(numbers)] == runs
