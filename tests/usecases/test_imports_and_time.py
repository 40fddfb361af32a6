"""What a colleague handed over is read years after it was signed, and is not kept for longer than our own."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.crypto.stamping import stamp_over
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.package import Verdict
from cport_desktop.domain.retention import Standing
from cport_desktop.domain.rows import Order
from cport_desktop.errors import PackageUnproven
from cport_desktop.usecases.apply_retention import plan_retention, run_retention, standing_of
from cport_desktop.usecases.import_package import (
    Parcel,
    import_package,
    list_imports,
    origins_of,
    preview_import,
)
from cport_desktop.usecases.search_reports import search_reports
from tests.exports.synthetic import NOW, authority, signer_of
from tests.stamping import stamp_authority
from tests.usecases.colleague import NUMBERS, a_looker, a_package, parcel_of
from tests.usecases.conftest import Bench


def advance_to(bench: Bench, days: int) -> None:
    """The bench's clock stands so many days after the colleague signed."""
    bench.clock.advance(NOW + timedelta(days=days) - bench.clock.now())


def expired_package(folder: Path) -> tuple[Parcel, Parcel]:
    """Signed with a certificate that ended a day later: as it is, and for a reader who relies on the
    office of time stamps as well.
    """
    issuer = authority()
    made = a_package(folder, issuer=issuer, signer=signer_of(issuer, valid_until=NOW + DAY))
    parcel = parcel_of(made)
    office = stamp_authority(NOW + timedelta(hours=1))
    token = stamp_over(hashlib.sha256(made[1].blob).digest(), office.ask).token
    (folder / "stamp").write_bytes(token)
    return parcel, replace(parcel, trust=parcel.trust + office.root.pem)


DAY = timedelta(days=1)


def test_a_package_whose_certificate_has_expired_comes_in_if_a_stamp_proves_it(
    bench: Bench, tmp_path: Path
) -> None:
    parcel, relying = expired_package(tmp_path)
    advance_to(bench, 200)
    looker = a_looker(bench.sandbox)
    for unproven in (parcel, relying):
        with pytest.raises(PackageUnproven) as refusal:
            import_package(bench.vault, unproven, looker)
        assert refusal.value.facts["step"] == "validity"
    assert list_imports(bench.vault) == ()

    (tmp_path / "stamp").rename(parcel.path.with_name(parcel.path.name + ".tst"))

    with pytest.raises(PackageUnproven):  # nobody said that this office is relied on
        import_package(bench.vault, parcel, looker)
    preview = preview_import(bench.vault, relying, looker)
    assert preview.verification.verdict is Verdict.EXPIRED_PROVEN
    imported, _ = import_package(bench.vault, relying, looker)
    assert imported.items == 3
    assert [origin.package for origin in origins_of(bench.vault, NUMBERS[0])]


def test_a_stamp_over_another_file_brings_nothing_in(bench: Bench, tmp_path: Path) -> None:
    _, relying = expired_package(tmp_path)
    other = stamp_over(bytes(32), stamp_authority(NOW).ask).token
    relying.path.with_name(relying.path.name + ".tst").write_bytes(other)
    with pytest.raises(PackageUnproven):
        import_package(bench.vault, relying, a_looker(bench.sandbox))


def here(bench: Bench) -> set[ReportId]:
    page = search_reports(
        bench.vault,
        "is:imported",
        Order(),
        limit=100,
        after=None,
        taxonomy=bench.taxonomy,
        now=bench.clock.now(),
    )
    return {row.report_id for row in page.rows}


def log_of(bench: Bench, reference: str) -> list[tuple[str, str]]:
    query = "SELECT action, verb FROM audit_entry WHERE object_reference = ? ORDER BY sequence"
    with bench.vault.reader() as reader:
        return reader.connection.execute(query, (reference,)).fetchall()


def test_what_was_imported_falls_under_the_periods_of_our_agreement(
    bench: Bench, tmp_path: Path
) -> None:
    """The report, its file and what the sender said of it go; that it came, and went, stays on record."""
    import_package(bench.vault, parcel_of(a_package(tmp_path)), a_looker(bench.sandbox))
    verdict = standing_of(bench.vault, NUMBERS[0], now=bench.clock.now())
    assert verdict is not None
    assert verdict.standing is Standing.LATER
    assert verdict.ends_at is not None
    over = verdict.ends_at + DAY
    due = plan_retention(bench.vault, now=over).due
    assert {each.report_id for each in due} == set(NUMBERS) == here(bench)

    run_retention(bench.vault, count=len(due), now=over, date_read=over.date())

    assert here(bench) == set()
    with bench.vault.reader() as reader:
        kept = "SELECT count(*) FROM imported_item WHERE custody IS NOT NULL"
        assert reader.connection.execute(kept).fetchone() == (0,)
    (record,) = list_imports(bench.vault)
    assert record.title == "Synthetic series"
    reference = report_reference(NUMBERS[0])
    assert ("collection", "import") in log_of(bench, reference)
    assert any(action == "erasure" for action, _ in log_of(bench, reference))
