"""An update is in force whole or not at all; a version that does not work never is; and one can go back."""

from __future__ import annotations

import os
import tarfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.bootstrap import furnish
from cport_desktop.domain.updates import Revocations, is_older
from cport_desktop.errors import Cancelled, UpdateRefused, UpdateUnproven, UpdateUntrusted
from cport_desktop.settings import Settings
from cport_desktop.updates.shelf import Current, InForce, data_in_force
from cport_desktop.usecases.apply_update import apply_update
from cport_desktop.usecases.update_place import Place, place_here
from cport_desktop.usecases.update_standing import roll_back, update_standing
from tests.updates.bundles import (
    NOW,
    SCHEMA,
    Brings,
    Publisher,
    a_place,
    an_application,
    an_archive,
    application,
    applied,
    checked,
    revocations,
    state_of,
    suffix_list,
    suffixes,
    versions_in_force,
)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return a_place(tmp_path / "place")


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    folder = tmp_path / "stick"
    folder.mkdir()
    return Publisher(folder)


def current_file(place: Place) -> list[str]:
    return (place.shelf.home / "current").read_text().splitlines()


def test_looking_keeps_nothing(place: Place, publisher: Publisher) -> None:
    told = checked(place, publisher.bundle(1, {**application(), **suffixes()}))
    assert [change.standing.value for change in told.changes] == ["newer", "new"]
    assert not place.shelf.home.exists()


def test_application_and_data_change_by_one_file(place: Place, publisher: Publisher) -> None:
    applied(place, publisher.bundle(1, {**application(), **suffixes()}))
    assert current_file(place) == ["0.2", "1", "installed", "none"]
    tree = place.shelf.version_folder("0.2")
    assert os.access(tree / "bin" / "cport", os.X_OK)
    assert (tree / "VERSION").read_text() == "0.2\n"
    assert not place.shelf.staging.exists()


def test_what_a_bundle_is_silent_about_stays(place: Place, publisher: Publisher) -> None:
    applied(place, publisher.bundle(1, {**application(), **suffixes()}))
    applied(place, publisher.bundle(2, revocations(versions=["0.1.5"])))
    assert current_file(place) == ["0.2", "2", "0.2", "1"]
    assert versions_in_force(place) == {
        "application": "0.2",
        "suffixes": "2026-11-18",
        "revocations": "1",
    }
    kept = place.shelf.data_folder("2") / "public_suffix_list.dat"
    assert kept.read_bytes() == suffix_list("2026-11-18")


def test_the_same_bundle_again_changes_nothing(place: Place, publisher: Publisher) -> None:
    path = publisher.bundle(1, {**application(), **suffixes()})
    applied(place, path)
    before = state_of(place)
    assert not applied(place, path).changing
    assert state_of(place) == before


@pytest.mark.parametrize(
    "archive",
    [
        an_application("0.2", proof="exit 7"),
        an_application("0.2", proof="echo rubbish"),
        an_application("0.2", proof="echo '{}'"),
        an_application("0.2", says="0.3"),
        an_archive({"cport-desktop-0.2/VERSION": b"0.2\n"}),
        an_archive({"cport-desktop-0.2/bin/cport": b"\x7fELF no program"}),
    ],
    ids=["fails", "no-answer", "half-an-answer", "another", "no-launcher", "no-program"],
)
def test_a_version_that_does_not_work_is_taken_away_again(
    place: Place, publisher: Publisher, archive: bytes
) -> None:
    with pytest.raises(UpdateUnproven):
        applied(place, publisher.bundle(1, {**application("0.2", archive), **suffixes()}))
    assert versions_in_force(place) == {"application": "0.1"}
    assert state_of(place) == {}


@pytest.mark.parametrize(
    "archive",
    [
        b"no archive",
        an_application("0.2")[:200],
        an_archive({"a/../../b": b""}),
        an_archive({"/etc/x": b""}),
        an_archive({"a/b": b"", "other/c": b""}),
        an_archive({"a/b": b"one", "a/./b": b"two"}),
        an_archive({"a/b\\c": b""}),
        an_archive({"a": b""}),
    ],
    ids=["none", "cut", "up", "absolute", "beside", "twice", "backslash", "bare"],
)
def test_an_archive_that_is_no_release_is_refused(
    place: Place, publisher: Publisher, archive: bytes, tmp_path: Path
) -> None:
    with pytest.raises(UpdateUntrusted) as caught:
        applied(place, publisher.bundle(1, application("0.2", archive)))
    assert caught.value.facts["what"] == "archive"
    assert state_of(place) == {}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["place", "stick"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_links_and_pipes_in_an_archive_are_refused(
    place: Place, publisher: Publisher, kind: bytes
) -> None:
    entry = tarfile.TarInfo("a/link")
    entry.type, entry.linkname = kind, "/etc/hostname"
    archive = an_archive({"a/b": b""}, entry)
    with pytest.raises(UpdateUntrusted):
        applied(place, publisher.bundle(1, application("0.2", archive)))
    assert state_of(place) == {}


def test_going_back_and_forth(place: Place, publisher: Publisher) -> None:
    path = publisher.bundle(1, {**application(), **suffixes()})
    applied(place, path)
    went = roll_back(place)
    assert (went.version, went.opens_less) == ("0.1", False)
    assert versions_in_force(place) == {"application": "0.1"}
    assert roll_back(place).version == "0.2"
    assert versions_in_force(place)["suffixes"] == "2026-11-18"
    roll_back(place)
    applied(place, path)
    assert versions_in_force(place)["application"] == "0.2"


def test_there_is_nothing_to_go_back_to_at_first(place: Place) -> None:
    with pytest.raises(UpdateRefused) as caught:
        roll_back(place)
    assert caught.value.facts["what"] == "nothing_before"


def test_a_version_that_was_revoked_does_not_come_back(place: Place, publisher: Publisher) -> None:
    applied(place, publisher.bundle(1, {**application("0.2"), **revocations(below="0.2")}))
    with pytest.raises(UpdateRefused) as caught:
        roll_back(place)
    assert caught.value.facts["what"] == "revoked"
    assert versions_in_force(place)["application"] == "0.2"


def test_a_version_in_force_that_is_revoked_is_told(place: Place, publisher: Publisher) -> None:
    assert not update_standing(place, now=NOW).is_revoked
    applied(place, publisher.bundle(1, revocations(below="0.2")))
    assert update_standing(place, now=NOW).is_revoked
    applied(place, publisher.bundle(2, application("0.2")))
    assert not update_standing(place, now=NOW).is_revoked


def test_a_version_that_fell_apart_does_not_come_back(place: Place, publisher: Publisher) -> None:
    applied(place, publisher.bundle(1, application("0.2")))
    applied(place, publisher.bundle(2, application("0.3")))
    (place.shelf.version_folder("0.2") / "bin" / "cport").unlink()
    with pytest.raises(UpdateUnproven):
        roll_back(place)
    assert versions_in_force(place)["application"] == "0.3"


def test_going_back_tells_when_vaults_may_not_open(place: Place, publisher: Publisher) -> None:
    proof = f"""echo '{{"version": "0.2", "schema": {SCHEMA - 2}}}'"""
    applied(place, publisher.bundle(1, application("0.2", an_application("0.2", proof=proof))))
    applied(place, publisher.bundle(2, application("0.3")))
    assert place.schema >= SCHEMA
    assert roll_back(place).opens_less


def test_a_release_installed_later_goes_before_an_update(
    tmp_path: Path, publisher: Publisher
) -> None:
    place = a_place(tmp_path / "place")
    applied(place, publisher.bundle(1, application("0.2")))
    newer = replace(place, installed="0.3")
    assert versions_in_force(newer)["application"] == "0.3"


def test_only_what_is_in_force_and_was_before_is_kept(place: Place, publisher: Publisher) -> None:
    for number, version in enumerate(("0.2", "0.3", "0.4"), start=1):
        applied(place, publisher.bundle(number, application(version)))
    home = place.shelf.home
    assert sorted(path.name for path in (home / "versions").iterdir()) == ["0.3", "0.4"]
    assert sorted(path.name for path in (home / "data").iterdir()) == ["2", "3"]


def test_from_source_no_application_is_taken_and_the_rest_is(
    place: Place, publisher: Publisher
) -> None:
    from_source = replace(place, tree=None)
    told = applied(from_source, publisher.bundle(1, {**application(), **suffixes()}))
    assert told.leaves_application
    assert current_file(place)[:2] == ["installed", "1"]


def test_two_at_a_time_do_not_happen(place: Place, publisher: Publisher) -> None:
    with place.shelf.held(), pytest.raises(UpdateRefused) as caught:
        applied(place, publisher.bundle(1, suffixes()))
    assert caught.value.facts["what"] == "busy"
    applied(place, publisher.bundle(1, suffixes()))


def test_it_stops_when_it_is_asked_to(place: Place, publisher: Publisher) -> None:
    path = publisher.bundle(1, {**application(), **suffixes()})
    asked: list[int] = []

    def at_the_third_look() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(Cancelled):
        apply_update(
            place,
            path,
            now=NOW,
            accepts_demo=True,
            is_cancelled=at_the_third_look,
            announce=lambda _progress: None,
        )
    assert state_of(place) == {}


def test_ages_are_told_and_not_by_a_clock_that_is_behind(
    place: Place, publisher: Publisher
) -> None:
    applied(place, publisher.bundle(1, suffixes("2026-05-01")))
    found = {each.part.kind.value: each for each in update_standing(place, now=NOW).parts}
    assert found["suffixes"].age == timedelta(days=203)
    assert found["suffixes"].is_old
    behind = update_standing(place, now=NOW - timedelta(days=100))
    assert behind.is_clock_behind
    assert [each.age for each in behind.parts if each.is_old] == []


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"../../x\n../y\n", b"9.9\n77\n", b"installed\n0\n", b"0.2"]
)
def test_a_file_that_names_nothing_that_is_here_means_as_installed(
    place: Place, content: bytes
) -> None:
    place.shelf.home.mkdir(parents=True)
    (place.shelf.home / "current").write_bytes(content)
    assert place.shelf.current() == Current(InForce(), place.shelf.current().before)
    assert versions_in_force(place) == {"application": "0.1"}


def test_lists_of_an_update_take_the_place_of_the_programs(
    place: Place, publisher: Publisher, tmp_path: Path
) -> None:
    profile = b'{"region":"CUSTOM","version":"2","code_list":"iccam-3.0","categories":[[7,"Seven"]],"of_classification":[[1,7]]}'  # fmt: skip
    told = {"part": "region-profile", "version": "2", "day": "2026-11-01"}
    brings = {**suffixes(), "profile": Brings(profile, told)}
    applied(place, publisher.bundle(1, brings))
    home = place.shelf.home
    settings = Settings(updates=home, updated=data_in_force(home))
    assert settings.domain_rules[0].read_bytes() == suffix_list("2026-11-18")
    assert settings.domain_rules[1] == Settings().domain_rules[1]
    assert settings.as_installed.domain_rules == Settings().domain_rules
    assert furnish(settings).region_profile().version == "2"
    own = tmp_path / "own.json"
    own.write_bytes(profile.replace(b'"2"', b'"3"'))
    assert furnish(replace(settings, region_profile=own)).region_profile().version == "3"


def test_code_lists_that_were_spoilt_on_the_disk_keep_nobody_out(
    place: Place, publisher: Publisher
) -> None:
    brought = Settings().taxonomy.read_bytes().replace(b"iccam-3.0", b"iccam-3.1")
    told = {"part": "taxonomy", "version": "iccam-3.1", "day": "2026-11-01"}
    applied(place, publisher.bundle(1, {"taxonomy": Brings(brought, told)}))
    settings = Settings(updates=place.shelf.home, updated=data_in_force(place.shelf.home))
    assert furnish(settings).taxonomy.version == "iccam-3.1"
    settings.taxonomy.write_bytes(b"{")
    assert furnish(settings).taxonomy.version == "iccam-3.0"


def test_the_place_of_this_process_knows_what_came_with_the_program(tmp_path: Path) -> None:
    place = place_here(Settings(updates=tmp_path))
    kinds = {part.kind.value: part for part in place.came_along}
    assert set(kinds) == {"application", "suffixes", "services", "criteria", "taxonomy"}
    assert kinds["suffixes"].day is not None
    assert kinds["taxonomy"].day is None


def test_versions_are_compared_by_their_numbers() -> None:
    assert is_older("0.9", "0.10")
    assert not is_older("1.0", "1")
    assert not is_older("1", "1.0")
    assert is_older("1.0", "1.0.1")


def test_revocations_add_up() -> None:
    one, other = Revocations("0.9", frozenset({"1.1"})), Revocations("0.10", signers=frozenset("a"))
    for both in (one.with_those_of(other), other.with_those_of(one)):
        assert both == Revocations("0.10", frozenset({"1.1"}), frozenset("a"))
        assert both.forbids("0.9.5")
        assert both.forbids("1.1")
        assert not both.forbids("0.10")
