"""Documents come out of a child process: readable, the same twice, and safe with any text."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from cport_desktop.domain.nature import Nature
from cport_desktop.domain.package import PackageContent
from cport_desktop.domain.progress import never
from cport_desktop.errors import Cancelled, DocumentFailed
from cport_desktop.exports.documents import CHILD, DocumentMaker
from cport_desktop.exports.pages import Document, Facts, Heading, Paragraph, Table
from cport_desktop.exports.paper_text import plain
from cport_desktop.exports.records import package_record
from cport_desktop.exports.summary import summary
from tests.exports.peers import needs, run
from tests.exports.synthetic import (
    NOW,
    RESOURCES,
    dossier,
    media_item,
    noise,
    package_content,
    taxonomy,
)

HOSTILE = (
    "<b>bold</b> <img src='file:///etc/hostname'/> & <br/> \u202egnp.exe \x00\x07 "
    "日本語 emoji \U0001f4f7 кириллица é"
)


def pdf_of(content: PackageContent, resources: Path | None = RESOURCES) -> bytes:
    record = package_record(content, [], taxonomy())
    made = DocumentMaker(resources=resources)
    return made.make(summary(content, record, taxonomy()), is_cancelled=never)


def text_of(pdf: bytes, tmp_path: Path) -> str:
    program = needs("pdftotext")
    (tmp_path / "x.pdf").write_bytes(pdf)
    return run(program, "-layout", "x.pdf", "-", cwd=tmp_path).stdout.decode()


def test_it_says_what_the_package_holds(tmp_path: Path) -> None:
    text = text_of(pdf_of(package_content()), tmp_path)
    for expected in (
        "Synthetic series",
        "HL-1",
        "HL-3",
        "Hotline Three (NL)",
        "hxxps://files[.]site1[.]example/path/page?id=1",
        "Reported to LEA",
        "Content 12 assessed as National",
        "M-101",
        "Page 1 of 6",
    ):
        assert expected in text
    assert "https://" not in text


def test_every_page_of_a_demo_summary_is_marked_and_no_page_of_a_live_one(tmp_path: Path) -> None:
    demo = text_of(pdf_of(package_content()), tmp_path)
    live = text_of(pdf_of(package_content(nature=Nature.LIVE)), tmp_path)
    pages = demo.rstrip("\f").split("\f")
    assert len(pages) == 6
    assert all("SYNTHETIC" in page for page in pages)
    assert "SYNTHETIC" not in live


def test_the_same_package_gives_the_same_document() -> None:
    assert pdf_of(package_content()) == pdf_of(package_content())


@pytest.mark.parametrize("resources", [RESOURCES, None], ids=["own typefaces", "built-in"])
def test_text_is_never_markup_and_what_cannot_be_set_is_spelled_out(
    resources: Path | None, tmp_path: Path
) -> None:
    content = replace(package_content(1), title=HOSTILE, reports=(dossier(1, memo=HOSTILE),))
    text = text_of(pdf_of(content, resources), tmp_path)
    assert "<b>bold</b>" in text
    assert "<U+202E>" in text
    assert "<U+65E5 U+672C U+8A9E>" in text
    assert ("кириллица" in text) == (resources is not None)


def test_long_addresses_and_texts_wrap_onto_the_page(tmp_path: Path) -> None:
    url = "https://site.example/" + "path" * 1500
    content = replace(package_content(1), reports=(dossier(1, url=url, memo="word " * 4000),))
    text = text_of(pdf_of(content), tmp_path)
    assert "".join(text.split()).count("pathpath") > 500
    assert text.count("word") > 1900


def test_a_table_runs_over_pages_and_an_empty_one_says_so(tmp_path: Path) -> None:
    many = [media_item(n, noise(n, 10)) for n in range(200)]
    content = replace(package_content(1), reports=(dossier(1, many), dossier(2)))
    text = text_of(pdf_of(content), tmp_path)
    assert "M-0 " in text
    assert "M-199" in text
    assert "No media were captured for this report." in text


def test_it_is_a4_and_without_pictures(tmp_path: Path) -> None:
    program = needs("pdfinfo")
    pdf = pdf_of(package_content())
    (tmp_path / "x.pdf").write_bytes(pdf)
    facts = run(program, "x.pdf", cwd=tmp_path).stdout.decode()
    assert "A4" in facts
    assert b"/Subtype /Image" not in pdf


def test_invisible_signs_are_spelled_out() -> None:
    assert plain("a\u202eb\u200bc\x00\ud800") == "a<U+202E>b<U+200B>c<U+0000><U+D800>"
    assert plain(None) == plain("") == "–"
    assert len(plain("x" * 100_000)) <= 20_000


def small(text: str = "x") -> Document:
    return Document(
        title=text,
        subtitle="",
        language="en",
        author="",
        producer="",
        made_at=NOW,
        banner=None,
        footer="",
        page_of="Page {page} of {pages}",
        contents="",
        facts=Facts(rows=()),
        blocks=(
            Heading(text="H"),
            Paragraph(text=text),
            Table(title="T", header=("a",), widths=(1,), rows=(("b", "c"), ()), nothing="n"),
        ),
    )


def test_even_an_odd_document_is_set() -> None:
    assert DocumentMaker().make(small(), is_cancelled=never).startswith(b"%PDF-")


def test_a_job_that_breaks_its_bounds_gets_no_document() -> None:
    with pytest.raises(DocumentFailed):
        DocumentMaker().make(small("x" * 30_000), is_cancelled=never)


def test_it_can_be_stopped(tmp_path: Path) -> None:
    asked_at = time.monotonic()
    big = package_content(400)
    record = package_record(big, [], taxonomy())
    with pytest.raises(Cancelled):
        DocumentMaker().make(summary(big, record, taxonomy()), is_cancelled=lambda: True)
    assert time.monotonic() - asked_at < 20
    assert threading.active_count() == 1


def test_a_document_is_made_while_other_work_goes_on() -> None:
    maker = DocumentMaker()
    with maker.making(small(), is_cancelled=never) as made:
        assert made().startswith(b"%PDF-")
    assert made() == maker.make(small(), is_cancelled=never)


def test_whoever_leaves_without_the_document_ends_its_child() -> None:
    maker = DocumentMaker()
    big = package_content(400)
    report = summary(big, package_record(big, [], taxonomy()), taxonomy())
    with pytest.raises(ValueError, match="other work"), maker.making(report, is_cancelled=never):
        raise ValueError("other work failed")
    assert threading.active_count() == 1


def test_a_closed_maker_starts_no_child() -> None:
    maker = DocumentMaker()
    maker.close()
    with pytest.raises(Cancelled):
        maker.make(small(), is_cancelled=never)


def test_the_child_answers_rubbish_with_nothing() -> None:
    for rubbish in (b"", b"{}", b"rubbish", b'{"document": 1, "fonts": null}'):
        done = subprocess.run(
            [sys.executable, "-I", "-B", "-m", CHILD],
            input=rubbish,
            capture_output=True,
            check=False,
            env={"LANG": "C.UTF-8"},
        )
        assert (done.returncode, done.stdout) == (2, b"")


def test_the_child_sees_nothing_of_our_environment_and_writes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert pdf_of(package_content())
    assert list(tmp_path.iterdir()) == []
