"""Files of the synthetic year: each family is what it says, and all are kept once made."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from cport_desktop.demo.families import BLOCK, Family, PicturePlan, plan
from cport_desktop.demo.media_files import FileFacts
from cport_desktop.demo.pictures import Pictures
from cport_desktop.errors import PortalBusy, StorageFull
from tests.demo.conftest import SEED

SEVERAL = 6 * BLOCK
Pixels = NDArray[np.float64]


@pytest.fixture(scope="module")
def pictures(picture_folder: Path) -> Pictures:
    return Pictures(picture_folder, seed=SEED)


@pytest.fixture(scope="module", autouse=True)
def _close(pictures: Pictures) -> object:
    yield
    pictures.close()


def of_family(family: Family) -> list[PicturePlan]:
    found = [made for number in range(SEVERAL) if (made := plan(SEED, number)).family is family]
    assert found, family
    return found[:6]


def pixels(content: bytes, size: tuple[int, int] | None = None) -> Pixels:
    picture = Image.open(BytesIO(content)).convert("RGB")
    return np.asarray(picture.resize(size) if size else picture, dtype=np.float64)


def difference(ours: Pixels, theirs: Pixels) -> float:
    return float(np.abs(ours - theirs).mean())


@pytest.mark.parametrize("family", list(Family))
def test_every_family_occurs_in_a_few_hundred_files(family: Family) -> None:
    counted = Counter(plan(SEED, number).family for number in range(400))
    assert counted[family] >= 2
    assert counted[Family.ORIGINAL] > 200


def test_a_variant_comes_from_an_original_at_or_before_its_block() -> None:
    for number in range(3 * BLOCK, 40 * BLOCK):
        made = plan(SEED, number)
        base = plan(SEED, made.base)
        assert made.base // BLOCK <= number // BLOCK
        is_film = made.family is Family.REENCODED_VIDEO
        assert base.family in (Family.VIDEO if is_film else Family.ORIGINAL, made.family)


def test_an_original_is_a_picture_of_its_format_and_size(pictures: Pictures) -> None:
    for number in range(17):
        made = plan(SEED, number)
        with Image.open(BytesIO(pictures.read(number))) as picture:
            assert (picture.format, picture.size) == (made.format, (made.width, made.height))


def test_an_exact_duplicate_has_the_same_bytes(pictures: Pictures) -> None:
    for made in of_family(Family.EXACT_DUPLICATE):
        assert made.number != made.base
        assert pictures.read(made.number) == pictures.read(made.base)


def test_a_mirrored_variant_decodes_to_mirrored_pixels(pictures: Pictures) -> None:
    for made in of_family(Family.MIRRORED):
        base, mirrored = pixels(pictures.read(made.base)), pixels(pictures.read(made.number))
        assert difference(base[:, ::-1], mirrored) < 8


def test_a_turned_variant_decodes_to_turned_pixels(pictures: Pictures) -> None:
    for made in of_family(Family.TURNED):
        base, turned = pixels(pictures.read(made.base)), pixels(pictures.read(made.number))
        assert min(difference(np.rot90(base, way), turned) for way in (1, 3)) < 16


def test_a_brightened_variant_shows_the_same_brighter_or_darker(pictures: Pictures) -> None:
    for made in of_family(Family.BRIGHTENED):
        base, changed = pixels(pictures.read(made.base)), pixels(pictures.read(made.number))
        factors = (0.7, 0.8, 1.2, 1.3)
        found = [difference(np.clip(base * factor, 0, 255), changed) for factor in factors]
        assert min(found) < 16
        assert abs(base.mean() - changed.mean()) > 4


def test_a_barred_variant_differs_in_a_strip(pictures: Pictures) -> None:
    for made in of_family(Family.BARRED):
        base, barred = pixels(pictures.read(made.base)), pixels(pictures.read(made.number))
        rows = np.abs(base - barred).mean(axis=(1, 2))
        assert np.median(rows) < 16
        assert (rows > 30).mean() <= 0.1


def test_a_film_encoded_again_shows_the_same_in_another_format(pictures: Pictures) -> None:
    for made in of_family(Family.REENCODED_VIDEO):
        frames = []
        for number in (made.base, made.number):
            with av.open(BytesIO(pictures.read(number)), "r") as film:
                shown = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
            frames.append(shown)
        base, again = frames
        assert len(base) == len(again)
        assert base[0].shape != again[0].shape
        small = [Image.fromarray(each[-1]).resize((40, 30)) for each in frames]
        assert difference(*(np.asarray(each, dtype=np.float64) for each in small)) < 12


def test_a_resized_variant_shows_the_same_in_another_size(pictures: Pictures) -> None:
    for made in of_family(Family.RESIZED):
        original = plan(SEED, made.base)
        content = pictures.read(made.number)
        with Image.open(BytesIO(content)) as picture:
            assert picture.size == (made.width, made.height) != (original.width, original.height)
        small = (64, 64)
        assert difference(pixels(content, small), pixels(pictures.read(made.base), small)) < 12


def test_a_recompressed_variant_shows_the_same_in_other_bytes(pictures: Pictures) -> None:
    for made in of_family(Family.RECOMPRESSED):
        base, again = pictures.read(made.base), pictures.read(made.number)
        assert base != again
        assert difference(pixels(base), pixels(again)) < 16


def test_a_cropped_variant_is_a_part_of_its_original(pictures: Pictures) -> None:
    for made in of_family(Family.CROPPED)[:3]:
        base, part = pixels(pictures.read(made.base)), pixels(pictures.read(made.number))
        height, width = part.shape[:2]
        best = min(
            difference(base[top : top + height : 4, left : left + width : 4], part[::4, ::4])
            for top in range(base.shape[0] - height + 1)
            for left in range(base.shape[1] - width + 1)
        )
        assert best < 16
        assert (width, height) != (base.shape[1], base.shape[0])


def test_a_film_lasts_two_to_four_seconds(pictures: Pictures) -> None:
    for made in of_family(Family.VIDEO):
        with av.open(BytesIO(pictures.read(made.number)), "r") as film:
            assert made.format in film.format.name
            frames = [(frame.width, frame.height) for frame in film.decode(video=0)]
        assert set(frames) == {(160, 120)}
        assert 20 <= len(frames) <= 40


def test_a_cut_file_is_the_beginning_of_a_whole_one(pictures: Pictures) -> None:
    for made in of_family(Family.CUT):
        base, cut = pictures.read(made.base), pictures.read(made.number)
        assert base.startswith(cut)
        assert 0.2 < len(cut) / len(base) < 0.95


def test_a_flipped_file_differs_in_a_few_bytes(pictures: Pictures) -> None:
    for made in of_family(Family.FLIPPED):
        base, flipped = pictures.read(made.base), pictures.read(made.number)
        assert len(base) == len(flipped)
        assert 0 < sum(a != b for a, b in zip(base, flipped, strict=True)) <= 12


def test_a_text_is_no_medium(pictures: Pictures) -> None:
    for made in of_family(Family.TEXT):
        assert pictures.read(made.number).decode("ascii").startswith("synthetic text")


def test_a_false_name_claims_another_format(pictures: Pictures) -> None:
    for made in of_family(Family.FALSE_NAME):
        base = plan(SEED, made.base)
        assert pictures.read(made.number) == pictures.read(made.base)
        assert made.extension != base.extension


def test_facts_are_those_of_the_bytes(pictures: Pictures) -> None:
    for number, facts in pictures.facts(range(BLOCK)).items():
        content = pictures.read(number)
        assert facts == FileFacts(len(content), hashlib.sha256(content).hexdigest())


def test_two_folders_hold_the_same_files(pictures: Pictures, tmp_path: Path) -> None:
    other = Pictures(tmp_path, seed=SEED)
    try:
        assert other.facts(range(BLOCK)) == pictures.facts(range(BLOCK))
    finally:
        other.close()


def test_what_was_made_once_needs_no_child_again(pictures: Pictures, picture_folder: Path) -> None:
    before = pictures.facts(range(10))
    again = Pictures(picture_folder, seed=SEED)
    assert again.facts(range(10)) == before
    assert again.read(3)
    assert again._child is None


def test_lost_or_damaged_bytes_are_made_anew_and_a_torn_record_counts_for_nothing(
    tmp_path: Path,
) -> None:
    first = Pictures(tmp_path, seed=SEED)
    before = first.facts(range(4))
    first.close()
    files = sorted(path for path in tmp_path.rglob("0000*") if path.is_file())
    files[0].unlink()
    files[1].write_bytes(b"torn")
    with (tmp_path / "index").open("ab") as index:
        index.write(b"thirteen byte")
    again = Pictures(tmp_path, seed=SEED)
    try:
        assert hashlib.sha256(again.read(0)).hexdigest() == before[0].sha256
        assert hashlib.sha256(again.read(1)).hexdigest() == before[1].sha256
        after = again.facts(range(6))
    finally:
        again.close()
    assert Pictures(tmp_path, seed=SEED)._facts == after


def test_a_child_that_dies_costs_one_refusal(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path, seed=SEED)
    try:
        pictures.facts([0])
        assert pictures._child is not None
        pictures._child.kill()
        pictures._child.wait()
        with pytest.raises(PortalBusy):
            pictures.facts([1])
        assert pictures.facts([1])[1].size > 0
    finally:
        pictures.close()


def test_a_disk_that_takes_no_more_is_a_refusal(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path, seed=SEED)
    (tmp_path / "00").write_bytes(b"a file where a folder should be")
    try:
        with pytest.raises(StorageFull):
            pictures.facts([0])
    finally:
        pictures.close()


def test_the_gateways_process_holds_no_codec() -> None:
    code = (
        "import sys, cport_desktop.demo.server, cport_desktop.demo.double\n"
        "print(sorted({'PIL', 'av', 'numpy', 'pdqhash', 'imagehash'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert said.stdout.strip() == b"[]"


def test_the_child_speaks_no_warning_and_ends_with_its_input() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-m", "cport_desktop.demo.picture_child", "7"],
        input=b"".join(number.to_bytes(4, "big") for number in range(BLOCK)),
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == b""
    assert len(done.stdout) > 100_000
