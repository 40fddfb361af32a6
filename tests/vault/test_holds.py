"""A legal hold: nothing that the portal, a bulk delete or a statement does takes away what is held."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlcipher3 import dbapi2

from cport_desktop.domain.hold import HeldItem, HeldKind, HoldId
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.errors import ItemHeld, UnknownReference
from cport_desktop.formats.portal_messages import print_report
from cport_desktop.vault import holds, reports
from cport_desktop.vault.resealing import reseal
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry
from tests.report_builders import a_report, corrected, new, withdrawn
from tests.vault.erasing import (
    apply,
    content_of,
    erase,
    found,
    hold,
    receive,
    release,
    with_media,
)


def documents_kept(vault: Vault, number: int) -> list[bytes]:
    with vault.reader() as reader:
        return [version.document for version in holds.kept_versions(reader, ReportId(number))]


def bytes_held(vault: Vault, media: int) -> bytes:
    with vault.reader() as reader:
        return b"".join(vault.blobs.read(reader, MediaId(media)))


def test_what_is_held_cannot_be_erased_and_is_whole(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)), new(a_report(2)))
    receive(vault, 5)
    hold(vault, 1)

    with pytest.raises(ItemHeld) as refused:
        erase(vault, 1, 2)

    assert refused.value.facts == {"reference": "HL-1", "count": 1}
    assert found(vault) == [1, 2]
    assert bytes_held(vault, 5) == content_of(5)


def test_a_held_file_keeps_the_reports_that_it_belongs_to(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)), new(with_media(2, 6)))
    hold(vault, 5, HeldKind.MEDIA)

    with pytest.raises(ItemHeld):
        erase(vault, 1)
    erase(vault, 2)

    assert found(vault) == [1]


def test_after_the_last_release_it_can_be_erased(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)))
    hold(vault, 1, name="H-1")
    hold(vault, 1, name="H-2")
    release(vault, "H-1")
    with pytest.raises(ItemHeld):
        erase(vault, 1)

    released = release(vault, "H-2")
    erase(vault, 1)

    assert found(vault) == []
    assert not released.is_in_force
    with vault.reader() as reader:
        listed = holds.listing(reader, with_released=True)
        assert holds.listing(reader) == ()
    assert {(one.reason, one.release_reason) for one in listed} == {("court", "closed")}


def test_a_correction_is_applied_and_what_is_held_is_kept_to_the_byte(vault: Vault) -> None:
    first, second = with_media(1, 5, memo="first wording"), with_media(1, revision=2)
    apply(vault, new(first))
    receive(vault, 5)
    hold(vault, 1)

    apply(vault, corrected(second))
    apply(vault, corrected(replace(second, revision=3, memo="third wording")))

    assert documents_kept(vault, 1) == [print_report(first), print_report(second)]
    assert found(vault, "third") == [1]
    assert bytes_held(vault, 5) == content_of(5)
    with vault.reader() as reader:
        assert [one.hold_id for one in holds.on_media(reader, MediaId(5))] == ["H-1"]


def test_a_withdrawal_is_recorded_and_what_is_held_is_kept(vault: Vault) -> None:
    apply(vault, new(a_report(1)))
    hold(vault, 1)

    apply(vault, withdrawn(1, hours=48, reason="entered twice"))
    apply(vault, withdrawn(1, hours=49, reason="another reason"))

    with vault.reader() as reader:
        dossier = reports.dossier(reader, ReportId(1))
        kept = holds.kept_versions(reader, ReportId(1))
    assert dossier.withdrawn_reason == "another reason"
    assert [version.withdrawal for version in kept] == [None, "entered twice"]
    assert {version.document for version in kept} == {print_report(a_report(1))}


def test_a_held_file_keeps_what_its_report_said_of_it(vault: Vault) -> None:
    first = with_media(1, 5)
    apply(vault, new(first))
    hold(vault, 5, HeldKind.MEDIA)

    apply(vault, corrected(a_report(1, revision=2)))

    assert documents_kept(vault, 1) == [print_report(first)]
    with pytest.raises(ItemHeld):
        erase(vault, 1)


def test_media_that_arrive_for_a_held_report_are_held_too(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)))
    hold(vault, 1)
    apply(vault, corrected(with_media(1, 5, 6, revision=2)))
    receive(vault, 6)

    with vault.reader() as reader:
        assert [one.hold_id for one in holds.on_media(reader, MediaId(6))] == ["H-1"]


def test_a_file_that_a_held_report_once_had_survives_the_erasure_of_another(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)), new(with_media(2, 5)))
    receive(vault, 5)
    hold(vault, 1)
    apply(vault, corrected(a_report(1, revision=2)))

    erase(vault, 2)

    assert bytes_held(vault, 5) == content_of(5)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM report_document",
        "UPDATE report_document SET document = x'00'",
        "INSERT OR REPLACE INTO report_document VALUES (1, x'00', NULL)",
        "DELETE FROM withdrawal",
        "UPDATE withdrawal SET made_at = 0",
        "DELETE FROM media_item",
        "INSERT OR REPLACE INTO media_item SELECT * FROM media_item",
        "UPDATE media_item SET blob_id = NULL",
        "UPDATE media_item SET state = 'wanted'",
        "DELETE FROM blob",
        "UPDATE blob SET key = zeroblob(32)",
        "INSERT OR REPLACE INTO blob SELECT * FROM blob",
        "DELETE FROM held_media",
        "UPDATE held_media SET media_id = 99",
        "DELETE FROM kept_version",
        "UPDATE kept_version SET document = x'00'",
        "INSERT OR REPLACE INTO kept_version SELECT * FROM kept_version",
        "DELETE FROM hold",
        "UPDATE hold SET reason = 'another'",
        "UPDATE hold SET released_at = 1",
        "INSERT OR REPLACE INTO hold SELECT * FROM hold",
        "DELETE FROM operation",
        "UPDATE operation SET body = x'7b7d'",
        "UPDATE operation SET aside = ''",
        "DELETE FROM operation_report",
    ],
)
def test_no_statement_whatever_deletes_or_overwrites_what_is_held(
    vault: Vault, statement: str
) -> None:
    apply(vault, new(with_media(1, 5)))
    receive(vault, 5)
    hold(vault, 1)
    apply(vault, withdrawn(1), corrected(with_media(1, 5, revision=2)))
    with vault.transaction() as tx:
        tx.connection.execute(
            "INSERT INTO operation (operation_id, report_id, actor, made_at, kind, body, state, aside)"
            " VALUES ('o', 1, 'Ada', 0, 'feedback', x'00', 'settled', 'words')"
        )
        tx.connection.execute(
            "INSERT INTO operation_report SELECT report_id, sequence FROM operation"
        )
        tx.record(an_entry())
    # The second version is not kept aside yet: nothing has overtaken it.

    with (
        pytest.raises(dbapi2.IntegrityError, match=r"hold|key of a sealed|operation keeps"),
        vault.transaction() as tx,
    ):
        tx.connection.execute(statement)
        tx.record(an_entry())

    assert bytes_held(vault, 5) == content_of(5)


def test_only_what_is_here_can_be_held(vault: Vault) -> None:
    with pytest.raises(UnknownReference):
        hold(vault, 1)
    with pytest.raises(UnknownReference):
        hold(vault, 5, HeldKind.MEDIA)


def test_a_hold_does_not_bring_back_what_was_erased(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)))
    erase(vault, 1)

    with pytest.raises(UnknownReference):
        hold(vault, 1)
    with pytest.raises(UnknownReference):
        hold(vault, 5, HeldKind.MEDIA)


def test_a_hold_is_released_once(vault: Vault) -> None:
    apply(vault, new(a_report(1)))
    hold(vault, 1)
    release(vault)

    with pytest.raises(UnknownReference):
        release(vault)


def test_holds_of_a_report_are_told_with_those_of_its_media(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)), new(a_report(2)))
    hold(vault, 1, name="H-1")
    hold(vault, 5, HeldKind.MEDIA, name="H-2")

    with vault.reader() as reader:
        assert [one.hold_id for one in holds.on_report(reader, ReportId(1))] == ["H-1", "H-2"]
        assert holds.on_report(reader, ReportId(2)) == ()
    assert HeldItem(HeldKind.MEDIA, 5).reference == "M-5"
    assert HoldId("H-2") == "H-2"


def test_what_is_held_can_be_sealed_anew(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)))
    receive(vault, 5)
    hold(vault, 1)

    done = reseal(vault, announce=lambda _: None, is_cancelled=lambda: False)

    assert done.files == 1
    assert bytes_held(vault, 5) == content_of(5)
