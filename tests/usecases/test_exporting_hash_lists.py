"""Hash lists leave on record, by the agreement, with a signed manifest, whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.disclosure import DisclosureKind, DisclosureRecord, Outcome
from cport_desktop.domain.listed import WrittenList
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    AgreementForbids,
    Cancelled,
    ListKept,
    NotEnrolled,
    OutputExists,
    OutputUnwritable,
    RoleMissing,
    UnknownReference,
    ValueUnknown,
)
from cport_desktop.exports.hash_lists.formats import FORMATS
from cport_desktop.usecases.export_hash_list import (
    ListExportOrder,
    export_hash_list,
    foresee_hash_list,
)
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.usecases.withdraw_hash_list import withdraw_hash_list
from cport_desktop.vault import disclosures
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import EVERYTHING, a_limit, an_agreement
from tests.builders import NOON, a_vault
from tests.exports.peers import needs, run
from tests.exports.synthetic import NOW, authority, signer_of
from tests.known_builders import a_list, a_list_entry, taken_back, tell, told
from tests.usecases.agreeing import bind
from tests.usecases.test_reading_audit import without


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(NOON)


@pytest.fixture
def vault(tmp_path: Path, clock: SteppingClock) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault", clock=clock) as vault:
        bind(vault)
        yield vault


def md5(name: str) -> str:
    return hashlib.md5(name.encode()).hexdigest()


def a_list_of_files(vault: Vault, path: Path, *names: str) -> str:
    path.write_text("".join(f"{md5(name)}  {name}\n" for name in names))
    done = import_hash_list(
        vault, ListOrder(path, name="Shapes", version="1"), announce=silent, is_cancelled=never
    )
    assert done.list_id is not None
    return done.list_id


def export(vault: Vault, list_id: str, path: Path, form: str = "csv", **more: Any) -> WrittenList:
    order = ListExportOrder(list_id, form, path, **more)
    return export_hash_list(vault, order, announce=silent, is_cancelled=never)


def left(vault: Vault) -> list[DisclosureRecord]:
    with vault.reader() as reader:
        page = disclosures.page(reader, limit=50)
        found = [disclosures.find(reader, each.disclosure_id) for each in page.rows]
    return [each for each in found if each.entered.kind is DisclosureKind.HASH_LIST]


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(), newline="")))


def nothing_written(directory: Path) -> bool:
    return not [path for path in directory.iterdir() if path.name.startswith("out")]


@pytest.mark.parametrize("form", FORMATS)
def test_a_list_leaves_with_a_manifest_and_is_in_the_register(
    vault: Vault, tmp_path: Path, form: str
) -> None:
    list_id = a_list_of_files(vault, tmp_path / "known.md5", "circle.png", "square.png")
    path = tmp_path / "out"
    done = export(vault, list_id, path, form, recipients=["Unit Example"])

    content = path.read_bytes()
    assert done.sha256 == hashlib.sha256(content).hexdigest()
    manifest = json.loads((tmp_path / "out.manifest.json").read_text())
    assert manifest["file"] == {
        "name": "out", "format": form, "size": len(content), "sha256": done.sha256,
    }  # fmt: skip
    assert manifest["list"]["id"] == list_id
    assert manifest["synthetic"] is True
    assert manifest["recipients"] == ["Unit Example"]
    assert manifest["signer"] is None
    assert not (tmp_path / "out.manifest.p7s").exists()
    (entered,) = left(vault)
    assert (entered.entered.outcome, entered.entered.sha256) == (Outcome.LEFT, done.sha256)
    assert [one.name for one in entered.entered.recipients] == ["Unit Example"]
    assert [(item.kind, item.reference, item.revision) for item in entered.items] == [
        ("hashList", list_id, 1)
    ]
    assert entered.entered.clause
    assert manifest["disclosure"] == entered.entered.disclosure_id


def test_the_manifest_is_signed_and_openssl_agrees(vault: Vault, tmp_path: Path) -> None:
    openssl = needs("openssl")
    issuer = authority()
    signer = signer_of(issuer)
    list_id = a_list_of_files(vault, tmp_path / "known.md5", "circle.png")
    export(vault, list_id, tmp_path / "out.csv", signer=signer)

    (tmp_path / "ca.pem").write_bytes(issuer.pem)
    checked = run(
        openssl, "cms", "-verify", "-cades", "-inform", "DER", "-binary", "-purpose", "any",
        "-in", tmp_path / "out.csv.manifest.p7s", "-content", tmp_path / "out.csv.manifest.json",
        "-CAfile", tmp_path / "ca.pem", "-attime", str(int(NOW.timestamp())), "-out", tmp_path / "checked",
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
    assert (tmp_path / "checked").read_bytes() == (tmp_path / "out.csv.manifest.json").read_bytes()


def test_an_md5sum_list_comes_back_to_the_letter(vault: Vault, tmp_path: Path) -> None:
    names = ("circle.png", "a square.png", "two  blanks.png")
    list_id = a_list_of_files(vault, tmp_path / "known.md5", *names)
    export(vault, list_id, tmp_path / "out.md5", "md5sum")
    assert (tmp_path / "out.md5").read_bytes() == (tmp_path / "known.md5").read_bytes()


def test_a_list_of_the_portal_leaves_with_digests_that_nothing_here_matches(
    vault: Vault, tmp_path: Path
) -> None:
    digests = {"md5": md5("circle"), "photodna": "QUJD", "sha512": "ab" * 64}
    tell(vault, told(a_list()), told(a_list_entry("b", digests=digests)),
         told(a_list_entry("a", md5=md5("square"))))  # fmt: skip
    done = export(vault, "shapes", tmp_path / "out")

    assert [row["entry"] for row in rows(tmp_path / "out")] == ["a", "b"]
    second = rows(tmp_path / "out")[1]
    assert (second["photodna"], second["sha512"]) == ("QUJD", "ab" * 64)
    assert second["classification"] == "1"
    assert second["feedback"] == "affirmative:2; negative:0"
    assert done.lost == ()


def test_a_difference_tells_what_came_and_what_went_since_a_version(
    vault: Vault, tmp_path: Path, clock: SteppingClock
) -> None:
    tell(vault, told(a_list(version="1")), told(a_list_entry("1", md5=md5("circle"))),
         told(a_list_entry("2", md5=md5("square"))), told(a_list_entry("3", md5=md5("star"))))  # fmt: skip
    clock.advance(timedelta(days=1))
    tell(vault, told(a_list(version="2"), revision=2))
    clock.advance(timedelta(days=1))
    tell(vault, taken_back(a_list_entry("1")), told(a_list_entry("4", md5=md5("line"))),
         told(a_list_entry("3", md5=md5("another star")), revision=2),
         told(a_list(version="3"), revision=3))  # fmt: skip
    done = export(vault, "shapes", tmp_path / "out", since="2")

    assert [(row["entry"], row["md5"], row["status"]) for row in rows(tmp_path / "out")] == [
        ("3", md5("another star"), "added"),
        ("4", md5("line"), "added"),
        ("1", md5("circle"), "removed"),
        ("3", md5("star"), "removed"),
    ]
    assert (done.entries, done.removed) == (4, 2)
    manifest = json.loads((tmp_path / "out.manifest.json").read_text())
    assert manifest["extent"] == {"whole": False, "since": "2", "entries": 4, "removed": 2}
    assert [one.version for one in foresee_hash_list(
        vault, ListExportOrder("shapes", "csv", tmp_path / "x")
    ).versions] == ["3", "2", "1"]  # fmt: skip
    lost = {each.what: each.count for each in export(
        vault, "shapes", tmp_path / "other", "md5sum", since="2"
    ).lost}  # fmt: skip
    assert lost["removed"] == 2
    with pytest.raises(ValueUnknown):
        export(vault, "shapes", tmp_path / "out2", since="9")


def test_what_stands_in_the_way_is_told_and_nothing_is_left(vault: Vault, tmp_path: Path) -> None:
    list_id = a_list_of_files(vault, tmp_path / "known.md5", "circle.png")
    with pytest.raises(UnknownReference):
        export(vault, "none", tmp_path / "out")
    with pytest.raises(ValueUnknown):
        export(vault, list_id, tmp_path / "out", "clay")
    with pytest.raises(OutputUnwritable):
        export(vault, list_id, tmp_path / "nowhere" / "out")
    assert nothing_written(tmp_path)
    for taken in ("out", "out.manifest.json", "out.manifest.p7s"):
        (tmp_path / taken).write_text("mine")
        with pytest.raises(OutputExists):
            export(vault, list_id, tmp_path / "out")
        assert (tmp_path / taken).read_text() == "mine"
        (tmp_path / taken).unlink()
    withdraw_hash_list(vault, list_id, reason="over")
    with pytest.raises(ListKept):
        export(vault, list_id, tmp_path / "out")
    without(vault, Role.EXPORTER)
    with pytest.raises(RoleMissing):
        export(vault, list_id, tmp_path / "out")
    assert {each.entered.outcome for each in left(vault)} == {Outcome.NOT_LEFT}


def test_stopped_on_its_way_nothing_is_left_and_it_is_on_record(
    vault: Vault, tmp_path: Path
) -> None:
    list_id = a_list_of_files(vault, tmp_path / "known.md5", "circle.png")
    order = ListExportOrder(list_id, "stix", tmp_path / "out")
    with pytest.raises(Cancelled):
        export_hash_list(vault, order, announce=silent, is_cancelled=lambda: True)
    assert nothing_written(tmp_path)
    assert [each.entered.outcome for each in left(vault)] == [Outcome.NOT_LEFT]


def test_a_left_over_of_a_killed_process_is_replaced_and_anything_else_is_not(
    vault: Vault, tmp_path: Path
) -> None:
    list_id = a_list_of_files(vault, tmp_path / "known.md5", "circle.png")
    (tmp_path / "out.part").write_text("somebody's letter")
    with pytest.raises(OutputExists):
        export(vault, list_id, tmp_path / "out", "md5sum")
    (tmp_path / "out.part").write_text(md5("circle.png")[:20])
    export(vault, list_id, tmp_path / "out", "md5sum")


def test_without_leave_by_the_agreement_nothing_leaves(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        list_id = a_list_of_files(vault, tmp_path / "known.md5", "circle.png")
        with pytest.raises(NotEnrolled):
            export(vault, list_id, tmp_path / "out")
        forbidden = a_limit("9", functions=("hashlist.export",), recipients=("Press",))
        bind(vault, an_agreement(EVERYTHING, forbidden))
        with pytest.raises(AgreementForbids):
            export(vault, list_id, tmp_path / "out", recipients=["Unit Example", "Press"])
        assert left(vault) == []
        assert nothing_written(tmp_path)
        export(vault, list_id, tmp_path / "out", recipients=["Unit Example"])
