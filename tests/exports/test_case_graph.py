"""The graph of a package: what it says, that it is the same twice, and that CASE's own tool accepts it."""

from __future__ import annotations

import json
import shutil
import sys
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cport_desktop.domain.package import Derived, PackageContent
from cport_desktop.exports import records
from cport_desktop.exports.case_graph import print_case
from tests.exports.peers import run
from tests.exports.synthetic import (
    content_item,
    dossier,
    media_item,
    noise,
    package_content,
    packaged,
    taxonomy,
)
from tests.exports.test_composition import contents

Node = dict[str, Any]


def graph(content: PackageContent) -> bytes:
    record = records.package_record(content, [], taxonomy())
    names = {packed.media_id: records.media_name(packed) for packed in content.media}
    return b"".join(print_case(content, record, names))


def nodes(content: PackageContent, kind: str) -> list[Node]:
    found: list[Node] = json.loads(graph(content))["@graph"]
    return [node for node in found if node["@type"].endswith(f":{kind}")]


def validated(path: Path) -> int:
    """What CASE's validator says to a shell; no network is asked."""
    program = shutil.which("case_validate", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("case_validate is not installed: pip install case-utils")
    return run(program, "--built-version", "case-1.5.0", path).returncode


def odd_content() -> PackageContent:
    """A report without media, one without content, an address that two share, a veil, odd letters."""
    content = package_content(2, title="Série «7» \N{GREEK SMALL LETTER ALPHA}\n<b>")
    bare = dossier(7)
    bare = replace(bare, report=replace(bare.report, contents=()), media_of=(), hotline=None)
    same = dossier(8, url=content.reports[0].report.contents[0].url)
    veiled = replace(content.media[0], derived=Derived.VEIL)
    return replace(
        content, reports=(*content.reports, bare, same), media=(veiled, *content.media[1:])
    )


def test_the_validator_of_the_ontology_accepts_it(tmp_path: Path) -> None:
    path = tmp_path / "case.jsonld"
    path.write_bytes(graph(odd_content()))
    assert validated(path) == 0


def test_the_validator_refuses_it_once_a_moment_is_none(tmp_path: Path) -> None:
    path = tmp_path / "case.jsonld"
    path.write_bytes(graph(package_content(1)).replace(b"2026-05-17T09:30:12Z", b"some day"))
    assert validated(path) != 0


def test_every_file_of_the_package_is_in_it_with_its_digests_and_its_place() -> None:
    content = package_content()
    files = contents(content)
    assert files["case.jsonld"].endswith(b"]}\n")
    for node in (n for n in json.loads(files["case.jsonld"])["@graph"] if "File-" in n["@id"]):
        facet, data = node["uco-core:hasFacet"]
        packed = files[facet["uco-observable:filePath"]]
        assert facet["uco-observable:sizeInBytes"] == len(packed)
        digests = {
            each["uco-types:hashMethod"]: each["uco-types:hashValue"]["@value"].lower()
            for each in data["uco-observable:hash"]
        }
        item = next(m.digests for m in content.media if m.digests.sha256 == digests["SHA256"])
        assert digests == {"MD5": item.md5, "SHA1": item.sha1, "SHA256": item.sha256}


def test_each_file_leads_to_the_address_where_it_was_found() -> None:
    content = package_content(2)
    relations = nodes(content, "ObservableRelationship")
    addresses = {
        node["@id"]: node["uco-core:hasFacet"][0]["uco-observable:fullValue"]
        for node in nodes(content, "URL")
    }
    targets = [addresses[each["uco-core:target"]["@id"]] for each in relations]
    assert targets == [each.report.contents[0].url for each in content.reports]
    assert {each["uco-core:kindOfRelationship"] for each in relations} == {"Downloaded_From"}


def test_what_was_made_of_a_file_was_not_downloaded() -> None:
    kinds = [
        each["uco-core:kindOfRelationship"]
        for each in nodes(odd_content(), "ObservableRelationship")
    ]
    assert sorted(kinds) == ["Downloaded_From", "Related_To"]


def test_the_bundle_names_every_object_once_and_nothing_else() -> None:
    bundle, *objects = json.loads(graph(odd_content()))["@graph"]
    named = [each["@id"] for each in bundle["uco-core:object"]]
    assert named == [each["@id"] for each in objects]
    assert len(set(named)) == len(named)


def test_an_address_that_two_reports_have_is_one_object_and_each_report_an_exhibit() -> None:
    content = odd_content()
    addresses = [item.url for each in content.reports for item in each.report.contents]
    assert len(nodes(content, "URL")) == len(set(addresses)) < len(addresses)
    exhibits = nodes(content, "ProvenanceRecord")
    assert [each["case-investigation:exhibitNumber"] for each in exhibits] == [
        "HL-1",
        "HL-2",
        "HL-7",
        "HL-8",
    ]


def test_the_same_file_has_one_id_in_every_package_and_an_exhibit_is_its_packages_own() -> None:
    first, second = package_content(1), replace(package_content(1), log_size=43)
    assert nodes(first, "File") == nodes(second, "File")
    assert nodes(first, "URL") == nodes(second, "URL")
    assert nodes(first, "ProvenanceRecord") != nodes(second, "ProvenanceRecord")
    assert graph(first) == graph(package_content(1))


def test_ids_are_uuids_of_version_5_as_everybody_makes_them() -> None:
    namespace = uuid.uuid5(uuid.NAMESPACE_URL, "http://cport.example/kb/")
    content = package_content(1)
    url = content.reports[0].report.contents[0].url
    (file,), address = nodes(content, "File"), nodes(content, "URL")[0]
    sha256 = content.media[0].digests.sha256
    assert file["@id"] == f"kb:File-{uuid.uuid5(namespace, chr(0x1F).join(('File', sha256)))}"
    assert address["@id"] == f"kb:URL-{uuid.uuid5(namespace, chr(0x1F).join(('URL', url)))}"


def test_it_needs_no_other_file() -> None:
    text = graph(package_content()).decode()
    assert text.startswith('{"@context":{')
    assert "uco-vocabulary" not in text


def test_it_is_made_in_pieces() -> None:
    """A report with a hundred addresses is never one piece with the others."""
    items = [content_item(n, f"https://site{n}.example/{'x' * 2000}") for n in range(1, 101)]
    many = dossier(1, [media_item(101, noise(1))])
    many = replace(many, report=replace(many.report, contents=tuple(items)), media_of=())
    content = replace(package_content(1), reports=(many,), media=(packaged(101, noise(1)),))
    record = records.package_record(content, [], taxonomy())
    names = {packed.media_id: records.media_name(packed) for packed in content.media}
    pieces = list(print_case(content, record, names))
    assert len(pieces) > 2
    assert max(map(len, pieces)) < 100_000
