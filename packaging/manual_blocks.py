"""What a page of the manual is made of, read from Markdown (CommonMark with tables).

Only what a page needs is understood; anything else is a fault and not guessed at. No HTML passes: a tag that
somebody writes is text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token

_NO_ANCHOR: Final = re.compile(r"[^\w\- ]")


class ManualFault(Exception):
    """Something in the source of the manual is not as it should be; says where."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one look. `link`: as it is written; resolved by the book."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_code: bool = False
    link: str | None = None


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`anchor` is its own within its page, as forges of source code make it from its words."""

    level: int
    runs: Runs
    anchor: str


@dataclass(frozen=True, slots=True)
class Text:
    runs: Runs


@dataclass(frozen=True, slots=True)
class Code:
    """A block as it is typed or answered. `kind` is what stands behind the fence: `sh` is run by the tests."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    is_numbered: bool
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture alone in its paragraph. `caption` is what it shows, in words."""

    path: str
    caption: str


@dataclass(frozen=True, slots=True)
class Aside:
    """What is set off from the text: a warning, a reason."""

    blocks: tuple[Block, ...]


Block: TypeAlias = Heading | Text | Code | Items | Grid | Figure | Aside


def plain(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def read_blocks(source: str) -> tuple[Block, ...]:
    """The blocks of a page.

    Raises:
        ManualFault: it holds what no page needs.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return tuple(_Reading(parser.parse(source)).until(None))


def anchor_of(words: str) -> str:
    """`The query line` → `the-query-line`."""
    return _NO_ANCHOR.sub("", words.strip().lower()).replace(" ", "-")


class _Reading:
    """Goes through the parser's tokens once."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._anchors: set[str] = set()

    def until(self, closing: str | None) -> Iterator[Block]:
        """Blocks, up to the token that closes what they are in."""
        while self._at < len(self._tokens):
            token = self._next()
            if token.type == closing:
                return
            made = self._block(token)
            if made is not None:
                yield made

    def _next(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _block(self, token: Token) -> Block | None:  # noqa: PLR0911 - one for each kind
        match token.type:
            case "heading_open":
                return self._heading(int(token.tag[1:]))
            case "paragraph_open":
                return self._paragraph()
            case "fence" | "code_block":
                return Code(token.info.strip(), token.content.rstrip("\n"))
            case "bullet_list_open" | "ordered_list_open":
                return self._items(token.type)
            case "blockquote_open":
                return Aside(tuple(self.until("blockquote_close")))
            case "table_open":
                return self._grid()
            case "hr":
                return None
            case strange:
                raise ManualFault(f"line {(token.map or [0])[0] + 1}: {strange}")

    def _heading(self, level: int) -> Heading:
        runs = _runs(self._next())
        self._next()
        anchor = wanted = anchor_of(plain(runs))
        number = 0
        while anchor in self._anchors:
            number += 1
            anchor = f"{wanted}-{number}"
        self._anchors.add(anchor)
        return Heading(level, runs, anchor)

    def _paragraph(self) -> Block:
        inline = self._next()
        self._next()
        pictures = [child for child in inline.children or () if child.type == "image"]
        if not pictures:
            return Text(_runs(inline))
        if len(inline.children or ()) > 1:
            raise ManualFault(f"a picture stands in a paragraph of its own: {inline.content}")
        return Figure(str(pictures[0].attrs["src"]), pictures[0].content)

    def _items(self, opening: str) -> Items:
        closing = opening.replace("_open", "_close")
        items = []
        while (token := self._next()).type != closing:
            if token.type != "list_item_open":
                raise ManualFault(token.type)
            items.append(tuple(self.until("list_item_close")))
        return Items(opening.startswith("ordered"), tuple(items))

    def _grid(self) -> Grid:
        rows: list[list[Runs]] = []
        while (token := self._next()).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_runs(token))
        head, *body = (tuple(row) for row in rows)
        return Grid(head, tuple(body))


def _runs(inline: Token) -> Runs:
    """The runs of a line, neighbours of the same look in one."""
    look = Run("")
    found: list[Run] = []
    for token in inline.children or ():
        match token.type:
            case "strong_open" | "strong_close":
                look = replace(look, is_bold=token.nesting > 0)
            case "em_open" | "em_close":
                look = replace(look, is_italic=token.nesting > 0)
            case "link_open":
                look = replace(look, link=str(token.attrs["href"]))
            case "link_close":
                look = replace(look, link=None)
            case "text":
                found.append(replace(look, text=token.content))
            case "softbreak" | "hardbreak":
                found.append(replace(look, text=" "))
            case "code_inline":
                found.append(replace(look, text=token.content, is_code=True))
            case strange:
                raise ManualFault(f"{strange}: {inline.content}")
    return tuple(_joined(found))


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    waiting: Run | None = None
    for run in runs:
        if waiting is not None and replace(waiting, text="") == replace(run, text=""):
            waiting = replace(waiting, text=waiting.text + run.text)
            continue
        if waiting is not None and waiting.text:
            yield waiting
        waiting = run
    if waiting is not None and waiting.text:
        yield replace(waiting, text=unicodedata.normalize("NFC", waiting.text))
