"""The manual as the window reads it: a page of simple HTML for each chapter, its pictures as plain pixels, and
`index.json` with the order, the headings and the words of each.

The HTML keeps to what `QTextDocument` draws, and has no looks of its own: colours are the theme's. There is no
script, no style, no address but those of other pages of the book.

A picture is no PNG there: the window holds keys and decodes no files. `NAME.pixels` is `CPORTPX1`, the width and height as
two bytes each (big-endian), 256 colours of three bytes, and the rows of one byte a pixel, deflated (RFC 1950).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Final, assert_never

from manual_blocks import Aside, Block, Code, Figure, Grid, Heading, Items, Run, Runs, Text, plain
from manual_book import Book, Chapter
from PIL import Image

MAGIC: Final = b"CPORTPX1"


def write_html(book: Book, folder: Path) -> None:
    """`folder` holds the book afterwards; what lay there of an earlier one is gone."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in (*folder.glob("*.html"), *folder.glob("*.pixels"), folder / "index.json"):
        old.unlink(missing_ok=True)
    for chapter in book.chapters:
        _write(folder / f"{chapter.name}.html", page(chapter))
    for picture in book.pictures():
        (folder / f"{picture.stem}.pixels").write_bytes(pixels(picture))
    _write(folder / "index.json", json.dumps(_index(book), ensure_ascii=False, indent=1))


def page(chapter: Chapter) -> str:
    """One chapter."""
    return f"<html><body>\n{''.join(map(_html, chapter.blocks))}</body></html>\n"


def pixels(picture: Path) -> bytes:
    """A picture in 256 colours, as the window reads it."""
    with Image.open(picture, formats=("PNG",)) as opened:
        flat = opened if opened.mode == "P" else opened.convert("RGB").quantize(256)
        colours = bytes(flat.getpalette("RGB") or b"").ljust(768, b"\0")
        size = flat.width.to_bytes(2, "big") + flat.height.to_bytes(2, "big")
        return MAGIC + size + colours + zlib.compress(flat.tobytes(), 9)


def words(blocks: Sequence[Block]) -> Iterator[str]:
    """What can be searched for in a chapter, piece by piece."""
    for block in blocks:
        match block:
            case Heading() | Text():
                yield plain(block.runs)
            case Code():
                yield block.text
            case Figure():
                yield block.caption
            case Grid():
                yield from (plain(cell) for row in (block.head, *block.rows) for cell in row)
            case Items():
                for item in block.items:
                    yield from words(item)
            case Aside():
                yield from words(block.blocks)
            case _:
                assert_never(block)


def _index(book: Book) -> dict[str, object]:
    chapters = [
        {
            "name": chapter.name,
            "part": chapter.part,
            "title": chapter.title,
            "anchors": [heading.anchor for heading in chapter.headings()],
            "words": "\n".join(words(chapter.blocks)),
        }
        for chapter in book.chapters
    ]
    return {"format": "cport-manual-1", "title": book.title, "chapters": chapters}


def _html(block: Block) -> str:  # noqa: PLR0911 - one for each kind
    match block:
        case Heading():
            shown = _runs(block.runs)
            return (
                f'<h{block.level}><a name="{escape(block.anchor)}"></a>{shown}</h{block.level}>\n'
            )
        case Text():
            return f"<p>{_runs(block.runs)}</p>\n"
        case Code():
            return f"<pre>{escape(block.text)}</pre>\n"
        case Items():
            tag = "ol" if block.is_numbered else "ul"
            items = "".join(f"<li>{_item(item)}</li>\n" for item in block.items)
            return f"<{tag}>\n{items}</{tag}>\n"
        case Grid():
            return _grid(block)
        case Figure():
            source, caption = escape(Path(block.path).stem), escape(block.caption)
            return f'<p class="picture"><img src="{source}.pixels"></p>\n<p class="caption">{caption}</p>\n'
        case Aside():
            return f"<blockquote>{''.join(map(_html, block.blocks))}</blockquote>\n"
    assert_never(block)


def _item(blocks: Sequence[Block]) -> str:
    """The first paragraph of an item stands behind its dot, without room around it."""
    first, *rest = blocks
    head = _runs(first.runs) if isinstance(first, Text) else _html(first)
    return head + "".join(map(_html, rest))


def _grid(grid: Grid) -> str:
    head = "".join(f"<th>{_runs(cell)}</th>" for cell in grid.head)
    rows = ("".join(f"<td>{_runs(cell)}</td>" for cell in row) for row in grid.rows)
    body = "".join(f"<tr>{row}</tr>\n" for row in rows)
    return f'<table cellspacing="0" cellpadding="4">\n<tr>{head}</tr>\n{body}</table>\n'


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    made = escape(run.text)
    for is_so, tag in ((run.is_code, "code"), (run.is_italic, "i"), (run.is_bold, "b")):
        made = f"<{tag}>{made}</{tag}>" if is_so else made
    if run.link is None:
        return made
    name, hash_, anchor = run.link.partition("#")
    return f'<a href="{escape(name)}.html{hash_}{escape(anchor)}">{made}</a>'


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
