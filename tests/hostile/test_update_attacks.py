"""Each attack on the list of The Update Framework, tried on a bundle that comes by a stick.

Whoever attacks has the stick, old bundles, and in some tests a stolen key. Each attack has a name, and
leaves in force what was; nothing of it lies about.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.errors import InputUnreadable, UpdateRefused, UpdateUntrusted
from cport_desktop.updates.bundle import MAGIC, Metadata
from cport_desktop.usecases.update_place import Place
from tests.updates.bundles import (
    NOW,
    Publisher,
    a_place,
    a_root,
    application,
    applied,
    checked,
    keys,
    revocations,
    signing,
    state_of,
    suffixes,
    versions_in_force,
)

DAY = timedelta(days=1)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return a_place(tmp_path / "place")


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    folder = tmp_path / "stick"
    folder.mkdir()
    return Publisher(folder)


def refused(place: Place, path: Path, what: str, **more: object) -> None:
    """Neither looking at it nor applying it does anything but say why not."""
    before, in_force = state_of(place), versions_in_force(place)
    for act in (checked, applied):
        with pytest.raises((UpdateUntrusted, UpdateRefused)) as caught:
            act(place, path, **more)  # type: ignore[arg-type]
        assert caught.value.facts["what"] == what
        assert state_of(place) == before
        assert versions_in_force(place) == in_force


def test_an_honest_bundle_is_taken(place: Place, publisher: Publisher) -> None:
    told = applied(place, publisher.bundle(1, {**suffixes(), **application()}))
    assert [change.part.kind.value for change in told.changes] == ["application", "suffixes"]
    assert versions_in_force(place) == {"application": "0.2", "suffixes": "2026-11-18"}


# -- 1. arbitrary installation


def test_a_bundle_of_another_publishers_is_not_believed(place: Place, publisher: Publisher) -> None:
    refused(place, publisher.but(keys=keys(7)).bundle(1, application()), "signature")


def test_files_that_were_exchanged_are_not_placed(place: Place, publisher: Publisher) -> None:
    brings = suffixes()
    forged = brings["suffixes"].content.replace(b"test", b"tset")
    refused(place, publisher.bundle(1, brings, tail=forged), "digest")


def test_a_changed_byte_anywhere_is_found(place: Place, publisher: Publisher) -> None:
    whole = publisher.bundle(1, suffixes()).read_bytes()
    path = publisher.folder / "changed.update"
    for at in range(0, len(whole), 41):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(UpdateUntrusted):
            checked(place, path)
    assert state_of(place) == {}


# -- 2. endless data


@pytest.mark.parametrize(
    "begun", [MAGIC + b"\xff\xff\xff\xff", MAGIC + b"\0\0\0\x01\xff\xff\xff\xff"]
)
def test_lengths_without_end_are_not_followed(
    place: Place, publisher: Publisher, begun: bytes
) -> None:
    path = publisher.folder / "endless.update"
    path.write_bytes(begun)
    os.truncate(path, 1 << 40)
    refused(place, path, "endless")


def test_what_follows_the_last_file_is_refused(place: Place, publisher: Publisher) -> None:
    brings = suffixes()
    path = publisher.bundle(1, brings, tail=brings["suffixes"].content + b"\0")
    refused(place, path, "extra")


def test_a_pipe_makes_nobody_wait(place: Place, publisher: Publisher) -> None:
    path = publisher.folder / "pipe"
    os.mkfifo(path)
    with pytest.raises(InputUnreadable):
        checked(place, path)


# -- 3. extraneous dependencies: nothing is placed that targets do not name


def test_a_part_of_a_kind_that_is_not_known_is_passed_over(
    place: Place, publisher: Publisher
) -> None:
    known = suffixes()
    brings = {"more": replace(known["suffixes"], told={"part": "plug-in", "version": "1", "day": "2026-11-01"})}  # fmt: skip
    told = applied(place, publisher.bundle(1, {**known, **brings}))
    assert [change.part.kind.value for change in told.changes] == ["suffixes"]
    kept = [name for name in state_of(place) if name.startswith("data/1/")]
    assert sorted(kept) == ["data/1/parts.json", "data/1/public_suffix_list.dat"]


def test_the_same_part_twice_is_refused(place: Place, publisher: Publisher) -> None:
    one = suffixes()["suffixes"]
    refused(place, publisher.bundle(1, {"a": one, "b": one}), "metadata")


# -- 4. fast-forward


def test_a_number_near_the_end_of_numbers_is_got_over_by_a_new_root(
    place: Place, publisher: Publisher
) -> None:
    """A stolen timestamp key signs a number that nothing can follow: a root with other keys forgets it."""
    applied(place, publisher.bundle(2**31, suffixes("2026-11-18")))
    refused(place, publisher.bundle(2, suffixes("2026-11-19")), "rollback")
    rotated = a_root(2, 2, signers=keys(1)["root"])
    after = publisher.but(keys=keys(2), roots=(rotated,))
    applied(place, after.bundle(2, suffixes("2026-11-19")))
    assert versions_in_force(place)["suffixes"] == "2026-11-19"


# -- 5. indefinite freeze


def test_a_bundle_that_has_run_out_is_refused(place: Place, publisher: Publisher) -> None:
    path = publisher.bundle(1, suffixes())
    refused(place, path, "expired", now=NOW + 121 * DAY)


def test_a_clock_that_was_put_back_makes_no_bundle_valid_again(
    place: Place, publisher: Publisher
) -> None:
    """What the newest believed bundle said of the time counts, whatever this machine's clock says."""
    later = publisher.but(at=NOW + 200 * DAY)
    applied(place, later.bundle(5, suffixes()), now=NOW + 200 * DAY)
    old = publisher.but(at=NOW).bundle(6, suffixes("2026-11-19"))
    refused(place, old, "expired", now=NOW)


def test_a_root_that_has_run_out_vouches_for_nothing(tmp_path: Path, publisher: Publisher) -> None:
    place = a_place(tmp_path / "old", pinned=a_root(expires=NOW + DAY))
    refused(place, publisher.bundle(1, suffixes()), "expired", now=NOW + 2 * DAY)


# -- 6. malicious mirrors: there is none; a stick that is slow or gives nothing is an unreadable file


def test_a_stick_that_gives_nothing_is_told_as_a_file_that_cannot_be_read(
    place: Place, publisher: Publisher
) -> None:
    for path in (publisher.folder / "nowhere", publisher.folder):
        with pytest.raises(InputUnreadable):
            applied(place, path)
    assert versions_in_force(place) == {"application": "0.1"}


# -- 7. mix-and-match


@pytest.mark.parametrize("taken", ["snapshot", "targets", "timestamp"])
def test_parts_of_two_bundles_do_not_go_together(
    place: Place, publisher: Publisher, taken: str
) -> None:
    other = publisher.metadata(1, suffixes("2026-11-01"))

    def mix(metadata: Metadata) -> Metadata:
        return replace(metadata, **{taken: getattr(other, taken)})

    refused(place, publisher.bundle(2, suffixes("2026-11-18"), change=mix), "mixup")


# -- 8. rollback


def test_an_older_bundle_is_refused(place: Place, publisher: Publisher) -> None:
    old = publisher.bundle(1, suffixes("2026-11-01"))
    applied(place, publisher.bundle(2, suffixes("2026-11-18")))
    refused(place, old, "rollback")


def test_older_files_under_a_later_number_are_refused(place: Place, publisher: Publisher) -> None:
    applied(place, publisher.bundle(1, {**suffixes("2026-11-18"), **application("0.3")}))
    refused(place, publisher.bundle(2, suffixes("2026-11-01")), "older")
    refused(place, publisher.bundle(3, application("0.2")), "older")


def test_an_application_older_than_the_installed_one_is_refused(
    tmp_path: Path, publisher: Publisher
) -> None:
    place = a_place(tmp_path / "newer", installed="0.4")
    refused(place, publisher.bundle(1, application("0.3")), "older")


# -- 9. key compromise


def test_one_key_of_two_signs_nothing(place: Place, publisher: Publisher) -> None:
    stolen = {**keys(), "targets": keys()["targets"][:1]}
    refused(place, publisher.but(keys=stolen).bundle(1, application()), "signature")


def test_the_same_key_twice_is_one_key(place: Place, publisher: Publisher) -> None:
    one = keys()["targets"][0]
    refused(
        place, publisher.but(keys={**keys(), "targets": [one, one]}).bundle(1, application()), "signature"
    )  # fmt: skip


def test_keys_that_a_later_root_dropped_sign_no_more(place: Place, publisher: Publisher) -> None:
    rotated = a_root(2, 2, signers=keys(1)["root"])
    applied(place, publisher.but(keys=keys(2), roots=(rotated,)).bundle(1, suffixes("2026-11-01")))
    refused(place, publisher.bundle(2, suffixes()), "signature")


def test_a_root_needs_enough_keys_of_the_one_before_it(place: Place, publisher: Publisher) -> None:
    """One stolen root key, and three of the thief's own."""
    seized = a_root(2, 2, signers=keys(1)["root"][:1])
    refused(place, publisher.but(keys=keys(2), roots=(seized,)).bundle(1, suffixes()), "signature")


def test_a_root_that_was_left_out_of_the_chain_is_missed(
    place: Place, publisher: Publisher
) -> None:
    third = a_root(3, 3, signers=keys(2)["root"])
    with pytest.raises(UpdateUntrusted):
        checked(place, publisher.but(keys=keys(3), roots=(third,)).bundle(1, suffixes()))
    second = a_root(2, 2, signers=keys(1)["root"])
    applied(place, publisher.but(keys=keys(3), roots=(second, third)).bundle(1, suffixes()))


def test_a_program_with_a_later_root_does_not_go_back_to_an_earlier_one(
    tmp_path: Path, publisher: Publisher
) -> None:
    """What was believed before lies in the user's folder; a release that came later knows better."""
    place = a_place(tmp_path / "place")
    applied(place, publisher.bundle(1, suffixes("2026-11-01")))
    second = a_root(2, 2, signers=keys(1)["root"])
    newer = replace(place, pinned=second)
    refused(newer, publisher.bundle(2, suffixes()), "signature")
    applied(newer, publisher.but(keys=keys(2)).bundle(2, suffixes()))


# -- 10. wrong software


def test_an_application_for_another_platform_is_refused(place: Place, publisher: Publisher) -> None:
    refused(place, publisher.bundle(1, application(platform="win32-amd64")), "platform")


def test_a_revoked_version_is_refused_even_by_the_bundle_that_brings_it(
    place: Place, publisher: Publisher
) -> None:
    both = {**application("0.2"), **revocations(below="0.3")}
    refused(place, publisher.bundle(1, both), "revoked")
    applied(place, publisher.bundle(2, revocations(versions=["0.5"])))
    refused(place, publisher.bundle(3, application("0.5")), "revoked")
    applied(place, publisher.bundle(4, revocations("2")))
    refused(place, publisher.bundle(5, application("0.5")), "revoked")


# -- what is no bundle at all


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "format"),
        (b"PK\x03\x04" + bytes(60), "format"),
        (b"cport-update-v2\n" + bytes(60), "newer_format"),
        (MAGIC, "cut"),
        (MAGIC + bytes(16), "metadata"),
    ],
)
def test_other_files_are_named(
    place: Place, publisher: Publisher, content: bytes, what: str
) -> None:
    path = publisher.folder / "other"
    path.write_bytes(content)
    refused(place, path, what)


def test_a_bundle_cut_short_anywhere_is_refused(place: Place, publisher: Publisher) -> None:
    whole = publisher.bundle(1, suffixes()).read_bytes()
    path = publisher.folder / "cut.update"
    for length in range(0, len(whole), 29):
        path.write_bytes(whole[:length])
        with pytest.raises(UpdateUntrusted):
            checked(place, path)
    path.write_bytes(whole[:-1])
    refused(place, path, "cut")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace(b'"2026-11-18"', b'"soon"'),
        lambda text: text[:-1] + b',"signed":{}}',
        lambda _text: b"[" * 5000 + b"]" * 5000,
        lambda _text: b"\xff\xfe",
        lambda _text: b"null",
    ],
)
def test_metadata_that_is_none_is_refused(
    place: Place, publisher: Publisher, spoil: Callable[[bytes], bytes]
) -> None:
    def change(metadata: Metadata) -> Metadata:
        return replace(metadata, targets=spoil(metadata.targets))

    with pytest.raises(UpdateUntrusted):
        checked(place, publisher.bundle(1, suffixes(), change=change))


def test_a_signed_part_without_what_must_be_said_of_it_is_refused(
    place: Place, publisher: Publisher
) -> None:
    for told in ({}, {"part": "suffixes"}, {"part": "application", "version": "../x", "day": "2026-11-01", "platform": "linux-x86_64"}):  # fmt: skip
        brings = {"one": replace(suffixes()["suffixes"], told=told)}
        refused(place, publisher.bundle(1, brings), "metadata")


def test_signed_bytes_that_this_version_cannot_read_are_not_placed(
    place: Place, publisher: Publisher
) -> None:
    brings = {"suffixes": replace(suffixes()["suffixes"], content=b"no such list")}
    with pytest.raises(UpdateUntrusted) as caught:
        applied(place, publisher.bundle(1, brings))
    assert caught.value.facts["what"] == "data"
    assert versions_in_force(place) == {"application": "0.1"}


def test_the_demos_keys_are_told_and_asked_about(tmp_path: Path, publisher: Publisher) -> None:
    place = a_place(tmp_path / "demo", pinned=a_root(is_demo=True))
    path = publisher.bundle(1, suffixes())
    assert checked(place, path).is_demo
    from cport_desktop.domain.progress import never, silent  # noqa: PLC0415
    from cport_desktop.usecases.apply_update import apply_update  # noqa: PLC0415

    with pytest.raises(UpdateRefused) as caught:
        apply_update(place, path, now=NOW, accepts_demo=False, is_cancelled=never, announce=silent)
    assert caught.value.facts["what"] == "demo"
    assert signing.ROLES["root"] == (3, 2)
