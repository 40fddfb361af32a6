"""The manual as it is handed out: pages of the window, and the PDF."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from cport_desktop.formats.manual_pages import (
    ManualDamaged,
    read_index,
    read_page,
    read_picture,
)
from tests.manual.conftest import script

DRAWN = {
    *("html", "body", "h1", "h2", "h3", "h4", "p", "a", "b", "i", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "table", "tr", "th", "td", "img"),
}
"""What the window's pages are made of."""


@dataclass
class Page(HTMLParser):
    tags: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    pictures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.add(tag)
        self.links += [told["href"] or ""] if "href" in told else []
        self.anchors |= {told["name"] or ""} if "name" in told else set()
        self.pictures += [told["src"] or ""] if "src" in told else []


def pages(folder: Path) -> dict[str, Page]:
    found = {}
    for chapter in read_index(folder).chapters:
        found[chapter.name] = Page()
        found[chapter.name].feed(read_page(folder, chapter.name))
    return found


def test_every_link_and_picture_of_a_page_is_in_the_book(written: Path) -> None:
    read = pages(written)
    pictures = {file for page in read.values() for file in page.pictures}
    assert len(pictures) > 20
    for file in pictures:
        assert read_picture(written, file).width > 100
    for name, page in read.items():
        assert page.tags <= DRAWN, name
        for link in page.links:
            target, anchor = urldefrag(link)
            there = read[target.removesuffix(".html")]
            assert not anchor or anchor in there.anchors, f"{name}: {link}"


def test_the_index_knows_where_words_stand(written: Path) -> None:
    index = read_index(written)
    stick = next(chapter for chapter in index.chapters if chapter.name == "stick")
    assert "enrolment code never lies on the stick" in stick.words
    assert "enrol-by-stick" in stick.anchors


def test_a_picture_has_the_pixels_it_was_made_of(written: Path) -> None:
    from PIL import Image  # noqa: PLC0415 - as the script does

    source = Path(__file__).parents[2] / "docs" / "screenshots" / "door-light-en.png"
    made = read_picture(written, "door-light-en.pixels")
    with Image.open(source) as opened:
        wanted = opened.convert("RGB")
        assert (made.width, made.height) == wanted.size
        for x, y in ((0, 0), (683, 384), (600, 300), (1365, 767)):
            number = made.rows[y * made.width + x]
            assert tuple(made.colours[3 * number : 3 * number + 3]) == wanted.getpixel((x, y))


@pytest.mark.parametrize(
    "spoiled",
    [
        b"",
        b"CPORTPX1",
        b"CPORTPX1\xff\xff\xff\xff" + bytes(800),
        b"CPORTPX1\0\x04\0\x04" + bytes(800),
    ],
)
def test_a_damaged_picture_is_refused(tmp_path: Path, spoiled: bytes) -> None:
    (tmp_path / "x.pixels").write_bytes(spoiled)
    with pytest.raises(ManualDamaged):
        read_picture(tmp_path, "x.pixels")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format":"other","title":"","chapters":[]}'])
def test_a_damaged_index_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "index.json").write_text(text)
    with pytest.raises(ManualDamaged):
        read_index(tmp_path)


def test_the_same_source_gives_the_same_pages(written: Path, tmp_path: Path) -> None:
    script("manual_html").write_html(script("manual_book").read_book(), tmp_path)
    names = sorted(path.name for path in written.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    for name in names:
        assert (tmp_path / name).read_bytes() == (written / name).read_bytes()
    assert json.loads((written / "index.json").read_text("utf-8"))["format"] == "cport-manual-1"


# -- the PDF


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole manual."""
    path = tmp_path_factory.mktemp("pdf") / "manual.pdf"
    script("manual_pdf").write_pdf(script("manual_book").read_book(), path, version="0")
    return path


def said_by(tool: str, *arguments: str | Path) -> str:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not here")
    done = subprocess.run([tool, *map(str, arguments)], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


def test_the_pdf_has_pages_a_title_and_its_own_typefaces(pdf: Path) -> None:
    told = said_by("pdfinfo", pdf)
    assert "The manual of CPORT Desktop" in told
    assert int(told.split("Pages:")[1].split()[0]) > 80
    for line in said_by("pdffonts", pdf).splitlines()[2:]:
        assert line.split()[-5] == "yes", line


def test_the_pdf_says_what_the_chapters_say(pdf: Path) -> None:
    told = " ".join(said_by("pdftotext", "-layout", pdf, "-").split())
    for chapter in script("manual_book").read_book().chapters:
        assert " ".join(chapter.title.split()) in told
    assert "The enrolment code never lies on the stick" in told


def test_the_pdf_has_bookmarks_for_parts_and_chapters(pdf: Path) -> None:
    with pdf.open("rb") as opened:
        outlines = PdfFileReader(opened).root["/Outlines"]
        part, parts = outlines["/First"], []
        while part is not None:
            parts.append(str(part["/Title"]))
            assert "/First" in part
            part = part["/Next"] if "/Next" in part else None  # noqa: SIM401 - `get` gives a reference
    assert parts == ["Everyday work", "Looking after it", "Reference", "For integrators"]
