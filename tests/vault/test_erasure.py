"""Erasure: nothing is left of what was erased, everything else is as it was, and it is proved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from cport_desktop.crypto.signed_note import verified
from cport_desktop.domain.batch import UnknownChange
from cport_desktop.domain.draft import DraftKind, DraftPlace
from cport_desktop.domain.ids import Actor, ContentId, MediaId, OperationId, ReportId
from cport_desktop.domain.operation import GiveAssessment, GiveFeedback, Operation, OperationState
from cport_desktop.domain.operation import Receipt as Answer
from cport_desktop.domain.query import Is, IsState, Query
from cport_desktop.domain.report import ReportStatus
from cport_desktop.domain.rows import Facet
from cport_desktop.errors import (
    ErasureTooLarge,
    ItemErased,
    ItemUnsettled,
    KeepingUnderWay,
    UnknownReference,
)
from cport_desktop.formats.erasure_notes import read_certificate
from cport_desktop.vault import (
    audit_log,
    checkpoints,
    erased,
    inspection,
    media_items,
    outbox,
    reports,
)
from cport_desktop.vault.picture_seal import Derived
from cport_desktop.vault.soundness import check
from cport_desktop.vault.vault import Vault
from tests.builders import (
    NOON,
    an_entry,
    an_examination,
    database_key,
    digests_of,
    reopened,
)
from tests.report_builders import (
    a_report,
    an_assessment,
    an_item,
    corrected,
    new,
    withdrawn,
)
from tests.vault.erasing import (
    apply,
    content_of,
    erase,
    erase_wholly,
    found,
    receive,
    with_media,
)
from tests.vault.raw_pages import decrypted_pages

CANARY = "quincunx"
"""A word that stands in nothing but the report that is erased."""


def counted(vault: Vault, facet: Facet) -> dict[str, int]:
    with vault.reader() as reader:
        counts = reports.facets(reader, Query(), [facet])[facet]
    return {count.value: count.count for count in counts}


def findings(vault: Vault) -> tuple[object, ...]:
    return check(vault, deep=True, announce=lambda _: None, is_cancelled=lambda: False)


def blob_files(directory: Path) -> list[Path]:
    return sorted(path for path in (directory / "blobs").glob("*/*") if path.is_file())


def pages(directory: Path) -> Iterator[bytes]:
    key = database_key(directory)
    yield from decrypted_pages(directory / "vault.db", key)


def occurs(directory: Path, *wanted: bytes) -> list[bytes]:
    """Those of `wanted` that stand somewhere in the database's files, letter case aside."""
    everything = b"\0".join(pages(directory)).lower()
    return [one for one in wanted if one.lower() in everything]


def queue(vault: Vault, number: int, text: str, *, operation: str = "o-1") -> None:
    body = GiveFeedback(text)
    with vault.transaction() as tx:
        outbox.queue(
            tx, Operation(OperationId(operation), ReportId(number), Actor("Ada"), NOON, body)
        )
        tx.record(an_entry("give_feedback"))


def test_a_report_goes_with_its_words_links_and_files_and_others_stay(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)), new(with_media(2, 6)))
    receive(vault, 5)
    receive(vault, 6)

    gone = erase_wholly(vault, 1)

    assert (gone.reports, gone.media) == (1, 1)
    assert found(vault) == [2]
    assert found(vault, "files") == [2]
    with vault.reader() as reader:
        with pytest.raises(UnknownReference):
            reports.dossier(reader, ReportId(1))
        with pytest.raises(UnknownReference):
            media_items.item(reader, MediaId(5))
        assert b"".join(vault.blobs.read(reader, MediaId(6))) == content_of(6)
    assert len(blob_files(vault.directory)) == 1
    assert findings(vault) == ()


def test_nothing_that_the_report_said_and_no_key_is_in_any_page(closed_vault: Path) -> None:
    url = f"https://{CANARY}-host.example/{CANARY}/page"
    hosting = replace(an_item(1).hosting, provider=f"{CANARY} Hosting")
    first = a_report(
        1,
        memo=f"{CANARY} first wording",
        source_username=f"{CANARY}user",
        contents=(replace(with_media(1, 5).contents[0], url=url, hosting=hosting),),
    )
    second = replace(first, revision=2, memo=f"{CANARY} second wording")
    with reopened(closed_vault) as vault:
        apply(vault, *(new(a_report(number)) for number in range(2, 40)))
        apply(vault, new(first))
        receive(vault, 5)
        apply(vault, corrected(second, reason=f"{CANARY} reason"))
        apply(vault, UnknownChange("merged", f'{{"reportId":1,"note":"{CANARY}"}}'.encode()))
        queue(vault, 1, f"{CANARY} feedback")
        settle(vault, "o-1", reason=f"{CANARY} answer")
        apply(vault, withdrawn(1, reason=f"{CANARY} withdrawn"))
        digest = hashlib.sha256(content_of(5)).hexdigest().encode()
        wanted = (CANARY.encode(), b"uincu", b"ncunx", digest, key_of_the_file(vault))
        assert set(occurs(closed_vault, *wanted)) == set(wanted)
        picture_key = vault.header.keys.derivatives

        erase_wholly(vault, 1)

        assert occurs(closed_vault, *wanted) == []
        pictures = b"".join(decrypted_pages(closed_vault / "derivatives.db", picture_key))
        assert digest not in pictures
    assert occurs(closed_vault, *wanted) == []


def settle(vault: Vault, operation: str, *, reason: str | None = None) -> None:
    with vault.transaction() as tx:
        outbox.settle(tx, [Answer(OperationId(operation), reason is None, reason)])
        tx.record(an_entry("settle"))


def key_of_the_file(vault: Vault) -> bytes:
    (key,) = only(vault, "SELECT key FROM blob")
    assert isinstance(key, bytes)
    return key


def only(vault: Vault, query: str) -> tuple[object, ...]:
    with vault.reader() as reader:
        row = reader.connection.execute(query).fetchone()
    assert row is not None
    return row


def test_media_of_another_report_stay_with_their_key(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)), new(with_media(2, 5)))
    receive(vault, 5)

    gone = erase_wholly(vault, 1)

    assert gone.media == 0
    with vault.reader() as reader:
        assert b"".join(vault.blobs.read(reader, MediaId(5))) == content_of(5)
    assert vault.derivatives.sealed(MediaId(5), Derived.CLEAR) is not None


def test_equal_bytes_under_another_number_stay_with_their_key(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)), new(with_media(2, 6)))
    receive(vault, 5)
    with vault.transaction() as tx:
        tx.connection.execute(
            "UPDATE media_item SET announced_sha256 = (SELECT announced_sha256 FROM media_item"
            " WHERE media_id = 5) WHERE media_id = 6"
        )
        digest = hashlib.sha256(content_of(5)).hexdigest()
        assert media_items.share_held_bytes(tx, [digest]) == 1
        tx.record(an_entry("share"))

    erase_wholly(vault, 1)

    with vault.reader() as reader:
        assert b"".join(vault.blobs.read(reader, MediaId(6))) == content_of(5)
        _, (gone,) = erased.items_of(reader.connection, erased.listing(reader)[0].erasure_id)
    assert gone.key_digest is None
    assert vault.derivatives.sealed(MediaId(6), Derived.CLEAR) is not None


def test_media_of_earlier_revisions_go_with_their_report(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)))
    receive(vault, 5)
    apply(vault, corrected(with_media(1, 6, revision=2)), corrected(a_report(1, revision=3)))

    erase_wholly(vault, 1)

    with vault.reader() as reader:
        assert media_items.tally(reader).held + media_items.tally(reader).wanted == 0
    assert blob_files(vault.directory) == []


def test_a_file_that_was_still_arriving_goes_too(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)))
    intake = vault.intake(MediaId(5))
    intake.write(content_of(5))
    intake.close()

    erase_wholly(vault, 1)

    assert list((vault.directory / "staging").iterdir()) == []
    assert only(vault, "SELECT count(*) FROM blob") == (0,)
    with pytest.raises(UnknownReference):
        vault.intake(MediaId(5))


def test_a_file_that_arrives_while_its_report_is_erased_is_not_kept(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)))
    intake = vault.intake(MediaId(5))
    intake.write(content_of(5))
    erase(vault, 1)
    with pytest.raises(KeepingUnderWay):
        vault.finish_erasures()

    with vault.transaction() as tx:
        intake.settle(tx, digests_of(content_of(5)), an_examination())
        tx.record(an_entry())
    intake.close()
    assert len(vault.finish_erasures()) == 1

    assert blob_files(vault.directory) == []
    assert list((vault.directory / "staging").iterdir()) == []
    assert findings(vault) == ()


def test_counts_and_duplicates_are_those_of_what_is_left(vault: Vault) -> None:
    decided = a_report(3, contents=(an_item(30, assessments=(an_assessment(2),)),))
    apply(vault, new(with_media(1, 5)), new(with_media(2, 5)), new(decided))
    with vault.reader() as reader:
        assert reports.count(reader, Query((IsState(Is.DUPLICATE),))) == 2

    erase_wholly(vault, 1, 3)

    assert counted(vault, Facet.CLASSIFICATION) == {"0": 1}
    assert counted(vault, Facet.STATUS) == {"new": 1}
    with vault.reader() as reader:
        assert reports.count(reader, Query((IsState(Is.DUPLICATE),))) == 0
        assert reports.count(reader, Query()) == 1


def test_what_the_portal_says_later_of_an_erased_report_is_counted_and_dropped(
    vault: Vault,
) -> None:
    apply(vault, new(with_media(1, 5)))
    erase_wholly(vault, 1)

    applied = apply(
        vault,
        corrected(with_media(1, 5, 6, revision=2)),
        withdrawn(1),
        UnknownChange("merged", b'{"reportId":1}'),
        new(a_report(2)),
    )

    assert (applied.dropped, applied.reports_new, applied.reports_changed) == (3, 1, 0)
    assert found(vault) == [2]
    assert only(vault, "SELECT count(*) FROM media_item") == (0,)
    assert only(vault, "SELECT count(*) FROM unknown_change") == (0,)
    with vault.reader() as reader:
        newest = audit_log.page(reader, limit=1).rows[0]
    assert ("dropped", "3") in newest.draft.payload


def test_no_statement_brings_an_erased_report_back(vault: Vault) -> None:
    apply(vault, new(a_report(1)))
    erase(vault, 1)

    with (
        pytest.raises(dbapi2.IntegrityError, match="does not come back"),
        vault.transaction() as tx,
    ):
        tx.connection.execute("INSERT INTO report_document VALUES (1, x'00', NULL)")
        tx.record(an_entry())


def test_a_file_of_an_erased_report_comes_with_another_report_that_has_it(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)))
    receive(vault, 5)
    erase_wholly(vault, 1)

    apply(vault, new(with_media(2, 5)))
    receive(vault, 5)

    with vault.reader() as reader:
        assert b"".join(vault.blobs.read(reader, MediaId(5))) == content_of(5)
    erase_wholly(vault, 2, name="E-2")
    assert blob_files(vault.directory) == []


def test_statistics_are_kept_without_personal_fields(vault: Vault) -> None:
    assessed = a_report(1, contents=(an_item(10, assessments=(an_assessment(2),)),))
    apply(vault, new(assessed))

    erase(vault, 1)

    statistics = (
        "SELECT received_month, hosting_country, classification, site_type, media_count"
        " FROM erased_item WHERE kind = 'report'"
    )
    assert only(vault, statistics) == ("2026-03", "NL", 2, 2, 0)


def test_operations_stay_without_their_texts(vault: Vault) -> None:
    apply(vault, new(a_report(1)), new(a_report(2)))
    queue(vault, 1, "words about the report")
    settle(vault, "o-1", reason="an answer")
    queue(vault, 2, "other words", operation="o-2")

    erase(vault, 1)

    with vault.reader() as reader:
        (mine,) = outbox.of_report(reader, ReportId(1))
        (other,) = outbox.of_report(reader, ReportId(2))
    assert (mine.operation.body, mine.reason) == (GiveFeedback(""), None)
    assert mine.state is OperationState.SET_ASIDE
    assert other.operation.body == GiveFeedback("other words")


def test_an_operation_that_waits_stands_in_the_way_unless_it_is_taken_back(vault: Vault) -> None:
    apply(vault, new(a_report(1)))
    queue(vault, 1, "words about the report")
    with pytest.raises(ItemUnsettled) as refused:
        erase(vault, 1)
    assert refused.value.facts == {"reference": "HL-1", "count": 1}

    erase(vault, 1, force=True)

    with vault.reader() as reader:
        (row,) = outbox.of_report(reader, ReportId(1))
        assert outbox.unsettled(reader, limit=9) == ()
    assert row.state is OperationState.SET_ASIDE
    assert row.aside is not None
    assert row.operation.body == GiveFeedback("")


def test_an_assessment_that_waits_leaves_no_overlay_behind(vault: Vault) -> None:
    apply(vault, new(a_report(1)))
    with vault.transaction() as tx:
        body = GiveAssessment(ContentId(10), 2)
        outbox.queue(tx, Operation(OperationId("o"), ReportId(1), Actor("Ada"), NOON, body))
        tx.record(an_entry())

    erase(vault, 1, force=True)

    assert only(vault, "SELECT count(*) FROM report_overlay") == (0,)
    assert counted(vault, Facet.CLASSIFICATION) == {}


def test_drafts_about_what_was_erased_go_and_others_stay(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)), new(a_report(2)))
    about = DraftPlace(DraftKind.FEEDBACK, report=ReportId(1))
    file = DraftPlace(DraftKind.NOTE, media=MediaId(5))
    other = DraftPlace(DraftKind.FEEDBACK, report=ReportId(2))
    for place in (about, file, other):
        vault.drafts.keep(place.name, b"words", at=NOON)

    erase(vault, 1)

    assert set(vault.drafts.load()) == {other.name}


def test_each_erased_item_has_its_entry_in_the_log(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)))

    erase_wholly(vault, 1)

    with vault.reader() as reader:
        entries = audit_log.page(reader, limit=9).rows
        assert audit_log.verify(reader).is_verified
    made = [(e.draft.verb, e.draft.object_reference, e.draft.reason) for e in entries[:3]]
    assert made == [
        ("certify", "E-1", None),
        ("erase", "M-5", "no longer needed"),
        ("erase", "HL-1", "no longer needed"),
    ]


def test_the_certificate_names_what_was_erased_and_is_signed_with_the_head(vault: Vault) -> None:
    apply(vault, new(with_media(1, 5)))
    receive(vault, 5)
    key = key_of_the_file(vault)
    erase(vault, 1)
    with vault.reader() as reader:
        (before,) = erased.listing(reader)
        assert erased.certificate(reader, before.erasure_id) is None
    assert not before.is_finished

    vault.finish_erasures()

    with vault.reader() as reader:
        (after,) = erased.listing(reader)
        note_bytes = erased.certificate(reader, after.erasure_id)
        signer = checkpoints.verifier(reader)
        head = audit_log.head(reader)
    assert after.is_finished
    assert note_bytes is not None
    note, _, certificate = read_certificate(note_bytes)
    assert verified(note, signer) is not None
    assert certificate.reports == (ReportId(1),)
    (media,) = certificate.media
    assert media.key_digest == hashlib.sha256(key).hexdigest()
    assert (certificate.log_size, certificate.log_root) == head
    assert certificate.actor == vault.actor
    assert content_of(5) not in note_bytes
    assert hashlib.sha256(content_of(5)).hexdigest().encode() not in note_bytes


def test_what_a_crash_left_is_finished_at_the_next_opening(closed_vault: Path) -> None:
    with reopened(closed_vault) as vault:
        apply(vault, new(with_media(1, 5)))
        receive(vault, 5)
        erase(vault, 1)
        assert len(blob_files(closed_vault)) == 1

    with reopened(closed_vault) as vault, vault.reader() as reader:
        assert [one.is_finished for one in erased.listing(reader)] == [True]
    assert blob_files(closed_vault) == []
    assert occurs(closed_vault, b"synthetic report 1") == []


def test_nothing_is_certified_while_somebody_reads_the_state_before(vault: Vault) -> None:
    apply(vault, new(a_report(1)))
    with vault.blob_guard.staying(), pytest.raises(KeepingUnderWay):
        erase_wholly(vault, 1)

    with vault.reader() as reader:
        assert not erased.listing(reader)[0].is_finished
    assert len(vault.finish_erasures()) == 1
    assert vault.finish_erasures() == ()


def test_what_is_not_here_or_too_much_is_refused(vault: Vault) -> None:
    apply(vault, new(a_report(1)))
    with pytest.raises(UnknownReference):
        erase(vault, 1, 7)
    with pytest.raises(ErasureTooLarge):
        erase(vault, *range(1, 10_002))
    assert found(vault) == [1]
    erase(vault, 1)
    with pytest.raises(ItemErased):
        erase(vault, 1, name="E-2")


def test_an_erased_report_is_a_part_of_the_state_that_two_vaults_compare(vault: Vault) -> None:
    apply(vault, new(a_report(1)))
    with vault.reader() as reader:
        before = inspection.digest(reader)
    erase(vault, 1)

    with vault.reader() as reader:
        assert inspection.digest(reader) != before


def test_reports_still_stand_as_the_portal_said_after_a_neighbour_went(vault: Vault) -> None:
    apply(vault, new(a_report(1)), new(a_report(2)))
    erase_wholly(vault, 1)
    apply(vault, withdrawn(2))

    with vault.reader() as reader:
        assert reports.dossier(reader, ReportId(2)).row.status is ReportStatus.WITHDRAWN
