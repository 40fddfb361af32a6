"""Tables that leave: readable by others, harmless in a spreadsheet, and never whole to look at when cut."""

from __future__ import annotations

import csv
import io
import json
import re
import resource
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.table import Cell, TableForm, TableFormat, TableHead, TableSubject
from cport_desktop.errors import DigestMismatch, OutputExists, StorageFull
from cport_desktop.exports.csv_table import CsvTable
from cport_desktop.exports.json_table import JsonTable
from cport_desktop.exports.table_writer import table_file
from cport_desktop.exports.xlsx_table import LONGEST_CELL, XlsxTable

NOON = datetime(2026, 5, 17, 12, 0, tzinfo=UTC)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULAS = ("=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "  =1")
texts = st.text(max_size=40)


def head(*columns: str, rows: int = 2, is_synthetic: bool = True) -> TableHead:
    return TableHead(TableSubject.REPORTS, columns, rows, "host:NL", NOON, "AGR-1", is_synthetic)


def as_csv(told: TableHead, rows: Sequence[Sequence[Cell]], *, has_mark: bool = False) -> bytes:
    out = io.BytesIO()
    table = CsvTable(out.write, told, has_mark=has_mark)
    table.begin()
    table.add(rows)
    table.end()
    return out.getvalue()


def as_xlsx(
    told: TableHead, *pages: Sequence[Sequence[Cell]], most_rows: int = 100
) -> tuple[bytes, XlsxTable]:
    out = io.BytesIO()
    table = XlsxTable(out.write, told, most_rows=most_rows)
    table.begin()
    for page in pages:
        table.add(page)
    table.end()
    return out.getvalue(), table


def sheets(content: bytes) -> list[list[list[str]]]:
    """What another reader of the format finds: cells of rows of sheets, as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
        return [_cells(archive.read(name)) for name in names]


def _cells(part: bytes) -> list[list[str]]:
    rows = ET.fromstring(part).iter(f"{MAIN}row")
    return [[_value(cell) for cell in row.iter(f"{MAIN}c")] for row in rows]


def _value(cell: ET.Element) -> str:
    text = "".join(part.text or "" for part in (*cell.iter(f"{MAIN}t"), *cell.iter(f"{MAIN}v")))
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


class TestCsv:
    def test_each_row_says_which_it_is_and_that_nothing_in_it_is_real(self) -> None:
        content = as_csv(head("id", "media"), [("R-1", 2), ("R-2", None)])

        assert list(csv.reader(io.StringIO(content.decode(), newline=""))) == [
            ["row", "id", "media", "nature"],
            ["1 of 2", "R-1", "2", "SYNTHETIC"],
            ["2 of 2", "R-2", "", "SYNTHETIC"],
        ]

    def test_cut_between_two_lines_it_does_not_look_whole(self) -> None:
        content = as_csv(head("id", rows=3), [("R-1",), ("R-2",), ("R-3",)])
        cut = content[: content.rindex(b'"3 of 3"')]

        *_, last = csv.reader(io.StringIO(cut.decode(), newline=""))

        assert last[0] == "2 of 3"

    def test_times_truths_and_lists_have_one_form(self) -> None:
        row: tuple[Cell, ...] = (NOON, True, False, ("a", "b"))
        content = as_csv(head("at", "yes", "no", "tags", rows=1, is_synthetic=False), [row])

        assert content.splitlines()[1] == b'"1 of 1","2026-05-17T12:00:00Z","yes","no","a; b"'

    @pytest.mark.parametrize("text", FORMULAS)
    def test_no_cell_begins_a_formula(self, text: str) -> None:
        content = as_csv(head("url", rows=1), [(text,)])

        *_, row = csv.reader(io.StringIO(content.decode(), newline=""))

        assert row[1][0] in "'<"  # An apostrophe, or a control character written out.

    def test_what_steers_text_is_written_out(self) -> None:
        content = as_csv(head("url", rows=1), [("https://a.example/\u202egpj\r\n.exe",)])

        assert b"<U+202E>gpj<U+000D><U+000A>.exe" in content

    def test_half_a_character_does_not_stop_it(self) -> None:
        assert b"<U+DC80>" in as_csv(head("name", rows=1), [("\udc80",)])

    def test_a_mark_tells_spreadsheets_that_it_is_utf_8_if_it_is_asked_for(self) -> None:
        assert as_csv(head("id"), [], has_mark=True).startswith(b'\xef\xbb\xbf"row"')
        assert as_csv(head("id"), []).startswith(b'"row"')

    @given(st.lists(st.tuples(texts, texts), max_size=5))
    def test_every_cell_comes_back_on_its_own(self, rows: list[tuple[str, str]]) -> None:
        content = as_csv(head("a", "b", rows=len(rows)), rows)

        found = list(csv.reader(io.StringIO(content.decode(), newline="")))[1:]

        assert len(found) == len(rows)
        assert all(len(row) == 4 for row in found)


class TestJson:
    def test_is_one_object_that_says_what_it_is(self) -> None:
        out = io.BytesIO()
        table = JsonTable(out.write, head("id", "tags"))
        table.begin()
        table.add([("R-1", ("a", "b"))])
        table.add([("R-2", None)])
        table.end()

        found = json.loads(out.getvalue())

        assert found["synthetic"] is True
        assert (found["subject"], found["query"], found["rows"]) == ("reports", "host:NL", 2)
        assert found["items"] == [{"id": "R-1", "tags": ["a", "b"]}, {"id": "R-2", "tags": None}]

    @given(st.lists(st.tuples(texts), min_size=1, max_size=5))
    def test_holds_texts_to_the_character(self, rows: list[tuple[str]]) -> None:
        out = io.BytesIO()
        table = JsonTable(out.write, head("text", rows=len(rows)))
        table.begin()
        table.add(rows)
        cut = out.getvalue()
        table.end()

        assert [item["text"] for item in json.loads(out.getvalue())["items"]] == [
            r[0] for r in rows
        ]
        with pytest.raises(json.JSONDecodeError):
            json.loads(cut)


class TestXlsx:
    def test_rows_stand_in_it_with_a_header_and_the_mark(self) -> None:
        content, _ = as_xlsx(head("id", "media"), [("R-1", 2)], [("R-2", None)])

        assert sheets(content) == [
            [["id", "media", "nature"], ["R-1", "2", "SYNTHETIC"], ["R-2", "", "SYNTHETIC"]]
        ]

    def test_goes_on_on_another_sheet_with_the_header_again(self) -> None:
        rows = [(number,) for number in range(5)]

        content, table = as_xlsx(head("n", is_synthetic=False), rows, most_rows=3)

        assert table.sheets == 3
        assert sheets(content) == [
            [["n"], ["0"], ["1"]],
            [["n"], ["2"], ["3"]],
            [["n"], ["4"]],
        ]
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            workbook = ET.fromstring(archive.read("xl/workbook.xml"))
            names = [sheet.get("name") for sheet in workbook.iter(f"{MAIN}sheet")]
            related = archive.read("xl/_rels/workbook.xml.rels").decode()
        assert names == ["reports 1", "reports 2", "reports 3"]
        assert related.count("worksheets/sheet") == 3

    @pytest.mark.parametrize("text", FORMULAS)
    def test_no_cell_is_a_formula_or_becomes_one_when_it_is_saved_as_csv(self, text: str) -> None:
        content, _ = as_xlsx(head("url", is_synthetic=False), [(text,)])

        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = archive.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in part
        assert sheets(content)[0][1][0][0] in "'<"

    @given(st.lists(st.tuples(texts), max_size=5))
    def test_is_sound_whatever_the_texts_are(self, rows: list[tuple[str]]) -> None:
        content, _ = as_xlsx(head("text", is_synthetic=False), rows)

        found = sheets(content)[0][1:]

        assert len(found) == len(rows)

    def test_a_text_that_looks_like_an_escape_stays_as_it_is(self) -> None:
        content, _ = as_xlsx(head("text", is_synthetic=False), [("a_x000D_b",)])

        assert sheets(content)[0][1] == ["a_x000D_b"]

    def test_a_cell_longer_than_the_format_takes_is_cut_and_counted(self) -> None:
        long = "\U0001d11e" * LONGEST_CELL
        content, table = as_xlsx(head("text", is_synthetic=False), [(long,), ("short",)])

        found = sheets(content)[0][1][0]

        assert table.shortened == 1
        assert found.endswith("…")
        assert len(found.encode("utf-16-le")) // 2 <= LONGEST_CELL

    def test_cut_it_opens_nowhere(self) -> None:
        content, _ = as_xlsx(head("id"), [("R-1",)])

        with pytest.raises(zipfile.BadZipFile):
            zipfile.ZipFile(io.BytesIO(content[:-30]))

    def test_says_nothing_of_the_machine_or_the_moment(self) -> None:
        content, _ = as_xlsx(head("id"), [("R-1",)])

        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert not [name for name in archive.namelist() if "docProps" in name]

    def test_a_spreadsheet_program_opens_it(self, tmp_path: Path) -> None:
        office = shutil.which("soffice") or shutil.which("libreoffice")
        if office is None:
            pytest.skip("libreoffice is not installed: apt-get install libreoffice-calc-nogui")
        content, _ = as_xlsx(head("id", "url"), [("R-1", "=1+1")])
        path = tmp_path / "table.xlsx"
        path.write_bytes(content)

        subprocess.run(
            [
                office,
                "--headless",
                f"-env:UserInstallation=file://{tmp_path}/profile",
                "--convert-to",
                "csv",
                "--outdir",
                str(tmp_path),
                str(path),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )

        assert (tmp_path / "table.csv").read_text().splitlines()[1] == "R-1,'=1+1,SYNTHETIC"


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """No file of this process can grow beyond `size`, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("form", list(TableFormat))
class TestFile:
    def test_has_its_name_when_all_of_it_is_on_the_medium(
        self, tmp_path: Path, form: TableFormat
    ) -> None:
        path = tmp_path / "table"
        with table_file(path, TableForm(form), head("id", rows=1)) as file:
            file.table.begin()
            file.table.add([("R-1",)])
            file.table.end()
            sha256, size = file.close()
            assert not path.exists()

        assert path.stat().st_size == size
        assert path.stat().st_mode & 0o777 == 0o600
        assert len(sha256) == 64

    def test_is_gone_when_the_disk_is_full(self, tmp_path: Path, form: TableFormat) -> None:
        path = tmp_path / "table"
        rows = [(f"{number:0100d}",) for number in range(40_000)]
        with (
            files_at_most(20_000),
            pytest.raises(StorageFull),
            table_file(path, TableForm(form), head("id", rows=len(rows))) as file,
        ):
            file.table.begin()
            file.table.add(rows)
            file.table.end()
            file.close()

        assert list(tmp_path.iterdir()) == []

    def test_is_gone_when_the_medium_gives_back_something_else(
        self, tmp_path: Path, form: TableFormat
    ) -> None:
        path = tmp_path / "table"
        with (
            pytest.raises(DigestMismatch),
            table_file(path, TableForm(form), head("id", rows=1)) as file,
        ):
            file.table.begin()
            file.table.end()
            part = path.with_name("table.part")
            with part.open("r+b") as other:
                other.seek(1_000_000)
                other.write(b"more")
            file.close()

        assert list(tmp_path.iterdir()) == []

    def test_one_that_was_cut_off_by_a_power_cut_is_replaced(
        self, tmp_path: Path, form: TableFormat
    ) -> None:
        path = tmp_path / "table"
        with (
            pytest.raises(KeyboardInterrupt),
            table_file(path, TableForm(form), head("id")) as file,
        ):
            file.table.begin()
            begun = io.BytesIO()
            raise KeyboardInterrupt
        begun.write({"csv": b'"row","id"', "json": b'{"format"', "xlsx": b"PK\x03"}[form.value])
        path.with_name("table.part").write_bytes(begun.getvalue())

        with table_file(path, TableForm(form), head("id", rows=0)) as file:
            file.table.begin()
            file.table.end()
            file.close()

        assert [entry.name for entry in tmp_path.iterdir()] == ["table"]

    def test_never_takes_the_place_of_another(self, tmp_path: Path, form: TableFormat) -> None:
        path = tmp_path / "table"
        path.write_bytes(b"before")

        with pytest.raises(OutputExists), table_file(path, TableForm(form), head("id")):
            pytest.fail("it was begun")

        assert path.read_bytes() == b"before"
