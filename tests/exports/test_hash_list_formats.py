"""Lists in the formats that leave: read by tools and libraries that are not ours, and what is lost named."""

from __future__ import annotations

import base64
import csv
import io
import json
import shutil
import subprocess
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from cport_desktop.domain.listed import ListedEntry, ListHead, Lost
from cport_desktop.exports.hash_lists.formats import FORMATS
from cport_desktop.exports.hash_lists.tally import Tally
from cport_desktop.formats.lists.stix import EXTENSION
from cport_desktop.words import hash_list_export as words

HEAD = ListHead(
    list_id="_0123456789ab",
    name="Shapes",
    version="7",
    source="Example Body A",
    handling="for training only",
    is_negative=False,
    dated=datetime(2026, 5, 4, 12, tzinfo=UTC),
    is_synthetic=True,
)


def a_digest(seed: str, size: int) -> str:
    return Random(seed).randbytes(size).hex()


PHOTODNA = base64.b64encode(Random("photodna").randbytes(144)).decode()
FULL = ListedEntry(
    entry_id="1",
    digests=(
        ("md5", a_digest("md5", 16)),
        ("sha1", a_digest("sha1", 20)),
        ("sha256", a_digest("sha256", 32)),
        ("pdq", a_digest("pdq", 32)),
        ("photodna", PHOTODNA),
    ),
    name="circle é.png",
    size=18,
    media_type="image/png",
    category="2",
    quality=90,
    classification=1,
    source="Hotline Example NL",
    feedback=(("affirmative", 2), ("negative", 0)),
    more=(("Series", "shapes"), ("IsDistributed", "true")),
)
MD5_ONLY = ListedEntry("2", (("md5", a_digest("second", 16)),), name="=HYPERLINK(square)")
PDQ_ONLY = ListedEntry("3", (("pdq", a_digest("third", 32)),), quality=80)
NAMELESS = ListedEntry("4", (("md5", a_digest("fourth", 16)),))
WINDOWS = ListedEntry("5", (("md5", a_digest("fifth", 16)),), name="shapes\\round\\circle.png")
BROKEN = ListedEntry("6", (("md5", a_digest("sixth", 16)),), name="two\nlines.png")
ENTRIES = (FULL, MD5_ONLY, PDQ_ONLY, NAMELESS, WINDOWS, BROKEN)
REMOVED = ListedEntry("7", (("sha256", a_digest("seventh", 32)),), is_removed=True)


def written(
    form: str, *entries: ListedEntry, head: ListHead = HEAD
) -> tuple[bytes, Tally, dict[str, int]]:
    def source() -> Iterator[ListedEntry]:
        return iter(entries or ENTRIES)

    tally = Tally()
    content = b"".join(FORMATS[form].write(head, source, tally))
    return content, tally, {each.what: each.count for each in tally.lost}


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_list_gives_the_same_bytes(form: str) -> None:
    assert written(form)[0] == written(form)[0]


@pytest.mark.parametrize("form", FORMATS)
def test_every_entry_is_in_the_file_or_named_as_lost(form: str) -> None:
    content, tally, lost = written(form, *ENTRIES, REMOVED)

    assert content
    not_told = 0 if FORMATS[form].tells_removed else lost["removed"]
    assert tally.entries + lost.get("entry", 0) + not_told == len(ENTRIES) + 1
    assert tally.removed == FORMATS[form].tells_removed


@pytest.mark.skipif(shutil.which("hfind") is None, reason="needs hfind: apt-get install sleuthkit")
def test_hfind_finds_every_entry_of_an_md5sum_list_by_its_name(tmp_path: Path) -> None:
    many = [
        ListedEntry(str(n), (("md5", a_digest(f"m{n}", 16)),), name=f"shape {n}.png")
        for n in range(60)
    ]
    content, tally, lost = written("md5sum", *ENTRIES, *many)
    path = tmp_path / "list.md5"
    path.write_bytes(content)
    subprocess.run(["hfind", "-i", "md5sum", path], check=True, capture_output=True)

    with_md5 = [entry for entry in (*ENTRIES, *many) if entry.digest("md5")]
    assert tally.entries == len(with_md5)
    for entry in with_md5:
        digest = entry.digest("md5")
        assert digest is not None
        found = subprocess.run(["hfind", path, digest], check=True, capture_output=True, text=True)
        assert "Hash Not Found" not in found.stdout
        if entry.name and "\n" not in entry.name:
            assert entry.name in found.stdout
    assert lost["entry"] == 1
    assert lost["name_changed"] == 1
    assert lost["digest:sha256"] == 1


def test_md5sum_reads_its_own_lines(tmp_path: Path) -> None:
    (tmp_path / "a shape").write_bytes(b"circle")
    (tmp_path / "back\\slash").write_bytes(b"square")
    entries = [
        ListedEntry(str(place), (("md5", _md5_of(path)),), name=path.name)
        for place, path in enumerate(sorted(tmp_path.iterdir()), 1)
    ]
    (tmp_path / "list.md5").write_bytes(written("md5sum", *entries)[0])
    done = subprocess.run(
        ["md5sum", "--check", "--strict", "list.md5"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _md5_of(path: Path) -> str:
    done = subprocess.run(["md5sum", "--", path], capture_output=True, check=True, text=True)
    return done.stdout.lstrip("\\")[:32]


def test_a_csv_has_all_of_an_entry_and_no_formula() -> None:
    content, _, lost = written("csv", *ENTRIES, REMOVED, head=replace(HEAD, since="6"))
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))

    first = rows[0]
    assert [first[word] for word in ("md5", "sha1", "sha256", "pdq", "photodna")] == [
        text for _, text in FULL.digests
    ]
    assert (first["name"], first["size"], first["type"]) == ("circle é.png", "18", "image/png")
    assert (first["category"], first["quality"], first["classification"]) == ("2", "90", "1")
    assert first["feedback"] == "affirmative:2; negative:0"
    assert json.loads(first["more"]) == dict(FULL.more)
    assert rows[1]["name"] == "'=HYPERLINK(square)"
    assert [row["status"] for row in rows] == ["added"] * 6 + ["removed"]
    assert rows[5]["name"] == "two\nlines.png"
    assert lost == {"guarded": 1}


def test_an_icse_file_has_its_header_to_the_letter() -> None:
    content, _, lost = written("icse")
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline=""), delimiter=";"))

    assert content.startswith(
        b"MD5;SHA1;PhotoDNA;Image ID;Is distributed;Victim identified;Offender identified;"
        b"Series name;Number of submissions;File Available;Media Type;Baseline\r\n"
    )
    assert rows[0]["MD5"] == (FULL.digest("md5") or "").upper()
    assert rows[0]["PhotoDNA"] == base64.b64decode(PHOTODNA).hex()
    assert (rows[0]["Series name"], rows[0]["Is distributed"]) == ("shapes", "true")
    assert (rows[0]["Media Type"], rows[0]["Baseline"]) == ("image", "true")
    assert rows[1]["Baseline"] == ""
    assert lost == {
        "entry": 1, "name": 4, "size": 1, "media_type": 1, "category": 1, "quality": 1,
        "source": 1, "feedback": 1, "digest:sha256": 1, "digest:pdq": 1,
    }  # fmt: skip


def test_vics_has_the_shape_of_its_readers() -> None:
    content, _, lost = written("vics", head=replace(HEAD, category_region="UK"))
    document = json.loads(content)

    assert list(document) == ["@odata.context", "value"]
    assert document["@odata.context"].endswith("/2.0.xml/UK/$metadata#Media")
    first = document["value"][0]
    assert first["MD5"] == (FULL.digest("md5") or "").upper()
    assert first["PhotoDNA"] == PHOTODNA
    assert (first["Category"], first["MediaSize"], first["Series"]) == (2, 18, "shapes")
    assert first["IsDistributed"] is True
    alternative = {each["HashName"]: each["HashValue"] for each in first["AlternativeHashes"]}
    assert alternative == {
        "SHA256": (FULL.digest("sha256") or "").upper(),
        "PDQ": (FULL.digest("pdq") or "").upper(),
    }
    assert first["MediaFiles"][0]["FileName"] == "circle é.png"
    assert [media["MediaID"] for media in document["value"]] == [1, 2, 3, 4, 5]
    assert lost == {"entry": 1, "quality": 1, "classification": 1, "feedback": 1}


def test_vics_validates_against_the_derived_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="pip install jsonschema")
    schema = json.loads(
        (Path(__file__).parents[1] / "schemas" / "vics20-derived.schema.json").read_text()
    )
    validator = jsonschema.Draft202012Validator(schema)
    assert not list(validator.iter_errors(json.loads(written("vics")[0])))


def test_vics_1_3_has_sha1_among_the_others_and_sizes_as_text() -> None:
    document = json.loads(written("vics-1.3")[0])
    first = document["value"][0]

    assert document["odata.metadata"].endswith("/DataModels/1.3.xml#Media")
    assert first["odata.id"] == f'Media("{first["MD5"]}")'
    assert first["MediaSize"] == "18"
    names = {each["HashName"] for each in first["AlternativeHashes"]}
    assert names == {"SHA1", "SHA256", "PDQ", "PhotoDNA"}


@pytest.mark.parametrize("form", ["vics", "vics-1.3"])
def test_a_category_that_is_no_number_is_not_converted(form: str) -> None:
    content, _, lost = written(form, replace(MD5_ONLY, category="A"))
    assert json.loads(content)["value"][0]["Category"] is None
    assert lost["category"] == 1


def stix_objects(*entries: ListedEntry, head: ListHead = HEAD) -> list[dict[str, Any]]:
    objects: list[dict[str, Any]] = json.loads(written("stix", *entries, head=head)[0])["objects"]
    return objects


def test_a_stix_bundle_parses_strictly_and_its_identifiers_are_the_librarys() -> None:
    stix2 = pytest.importorskip("stix2", reason="pip install stix2")
    content, _, lost = written("stix", *ENTRIES, REMOVED, head=replace(HEAD, since="6"))
    bundle = stix2.parse(content.decode(), allow_custom=False)

    assert lost == {}
    files = [each for each in bundle.objects if each.type == "file"]
    assert len(files) == len(ENTRIES) + 1
    for file in files:
        told = {name: file[name] for name in file if name not in ("id", "type", "spec_version")}
        assert stix2.v21.File(**told).id == file.id
    listed, removed = (each for each in bundle.objects if each.type == "grouping")
    assert set(listed.object_refs) == {file.id for file in files[:-1]}
    assert list(removed.object_refs) == [files[-1].id]


def test_a_stix_file_carries_what_the_standard_has_no_place_for_in_an_extension() -> None:
    objects = stix_objects()
    first = next(each for each in objects if each["type"] == "file")

    assert set(first["hashes"]) == {"MD5", "SHA-1", "SHA-256"}
    extension = first["extensions"][EXTENSION]
    assert extension["x_pdq"] == FULL.digest("pdq")
    assert extension["x_photodna"] == PHOTODNA
    assert (extension["classification"], extension["quality"]) == (1, 90)
    definition = next(each for each in objects if each["type"] == "extension-definition")
    assert definition["id"] == EXTENSION
    assert next(each for each in objects if each["type"] == "marking-definition")["definition"] == {
        "statement": "for training only"
    }


def test_a_plain_entry_has_the_identifier_that_anybody_gives_it() -> None:
    stix2 = pytest.importorskip("stix2", reason="pip install stix2")
    file = next(each for each in stix_objects(NAMELESS) if each["type"] == "file")
    assert stix2.v21.File(hashes={"MD5": NAMELESS.digest("md5")}).id == file["id"]


def test_a_misp_event_loads_and_has_every_entry() -> None:
    pymisp = pytest.importorskip("pymisp", reason="pip install pymisp")
    content, _, lost = written("misp", *ENTRIES, REMOVED)
    event = pymisp.MISPEvent()
    event.load(content)

    assert lost == {}
    assert event.info == "SYNTHETIC: Shapes 7"
    files = event.objects
    assert len(files) == 6
    first = {each.object_relation: each.value for each in files[0].attributes}
    assert first["sha256"] == FULL.digest("sha256")
    assert (first["filename"], first["size-in-bytes"]) == ("circle é.png", "18")
    assert json.loads(files[0].comment)["pdq"] == FULL.digest("pdq")
    assert [each.deleted for each in files] == [False] * 5 + [True]
    (bare,) = [each for each in event.attributes if each.type == "other"]
    assert json.loads(bare.value)["pdq"] == PDQ_ONLY.digest("pdq")
    assert files[0].template_uuid == "688c46fb-5edb-40a3-8273-1af7923e2215"


def test_pymisp_builds_the_same_object_by_its_own_template() -> None:
    pymisp = pytest.importorskip("pymisp", reason="pip install pymisp")
    event = json.loads(written("misp", FULL)[0])["Event"]
    known = pymisp.MISPObject("file", strict=True)
    for attribute in event["Object"][0]["Attribute"]:
        made = known.add_attribute(attribute["object_relation"], value=attribute["value"])
        assert made is not None
        assert made.type == attribute["type"]


def test_a_pdq_list_is_one_digest_a_line() -> None:
    content, _, lost = written("pdq")
    assert content.decode().split() == [FULL.digest("pdq"), PDQ_ONLY.digest("pdq")]
    assert lost["entry"] == 4
    assert lost["quality"] == 2


def test_what_a_format_lost_is_told_in_words() -> None:
    told = words.all_lost((each.what, each.count) for each in [Lost("entry", 1), Lost("name", 4)])
    assert told == (
        "Not carried by this format: whole entries, since they have no digest of this format:"
        " 1 entry; names of files: 4 entries."
    )


@pytest.mark.parametrize("form", FORMATS)
def test_memory_does_not_grow_with_the_list(form: str) -> None:
    def peak(entries: int) -> int:
        """Bytes that were held at once while so many entries were written and let go."""

        def source() -> Iterator[ListedEntry]:
            for number in range(entries):
                yield replace(FULL, entry_id=str(number), name=f"shape {number}.png")

        tracemalloc.start()
        for _ in FORMATS[form].write(HEAD, source, Tally()):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(4_000) < peak(2_000) + 100_000
