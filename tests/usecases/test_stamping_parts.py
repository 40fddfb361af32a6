"""A time stamp for a package that was written in parts: over all of them joined, beside the whole."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cport_desktop.crypto.time_stamps import stamp_beside
from cport_desktop.errors import InputUnreadable
from cport_desktop.usecases.stamp_package import (
    stamp_package,
    stamp_path,
    stamp_there,
    take_answer,
    write_question,
)
from tests.builders import noise
from tests.stamping import stamp_authority

PARTS = (noise(70_000, seed=1), noise(70_000, seed=2), noise(9, seed=3))


@pytest.fixture
def first(tmp_path: Path) -> Path:
    for number, content in enumerate(PARTS, 1):
        (tmp_path / f"case.age.{number:03}").write_bytes(content)
    return tmp_path / "case.age.001"


@pytest.mark.parametrize("named", ["case.age.001", "case.age", "case.age.parts.txt"])
def test_a_stamp_is_over_all_parts_and_is_found_beside_them(first: Path, named: str) -> None:
    authority = stamp_authority(datetime(2026, 11, 1, tzinfo=UTC))
    package = first.with_name(named)
    stamp_package(package, authority.ask)
    assert stamp_path(package) == first.with_name("case.age.tst")
    token = stamp_there(first)
    assert token is not None
    joined = hashlib.sha256(b"".join(PARTS)).digest()
    assert stamp_beside(token, sha256=joined).name == "Stamp Office"


def test_question_and_answer_of_parts_go_by_stick(first: Path, tmp_path: Path) -> None:
    authority = stamp_authority(datetime(2026, 11, 1, tzinfo=UTC))
    write_question(first, tmp_path / "q.tsq")
    answer = authority.ask((tmp_path / "q.tsq").read_bytes())
    take_answer(first, answer)
    assert first.with_name("case.age.tst").is_file()


def test_where_there_is_neither_file_nor_part_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputUnreadable):
        write_question(tmp_path / "none.age", tmp_path / "q.tsq")
