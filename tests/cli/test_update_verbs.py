"""Updates on the command line: looked into, applied, told of, gone back from; each refusal is a sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cport_desktop import __version__
from cport_desktop.vault.migrations import known_migrations
from tests.cli.in_process import CportHere
from tests.updates.bundles import Publisher, a_root, application, hash_list, keys, suffixes

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = f"{NOW:%Y-%m-%d}"


@pytest.fixture
def stick(tmp_path: Path) -> Publisher:
    folder = tmp_path / "stick"
    folder.mkdir()
    return Publisher(folder, at=NOW)


def test_from_looking_to_going_back(cport: CportHere, stick: Publisher) -> None:
    path = stick.bundle(1, {**application("99.1"), **suffixes(DAY)})
    looked = cport("--json", "update", "check", path)
    assert looked.status == 0, looked.err
    assert looked.json["application_left"]
    assert [(part["part"], part["standing"]) for part in looked.json["parts"]] == [
        ("suffixes", "newer")
    ]
    refused = cport("--json", "update", "apply", path)
    assert (refused.status, refused.json["error"]["code"]) == (3, "refused.update")
    done = cport("--json", "update", "apply", path, "--demo")
    assert done.status == 0, done.err
    assert done.json["rules"] == ["suffixes"]
    told = cport("--json", "update", "status").json
    assert told["demo_keys"]
    assert told["version"] == told["before"] == __version__
    (part,) = (part for part in told["parts"] if part["part"] == "suffixes")
    assert (part["version"], part["age_days"], part["old"]) == (DAY, 0, False)
    assert cport("update", "rollback").status == 0
    (part,) = (
        part
        for part in cport("--json", "update", "status").json["parts"]
        if part["part"] == "suffixes"
    )
    assert part["version"] != DAY


def test_people_read_what_it_brings_and_how_old_things_are(
    cport: CportHere, stick: Publisher
) -> None:
    path = stick.bundle(1, hash_list(b"d41d8cd98f00b204e9800998ecf8427f  e.png\n" + DIGESTS, "7"))
    looked = cport("update", "check", path)
    assert "Hash list Shapes" in looked.out
    assert "demo" in looked.out
    done = cport("update", "apply", path, "--demo")
    assert done.status == 0, done.err
    assert "1 hash list was taken in." in done.out
    assert "came with the program" in cport("update", "status").out


DIGESTS = b"0cc175b9c0f1b6a831c399e269772661  a.png\n"


@pytest.mark.parametrize("spoil", ["cut", "strange", "old"])
def test_what_is_not_believed_is_said_so(cport: CportHere, stick: Publisher, spoil: str) -> None:
    match spoil:
        case "cut":
            path = stick.bundle(1, suffixes(DAY))
            path.write_bytes(path.read_bytes()[:-1])
        case "strange":
            path = stick.but(keys=keys(5)).bundle(1, suffixes(DAY))
        case _:
            assert cport("update", "apply", "--demo", stick.bundle(2, suffixes(DAY))).status == 0
            path = stick.bundle(1, suffixes("2026-11-01"))
    ran = cport("update", "apply", path, "--demo")
    assert ran.status == 6
    assert "This update is not believed" in ran.err
    assert cport("update", "status").status == 0


def test_a_file_that_is_not_there_is_named(cport: CportHere, tmp_path: Path) -> None:
    ran = cport("--json", "update", "check", tmp_path / "nowhere.update")
    assert (ran.status, ran.json["error"]["code"]) == (2, "usage.input")
    assert "nowhere.update" in ran.json["error"]["message"]


def test_this_version_proves_itself_as_a_new_one_is_asked_to(cport: CportHere) -> None:
    ran = cport("--json", "update", "prove")
    assert ran.status == 0, ran.err
    assert ran.json == {"version": __version__, "schema": len(known_migrations())}


def test_the_root_in_the_repository_is_the_demos(cport: CportHere) -> None:
    """Its bytes come out of the script again, so nobody's key slipped in."""
    from tests.updates.bundles import ROOT  # noqa: PLC0415

    expires = datetime(2036, 1, 1, tzinfo=UTC)
    kept = (ROOT / "resources" / "updates" / "root.json").read_bytes()
    assert kept == a_root(expires=expires, is_demo=True)
    assert cport("--json", "update", "status").json["demo_keys"]
