"""A colleague's package is taken in whole or not at all, and stays known as theirs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.crypto.recipients import Recipient, generate_identity
from cport_desktop.crypto.signing import FileKeySigner
from cport_desktop.domain.agreement import PackageMedia
from cport_desktop.domain.hold import HeldItem, HeldKind
from cport_desktop.domain.ids import MediaId, ReportId, media_reference, report_reference
from cport_desktop.domain.imported import NOT_IN_PACKAGE, ItemStanding
from cport_desktop.domain.media_item import MediaState
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.package import Given
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.rows import Order
from cport_desktop.errors import (
    Cancelled,
    CaseUnfit,
    ItemHeld,
    NatureRefused,
    PackageMalformed,
    PackageUnproven,
)
from cport_desktop.formats.redacted_document import document_redacted
from cport_desktop.usecases import compose_package, erase, hold_items, open_case
from cport_desktop.usecases.import_package import (
    Parcel,
    import_package,
    list_imports,
    origins_of,
    preview_import,
)
from cport_desktop.usecases.search_reports import search_reports
from cport_desktop.usecases.who_has import who_has
from cport_desktop.vault import bond, media_items, replica, reports
from cport_desktop.vault.vault import Vault
from tests.builders import reopened
from tests.exports.synthetic import NOW, QuickDocuments, Sealed, authority, signer_of
from tests.report_builders import a_batch, corrected, new, withdrawn
from tests.usecases.colleague import (
    FIRST,
    NUMBERS,
    a_looker,
    a_package,
    a_picture,
    in_revision,
    of_colleague,
    parcel_of,
    report_of,
)
from tests.usecases.conftest import Bench, MakeBench


def found(bench: Bench, text: str) -> set[ReportId]:
    page = search_reports(
        bench.vault,
        text,
        Order(),
        limit=100,
        after=None,
        taxonomy=bench.taxonomy,
        now=bench.clock.now(),
    )
    return {row.report_id for row in page.rows}


def take_in(bench: Bench, made, *, case: int | None = None):
    imported, _ = import_package(bench.vault, parcel_of(made, case=case), a_looker(bench.sandbox))
    return imported


def files_of(vault: Vault) -> set[str]:
    """Names of all sealed files, staged ones among them."""
    folders = (vault.layout.blobs, vault.layout.staging)
    return {path.name for folder in folders for path in folder.rglob("*") if path.is_file()}


def rows(vault: Vault, query: str) -> list[tuple[object, ...]]:
    with vault.reader() as reader:
        return reader.connection.execute(query).fetchall()


def test_reports_of_a_colleague_are_found_in_search_and_case_and_are_marked_as_theirs(
    bench: Bench, tmp_path: Path
) -> None:
    made = a_package(tmp_path)
    case, _ = open_case.open_case(bench.vault, title="From a colleague")

    imported = take_in(bench, made, case=case.number)

    assert (imported.items, imported.media, imported.case) == (3, 3, case.reference)
    assert found(bench, "is:imported") == set(NUMBERS)
    assert found(bench, f"case:{case.reference}") == set(NUMBERS)
    assert found(bench, f"ref:HL-{FIRST}") == {NUMBERS[0]}
    with bench.vault.reader() as reader:
        dossier = reports.dossier(reader, NUMBERS[0])
        (item,) = dossier.media
        content = b"".join(bench.vault.blobs.read(reader, item.media_id))
    assert dossier.document == of_colleague(1)[0][0].document
    assert (item.state, content) == (MediaState.HELD, a_picture(FIRST))
    assert bench.vault.derivatives.lacking([item.announced_sha256]) == frozenset()


def test_who_signed_and_what_the_sender_said_of_each_report_is_kept(
    bench: Bench, tmp_path: Path
) -> None:
    made = a_package(tmp_path)
    take_in(bench, made)

    (origin,) = origins_of(bench.vault, NUMBERS[0])
    assert not origin.is_told
    assert origin.package.sha256 == made[1].composed.sha256
    assert (origin.package.signer, origin.package.agreement) == ("Test Agency", "AGR-1")
    assert (origin.package.log_head, origin.package.log_size) == ("ab" * 32, 42)
    said = json.loads(origin.custody or b"")
    assert [act["kind"] for act in said["local"]["operations"]] == ["assessment", "feedback"]
    assert [record.items for record in list_imports(bench.vault)] == [3]
    entries = rows(bench.vault, "SELECT object_kind, action FROM audit_entry WHERE verb = 'import'")
    assert sorted(entries) == [("package", "collection"), *[("report", "collection")] * 3]


def test_whoever_handed_an_item_over_is_told_to_have_it(bench: Bench, tmp_path: Path) -> None:
    made = a_package(tmp_path)
    take_in(bench, made)
    with bench.vault.reader() as reader:
        (item,) = reports.dossier(reader, NUMBERS[0]).media

    for asked in (
        report_reference(NUMBERS[0]),
        media_reference(item.media_id),
        item.announced_sha256,
    ):
        assert who_has(bench.vault, asked).senders == list_imports(bench.vault)
    assert who_has(bench.vault, "f" * 64).senders == ()


def test_a_preview_tells_all_and_changes_nothing(bench: Bench, tmp_path: Path) -> None:
    made = a_package(tmp_path, without=[FIRST])
    before = rows(bench.vault, "SELECT count(*) FROM audit_entry")

    preview = preview_import(bench.vault, parcel_of(made), a_looker(bench.sandbox))

    assert preview.verification.is_verified
    assert preview.facts.agency == "Test Agency"
    assert preview.count(ItemStanding.NEW) == 3
    assert (preview.media.new, preview.media.absent, preview.imported_at) == (2, 1, None)
    assert rows(bench.vault, "SELECT count(*) FROM audit_entry") == before
    assert found(bench, "is:imported") == set()


def test_taking_it_in_again_changes_nothing(bench: Bench, tmp_path: Path) -> None:
    made = a_package(tmp_path)
    take_in(bench, made)
    before = files_of(bench.vault)

    again = take_in(bench, made)

    assert (again.items, again.media) == (0, 0)
    assert {line.standing for line in again.reports} == {ItemStanding.SAME}
    assert files_of(bench.vault) == before
    assert [record.items for record in list_imports(bench.vault)] == [3]
    assert all(origin.custody for origin in origins_of(bench.vault, NUMBERS[0]))


def test_a_case_gets_what_was_here_in_the_same_revision_as_well(
    bench: Bench, tmp_path: Path
) -> None:
    made = a_package(tmp_path)
    take_in(bench, made)
    case, _ = open_case.open_case(bench.vault, title="Later")

    again = take_in(bench, made, case=case.number)

    assert len(again.in_case) == 3
    assert found(bench, f"case:{case.reference}") == set(NUMBERS)


def test_what_is_here_in_another_revision_stays_and_is_shown(bench: Bench, tmp_path: Path) -> None:
    told = of_colleague()
    here = in_revision(told[0][0], 4).report
    with bench.vault.transaction() as tx:
        replica.apply(tx, a_batch(new(here)))

    imported = take_in(bench, a_package(tmp_path, told))

    first = imported.reports[0]
    assert (first.standing, first.revision, first.revision_here) == (ItemStanding.OTHER, 1, 4)
    assert imported.items == 2
    assert found(bench, "is:imported") == set(NUMBERS[1:])
    with bench.vault.reader() as reader:
        assert reports.dossier(reader, NUMBERS[0]).report.revision == 4


def test_a_media_number_that_has_other_bytes_here_keeps_its_report_out(
    bench: Bench, tmp_path: Path
) -> None:
    told = of_colleague()
    other = replace(
        told[0][0].report,
        report_id=ReportId(5),
        contents=tuple(
            replace(one, media=tuple(replace(n, sha256="0" * 64) for n in one.media))
            for one in told[0][0].report.contents
        ),
    )
    with bench.vault.transaction() as tx:
        replica.apply(tx, a_batch(new(other)))

    imported = take_in(bench, a_package(tmp_path, told))

    assert imported.reports[0].standing is ItemStanding.CLASH
    assert found(bench, "is:imported") == set(NUMBERS[1:])
    with bench.vault.reader() as reader:
        assert media_items.item(reader, MediaId(FIRST * 10)).announced_sha256 == "0" * 64


def test_what_was_erased_here_does_not_come_back_and_erasing_takes_all_that_came(
    bench: Bench, tmp_path: Path
) -> None:
    made = a_package(tmp_path)
    take_in(bench, made)
    erase.erase(bench.vault, erase.Order(NUMBERS[:1], erase.by_order("ordered (synthetic)"), 1))

    (origin,) = origins_of(bench.vault, NUMBERS[0])
    assert origin.custody is None
    assert rows(bench.vault, f"SELECT 1 FROM media_item WHERE media_id = {FIRST * 10}") == []
    assert len(files_of(bench.vault)) == 2
    again = take_in(bench, made)
    assert again.reports[0].standing is ItemStanding.ERASED
    assert again.items == 0
    assert found(bench, "is:imported") == set(NUMBERS[1:])


def test_a_hold_is_stronger_than_an_erasure_of_what_was_imported(
    bench: Bench, tmp_path: Path
) -> None:
    take_in(bench, a_package(tmp_path))
    hold_items.place_hold(
        bench.vault, HeldItem(HeldKind.REPORT, NUMBERS[0]), reason="trial (synthetic)"
    )

    with pytest.raises(ItemHeld):
        erase.erase(bench.vault, erase.Order(NUMBERS[:1], erase.by_order("ordered"), 1))
    assert found(bench, "is:held") == {NUMBERS[0]}


def test_the_portals_own_word_takes_the_place_of_what_was_imported(
    bench: Bench, tmp_path: Path
) -> None:
    take_in(bench, a_package(tmp_path, without=[FIRST]))
    with bench.vault.reader() as reader:
        item = media_items.item(reader, MediaId(FIRST * 10))
    assert (item.state, item.refusal) == (MediaState.REFUSED, NOT_IN_PACKAGE)

    with bench.vault.transaction() as tx:
        replica.apply(tx, a_batch(corrected(replace(report_of(), memo="in the portal's words"))))

    assert found(bench, "is:imported") == set(NUMBERS[1:])
    with bench.vault.reader() as reader:
        assert reports.dossier(reader, NUMBERS[0]).report.memo == "in the portal's words"
        assert media_items.item(reader, MediaId(FIRST * 10)).state is MediaState.WANTED
    (origin,) = origins_of(bench.vault, NUMBERS[0])
    assert origin.is_told


def test_a_withdrawal_by_the_portal_counts_for_what_was_imported(
    bench: Bench, tmp_path: Path
) -> None:
    take_in(bench, a_package(tmp_path))
    with bench.vault.transaction() as tx:
        replica.apply(tx, a_batch(withdrawn(FIRST, hours=24 * 365)))

    assert found(bench, "is:imported is:withdrawn") == {NUMBERS[0]}


def unproven(tmp_path: Path) -> Iterator[tuple[str, tuple[Path, Sealed]]]:
    made = a_package(tmp_path)
    path, package = made
    yield "authority", (path, replace(package, authority=authority("Somebody else")))
    yield "opening", (path, replace(package, identity=generate_identity()))
    altered = bytearray(package.blob)
    altered[-1000] ^= 1
    other = tmp_path / "altered.age"
    other.write_bytes(altered)
    yield "opening", (other, package)
    trusted = authority()
    expired = signer_of(trusted, at=NOW, valid_until=NOW - timedelta(days=1))
    (folder := tmp_path / "expired").mkdir()
    yield "authority", a_package(folder, issuer=trusted, signer=expired)


def test_a_package_that_a_step_of_its_verification_does_not_pass_changes_nothing(
    bench: Bench, tmp_path: Path
) -> None:
    for step, made in unproven(tmp_path):
        with pytest.raises(PackageUnproven) as refusal:
            take_in(bench, made)
        assert refusal.value.exit_status == 6
        assert refusal.value.facts["step"] == step
    assert rows(bench.vault, "SELECT 1 FROM imported_package") == []
    assert files_of(bench.vault) == set()


def test_a_file_that_is_no_package_is_refused(bench: Bench, tmp_path: Path) -> None:
    made = a_package(tmp_path)
    made[0].write_bytes(b"no package at all")

    with pytest.raises(PackageMalformed):
        take_in(bench, made)


def test_demo_and_live_never_meet(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(NatureRefused):
        take_in(bench, a_package(tmp_path, nature=Nature.LIVE))
    assert rows(bench.vault, "SELECT 1 FROM imported_package") == []


def test_a_closed_case_takes_nothing(bench: Bench, tmp_path: Path) -> None:
    case, _ = open_case.open_case(bench.vault, title="Over")
    open_case.close_case(bench.vault, case.number, reason="settled (synthetic)")

    with pytest.raises(CaseUnfit):
        take_in(bench, a_package(tmp_path), case=case.number)
    assert rows(bench.vault, "SELECT 1 FROM imported_package") == []


class _AfterAWhile:
    """Is asked again and again, and says yes from the `last` time on."""

    def __init__(self, last: int) -> None:
        self.asked = 0
        self._last = last

    def __call__(self) -> bool:
        self.asked += 1
        return self.asked >= self._last


def test_stopping_it_anywhere_leaves_nothing(bench: Bench, tmp_path: Path) -> None:
    made = a_package(tmp_path)
    count = _AfterAWhile(1_000_000)
    preview_import(bench.vault, parcel_of(made), a_looker(bench.sandbox, count))

    for last in (1, count.asked, count.asked + 1, count.asked + 3):
        with pytest.raises(Cancelled):
            import_package(
                bench.vault, parcel_of(made), a_looker(bench.sandbox, _AfterAWhile(last))
            )
        assert found(bench, "is:imported") == set()
        assert files_of(bench.vault) == set()
        assert rows(bench.vault, "SELECT 1 FROM blob") == []


class _Killed(BaseException):
    """What a process that is killed does not get to handle."""


def test_a_process_killed_before_the_end_leaves_nothing(bench: Bench, tmp_path: Path) -> None:
    made = a_package(tmp_path)

    def die(progress) -> None:
        if progress.done == 3:
            raise _Killed

    with pytest.raises(_Killed):
        import_package(bench.vault, parcel_of(made), replace(a_looker(bench.sandbox), announce=die))
    assert files_of(bench.vault) != set()

    bench.vault.close()
    with reopened(bench.vault.directory, clock=bench.clock) as vault:
        assert files_of(vault) == set()
        assert rows(vault, "SELECT 1 FROM blob") == []
        assert rows(vault, "SELECT 1 FROM imported_package") == []


def test_a_file_that_changes_while_it_is_read_is_not_taken_in(bench: Bench, tmp_path: Path) -> None:
    (other_folder := tmp_path / "other").mkdir()
    made = a_package(tmp_path)
    other = a_package(other_folder, of_colleague(2))
    parcel = replace(parcel_of(made), identities=[made[1].identity, other[1].identity])
    count = _AfterAWhile(1_000_000)
    preview_import(bench.vault, parcel, a_looker(bench.sandbox, count))
    reads = iter(range(1_000))

    def swap() -> bool:
        if next(reads) == count.asked:
            made[0].write_bytes(other[1].blob)
        return False

    with pytest.raises(PackageMalformed):
        import_package(bench.vault, parcel, a_looker(bench.sandbox, swap))
    assert found(bench, "is:imported") == set()
    assert files_of(bench.vault) == set()


def test_the_custody_that_a_package_carries_is_kept_by_item(
    make_bench: MakeBench, tmp_path: Path
) -> None:
    theirs, ours = make_bench("theirs"), make_bench("ours")
    theirs.sync(metadata_only=True)
    identity = generate_identity()
    path = tmp_path / "whole.age"
    signer = compose_package.own_signer(
        theirs.vault, lambda key, cert: FileKeySigner(key, cert, clock=theirs.clock)
    )
    order = compose_package.Order(
        choice="",
        title="Synthetic series",
        recipients=[Recipient("colleague", identity.public)],
        signer=signer,
        path=path,
        given=Given(media=PackageMedia.NONE),
    )
    compose_package.compose_package(
        theirs.vault,
        order,
        documents=QuickDocuments(resources=Path()),
        taxonomy=theirs.taxonomy,
        announce=silent,
        is_cancelled=never,
    )
    with theirs.vault.reader() as reader:
        enrolment = bond.load(reader)
    assert enrolment is not None
    anchor = enrolment.answer.signing_authority
    imported, _ = import_package(
        ours.vault, Parcel(path, [identity], anchor), a_looker(ours.sandbox)
    )

    assert imported.items > 0
    first = imported.reports[0].report_id
    (origin,) = origins_of(ours.vault, first)
    custody = json.loads(origin.custody or b"")["custody"]
    assert custody["item"]["item"] == f"HL-{first}"
    told = [json.loads(entry["canonical"]) for entry in custody["entries"]]
    assert {entry["action"] for entry in told} >= {"collection", "disclosure"}
    assert custody["log"]["size"] == imported.facts.log_size
    assert all(entry["proof"] for entry in custody["entries"])


def test_a_report_of_which_a_picture_was_redacted_comes_without_it(
    bench: Bench, tmp_path: Path
) -> None:
    told = of_colleague(1)
    report, picture = told[0]
    redacted = document_redacted(report.document, [report.media[0].media_id])
    made = a_package(tmp_path, [(replace(report, document=redacted), picture)], without=[FIRST])

    imported = take_in(bench, made)

    assert (imported.items, imported.media) == (1, 0)
    assert rows(bench.vault, f"SELECT 1 FROM media_item WHERE media_id = {FIRST * 10}") == []
    with bench.vault.reader() as reader:
        kept = reports.dossier(reader, NUMBERS[0])
    assert kept.media == ()
    assert kept.report.memo == report.report.memo
