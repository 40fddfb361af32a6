"""A received list of domains beside what the portal told: each difference counted, nothing kept."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cport_desktop.domain.list_difference import Side
from cport_desktop.domain.roles import Role
from cport_desktop.domain.suggested_domain import DomainRule
from cport_desktop.errors import DomainListUnreadable, InputUnreadable, RoleMissing
from cport_desktop.formats import domain_lines
from cport_desktop.formats.public_suffix_file import parse_suffixes
from cport_desktop.usecases.compare_list import compare_with_file
from cport_desktop.vault.vault import Vault
from tests.domain_rules import suffixes
from tests.exports.synthetic import NOW
from tests.usecases.test_dossiers import SITE, ada, decide, folder, newborn
from tests.usecases.test_reading_audit import without
from tests.work_builders import verbs

__all__ = ["folder", "newborn"]

LIST = f"""# a list, synthetic
domain;since
{SITE.upper()}.;2026-01-01
"later.example"
hxxps://deep[.]later[.]example/page
site.example
näme.example
192.0.2.7
example

not a name
"""


def listed(path: Path, text: str = LIST) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def tables(vault: Vault) -> int:
    with vault.reader() as reader:
        return len(reader.connection.execute("SELECT * FROM portal_record").fetchall())


def test_each_domain_stands_on_one_side_or_on_both(folder: Path, tmp_path: Path) -> None:
    path = listed(tmp_path / "domains.txt")
    with ada(folder) as vault:
        decide(vault, "listed", NOW)
        kept = tables(vault)
        found = compare_with_file(vault, path, limit=10)
        assert verbs(vault)[0][0] == "compare_list"
        assert tables(vault) == kept
    sides = {row.domain: row.side for row in found.rows}
    assert sides == {
        "later.example": Side.ONLY_THERE,
        "deep.later.example": Side.ONLY_THERE,
        "xn--nme-qla.example": Side.ONLY_THERE,
        SITE: Side.BOTH,
    }
    assert [row.side for row in found.rows][-1] is Side.BOTH, "what differs comes first"
    assert (found.only_there, found.only_here, found.both) == (3, 0, 1)
    assert {row.domain: row.reports for row in found.rows}[SITE] == 4
    assert found.lines.doubled == 1
    assert [(one.line, one.rule) for one in found.lines.unlisted] == [
        (8, DomainRule.ADDRESS),
        (9, DomainRule.SUFFIX),
        (11, DomainRule.NO_DOMAIN),
    ]
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_was_taken_off_is_listed_here_no_more(folder: Path, tmp_path: Path) -> None:
    path = listed(tmp_path / "domains.txt", "later.example\r\n")
    with ada(folder) as vault:
        decide(vault, "listed", NOW)
        found = compare_with_file(vault, path, limit=1)
        assert (found.only_there, found.only_here, found.both) == (1, 1, 0)
        assert len(found.rows) == 1
        decide(vault, "delisted", NOW, revision=2)
        assert compare_with_file(vault, path, limit=5).only_here == 0
        listed(path, f"{SITE}\n")
        (row,) = compare_with_file(vault, path, limit=5).rows
        assert (row.side, row.decided) == (Side.ONLY_THERE, "delisted")


@pytest.mark.parametrize(
    "content", [b"", b"# nothing\n", b"192.0.2.7\n", b"\xff\xfea.example", b"<html>"]
)
def test_what_is_no_list_is_refused(folder: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "domains.txt"
    path.write_bytes(content)
    with ada(folder) as vault:
        with pytest.raises(DomainListUnreadable):
            compare_with_file(vault, path, limit=5)
        with pytest.raises(InputUnreadable):
            compare_with_file(vault, tmp_path / "nowhere", limit=5)
        without(vault, Role.ANALYST)
        with pytest.raises(RoleMissing):
            compare_with_file(vault, path, limit=5)


def test_what_is_greater_than_any_list_is_refused() -> None:
    rules = parse_suffixes(suffixes())
    with pytest.raises(DomainListUnreadable):
        domain_lines.parse_domain_lines(b"a" * (domain_lines.LARGEST + 1), rules)
    lines = domain_lines.parse_domain_lines(b"192.0.2.7\n" * 1_000 + b"a.example", rules)
    assert (lines.unlisted_count, len(lines.unlisted)) == (1_000, domain_lines.MOST_TOLD)
