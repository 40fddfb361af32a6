"""What was refused of a list leaves as it came, on record first, and takes nothing of the vault along."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.roles import Role
from cport_desktop.errors import Cancelled, HashListUnreadable, RoleMissing
from cport_desktop.formats.hash_list_file import Refusal, Refused
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.usecases.write_rejects import rejects_file
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault, hold_media
from tests.known_builders import a_list, a_list_entry, tell, told
from tests.usecases.test_reading_audit import without


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as vault:
        yield vault


def md5(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()


def recorded(vault: Vault) -> list[tuple[str, str]]:
    with vault.reader() as reader:
        return reader.connection.execute(
            "SELECT verb, object_reference FROM audit_entry WHERE action = 'disclosure'"
        ).fetchall()


def test_it_is_on_record_before_the_first_line_is_written(vault: Vault, tmp_path: Path) -> None:
    out = tmp_path / "rejects.txt"
    with rejects_file(vault, out) as reject:
        assert recorded(vault) == [("write_rejects", "rejects.txt")]
        reject(Refused(3, Refusal.NO_DIGEST, "rubbish"))
        assert not out.exists()
    assert out.read_text().splitlines()[1].startswith("3\t")


def test_without_the_role_no_file_is_begun(vault: Vault, tmp_path: Path) -> None:
    without(vault, Role.ANALYST)
    with pytest.raises(RoleMissing), rejects_file(vault, tmp_path / "rejects.txt"):
        pass
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("rejects")]


def test_no_digest_that_came_from_elsewhere_or_was_taken_leaves_with_it(
    vault: Vault, tmp_path: Path
) -> None:
    circle, square, own = md5(b"circle"), md5(b"square"), md5(b"own")
    tell(vault, told(a_list()), told(a_list_entry(md5=circle)))
    hold_media(vault, 7, b"square")
    lines = (own, f"{circle}0", square[:-1], square, "c.png")
    path, out = tmp_path / "own.md5", tmp_path / "rejects.txt"
    path.write_text("\n".join(lines))
    with rejects_file(vault, out) as reject:
        import_hash_list(vault, ListOrder(path), announce=silent, is_cancelled=never, reject=reject)

    told_of = [line.split("\t") for line in out.read_text().splitlines()[1:]]
    assert [(int(number), text) for number, _, text in told_of] == [
        (2, lines[1]), (3, lines[2]), (5, lines[4]),
    ]  # fmt: skip
    assert len({reason for _, reason, _ in told_of}) == 2, "a reason tells of the line alone"
    left = out.read_text()
    assert own not in left
    assert square not in left


@pytest.mark.parametrize("stops", [True, False])
def test_nothing_is_left_of_one_whose_list_was_stopped_or_is_none(
    vault: Vault, tmp_path: Path, *, stops: bool
) -> None:
    path, out = tmp_path / "own.md5", tmp_path / "rejects.txt"
    path.write_text(f"{md5(b'own')}\nrubbish\n" if stops else "rubbish\n")
    with (
        pytest.raises(Cancelled if stops else HashListUnreadable),
        rejects_file(vault, out) as reject,
    ):
        import_hash_list(
            vault, ListOrder(path), announce=silent, is_cancelled=lambda: stops, reject=reject
        )
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("rejects")] == []
