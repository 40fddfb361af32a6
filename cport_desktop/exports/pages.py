"""The form in which a document crosses to the child that sets it: titles, facts, tables.

Plain text only, every part bounded here and again on the other side. The child knows nothing
of reports; whoever fills this in knows nothing of paper.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

LONGEST_TEXT = 20_000
"""Characters of one cell or paragraph: a memo of eight pages."""
MOST_BLOCKS = 100_000
MOST_ROWS = 5_000
LARGEST_JOB = 256 * 1024 * 1024
"""Bytes of a job as JSON: twenty thousand reports with a dozen URLs each."""
LARGEST_DOCUMENT = 256 * 1024 * 1024
"""Bytes of a PDF that is believed to be one."""

Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
Row = Annotated[tuple[Text, ...], msgspec.Meta(max_length=12)]


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """Opens a section; one with `begins_page` stands at the top of a new page."""

    text: Text
    begins_page: bool = False


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    text: Text


class Facts(msgspec.Struct, frozen=True, tag="facts"):
    """Pairs of a name and what it is."""

    rows: Annotated[tuple[tuple[Text, Text], ...], msgspec.Meta(max_length=MOST_ROWS)]


class Table(msgspec.Struct, frozen=True, tag="table"):
    """A table with a heading; `widths` are shares of the page's width."""

    title: Text
    header: Row
    widths: Annotated[tuple[float, ...], msgspec.Meta(max_length=12)]
    rows: Annotated[tuple[Row, ...], msgspec.Meta(max_length=MOST_ROWS)]
    nothing: Text
    """What stands there instead of an empty table."""


Block = Heading | Paragraph | Facts | Table


class Document(msgspec.Struct, frozen=True):
    """`banner` stands on every page in colour, and across it; None for none."""

    title: Text
    subtitle: Text
    banner: Text | None
    footer: Text
    page_of: Text
    """`Page {page} of {pages}`, in the words of the caller."""
    facts: Facts
    blocks: Annotated[tuple[Block, ...], msgspec.Meta(max_length=MOST_BLOCKS)]


class Job(msgspec.Struct, frozen=True):
    """What the child is asked for. `fonts` is a folder that may hold some of its typefaces."""

    document: Document
    fonts: str | None
