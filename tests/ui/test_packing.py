"""A medium that was taken away before a package is read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from cport_desktop.errors import InputUnreadable
from cport_desktop.ui.packing_opening import proof_of


def test_a_medium_that_is_taken_away_before_the_package_is_read_back_is_told(
    tmp_path: Path,
) -> None:
    with pytest.raises(InputUnreadable) as refusal:
        proof_of(tmp_path / "stick" / "package.asice.age")
    assert str(refusal.value.facts["path"]).endswith("package.asice.age")
