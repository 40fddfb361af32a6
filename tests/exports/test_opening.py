"""Opening: one private file where it was asked for, or nothing at all."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Recipient, generate_identity
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import IdentityMismatch, OutputExists, PackageMalformed
from cport_desktop.exports.opening import open_package
from tests.exports.synthetic import Sealed, package_content, sealed


@pytest.fixture(scope="module")
def package() -> Sealed:
    return sealed()


def test_the_container_comes_out_whole_and_private(package: Sealed, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    (written,) = open_package(io.BytesIO(package.blob), [package.identity], folder)
    assert written == folder / "SYNTHETIC-package.asice"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    with zipfile.ZipFile(written) as container:
        assert container.testzip() is None


def test_a_live_package_is_not_called_synthetic(tmp_path: Path) -> None:
    live = sealed(package_content(nature=Nature.LIVE))
    (written,) = open_package(io.BytesIO(live.blob), [live.identity], tmp_path, name="series")
    assert written.name == "series.asice"


def test_nothing_is_overwritten(package: Sealed, tmp_path: Path) -> None:
    there = tmp_path / "SYNTHETIC-package.asice"
    there.write_bytes(b"mine")
    with pytest.raises(OutputExists) as caught:
        open_package(io.BytesIO(package.blob), [package.identity], tmp_path)
    assert caught.value.facts["path"] == str(there)
    assert there.read_bytes() == b"mine"


def test_a_link_laid_in_the_way_is_not_followed(package: Sealed, tmp_path: Path) -> None:
    (tmp_path / "SYNTHETIC-package.asice").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputExists):
        open_package(io.BytesIO(package.blob), [package.identity], tmp_path)
    assert not (tmp_path / "elsewhere").exists()


def test_for_another_identity_nothing_comes_out(package: Sealed, tmp_path: Path) -> None:
    with pytest.raises(IdentityMismatch):
        open_package(io.BytesIO(package.blob), [generate_identity()], tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("keep", [0, 50, 300, -1])
def test_of_a_damaged_package_nothing_is_left_behind(
    package: Sealed, tmp_path: Path, keep: int
) -> None:
    with pytest.raises(PackageMalformed):
        open_package(io.BytesIO(package.blob[:keep]), [package.identity], tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("inside", [b"", b"rubbish", bytes(1000), b"PK\x03\x04" + bytes(1000)])
def test_what_is_no_package_inside_its_seal_is_not_written(
    package: Sealed, tmp_path: Path, inside: bytes
) -> None:
    out = io.BytesIO()
    age.seal(io.BytesIO(inside), out, [Recipient("x", package.identity.public)])
    with pytest.raises(PackageMalformed):
        open_package(io.BytesIO(out.getvalue()), [package.identity], tmp_path)
    assert list(tmp_path.iterdir()) == []
