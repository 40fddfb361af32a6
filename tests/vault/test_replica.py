"""Applying batches: repeatable, in any pieces, and never backwards."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.domain.audit import AuditAction
from cport_desktop.domain.batch import START, Batch, Change, Standing, UnknownChange
from cport_desktop.domain.ids import HotlineId, MediaId, ReportId
from cport_desktop.domain.query import Field, FieldIs, Is, IsState, Query, Words
from cport_desktop.domain.report import ReportStatus
from cport_desktop.domain.rows import Facet, Order
from cport_desktop.errors import UnknownReference
from cport_desktop.formats.portal_messages import print_report
from cport_desktop.vault import audit_log, hotlines, inspection, media_items, replica, reports
from cport_desktop.vault.replica import Applied, StreamState
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, hold_media, reopened
from tests.report_builders import (
    SPRING,
    a_batch,
    a_hotline,
    a_notice,
    a_report,
    an_assessment,
    an_item,
    corrected,
    new,
    withdrawn,
)


def apply(vault: Vault, *changes: Change, **facts: object) -> Applied:
    return apply_batch(vault, a_batch(*changes, **facts))  # type: ignore[arg-type]


def apply_batch(vault: Vault, batch: Batch) -> Applied:
    with vault.transaction() as tx:
        return replica.apply(tx, batch)


def digest(vault: Vault) -> str:
    with vault.reader() as reader:
        return inspection.digest(reader)


def found(vault: Vault, *words: str) -> list[int]:
    query = Query(tuple(Words((word,)) for word in words))
    with vault.reader() as reader:
        return sorted(reports.matching(reader, query, limit=100))


def status(vault: Vault, number: int) -> ReportStatus:
    with vault.reader() as reader:
        return reports.dossier(reader, ReportId(number)).row.status


def counted(vault: Vault, facet: Facet) -> dict[str, int]:
    with vault.reader() as reader:
        counts = reports.facets(reader, Query(), [facet])[facet]
    return {count.value: count.count for count in counts}


def test_what_the_portal_said_is_kept_to_the_byte_with_fields_unknown_here(vault: Vault) -> None:
    change = new(a_report(7), extra={"somethingLater": {"code": 19, "text": "kept"}})

    apply(vault, change)

    with vault.reader() as reader:
        dossier = reports.dossier(reader, ReportId(7))
    assert dossier.document == change.document
    assert dossier.report == change.report


def test_a_batch_tells_what_it_changed_and_leaves_one_entry_of_collection(vault: Vault) -> None:
    item = an_item(1, media=(a_notice(5), a_notice(6)))

    applied = apply(vault, new(a_report(1, contents=(item,))), new(a_report(2)))

    assert applied == Applied(2, 0, 0, 2)
    with vault.reader() as reader:
        newest = audit_log.page(reader, limit=1).rows[0]
    assert (newest.draft.action, newest.draft.verb) == (AuditAction.COLLECTION, "apply")
    assert ("reports_new", "2") in newest.draft.payload


def test_a_correction_changes_columns_words_and_document(vault: Vault) -> None:
    apply(vault, new(a_report(1, memo="first wording")))
    later = a_report(
        1,
        revision=2,
        memo="second wording",
        received_at=SPRING + timedelta(days=3),
        contents=(an_item(10, "https://elsewhere.test/x", assessments=(an_assessment(2),)),),
    )

    applied = apply(vault, corrected(later))

    assert applied == Applied(0, 1, 0, 0)
    assert found(vault, "first") == []
    assert found(vault, "second") == [1]
    assert found(vault, "elsewhere") == [1]
    with vault.reader() as reader:
        dossier = reports.dossier(reader, ReportId(1))
    assert dossier.row.domain == "elsewhere.test"
    assert dossier.row.classification == 2
    assert dossier.row.status is ReportStatus.CORRECTED
    assert dossier.document == print_report(later)
    assert counted(vault, Facet.CLASSIFICATION) == {"2": 1}


def test_an_older_revision_never_overwrites_a_newer_one(vault: Vault) -> None:
    apply(vault, new(a_report(1, revision=3, memo="newest")))

    applied = apply(vault, corrected(a_report(1, revision=2, memo="older")), new(a_report(1)))

    assert applied == Applied(0, 0, 0, 0)
    assert found(vault, "newest") == [1]


def test_a_withdrawn_report_stays_as_a_tombstone_with_the_reason(vault: Vault) -> None:
    apply(vault, new(a_report(1)), new(a_report(2)))

    applied = apply(vault, withdrawn(1, reason="entered twice"))

    assert applied == Applied(0, 0, 1, 0)
    with vault.reader() as reader:
        dossier = reports.dossier(reader, ReportId(1))
        rows = reports.page(reader, Query((IsState(Is.WITHDRAWN),)), Order(), limit=9).rows
    assert dossier.withdrawn_reason == "entered twice"
    assert [row.report_id for row in rows] == [1]
    assert counted(vault, Facet.STATUS) == {"new": 1, "withdrawn": 1}


def test_a_newer_revision_ends_a_withdrawal_and_an_old_withdrawal_does_not_return(
    vault: Vault,
) -> None:
    apply(vault, new(a_report(1)), withdrawn(1))
    apply(vault, corrected(a_report(1, revision=2)))

    apply(vault, withdrawn(1))

    assert status(vault, 1) is ReportStatus.CORRECTED


def test_a_withdrawal_that_comes_first_waits_for_its_report(vault: Vault) -> None:
    apply(vault, withdrawn(1, hours=48))

    apply(vault, new(a_report(1)))

    assert status(vault, 1) is ReportStatus.WITHDRAWN
    assert counted(vault, Facet.STATUS) == {"withdrawn": 1}


def a_history() -> tuple[Change, ...]:
    """Thirty reports, some corrected, moved in time, withdrawn and returned."""
    item = an_item(900, media=(a_notice(70), a_notice(71)))
    moved = replace(a_report(3), revision=2, received_at=SPRING + timedelta(days=9))
    return (
        *(new(a_report(number)) for number in range(1, 31)),
        new(a_report(40, contents=(item,))),
        corrected(a_report(4, revision=2, contents=(an_item(901, media=(a_notice(72),)),))),
        corrected(a_report(4, revision=3, memo="third")),
        corrected(moved),
        withdrawn(5),
        withdrawn(6),
        corrected(a_report(6, revision=2)),
        UnknownChange("merged", b'{"kind":"merged","into":4}'),
        withdrawn(99),
    )


def test_replays_of_a_whole_history_change_nothing(vault: Vault) -> None:
    apply(vault, *a_history())
    before, status_counts = digest(vault), counted(vault, Facet.STATUS)

    for change in a_history():
        assert apply(vault, change) == Applied(0, 0, 0, 0)

    assert digest(vault) == before
    assert counted(vault, Facet.STATUS) == status_counts


@pytest.mark.parametrize("size", [1, 3, 17])
def test_how_a_history_is_cut_into_batches_makes_no_difference(
    vault: Vault, size: int, tmp_path: Path, newborn: Path
) -> None:
    history = a_history()
    apply(vault, *history)
    with reopened(Path(shutil.copytree(newborn, tmp_path / "other"))) as other:
        for start in range(0, len(history), size):
            apply(other, *history[start : start + size])

        assert digest(other) == digest(vault)
        assert counted(other, Facet.HOTLINE) == counted(vault, Facet.HOTLINE)


def test_a_kind_of_change_that_is_not_known_is_kept_to_the_byte(vault: Vault) -> None:
    document = b'{"kind":"merged","into":4}'

    apply(vault, UnknownChange("merged", document), UnknownChange("merged", document))

    with vault.reader() as reader:
        kept = reader.connection.execute("SELECT kind, document FROM unknown_change").fetchall()
    assert kept == [("merged", document)]


def stream(vault: Vault) -> StreamState:
    with vault.reader() as reader:
        return replica.stream(reader)


def test_the_stream_moves_only_to_the_batch_that_follows_where_it_stood(vault: Vault) -> None:
    first = a_batch(following="c1")
    second = a_batch(cursor="c1", following="c2", after=first)
    third = a_batch(cursor="c2", following="c3", after=second)

    assert stream(vault) == StreamState()
    apply_batch(vault, first)
    assert stream(vault).position == first.position
    apply_batch(vault, third)
    assert stream(vault).position == first.position
    apply_batch(vault, second)
    apply_batch(vault, second)
    apply_batch(vault, first)
    assert stream(vault).position == second.position
    of_another_chain = replace(third, previous="0" * 64)
    apply_batch(vault, of_another_chain)
    assert stream(vault).position == second.position


def test_the_stream_knows_when_it_was_issued_and_whether_older_reports_are_to_come(
    vault: Vault,
) -> None:
    first = replace(a_batch(), is_snapshot=True)
    apply_batch(vault, first)
    assert stream(vault) == StreamState(first.position, first.issued_at, None, is_snapshot=True)
    later = replace(a_batch(cursor="c1", following="c2", after=first), issued_at=SPRING)
    apply_batch(vault, later)
    assert stream(vault) == StreamState(later.position, SPRING, None, is_snapshot=False)


def test_the_word_that_nothing_waits_says_how_fresh_the_vault_is_and_moves_nothing(
    vault: Vault,
) -> None:
    first = replace(a_batch(), is_snapshot=True)
    apply_batch(vault, first)
    standing = Standing(
        first.portal, first.station, first.nature, SPRING, first.sequence, first.digest
    )
    hear(vault, standing)
    assert stream(vault) == StreamState(first.position, SPRING, SPRING, is_snapshot=False)


def test_who_begins_anew_is_told_everything_again_and_nothing_changes(vault: Vault) -> None:
    first = a_batch(new(a_report(1)), withdrawn(2), hotlines=[a_hotline()])
    apply_batch(vault, first)
    before = digest(vault)
    with vault.transaction() as tx:
        replica.begin_anew(tx)
        tx.record(an_entry())
    assert stream(vault).position == START
    told_again = apply_batch(vault, first)
    assert told_again == Applied(0, 0, 0, 0)
    assert stream(vault).position == first.position
    assert digest(vault) == before


def hear(vault: Vault, standing: Standing) -> None:
    with vault.transaction() as tx:
        replica.hear_standing(tx, standing)
        tx.record(an_entry())


def test_nothing_of_a_batch_is_kept_if_its_transaction_fails(vault: Vault) -> None:
    class PowerCut(Exception):
        pass

    with pytest.raises(PowerCut), vault.transaction() as tx:
        replica.apply(tx, a_batch(new(a_report(1))))
        raise PowerCut

    with vault.reader() as reader:
        assert reports.count(reader, Query()) == 0
        assert replica.stream(reader) == StreamState()
        with pytest.raises(UnknownReference):
            reports.dossier(reader, ReportId(1))


def test_thousands_of_reports_of_one_second_keep_their_places(vault: Vault) -> None:
    # Numbers that fall into the same place of the second, as hotlines with dates alone make them.
    numbers = [1 + step * 16384 for step in range(40)]
    crowd = [a_report(number, received_at=SPRING) for number in numbers]
    apply(vault, *(new(report) for report in crowd[:20]))
    apply(vault, *(new(report) for report in crowd[10:]))

    with vault.reader() as reader:
        assert sorted(reports.matching(reader, Query(), limit=100)) == numbers


def test_a_hotline_is_listed_with_how_many_of_its_reports_are_here(vault: Vault) -> None:
    other = a_hotline(13, "Another Hotline", "DE")
    apply(vault, new(a_report(1)), new(a_report(2)), hotlines=[a_hotline(), other])

    with vault.reader() as reader:
        listed = hotlines.listing(reader)

    assert [(row.hotline.name, row.reports) for row in listed] == [
        ("Another Hotline", 0),
        ("Hotline Example NL", 2),
    ]
    assert listed[1].last_received == SPRING + timedelta(minutes=2)
    assert listed[1].hotline.hotline_id == HotlineId(12)


def test_reports_that_share_a_file_are_duplicates_until_one_is_corrected(vault: Vault) -> None:
    first = a_report(1, contents=(an_item(10, media=(a_notice(1, b"same"),)),))
    second = a_report(2, contents=(an_item(20, media=(a_notice(2, b"same"),)),))
    duplicates = Query((IsState(Is.DUPLICATE),))
    apply(vault, new(first), new(a_report(3)))
    with vault.reader() as reader:
        assert reports.count(reader, duplicates) == 0

    apply(vault, new(second))
    with vault.reader() as reader:
        assert sorted(reports.matching(reader, duplicates, limit=9)) == [1, 2]

    apply(vault, corrected(replace(second, revision=2, contents=(an_item(20),))))
    with vault.reader() as reader:
        assert reports.count(reader, duplicates) == 0


def test_a_file_that_is_held_is_not_replaced_by_a_new_announcement(vault: Vault) -> None:
    hold_media(vault, 5, b"the bytes that are here")
    item = an_item(10, media=(a_notice(5, b"other bytes"),))

    apply(vault, new(a_report(1, contents=(item,))))

    with vault.reader() as reader:
        held = media_items.item(reader, MediaId(5))
    assert held.digests is not None
    assert held.announced_sha256 == held.digests.sha256


def test_when_the_portal_was_last_heard_is_told_with_the_road(vault: Vault) -> None:
    with vault.reader() as reader:
        assert replica.last_exchange(reader) is None
    with vault.transaction() as tx:
        replica.mark_exchange(tx, "https")
        tx.record(an_entry("exchange"))
        moment = tx.now
    with vault.reader() as reader:
        assert replica.last_exchange(reader) == replica.LastExchange(moment, "https")


def test_applying_asks_no_more_statements_for_more_reports(vault: Vault) -> None:
    def statements(*changes: Change) -> int:
        asked: list[str] = []
        with vault.transaction() as tx:
            connection = tx.connection
            connection.set_trace_callback(  # type: ignore[attr-defined]
                lambda text: asked.append(text) if text.startswith("SELECT") else None
            )
            replica.apply(tx, a_batch(*changes))
            connection.set_trace_callback(None)  # type: ignore[attr-defined]
        return len([text for text in asked if "%_" not in text])

    few = statements(*(new(a_report(number)) for number in range(1, 11)))
    many = statements(*(new(a_report(number)) for number in range(101, 401)))

    assert many <= few


def test_a_report_without_any_content_item_is_kept_and_listed(vault: Vault) -> None:
    apply(vault, new(a_report(1, contents=(), hotline_reference=None, site_type=None)))

    with vault.reader() as reader:
        (row,) = reports.page(reader, Query(), Order(), limit=9).rows
        assert reports.count(reader, Query((FieldIs(Field.SITE, ("2",)),))) == 0
    assert (row.url, row.domain, row.hosting_country, row.classification) == ("", "", None, 0)
