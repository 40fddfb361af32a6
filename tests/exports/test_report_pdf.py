"""The report as paper: contents, bookmarks, both times, archival form, pictures, any script."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from msgspec import structs
from PIL import Image, ImageCms
from pyhanko.pdf_utils.reader import PdfFileReader

from cport_desktop.domain.custody import CustodyEntry, ItemCustody
from cport_desktop.domain.package import Derived, PackageContent
from cport_desktop.domain.progress import never
from cport_desktop.domain.redaction import Redacted
from cport_desktop.errors import DocumentFailed
from cport_desktop.exports import pages
from cport_desktop.exports.documents import DocumentMaker
from cport_desktop.exports.pages import Document
from cport_desktop.exports.paper_text import plain
from cport_desktop.exports.records import package_record
from cport_desktop.exports.summary import summary
from tests.exports.custody_log import content_with_custody, custody
from tests.exports.peers import needs, run
from tests.exports.synthetic import RESOURCES, dossier, package_content, packaged, taxonomy

EAST = timezone(timedelta(hours=5, minutes=30))
SCRIPTS = (
    "Ελληνικά Кириллица Žluťoučký עברית العربية 漢字 \u202eevil\u202c a\u0301 \u0915\u094d \x07"
)


def report_of(content: PackageContent) -> Document:
    return summary(content, package_record(content, [], taxonomy()), taxonomy(), zone=EAST)


def with_veils(content: PackageContent, *pictures: bytes) -> PackageContent:
    """`content`, whose first media leave as these pictures."""
    veils = tuple(
        replace(packaged(101 + place, picture), derived=Derived.VEIL)
        for place, picture in enumerate(pictures)
    )
    return replace(content, media=(*veils, *content.media[len(veils) :]))


def set_pages(document: Document) -> bytes:
    return DocumentMaker(resources=RESOURCES).make(document, is_cancelled=never, has_place=True)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return set_pages(report_of(package_content(3)))


def pages_of(pdf: bytes, folder: Path) -> list[str]:
    program = needs("pdftotext")
    (folder / "x.pdf").write_bytes(pdf)
    said = run(program, "-layout", "x.pdf", "-", cwd=folder).stdout.decode()
    return said.rstrip("\f").split("\f")


def test_the_contents_name_the_page_on_which_each_section_stands(
    pdf: bytes, tmp_path: Path
) -> None:
    sheets = pages_of(pdf, tmp_path)
    listed = dict(re.findall(r"(HL-\d+|Reports at a glance)\s+(\d+)", sheets[1]))
    assert listed == {"Reports at a glance": "3", "HL-1": "4", "HL-2": "5", "HL-3": "6"}
    for title, number in listed.items():
        assert title in sheets[int(number) - 1]


def test_bookmarks_lead_to_the_same_sections_and_stand_in_view(pdf: bytes) -> None:
    root = PdfFileReader(io.BytesIO(pdf)).root
    assert root["/PageMode"] == "/UseOutlines"
    entry = root["/Outlines"]["/First"]
    titles = [str(entry["/Title"])]
    while "/Next" in entry:
        entry = entry["/Next"]
        titles.append(str(entry["/Title"]))
    assert titles[0] == "About this report"
    assert titles[-1] == "Reports"
    assert [str(entry["/First"]["/Title"]), str(entry["/Last"]["/Title"])] == ["HL-1", "HL-3"]


def test_each_link_of_the_contents_is_printed_and_leads_to_a_page(pdf: bytes) -> None:
    sheet = PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Kids"][1]
    links = [each.get_object() for each in sheet["/Annots"]]
    assert len(links) == 7
    assert {(str(link["/Subtype"]), int(link["/F"])) for link in links} == {("/Link", 4)}


def test_it_says_its_language_and_shows_its_title(pdf: bytes) -> None:
    root = PdfFileReader(io.BytesIO(pdf)).root
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 - pyHanko's own boolean


def test_what_an_archive_asks_for_is_there(pdf: bytes) -> None:
    """ISO 19005-2: metadata, a colour profile, no transparency, no script, no encryption."""
    reader = PdfFileReader(io.BytesIO(pdf))
    xmp = reader.root["/Metadata"].data.decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in xmp
    assert "<xmp:CreateDate>2026-05-17T09:30:12+00:00</xmp:CreateDate>" in xmp
    assert str(reader.trailer["/Info"]["/CreationDate"]) == "D:20260517093012+00'00'"
    (intent,) = reader.root["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    profile = ImageCms.getOpenProfile(io.BytesIO(intent["/DestOutputProfile"].data))
    assert (profile.profile.xcolor_space, profile.profile.version) == ("RGB ", 4.2)
    for word in (b"/SMask", b"/ca ", b"/CA ", b"/JavaScript", b"/Encrypt", b"/Launch", b"/URI"):
        assert word not in pdf


def test_every_stream_has_the_length_it_states_and_ends_with_its_line(pdf: bytes) -> None:
    """ISO 19005-2, 6.1.7.1."""
    streams = list(re.finditer(rb"/Length (\d+)[^>]*?>>\s*?stream\n", pdf))
    assert len(streams) == pdf.count(b"endstream") > 10
    for stream in streams:
        end = stream.end() + int(stream[1])
        assert pdf[end : end + 11] == b"\nendstream\n"


def test_typefaces_are_subsets_with_one_map_and_no_other_encoding(pdf: bytes) -> None:
    """ISO 19005-2, 6.2.11.6: a symbolic TrueType font has no Encoding."""
    fonts = PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Kids"][0]["/Resources"]["/Font"]
    assert len(fonts) == 3
    for name in fonts:
        assert "/Encoding" not in fonts[name]
        assert int(fonts[name]["/FontDescriptor"]["/Flags"]) & 4
        assert re.match(r"/[A-Z]{6}\+", fonts[name]["/BaseFont"])


def test_every_typeface_is_embedded(pdf: bytes, tmp_path: Path) -> None:
    program = needs("pdffonts")
    (tmp_path / "x.pdf").write_bytes(pdf)
    lines = run(program, "x.pdf", cwd=tmp_path).stdout.decode().splitlines()[2:]
    assert len(lines) == 3
    assert all(re.search(r" yes yes yes +\d", line) for line in lines)


def test_without_its_typefaces_it_does_not_call_itself_archival() -> None:
    made = DocumentMaker().make(report_of(package_content(1)), is_cancelled=never)
    assert b"<pdfaid:" not in made
    assert b"<dc:title>" in made


def test_each_moment_is_told_in_utc_and_in_the_senders_time(pdf: bytes, tmp_path: Path) -> None:
    sheets = pages_of(pdf, tmp_path)
    assert "2026-05-17T09:30:12Z (2026-05-17 15:00 +05:30)" in sheets[0].replace("\u00a0", " ")
    assert "2026-05-14T09:30:12Z" in sheets[3]


def test_empty_sections_say_that_they_are_empty(tmp_path: Path) -> None:
    bare = replace(dossier(1), operations=())
    bare = replace(bare, report=replace(bare.report, contents=()))
    content = replace(package_content(1), reports=(bare,), media=(), omitted_media=())
    text = "\n".join(pages_of(set_pages(report_of(content)), tmp_path))
    for sentence in (
        "No recipient is named.",
        "Nothing was redacted.",
        "No media file was left out.",
        "The report has no content items.",
        "No action has been reported.",
        "This agency has added nothing to the report.",
        "No media were captured for this report.",
    ):
        assert sentence in text
    nothing = replace(content, reports=())
    said = "\n".join(pages_of(set_pages(report_of(nothing)), tmp_path))
    assert "The package holds no reports." in said


def test_redactions_are_listed_with_their_reason(tmp_path: Path) -> None:
    lines = (
        Redacted("M-101", "pixels", ("4,4 10x10",), "a bystander", "ab" * 32),
        Redacted("HL-2", "field", ("memo",), "names a source"),
    )
    content = replace(package_content(1), redactions=lines)
    text = " ".join("\n".join(pages_of(set_pages(report_of(content)), tmp_path)).split())
    for said in ("a bystander", "4,4 10x10", "names a source", "A field was removed", "ab" * 8):
        assert said in text
    assert "Nothing was redacted." not in text


def test_any_script_is_set_or_spelled_out(tmp_path: Path) -> None:
    content = replace(package_content(1), title=SCRIPTS, reports=(dossier(1, memo=SCRIPTS),))
    text = " ".join("\n".join(pages_of(set_pages(report_of(content)), tmp_path)).split())
    for shown in (
        "Ελληνικά",
        "Кириллица",
        "Žluťoučký",
        "<U+05E2 U+05D1",
        "<U+0627 U+0644",
        "<U+6F22 U+5B57>",
        "á",
    ):
        assert shown in text
    assert "<U+202E>evil<U+202C>" in text
    assert "<U+0915 U+094D>" in text
    assert "\u202e" not in text


def test_addresses_are_defanged_wherever_they_stand() -> None:
    assert plain("see http://a.example/x.y, or HTTPS://b.example") == (
        "see hxxp://a[.]example/x.y, or HxxPS://b[.]example"
    )
    nested = dossier(1, url="https://a.example/?to=https://b.example/c")
    document = report_of(replace(package_content(1), reports=(nested,)))
    told = str(document)
    assert "https://" not in told
    assert "hxxps://a[.]example" in told


def test_a_cell_of_wide_signs_runs_on_in_the_next_row(tmp_path: Path) -> None:
    name = "漢" * 9_000
    table = pages.Table(
        title="T", header=("a", "b"), widths=(10, 90), rows=((name, "x"),), nothing="-"
    )
    document = replace_blocks(report_of(package_content(1)), table)
    text = "".join("".join(pages_of(set_pages(document), tmp_path)).split())
    assert text.count("U+6F22") > 8_000


def replace_blocks(document: Document, *blocks: pages.Block) -> Document:
    return structs.replace(document, blocks=blocks)


def png(side: int, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((side, side // 2)).convert(mode).save(out, "PNG")
    return out.getvalue()


def test_pictures_are_shown_only_where_veils_are_what_leaves(pdf: bytes) -> None:
    made = set_pages(report_of(with_veils(package_content(3), png(48), png(40, "RGBA"))))
    assert made.count(b"/Subtype /Image") == 2
    assert b"/SMask" not in made
    assert b"/Subtype /Image" not in pdf


@pytest.mark.parametrize(
    "picture", [png(pages.LONGEST_SIDE + 2), b"GIF89a", b""], ids=["large", "other", "empty"]
)
def test_a_picture_that_is_no_small_png_costs_the_document(picture: bytes) -> None:
    with pytest.raises(DocumentFailed):
        set_pages(report_of(with_veils(package_content(1), picture)))


def test_the_digest_that_is_told_is_that_of_the_original_or_of_what_is_here_instead(
    tmp_path: Path,
) -> None:
    content = with_veils(package_content(3), png(48))
    redacted = replace(packaged(102, b"redrawn"), derived=Derived.REDACTED)
    content = replace(content, media=(content.media[0], redacted, content.media[2]))
    sheets = pages_of(set_pages(report_of(content)), tmp_path)
    original = content.reports[0].media[0].digests
    assert original is not None
    assert original.sha256[:24] in sheets[3]
    assert content.media[0].digests.sha256[:24] not in sheets[3]
    assert any(redacted.digests.sha256[:24] in sheet for sheet in sheets)


def test_the_custody_of_each_report_and_its_media_is_told(tmp_path: Path) -> None:
    sheets = pages_of(set_pages(report_of(content_with_custody())), tmp_path)
    first = " ".join(next(sheet for sheet in sheets if "Custody:" in sheet).split())
    told = first[first.index("Custody:") :]
    for said in ("HL-1 1 2026-05-08T09:30:12Z", "collected", "handed on", "looked at", "1 time"):
        assert said in told
    for said in ("by analyst", "to court", "=synthetic", "M-101 3 2026-05-10"):
        assert said in told
    assert any("The audit log says nothing of this report." in sheet for sheet in sheets)


def test_of_a_long_custody_so_much_is_told_as_somebody_reads() -> None:
    log = custody()
    many = ItemCustody("HL-1", tuple([1] * 2 + [5] * 998), ())
    asked: list[int] = []

    def told(numbers: Sequence[int]) -> tuple[CustodyEntry, ...]:
        asked.extend(numbers)
        return log.told(numbers)

    content = replace(content_with_custody(), custody=replace(log, items=(many,), told=told))
    tables = [block for block in report_of(content).blocks if isinstance(block, pages.Table)]
    shown = [table for table in tables if table.title.startswith("Custody")]
    assert [len(table.rows) for table in shown] == [300, 0, 0]
    assert asked == [1, 5]
    assert "The first 300 of 1,000 are listed here" in str(report_of(content))


def test_contents_run_over_pages_and_are_right_to_the_end(tmp_path: Path) -> None:
    headings = [
        pages.Heading(text=f"Part {n}", level=2 if n > 1 else 1, begins_page=n % 100 == 0)
        for n in range(1, 501)
    ]
    sheets = pages_of(set_pages(replace_blocks(report_of(package_content(1)), *headings)), tmp_path)
    listed = {}
    for sheet in sheets[1:6]:
        listed.update({int(n): int(at) for n, at in re.findall(r"Part (\d+) +(\d+)", sheet)})
    assert set(listed) == set(range(1, 501))
    assert all(re.search(rf"Part {n}\b", sheets[at - 1]) for n, at in listed.items())
    assert all(f"Page {n} of {len(sheets)}" in sheet for n, sheet in enumerate(sheets, start=1))
