"""Recipients of a package as they are typed, pasted or named by a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from cport_desktop.crypto.named_recipients import LARGEST, recipients_in
from cport_desktop.crypto.recipients import Recipient, generate_identity, print_identity
from cport_desktop.errors import KeyFileMalformed


def test_keys_are_taken_from_lines_or_from_a_file_with_comments(tmp_path: Path) -> None:
    one, other = (generate_identity().public for _ in range(2))
    both = (Recipient(one, one), Recipient(other, other))
    assert recipients_in(f"{one}\n\n{other}\n") == both
    file = tmp_path / "recipients.txt"
    file.write_text(f"# Press\n{one}\n# Court\n{other}\n")
    assert recipients_in(str(file)) == both


def test_a_name_stands_before_its_key_in_a_line_and_in_a_file(tmp_path: Path) -> None:
    key = generate_identity().public
    court = (Recipient("Example Court = 3", key),)
    assert recipients_in(f"Example Court = 3={key}") == court
    file = tmp_path / "recipients.txt"
    file.write_text(f"Example Court = 3 = {key}\n")
    assert recipients_in(str(file)) == court
    assert recipients_in(f"={key}") == (Recipient(key, key),)


def test_a_file_with_an_identity_names_its_public_half(tmp_path: Path) -> None:
    identity = generate_identity()
    file = tmp_path / "own.agekey"
    file.write_bytes(print_identity(identity))
    assert recipients_in("~own", path_of=lambda _text: file) == (
        Recipient(identity.public, identity.public),
    )


@pytest.mark.parametrize("content", [b"", b"# nobody\n", b"\xff\xfe", b"#" * (LARGEST + 1)])
def test_a_file_without_keys_or_too_long_to_be_one_is_refused(
    tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "recipients.txt"
    file.write_bytes(content)
    with pytest.raises(KeyFileMalformed):
        recipients_in(str(file))


def test_nothing_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    for text in ("", "# nobody", str(tmp_path / "nowhere")):
        with pytest.raises(KeyFileMalformed):
            recipients_in(text)
