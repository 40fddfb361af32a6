"""The manual that came with the program, as the window asks for it: pages, pictures, where words stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cport_desktop.formats.manual_pages import (
    ManualChapter,
    ManualDamaged,
    ManualIndex,
    ManualPicture,
    read_index,
    read_page,
    read_picture,
)


class ManualBook:
    """The book in `folder`; it is read from there page by page."""

    def __init__(self, folder: Path, index: ManualIndex) -> None:
        self._folder = folder
        self.title = index.title
        self.chapters = index.chapters
        self._names = {chapter.name: place for place, chapter in enumerate(index.chapters)}

    def has(self, name: str) -> bool:
        return name in self._names

    def known(self, name: str) -> str:
        """`name` if it is a chapter, the first one otherwise."""
        return name if name in self._names else self.chapters[0].name

    def chapter(self, name: str) -> ManualChapter:
        return self.chapters[self._names[self.known(name)]]

    def page(self, name: str) -> str:
        """Its HTML.

        Raises:
            ManualDamaged: there is no such page, or it is damaged.
        """
        if name not in self._names:
            raise ManualDamaged(name)
        return read_page(self._folder, name)

    def picture(self, file: str) -> ManualPicture:
        """Its pixels.

        Raises:
            ManualDamaged: there is no such picture, or it is damaged.
        """
        if "/" in file or file.startswith("."):
            raise ManualDamaged(file)
        return read_picture(self._folder, file)

    def others_with(self, text: str, name: str, *, forward: bool) -> Iterator[str]:
        """Chapters behind `name` (or before it) that hold `text`, in the order in which they are met, the whole
        book round; letter case does not matter.
        """
        at, count, wanted = self._names[self.known(name)], len(self.chapters), text.casefold()
        for step in range(1, count):
            chapter = self.chapters[(at + (step if forward else -step)) % count]
            if wanted in chapter.words.casefold():
                yield chapter.name


def book_in(folder: Path | None) -> ManualBook | None:
    """The manual in `folder`; None where there is none, or none that can be read: the short help is there in any case."""
    if folder is None:
        return None
    try:
        index = read_index(folder)
    except ManualDamaged:
        return None
    return ManualBook(folder, index) if index.chapters else None
