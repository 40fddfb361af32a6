"""Every kind of file of digests is told from every other by its content, and says what was written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.known import Algorithm
from cport_desktop.errors import HashListUnreadable, ValueUnknown
from cport_desktop.formats.hash_list_file import Listed, Refusal, Refused, Row
from cport_desktop.formats.lists.kinds import KINDS, recognised
from cport_desktop.formats.lists.text import as_utf8, encoding_of
from cport_desktop.usecases.list_kinds import AUTO, NAMES, Way, way_of
from cport_desktop.words import list_files as words
from tests import list_files
from tests.list_files import KnownFile, known_files

FILES = known_files(7)
EMPTY_MD5 = hashlib.md5().hexdigest()
VICS_EXAMPLES = Path(__file__).parent / "examples" / "vics"


def way(path: Path, kind: str = AUTO, said: Mapping[str, str] | None = None) -> Way:
    with path.open("rb") as file:
        return way_of(file, kind=kind, said=said or {})


def read(path: Path, kind: str = AUTO, said: Mapping[str, str] | None = None) -> list[Row]:
    with path.open("rb") as file:
        return list(way_of(file, kind=kind, said=said or {}).rows(file))


def written(directory: Path, content: bytes | str) -> Path:
    path = directory / "list"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def listed(rows: list[Row]) -> list[Listed]:
    assert not [row for row in rows if isinstance(row, Refused)]
    return [row[1] for row in rows if not isinstance(row, Refused)]


def refusals(rows: list[Row]) -> list[Refusal]:
    return [row.refusal for row in rows if isinstance(row, Refused)]


def digests_of(file: KnownFile, *words_of: str) -> dict[Algorithm, str]:
    return {Algorithm[word.upper()]: getattr(file, word) for word in words_of}


def told(entry: Listed) -> dict[Algorithm, str]:
    return {algorithm: digest.hex() for algorithm, digest in entry.digests}


SAYS: Mapping[str, tuple[str, ...]] = {
    "vics": ("md5", "sha1", "sha256", "pdq"),
    "icse": ("md5", "sha1"),
    "nsrl-rds2": ("md5", "sha1"),
    "nsrl-rds3": ("md5", "sha1", "sha256"),
    "kdb": ("md5", "sha1", "sha256"),
    "hashkeeper": ("md5",),
    "csv": ("md5", "sha256", "pdq"),
    "encase": ("md5",),
    "stix": ("md5", "sha1", "sha256", "pdq"),
    "misp": ("md5", "sha256", "pdq"),
    "pdq": ("pdq",),
    "md5sum": ("md5",),
}
WITHOUT_NAMES = {"icse", "encase", "pdq"}


@pytest.mark.parametrize("kind", SAYS)
def test_a_file_of_every_kind_is_known_by_its_content_and_read(kind: str, tmp_path: Path) -> None:
    path = list_files.write(kind, tmp_path / "list", FILES)

    assert way(path).name == kind
    entries = listed(read(path))
    assert [told(entry) for entry in entries] == [digests_of(file, *SAYS[kind]) for file in FILES]
    names = [None if kind in WITHOUT_NAMES else file.name for file in FILES]
    assert [entry.name for entry in entries] == names


def test_every_kind_that_can_be_asked_for_has_a_maker_here() -> None:
    assert {*list_files.BYTES, *list_files.DATABASES} == set(NAMES)


@pytest.mark.parametrize("kind", list_files.BYTES)
def test_no_other_kind_takes_a_file_for_its_own(kind: str) -> None:
    """Whichever of those with a mark of their own is tried first."""
    beginning = list_files.BYTES[kind](FILES)
    takers = {
        each.name
        for each in KINDS
        if (each.is_binary or b"\0" not in beginning) and each.recognises(beginning)
    }
    tables = {"icse", "nsrl-rds2", "hashkeeper", "csv"}
    assert takers - {kind} <= ({"csv"} if kind in tables | {"pdq"} else set())


def test_what_a_local_file_of_signals_says_and_what_not(tmp_path: Path) -> None:
    path = written(tmp_path, list_files.signals(FILES) + b"url https://example.org/\n")
    assert way(path).name == "threatexchange"
    rows = read(path)
    assert refusals(rows) == [Refusal.NOT_MATCHED]
    assert len(rows) == 2 * len(FILES) + 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("kind", list_files.TEXTS)
def test_text_is_read_in_other_encodings(kind: str, encoding: str, tmp_path: Path) -> None:
    content = list_files.TEXTS[kind](FILES)
    plain = read(written(tmp_path, content), kind)
    assert read(written(tmp_path, content.decode().encode(encoding))) == plain
    assert plain


@pytest.mark.parametrize("kind", sorted(set(list_files.TEXTS) - {"vics", "stix", "misp"}))
def test_lines_may_end_in_any_way(kind: str, tmp_path: Path) -> None:
    content = list_files.TEXTS[kind](FILES).replace(b"\r\n", b"\n")
    plain = read(written(tmp_path, content))
    assert read(written(tmp_path, content.replace(b"\n", b"\r\n"))) == plain


def test_digits_may_be_written_large_or_small(tmp_path: Path) -> None:
    small = read(written(tmp_path, list_files.plain_csv(FILES)))
    head, rest = list_files.plain_csv(FILES).split(b"\n", 1)
    large = (
        rest.replace(b"shape", b"SHAPE")
        .upper()
        .replace(b"SHAPE", b"shape")
        .replace(b".PNG", b".png")
    )
    assert read(written(tmp_path, head + b"\n" + large)) == small


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"PK\x03\x04\x14\0", "ZIP"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"\xfd7zXZ\0", "xz"),
        (b"\x28\xb5\x2f\xfd", "Zstandard"),
        (b"BZh9", "bzip2"),
        (b"Rar!\x1a", "RAR"),
    ],
)
def test_a_packed_file_is_told_as_one(mark: bytes, name: str, tmp_path: Path) -> None:
    with pytest.raises(HashListUnreadable) as refused:
        way(written(tmp_path, mark + b"\0" * 50))
    assert refused.value.facts["cause"] == words.packed(name)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n \n",
        b"\xef\xbb\xbf",
        b"once upon a time",
        b"a,b,c\nd,e,f",
        b"{}",
        b"[1, 2]",
        b"\0" * 99,
    ],
)
def test_what_is_no_list_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(HashListUnreadable):
        way(written(tmp_path, content))


@given(st.binary(max_size=3_000))
def test_no_bytes_break_the_recognition(content: bytes) -> None:
    beginning = as_utf8(content, encoding_of(content))
    try:
        kind = recognised(beginning, KINDS)
        kind.plan(beginning, {})
    except HashListUnreadable as refused:
        assert refused.facts["cause"]


# ── VICS ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "profile", "categories", "count"),
    [
        ("example-vics13-hashset.json", "VICS 1.3", ["0", None], 2),
        ("example-vics20-hashset.json", "Default", ["0", None], 2),
        ("example-vics20-case.json", "CUSTOM", ["0", None], 3),
    ],
)
def test_the_examples_of_vics_are_read(
    name: str, profile: str, categories: list[str | None], count: int
) -> None:
    """`count`: digests of an entry."""
    example = VICS_EXAMPLES / name
    assert (way(example).name, way(example).plan.profile) == ("vics", profile)
    entries = listed(read(example))
    assert [entry.category for entry in entries] == categories
    assert {len(entry.digests) for entry in entries} == {2 if count == 2 else 3}
    assert told(entries[0])[Algorithm.MD5] == "f569eb628574d4affe7455269703f7c3"


def test_categories_are_kept_as_they_are_with_their_region(tmp_path: Path) -> None:
    path = written(tmp_path, list_files.vics20(FILES, region="UK", is_case=True))
    assert (way(path).plan.profile, way(path).plan.names_region) == ("UK", True)
    assert [entry.category for entry in listed(read(path))] == [None, "2"] * 3 + [None]
    custom = written(tmp_path, list_files.vics20(FILES, region="CUSTOM"))
    assert not way(custom).plan.names_region
    old = written(tmp_path, list_files.vics13(FILES))
    assert [entry.category for entry in listed(read(old))] == ["1", "2", "0", "1", "2", "0", "1"]


def test_what_has_no_place_is_kept_as_the_rest(tmp_path: Path) -> None:
    entry = listed(read(written(tmp_path, list_files.vics20(FILES))))[0]
    assert entry.rest is not None
    assert json.loads(entry.rest) == {
        "MediaID": 1,
        "MediaSize": 18,
        "RelativeFilePath": "VIC_Files\\shape-0.png",
        "VictimIdentified": "false",
        "Tags": "synthetic",
    }


def vics(*media: object) -> bytes:
    context = list_files.CONTEXT_20.format(region="Default", what="Media")
    return json.dumps({"@odata.context": context, "value": media}).encode()


@pytest.mark.parametrize(
    ("media", "refusal"),
    [
        ({"MD5": "zz"}, Refusal.NO_DIGEST),
        ({"MD5": FILES[0].sha1}, Refusal.ALGORITHM),
        ({"MD5": EMPTY_MD5, "SHA1": FILES[0].sha1}, Refusal.EMPTY_INPUT),
        ({"Category": 1}, Refusal.NO_DIGEST),
        ({"MD5": 5}, Refusal.NO_DIGEST),
        ({"MD5": FILES[0].md5, "Category": [1]}, Refusal.CATEGORY),
        ({"MD5": FILES[0].md5, "Category": "x" * 65}, Refusal.CATEGORY),
        (
            {
                "MD5": FILES[0].md5,
                "AlternativeHashes": [{"HashName": "MD5", "HashValue": FILES[1].md5}],
            },
            Refusal.CONTRADICTION,
        ),
        (17, Refusal.MALFORMED),
        ([], Refusal.MALFORMED),
        ({"MD5": FILES[0].md5, "Comments": "x" * (1 << 20)}, Refusal.TOO_LONG),
    ],
)
def test_an_entry_of_vics_is_refused_with_why_and_the_next_is_read(
    media: object, refusal: Refusal, tmp_path: Path
) -> None:
    first, second = read(written(tmp_path, vics(media, {"MD5": FILES[2].md5})))
    assert isinstance(first, Refused)
    assert (first.line, first.refusal) == (1, refusal)
    assert not isinstance(second, Refused)
    assert told(second[1]) == {Algorithm.MD5: FILES[2].md5}


def test_a_long_rest_loses_its_longest_parts_first(tmp_path: Path) -> None:
    media = {"MD5": FILES[0].md5, "Tags": "kept", "Comments": "x" * 5_000}
    (entry,) = listed(read(written(tmp_path, vics(media))))
    assert entry.rest == '{"Tags":"kept"}'


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_divides_by_any_usual_letter(delimiter: str, tmp_path: Path) -> None:
    rows = [[file.name, file.md5] for file in FILES]
    path = written(tmp_path, list_files.table(["File name", "MD5"], rows, delimiter))
    assert way(path).name == "csv"
    assert [(e.name, told(e)) for e in listed(read(path))] == [
        (file.name, {Algorithm.MD5: file.md5}) for file in FILES
    ]


def test_a_table_without_headings_is_understood_by_what_is_in_it(tmp_path: Path) -> None:
    rows = [["17", file.sha1, file.name, file.md5] for file in FILES]
    path = written(tmp_path, list_files.table([], rows))
    assert [column.meaning for column in way(path).plan.columns] == [None, "sha1", "name", "md5"]
    assert len(listed(read(path))) == len(FILES)


def test_digests_of_several_kinds_may_be_in_one_column(tmp_path: Path) -> None:
    rows = [[FILES[0].md5, "a"], [FILES[1].sha1, "b"], [FILES[2].sha256, "c"], ["f00d", "d"]]
    path = written(tmp_path, list_files.table(["Hash", "Note"], rows))
    *good, bad = read(path)
    assert [set(told(e)) for e in listed(good)] == [
        {Algorithm.MD5},
        {Algorithm.SHA1},
        {Algorithm.SHA256},
    ]
    assert isinstance(bad, Refused)
    assert (bad.line, bad.refusal, bad.text) == (5, Refusal.LENGTH, "f00d,d")


def test_columns_are_what_a_person_says_by_heading_or_number(tmp_path: Path) -> None:
    rows = [["x", file.pdq, file.name, "3"] for file in FILES]
    path = written(tmp_path, list_files.table(["A", "Finger print", "B", "C"], rows))
    assert {Algorithm.SHA256} == {kind for e in listed(read(path)) for kind in told(e)}
    said = {"pdq": "finger print", "name": "3", "category": "C"}
    entries = listed(read(path, said=said))
    assert [(told(e), e.name, e.category) for e in entries] == [
        ({Algorithm.PDQ: file.pdq}, file.name, "3") for file in FILES
    ]


@pytest.mark.parametrize(
    "said", [{"pdq": "Z"}, {"pdq": "0"}, {"pdq": "5"}, {"colour": "1"}, {"pdq": "²"}]
)
def test_a_column_that_is_not_there_is_refused(said: dict[str, str], tmp_path: Path) -> None:
    path = written(tmp_path, list_files.table(["A", "B"], [["x", FILES[0].pdq]]))
    with pytest.raises(ValueUnknown):
        way(path, said=said)


def test_a_table_of_which_no_column_has_digests_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n1,2\n")
    with pytest.raises(HashListUnreadable) as refused:
        way(path, "csv")
    assert refused.value.facts["cause"] == words.NO_COLUMN


def test_cells_may_be_quoted_and_run_over_lines(tmp_path: Path) -> None:
    content = f'name,md5\n"a, ""b""\nc.png",{FILES[0].md5}\n\nd.png,{FILES[1].md5}\n'
    assert [e.name for e in listed(read(written(tmp_path, content)))] == ['a, "b"\nc.png', "d.png"]


@pytest.mark.parametrize("ends", [(), (40,), (8_900,)])
def test_a_quotation_without_end_costs_its_own_line_and_no_row_behind_it(
    ends: tuple[int, ...], tmp_path: Path
) -> None:
    """Also where another stray mark would end it, before its bound or behind."""
    lines = [f"shape-{at}.png,{file.md5}" for at, file in enumerate(known_files(9_000))]
    for at in (3, *ends):
        lines[at] = f'"{lines[at]}'
    rows = read(written(tmp_path, "name,md5\n" + "\n".join(lines)))
    assert refusals(rows) == [Refusal.MALFORMED] * (1 + len(ends))
    assert len(rows) == len(lines)


def test_a_record_that_takes_no_end_is_taken_apart(tmp_path: Path) -> None:
    """Each of its cells is short, and each line ends within marks of quotation."""
    lines = ["name,md5", f"a,{FILES[0].md5}", *['"x', '","y'] * 40_000, f'",{FILES[1].md5}']
    rows = read(written(tmp_path, "\n".join(lines)), "csv")
    assert [row[1].name for row in rows if not isinstance(row, Refused)] == ["a"]
    assert len(rows) > 80_000 - 2


def test_a_line_that_is_too_long_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    content = f"name,md5\n{'x' * 20_000},{FILES[0].md5}\nb,{FILES[1].md5}\n"
    rows = read(written(tmp_path, content), "csv")
    assert refusals(rows) == [Refusal.TOO_LONG]
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("quality", "said"),
    [("49", Refusal.LOW_QUALITY), ("101", Refusal.MALFORMED), ("-", Refusal.MALFORMED)],
)
def test_a_plain_picture_is_left_out(quality: str, said: Refusal, tmp_path: Path) -> None:
    rows = [[FILES[0].pdq, "50"], [FILES[1].pdq, quality]]
    good, bad = read(written(tmp_path, list_files.table(["pdq", "quality"], rows)))
    assert listed([good])[0].quality == 50
    assert refusals([bad]) == [said]


def test_icse_keeps_what_has_no_place_and_its_baseline_as_a_category(tmp_path: Path) -> None:
    path = written(tmp_path, list_files.icse(FILES))
    assert way(path).plan.profile == "ICSE baseline"
    entry = listed(read(path))[1]
    assert entry.category == "Yes"
    assert json.loads(entry.rest or "")["Series name"] == "series a"


# ── Lines, records, bundles ──────────────────────────────────────────────────────────────────────


def test_a_list_of_pdq_alone_is_one_if_a_person_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, "".join(f"{file.pdq}\n" for file in FILES) + "# told\n\nno\n")
    assert way(path).name == "md5sum"
    *good, bad = read(path, "pdq")
    assert {kind for e in listed(good) for kind in told(e)} == {Algorithm.PDQ}
    assert refusals([bad]) == [Refusal.NO_DIGEST]
    assert refusals(read(written(tmp_path, f"{FILES[0].pdq} 49\n{FILES[1].pdq} 101\n"), "pdq")) == [
        Refusal.LOW_QUALITY,
        Refusal.MALFORMED,
    ]


def test_records_of_encase_that_are_cut_off_or_of_nothing_are_refused(tmp_path: Path) -> None:
    content = list_files.encase(FILES) + hashlib.md5().digest() + b"\0\0" + b"\1" * 5
    assert refusals(read(written(tmp_path, content))) == [Refusal.EMPTY_INPUT, Refusal.MALFORMED]


def stix(*objects: object) -> str:
    return json.dumps({"type": "bundle", "id": "bundle--1", "objects": objects})


def test_a_bundle_says_what_its_files_and_indicators_say(tmp_path: Path) -> None:
    one, two = FILES[:2]
    pattern = f"[file:hashes.'SHA-256' = '{one.sha256}' OR file:hashes.MD5 = '{two.md5}']"
    path = written(
        tmp_path,
        stix(
            {"type": "identity", "name": "Example Body A"},
            {"type": "indicator", "pattern": pattern, "name": "shapes"},
            {"type": "indicator", "pattern": pattern, "revoked": True},
            {"type": "file", "name": "without digests"},
            {"type": "artifact", "hashes": {"SHA-1": two.sha1, "SSDEEP": "3:a:b"}},
            {"type": "file", "hashes": {"SHA-512": "00"}},
            {"type": "file", "extensions": {"e": {"x_pdq": one.pdq, "quality": 10**30}}},
            {"type": "file", "extensions": [7], "hashes": 7},
            {"type": "grouping", "labels": 7},
            "no object",
        ),
    )
    rows = read(path)
    assert [told(e) for e in listed(rows[:3])] == [
        {Algorithm.SHA256: one.sha256},
        {Algorithm.MD5: two.md5},
        {Algorithm.SHA1: two.sha1},
    ]
    assert refusals(rows) == [Refusal.NOT_MATCHED, Refusal.MALFORMED, Refusal.MALFORMED]
    numbers = [row.line if isinstance(row, Refused) else row[0] for row in rows]
    assert numbers == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("wrap", ["Event", "response", "bare", "several", "attributes"])
def test_attributes_and_objects_of_misp_are_read_in_every_wrapping(
    wrap: str, tmp_path: Path
) -> None:
    one, two = FILES[:2]
    attributes = [
        {"type": "md5", "value": one.md5},
        {"type": "filename|sha1", "value": f"b|c.png|{two.sha1}"},
        {"type": "domain", "value": "example.org"},
        {"type": "sha256", "value": one.sha256, "deleted": True},
    ]
    event = {"analysis": "0", "info": "synthetic", "Attribute": attributes}
    content: object = {
        "Event": {"Event": event},
        "response": {"response": [{"Event": event}]},
        "bare": event,
        "several": [{"Event": event}],
        "attributes": {"response": {"Attribute": attributes}},
    }[wrap]
    path = written(tmp_path, json.dumps(content))
    assert way(path).name == "misp"
    assert [(told(e), e.name) for e in listed(read(path))] == [
        ({Algorithm.MD5: one.md5}, None),
        ({Algorithm.SHA1: two.sha1}, "b|c.png"),
    ]
