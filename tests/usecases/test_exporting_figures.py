"""Figures leave on record, by the agreement, whole or not at all."""

from __future__ import annotations

import csv
import io
import resource
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.about import of_domain
from cport_desktop.domain.disclosure import DisclosureRecord, Outcome
from cport_desktop.domain.figure import FigureKind, FigureQuestion
from cport_desktop.domain.figure_file import (
    CaseLinksWanted,
    CaseTimeWanted,
    FigureFormat,
    WrittenFigure,
)
from cport_desktop.domain.ids import HotlineId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    AgreementForbids,
    CportError,
    NotEnrolled,
    OutputExists,
    OutputUnwritable,
    PurposeMissing,
    QueryError,
    RoleMissing,
    StorageFull,
    UnknownReference,
)
from cport_desktop.exports import figure_files
from cport_desktop.exports.figure_drawing import Names, Shown
from cport_desktop.usecases import open_case
from cport_desktop.usecases.export_figure import FigureOrder, Render, export_figure
from cport_desktop.usecases.figures import Counting
from cport_desktop.usecases.gather_case import add_to_case
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import EVERYTHING, a_limit, an_agreement
from tests.builders import NOON, a_vault
from tests.report_builders import a_hotline, a_report, an_item, new, the_taxonomy, told
from tests.usecases.agreeing import bind
from tests.usecases.test_exporting_tables import register, trail
from tests.usecases.test_reading_audit import without
from tests.vault.erasing import apply
from tests.work_builders import report

COUNTING = Counting(the_taxonomy(), NOON)
_FULL_AT = 32 << 20
COUNTRIES = FigureQuestion(FigureKind.COUNTRY)


@pytest.fixture
def unbound(tmp_path: Path) -> Iterator[Vault]:
    """Two reports of one host, and one of its own, all in a case."""
    with a_vault(tmp_path / "vault", clock=SteppingClock(NOON)) as opened:
        shared = "https://a.one.example/"
        apply(
            opened,
            told(a_hotline(12, "Hotline =Example", "BE")),
            new(a_report(1, contents=(an_item(10, shared),), referrer="https://x.example/")),
            new(a_report(2, contents=(an_item(20, shared),), referrer="https://x.example/")),
            new(a_report(3)),
        )
        open_case.open_case(opened, title="Harbour")
        add_to_case(opened, 1, [report(number) for number in (1, 2, 3)])
        yield opened


@pytest.fixture
def vault(unbound: Vault) -> Vault:
    bind(unbound)
    return unbound


def render(form: FigureFormat) -> Render:
    names = Names(the_taxonomy(), {HotlineId(12): "Hotline =Example"}, is_file=True)

    def rendered(shown: Shown) -> bytes:
        leaving = figure_files.Leaving(shown, names, is_synthetic=True)
        if form is FigureFormat.CSV:
            return figure_files.csv(leaving, NOON)
        return figure_files.svg(leaving, figure_files.guessed)

    return rendered


def export(vault: Vault, order: FigureOrder) -> WrittenFigure:
    return export_figure(vault, order, render(order.format), COUNTING)


def order(path: Path, **more: object) -> FigureOrder:
    plain = FigureOrder(COUNTRIES, FigureFormat.CSV, path / "figure")
    return replace(plain, **more)  # type: ignore[arg-type]


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))


def items(record: DisclosureRecord) -> set[tuple[str, str]]:
    return {(item.kind, item.reference) for item in record.items}


def test_a_table_of_counts_leaves_and_names_no_report(vault: Vault, tmp_path: Path) -> None:
    written = export(vault, order(tmp_path, recipient="Court", reason="file 17"))

    (row,) = rows(tmp_path / "figure")
    assert (row["id"], row["reports"], row["nature"]) == ("NL", "3", "SYNTHETIC")
    (record,) = register(vault)
    assert record.entered.outcome is Outcome.LEFT
    assert record.entered.title == "Reports by hosting country in figure"
    assert [one.name for one in record.entered.recipients] == ["Court"]
    assert (record.entered.reason, items(record)) == ("file 17", set())
    assert written.size == (tmp_path / "figure").stat().st_size
    assert trail(vault) == ["export_figure", "figure_written"]
    assert (tmp_path / "figure").stat().st_mode & 0o777 == 0o600


def test_no_name_begins_a_formula(vault: Vault, tmp_path: Path) -> None:
    apply(vault, told(a_hotline(12, "=1+1", "BE")))
    wanted = order(tmp_path, wanted=FigureQuestion(FigureKind.HOTLINE))
    names = Names(the_taxonomy(), {HotlineId(12): "=1+1"}, is_file=True)

    export_figure(
        vault,
        wanted,
        lambda shown: figure_files.csv(figure_files.Leaving(shown, names, is_synthetic=True), NOON),
        COUNTING,
    )

    assert rows(tmp_path / "figure")[0]["name"] == "'=1+1"


@pytest.mark.parametrize("wanted", [COUNTRIES, CaseTimeWanted(1), CaseLinksWanted(1)])
def test_a_picture_leaves_as_svg_that_names_nothing_outside(
    vault: Vault, tmp_path: Path, wanted: object
) -> None:
    export(vault, order(tmp_path, wanted=wanted, format=FigureFormat.SVG))

    text = (tmp_path / "figure").read_text()
    tree = ET.fromstring(text)
    tags = {each.tag.partition("}")[2] for each in tree.iter()}
    assert tags <= {
        *("svg", "title", "desc", "g", "rect", "polyline", "polygon", "circle", "text"),
    }
    assert "href" not in text
    assert "SYNTHETIC" in text


def test_a_case_in_time_names_its_reports_in_the_register(vault: Vault, tmp_path: Path) -> None:
    export(vault, order(tmp_path, wanted=CaseTimeWanted(1)))

    (record,) = register(vault)
    assert items(record) == {("case", "C-1"), *(("report", f"HL-{n}") for n in (1, 2, 3))}
    assert {row["what"] for row in rows(tmp_path / "figure")} >= {"opened", "received"}


def test_a_domain_that_was_put_into_the_case_leaves_defanged(vault: Vault, tmp_path: Path) -> None:
    add_to_case(vault, 1, [of_domain("files.one.example")])

    export(vault, order(tmp_path, wanted=CaseTimeWanted(1)))

    told_of = {row["about"] for row in rows(tmp_path / "figure")}
    assert "files[.]one[.]example" in told_of
    assert "files.one.example" not in told_of


def test_links_leave_defanged_with_the_reports_that_are_linked(
    vault: Vault, tmp_path: Path
) -> None:
    export(vault, order(tmp_path, wanted=CaseLinksWanted(1)))

    told_of = {row["kind"]: row for row in rows(tmp_path / "figure")}
    assert told_of["host"]["name"] == "a[.]one[.]example"
    assert told_of["host"]["reports"] == "HL-2; HL-1"
    (record,) = register(vault)
    assert items(record) == {("case", "C-1"), ("report", "HL-1"), ("report", "HL-2")}


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        (("sourceUrlSiteType",), FigureQuestion(FigureKind.SITE)),
        (("sourceUrlSiteType",), FigureQuestion(asked="site:website")),
    ],
)
def test_what_is_withheld_from_tables_is_refused(
    unbound: Vault, tmp_path: Path, fields: tuple[str, ...], wanted: object
) -> None:
    limit = a_limit("4.5", functions=("table.export",), fields=fields)
    bind(unbound, an_agreement(EVERYTHING, limit))

    with pytest.raises(AgreementForbids):
        export(unbound, order(tmp_path, wanted=wanted))
    assert (left(tmp_path), register(unbound)) == ([], [])


def test_links_that_rest_on_what_is_withheld_from_tables_stay_here(
    unbound: Vault, tmp_path: Path
) -> None:
    limit = a_limit("4.5", functions=("table.export",), fields=("referrerUrl",))
    bind(unbound, an_agreement(EVERYTHING, limit))

    export(unbound, order(tmp_path, wanted=CaseLinksWanted(1)))

    assert "referrer" not in {row["kind"] for row in rows(tmp_path / "figure")}


def test_nothing_is_written_where_something_is(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "figure").write_text("mine")

    with pytest.raises(OutputExists):
        export(vault, order(tmp_path))
    assert (tmp_path / "figure").read_text() == "mine"
    assert register(vault) == []


def test_a_full_disk_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    """The system takes no file as long as this one; those of the vault are far shorter."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FULL_AT, limits[1]))
    try:
        with pytest.raises(StorageFull):
            export_figure(vault, order(tmp_path), lambda _shown: bytes(_FULL_AT + 1), COUNTING)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)

    assert left(tmp_path) == []
    (record,) = register(vault)
    assert record.entered.outcome is Outcome.NOT_LEFT


def test_a_disk_that_is_gone_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    gone = tmp_path / "stick"

    with pytest.raises(OutputUnwritable):
        export(vault, order(gone))

    assert left(tmp_path) == []
    (record,) = register(vault)
    assert record.entered.outcome is Outcome.NOT_LEFT
    assert trail(vault) == ["export_figure", "figure_not_written"]


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (FigureQuestion(asked="received:soon"), QueryError),
        (CaseTimeWanted(9), UnknownReference),
        (CaseLinksWanted(9), UnknownReference),
    ],
)
def test_what_there_is_not_is_refused(
    vault: Vault, tmp_path: Path, wanted: object, error: type[CportError]
) -> None:
    with pytest.raises(error):
        export(vault, order(tmp_path, wanted=wanted))
    assert (left(tmp_path), register(vault)) == ([], [])


@pytest.mark.parametrize("role", [Role.EXPORTER, Role.ANALYST])
def test_it_takes_both_roles(vault: Vault, tmp_path: Path, role: Role) -> None:
    without(vault, role)

    with pytest.raises(RoleMissing):
        export(vault, order(tmp_path))


def test_a_vault_without_agreement_lets_none_out(unbound: Vault, tmp_path: Path) -> None:
    with pytest.raises(NotEnrolled):
        export(unbound, order(tmp_path))


def test_in_a_real_vault_a_purpose_is_stated(tmp_path: Path) -> None:
    with (
        a_vault(tmp_path / "vault", nature=Nature.LIVE) as vault,
        pytest.raises(PurposeMissing),
    ):
        export(vault, order(tmp_path))


def left(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir() if entry.name != "vault"]
