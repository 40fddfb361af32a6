"""The form in which a document crosses to the child that sets it: titles, facts, tables, pictures.

Plain text only, every part bounded here and again on the other side. The child knows nothing
of reports; whoever fills this in knows nothing of paper.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

LONGEST_TEXT = 20_000
"""Characters of one cell or paragraph: a memo of eight pages."""
MOST_BLOCKS = 100_000
MOST_ROWS = 5_000
MOST_PICTURES = 500
"""In one block."""
LARGEST_PICTURE = 48 * 1024
"""Bytes of one picture: a veiled one has a few hundred."""
LONGEST_SIDE = 256
"""Pixels of one picture: too few to be an original."""
LARGEST_JOB = 256 * 1024 * 1024
"""Bytes of a job as JSON: twenty thousand reports with a dozen URLs each."""
LARGEST_DOCUMENT = 128 * 1024 * 1024
"""Bytes of a PDF that is believed to be one: a thousand reports take three MiB."""

Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
Row = Annotated[tuple[Text, ...], msgspec.Meta(max_length=12)]


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """Opens a section (`level` 1) or a part of one (2), which stand in the contents and the
    bookmarks; one with `begins_page` stands at the top of a new page.
    """

    text: Text
    level: Annotated[int, msgspec.Meta(ge=1, le=2)] = 1
    begins_page: bool = False


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    text: Text


class Facts(msgspec.Struct, frozen=True, tag="facts"):
    """Pairs of a name and what it is."""

    rows: Annotated[tuple[tuple[Text, Text], ...], msgspec.Meta(max_length=MOST_ROWS)]


class Table(msgspec.Struct, frozen=True, tag="table"):
    """A table with a title (empty: its section says it); `widths` are shares of the page's width."""

    title: Text
    header: Row
    widths: Annotated[tuple[float, ...], msgspec.Meta(max_length=12)]
    rows: Annotated[tuple[Row, ...], msgspec.Meta(max_length=MOST_ROWS)]
    nothing: Text
    """What stands there instead of an empty table."""
    codes: Annotated[tuple[int, ...], msgspec.Meta(max_length=12)] = ()
    """The columns of digests and keys, whose signs have one width."""


class Picture(msgspec.Struct, frozen=True):
    """A small PNG, veiled by whoever hands it in, and the line under it."""

    caption: Text
    png: Annotated[bytes, msgspec.Meta(max_length=LARGEST_PICTURE)]


class Pictures(msgspec.Struct, frozen=True, tag="pictures"):
    title: Text
    pictures: Annotated[tuple[Picture, ...], msgspec.Meta(max_length=MOST_PICTURES)]


Block = Heading | Paragraph | Facts | Table | Pictures


class Document(msgspec.Struct, frozen=True):
    """`banner` stands on every page in colour, and across it; None for none."""

    title: Text
    subtitle: Text
    language: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
    """Of the fixed words, as BCP 47 has it: what a reading machine speaks."""
    author: Text
    producer: Text
    made_at: datetime
    """Stands in the file as the moment it was made and signed."""
    banner: Text | None
    footer: Text
    page_of: Text
    """`Page {page} of {pages}`, in the words of the caller."""
    contents: Text
    """The title of the list of contents; empty for a document that needs none."""
    facts: Facts
    blocks: Annotated[tuple[Block, ...], msgspec.Meta(max_length=MOST_BLOCKS)]


class Job(msgspec.Struct, frozen=True):
    """What the child is asked for. `fonts` is a folder that may hold some of its typefaces; with
    `has_place` the PDF has room for a signature (`pdf_place`).
    """

    document: Document
    fonts: str | None
    has_place: bool = False
