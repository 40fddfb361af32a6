"""A spreadsheet opens a list that leaves as a table: every entry a row, and nothing of it a formula."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from cport_desktop.domain.listed import ListedEntry
from cport_desktop.exports.hash_lists.formats import FORMATS
from cport_desktop.exports.hash_lists.tally import Tally
from tests.exports.test_hash_list_formats import HEAD, a_digest

NAMES = (
    '=HYPERLINK("http://a.example")',
    *("+1+1", "-1", "@SUM(1)", "\t=1", "＝1+1", "'=1", " =1"),
    *("a,b;c", '"quoted"', "two\nlines", "123", "1e5", "TRUE"),
)
SEPARATORS = {"csv": 44, "icse": 59}


@pytest.mark.parametrize("form", SEPARATORS)
def test_libreoffice_opens_a_list_and_finds_no_formula(form: str, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-calc-nogui")
    entries = [
        ListedEntry(
            str(number),
            (("md5", a_digest(f"sheet {number}", 16)),),
            name=name,
            source=name,
            more=(("Series name", name),),
        )
        for number, name in enumerate(NAMES)
    ]
    path = tmp_path / f"{form}.csv"
    path.write_bytes(b"".join(FORMATS[form].write(HEAD, lambda: iter(entries), Tally())))
    done = subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            # UTF-8, as columns that are divided by this letter, with texts in quotation marks.
            f"--infilter=CSV:{SEPARATORS[form]},34,76,1",
            *("--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(path)),
        ],
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "out" / f"{form}.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert len(re.findall("<row ", sheet)) == 1 + len(entries)
    assert "<f" not in re.sub("<fo[^>]*>", "", sheet)
    assert all(str(entry.digest("md5")) in texts.lower() for entry in entries)
