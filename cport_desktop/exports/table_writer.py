"""Writing a table in one of its formats, into the one file that was asked for.

The file is hashed as it is written, flushed, read back from its medium and compared, before it gets
its name. Nothing of it is anywhere else.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from cport_desktop.domain.table import Cell, TableForm, TableFormat, TableHead
from cport_desktop.exports import csv_table, json_table, xlsx_table
from cport_desktop.exports.composition import confirm_written
from cport_desktop.exports.csv_table import CsvTable
from cport_desktop.exports.json_table import JsonTable
from cport_desktop.exports.output_files import growing_file
from cport_desktop.exports.xlsx_table import XlsxTable

_BUFFER: Final = 1024 * 1024


class Table(Protocol):
    """One table in the making: `begin`, any number of pages, then `end` or `abandon`."""

    sheets: int
    shortened: int

    def begin(self) -> None: ...
    def add(self, rows: Sequence[Sequence[Cell]]) -> None: ...
    def end(self) -> None: ...
    def abandon(self) -> None: ...


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file in the making. `close` ends it: all of it is on the medium, read back and agreed; its
    digest and its length.
    """

    table: Table
    close: Callable[[], tuple[str, int]]


@contextmanager
def table_file(path: Path, form: TableForm, head: TableHead) -> Iterator[TableFile]:
    """A new private file, which has the name `path` when the block ends well and vanishes otherwise.

    Raises:
        OutputExists, OutputUnwritable, StorageFull: the file.
        DigestMismatch: what was read back is not what was written.
    """
    with (
        growing_file(path, begins_with=_begins_with(form)) as (part, descriptor),
        os.fdopen(descriptor, "wb", buffering=_BUFFER, closefd=False) as out,
    ):
        hashing = _Hashing(out)
        table = _table(form, head, hashing.write)

        def close() -> tuple[str, int]:
            out.flush()
            os.fsync(out.fileno())
            confirm_written(part, hashing.digest.hexdigest())
            return hashing.digest.hexdigest(), hashing.size

        try:
            yield TableFile(table, close)
        except BaseException:
            table.abandon()
            raise


class _Hashing:
    """What is written goes through; its digest and length are known."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, content: bytes) -> None:
        self.digest.update(content)
        self.size += len(content)
        self._out.write(content)


def _table(form: TableForm, head: TableHead, write: Callable[[bytes], object]) -> Table:
    match form.format:
        case TableFormat.CSV:
            return CsvTable(write, head, has_mark=form.has_mark)
        case TableFormat.XLSX:
            return XlsxTable(write, head)
        case TableFormat.JSON:
            return JsonTable(write, head)


def _begins_with(form: TableForm) -> bytes:
    match form.format:
        case TableFormat.CSV:
            mark = csv_table.BYTE_ORDER_MARK if form.has_mark else b""
            return mark + csv_table.BEGINS_WITH
        case TableFormat.XLSX:
            return xlsx_table.BEGINS_WITH
        case TableFormat.JSON:
            return json_table.BEGINS_WITH
