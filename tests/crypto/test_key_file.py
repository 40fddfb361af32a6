from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cport_desktop.crypto.key_file import (
    new_secret,
    parse_key_file,
    print_key_file,
    read_key_file,
    require_elsewhere,
)
from cport_desktop.errors import KeyFileInVault, KeyFileMalformed

SECRET = bytes(range(32))


@given(some.binary(min_size=32, max_size=32))
def test_what_is_printed_is_what_is_read(secret):
    assert parse_key_file(print_key_file(secret)) == secret


def test_a_key_file_made_today_is_read_for_ever():
    content = (
        b"CPORT-KEY-1 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f 630dcd29\n"
    )
    assert print_key_file(SECRET) == content
    assert parse_key_file(content) == SECRET


@given(some.integers(0, 8 * len(print_key_file(SECRET)) - 1))
def test_no_flipped_bit_gives_another_key(position):
    content = bytearray(print_key_file(SECRET))
    content[position // 8] ^= 1 << position % 8
    try:
        assert parse_key_file(bytes(content)) == SECRET
    except KeyFileMalformed:
        return
    # Only the end of the line may change without harm.
    assert position // 8 == len(content) - 1


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n"])
def test_an_editor_may_end_the_line_as_it_likes(ending):
    assert parse_key_file(print_key_file(SECRET).rstrip(b"\n") + ending) == SECRET


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"CPORT-KEY-1 ",
        bytes(range(32)),
        print_key_file(SECRET) + b"\n",
        b" " + print_key_file(SECRET),
        print_key_file(SECRET).upper(),
        print_key_file(SECRET).replace(b"KEY-1", b"KEY-2"),
        print_key_file(SECRET) * 2,
    ],
)
def test_what_is_no_key_file_is_malformed(rubbish):
    with pytest.raises(KeyFileMalformed):
        parse_key_file(rubbish)


def test_a_key_file_has_256_bits_of_the_randomness_it_is_given():
    assert new_secret(lambda size: b"\x17" * size) == b"\x17" * 32
    with pytest.raises(ValueError, match="256"):
        print_key_file(bytes(16))


class TestOnDisk:
    def test_it_is_read_from_beside_the_vault(self, tmp_path: Path) -> None:
        path = tmp_path / "stick" / "key.txt"
        path.parent.mkdir()
        path.write_bytes(print_key_file(SECRET))
        assert read_key_file(path, vault=tmp_path / "vault") == SECRET

    @pytest.mark.parametrize("name", ["key.txt", "blobs/aa/key.txt", "../vault/key.txt"])
    def test_one_in_the_vaults_folder_is_refused(self, tmp_path: Path, name: str) -> None:
        vault = tmp_path / "vault"
        (vault / "blobs" / "aa").mkdir(parents=True)
        (vault / name).write_bytes(print_key_file(SECRET))
        with pytest.raises(KeyFileInVault):
            read_key_file(vault / name, vault=vault)

    def test_so_is_one_that_only_points_into_it(self, tmp_path: Path) -> None:
        vault = tmp_path / "vault"
        vault.mkdir()
        (vault / "key.txt").write_bytes(print_key_file(SECRET))
        (tmp_path / "elsewhere.txt").symlink_to(vault / "key.txt")
        with pytest.raises(KeyFileInVault):
            require_elsewhere(tmp_path / "elsewhere.txt", vault=vault)

    def test_a_file_that_is_not_there_is_named_without_its_folder(self, tmp_path: Path) -> None:
        with pytest.raises(KeyFileMalformed) as caught:
            read_key_file(tmp_path / "gone.txt", vault=tmp_path / "vault")
        assert caught.value.facts == {"what": "gone.txt"}

    def test_a_long_file_is_not_read_to_its_end(self, tmp_path: Path) -> None:
        path = tmp_path / "long.txt"
        path.write_bytes(print_key_file(SECRET) + bytes(10**6))
        with pytest.raises(KeyFileMalformed):
            read_key_file(path, vault=tmp_path / "vault")
