"""The manual as one book: its parts and chapters in order, each link, anchor and picture looked after.

The order is that of `docs/manual/README.md`: a heading of the second level begins a part, each item of a list
beneath it links to a chapter. Chapters lie beside it, or elsewhere in `docs` (the file formats). A line that
holds only `{{name}}` stands for a list that is made from the program itself (`manual_lists`).

A link to a chapter becomes one inside the book. A link to any other file that is there is words only: the
reader of the book does not have it. A link into the world is a fault in a chapter of the manual's own folder,
since a manual is read where there is no network, and words only elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from manual_blocks import (
    Aside,
    Block,
    Figure,
    Grid,
    Heading,
    Items,
    ManualFault,
    Run,
    Runs,
    Text,
    plain,
    read_blocks,
)
from manual_lists import LISTS

ROOT: Final = Path(__file__).resolve().parent.parent
DOCS: Final = ROOT / "docs"
MANUAL: Final = DOCS / "manual"
MOST_OF_A_PICTURE: Final = 300_000
"""Bytes of a picture's file: a book of forty stays small enough for a stick and a slow disk."""
_LIST: Final = re.compile(r"^\{\{(?P<name>[a-z-]+)\}\}$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Chapter:
    """`name` is its own in the book, and that of its file in the window; `title` is what the contents call it. Links in `blocks` are `None`, or
    `name` or `name#anchor` of a place in the book; a path of a picture is absolute.
    """

    name: str
    part: str
    title: str
    source: Path
    blocks: tuple[Block, ...]

    def headings(self) -> Iterator[Heading]:
        return (block for block in self.blocks if isinstance(block, Heading))


@dataclass(frozen=True, slots=True)
class Book:
    title: str
    chapters: tuple[Chapter, ...]

    def pictures(self) -> tuple[Path, ...]:
        """Each once, in the order of the book."""
        found = (Path(each.path) for chapter in self.chapters for each in _figures(chapter.blocks))
        return tuple(dict.fromkeys(found))


def read_book(manual: Path = MANUAL, lists: Mapping[str, Callable[[], str]] = LISTS) -> Book:
    """The whole manual.

    Raises:
        ManualFault: a link, an anchor, a picture or a list that is not there; a chapter that nothing leads to.
    """
    contents = read_blocks((manual / "README.md").read_text("utf-8"))
    raw = [_chapter(*told, lists) for told in _order(contents, manual)]
    names = [chapter.name for chapter in raw]
    if len(set(names)) != len(names):
        raise ManualFault(f"two chapters have one name: {names}")
    left = {*manual.glob("*.md")} - {chapter.source for chapter in raw} - {manual / "README.md"}
    if left:
        raise ManualFault(f"nothing leads to {', '.join(sorted(path.name for path in left))}")
    places = _Places(raw, manual)
    title = next(plain(block.runs) for block in contents if isinstance(block, Heading))
    return Book(title, tuple(places.settled(chapter) for chapter in raw))


def _order(contents: tuple[Block, ...], manual: Path) -> Iterator[tuple[str, str, Path]]:
    """Part, title and file of each chapter."""
    part = ""
    for block in contents:
        match block:
            case Heading(level=2):
                part = plain(block.runs)
            case Items():
                for first, *_ in block.items:
                    links = (
                        [run for run in first.runs if run.link] if isinstance(first, Text) else []
                    )
                    if len(links) != 1:
                        raise ManualFault(f"{part}: each line of the contents links to one chapter")
                    yield part, links[0].text, (manual / str(links[0].link)).resolve()
            case _:
                pass


def _chapter(part: str, title: str, path: Path, lists: Mapping[str, Callable[[], str]]) -> Chapter:
    def made(found: re.Match[str]) -> str:
        if found["name"] not in lists:
            raise ManualFault(f"{path.name}: there is no list “{found['name']}”")
        return lists[found["name"]]()

    try:
        source = path.read_text("utf-8")
        blocks = read_blocks(_LIST.sub(made, source))
    except (OSError, ManualFault) as error:
        raise ManualFault(f"{path.name}: {error}") from error
    first = blocks[0] if blocks else None
    if not isinstance(first, Heading) or first.level != 1:
        raise ManualFault(f"{path.name} begins with its title")
    folder = "" if path.parent.name == "manual" else f"{path.parent.name}-"
    name = f"{folder}{path.stem}".replace("_", "-").replace("docs-", "")
    return Chapter(name, part, title, path, blocks)


class _Places:
    """What there is to link to, and what becomes of each link."""

    def __init__(self, chapters: list[Chapter], manual: Path) -> None:
        self._manual = manual
        self._names = {chapter.source: chapter.name for chapter in chapters}
        self._anchors = {
            chapter.source: {heading.anchor for heading in chapter.headings()}
            for chapter in chapters
        }

    def settled(self, chapter: Chapter) -> Chapter:
        return replace(
            chapter, blocks=tuple(self._block(block, chapter) for block in chapter.blocks)
        )

    def _block(self, block: Block, chapter: Chapter) -> Block:
        match block:
            case Heading() | Text():
                return replace(block, runs=self._runs(block.runs, chapter))
            case Items():
                inner = (tuple(self._block(each, chapter) for each in item) for item in block.items)
                return replace(block, items=tuple(inner))
            case Aside():
                return Aside(tuple(self._block(each, chapter) for each in block.blocks))
            case Grid():
                rows = ([self._runs(cell, chapter) for cell in row] for row in block.rows)
                head = tuple(self._runs(cell, chapter) for cell in block.head)
                return Grid(head, tuple(map(tuple, rows)))
            case Figure():
                return replace(block, path=str(self._picture(block, chapter)))
            case _:
                return block

    def _runs(self, runs: Runs, chapter: Chapter) -> Runs:
        return tuple(replace(run, link=self._link(run, chapter)) for run in runs)

    def _link(self, run: Run, chapter: Chapter) -> str | None:
        if run.link is None:
            return None
        where = f"{chapter.source.name}: the link of “{run.text}”"
        if "://" in run.link or run.link.startswith("mailto:"):
            if chapter.source.parent == self._manual:
                raise ManualFault(f"{where} leads out of the book")
            return None
        written, _, anchor = run.link.partition("#")
        target = (chapter.source.parent / written).resolve() if written else chapter.source
        if not target.exists():
            raise ManualFault(f"{where} leads to {run.link}, which is not there")
        if target not in self._names:
            return None
        if anchor and anchor not in self._anchors[target]:
            raise ManualFault(f"{where} leads to #{anchor}, which is not in {target.name}")
        return f"{self._names[target]}#{anchor}" if anchor else self._names[target]

    def _picture(self, figure: Figure, chapter: Chapter) -> Path:
        path = (chapter.source.parent / figure.path).resolve()
        if not path.is_file():
            raise ManualFault(f"{chapter.source.name}: the picture {figure.path} is not there")
        if not figure.caption:
            raise ManualFault(f"{chapter.source.name}: nothing says what {figure.path} shows")
        if path.stat().st_size >= MOST_OF_A_PICTURE:
            raise ManualFault(f"{chapter.source.name}: {figure.path} is too large for a manual")
        return path


def _figures(blocks: tuple[Block, ...]) -> Iterator[Figure]:
    for block in blocks:
        match block:
            case Figure():
                yield block
            case Aside():
                yield from _figures(block.blocks)
            case Items():
                for item in block.items:
                    yield from _figures(item)
            case _:
                pass
