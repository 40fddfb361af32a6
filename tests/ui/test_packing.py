"""Recipients of a package as they are pasted or named by a file, and a medium that was taken away."""

from __future__ import annotations

from pathlib import Path

import pytest

from cport_desktop.crypto.recipients import generate_identity
from cport_desktop.errors import InputUnreadable, KeyFileMalformed
from cport_desktop.ui.packing_opening import LONGEST, proof_of, recipients_in


def test_keys_are_taken_from_lines_or_from_a_file_with_comments(tmp_path: Path) -> None:
    one, other = (generate_identity().public for _ in range(2))
    assert recipients_in(f"{one}\n\n{other}\n") == (one, other)
    file = tmp_path / "recipients.txt"
    file.write_text(f"# Press\n{one}\n# Court\n{other}\n")
    assert recipients_in(str(file)) == (one, other)


@pytest.mark.parametrize("content", [b"", b"# nobody\n", b"\xff\xfe", b"#" * (LONGEST + 1)])
def test_a_file_without_keys_or_too_long_to_be_one_is_refused(
    tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "recipients.txt"
    file.write_bytes(content)
    with pytest.raises(KeyFileMalformed):
        recipients_in(str(file))


def test_a_medium_that_is_taken_away_before_the_package_is_read_back_is_told(
    tmp_path: Path,
) -> None:
    with pytest.raises(InputUnreadable) as refusal:
        proof_of(tmp_path / "stick" / "package.asice.age")
    assert str(refusal.value.facts["path"]).endswith("package.asice.age")
