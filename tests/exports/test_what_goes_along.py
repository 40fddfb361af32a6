"""What a package tells beside what was chosen: nothing of what is not in it, and the rest is said before."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from cport_desktop.domain.agreement import PackageMedia
from cport_desktop.domain.chosen import AllFound
from cport_desktop.domain.package import PackageContent
from cport_desktop.exports.media_record import print_media
from cport_desktop.exports.records import package_record, print_package
from cport_desktop.exports.summary import summary
from cport_desktop.usecases.package_order import Choice, Order
from cport_desktop.words import documents
from cport_desktop.words.package_along import goes_along
from tests.exports.synthetic import (
    dossier,
    media_item,
    noise,
    package_content,
    packaged,
    sealed,
    signer_of,
    taxonomy,
)
from tests.exports.test_verification import opened


def told(content: PackageContent) -> dict[str, dict[str, object]]:
    document = json.loads(b"".join(print_media(content, {})))
    return {item["id"]: item for item in document["items"]}


def test_that_the_same_bytes_lie_elsewhere_in_the_vault_is_told_of_the_package_alone() -> None:
    """Whoever gets one report does not learn that the picture stands in others of the sender's, too."""
    alone = replace(media_item(101, noise(1)), duplicates=7)
    one = replace(
        package_content(1), reports=(dossier(1, [alone]),), media=(packaged(101, noise(1)),)
    )
    assert told(one)["M-101"]["same_bytes_elsewhere"] == 0
    items = [replace(media_item(100 + n, noise(1)), duplicates=7) for n in (1, 2)]
    other = media_item(103, noise(2))
    both = replace(one, reports=(dossier(1, [*items, other]),))
    counted = {name: item["same_bytes_elsewhere"] for name, item in told(both).items()}
    assert counted == {"M-101": 1, "M-102": 1, "M-103": 0}
    unheard = replace(media_item(104, b""), digests=None, announced_sha256="")
    assert (
        told(replace(one, reports=(dossier(1, [unheard, alone]),)))["M-104"]
        == told(replace(one, reports=(dossier(1, [unheard]),)))["M-104"]
    )


def test_nothing_of_the_machine_stands_in_the_container() -> None:
    """Modes, dates and owners are the same wherever it was composed; no extra field carries more."""
    with zipfile.ZipFile(io.BytesIO(opened(sealed()))) as archive:
        for info in archive.infolist():
            assert (info.extra, info.comment, info.create_system) == (b"", b"", 3)
            assert info.external_attr == 0o100600 << 16
            assert (info.flag_bits, info.internal_attr, info.volume) == (0, 0, 0)
        moments = {info.date_time for info in archive.infolist()}
    assert len(moments) == 1


@pytest.mark.parametrize("level", list(PackageMedia))
def test_each_level_says_what_goes_along(level: PackageMedia) -> None:
    lines = goes_along(level.value)
    assert "names of its analysts" in lines[0]
    assert "to whom it was handed on before" in lines[1]
    is_whole = level is PackageMedia.ORIGINAL
    assert ("places, devices, times" in lines[2]) == is_whole
    assert ("although the file itself stays here" in lines[2]) != is_whole


@pytest.mark.parametrize(
    ("choice", "case"),
    [
        ("case:C-3", "C-3"),
        (" case:c-12 ", "C-12"),
        (AllFound("case:C-3"), "C-3"),
        ("case:C-3 is:new", ""),
        ("-case:C-3", ""),
        ("", ""),
        ((), ""),
    ],
)
def test_the_case_is_told_only_where_the_reports_were_chosen_by_it(
    choice: Choice, case: str
) -> None:
    made = sealed()
    order = Order(choice, "Title", [], signer_of(made.authority), Path("package.age"))
    assert order.case == case


def test_the_case_stands_in_the_package_and_on_the_cover_of_its_report() -> None:
    content = replace(package_content(1), case="C-3")
    record = package_record(content, [], taxonomy())
    assert json.loads(print_package(record))["case"] == "C-3"
    assert (documents.CASE, "C-3") in summary(content, record, taxonomy()).facts.rows
    without = package_record(package_content(1), [], taxonomy())
    facts = summary(package_content(1), without, taxonomy()).facts
    assert documents.CASE not in dict(facts.rows)
