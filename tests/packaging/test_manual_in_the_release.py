"""The release holds the manual that its sources tell."""

from __future__ import annotations

import pytest

from cport_desktop.formats.manual_pages import read_index, read_page, read_picture
from tests.manual.conftest import script
from tests.packaging.trees import built

pytestmark = pytest.mark.packages


def test_the_release_has_every_page_and_picture_of_the_manual() -> None:
    book = script("manual_book").read_book()
    there = built() / "app" / "resources" / "manual"
    told = read_index(there).chapters
    assert [chapter.name for chapter in told] == [chapter.name for chapter in book.chapters]
    for chapter in told:
        assert "<h1>" in read_page(there, chapter.name)
    for picture in book.pictures():
        assert read_picture(there, f"{picture.stem}.pixels").width > 100
