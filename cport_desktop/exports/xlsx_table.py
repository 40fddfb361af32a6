"""A table as XLSX: the few parts of the format that a table needs, streamed into a ZIP file.

Libraries that write large sheets put their rows into temporary files first, in the clear, which this
program never does (ADR 37). Here rows go from the caller through deflate into the one file that was
asked for; nothing is held but the page at hand.

- Texts stand in their cells (`inlineStr`), so that no table of texts grows beside them; numbers of rows
  and counts are numbers. No cell is a formula, and no text begins like one.
- A sheet ends at the format's 1,048,576 rows, or before its part would need ZIP64, which Excel
  complains of; the next one begins with the header again.
- A cell holds 32,767 characters: longer texts are cut, end in `…`, and are counted.

Source: ECMA-376-1 (SpreadsheetML), sections 12.3 and 18.3; ECMA-376-2 (packaging); limits: Excel
specifications and limits.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from typing import IO, Final
from xml.sax.saxutils import escape

from cport_desktop.domain.table import Cell, TableHead
from cport_desktop.exports.table_cells import MARK_COLUMN, SYNTHETIC, cell_text

BEGINS_WITH: Final = b"PK\x03\x04"
MOST_ROWS: Final = 1_048_576
"""Of one sheet, the header among them."""
LONGEST_CELL: Final = 32_767
"""UTF-16 units, as Excel counts."""
LARGEST_SHEET: Final = 1_500_000_000
"""Bytes of XML; ZIP64 begins at 2 GiB, and a page of rows is written before it is looked at."""
_LEVEL: Final = 4
"""Of deflate: half the time of the usual 6, for files that are a tenth longer."""
_FIRST_DATE: Final = (1980, 1, 1, 0, 0, 0)
_WIDEST: Final = 48
_NARROWEST: Final = 10

_DECLARED: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# Sheets are the parts of the usual type, so that their number need not be known before them.
_CONTENT_TYPES: Final = (
    f'{_DECLARED}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
)
_RELATIONS: Final = (
    f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
# Style 1 is the header's: bold. Style 2 is text that stays text when it is edited.
_STYLES: Final = (
    f'{_DECLARED}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""
_ESCAPE_LIKE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a reader would take for an escaped character of the format (ECMA-376-1, 22.9.2.19)."""


class XlsxTable:
    """Hands its bytes to `write`, from front to back, a page of rows at a time. `sheets`: how many there
    are; `shortened`: how many cells were cut.
    """

    def __init__(
        self,
        write: Callable[[bytes], object],
        head: TableHead,
        *,
        most_rows: int = MOST_ROWS,
        largest_sheet: int = LARGEST_SHEET,
    ) -> None:
        self._head = head
        self._most_rows = most_rows
        self._largest = largest_sheet
        self._forward = _Forward(write)
        self._zip = zipfile.ZipFile(
            self._forward,
            "w",
            zipfile.ZIP_DEFLATED,
            compresslevel=_LEVEL,
        )
        self._sheet: IO[bytes] | None = None
        self._rows = self._bytes = 0
        self._last = (SYNTHETIC,) if head.is_synthetic else ()
        self._columns = (*head.columns, *((MARK_COLUMN,) if head.is_synthetic else ()))
        self.sheets = 0
        self.shortened = 0

    def begin(self) -> None:
        """What does not depend on the rows is written, and the first header."""
        self._part("[Content_Types].xml", _CONTENT_TYPES)
        self._part("_rels/.rels", _RELATIONS)
        self._part("xl/styles.xml", _STYLES)
        self._begin_sheet()

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        """These rows stand behind those before, on as many sheets as they need."""
        left = rows
        while left:
            if self._rows >= self._most_rows or self._bytes >= self._largest:
                self._end_sheet()
                self._begin_sheet()
            now = left[: self._most_rows - self._rows]
            left = left[len(now) :]
            lines = [self._line(row) for row in now]
            self._rows += len(now)
            self._write("".join(lines))

    def end(self) -> None:
        """All rows are there, and the file is closed as a ZIP file."""
        self._end_sheet()
        names = [self._sheet_name(number) for number in range(1, self.sheets + 1)]
        self._part("xl/workbook.xml", _workbook(names))
        self._part("xl/_rels/workbook.xml.rels", _workbook_relations(len(names)))
        self._zip.close()

    def abandon(self) -> None:
        """Nobody wants the rest, and nothing more is handed on."""
        self._forward.is_lost = True
        if self._sheet is not None:
            self._sheet.close()
        self._zip.close()

    def _sheet_name(self, number: int) -> str:
        mark = f"{SYNTHETIC} " if self._head.is_synthetic else ""
        return f"{mark}{self._head.subject.value} {number}"

    def _line(self, row: Sequence[Cell]) -> str:
        return f"<row>{''.join(map(self._cell, (*row, *self._last)))}</row>"

    def _cell(self, cell: Cell) -> str:
        if isinstance(cell, int) and not isinstance(cell, bool):
            return f"<c><v>{cell}</v></c>"
        text = cell_text(cell)
        if not text:
            return "<c/>"
        return f'<c s="2" t="inlineStr"><is>{_text(self._cut(text))}</is></c>'

    def _cut(self, text: str) -> str:
        if len(text) * 2 <= LONGEST_CELL:
            return text
        units = text.encode("utf-16-le", "replace")
        if len(units) <= LONGEST_CELL * 2:
            return text
        self.shortened += 1
        return units[: (LONGEST_CELL - 1) * 2].decode("utf-16-le", "ignore") + "…"

    def _begin_sheet(self) -> None:
        self.sheets += 1
        # Of this file the length is not known before; it stays below what would need ZIP64.
        self._sheet = self._zip.open(_member(f"xl/worksheets/sheet{self.sheets}.xml"), "w")
        self._rows, self._bytes = 1, 0
        widths = "".join(
            f'<col min="{place}" max="{place}" width="{_width(name)}" customWidth="1"/>'
            for place, name in enumerate(self._columns, 1)
        )
        names = "".join(
            f'<c s="1" t="inlineStr"><is>{_text(name)}</is></c>' for name in self._columns
        )
        self._write(
            f'{_DECLARED}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            f"</sheetView></sheetViews><cols>{widths}</cols><sheetData><row>{names}</row>"
        )

    def _end_sheet(self) -> None:
        if self._sheet is not None:
            self._write("</sheetData></worksheet>")
            self._sheet.close()
            self._sheet = None

    def _write(self, text: str) -> None:
        if self._sheet is not None:
            encoded = text.encode("utf-8")
            self._bytes += len(encoded)
            self._sheet.write(encoded)

    def _part(self, name: str, content: str) -> None:
        self._zip.writestr(_member(name), content.encode("utf-8"))


class _Forward:
    """A file that can only be written on, so that `zipfile` never goes back in it."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self.is_lost = False

    def write(self, content: bytes) -> int:
        if not self.is_lost:
            self._write(content)
        return len(content)

    def flush(self) -> None:
        """What is behind it is flushed by whoever opened it."""

    def close(self) -> None:
        """And closed by them, too."""


def _member(name: str) -> zipfile.ZipInfo:
    """Without the moment, the machine or the user."""
    member = zipfile.ZipInfo(name, _FIRST_DATE)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 0
    return member


def _text(text: str) -> str:
    whole = _ESCAPE_LIKE.sub("_x005F_", _FORBIDDEN.sub("\ufffd", text))
    return f'<t xml:space="preserve">{escape(whole)}</t>'


def _width(name: str) -> int:
    return min(_WIDEST, max(_NARROWEST, len(name) + 4))


def _workbook(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{place}" r:id="rId{place}"/>'
        for place, name in enumerate(names, 1)
    )
    return f'{_DECLARED}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _workbook_relations(sheets: int) -> str:
    parts = "".join(
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/worksheet"'
        f' Target="worksheets/sheet{place}.xml"/>'
        for place in range(1, sheets + 1)
    )
    return (
        f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">{parts}'
        f'<Relationship Id="rId{sheets + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    )
