"""Opening: one private file where it was asked for, or nothing at all."""

from __future__ import annotations

import io
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Recipient, generate_identity
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.package import PackageContent
from cport_desktop.errors import IdentityMismatch, OutputExists, PackageMalformed
from cport_desktop.exports.opening import open_package
from tests.exports.synthetic import Sealed, noise, package_content, packaged, sealed


def package_content_of(size: int) -> PackageContent:
    """With one media file of so many bytes."""
    content = package_content(1)
    return replace(content, media=(packaged(101, noise(1, size), "bin"),))


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
    assert [each.name for each in tmp_path.iterdir()] == ["SYNTHETIC-package.asice"]


class Watched(io.BytesIO):
    """Knows what lay in a folder each time it was read."""

    def __init__(self, content: bytes, folder: Path) -> None:
        super().__init__(content)
        self._folder = folder
        self.seen: set[str] = set()

    def read(self, size: int | None = -1) -> bytes:
        self.seen |= {each.name for each in self._folder.iterdir()}
        return super().read(size)


def test_it_has_its_name_only_once_it_is_complete(package: Sealed, tmp_path: Path) -> None:
    """So that of a process that is killed meanwhile nobody takes a half for the whole."""
    long = sealed(package_content_of(1_000_000))
    source = Watched(long.blob, tmp_path)
    (written,) = open_package(source, [long.identity], tmp_path)
    assert source.seen == {f"{written.name}.part"}
    assert list(tmp_path.iterdir()) == [written]


def test_what_a_killed_process_left_is_replaced_and_nothing_else(
    package: Sealed, tmp_path: Path
) -> None:
    left = tmp_path / "SYNTHETIC-package.asice.part"
    left.write_bytes(b"PK\x03\x04 and no more")
    (written,) = open_package(io.BytesIO(package.blob), [package.identity], tmp_path)
    assert list(tmp_path.iterdir()) == [written]
    written.unlink()
    left.write_bytes(b"of somebody else")
    with pytest.raises(OutputExists):
        open_package(io.BytesIO(package.blob), [package.identity], tmp_path)
    assert left.read_bytes() == b"of somebody else"


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
