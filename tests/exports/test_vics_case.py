"""The list for other tools: the derived schema, the readers' rules, and categories that nobody guessed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cport_desktop.domain.package import Derived, PackageContent
from cport_desktop.domain.region_profile import RegionProfile
from cport_desktop.domain.report import Assessment
from cport_desktop.domain.rows import Dossier
from cport_desktop.formats import region_profiles
from tests.exports.synthetic import RESOURCES, media_item, noise, package_content, packaged
from tests.exports.test_composition import contents

SCHEMA = Path(__file__).parents[1] / "schemas" / "vics20-derived.schema.json"
PROFILE = RegionProfile("CUSTOM", "2026-1", "iccam-3.0", {7: "Seven"}, {1: 7})


def written(content: PackageContent) -> bytes:
    return contents(content)["vics.json"]


def case_of(content: PackageContent) -> dict[str, Any]:
    (case,) = json.loads(written(content))["value"]
    found: dict[str, Any] = case
    return found


def told(case: dict[str, Any]) -> dict[str, str]:
    return {each["PropertyName"]: each["PropertyValue"] for each in case["CaseMetadata"]}


def classified(dossier: Dossier, code: int) -> Dossier:
    """As `dossier`, with this as the last word on each of its content items."""
    last = Assessment(code, 3, 2, False, False, False, None, None, None)
    items = tuple(
        replace(item, assessments=(*item.assessments, last)) for item in dossier.report.contents
    )
    return replace(dossier, report=replace(dossier.report, contents=items))


@pytest.mark.parametrize(
    "content",
    [package_content(), replace(package_content(1), media=()), package_content(0)],
    ids=["media", "no media", "nothing"],
)
def test_it_is_valid_by_the_derived_schema(content: PackageContent) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="pip install jsonschema")
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft202012Validator(schema).validate(json.loads(written(content)))


def test_the_schema_would_refuse_a_medium_without_its_md5() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="pip install jsonschema")
    broken = json.loads(written(package_content()))
    del broken["value"][0]["Media"][0]["MD5"]
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    assert not validator.is_valid(broken)


def test_readers_find_context_and_value_in_their_places() -> None:
    """Facts of readers: the context is first and `value` second, no byte order mark, no `null` flags."""
    content = written(replace(package_content(), region_profile=PROFILE))
    assert content.startswith(b'{"@odata.context":"')
    pairs = json.loads(content, object_pairs_hook=list)
    assert [name for name, _ in pairs] == ["@odata.context", "value"]
    pattern = (
        r"http://github\.com/VICSDATAMODEL/ProjectVic/DataModels/2\.0\.xml/CUSTOM/\$metadata#Cases"
    )
    assert re.fullmatch(pattern, pairs[0][1])
    default = json.loads(written(package_content()))["@odata.context"]
    assert default.endswith("/2.0.xml/Default/$metadata#Cases")


def test_each_file_is_one_medium_whose_path_leads_to_it_in_the_package() -> None:
    content = package_content()
    files = contents(content)
    case = json.loads(files["vics.json"])["value"][0]
    assert case["TotalMediaFiles"] == len(case["Media"]) == 2
    for medium in case["Media"]:
        packed = files[medium["RelativeFilePath"].replace("\\", "/")]
        assert medium["MediaSize"] == len(packed)
        digests = next(m.digests for m in content.media if m.media_id == medium["MediaID"])
        assert medium["MD5"] == digests.md5.upper()
        assert medium["SHA1"] == digests.sha1.upper()
        assert medium["MimeType"] == "image/png"
        assert {each["HashName"]: each["HashValue"] for each in medium["AlternativeHashes"]} == {
            "SHA256": digests.sha256.upper()
        }
        assert medium["IsPrecategorized"] is False
        moment = datetime.fromisoformat(medium["DateUpdated"])
        assert moment == content.composed_at


def test_every_place_of_a_file_is_a_line_of_its_own() -> None:
    first, _ = case_of(package_content())["Media"]
    assert [(each["SourceID"], each["FileName"]) for each in first["MediaFiles"]] == [
        ("HL-1", "file101.png"),
        ("HL-3", "file103.png"),
    ]
    assert first["MediaFiles"][0]["FilePath"].startswith("https://files.site1.example/")
    items = [m["PropertyValue"] for m in first["MediaMetadata"] if m["PropertyName"] == "MediaItem"]
    assert items == ["M-101", "M-103"]


def test_pdq_stands_under_the_other_digests_of_an_original_alone() -> None:
    item = replace(media_item(101, noise(1)), perceptual_hash="ab" * 32)
    content = package_content(1)
    known = replace(content, reports=(replace(content.reports[0], media=(item,)),))
    (medium,) = case_of(known)["Media"]
    assert {"MD5": medium["MD5"], "HashName": "PDQ", "HashValue": "AB" * 32} in medium[
        "AlternativeHashes"
    ]
    veiled = replace(known, media=(replace(content.media[0], derived=Derived.VEIL),))
    (medium,) = case_of(replace(veiled, region_profile=PROFILE))["Media"]
    assert [each["HashName"] for each in medium["AlternativeHashes"]] == ["SHA256"]
    assert medium["Category"] is None
    assert {"MD5": medium["MD5"], "PropertyName": "Derived", "PropertyValue": "veil"} in medium[
        "MediaMetadata"
    ]


def test_without_a_profile_nothing_has_a_category_and_the_file_says_so() -> None:
    case = case_of(package_content())
    assert [medium["Category"] for medium in case["Media"]] == [None, None]
    said = told(case)
    assert (said["CategoryProfile"], said["CategoriesLeftOut"]) == ("Default 1", "2")
    codes = [
        each["PropertyValue"]
        for each in case["Media"][1]["MediaMetadata"]
        if each["PropertyName"] == "Classification"
    ]
    assert codes == ["HL-2/21: 1"]


def test_a_profile_gives_a_category_for_the_very_code_and_for_no_other() -> None:
    content = replace(package_content(), region_profile=PROFILE)
    assert [medium["Category"] for medium in case_of(content)["Media"]] == [7, 7]
    first, second, third = content.reports
    other = replace(content, reports=(first, classified(second, 2), third))
    case = case_of(other)
    assert [medium["Category"] for medium in case["Media"]] == [7, None]
    assert told(case)["CategoriesLeftOut"] == "1"


def test_places_that_contradict_each_other_give_no_category() -> None:
    content = replace(package_content(3), region_profile=PROFILE)
    first, second, third = content.reports
    torn = replace(content, reports=(first, second, classified(third, 4)))
    assert [medium["Category"] for medium in case_of(torn)["Media"]] == [None, 7]


def test_a_table_for_other_code_lists_gives_nothing() -> None:
    stale = replace(PROFILE, code_list="iccam-2.0")
    case = case_of(replace(package_content(1), region_profile=stale))
    assert [medium["Category"] for medium in case["Media"]] == [None]


def test_the_profile_that_comes_with_the_program_gives_nothing() -> None:
    profile = region_profiles.load(RESOURCES / "region_profiles" / "default.json")
    assert profile == RegionProfile("Default", "1")


def test_a_medium_that_no_report_places_is_still_listed() -> None:
    content = replace(package_content(1), media=(packaged(555, noise(5)),))
    (medium,) = case_of(content)["Media"]
    assert (medium["MediaFiles"], medium["Category"]) == ([], None)
