"""What stands in the manual holds together: order, links, anchors, pictures, lists made from the program."""

from __future__ import annotations

import importlib
import pkgutil
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

import cport_desktop.words
from cport_desktop import errors
from cport_desktop.cli.verbs import VERBS
from cport_desktop.ui.manual_places import CHAPTERS
from cport_desktop.ui.page_table import PAGES
from cport_desktop.ui.views.manual_shelf import THE_WINDOW
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.words.help import HelpText
from tests.manual.conftest import script

DOCS = Path(__file__).parents[2] / "docs"
PICTURE = DOCS / "screenshots" / "help-light-en.png"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A manual of two chapters."""
    folder = tmp_path / "docs" / "manual"
    folder.mkdir(parents=True)
    shutil.copy(PICTURE, folder / "seen.png")
    (folder / "README.md").write_text("# Small\n\n## Part\n\n- [One](one.md)\n- [Two](two.md)\n")
    (folder / "one.md").write_text("# One\n\nGo to [it](two.md#the-place).\n\n![Seen](seen.png)\n")
    (folder / "two.md").write_text("# Two\n\n## The place\n\nBack to [one](one.md).\n")
    return folder


def test_the_whole_manual_holds_together() -> None:
    book = script("manual_book").read_book()
    assert [chapter.name for chapter in book.chapters][:2] == ["first-day", "window"]
    assert len({chapter.part for chapter in book.chapters}) == 4
    told = {chapter.source for chapter in book.chapters}
    assert set((DOCS / "formats").glob("*.md")) <= told
    assert len(book.pictures()) > 20


def test_a_small_manual_is_read(small: Path) -> None:
    book = script("manual_book").read_book(small)
    links = [run.link for run in book.chapters[0].blocks[1].runs]
    assert links == [None, "two#the-place", None]
    assert [path.name for path in book.pictures()] == ["seen.png"]


Spoil: TypeAlias = Callable[[Path], object]


def put(name: str, text: str) -> Spoil:
    return lambda folder: (folder / name).write_text(text)


FAULTS: dict[str, tuple[Spoil, str]] = {
    "a chapter that is gone": (lambda folder: (folder / "two.md").unlink(), "two.md"),
    "a page that is not there": (
        put("two.md", "# Two\n\n## The place\n\n[x](three.md)\n"),
        "not there",
    ),
    "an anchor that is not there": (
        put("two.md", "# Two\n\n## The place\n\n[x](one.md#no)\n"),
        "#no",
    ),
    "a link into the world": (
        put("two.md", "# Two\n\n## The place\n\n[x](https://x.example/)\n"),
        "out of",
    ),
    "a picture that is gone": (put("one.md", "# One\n\n![Seen](gone.png)\n"), "gone.png"),
    "a picture without words": (put("one.md", "# One\n\n![](seen.png)\n"), "nothing says"),
    "a picture in a sentence": (put("one.md", "# One\n\nSee ![Seen](seen.png)\n"), "of its own"),
    "a picture too large": (
        lambda folder: (folder / "seen.png").write_bytes(bytes(400_000)),
        "too large",
    ),
    "a chapter without a title": (put("one.md", "One\n"), "title"),
    "a chapter nobody finds": (put("three.md", "# Three\n"), "three.md"),
    "a list nobody makes": (put("one.md", "# One\n\n{{nothing}}\n"), "nothing"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_is_named(small: Path, name: str) -> None:
    spoil, told = FAULTS[name]
    spoil(small)
    book = script("manual_book")
    with pytest.raises(script("manual_blocks").ManualFault, match=told):
        book.read_book(small)


def test_a_tag_is_text(small: Path) -> None:
    put("one.md", "# One\n\n<script>x</script> and `<b>`\n")(small)
    html = script("manual_html").page(script("manual_book").read_book(small).chapters[0])
    assert "<script" not in html
    assert "<b>" not in html


# -- lists made from the program


def every_error(kind: type[errors.CportError] = errors.CportError) -> list[type[errors.CportError]]:
    return [kind, *(each for inner in kind.__subclasses__() for each in every_error(inner))]


def test_every_error_code_is_listed() -> None:
    told = script("manual_lists").error_codes()
    codes = {kind.code for kind in every_error() if kind.__module__ == errors.__name__} - {"bug"}
    assert {code for code in codes if f"| `{code}` |" not in told} == set()


def test_every_verb_is_listed_with_its_example() -> None:
    told = script("manual_lists").verbs()
    for verb in VERBS:
        assert f"#### cport {verb.name}\n" in told
        assert verb.example.strip() in told


def parts_of_pages(kind: type[PageSection] = PageSection) -> list[type[PageSection]]:
    return [each for inner in kind.__subclasses__() for each in (inner, *parts_of_pages(inner))]


def test_every_part_of_a_page_leads_to_a_chapter_and_is_called_what_it_is_called() -> None:
    book = script("manual_book").read_book()
    places = {f"{each.name}#{head.anchor}" for each in book.chapters for head in each.headings()}
    places |= {chapter.name for chapter in book.chapters}
    shown = {kind.__name__: kind.title for kind in parts_of_pages() if kind.title}
    assert shown.keys() == CHAPTERS.keys()
    assert {place for place in CHAPTERS.values() if place not in places} == set()
    pages = {entry.title for entry in PAGES}
    named = 0
    for source in (DOCS / "manual").glob("*.md"):
        text = " ".join(source.read_text("utf-8").split())
        for page, part in re.findall(r"\*\*([^*]+)\*\*, part \*\*([^*]+)\*\*", text):
            named += 1
            assert page in pages, f"{source.name}: {page}"
            assert part in shown.values(), f"{source.name}: {part}"
    assert named > 10


def test_the_help_of_every_view_leads_to_a_chapter() -> None:
    book = script("manual_book").read_book()
    anchors = {each.name: {head.anchor for head in each.headings()} for each in book.chapters}
    texts = 0
    for module in pkgutil.iter_modules(cport_desktop.words.__path__):
        room = importlib.import_module(f"cport_desktop.words.{module.name}")
        for told in vars(room).values():
            if isinstance(told, HelpText):
                texts += 1
                name, _, anchor = (told.chapter or THE_WINDOW).partition("#")
                assert name in anchors, f"{room.__name__}: {told.title}"
                assert not anchor or anchor in anchors[name], f"{told.title}: {told.chapter}"
    assert texts > 20
